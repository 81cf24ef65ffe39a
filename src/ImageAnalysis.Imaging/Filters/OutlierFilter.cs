using System.Numerics;
using CommunityToolkit.HighPerformance.Buffers;

namespace ImageAnalysis.Imaging;

/// <summary>An image without its hot and dead pixels.</summary>
/// <param name="Image">The cleaned image in counts.</param>
/// <param name="ReplacedPixelCount">Number of pixels that were replaced.</param>
public sealed record OutlierResult(Raster<float> Image, int ReplacedPixelCount);

/// <summary>Replaces hot and dead pixels: values that neither their neighbours nor the noise explain.</summary>
public static class OutlierFilter
{
    // A neighbourhood that varies by itself (the flank of a particle, lattice fringes) allows its middle pixel this many times its own variation.
    private const float NeighbourRatio = 4;

    private const int MostSamples = 250_000;

    /// <summary>Replaces single outlying pixels, or pairs of them, by the median of the window around them.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="limitRatio">How many robust s.d. of (image − median) a pixel may deviate; above 0. Lower replaces more; below 5 noise itself is touched.</param>
    /// <param name="radiusPx">The window of the median reaches this far to each side, in px: 1 for 3 × 3, 2 for 5 × 5; 1 … 255.</param>
    /// <returns>The cleaned image and the number of pixels replaced.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    /// <remarks>
    /// A pixel is an outlier when it deviates from the window's median by more than <paramref name="limitRatio"/> robust s.d. of all such deviations, <i>and</i> by more than four times the
    /// second largest deviation among its eight neighbours. The second condition spares the tops and corners of small particles and lets one
    /// neighbour be an outlier too.
    /// </remarks>
    public static OutlierResult Replace(Raster<float> image, double limitRatio = 8, int radiusPx = 1)
    {
        Guard.Finite(image);
        Guard.Above(limitRatio, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(radiusPx, 1);
        Raster<float> median = MedianFilter.Filter(image, radiusPx);
        ReadOnlySpan<float> pixels = image.Pixels;
        ReadOnlySpan<float> medians = median.Pixels;
        double limit = limitRatio * DeviationSigma(pixels, medians);
        float[]? cleaned = null;
        int replaced = 0;
        Vector<float> limits = new((float)limit);
        for (int i = 0; i < pixels.Length; i++)
        {
            // Most pixels are passed over eight at a time.
            while (i + Vector<float>.Count <= pixels.Length && Vector.LessThanOrEqualAll(Vector.Abs(new Vector<float>(pixels[i..]) - new Vector<float>(medians[i..])), limits))
            {
                i += Vector<float>.Count;
            }

            if (i < pixels.Length && Math.Abs(pixels[i] - medians[i]) > limit && StandsAlone(image, i % image.WidthPx, i / image.WidthPx, medians[i]))
            {
                cleaned ??= image.ToArray();
                cleaned[i] = medians[i];
                replaced++;
            }
        }

        return new OutlierResult(cleaned is null ? image : new Raster<float>(image.WidthPx, image.HeightPx, cleaned), replaced);
    }

    // Robust s.d. of the deviations, from at most a quarter of a million of them: every n-th, n odd and no neighbour of the width's divisors for long.
    private static double DeviationSigma(ReadOnlySpan<float> pixels, ReadOnlySpan<float> medians)
    {
        int step = (pixels.Length / MostSamples) | 1, n = 0;
        using SpanOwner<float> sample = SpanOwner<float>.Allocate((pixels.Length / step) + 1);
        Span<float> deviations = sample.Span;
        for (int i = 0; i < pixels.Length; i += step)
        {
            deviations[n++] = Math.Abs(pixels[i] - medians[i]);
        }

        return NoiseEstimator.RobustSigma(deviations[..n]);
    }

    private static bool StandsAlone(Raster<float> image, int x, int y, float median)
    {
        float largest = 0;
        float second = 0;
        for (int row = Math.Max(0, y - 1); row <= Math.Min(image.HeightPx - 1, y + 1); row++)
        {
            for (int column = Math.Max(0, x - 1); column <= Math.Min(image.WidthPx - 1, x + 1); column++)
            {
                if (row == y && column == x)
                {
                    continue;
                }

                float deviation = Math.Abs(image[column, row] - median);
                second = Math.Max(second, Math.Min(largest, deviation));
                largest = Math.Max(largest, deviation);
            }
        }

        return Math.Abs(image[x, y] - median) > NeighbourRatio * second;
    }
}
