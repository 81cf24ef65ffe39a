using System.Globalization;
using ImageAnalysis.Formats;
using ImageAnalysis.Imaging;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Report;

/// <summary>
/// Draws what was measured over the image, so that a person can judge it: outlines, long axes, numbers, a scale bar and a legend. The
/// image is shown pixel by pixel, enlarged without smoothing (beyond the limit of size, reduced by averaging); of unequal pixel sides the longer is stretched, so that circles are round.
/// </summary>
public static class OverlayDrawer
{
    private static readonly Colour _white = new(255, 255, 255);
    private static readonly Colour _black = new(0, 0, 0);

    /// <summary>Draws the overlay of one image.</summary>
    /// <param name="micrograph">The image.</param>
    /// <param name="particles">Its particles.</param>
    /// <param name="options">How to draw.</param>
    /// <returns>A picture with the legend below the image.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    /// <exception cref="ArgumentException">The image has pixels that are not finite numbers.</exception>
    public static RgbImage Draw(Micrograph micrograph, IReadOnlyList<SizeMeasurement> particles, OverlayOptions options)
    {
        ArgumentNullException.ThrowIfNull(micrograph);
        ArgumentNullException.ThrowIfNull(particles);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();

        (double scaleX, double scaleY) = Scales(micrograph, particles, options);
        int width = Math.Max(1, (int)Math.Round(micrograph.Pixels.WidthPx * scaleX));
        int height = Math.Max(1, (int)Math.Round(micrograph.Pixels.HeightPx * scaleY));
        OverlayLegend legend = new(micrograph, particles, width, scaleX);
        Canvas canvas = new(width, height + legend.HeightPx);

        GreyLevels levels = GreyLevels.Choose(micrograph.Pixels, particles.Select(p => new PointPx(p.XPx, p.YPx)), options.BlackPercent, options.WhitePercent);
        PaintImage(canvas, micrograph.Pixels, levels, width, height);

        PointPx Shown(PointPx p) => new(((p.XPx + 0.5) * scaleX) - 0.5, ((p.YPx + 0.5) * scaleY) - 0.5);
        foreach (SizeMeasurement particle in particles)
        {
            DrawParticle(canvas, particle, Shown, options);
        }

        if (options.ShowNumbers)
        {
            int fontScale = FontScale(particles, scaleX);
            foreach (SizeMeasurement particle in particles)
            {
                DrawNumber(canvas, particle, Shown, scaleX, fontScale, height);
            }
        }

        legend.Draw(canvas, height);
        return canvas.ToImage();
    }

    private static (double X, double Y) Scales(Micrograph micrograph, IReadOnlyList<SizeMeasurement> particles, OverlayOptions options)
    {
        double widthNm = micrograph.Calibration?.PixelWidthNm ?? 1;
        double heightNm = micrograph.Calibration?.PixelHeightNm ?? 1;
        double stretchX = Math.Max(1, widthNm / heightNm);
        double stretchY = Math.Max(1, heightNm / widthNm);
        double shownWidth = micrograph.Pixels.WidthPx * stretchX;
        double longest = Math.Max(shownWidth, micrograph.Pixels.HeightPx * stretchY);

        double wanted = Math.Ceiling(options.WantedWidthPx / shownWidth);
        if (particles.Count > 0)
        {
            double[] diameters = [.. particles.Select(p => p.DiameterPx).Order()];
            wanted = Math.Max(wanted, Math.Round(options.WantedParticlePx / diameters[diameters.Length / 2]));
        }

        // Whole factors only: up as far as the picture stays within its limit, down where the image itself is beyond it.
        double factor = longest > options.MaxSidePx
            ? 1 / Math.Ceiling(longest / options.MaxSidePx)
            : Math.Max(1, Math.Min(wanted, Math.Floor(options.MaxSidePx / longest)));
        return (factor * stretchX, factor * stretchY);
    }

    private static void PaintImage(Canvas canvas, Raster<float> pixels, GreyLevels levels, int width, int height)
    {
        int shownFrom = -1;
        for (int y = 0; y < height; y++)
        {
            (int fromY, int toY) = Source(y, pixels.HeightPx, height);
            if (fromY == shownFrom)
            {
                canvas.Row(y - 1).CopyTo(canvas.Row(y));
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

    private static void DrawParticle(Canvas canvas, SizeMeasurement particle, Func<PointPx, PointPx> shown, OverlayOptions options)
    {
        ParticleState state = ParticleStates.Of(particle);
        Colour colour = ParticleStates.ColourOf(state);
        if (options.ShowLongAxes)
        {
            canvas.Line([shown(particle.LongAxisStartPx), shown(particle.LongAxisEndPx)], false, 1, colour, 0.6, Dash.None);
        }

        PointPx[] outline = [.. particle.OutlinePx.Select(shown)];
        canvas.Line(outline, true, options.OutlineWidthPx, colour, 1, ParticleStates.DashOf(state));
    }

    // One size of letters for all, after the median particle.
    private static int FontScale(IReadOnlyList<SizeMeasurement> particles, double scale)
    {
        double[] shortAxes = [.. particles.Select(p => p.FeretMinPx * scale).Order()];
        double median = shortAxes.Length == 0 ? 0 : shortAxes[shortAxes.Length / 2];
        return median >= 180 ? 3 : median >= 55 ? 2 : 1;
    }

    // Inside the particle where there is room beside its edge; else beyond its upper right.
    private static void DrawNumber(Canvas canvas, SizeMeasurement particle, Func<PointPx, PointPx> shown, double scale, int fontScale, int height)
    {
        string text = particle.ParticleId.ToString(CultureInfo.InvariantCulture);
        double shortAxis = particle.FeretMinPx * scale;
        int textWidth = BitmapFont.WidthOf(text, fontScale);
        int textHeight = BitmapFont.CapHeight * fontScale;
        PointPx centre = shown(new PointPx(particle.XPx, particle.YPx));
        double x = centre.XPx - (textWidth / 2.0);
        double y = centre.YPx - (textHeight / 2.0);
        if (textWidth > 0.6 * shortAxis)
        {
            PointPx[] outline = [.. particle.OutlinePx.Select(shown)];
            double reach = outline.Length == 0 ? shortAxis / 2 : outline.Max(p => (p.XPx - centre.XPx - p.YPx + centre.YPx) / Math.Sqrt(2));
            double offset = (reach / Math.Sqrt(2)) + 2;
            (x, y) = (centre.XPx + offset, centre.YPx - offset - textHeight);
        }

        int left = (int)Math.Round(Math.Clamp(x, 1, Math.Max(1, canvas.WidthPx - textWidth - 1)));
        int top = (int)Math.Round(Math.Clamp(y, 1, Math.Max(1, height - textHeight - 1)));
        canvas.Text(text, left, top, fontScale, _white, _black);
    }
}
