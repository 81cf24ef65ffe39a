using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using ImageAnalysis.Formats.Png;
using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;
using ImageAnalysis.Samples;
using ImageAnalysis.Tests;

namespace ImageAnalysis.Report.Tests;

/// <summary>What the page says about HRTEM images.</summary>
public sealed class FringePageTests
{
    private static readonly XNamespace _html = "http://www.w3.org/1999/xhtml";

    private static readonly FringeSummary _summary = new()
    {
        ImageCount = 2,
        SuperstructureCount = 3,
        RegularCount = 20,
        UndeterminedCount = 7,
        NoFringeCount = 4,
        ReviewCount = 8,
        ExpectedFalseCallsRatio = 0.054,
        Spacing = new SpacingMean(0.33751, 0.00042, 0.001, 30),
        UnmodulatedSpacing = new SpacingMean(0.33612, 0.00051, 0, 27),
    };

    [Fact]
    public void Table_Row_HasCountsShareIntervalAndSpacing()
    {
        XElement section = SectionOf(Parsed(Page(HrtemOnly())), "fringes");
        string[] cells = [.. section.Descendants(_html + "tbody").Single().Elements(_html + "tr").Single().Elements().Select(TextOf)];

        // 3 of 30: 2.1…26.5 %, 10 of 30: 17.3…52.8 % (Clopper-Pearson).
        Assert.Equal(["2nm", "30in 2 images", "3", "20", "7", "4not in it", "10.02.1…26.5", "33.317.3…52.8", "0.05", "0.3375 ± 0.0004where not ordered:0.3361 ± 0.0005", "8"], cells);
    }

    [Fact]
    public void Page_HrtemImagesOnly_ShowsNoTableOfSizes()
    {
        XElement page = Parsed(Page(HrtemOnly()));

        Assert.Equal("Superstructure in lattice images", page.Descendants(_html + "h1").Single().Value);
        Assert.DoesNotContain(page.Descendants(_html + "h2"), heading => (string?)heading.Attribute("id") == "results");
        Assert.Contains(page.Descendants(_html + "a"), link => (string?)link.Attribute("href") == "#fringes" && link.Value.StartsWith("Skip", StringComparison.Ordinal));

        // And without HRTEM images nothing speaks of them.
        RunResult sizes = Runs.Run([Runs.Summary("2nm", Runs.Sizes())], [Runs.File("a.tif", "2nm", new FileOutcome(OutcomeKind.Measured))]);
        Assert.DoesNotContain("HRTEM", ReportWriter.Write(sizes, Runs.Images(sizes), []).Split("<pre>")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Gallery_Crystals_FlaggedOnesComeFirst_AndPicturesAreFetchedLate()
    {
        XElement section = SectionOf(Parsed(Page(HrtemOnly())), "sample-1");
        XElement[] figures = [.. section.Descendants(_html + "figure").Where(figure => (string?)figure.Attribute("class") == "crystal")];

        // Crystal 2 is the undetermined one, with a flag that asks for a look; the others follow, folded.
        Assert.Equal(["2", "1", "3"], figures.Select(figure => Regex.Match(figure.Value, "crystal (\\d)").Groups[1].Value));
        Assert.Equal([false, true, true], figures.Select(figure => figure.Ancestors(_html + "details").Any()));
        Assert.All(section.Descendants(_html + "img"), image => Assert.Equal("lazy", (string?)image.Attribute("loading")));
        Assert.All(section.Descendants(_html + "img"), image => Assert.NotEmpty((string?)image.Attribute("alt") ?? string.Empty));
        Assert.Equal("overlays/2nm/hrtem/b%201%23.tif.crystals/2.png", (string?)figures[0].Descendants(_html + "img").Single().Attribute("src"));
        Assert.Contains("order would have been seen with probability 0.50", figures[0].Value, StringComparison.Ordinal);
        Assert.Contains("low-detection 1", section.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Gallery_TextFromAFile_IsEscaped()
    {
        RunResult run = HrtemOnly();
        FringeAnalysis fringes = Crystals();
        fringes = fringes with { Crystals = [fringes.Crystals[0] with { Reason = "<script>alert(1)</script>", Flags = [new CrystalFlag("a&b", "\u0001 \"<", true)] }] };

        string page = ReportWriter.Write(run, [], [(run.Files[0], fringes)]);

        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.NotNull(Parsed(page));
    }

    [Fact]
    public void Flags_ThatCrystalsCanHave_AreAllExplained()
    {
        IEnumerable<string> sources = Directory.EnumerateFiles(RepositoryFolder.PathOf("src/ImageAnalysis.Lattice"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText);
        string[] flags = [.. sources.SelectMany(text => Regex.Matches(text, "(?:\\bFlag|new CrystalFlag)\\(\"([a-z-]+)\"").Select(match => match.Groups[1].Value)).Distinct().Order(StringComparer.Ordinal)];

        Assert.Contains("near-threshold", flags);
        Assert.Equal(flags, MethodsSection.ExplainedCrystalFlags.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Run_DrawnImages_GivesAPageWhoseLinksLeadSomewhere_AndTheSameBytesAgain()
    {
        string folder = Directory.CreateTempSubdirectory("report-").FullName;
        try
        {
            string images = Path.Combine(folder, "data", "4 nm & more", "hrtem");
            Directory.CreateDirectory(images);
            for (int i = 0; i < 2; i++)
            {
                ushort[] pixels = DrawnLattice.Pixels(300, i, new LatticeDisc(150, 140, 140, 20 + (50 * i), i == 0 ? Verdict.Superstructure : Verdict.Regular));
                File.WriteAllBytes(Path.Combine(images, $"a b#{i}.png"), PngWriter.Write(new Raster<ushort>(300, 300, pixels), i == 0 ? Drawn.Calibrated(DrawnLattice.PixelNm, DrawnLattice.PixelNm) : null, [new PngTextEntry("Description", "simulated for a test")]));
            }

            string[] results = [Path.Combine(folder, "one"), Path.Combine(folder, "two")];
            RunResult[] runs = [.. results.Select((path, i) =>
                Pipeline.Run(new RunRequest { Input = Path.Combine(folder, "data"), ResultsFolder = path, Jobs = 1 + i, ProgramVersion = "1" }, new PipelineOptions(), onMeasured: OverlayFile.Write, onFinished: ReportFile.Write))];

            Assert.True(runs[0].Simulated);
            Assert.Equal(1, runs[0].Samples[0].Fringes!.SuperstructureCount);
            string[] files = [.. Directory.EnumerateFiles(results[0], "*", SearchOption.AllDirectories).Where(path => Path.GetExtension(path) is ".png" or ".html").Select(path => Path.GetRelativePath(results[0], path))];
            Assert.True(files.Length >= 5, string.Join('\n', files));
            Assert.All(files, file => Assert.Equal(File.ReadAllBytes(Path.Combine(results[0], file)), File.ReadAllBytes(Path.Combine(results[1], file))));
            XElement page = Parsed(File.ReadAllText(Path.Combine(results[0], "report.html")));
            string[] links = [.. page.Descendants().SelectMany(e => e.Attributes()).Where(a => a.Name.LocalName is "href" or "src").Select(a => a.Value).Distinct()];
            Assert.Contains(links, link => link.EndsWith(".crystals/1.png", StringComparison.Ordinal));
            Assert.All(links.Where(link => !link.StartsWith('#')), link => Assert.True(File.Exists(Path.Combine(results[0], Uri.UnescapeDataString(link))), link));
            HashSet<string> ids = [.. page.Descendants().Select(e => (string?)e.Attribute("id")).OfType<string>()];
            Assert.All(links.Where(link => link.StartsWith('#')), link => Assert.Contains(link[1..], ids));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static FringeAnalysis Crystals() => DrawnLattice.Analysis(true, new(30, 30, 20, 10, Verdict.Superstructure), new(60, 30, 20, 10, Verdict.Undetermined), new(30, 60, 20, 10, Verdict.NoFringe));

    private static RunResult HrtemOnly() => Runs.Run(
        [Runs.Summary("2nm", null) with { Fringes = _summary, UncalibratedCount = 0, ParticleCount = 0 }],
        [Runs.File("2nm/hrtem/b 1#.tif", "2nm", new FileOutcome(OutcomeKind.Measured)) with { Role = FileRole.Hrtem, ParticleCount = 0, CrystalCount = 3, FringeCount = 2, ReviewCount = 1 }]);

    private static string Page(RunResult run) => ReportWriter.Write(run, Runs.Images(run), [(run.Files[0], Crystals())]);

    private static XElement Parsed(string page)
    {
        XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };
        using XmlReader reader = XmlReader.Create(new StringReader(page), settings);
        return XDocument.Load(reader).Root!;
    }

    private static string TextOf(XElement element) => string.Join(' ', element.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static XElement SectionOf(XElement page, string heading) => page.Descendants(_html + "section").Single(s => (string?)s.Attribute("aria-labelledby") == heading);
}
