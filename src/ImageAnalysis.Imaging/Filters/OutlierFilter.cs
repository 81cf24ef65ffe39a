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
    private const int MostSamples = 1 << 18;

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
        int width = image.WidthPx;
        int height = image.HeightPx;

        // In large images every n-th row tells the spread, about a quarter of a million pixels in all.
        int step = Math.Max(1, (int)Math.Ceiling((double)image.PixelCount / MostSamples));
        using SpanOwner<float> rented = SpanOwner<float>.Allocate(((height + step - 1) / step) * width);
        Span<float> deviations = rented.Span;
        int n = 0;
        for (int y = 0; y < height; y += step, n += width)
        {
            VectorMath.Distance(image.Row(y), median.Row(y), deviations.Slice(n, width));
        }

        float limit = (float)(limitRatio * NoiseEstimator.RobustSigma(deviations[..n]));
        Raster<float> cleaned = image;
        Span<float> writable = default;
        int replaced = 0;
        Span<float> row = deviations[..width];
        for (int y = 0; y < height; y++)
        {
            VectorMath.Distance(image.Row(y), median.Row(y), row);
            for (int x = VectorMath.NextAbove(row, 0, limit); x < width; x = VectorMath.NextAbove(row, x + 1, limit))
            {
                float middle = median.Row(y)[x];
                if (StandsAlone(image, x, y, middle))
                {
                    if (replaced++ == 0)
                    {
                        cleaned = Raster<float>.Unfilled(width, height, out writable);
                        image.Pixels.CopyTo(writable);
                    }

                    writable[(y * width) + x] = middle;
                }
            }
        }

        median.Recycle();
        return new OutlierResult(cleaned, replaced);
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
