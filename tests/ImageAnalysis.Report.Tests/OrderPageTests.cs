using System.Xml.Linq;
using ImageAnalysis.Core;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Report.Tests;

/// <summary>What the page says about order against size.</summary>
public sealed class OrderPageTests
{
    private static readonly XNamespace _html = "http://www.w3.org/1999/xhtml";

    [Fact]
    public void Section_PublishedCounts_ShowsTableSentencesAndPlot()
    {
        RunResult run = Run();
        XElement page = XDocument.Parse(ReportWriter.Write(run, [], []).Replace("<!DOCTYPE html>", string.Empty, StringComparison.Ordinal)).Root!;
        XElement section = page.Descendants(_html + "section").Single(s => (string?)s.Attribute("aria-labelledby") == "order");

        string[][] rows = [.. section.Descendants(_html + "tbody").Single().Elements(_html + "tr").Select(row => row.Elements().Select(cell => cell.Value.Trim()).ToArray())];
        Assert.Equal(["2nm", "30", "0.00.0…11.6", "0", "0.00.0…11.6", "0.00.0…11.6"], rows[0][..6]);
        Assert.Equal(["6nm", "30", "80.061.4…92.3", "0", "80.061.4…92.3", "80.061.4…92.3"], rows[2][..6]);
        Assert.Contains("Not significantly different: 2nm and 4nm (0 of 30 against 3 of 30, p = 0.24)", section.Value, StringComparison.Ordinal);
        Assert.Contains("10.1038/ncomms14514", section.Value, StringComparison.Ordinal);
        Assert.Contains("By a model of random orientations", section.Value, StringComparison.Ordinal);

        // 90 crystals, each a point of its own.
        Assert.Equal(90, section.Descendants().Count(e => e.Name.LocalName == "circle"));
        Assert.Contains(page.Descendants(_html + "a"), link => (string?)link.Attribute("href") == "#order");
    }

    [Fact]
    public void Plot_AsAFile_HasItsOwnStyleAndSaysWhetherItIsSimulated()
    {
        Markup plot = OrderSection.Plot(Run().Order!)!.Value;

        string simulated = PlotFile.Standalone(plot, isSimulated: true), measured = PlotFile.Standalone(plot, isSimulated: false);

        Assert.Contains("simulated data", XDocument.Parse(simulated).Root!.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("simulated data", XDocument.Parse(measured).Root!.Value, StringComparison.Ordinal);
        Assert.Contains("<style>", measured, StringComparison.Ordinal);
    }

    [Fact]
    public void ValidationPage_WithoutParticles_IsWellFormedAndNamesTheBars()
    {
        ValidationResult result = new() { ResultsFolder = "r", Simulated = true, Options = new(), Fringes = new FringeScore([]), Sizes = new SizeScore([]), Notes = ["a < b"], ImageCount = 0 };

        XElement page = XDocument.Parse(ValidationPage.Write(result, ValidationPlots.All(result)).Replace("<!DOCTYPE html>", string.Empty, StringComparison.Ordinal)).Root!;

        Assert.Contains("SIMULATED", page.Value, StringComparison.Ordinal);
        Assert.Equal(result.Bars.Select(bar => bar.Name), page.Descendants(_html + "tbody").First().Elements(_html + "tr").Select(row => row.Elements().First().Value));
    }

    private static RunResult Run()
    {
        (string Name, double Size, int Ordered)[] samples = [("2nm", 2, 0), ("4nm", 4, 3), ("6nm", 6, 24)];
        SizedVerdict[] particles = [.. samples.SelectMany(s => Enumerable.Range(0, 30).Select(i => new SizedVerdict(s.Size + (0.01 * i), i < s.Ordered)))];
        OrderRow[] rows =
        [
            .. samples.Select(s => new OrderRow
            {
                Sample = s.Name,
                Fraction = OrderedFraction.Of(s.Ordered, 30 - s.Ordered, 0),
                ShowingFringes = FractionIntervals.ClopperPearson(30, 34),
                CrystalDiameterNm = s.Size,
                Published = PublishedTable.Of(s.Size),
                PublishedPValue = 1,
                Orientation = RandomOrientationModel.Of(5, 10).Estimate(s.Ordered, 30),
            }),
        ];
        OrderTable order = new(rows, SampleComparison.Of([.. samples.Select(s => new SampleCount(s.Name, s.Ordered, 30))]), particles, SizeOrderRegression.Fit(particles, new SizeOrderOptions()), false);
        return Runs.Run([.. samples.Select(s => Runs.Summary(s.Name, Runs.Sizes()))], [Runs.File("a.tif", "2nm", new FileOutcome(OutcomeKind.Measured))]) with { Order = order };
    }
}
