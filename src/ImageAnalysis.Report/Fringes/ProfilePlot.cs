using System.Globalization;
using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;

namespace ImageAnalysis.Report;

/// <summary>The intensity along the normal of a crystal's fringes, as it is and filtered, above rulers of the spacing and of its multiple.</summary>
internal static class ProfilePlot
{
    private const double StripRatio = 0.55; // of the crystal's diameter: within it over the whole length that matters

    private static readonly Colour _ground = new(0x10, 0x11, 0x14);
    private static readonly Colour _grid = new(0x3A, 0x3E, 0x46);
    private static readonly Colour _measured = new(0xC9, 0xCD, 0xD3);
    private static readonly Colour _text = new(0xE6, 0xE8, 0xEB);

    /// <summary>Draws the plot into a square.</summary>
    public static void Draw(Canvas canvas, int left, int top, int side, CrystalView view, FrequencyScale scale, ReferenceCrystal reference)
    {
        canvas.FillRectangle(left, top, side, side, _ground);
        if (CrystalView.Shown(view.Crystal) is not FringeMeasurement fringe || view.Filtered is null)
        {
            return;
        }

        CrystalMeasurement crystal = view.Crystal;
        (double gx, double gy) = scale.Of(fringe.G);
        double g = Math.Sqrt((gx * gx) + (gy * gy)), spacing = 1 / g, period = fringe.Superlattice?.PeriodRatio ?? (fringe.IsTestedFamily ? reference.PeriodCount : 1);
        double diameter = crystal.DiameterPx * scale.WidthOfPixel;
        double length = Math.Min(Math.Max(diameter * 1.15, 8 * spacing), Math.Min(view.Side, 18 * spacing));
        int count = 4 * side;
        double[] raw = view.Profile(view.Pixels, (gx / g, gy / g), length, StripRatio * diameter, count);
        double[] filtered = view.Profile(view.Filtered, (gx / g, gy / g), length, StripRatio * diameter, count);
        double[] even = WithoutSlow(raw, (int)Math.Round(2 * period * spacing / length * count));

        int plotTop = top + 10, plotBottom = top + side - 82;
        double reach = Math.Max(1e-12, Math.Max(even.Max(Math.Abs), filtered.Max(Math.Abs))) * 1.05;
        PointPx[] Curve(double[] values) => [.. values.Select((value, i) => new PointPx(left + 6 + ((side - 12) * (i + 0.5) / count), (0.5 * (plotTop + plotBottom)) - (value / reach * 0.5 * (plotBottom - plotTop))))];

        // The rulers begin at a crest near the middle, the highest of the longer period.
        int crest = Crest(filtered, (int)Math.Round(0.5 * period * spacing / length * count));
        double zero = (crest + 0.5) / count * length;
        double X(double along) => left + 6 + ((side - 12) * along / length);
        for (double along = zero - (Math.Floor(zero / (period * spacing)) * period * spacing); along < length; along += period * spacing)
        {
            canvas.Line([new(X(along), plotTop), new(X(along), plotBottom)], false, 1, _grid, 1, Dash.None);
        }

        canvas.Line(Thinned(Curve(even)), false, 1.3, _measured, 0.9, Dash.None);
        canvas.Line(Thinned(Curve(filtered)), false, 2.2, VerdictStyle.ColourOf(crystal.Verdict), 1, Dash.None);
        string unit = scale.Unit == "nm" ? "0.000" : "0.0";
        Ruler(plotBottom + 12, spacing, _text, $"d = {spacing.ToString(unit, CultureInfo.InvariantCulture)} {scale.Unit}");
        if (period == 1)
        {
            return;
        }

        string times = period.ToString("0.##", CultureInfo.InvariantCulture);
        Ruler(plotBottom + 48, period * spacing, VerdictStyle.ColourOf(Verdict.Superstructure), $"{times}d = {(period * spacing).ToString(unit, CultureInfo.InvariantCulture)} {scale.Unit}");

        void Ruler(int y, double step, Colour colour, string text)
        {
            canvas.Line([new(left + 6, y), new(left + side - 7, y)], false, 1, colour, 0.7, Dash.None);
            for (double along = zero - (Math.Floor(zero / step) * step); along < length; along += step)
            {
                canvas.Line([new(X(along), y - 5), new(X(along), y + 4)], false, 1.6, colour, 1, Dash.None);
            }

            canvas.Text(text, left + 8, y + 8, 2, colour);
        }
    }

    /// <summary>Takes off what varies slowly: the mean over twice the longer period, which leaves fringe and superlattice as they are.</summary>
    private static double[] WithoutSlow(double[] values, int window)
    {
        int half = Math.Max(1, window / 2);
        double[] sums = new double[values.Length + 1];
        for (int i = 0; i < values.Length; i++)
        {
            sums[i + 1] = sums[i] + values[i];
        }

        double[] even = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            // Near the ends the window stays whole and leans inwards.
            int from = Math.Clamp(i - half, 0, Math.Max(0, values.Length - (2 * half))), to = Math.Min(values.Length, from + (2 * half));
            even[i] = values[i] - ((sums[to] - sums[from]) / (to - from));
        }

        return even;
    }

    private static int Crest(double[] values, int reach)
    {
        int middle = values.Length / 2, best = middle;
        for (int i = Math.Max(0, middle - reach); i <= Math.Min(values.Length - 1, middle + reach); i++)
        {
            best = values[i] > values[best] ? i : best;
        }

        return best;
    }

    // Four values a pixel are more than a line shows, and each costs time.
    private static PointPx[] Thinned(PointPx[] points) => [.. points.Where((_, i) => i % 3 == 1)];
}
