using System.Globalization;
using System.Numerics;
using ImageAnalysis.Formats;
using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;

namespace ImageAnalysis.Report;

/// <summary>
/// One picture from which a microscopist agrees or disagrees with a verdict: the crystal, its spectrum with what was measured and tested, its fringes alone, the profile along their normal,
/// and the numbers.
/// </summary>
public static class CrystalPicture
{
    private const int Side = 300;
    private const int Gap = 12;
    private const int Header = 44;
    private const int Caption = 24;
    private const int Font = 2;
    private const int Line = 24;
    private const int SampleCount = 20_000;
    private const int Width = (4 * Side) + (5 * Gap);

    private static readonly Colour _ground = new(24, 24, 28);
    private static readonly Colour _ink = new(235, 235, 235);
    private static readonly Colour _faint = new(0xA2, 0xAB, 0xB4);
    private static readonly Colour _black = new(0, 0, 0);
    private static readonly Colour _warning = new(0xF0, 0xE4, 0x42);

    /// <summary>Draws the picture of one crystal.</summary>
    /// <param name="micrograph">The image.</param>
    /// <param name="crystal">One of its crystals.</param>
    /// <param name="options">The options that it was measured with.</param>
    /// <returns>The picture.</returns>
    public static RgbImage Draw(Micrograph micrograph, CrystalMeasurement crystal, FringeOptions options)
    {
        ArgumentNullException.ThrowIfNull(micrograph);
        ArgumentNullException.ThrowIfNull(crystal);
        ArgumentNullException.ThrowIfNull(options);
        List<(string Text, Colour Colour)> lines = Words(crystal);
        int panels = Header + Caption;
        Canvas canvas = new(Width, panels + Side + Gap + (lines.Count * Line) + Gap);
        canvas.FillRectangle(0, 0, canvas.WidthPx, canvas.HeightPx, _ground);
        DrawHeader(canvas, micrograph, crystal);

        FrequencyScale scale = FrequencyScale.Of(micrograph);
        CrystalView view = CrystalView.Of(micrograph, crystal);
        int[] lefts = [.. Enumerable.Range(0, 4).Select(i => Gap + (i * (Side + Gap)))];
        string size = scale.Unit == "nm" ? view.Side.ToString("0.0", CultureInfo.InvariantCulture) : view.Side.ToString("0", CultureInfo.InvariantCulture);
        DrawCaption(canvas, lefts[0], $"image, {size} {scale.Unit} wide");
        DrawImage(canvas, lefts[0], panels, view, micrograph, scale);

        double highest = scale.HighestShown(crystal, options.Reference);
        DrawCaption(canvas, lefts[1], "spectrum (log)");
        CrystalSpectrum.Of(micrograph, crystal).Paint(canvas, lefts[1], panels, Side, highest);
        SpectrumMarks.Draw(canvas, lefts[1], panels, Side, highest, crystal, scale, options.Reference, detailed: true);

        FringeMeasurement? shown = CrystalView.Shown(crystal);
        DrawCaption(canvas, lefts[2], shown?.Superlattice is null ? "its fringes alone" : "fringes and order alone");
        if (view.Filtered is Raster<float> filtered)
        {
            float[] sorted = SortedSample(filtered);
            double reach = Math.Max(Math.Abs(At(sorted, 0.001)), Math.Abs(At(sorted, 0.999)));
            view.Paint(canvas, lefts[2], panels, Side, filtered, -reach, reach);
            DrawOutline(canvas, lefts[2], panels, view);
        }
        else
        {
            canvas.FillRectangle(lefts[2], panels, Side, Side, _black);
        }

        DrawCaption(canvas, lefts[3], "profile along the normal");
        ProfilePlot.Draw(canvas, lefts[3], panels, Side, view, scale, options.Reference);

        for (int i = 0; i < lines.Count; i++)
        {
            canvas.Text(lines[i].Text, Gap, panels + Side + Gap + (i * Line), Font, lines[i].Colour);
        }

        return canvas.ToImage();
    }

    private static void DrawHeader(Canvas canvas, Micrograph micrograph, CrystalMeasurement crystal)
    {
        Colour colour = VerdictStyle.ColourOf(crystal.Verdict);
        canvas.FillRectangle(0, 0, canvas.WidthPx, 4, colour);
        VerdictStyle.Draw(canvas, crystal.Verdict, Gap + 14, 24, 11);
        string verdict = crystal.Verdict == Verdict.NoFringe ? "NO FRINGE of the tested planes" : VerdictStyle.Words(crystal.Verdict).ToUpperInvariant();
        int x = Gap + 36;
        canvas.Text(verdict, x, 14, 3, colour);
        x += BitmapFont.WidthOf(verdict, 3) + 20;
        int right = canvas.WidthPx - Gap;
        if (micrograph.Acquisition.Simulated)
        {
            int width = BitmapFont.WidthOf("SIMULATED", Font) + 12;
            right -= width;
            canvas.FillRectangle(right, 12, width, 24, _warning);
            canvas.Text("SIMULATED", right + 6, 17, Font, _ground);
            right -= Gap;
        }

        if (crystal.Flags.Any(flag => flag.NeedsReview))
        {
            int width = BitmapFont.WidthOf("! look", Font) + 12;
            right -= width;
            canvas.FillRectangle(right, 12, width, 24, _ink);
            canvas.Text("! look", right + 6, 17, Font, _ground);
            right -= Gap;
        }

        string name = string.Create(CultureInfo.InvariantCulture, $"crystal {crystal.ParticleId} of {DrawnText.Of(micrograph.File)}");
        int room = (right - x) / (BitmapFont.Advance * Font);
        canvas.Text(name.Length <= room ? name : "\u2026" + name[^Math.Max(1, room - 1)..], x, 17, Font, _faint);
    }

    private static void DrawCaption(Canvas canvas, int left, string text) => canvas.Text(text, left, Header + 2, Font, _faint);

    private static void DrawImage(Canvas canvas, int left, int top, CrystalView view, Micrograph micrograph, FrequencyScale scale)
    {
        // A little smoothing, well below the fringes, shows what single noisy pixels hide.
        double smoothing = 0.12 * (CrystalView.Shown(view.Crystal) is FringeMeasurement fringe ? 1 / scale.LengthOf(fringe.G) : 0);
        double sigmaX = smoothing / scale.WidthOfPixel, sigmaY = smoothing / scale.HeightOfPixel;
        Raster<float> smooth = Math.Min(sigmaX, sigmaY) > 0.3 ? GaussianFilter.Smooth(view.Pixels, sigmaX, sigmaY) : view.Pixels;
        float[] sorted = SortedSample(smooth);
        view.Paint(canvas, left, top, Side, smooth, At(sorted, 0.004), At(sorted, 0.996));
        DrawOutline(canvas, left, top, view);
        DrawNormal(canvas, left, top, view.Crystal, scale);
        ScaleBar bar = ScaleBar.Choose(micrograph.Calibration, Side / view.Side * scale.WidthOfPixel, Side / 3.0);
        int y = top + Side - 12;
        canvas.FillRectangle(left + 8, y - 1, (int)Math.Round(bar.LengthPx) + 2, 5, _black, 0.7);
        canvas.FillRectangle(left + 9, y, (int)Math.Round(bar.LengthPx), 3, _ink);
        canvas.Text(bar.Label, left + 9, y - 20, Font, _ink, _black);
    }

    private static void DrawOutline(Canvas canvas, int left, int top, CrystalView view)
    {
        PointPx[] outline = [.. view.Crystal.OutlinePx.Select(view.Place).Select(p => new PointPx(left + (p.X * Side) - 0.5, top + (p.Y * Side) - 0.5)).Select(p =>
            new PointPx(Math.Clamp(p.XPx, left, left + Side - 1), Math.Clamp(p.YPx, top, top + Side - 1)))];
        canvas.Line(outline, true, 1.4, VerdictStyle.ColourOf(view.Crystal.Verdict), 0.9, VerdictStyle.DashOf(view.Crystal.Verdict));
    }

    // An arrow at the upper right, along the normal, as the profile runs.
    private static void DrawNormal(Canvas canvas, int left, int top, CrystalMeasurement crystal, FrequencyScale scale)
    {
        if (CrystalView.Shown(crystal) is FringeMeasurement fringe)
        {
            FringeBar.Draw(canvas, left + Side - 26, top + 26, 15, scale.Of(fringe.G), VerdictStyle.ColourOf(crystal.Verdict));
        }
    }

    /// <summary>Enough pixels for the quantiles that grey levels rest on, in order; a step without common divisor with the width meets every column.</summary>
    private static float[] SortedSample(Raster<float> image)
    {
        int step = Math.Max(1, image.PixelCount / SampleCount);
        while (BigInteger.GreatestCommonDivisor(step, image.WidthPx) > 1)
        {
            step++;
        }

        float[] sorted = new float[((image.PixelCount - 1) / step) + 1];
        for (int i = 0; i < sorted.Length; i++)
        {
            sorted[i] = image.Pixels[i * step];
        }

        Array.Sort(sorted);
        return sorted;
    }

    private static double At(float[] sorted, double fraction) => sorted[(int)(fraction * (sorted.Length - 1))];

    private static List<(string Text, Colour Colour)> Words(CrystalMeasurement crystal)
    {
        List<(string, Colour)> lines = [];
        int most = (Width - (2 * Gap)) / (BitmapFont.Advance * Font);
        if (CrystalWords.Numbers(crystal) is { Length: > 0 } numbers)
        {
            lines.AddRange(DrawnText.Wrapped(numbers, most).Select(line => (line, _ink)));
        }

        lines.AddRange(DrawnText.Wrapped(crystal.Reason, most).Select(line => (line, _ink)));
        foreach (CrystalFlag flag in crystal.Flags)
        {
            lines.AddRange(DrawnText.Wrapped($"{(flag.NeedsReview ? "! " : string.Empty)}{flag.Name}: {flag.Reason}", most).Select(line => (line, flag.NeedsReview ? _warning : _faint)));
        }

        return lines;
    }
}
