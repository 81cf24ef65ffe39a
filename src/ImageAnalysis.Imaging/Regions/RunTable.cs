using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <summary>
/// The horizontal runs of a mask, joined into connected components with a union-find over runs. The buffers are rented: dispose of the table.
/// </summary>
internal sealed class RunTable : IDisposable
{
    private int[] _starts;
    private int[] _ends;
    private int[] _parents;
    private readonly int[] _rowStarts;

    private RunTable(int height)
    {
        _starts = ArrayPool<int>.Shared.Rent(1024);
        _ends = ArrayPool<int>.Shared.Rent(1024);
        _parents = [];
        _rowStarts = ArrayPool<int>.Shared.Rent(height + 1);
        Height = height;
    }

    internal int Count { get; private set; }

    internal int Height { get; }

    /// <summary>First column of each run.</summary>
    internal ReadOnlySpan<int> Starts => _starts.AsSpan(0, Count);

    /// <summary>Column after the last of each run.</summary>
    internal ReadOnlySpan<int> Ends => _ends.AsSpan(0, Count);

    /// <summary>Index of the first run of each row, and the number of runs at the end.</summary>
    internal ReadOnlySpan<int> RowStarts => _rowStarts.AsSpan(0, Height + 1);

    /// <summary>Finds the runs of pixels that are zero or that are not.</summary>
    internal static RunTable Find(Raster<byte> mask, bool ofZeros)
    {
        RunTable table = new(mask.HeightPx);
        int width = mask.WidthPx;
        for (int y = 0; y < mask.HeightPx; y++)
        {
            table._rowStarts[y] = table.Count;
            if (table.Count + (width / 2) + 1 > table._starts.Length)
            {
                Grow(ref table._starts, table.Count + (width / 2) + 1);
                Grow(ref table._ends, table.Count + (width / 2) + 1);
            }

            table.Count = FindInRow(mask.Row(y), ofZeros, table._starts, table._ends, table.Count);
        }

        table._rowStarts[mask.HeightPx] = table.Count;
        return table;
    }

    /// <summary>Joins touching runs of neighbouring rows. Afterwards every run's root is the first run of its component in reading order.</summary>
    internal void Join(Connectivity connectivity)
    {
        _parents = ArrayPool<int>.Shared.Rent(Math.Max(1, Count));
        for (int i = 0; i < Count; i++)
        {
            _parents[i] = i;
        }

        // With corners counted, runs touch when their ends come within one pixel.
        int reach = connectivity == Connectivity.Eight ? 1 : 0;
        for (int y = 1; y < Height; y++)
        {
            int above = _rowStarts[y - 1];
            int aboveEnd = _rowStarts[y];
            int below = aboveEnd;
            int belowEnd = _rowStarts[y + 1];
            while (above < aboveEnd && below < belowEnd)
            {
                if (_starts[above] < _ends[below] + reach && _starts[below] < _ends[above] + reach)
                {
                    Unite(above, below);
                }

                if (_ends[above] < _ends[below])
                {
                    above++;
                }
                else
                {
                    below++;
                }
            }
        }
    }

    /// <summary>Numbers the components 1, 2, … in reading order of their first pixel.</summary>
    /// <param name="labels">Receives the label of each run.</param>
    /// <returns>The number of components.</returns>
    internal int Number(Span<int> labels)
    {
        int count = 0;
        for (int i = 0; i < Count; i++)
        {
            // A root comes before every other run of its component, so its label is known by then.
            int root = Root(i);
            labels[i] = root == i ? ++count : labels[root];
        }

        return count;
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_starts);
        ArrayPool<int>.Shared.Return(_ends);
        ArrayPool<int>.Shared.Return(_rowStarts);
        if (_parents.Length > 0)
        {
            ArrayPool<int>.Shared.Return(_parents);
        }
    }

    private static void Grow(ref int[] array, int needed)
    {
        int[] larger = ArrayPool<int>.Shared.Rent(Math.Max(needed, 2 * array.Length));
        array.CopyTo(larger, 0);
        ArrayPool<int>.Shared.Return(array);
        array = larger;
    }

    private static int FindInRow(ReadOnlySpan<byte> row, bool ofZeros, int[] starts, int[] ends, int count)
    {
        ref byte first = ref MemoryMarshal.GetReference(row);
        uint before = 0; // the last pixel of the block before, in bit 0
        int x = 0;
        while (x < row.Length)
        {
            // One bit per pixel of a block of up to 32; runs begin and end where a bit differs from the one before.
            uint bits;
            int size = Math.Min(32, row.Length - x);
            if (size == 32)
            {
                bits = Vector256.Equals(Vector256.LoadUnsafe(ref first, (nuint)x), Vector256<byte>.Zero).ExtractMostSignificantBits();
            }
            else
            {
                bits = 0;
                for (int i = 0; i < size; i++)
                {
                    bits |= row[x + i] == 0 ? 1u << i : 0;
                }
            }

            if (!ofZeros)
            {
                bits = ~bits;
            }

            if (size < 32)
            {
                bits &= (1u << size) - 1;
            }

            uint changes = bits ^ ((bits << 1) | before);
            while (changes != 0)
            {
                int at = BitOperations.TrailingZeroCount(changes);
                changes &= changes - 1;
                if (((bits >> at) & 1) != 0)
                {
                    starts[count] = x + at;
                }
                else
                {
                    ends[count++] = x + at;
                }
            }

            before = bits >> 31;
            x += 32;
        }

        // A run that reaches the end of the row was closed above only where the last block was a short one.
        if (row.Length % 32 == 0 && before != 0)
        {
            ends[count++] = row.Length;
        }

        return count;
    }

    private int Root(int run)
    {
        while (_parents[run] != run)
        {
            _parents[run] = _parents[_parents[run]];
            run = _parents[run];
        }

        return run;
    }

    private void Unite(int a, int b)
    {
        a = Root(a);
        b = Root(b);
        if (a < b)
        {
            _parents[b] = a;
        }
        else
        {
            _parents[a] = b;
        }
    }
}
