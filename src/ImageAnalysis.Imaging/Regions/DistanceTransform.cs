using System.Buffers;

namespace ImageAnalysis.Imaging;

/// <summary>The distance of every pixel inside a mask from the nearest pixel outside it.</summary>
public static class DistanceTransform
{
    /// <summary>The exact Euclidean distance to the nearest zero pixel, in px.</summary>
    /// <param name="mask">0 outside, anything else inside; any shape.</param>
    /// <param name="outsideIsZero">False: only zero pixels of the mask count. True: the first row and column of pixels beyond the image count as zeros too.</param>
    /// <returns>Distances between pixel centres in px, 0 at zero pixels; +∞ everywhere where there is no zero pixel at all.</returns>
    public static Raster<float> Euclidean(Raster<byte> mask, bool outsideIsZero = false) => Euclidean(mask, 1, 1, outsideIsZero);

    /// <summary>The exact Euclidean distance to the nearest zero pixel on a grid of non-square pixels, in nm.</summary>
    /// <param name="mask">0 outside, anything else inside; any shape.</param>
    /// <param name="pixelWidthNm">Distance of horizontal neighbours in nm, above 0.</param>
    /// <param name="pixelHeightNm">Distance of vertical neighbours in nm, above 0.</param>
    /// <param name="outsideIsZero">False: only zero pixels of the mask count. True: the first row and column of pixels beyond the image count as zeros too.</param>
    /// <returns>Distances between pixel centres in nm, 0 at zero pixels; +∞ everywhere where there is no zero pixel at all.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A pixel size is not finite or not above 0.</exception>
    /// <remarks>
    /// Column distances first, then for each row the lower envelope of parabolas: Meijster, Roerdink &amp; Hesselink 2000, doi 10.1007/0-306-47025-X_36;
    /// Felzenszwalb &amp; Huttenlocher 2012, doi 10.4086/toc.2012.v008a019. A zero beyond the ends of a row's run of inside pixels is never nearer than the
    /// run's own ends, so each run is solved by itself.
    /// </remarks>
    public static Raster<float> Euclidean(Raster<byte> mask, double pixelWidthNm, double pixelHeightNm, bool outsideIsZero = false)
    {
        ArgumentNullException.ThrowIfNull(mask);
        Guard.Above(pixelWidthNm, 0);
        Guard.Above(pixelHeightNm, 0);
        int width = mask.WidthPx;
        int height = mask.HeightPx;
        float[] result = GC.AllocateUninitializedArray<float>(mask.PixelCount);
        ColumnDistances(mask, outsideIsZero, result);

        Envelope envelope = new(width + 2);
        double ratio = pixelHeightNm / pixelWidthNm;
        double ratio2 = ratio * ratio;
        for (int y = 0; y < height; y++)
        {
            Span<float> row = result.AsSpan(y * width, width);
            int x = 0;
            while (x < width)
            {
                if (row[x] == 0)
                {
                    x++;
                    continue;
                }

                int end = x + 1;
                while (end < width && row[end] != 0)
                {
                    end++;
                }

                envelope.Solve(row, x, end, outsideIsZero, ratio2, pixelWidthNm);
                x = end;
            }
        }

        envelope.Release();
        return new Raster<float>(width, height, result);
    }

    // The number of pixels to the nearest zero in the same column; +∞ where there is none.
    private static void ColumnDistances(Raster<byte> mask, bool outsideIsZero, Span<float> distances)
    {
        int width = mask.WidthPx;
        int height = mask.HeightPx;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> inside = mask.Row(y);
            Span<float> row = distances.Slice(y * width, width);
            if (y == 0)
            {
                float edge = outsideIsZero ? 1 : float.PositiveInfinity;
                for (int x = 0; x < width; x++)
                {
                    row[x] = inside[x] == 0 ? 0 : edge;
                }

                continue;
            }

            ReadOnlySpan<float> above = distances.Slice((y - 1) * width, width);
            for (int x = 0; x < width; x++)
            {
                row[x] = inside[x] == 0 ? 0 : above[x] + 1;
            }
        }

        if (outsideIsZero)
        {
            Span<float> last = distances.Slice((height - 1) * width, width);
            for (int x = 0; x < width; x++)
            {
                last[x] = Math.Min(last[x], 1);
            }
        }

        for (int y = height - 2; y >= 0; y--)
        {
            Span<float> row = distances.Slice(y * width, width);
            ReadOnlySpan<float> below = distances.Slice((y + 1) * width, width);
            for (int x = 0; x < width; x++)
            {
                row[x] = Math.Min(row[x], below[x] + 1);
            }
        }
    }

    // The lower envelope of the parabolas (x − q)² + g²(q), in units of the pixel width.
    private readonly struct Envelope(int capacity)
    {
        private readonly int[] _places = ArrayPool<int>.Shared.Rent(capacity);
        private readonly double[] _heights = ArrayPool<double>.Shared.Rent(capacity);
        private readonly double[] _bounds = ArrayPool<double>.Shared.Rent(capacity + 1);

        public void Solve(Span<float> row, int start, int end, bool outsideIsZero, double ratio2, double unit)
        {
            int[] places = _places;
            double[] heights = _heights;
            double[] bounds = _bounds;
            int top = -1;
            int first = start > 0 || outsideIsZero ? start - 1 : start;
            int last = end < row.Length || outsideIsZero ? end : end - 1;
            for (int q = first; q <= last; q++)
            {
                // The ends of the run, where they exist, are zeros; beyond the image only if those count.
                double g = q < start || q >= end ? 0 : row[q];
                if (double.IsPositiveInfinity(g))
                {
                    continue;
                }

                double h = g * g * ratio2;
                double bound = double.NegativeInfinity;
                while (top >= 0)
                {
                    // From here on the new parabola lies below that of the top of the stack.
                    double p = places[top];
                    bound = ((h - heights[top]) / (2 * (q - p))) + (0.5 * (q + p));
                    if (bound > bounds[top])
                    {
                        break;
                    }

                    top--;
                    bound = double.NegativeInfinity;
                }

                top++;
                places[top] = q;
                heights[top] = h;
                bounds[top] = bound;
            }

            if (top < 0)
            {
                return; // No zero in any of these columns: the distance stays infinite.
            }

            bounds[top + 1] = double.PositiveInfinity;
            int k = 0;
            for (int x = start; x < end; x++)
            {
                while (bounds[k + 1] < x)
                {
                    k++;
                }

                double d = x - places[k];
                row[x] = (float)(unit * Math.Sqrt((d * d) + heights[k]));
            }
        }

        public void Release()
        {
            ArrayPool<int>.Shared.Return(_places);
            ArrayPool<double>.Shared.Return(_heights);
            ArrayPool<double>.Shared.Return(_bounds);
        }
    }
}
