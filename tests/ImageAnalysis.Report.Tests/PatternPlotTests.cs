using System.Globalization;
using System.Text;
using System.Xml.Linq;
using ImageAnalysis.Core;

namespace ImageAnalysis.Report.Tests;

public sealed class PatternPlotTests
{
    private static readonly XNamespace _svg = "http://www.w3.org/2000/svg";

    private static XElement Plot(int points = 401, bool simulated = false, string title = "p.xy") => XElement.Parse(Encoding.UTF8.GetString(PatternPlot.File(Fit(points), title, simulated)));

    private static IReadOnlyList<(double X, double Y)> Path(XElement svg, string cssClass) =>
    [
        .. svg.Elements(_svg + "path").Last(path => (string?)path.Attribute("class") == cssClass).Attribute("d")!.Value.Split(['M', 'L'], StringSplitOptions.RemoveEmptyEntries)
            .Select(point => point.Replace("h0", string.Empty, StringComparison.Ordinal).Split(' '))
            .Select(xy => (double.Parse(xy[0], CultureInfo.InvariantCulture), double.Parse(xy[1], CultureInfo.InvariantCulture))),
    ];

    private static double Tick(XElement svg, string text, string attribute, string anchor) => double.Parse(
        svg.Elements(_svg + "text").Single(t => t.Value == text && (string?)t.Attribute("class") == "tick" && (string?)t.Attribute("text-anchor") == anchor && (anchor == "middle" || text != "0")).Attribute(attribute)!.Value,
        CultureInfo.InvariantCulture);

    /// <summary>A peak of 1000 counts at 30° over a background of 100, from 20° to 40°; the fit is 20 counts too low at the peak.</summary>
    private static PowderFit Fit(int points)
    {
        double[] angles = [.. Enumerable.Range(0, points).Select(i => 20 + (20.0 * i / (points - 1)))];
        double[] background = [.. angles.Select(_ => 100.0)], peak = [.. angles.Select(angle => Math.Exp(-(angle - 30) * (angle - 30)))];
        CrystalStructure structure = new("rock salt", new UnitCell(5, 5, 5, 90, 90, 90), SymmetryGroup.P1, [new CrystalSite("Cu1", "Cu", 0, 0, 0)]);
        return new PowderFit
        {
            Best = new PowderSolution
            {
                Name = "8c",
                Shape = PeakShape.PseudoVoigt,
                Chi2 = 1,
                ReducedChi2 = 1,
                RwpPercent = 3.25,
                Bic = 1,
                Structure = structure,
                AAngstrom = 5,
                ASigmaAngstrom = 0.0004,
                SizeAngstrom = 50,
                SizeSigmaAngstrom = 1,
                Sites = [],
                Parameters = [],
                CorrelationNames = [],
                CorrelationRatio = [],
                Derived = [],
            },
            Rivals = [],
            Families = [],
            Intervals = [],
            NotIdentifiable = [],
            Warnings = [],
            Scattering = string.Empty,
            Wavelengths = PowderWavelengths.CuKAlpha,
            SigmaBasis = SigmaBasis.Counting,
            ErrorFactorRatio = 1,
            Curve = new PowderCurve(angles, [.. peak.Select(p => 100 + (1000 * p))], [.. peak.Select(p => 100 + (980 * p))], background, [.. background.Select(_ => 10.0)]),
            Ticks = [new PowderTick(1, 1, 1, 30), new PowderTick(2, 0, 0, 30.2), new PowderTick(10, 0, 0, 36)],
        };
    }

    private static string Words(XElement svg) => string.Join('\n', svg.Descendants(_svg + "text").Concat(svg.Descendants(_svg + "desc")).Select(text => text.Value));

    [Fact]
    public void Curves_AreWhereTheAxesSay()
    {
        XElement svg = Plot();
        double x30 = Tick(svg, "30", "x", "middle"), y500 = Tick(svg, "500", "y", "end") - 4, y1000 = Tick(svg, "1000", "y", "end") - 4, perCount = (y500 - y1000) / 500;
        IReadOnlyList<(double X, double Y)> measured = Path(svg, "measured"), fitted = Path(svg, "fitted"), background = Path(svg, "background");

        // 401 points are all drawn; the peak of 1100 measured and 1080 fitted counts stands at 30°. Coordinates are rounded to 0.01.
        Assert.Equal((401, 401), (measured.Count, fitted.Count));
        (double x, double y) = measured.MinBy(point => point.Y);
        Assert.Equal(x30, x, 0.02);
        Assert.Equal(y1000 - (100 * perCount), y, 0.05);
        Assert.Equal(y1000 - (80 * perCount), fitted.Min(point => point.Y), 0.05);
        Assert.All(background, point => Assert.Equal(y1000 + (900 * perCount), point.Y, 0.05));
    }

    [Fact]
    public void Difference_IsBelowOnTheScaleOfTheCurves()
    {
        XElement svg = Plot();
        double perCount = (Tick(svg, "500", "y", "end") - Tick(svg, "1000", "y", "end")) / 500;
        IReadOnlyList<(double X, double Y)> difference = Path(svg, "difference");

        // 20 counts at the peak, 0 far from it; all of it below the background.
        Assert.Equal(20 * perCount, difference.Max(point => point.Y) - difference.Min(point => point.Y), 0.05);
        Assert.True(difference.Min(point => point.Y) > Path(svg, "background").Max(point => point.Y));
    }

    [Fact]
    public void Ticks_StandAtTheirAnglesAndCloseNamesAreLeftOut()
    {
        XElement svg = Plot();
        XElement[] ticks = [.. svg.Elements(_svg + "line").Where(line => (string?)line.Attribute("class") == "line-tick")];
        string[] names = [.. svg.Elements(_svg + "text").Where(text => (string?)text.Attribute("class") == "index").Select(text => text.Value)];

        Assert.Equal(3, ticks.Length);
        Assert.Equal(Tick(svg, "30", "x", "middle"), double.Parse(ticks[0].Attribute("x1")!.Value, CultureInfo.InvariantCulture), 0.02);
        Assert.Equal("200 at 30.2°", ticks[1].Element(_svg + "title")!.Value);

        // 0.2° are 8 px here, less than a name needs.
        Assert.Equal(["111", "10 0 0"], names);
    }

    [Fact]
    public void ManyPoints_AreThinnedWithoutLosingThePeak()
    {
        XElement few = Plot(2001), many = Plot(200_001);
        IReadOnlyList<(double X, double Y)> curve = Path(many, "fitted");

        // Two points for each of two columns a pixel: at most 4 · 814 px, and one more column at the end.
        Assert.InRange(curve.Count, 1000, (4 * 814) + 4);
        Assert.Equal(Path(few, "fitted").Min(point => point.Y), curve.Min(point => point.Y), 0.02);
    }

    [Fact]
    public void Simulated_IsSaidAndMeasuredIsNot()
    {
        string simulated = Words(Plot(simulated: true)), measured = Words(Plot());

        Assert.Contains("simulated pattern", simulated, StringComparison.Ordinal);
        Assert.DoesNotContain("simulated", measured, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("a = 5.0000 ± 0.0004 Å", measured, StringComparison.Ordinal);
        Assert.Contains("2θ (degrees)", measured, StringComparison.Ordinal);
    }

    [Fact]
    public void File_StandsAlone()
    {
        string text = Encoding.UTF8.GetString(PatternPlot.File(Fit(50), "a <b> & c.xy", isSimulated: false));

        // Viewers of SVG files know neither variables nor the page's style sheet; names are escaped.
        Assert.DoesNotContain("var(", text, StringComparison.Ordinal);
        Assert.Contains("<style>", text, StringComparison.Ordinal);
        Assert.Contains("a &lt;b&gt; &amp; c.xy", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<style>", PatternPlot.Draw(Fit(50), "t", false, "id").Text, StringComparison.Ordinal);
    }
}
