using ImageAnalysis.Imaging;

namespace ImageAnalysis.Report;

/// <summary>Shows an image pixel by pixel, enlarged without smoothing or reduced by averaging; of unequal pixel sides the longer is stretched, so that circles are round.</summary>
internal static class ImagePainter
{
    /// <summary>Width and height in px of the picture that a pixel of the image takes.</summary>
    /// <param name="micrograph">The image.</param>
    /// <param name="options">Limits of the picture's size.</param>
    /// <param name="wantedFactor">Enlargement that is wanted beyond that of the options.</param>
    public static (double X, double Y) Scales(Micrograph micrograph, OverlayOptions options, double wantedFactor)
    {
        double widthNm = micrograph.Calibration?.PixelWidthNm ?? 1;
        double heightNm = micrograph.Calibration?.PixelHeightNm ?? 1;
        double stretchX = Math.Max(1, widthNm / heightNm);
        double stretchY = Math.Max(1, heightNm / widthNm);
        double shownWidth = micrograph.Pixels.WidthPx * stretchX;
        double longest = Math.Max(shownWidth, micrograph.Pixels.HeightPx * stretchY);
        double wanted = Math.Max(wantedFactor, Math.Ceiling(options.WantedWidthPx / shownWidth));

        // Whole factors only: up as far as the picture stays within its limit, down where the image itself is beyond it.
        double factor = longest > options.MaxSidePx
            ? 1 / Math.Ceiling(longest / options.MaxSidePx)
            : Math.Max(1, Math.Min(wanted, Math.Floor(options.MaxSidePx / longest)));
        return (factor * stretchX, factor * stretchY);
    }

    /// <summary>Paints the image into the top left of a picture.</summary>
    /// <param name="canvas">The picture.</param>
    /// <param name="pixels">The image.</param>
    /// <param name="levels">Its grey levels.</param>
    /// <param name="width">Width in px that the image takes.</param>
    /// <param name="height">Height in px that it takes.</param>
    public static void Paint(Canvas canvas, Raster<float> pixels, GreyLevels levels, int width, int height)
    {
        int shownFrom = -1;
        for (int y = 0; y < height; y++)
        {
            (int fromY, int toY) = Source(y, pixels.HeightPx, height);
            if (fromY == shownFrom)
            {
                canvas.Row(y - 1)[..(3 * width)].CopyTo(canvas.Row(y));
                continue;
            }

            shownFrom = fromY;
            Span<byte> row = canvas.Row(y);
            for (int x = 0; x < width; x++)
            {
                (int fromX, int toX) = Source(x, pixels.WidthPx, width);
                double sum = 0;
                for (int sourceY = fromY; sourceY < toY; sourceY++)
                {
                    foreach (float counts in pixels.Row(sourceY)[fromX..toX])
                    {
                        sum += counts;
                    }
                }

                row.Slice(3 * x, 3).Fill(levels.LevelOf(sum / ((toX - fromX) * (toY - fromY))));
            }
        }
    }

    // The pixels of the image that a pixel of the picture shows: one where it is enlarged, several where it is reduced.
    private static (int From, int To) Source(int shown, int size, int shownSize)
    {
        int from = (int)((shown + 0.5) * size / shownSize);
        if (size <= shownSize)
        {
            return (from, from + 1);
        }

        from = (int)((long)shown * size / shownSize);
        return (from, Math.Max(from + 1, (int)((shown + 1L) * size / shownSize)));
    }
}
