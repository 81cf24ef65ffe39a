using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <summary>Intensities between the pixels, and smaller versions of an image.</summary>
public static class Resample
{
    /// <summary>The intensity at a place, linear between the four pixels around it.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="xPx">Column in px; a place outside takes the value of the nearest place on the edge.</param>
    /// <param name="yPx">Row in px; a place outside takes the value of the nearest place on the edge.</param>
    /// <returns>The intensity in counts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The place is not finite.</exception>
    public static double Bilinear(Raster<float> image, double xPx, double yPx)
    {
        ArgumentNullException.ThrowIfNull(image);
        ThrowIfNotFinite(xPx, yPx);
        double x = Math.Clamp(xPx, 0, image.WidthPx - 1);
        double y = Math.Clamp(yPx, 0, image.HeightPx - 1);
        int x0 = (int)x;
        int y0 = (int)y;
        double u = x - x0;
        double v = y - y0;
        ReadOnlySpan<float> row = image.Row(y0);
        ReadOnlySpan<float> next = image.Row(Math.Min(y0 + 1, image.HeightPx - 1));
        int x1 = Math.Min(x0 + 1, image.WidthPx - 1);
        double above = row[x0] + (u * ((double)row[x1] - row[x0]));
        double below = next[x0] + (u * ((double)next[x1] - next[x0]));
        return above + (v * (below - above));
    }

    /// <summary>The intensity at a place by cubic convolution of the sixteen pixels around it.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="xPx">Column in px; a place outside takes the value of the nearest place on the edge.</param>
    /// <param name="yPx">Row in px; a place outside takes the value of the nearest place on the edge.</param>
    /// <returns>The intensity in counts; it can overshoot the pixels around it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The place is not finite.</exception>
    /// <remarks>Keys 1981, doi 10.1109/TASSP.1981.1163711, equation 15 (a = −1/2): exact for polynomials of second order. Beyond the edge the edge pixel is repeated.</remarks>
    public static double Bicubic(Raster<float> image, double xPx, double yPx)
    {
        ArgumentNullException.ThrowIfNull(image);
        ThrowIfNotFinite(xPx, yPx);
        double x = Math.Clamp(xPx, 0, image.WidthPx - 1);
        double y = Math.Clamp(yPx, 0, image.HeightPx - 1);
        int x0 = (int)x;
        int y0 = (int)y;
        Span<double> wx = stackalloc double[4];
        Span<double> wy = stackalloc double[4];
        CubicWeights(x - x0, wx);
        CubicWeights(y - y0, wy);
        double sum = 0;
        for (int j = 0; j < 4; j++)
        {
            ReadOnlySpan<float> row = image.Row(Math.Clamp(y0 - 1 + j, 0, image.HeightPx - 1));
            double line = 0;
            for (int i = 0; i < 4; i++)
            {
                line += wx[i] * row[Math.Clamp(x0 - 1 + i, 0, row.Length - 1)];
            }

            sum += wy[j] * line;
        }

        return sum;
    }

    /// <summary>Makes an image smaller by averaging squares of pixels.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="factor">Side of the squares in px; 1 or more.</param>
    /// <returns>
    /// The means in counts, ⌈width/factor⌉ × ⌈height/factor⌉; where the squares do not fit, the last ones average the pixels there are. Its pixel (x, y) is centred on
    /// ((x + ½)·factor − ½, (y + ½)·factor − ½) of the image.
    /// </returns>
    /// <exception cref="ArgumentException">A pixel is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The factor is below 1.</exception>
    public static Raster<float> Downsample(Raster<float> image, int factor)
    {
        Guard.Finite(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        int width = (image.WidthPx + factor - 1) / factor;
        int height = (image.HeightPx + factor - 1) / factor;
        Raster<float> smaller = Raster<float>.Unfilled(width, height, out Span<float> result);
        double[] sums = new double[width];
        for (int y = 0; y < height; y++)
        {
            Span<float> target = result.Slice(y * width, width);
            int y0 = y * factor;
            int y1 = Math.Min(y0 + factor, image.HeightPx);
            if (factor == 2 && y1 == y0 + 2)
            {
                Halve(image.Row(y0), image.Row(y0 + 1), y0 + 3 < image.HeightPx, target);
                continue;
            }

            Array.Clear(sums);
            for (int row = y0; row < y1; row++)
            {
                ReadOnlySpan<float> pixels = image.Row(row);
                for (int x = 0; x < width; x++)
                {
                    double sum = 0;
                    foreach (float pixel in pixels[(x * factor)..Math.Min((x + 1) * factor, pixels.Length)])
                    {
                        sum += pixel;
                    }

                    sums[x] += sum;
                }
            }

            for (int x = 0; x < width; x++)
            {
                int columns = Math.Min((x + 1) * factor, image.WidthPx) - (x * factor);
                target[x] = (float)(sums[x] / (columns * (double)(y1 - y0)));
            }
        }

        return smaller;
    }

    // Means of squares of four; of two where the width is odd, at the end. The two rows after the next are called into cache meanwhile, if there are any.
    private static unsafe void Halve(ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, bool more, Span<float> result)
    {
        Vector256<int> evenThenOdd = Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7);
        nint twoRows = more ? 2 * upper.Length : 0;
        int x = 0;
        fixed (float* a = upper, b = lower, to = result)
        {
            for (; (2 * x) + 16 <= upper.Length; x += 8)
            {
                float* left = a + (2 * x);
                float* leftBelow = b + (2 * x);
                CacheLines.Fetch(left + twoRows);
                CacheLines.Fetch(leftBelow + twoRows);
                Vector256<float> first = Vector256.Load(left) + Vector256.Load(leftBelow);
                Vector256<float> second = Vector256.Load(left + 8) + Vector256.Load(leftBelow + 8);
                first = Vector256.Shuffle(first, evenThenOdd);
                second = Vector256.Shuffle(second, evenThenOdd);
                Vector256<float> pairs = Vector256.Create(first.GetLower() + first.GetUpper(), second.GetLower() + second.GetUpper());
                (pairs * 0.25f).Store(to + x);
            }
        }

        for (; x < result.Length; x++)
        {
            int right = Math.Min((2 * x) + 1, upper.Length - 1);
            result[x] = 0.25f * (upper[2 * x] + lower[2 * x] + (upper[right] + lower[right]));
        }
    }

    /// <summary>Weights of the pixels at −1, 0, 1, 2 for a place t between 0 and 1.</summary>
    internal static void CubicWeights(double t, Span<double> weights)
    {
        double t2 = t * t;
        double t3 = t2 * t;
        weights[0] = 0.5 * (-t + (2 * t2) - t3);
        weights[1] = 0.5 * (2 - (5 * t2) + (3 * t3));
        weights[2] = 0.5 * (t + (4 * t2) - (3 * t3));
        weights[3] = 0.5 * (-t2 + t3);
    }

    private static void ThrowIfNotFinite(double xPx, double yPx)
    {
        if (!double.IsFinite(xPx))
        {
            throw new ArgumentOutOfRangeException(nameof(xPx), xPx, "Expected a finite column.");
        }

        if (!double.IsFinite(yPx))
        {
            throw new ArgumentOutOfRangeException(nameof(yPx), yPx, "Expected a finite row.");
        }
    }
}
