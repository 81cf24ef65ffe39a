using System.Numerics;

namespace ImageAnalysis.Imaging;

/// <summary>Memory for complex values: a plane of real and a plane of imaginary parts in one array, laid out so that columns are read fast.</summary>
internal sealed unsafe class SplitPlanes
{
    private const int CacheLine = 16; // in floats
    private const int LargeFloats = 20_000; // above about 85,000 bytes an array lies among the large objects anyway

    private readonly float[] _values;
    private readonly int _first;
    private readonly int _length;

    internal SplitPlanes(int columns, int rows)
    {
        Stride = StrideOf(columns);
        _length = checked(Stride * rows);

        // The planes begin at different places of a memory page, so that equal places of both do not compete for the same cache lines.
        ImOffset = checked(_length + (_length % 1024 == 0 ? 8 * CacheLine : 0));
        int floats = checked(ImOffset + _length);
        bool large = floats > LargeFloats;
        _values = GC.AllocateArray<float>(floats + (large ? CacheLine : 0), pinned: large);
        if (large)
        {
            fixed (float* start = _values)
            {
                _first = (int)(Aligned(start) - start);
            }
        }
    }

    internal int Stride { get; }

    /// <summary>Floats from a real part to its imaginary part.</summary>
    internal int ImOffset { get; }

    internal Span<float> Re => _values.AsSpan(_first, _length);

    internal Span<float> Im => _values.AsSpan(_first + ImOffset, _length);

    internal Complex this[int column, int row]
    {
        get
        {
            int at = _first + (row * Stride) + column;
            return new Complex(_values[at], _values[at + ImOffset]);
        }
    }

    /// <summary>The start of the next cache line.</summary>
    internal static float* Aligned(float* start) => (float*)(((nuint)start + 63) & ~(nuint)63);

    // An odd number of cache lines, or the elements of a column would share few places of the cache.
    private static int StrideOf(int columns) => ((checked(columns + CacheLine - 1) / CacheLine) | 1) * CacheLine;
}
