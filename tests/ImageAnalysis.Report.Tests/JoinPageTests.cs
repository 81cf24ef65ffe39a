using System.Xml;
using System.Xml.Linq;
using ImageAnalysis.Core;
using ImageAnalysis.Formats;
using ImageAnalysis.Formats.Png;
using ImageAnalysis.Samples;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Report.Tests;

/// <summary>The page of a run with powder patterns: what it says, and that what it links to is there.</summary>
public sealed class JoinPageTests : IDisposable
{
    private static readonly XNamespace _html = "http://www.w3.org/1999/xhtml";

    private readonly string _folder = Directory.CreateTempSubdirectory("report-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_WithPatterns_ShowsFitsAndJoinAndLeadsToTheirFiles()
    {
        Pattern("large & old", strainPercent: 0, sizeNm: 5);
        Pattern("small", strainPercent: -2, sizeNm: 5);
        Image("small");
        RunRequest request = new() { Input = Path.Combine(_folder, "data"), ResultsFolder = Path.Combine(_folder, "results"), Jobs = 1 };
        PipelineOptions options = new() { Pxrd = new PxrdOptions { CommonB = true, Starts = 4 } };

        Pipeline.Run(request, options, onMeasured: OverlayFile.Write, onFinished: ReportFile.Write);

        byte[] first = File.ReadAllBytes(Path.Combine(request.ResultsFolder, "report.html"));
        XElement page = Parsed(first);
        XElement join = page.Descendants(_html + "section").Single(section => (string?)section.Attribute("aria-labelledby") == "join");
        Assert.Equal(3, join.Descendants(_html + "tr").Count());
        Assert.Equal("#join", (string?)page.Descendants(_html + "a").Single(link => link.Value == "What the instruments say together").Attribute("href"));
        Assert.Equal(2, page.Descendants(_html + "h3").Count(heading => heading.Value == "Powder pattern"));
        Assert.Equal(2, page.Descendants().Count(element => element.Name.LocalName == "svg" && (string?)element.Attribute("class") == "plot pattern"));

        // The line of vacancy order is predicted for each, below these patterns.
        Assert.Equal(2, page.Descendants(_html + "p").Count(text => text.Value.StartsWith("The line ½½½", StringComparison.Ordinal) && text.Value.Contains("begins at 15°", StringComparison.Ordinal)));

        // The plot's own heading says that the pattern is simulated.
        Assert.Contains("simulated pattern", page.Value, StringComparison.Ordinal);
        foreach (string address in page.Descendants(_html + "a").Select(link => (string)link.Attribute("href")!).Where(address => !address.StartsWith('#')))
        {
            Assert.True(File.Exists(Path.Combine(request.ResultsFolder, Uri.UnescapeDataString(address))) || Directory.Exists(Path.Combine(request.ResultsFolder, address)), address);
        }

        // A picture of its own for each fit, well-formed.
        Assert.All(["large & old", "small"], sample => Parsed(File.ReadAllBytes(Path.Combine(request.ResultsFolder, "fits", sample + ".svg"))));

        // Written again from the store alone, everything is the same.
        byte[] picture = File.ReadAllBytes(Path.Combine(request.ResultsFolder, "fits", "small.svg")), json = File.ReadAllBytes(Path.Combine(request.ResultsFolder, "fits", "small.json"));
        File.Delete(Path.Combine(request.ResultsFolder, "fits", "small.svg"));
        StoredResults.Rewrite(request.ResultsFolder, jobs: 1, onFinished: ReportFile.Write);
        Assert.Equal(first, File.ReadAllBytes(Path.Combine(request.ResultsFolder, "report.html")));
        Assert.Equal(picture, File.ReadAllBytes(Path.Combine(request.ResultsFolder, "fits", "small.svg")));
        Assert.Equal(json, File.ReadAllBytes(Path.Combine(request.ResultsFolder, "fits", "small.json")));
    }

    [Fact]
    public void Section_WithFringes_ShowsStrainEnergiesAndTheirBounds()
    {
        Pattern("a", strainPercent: 0, sizeNm: 5);
        RunRequest request = new() { Input = Path.Combine(_folder, "data"), ResultsFolder = Path.Combine(_folder, "results"), Jobs = 1 };
        RunResult run = Pipeline.Run(request, new PipelineOptions { Pxrd = new PxrdOptions { CommonB = true, Starts = 4 } });
        SampleSummary sample = run.Samples[0] with
        {
            Fringes = new() { ImageCount = 6, SuperstructureCount = 0, RegularCount = 30, UndeterminedCount = 0, NoFringeCount = 3, ReviewCount = 0, ExpectedFalseCallsRatio = 0.06 },
            Join = run.Samples[0].Join! with
            {
                FringeReference = "b",
                FringeStrain = new(-0.035, 0.042),
                EnergyReference = "b",
                Energy = EnergyDifference.OfFractions(new(24, 30), new(0, 30)),
                TwoStateEnergy = EnergyDifference.OfTwoStates(new(24, 30), new(3, 30)),
            },
        };
        MarkupWriter page = new();
        JoinSection.Write(page, run with { Samples = [sample] });

        // RT ln(0.8/0.1157) = 4.8; RT ln 36 = 8.9 with √(1/(30·0.8·0.2) + 1/(30·0.1·0.9))·RT = 1.9.
        string text = page.ToMarkup().Text;
        Assert.Contains("\u22123.50 ± 4.20", text, StringComparison.Ordinal);
        Assert.Contains("≥ 4.8", text, StringComparison.Ordinal);
        Assert.Contains("two states: 8.9 ± 1.9", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithoutPatterns_HasNoWordOfThem()
    {
        Image("small");
        RunRequest request = new() { Input = Path.Combine(_folder, "data"), ResultsFolder = Path.Combine(_folder, "results"), Jobs = 1 };

        Pipeline.Run(request, new PipelineOptions(), onFinished: ReportFile.Write);

        XElement page = Parsed(File.ReadAllBytes(Path.Combine(request.ResultsFolder, "report.html")));
        Assert.DoesNotContain(page.Descendants(_html + "section"), section => (string?)section.Attribute("aria-labelledby") == "join");
        Assert.DoesNotContain("Powder pattern", page.Value, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(request.ResultsFolder, "fits")));
    }

    [Theory]
    [InlineData(5.84791, 0.0020, "5.8479 ± 0.0020")]
    [InlineData(-1.2, 0.31, "\u22121.20 ± 0.31")]
    [InlineData(5.85, null, "5.8500")]
    public void Words_Measured_HasTwoDigitsOfItsError(double value, double? sigma, string expected) => Assert.Equal(expected, Words.Measured(value, sigma));

    [Fact]
    public void Words_WithSigma_HasNoNegativeZero() => Assert.Equal("0.00 ± 0.03", Words.WithSigma(-0.004, 0.03, "0.00"));

    private static XElement Parsed(byte[] text)
    {
        XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };
        using XmlReader reader = XmlReader.Create(new MemoryStream(text), settings);
        return XDocument.Load(reader).Root!;
    }

    private void Pattern(string sample, double strainPercent, double sizeNm)
    {
        PatternSimulation simulation = new()
        {
            Model = CrystalModels.Read(_folder, "models/cu2se-table2-6nm.cif"),
            SizeNm = sizeNm,
            StrainPercent = strainPercent,
            BIsoAngstrom2 = 1,
            BackgroundCounts = 500,
            StepDeg = 0.1,
            Seed = 5,
        };
        Directory.CreateDirectory(Path.Combine(_folder, "data", sample, "pxrd"));
        File.WriteAllBytes(Path.Combine(_folder, "data", sample, "pxrd", "a.xy"), PatternWriter.Xy(simulation.Run(), simulation.Head()));
    }

    private void Image(string sample)
    {
        HaadfFieldOptions field = new() { ParticleCount = 8, LongAxisMeanNm = 5, LongAxisSigmaNm = 0.4 };
        SimulatedHaadf simulated = HaadfSimulator.Simulate(field, new HaadfOptions { WidthPx = 256, HeightPx = 256, PixelWidthNm = 0.2, PixelHeightNm = 0.2 }, seed: 3);
        Directory.CreateDirectory(Path.Combine(_folder, "data", sample, "haadf"));
        File.WriteAllBytes(Path.Combine(_folder, "data", sample, "haadf", "a.png"), PngWriter.Write(simulated.Pixels, simulated.Calibration));
    }
}
