using System.Buffers;

namespace ImageAnalysis.Imaging;

/// <summary>Global thresholds: a pixel above the threshold is foreground.</summary>
public static class Thresholds
{
    /// <summary>Marks the pixels above a threshold.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="thresholdCounts">The threshold in counts, any finite number.</param>
    /// <returns>1 where the intensity is above the threshold, 0 where it is equal or below; of the image's shape.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not finite.</exception>
    public static Raster<byte> Above(Raster<float> image, double thresholdCounts)
    {
        Guard.Finite(image);
        Guard.Within(thresholdCounts, double.MinValue, double.MaxValue);

        // The largest float that is not above the threshold has the same pixels above it.
        float limit = (float)thresholdCounts;
        limit = limit > thresholdCounts ? MathF.BitDecrement(limit) : limit;
        Raster<byte> above = Raster<byte>.Unfilled(image.WidthPx, image.HeightPx, out Span<byte> mask);
        VectorMath.Above(image.Pixels, limit, mask);
        return above;
    }

    /// <summary>Marks the pixels of an 8-bit image that are above a threshold.</summary>
    /// <param name="image">Intensities 0 … 255, any shape.</param>
    /// <param name="threshold">The threshold, 0 … 255, such as <see cref="Otsu(Raster{byte})"/> gives.</param>
    /// <returns>1 where the intensity is above the threshold, 0 where it is equal or below; of the image's shape.</returns>
    public static Raster<byte> Above(Raster<byte> image, byte threshold)
    {
        ArgumentNullException.ThrowIfNull(image);
        Raster<byte> above = Raster<byte>.Unfilled(image.WidthPx, image.HeightPx, out Span<byte> mask);
        VectorMath.Above(image.Pixels, threshold, mask);
        return above;
    }

    /// <summary>Otsu's threshold: the cut that makes the two classes' means differ most.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="binCount">Number of bins of the histogram from the smallest to the largest intensity; more places the cut finer.</param>
    /// <param name="within">Only pixels that are not 0 here count; <c>null</c> counts all.</param>
    /// <returns>The threshold in counts: the edge between two bins, the middle one where several cuts are equally good.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite, or the shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of bins is outside 2 … 65,536.</exception>
    public static double Otsu(Raster<float> image, int binCount = 1024, Raster<byte>? within = null) => Otsu(IntensityHistogram.Of(image, binCount, within));

    /// <summary>Otsu's threshold of a histogram.</summary>
    /// <param name="histogram">The histogram.</param>
    /// <returns>The threshold in counts: the edge between two bins, the middle one where several cuts are equally good.</returns>
    /// <remarks>Otsu 1979, doi 10.1109/TSMC.1979.4310076, equation 18: the largest between-class variance. Sums are exact integers.</remarks>
    public static double Otsu(IntensityHistogram histogram)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        (int first, int last) = OtsuBins(histogram.PixelCounts);
        return 0.5 * (histogram.UpperEdgeCounts(first) + histogram.UpperEdgeCounts(last));
    }

    /// <summary>Otsu's threshold of an 8-bit image.</summary>
    /// <param name="image">Intensities 0 … 255, any shape.</param>
    /// <returns>The largest value of the dark class, as OpenCV gives it: the lowest where several cuts are equally good; 0 for an image of one value.</returns>
    public static int Otsu(Raster<byte> image) => OtsuBins(IntensityHistogram.Of(image).PixelCounts).First;

    /// <summary>The triangle threshold: the foot of a histogram's peak on the side of its longer tail.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="binCount">Number of bins of the histogram from the smallest to the largest intensity.</param>
    /// <param name="within">Only pixels that are not 0 here count; <c>null</c> counts all.</param>
    /// <returns>The threshold in counts: the edge between two bins.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite, or the shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of bins is outside 2 … 65,536.</exception>
    public static double Triangle(Raster<float> image, int binCount = 256, Raster<byte>? within = null)
    {
        IntensityHistogram histogram = IntensityHistogram.Of(image, binCount, within);
        return histogram.UpperEdgeCounts(TriangleBin(histogram.PixelCounts));
    }

    /// <summary>The triangle threshold of an 8-bit image.</summary>
    /// <param name="image">Intensities 0 … 255, any shape.</param>
    /// <returns>The largest value of the dark class.</returns>
    /// <remarks>
    /// Zack, Rogers &amp; Latt 1977, doi 10.1177/25.7.70454: of all bins on the tail, the one farthest below the straight line from the peak to the tail's end; the threshold lies one bin
    /// further out.
    /// </remarks>
    public static int Triangle(Raster<byte> image) => TriangleBin(IntensityHistogram.Of(image).PixelCounts);

    /// <summary>The intensity below which a given fraction of the pixels lies.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="quantileFraction">The fraction, 0 … 1; 0 gives the smallest, 0.5 the median, 1 the largest intensity.</param>
    /// <param name="within">Only pixels that are not 0 here count; <c>null</c> counts all.</param>
    /// <returns>The quantile in counts: exact, with linear interpolation between the two neighbours in the sorted list.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite, the shapes differ, or no pixel is left to count.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is outside 0 … 1.</exception>
    public static double Quantile(Raster<float> image, double quantileFraction, Raster<byte>? within = null)
    {
        Guard.Finite(image);
        Guard.Within(quantileFraction, 0, 1);
        if (within is null)
        {
            return OrderStatistics.Quantile(image.Pixels, quantileFraction);
        }

        Guard.SameShape(image, within);
        float[] selected = ArrayPool<float>.Shared.Rent(image.PixelCount);
        ReadOnlySpan<float> pixels = image.Pixels;
        ReadOnlySpan<byte> taken = within.Pixels;
        int n = 0;
        for (int i = 0; i < pixels.Length; i++)
        {
            selected[n] = pixels[i];
            n += taken[i] != 0 ? 1 : 0;
        }

        if (n == 0)
        {
            ArrayPool<float>.Shared.Return(selected);
            throw new ArgumentException("No pixel is left to count.", nameof(within));
        }

        double quantile = OrderStatistics.Quantile(selected.AsSpan(0, n), quantileFraction);
        ArrayPool<float>.Shared.Return(selected);
        return quantile;
    }

    // The first and last of the equally good cuts; a cut at bin k puts bins 0 … k into the dark class.
    private static (int First, int Last) OtsuBins(ReadOnlySpan<int> counts)
    {
        long total = 0;
        long weighted = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            total += counts[i];
            weighted += (long)i * counts[i];
        }

        long dark = 0;
        long darkWeighted = 0;
        double best = 0;
        int first = 0;
        int last = 0;
        for (int i = 0; i < counts.Length - 1; i++)
        {
            dark += counts[i];
            darkWeighted += (long)i * counts[i];
            if (dark == 0 || dark == total)
            {
                continue;
            }

            // Between-class variance times total⁴ / total²: (Σ_dark i·N − n_dark·Σ i)² / (n_dark · n_bright).
            double difference = (double)(((Int128)darkWeighted * total) - ((Int128)dark * weighted));
            double between = difference / dark * difference / (total - dark);
            if (between > best)
            {
                best = between;
                first = i;
                last = i;
            }
            else if (between == best && best > 0)
            {
                last = i;
            }
        }

        return (first, last);
    }

    private static int TriangleBin(ReadOnlySpan<int> counts)
    {
        int first = 0;
        int last = 0;
        int peak = 0;
        bool any = false;
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
            {
                first = any ? first : i;
                last = i;
                any = true;
            }

            peak = counts[i] > counts[peak] ? i : peak;
        }

        // The line ends in the empty bin beyond the tail, where there is one.
        first = Math.Max(first - 1, 0);
        last = Math.Min(last + 1, counts.Length - 1);
        int step = peak - first < last - peak ? 1 : -1;
        int end = step > 0 ? last : first;
        int length = Math.Abs(end - peak);
        int foot = end;
        long farthest = 0;
        for (int i = 0; i < length; i++)
        {
            // Height of the line minus height of the histogram, times the length of the tail.
            int bin = peak + (step * i);
            long below = ((long)counts[peak] * (length - i)) - ((long)counts[bin] * length);
            if (below > 0 && below >= farthest)
            {
                farthest = below;
                foot = bin;
            }
        }

        return Math.Clamp(foot + step, 0, counts.Length - 1);
    }
}
