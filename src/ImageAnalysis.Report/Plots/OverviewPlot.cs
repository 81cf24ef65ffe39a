using ImageAnalysis.Particles;

namespace ImageAnalysis.Report;

/// <summary>The histograms of all samples above one axis, so that samples are compared at a glance.</summary>
internal static class OverviewPlot
{
    private const double Width = 1080;
    private const double Left = 190;
    private const double Right = 150;
    private const double Row = 58;
    private const double Bottom = 46;
    private const int LongestName = 24;

    /// <summary>Draws the plot.</summary>
    /// <param name="samples">Names and distributions, in order; one or more.</param>
    /// <param name="measurand">What the sizes are.</param>
    public static Markup Draw(IReadOnlyList<(string Sample, SizeDistribution Sizes)> samples, string measurand)
    {
        SizeAxis axis = SizeAxis.Over(samples.Select(s => s.Sizes.Histogram));
        double height = (samples.Count * Row) + Bottom;
        double X(double sizeNm) => Left + ((sizeNm - axis.LowNm) / (axis.HighNm - axis.LowNm) * (Width - Left - Right));

        MarkupWriter svg = new();
        svg.Line($"<svg class=\"plot\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-labelledby=\"overview-title overview-desc\">");
        svg.Line($"<title id=\"overview-title\">The {measurand} of all samples</title>");
        svg.Line($"<desc id=\"overview-desc\">Means: {string.Join("; ", samples.Select(s => $"{s.Sample} {Words.Size(s.Sizes.Mean.ValueNm)} nm"))}.</desc>");
        foreach (double size in axis.TicksNm)
        {
            svg.Line($"<line class=\"grid\" x1=\"{X(size)}\" x2=\"{X(size)}\" y1=\"4\" y2=\"{height - Bottom + 4}\"/>");
            svg.Line($"<text class=\"tick\" x=\"{X(size)}\" y=\"{height - Bottom + 20}\" text-anchor=\"middle\">{NiceNumbers.Text(size)}</text>");
        }

        for (int i = 0; i < samples.Count; i++)
        {
            DrawRow(svg, samples[i].Sample, samples[i].Sizes, (i + 1) * Row, X);
        }

        svg.Line($"<text class=\"label\" x=\"{(Left + Width - Right) / 2}\" y=\"{height - 6}\" text-anchor=\"middle\">{measurand} (nm); dot and bar: mean with 95 % interval</text>");
        svg.Line($"</svg>");
        return svg.ToMarkup();
    }

    private static void DrawRow(MarkupWriter svg, string sample, SizeDistribution sizes, double bottom, Func<double, double> x)
    {
        SizeHistogram histogram = sizes.Histogram;
        double tallest = Math.Max(1, histogram.Counts.Max());
        for (int i = 0; i < histogram.Counts.Count; i++)
        {
            double from = histogram.FirstEdgeNm + (i * histogram.BinWidthNm);
            double tall = histogram.Counts[i] / tallest * (Row - 16);
            svg.Line($"<rect class=\"bar\" x=\"{x(from)}\" y=\"{bottom - tall}\" width=\"{x(from + histogram.BinWidthNm) - x(from)}\" height=\"{tall}\"/>");
        }

        // The mean stands above its histogram; an interval too short to be seen is still a line of a pixel.
        double y = bottom - Row + 9;
        svg.Line($"<line class=\"axis\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{bottom}\" y2=\"{bottom}\"/>");
        svg.Line($"<line class=\"interval\" x1=\"{x(sizes.Mean.LowNm) - 0.5}\" x2=\"{x(sizes.Mean.HighNm) + 0.5}\" y1=\"{y}\" y2=\"{y}\"/>");
        svg.Line($"<circle class=\"mean\" cx=\"{x(sizes.Mean.ValueNm)}\" cy=\"{y}\" r=\"3.5\"/>");
        string name = sample.Length > LongestName ? sample[..(LongestName - 1)] + "…" : sample;
        svg.Line($"<text class=\"label\" x=\"{Left - 12}\" y=\"{bottom - 14}\" text-anchor=\"end\">{name}</text>");
        string sd = sizes.Sd is SizeEstimate s ? $" ± {Words.Size(s.ValueNm)}" : string.Empty;
        svg.Line($"<text class=\"tick\" x=\"{Width - Right + 10}\" y=\"{bottom - 24}\">{Words.Size(sizes.Mean.ValueNm)}{sd} nm</text>");
        svg.Line($"<text class=\"tick faint\" x=\"{Width - Right + 10}\" y=\"{bottom - 8}\">n = {sizes.Count}</text>");
    }
}
