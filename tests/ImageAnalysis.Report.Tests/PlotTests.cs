using System.Globalization;
using System.Xml.Linq;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Report.Tests;

public sealed class PlotTests
{
    private static readonly XNamespace _svg = "http://www.w3.org/2000/svg";

    private static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    private static XElement Histogram() => XElement.Parse(HistogramPlot.Draw(Runs.Sizes(), "long axis", SizeAxis.Over([Runs.Sizes().Histogram]), "id").Text);

    private static IReadOnlyList<XElement> OfClass(XElement svg, string name, string cssClass) => [.. svg.Descendants(_svg + name).Where(e => ((string?)e.Attribute("class"))?.Split(' ').Contains(cssClass) == true)];

    [Fact]
    public void Bars_HaveHeightsInProportionToTheCounts()
    {
        IReadOnlyList<XElement> bars = OfClass(Histogram(), "rect", "bar");
        double[] heights = [.. bars.Select(bar => Number(bar, "height"))];

        // Counts 2, 4, 1, 0, 3; coordinates are rounded to 0.01.
        Assert.Equal(5, bars.Count);
        Assert.All([0.5, 1, 0.25, 0, 0.75], (share, i) => Assert.Equal(share * heights[1], heights[i], 0.02));
        Assert.Equal("1.5–2 nm: 4", bars[1].Element(_svg + "title")!.Value);

        // All stand on the axis and side by side.
        double foot = Number(bars[0], "y") + heights[0];
        Assert.All(bars, bar => Assert.Equal(foot, Number(bar, "y") + Number(bar, "height"), 0.02));
        Assert.All(bars.Skip(1), (bar, i) => Assert.Equal(Number(bars[i], "x") + Number(bars[i], "width"), Number(bar, "x"), 0.02));
    }

    [Fact]
    public void Bars_StandBetweenTheTicksOfTheirSizes()
    {
        XElement svg = Histogram();
        XElement[] ticks = [.. svg.Elements(_svg + "text").Where(t => (string?)t.Attribute("class") == "tick" && (string?)t.Attribute("text-anchor") == "middle" && !t.Value.StartsWith('D'))];
        double At(string size) => Number(ticks.Single(t => t.Value == size), "x");
        IReadOnlyList<XElement> bars = OfClass(svg, "rect", "bar");

        // The first bin runs from 1.0 to 1.5 nm, the last from 3.0 to 3.5 nm.
        Assert.Equal(At("1"), Number(bars[0], "x"), 0.02);
        Assert.Equal(At("3"), Number(bars[4], "x"), 0.02);
        Assert.Equal(At("3.5"), Number(bars[4], "x") + Number(bars[4], "width"), 0.02);
    }

    [Theory]
    [InlineData("normal", 1.9, 0.75)]
    [InlineData("log-normal", 0.6, 0.4)]
    public void Curves_AreDensities(string family, double location, double scale)
    {
        // The trapezoidal sum over an axis that holds all but 1e-6 of the distribution is 1; at the mode the closed form holds:
        // 1 / (σ √2π) for the normal, exp(σ²/2 − μ) / (σ √2π) for the log-normal at exp(μ − σ²).
        SizeAxis axis = new(0, 16, []);
        IReadOnlyList<(double SizeNm, double DensityPerNm)> curve = HistogramPlot.Curve(new DistributionFit(family, 0, 0, location, scale, 0), axis);
        double sum = Enumerable.Range(1, curve.Count - 1).Sum(i => (curve[i].SizeNm - curve[i - 1].SizeNm) * (curve[i].DensityPerNm + curve[i - 1].DensityPerNm) / 2);
        double mode = (family == "normal" ? 1 : Math.Exp((scale * scale / 2) - location)) / (scale * Math.Sqrt(2 * Math.PI));

        // 0.6 % of the normal lies below 0; steps of 0.1 nm miss the mode by at most 0.05 nm.
        Assert.Equal(family == "normal" ? 0.9944 : 1, sum, 0.001);
        Assert.Equal(mode, curve.Max(p => p.DensityPerNm), 0.005);
    }

    [Fact]
    public void Fits_AreDrawnBestFirstAndNamed()
    {
        XElement svg = Histogram();
        Assert.Equal(["fit normal", "fit log-normal"], svg.Elements(_svg + "path").Select(p => (string)p.Attribute("class")!));
        Assert.Contains(svg.Elements(_svg + "text"), t => t.Value == "normal (fits better)");
    }

    [Fact]
    public void Quantiles_StandWhereTheyBelong()
    {
        XElement svg = Histogram();
        IReadOnlyList<XElement> marks = OfClass(svg, "line", "quantile");
        IReadOnlyList<XElement> bars = OfClass(svg, "rect", "bar");

        // D10 = 1.0 nm is the left edge of the first bin, D50 = 1.5 nm that of the second, D90 = 3.0 nm that of the last.
        Assert.Equal([Number(bars[0], "x"), Number(bars[1], "x"), Number(bars[4], "x")], marks.Select(m => Number(m, "x1")));
        Assert.Contains(svg.Elements(_svg + "text"), t => t.Value == "D50 1.50");
    }

    [Fact]
    public void Plots_HaveTitleAndDescriptionThatTheyPointTo()
    {
        XElement svg = Histogram();
        string[] ids = [.. svg.Descendants().Attributes("id").Select(a => a.Value)];

        Assert.Equal("img", (string?)svg.Attribute("role"));
        Assert.Equal(["id-title", "id-desc"], ((string)svg.Attribute("aria-labelledby")!).Split(' '));
        Assert.Equal(["id-title", "id-desc"], ids);
        Assert.Contains("10 particles; the long axis has a mean of 1.90 nm", svg.Element(_svg + "desc")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Axis_HoldsAllHistogramsAndNeverGoesBelowZero()
    {
        SizeAxis axis = SizeAxis.Over([new SizeHistogram(0.1, 0.1, [1, 2, 1]), new SizeHistogram(2, 0.5, [1, 1])]);

        // From 0.1 to 3.0 nm: six steps of 0.483 → 0.5; from 0 (−0.025 is below it) to 3.5 (3.0 + 0.125).
        Assert.Equal((0, 3.5), (axis.LowNm, axis.HighNm));
        Assert.Equal([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5], axis.TicksNm);
    }

    [Fact]
    public void Overview_ShowsSamplesAboveOneAxis()
    {
        XElement svg = XElement.Parse(OverviewPlot.Draw([("a", Runs.Sizes()), ("<b>", Runs.Sizes(2))], "long axis").Text);
        IReadOnlyList<XElement> means = OfClass(svg, "circle", "mean");
        XElement[] ticks = [.. svg.Elements(_svg + "text").Where(t => (string?)t.Attribute("class") == "tick" && (string?)t.Attribute("text-anchor") == "middle")];
        double perNm = (Number(ticks[^1], "x") - Number(ticks[0], "x")) / (double.Parse(ticks[^1].Value, CultureInfo.InvariantCulture) - double.Parse(ticks[0].Value, CultureInfo.InvariantCulture));

        // The means are 2 nm apart.
        Assert.Equal(2 * perNm, Number(means[1], "cx") - Number(means[0], "cx"), 0.02);
        Assert.Equal(10, OfClass(svg, "rect", "bar").Count);
        Assert.Contains(svg.Elements(_svg + "text"), t => t.Value == "<b>");
    }
}
