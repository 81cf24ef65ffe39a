using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <summary>How many pixels fall into each of equal bins of intensity.</summary>
public sealed record IntensityHistogram
{
    private readonly int[] _pixelCounts;

    private IntensityHistogram(double lowCounts, double highCounts, int[] pixelCounts)
    {
        LowCounts = lowCounts;
        HighCounts = highCounts;
        _pixelCounts = pixelCounts;
    }

    /// <summary>Lower edge of the first bin in counts.</summary>
    public double LowCounts { get; }

    /// <summary>Upper edge of the last bin in counts; values equal to it are in that bin.</summary>
    public double HighCounts { get; }

    /// <summary>Number of pixels in each bin, from the darkest.</summary>
    public ReadOnlySpan<int> PixelCounts => _pixelCounts;

    /// <summary>Number of bins.</summary>
    public int BinCount => _pixelCounts.Length;

    /// <summary>Counts the pixels between the smallest and the largest intensity.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="binCount">Number of bins, 2 … 65,536.</param>
    /// <param name="within">Only pixels that are not 0 here are counted; <c>null</c> counts all; of the image's shape.</param>
    /// <returns>The histogram; where all intensities are equal, one count wide and centred on them; where no pixel is counted, empty from 0 to 1.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite, or the shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of bins is outside its range.</exception>
    public static IntensityHistogram Of(Raster<float> image, int binCount = 1024, Raster<byte>? within = null)
    {
        Guard.Finite(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(binCount, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(binCount, 65536);
        ReadOnlySpan<float> values = image.Pixels;
        if (within is not null)
        {
            Guard.SameShape(image, within);
            values = Selected(values, within.Pixels);
        }

        if (values.IsEmpty)
        {
            return new IntensityHistogram(0, 1, new int[binCount]);
        }

        (float low, float high) = Range(values);
        double lowest = low;
        double highest = high;
        if (low == high)
        {
            lowest -= 0.5;
            highest += 0.5;
        }

        return new IntensityHistogram(lowest, highest, Count(values, lowest, highest, binCount));
    }

    /// <summary>Counts the pixels of each of the 256 values; the bins' edges lie half way between the values.</summary>
    /// <param name="image">Intensities 0 … 255, any shape.</param>
    /// <returns>A histogram of 256 bins from −0.5 to 255.5 counts.</returns>
    public static IntensityHistogram Of(Raster<byte> image)
    {
        ArgumentNullException.ThrowIfNull(image);
        int[] counts = new int[256];
        CountBytes(image.Pixels, counts);
        return new IntensityHistogram(-0.5, 255.5, counts);
    }

    /// <summary>The upper edge of a bin in counts.</summary>
    /// <param name="bin">0 … <see cref="BinCount"/> − 1.</param>
    /// <returns>The edge in counts.</returns>
    public double UpperEdgeCounts(int bin) => LowCounts + ((HighCounts - LowCounts) * (bin + 1.0) / BinCount);

    /// <summary>Adds the number of pixels of each value to 256 counters.</summary>
    internal static unsafe void CountBytes(ReadOnlySpan<byte> pixels, Span<int> counts)
    {
        // Four tables in turn: equal neighbours then do not wait for each other's counter. Their distance is no power of two, or counters of equal
        // values would be taken for one another by the processor.
        const int Table = 256 + 16;
        Span<int> tables = stackalloc int[4 * Table];
        tables.Clear();
        int i = 0;
        fixed (byte* pixel = pixels)
        fixed (int* table = tables)
        {
            for (byte* p = pixel; i <= pixels.Length - 16; i += 16, p += 16)
            {
                (*(table + (nuint)p[0]))++;
                (*(table + (nuint)p[1] + Table))++;
                (*(table + (nuint)p[2] + (2 * Table)))++;
                (*(table + (nuint)p[3] + (3 * Table)))++;
                (*(table + (nuint)p[4]))++;
                (*(table + (nuint)p[5] + Table))++;
                (*(table + (nuint)p[6] + (2 * Table)))++;
                (*(table + (nuint)p[7] + (3 * Table)))++;
                (*(table + (nuint)p[8]))++;
                (*(table + (nuint)p[9] + Table))++;
                (*(table + (nuint)p[10] + (2 * Table)))++;
                (*(table + (nuint)p[11] + (3 * Table)))++;
                (*(table + (nuint)p[12]))++;
                (*(table + (nuint)p[13] + Table))++;
                (*(table + (nuint)p[14] + (2 * Table)))++;
                (*(table + (nuint)p[15] + (3 * Table)))++;
            }
        }

        for (; i < pixels.Length; i++)
        {
            tables[pixels[i]]++;
        }

        for (i = 0; i < 256; i++)
        {
            counts[i] += tables[i] + tables[Table + i] + tables[(2 * Table) + i] + tables[(3 * Table) + i];
        }
    }

    private static float[] Selected(ReadOnlySpan<float> values, ReadOnlySpan<byte> within)
    {
        float[] selected = new float[within.Length - within.Count((byte)0)];
        int n = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (within[i] != 0)
            {
                selected[n++] = values[i];
            }
        }

        return selected;
    }

    private static (float Low, float High) Range(ReadOnlySpan<float> values)
    {
        float low = values[0];
        float high = values[0];
        int i = 0;
        if (values.Length >= 8)
        {
            ref float first = ref MemoryMarshal.GetReference(values);
            Vector256<float> lows = Vector256.LoadUnsafe(ref first);
            Vector256<float> highs = lows;
            for (; i <= values.Length - 8; i += 8)
            {
                Vector256<float> v = Vector256.LoadUnsafe(ref first, (nuint)i);
                lows = Vector256.MinNative(lows, v);
                highs = Vector256.MaxNative(highs, v);
            }

            for (int lane = 0; lane < 8; lane++)
            {
                low = Math.Min(low, lows[lane]);
                high = Math.Max(high, highs[lane]);
            }
        }

        for (; i < values.Length; i++)
        {
            low = Math.Min(low, values[i]);
            high = Math.Max(high, values[i]);
        }

        return (low, high);
    }

    private static int[] Count(ReadOnlySpan<float> values, double low, double high, int binCount)
    {
        // Single precision places a value within 10⁻⁷ of the range, far below a bin. Four tables in turn: see CountBytes.
        float offset = (float)low;
        float scale = (float)(binCount / (high - low));
        int[] counts = new int[binCount];
        int[] tables = ArrayPool<int>.Shared.Rent(4 * binCount);
        tables.AsSpan(0, 4 * binCount).Clear();
        ref float first = ref MemoryMarshal.GetReference(values);
        ref int table = ref tables[0];
        Span<int> bins = stackalloc int[8];
        ref int bin = ref bins[0];
        Vector256<int> last = Vector256.Create(binCount - 1);
        int i = 0;
        for (; i <= values.Length - 8; i += 8)
        {
            Vector256<float> place = (Vector256.LoadUnsafe(ref first, (nuint)i) - Vector256.Create(offset)) * Vector256.Create(scale);
            Vector256.Min(Vector256.Max(Vector256.ConvertToInt32Native(place), Vector256<int>.Zero), last).StoreUnsafe(ref bin);
            Unsafe.Add(ref table, bin)++;
            Unsafe.Add(ref table, binCount + Unsafe.Add(ref bin, 1))++;
            Unsafe.Add(ref table, (2 * binCount) + Unsafe.Add(ref bin, 2))++;
            Unsafe.Add(ref table, (3 * binCount) + Unsafe.Add(ref bin, 3))++;
            Unsafe.Add(ref table, Unsafe.Add(ref bin, 4))++;
            Unsafe.Add(ref table, binCount + Unsafe.Add(ref bin, 5))++;
            Unsafe.Add(ref table, (2 * binCount) + Unsafe.Add(ref bin, 6))++;
            Unsafe.Add(ref table, (3 * binCount) + Unsafe.Add(ref bin, 7))++;
        }

        for (; i < values.Length; i++)
        {
            counts[Math.Clamp((int)((values[i] - offset) * scale), 0, binCount - 1)]++;
        }

        for (int j = 0; j < binCount; j++)
        {
            counts[j] += tables[j] + tables[binCount + j] + tables[(2 * binCount) + j] + tables[(3 * binCount) + j];
        }

        ArrayPool<int>.Shared.Return(tables);
        return counts;
    }
}
