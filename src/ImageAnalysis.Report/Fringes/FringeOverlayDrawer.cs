using System.Globalization;
using ImageAnalysis.Formats;
using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;

namespace ImageAnalysis.Report;

/// <summary>
/// Draws the crystals of an HRTEM image over it: outline and box, number, mark and colour of the verdict, and how the fringes run; beside the image each crystal's own spectrum with its spots marked.
/// </summary>
public static class FringeOverlayDrawer
{
    private const int Gap = 10;
    private const int Label = 22;
    private const double OutlineShare = 1.8; // crystals are large, and their fringes busy
    private const double LargeSpectra = 0.2; // of the image's width, where they find room in so much
    private const double MostSpectra = 0.6;

    private static readonly int[] _sides = [340, 300, 256, 216, 176, 144, 120];
    private static readonly Colour _ground = new(24, 24, 28);
    private static readonly Colour _white = new(255, 255, 255);
    private static readonly Colour _black = new(0, 0, 0);

    /// <summary>How these pictures are drawn where nothing else is asked for: an image of 1024 px is enlarged twice.</summary>
    public static OverlayOptions DefaultOptions { get; } = new() { WantedWidthPx = 1400 };

    /// <summary>Draws the overlay of one image.</summary>
    /// <param name="micrograph">The image.</param>
    /// <param name="fringes">Its crystals.</param>
    /// <param name="fringeOptions">The options that they were measured with.</param>
    /// <param name="options">How to draw; <see cref="DefaultOptions"/> are made for HRTEM images.</param>
    /// <returns>A picture with spectra to the right of the image and the legend below.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    /// <exception cref="ArgumentException">The image has pixels that are not finite numbers.</exception>
    public static RgbImage Draw(Micrograph micrograph, FringeAnalysis fringes, FringeOptions fringeOptions, OverlayOptions options)
    {
        ArgumentNullException.ThrowIfNull(micrograph);
        ArgumentNullException.ThrowIfNull(fringes);
        ArgumentNullException.ThrowIfNull(fringeOptions);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (double scaleX, double scaleY) = ImagePainter.Scales(micrograph, options, 0);
        int width = Math.Max(1, (int)Math.Round(micrograph.Pixels.WidthPx * scaleX)), height = Math.Max(1, (int)Math.Round(micrograph.Pixels.HeightPx * scaleY));
        (int side, int rows, int columns) = Layout(fringes.Crystals.Count, width, height);
        int whole = width + (columns * (side + Gap)) + (columns > 0 ? Gap : 0);
        OverlayLegend legend = new(micrograph, Entries(fringes), "no crystals found", whole, scaleX, Defocus(fringes.Transfer));
        int shownHeight = Math.Max(height, rows * (side + Label + Gap));
        Canvas canvas = new(whole, shownHeight + legend.HeightPx);
        canvas.FillRectangle(0, 0, canvas.WidthPx, canvas.HeightPx, _ground);
        GreyLevels levels = GreyLevels.Choose(micrograph.Pixels, [], options.BlackPercent, options.WhitePercent);
        ImagePainter.Paint(canvas, micrograph.Pixels, levels, width, height);

        PointPx Shown(double x, double y) => new(((x + 0.5) * scaleX) - 0.5, ((y + 0.5) * scaleY) - 0.5);
        FrequencyScale scale = FrequencyScale.Of(micrograph);
        foreach (CrystalMeasurement crystal in fringes.Crystals)
        {
            DrawCrystal(canvas, crystal, Shown, options, scale, width, height);
        }

        for (int i = 0; i < fringes.Crystals.Count; i++)
        {
            int left = width + Gap + ((i / rows) * (side + Gap)), top = (i % rows) * (side + Label + Gap);
            DrawSpectrum(canvas, micrograph, fringes.Crystals[i], fringeOptions.Reference, scale, left, top, side);
        }

        legend.Draw(canvas, shownHeight);
        return canvas.ToImage();
    }

    private static string Defocus(TransferEstimate transfer) => transfer is { DefocusNm: double nm, DefocusSigmaNm: double sigma }
        ? string.Create(CultureInfo.InvariantCulture, $"defocus {nm:0} ± {Math.Max(1, sigma):0} nm{(transfer.Knowledge == TransferKnowledge.Measured ? string.Empty : " (one of several)")}")
        : "defocus not known";

    private static LegendEntry[] Entries(FringeAnalysis fringes) =>
    [
        .. VerdictStyle.All.Select(verdict => (Verdict: verdict, Count: fringes.Crystals.Count(crystal => crystal.Verdict == verdict))).Where(entry => entry.Count > 0)
            .Select(entry => new LegendEntry(string.Create(CultureInfo.InvariantCulture, $"{entry.Count} {VerdictStyle.Words(entry.Verdict)}"), VerdictStyle.ColourOf(entry.Verdict), VerdictStyle.DashOf(entry.Verdict), entry.Verdict)),
    ];

    /// <summary>The largest spectra that take no more than a fifth of the width, else more than half of it; where even the smallest take more, those.</summary>
    private static (int Side, int Rows, int Columns) Layout(int count, int width, int height)
    {
        if (count == 0)
        {
            return (0, 0, 0);
        }

        foreach ((int side, double most) in _sides.Select(side => (side, LargeSpectra)).Concat(_sides.Where(side => side <= 176).Select(side => (side, MostSpectra))))
        {
            int rows = Math.Max(1, (height + Gap) / (side + Label + Gap)), columns = (count + rows - 1) / rows;
            if (columns * (side + Gap) <= most * width || (side == _sides[^1] && most == MostSpectra))
            {
                return (side, Math.Min(rows, count), columns);
            }
        }

        throw new InvalidOperationException("The smallest side is always taken.");
    }

    private static void DrawCrystal(Canvas canvas, CrystalMeasurement crystal, Func<double, double, PointPx> shown, OverlayOptions options, FrequencyScale scale, int width, int height)
    {
        Colour colour = VerdictStyle.ColourOf(crystal.Verdict);
        canvas.Line([.. crystal.OutlinePx.Select(p => shown(p.XPx, p.YPx))], true, OutlineShare * options.OutlineWidthPx, colour, 1, VerdictStyle.DashOf(crystal.Verdict));
        PointPx first = shown(crystal.X0Px - 0.5, crystal.Y0Px - 0.5), last = shown(crystal.X1Px - 0.5, crystal.Y1Px - 0.5);
        canvas.Line([first, new(last.XPx, first.YPx), last, new(first.XPx, last.YPx)], true, 1, colour, 0.55, Dash.None);

        int font = width >= 1400 ? 3 : 2;

        // The mark and number stand above the box, or in it where there is no room; the sign of the fringes at its upper right.
        double y = first.YPx >= 12 * font ? first.YPx - (6 * font) : first.YPx + (6 * font) + 2;
        double x = Math.Clamp(first.XPx + (4 * font), 5 * font, Math.Max(5 * font, width - (30 * font)));
        VerdictStyle.Draw(canvas, crystal.Verdict, x, y, 4 * font);
        string number = string.Create(CultureInfo.InvariantCulture, $"{crystal.ParticleId}{(crystal.Flags.Any(flag => flag.NeedsReview) ? "!" : string.Empty)}");
        canvas.Text(number, (int)x + (6 * font), (int)y - (7 * font / 2), font, _white, _black);
        if (CrystalView.Shown(crystal) is FringeMeasurement fringe)
        {
            double barX = Math.Min(Math.Max(last.XPx - (6 * font), x + (14 * font) + BitmapFont.WidthOf(number, font)), Math.Max(x + (14 * font), width - (7 * font)));
            FringeBar.Draw(canvas, barX, Math.Min(y, height - (7 * font)), 5.5 * font, scale.Of(fringe.G), colour);
        }
    }

    private static void DrawSpectrum(Canvas canvas, Micrograph micrograph, CrystalMeasurement crystal, ReferenceCrystal reference, FrequencyScale scale, int left, int top, int side)
    {
        VerdictStyle.Draw(canvas, crystal.Verdict, left + 9, top + 11, 7);
        string name = string.Create(CultureInfo.InvariantCulture, $"{crystal.ParticleId} {VerdictStyle.Words(crystal.Verdict)}");
        int font = BitmapFont.WidthOf(name, 2) <= side - 22 ? 2 : 1;
        canvas.Text(name, left + 22, top + (font == 2 ? 4 : 8), font, VerdictStyle.ColourOf(crystal.Verdict));
        double highest = scale.HighestShown(crystal, reference);
        CrystalSpectrum.Of(micrograph, crystal).Paint(canvas, left, top + Label, side, highest);
        SpectrumMarks.Draw(canvas, left, top + Label, side, highest, crystal, scale, reference, detailed: false);
    }
}
