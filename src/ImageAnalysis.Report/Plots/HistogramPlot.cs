using System.Globalization;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Report;

/// <summary>
/// A histogram of sizes with the fitted distributions and the quantiles, as SVG for the report page, whose style sheet gives the colours for
/// light and dark.
/// </summary>
internal static class HistogramPlot
{
    private const double Width = 540;
    private const double Height = 330;
    private const double Left = 52;
    private const double Right = 12;
    private const double Top = 44;
    private const double Bottom = 62;

    private const int CurvePoints = 160;

    /// <summary>Draws the plot.</summary>
    /// <param name="distribution">What to show.</param>
    /// <param name="measurand">What the sizes are, such as <c>long axis</c>.</param>
    /// <param name="axis">The range of sizes.</param>
    /// <param name="id">A name within the page, of letters, digits and hyphens.</param>
    public static Markup Draw(SizeDistribution distribution, string measurand, SizeAxis axis, string id)
    {
        SizeHistogram histogram = distribution.Histogram;
        int total = histogram.Counts.Sum();
        double perNm = total * histogram.BinWidthNm;
        double tallest = Math.Max(1, histogram.Counts.Max());
        foreach (DistributionFit fit in distribution.Fits)
        {
            tallest = Math.Max(tallest, Curve(fit, axis).Max(p => p.DensityPerNm) * perNm);
        }

        double step = Math.Max(1, NiceNumbers.AtLeast(tallest / 5));
        double highest = Math.Ceiling(tallest / step) * step;
        double X(double sizeNm) => Left + ((sizeNm - axis.LowNm) / (axis.HighNm - axis.LowNm) * (Width - Left - Right));
        double Y(double count) => Height - Bottom - (count / highest * (Height - Top - Bottom));

        MarkupWriter svg = new();
        svg.Line($"<svg class=\"plot\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">");
        svg.Line($"<title id=\"{id}-title\">Histogram of the {measurand}</title>");
        svg.Line($"<desc id=\"{id}-desc\">{Description(distribution, measurand)}</desc>");

        foreach (double count in NiceNumbers.Ticks(0, highest, (int)Math.Round(highest / step)))
        {
            svg.Line($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(count)}\" y2=\"{Y(count)}\"/>");
            svg.Line($"<text class=\"tick\" x=\"{Left - 6}\" y=\"{Y(count) + 4}\" text-anchor=\"end\">{NiceNumbers.Text(count)}</text>");
        }

        for (int i = 0; i < histogram.Counts.Count; i++)
        {
            double from = histogram.FirstEdgeNm + (i * histogram.BinWidthNm);
            double to = from + histogram.BinWidthNm;
            int count = histogram.Counts[i];
            svg.Line($"<rect class=\"bar\" x=\"{X(from)}\" y=\"{Y(count)}\" width=\"{X(to) - X(from)}\" height=\"{Y(0) - Y(count)}\"><title>{NiceNumbers.Text(from)}\u2013{NiceNumbers.Text(to)} nm: {count}</title></rect>");
        }

        svg.Line($"<line class=\"axis\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(0)}\" y2=\"{Y(0)}\"/>");
        foreach (double size in axis.TicksNm)
        {
            svg.Line($"<line class=\"axis\" x1=\"{X(size)}\" x2=\"{X(size)}\" y1=\"{Y(0)}\" y2=\"{Y(0) + 5}\"/>");
            svg.Line($"<text class=\"tick\" x=\"{X(size)}\" y=\"{Y(0) + 18}\" text-anchor=\"middle\">{NiceNumbers.Text(size)}</text>");
        }

        svg.Line($"<text class=\"label\" x=\"{(Left + Width - Right) / 2}\" y=\"{Y(0) + 36}\" text-anchor=\"middle\">{measurand} (nm)</text>");
        svg.Line($"<text class=\"label\" transform=\"translate(14 {(Top + Height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">particles</text>");
        for (int i = 0; i < distribution.Fits.Count; i++)
        {
            DistributionFit fit = distribution.Fits[i];
            Markup path = new(string.Join(' ', Curve(fit, axis).Select((p, k) =>
                string.Create(CultureInfo.InvariantCulture, $"{(k == 0 ? 'M' : 'L')}{X(p.SizeNm):0.##} {Y(p.DensityPerNm * perNm):0.##}"))));
            svg.Line($"<path class=\"fit {fit.Family}\" d=\"{path}\"/>");
            DrawLegendEntry(svg, fit, i);
        }

        DrawQuantiles(svg, distribution, X, Y(highest), Y(0));
        svg.Line($"</svg>");
        return svg.ToMarkup();
    }

    private static void DrawLegendEntry(MarkupWriter svg, DistributionFit fit, int place)
    {
        double x = Left + (place * 210);
        double y = Height - 8;
        svg.Line($"<line class=\"fit {fit.Family}\" x1=\"{x}\" x2=\"{x + 26}\" y1=\"{y - 4}\" y2=\"{y - 4}\"/>");
        svg.Line($"<text class=\"tick\" x=\"{x + 32}\" y=\"{y}\">{fit.Family}{(place == 0 ? " (fits better)" : string.Empty)}</text>");
    }

    // Three lines, their labels above the plot; the outer ones written outwards, so that close quantiles do not cover each other.
    private static void DrawQuantiles(MarkupWriter svg, SizeDistribution distribution, Func<double, double> x, double top, double bottom)
    {
        (string Name, double SizeNm, string Anchor, double Rise)[] marks =
        [
            ("D10", distribution.D10Nm, "end", 6), ("D50", distribution.Median.ValueNm, "middle", 22), ("D90", distribution.D90Nm, "start", 6),
        ];
        foreach ((string name, double sizeNm, string anchor, double rise) in marks)
        {
            svg.Line($"<line class=\"quantile\" x1=\"{x(sizeNm)}\" x2=\"{x(sizeNm)}\" y1=\"{top - rise + 3}\" y2=\"{bottom}\"/>");
            svg.Line($"<text class=\"tick\" x=\"{x(sizeNm)}\" y=\"{top - rise}\" text-anchor=\"{anchor}\">{name} {Words.Size(sizeNm)}</text>");
        }
    }

    private static string Description(SizeDistribution distribution, string measurand)
    {
        string fit = distribution.Fits.Count > 0 ? $" A {distribution.Fits[0].Family} distribution fits best." : string.Empty;
        return $"{Words.Count(distribution.Count, "particle", "particles")}; the {measurand} has a mean of {Words.Size(distribution.Mean.ValueNm)} nm, "
            + $"a 10 % quantile of {Words.Size(distribution.D10Nm)} nm, a median of {Words.Size(distribution.Median.ValueNm)} nm and a 90 % quantile of {Words.Size(distribution.D90Nm)} nm.{fit}";
    }

    /// <summary>The density of a fitted distribution over the axis.</summary>
    internal static IReadOnlyList<(double SizeNm, double DensityPerNm)> Curve(DistributionFit fit, SizeAxis axis)
    {
        (double SizeNm, double DensityPerNm)[] points = new (double, double)[CurvePoints + 1];
        for (int i = 0; i <= CurvePoints; i++)
        {
            double size = axis.LowNm + ((axis.HighNm - axis.LowNm) * i / CurvePoints);
            points[i] = (size, Density(fit, size));
        }

        return points;
    }

    private static double Density(DistributionFit fit, double sizeNm)
    {
        double Gaussian(double t) => Math.Exp(-0.5 * t * t) / (fit.Scale * Math.Sqrt(2 * Math.PI));
        if (fit.Scale <= 0)
        {
            return 0;
        }

        if (fit.Family == "log-normal")
        {
            return sizeNm <= 0 ? 0 : Gaussian((Math.Log(sizeNm) - fit.Location) / fit.Scale) / sizeNm;
        }

        return Gaussian((sizeNm - fit.Location) / fit.Scale);
    }
}
