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
        OverlayLegend legend = new(micrograph, ParticleEntries(particles), "no particles found", width, scaleX);
        Canvas canvas = new(width, height + legend.HeightPx);

        GreyLevels levels = GreyLevels.Choose(micrograph.Pixels, particles.Select(p => new PointPx(p.XPx, p.YPx)), options.BlackPercent, options.WhitePercent);
        ImagePainter.Paint(canvas, micrograph.Pixels, levels, width, height);

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

    private static LegendEntry[] ParticleEntries(IReadOnlyList<SizeMeasurement> particles) =>
    [
        .. ParticleStates.All.Select(state => (State: state, Count: particles.Count(p => ParticleStates.Of(p) == state))).Where(entry => entry.Count > 0)
            .Select(entry => new LegendEntry(string.Create(CultureInfo.InvariantCulture, $"{entry.Count} {ParticleStates.Words(entry.State)}"), ParticleStates.ColourOf(entry.State), ParticleStates.DashOf(entry.State))),
    ];

    private static (double X, double Y) Scales(Micrograph micrograph, IReadOnlyList<SizeMeasurement> particles, OverlayOptions options)
    {
        double wantedFactor = 0;
        if (particles.Count > 0)
        {
            double[] diameters = [.. particles.Select(p => p.DiameterPx).Order()];
            wantedFactor = Math.Round(options.WantedParticlePx / diameters[diameters.Length / 2]);
        }

        return ImagePainter.Scales(micrograph, options, wantedFactor);
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
