namespace ImageAnalysis.Imaging;

/// <summary>A local maximum of an image.</summary>
/// <param name="Position">Place of the top below the pixel, at most half a pixel from the largest pixel.</param>
/// <param name="XPx">Column of the largest pixel.</param>
/// <param name="YPx">Row of the largest pixel.</param>
/// <param name="ValueCounts">Intensity of the largest pixel in counts.</param>
public readonly record struct LocalMaximum(PointPx Position, int XPx, int YPx, double ValueCounts);

/// <summary>Local maxima of an image.</summary>
public static class LocalMaxima
{
    /// <summary>Finds the pixels that are largest within a square around them.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="radiusPx">The square reaches this far to each side, in px; 1 or more.</param>
    /// <param name="thresholdCounts">Only pixels above this many counts are taken.</param>
    /// <returns>The maxima from the highest down, equals in reading order. Of equal pixels within one square only the first in reading order is taken.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The radius is outside 1 … 1000.</exception>
    /// <remarks>
    /// Below the pixel: the top of a parabola through three pixels along x and another along y, each at most half a pixel away; on the image's edge
    /// the place across it is the pixel's own.
    /// </remarks>
    public static IReadOnlyList<LocalMaximum> Find(Raster<float> image, int radiusPx, double thresholdCounts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(radiusPx, 1);
        Raster<float> highest = Morphology.Dilate(image, StructuringElement.Square(radiusPx));
        int width = image.WidthPx;
        Span<byte> candidates = new byte[width];
        List<LocalMaximum> found = [];
        for (int y = 0; y < image.HeightPx; y++)
        {
            ReadOnlySpan<float> row = image.Row(y);
            ReadOnlySpan<float> top = highest.Row(y);
            VectorMath.Equal(row, top, candidates);
            for (int x = candidates.IndexOf((byte)1); x >= 0 && x < width;)
            {
                if (row[x] > thresholdCounts && IsFirst(image, x, y, radiusPx))
                {
                    found.Add(new LocalMaximum(new PointPx(x + Top(image, x, y, 1, 0), y + Top(image, x, y, 0, 1)), x, y, row[x]));
                }

                int next = candidates[(x + 1)..].IndexOf((byte)1);
                x = next < 0 ? width : x + 1 + next;
            }
        }

        highest.Recycle();

        return [.. found.OrderByDescending(maximum => maximum.ValueCounts)];
    }

    // No pixel before this one in reading order, within the square, is as large.
    private static bool IsFirst(Raster<float> image, int x, int y, int radius)
    {
        int x0 = Math.Max(0, x - radius);
        int x1 = Math.Min(image.WidthPx, x + radius + 1);
        float value = image.Row(y)[x];
        for (int row = Math.Max(0, y - radius); row < y; row++)
        {
            if (image.Row(row)[x0..x1].Contains(value))
            {
                return false;
            }
        }

        return !image.Row(y)[x0..x].Contains(value);
    }

    private static double Top(Raster<float> image, int x, int y, int dx, int dy)
    {
        if (x - dx < 0 || y - dy < 0 || x + dx >= image.WidthPx || y + dy >= image.HeightPx)
        {
            return 0;
        }

        double before = image[x - dx, y - dy];
        double after = image[x + dx, y + dy];
        double curvature = before - (2.0 * image[x, y]) + after;
        return curvature < 0 ? Math.Clamp(0.5 * (before - after) / curvature, -0.5, 0.5) : 0;
    }
}
