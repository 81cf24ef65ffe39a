using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using ImageAnalysis.Particles;
using ImageAnalysis.Samples;
using ImageAnalysis.Tests;

namespace ImageAnalysis.Report.Tests;

public sealed class ReportWriterTests
{
    private static readonly XNamespace _html = "http://www.w3.org/1999/xhtml";

    private static readonly FileOutcome _measured = new(OutcomeKind.Measured);

    private static RunResult TwoSamples() => Runs.Run(
        [Runs.Summary("2nm", Runs.Sizes()), Runs.Summary("4nm", Runs.Sizes(2, "log-normal"))],
        [Runs.File("2nm/haadf/a.tif", "2nm", _measured), Runs.File("4nm/haadf/b 1#.tif", "4nm", _measured)]);

    private static XElement Parsed(string page)
    {
        // Well-formed as XML: every tag closed, every attribute quoted, every name escaped.
        XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };
        using XmlReader reader = XmlReader.Create(new StringReader(page), settings);
        return XDocument.Load(reader).Root!;
    }

    private static string Page(RunResult run) => ReportWriter.Write(run, Runs.Images(run), []);

    private static string TextOf(XElement? element) => string.Join(' ', (element?.Value ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static XElement SectionOf(XElement page, string heading) => page.Descendants(_html + "section").Single(s => (string?)s.Attribute("aria-labelledby") == heading);

    [Fact]
    public void Page_IsWellFormedWithLandmarksAndOneHeading()
    {
        XElement page = Parsed(Page(TwoSamples()));

        Assert.Equal("en", (string?)page.Attribute("lang"));
        foreach (string landmark in new[] { "header", "nav", "main", "footer", "h1", "title" })
        {
            Assert.Single(page.Descendants(_html + landmark));
        }

        // Every section is labelled by a heading that is there; every link within the page has its target; no two ids are alike.
        string[] ids = [.. page.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(page.Descendants().Attributes("aria-labelledby").SelectMany(a => a.Value.Split(' ')), id => Assert.Contains(id, ids));
        Assert.All(page.Descendants(_html + "a").Attributes("href").Where(a => a.Value.StartsWith('#')), a => Assert.Contains(a.Value[1..], ids));
        Assert.All(page.Descendants(_html + "th"), th => Assert.NotNull(th.Attribute("scope")));
        Assert.All(page.Descendants(_html + "img"), img => Assert.NotEmpty((string?)img.Attribute("alt") ?? string.Empty));
    }

    [Fact]
    public void Page_FetchesNothingFromElsewhere()
    {
        string text = Page(TwoSamples());
        XElement page = Parsed(text);

        Assert.Empty(page.Descendants(_html + "script"));
        Assert.Empty(page.Descendants(_html + "link"));
        Assert.All(page.Descendants().Attributes().Where(a => a.Name.LocalName is "href" or "src"), a => Assert.DoesNotContain(":", a.Value));
        Assert.DoesNotContain("@import", text, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", text, StringComparison.Ordinal);
    }

    [Fact]
    public void HeadlineTable_HasARowASample()
    {
        XElement table = SectionOf(Parsed(Page(TwoSamples())), "results").Descendants(_html + "table").Single();
        string[][] rows = [.. table.Element(_html + "tbody")!.Elements(_html + "tr").Select(tr => tr.Elements().Select(TextOf).ToArray())];

        // Mean with interval, s.d. with interval, median, D10, D90, then the diameter, then aspect ratio √2 and circularity π/4 of the two counted squares.
        Assert.Equal(["2nm", "10of 3 found", "1.901.60…2.20", "0.750.50…1.10", "1.501.30…1.90", "1.00", "3.00", "1.901.60…2.20", "0.750.50…1.10", "1.41± 0.00", "0.79± 0.00"], rows[0]);
        Assert.Equal("3.903.60…4.20", rows[1][2]);
        Assert.Equal(11, table.Descendants(_html + "thead").Descendants(_html + "th").Count());
    }

    [Fact]
    public void SampleSection_SaysInWordsWhatWasFoundAndWhatIsMissing()
    {
        string words = TextOf(SectionOf(Parsed(Page(TwoSamples())), "sample-1").Element(_html + "p"));

        Assert.Contains("3 particles were found in 1 image: 2 are counted, 1 lies at the border.", words, StringComparison.Ordinal);
        Assert.Contains("The mean long axis is 1.90 nm (95 %: 1.60…2.20 nm) with a standard deviation of 0.75 nm.", words, StringComparison.Ordinal);
        Assert.Contains("To know the mean to ±2 %, about 1234 more particles are needed.", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Fits_AreListedWithTheirDifferenceOfAicc()
    {
        XElement table = SectionOf(Parsed(Page(TwoSamples())), "sample-2").Descendants(_html + "table").First();
        string[] families = [.. table.Descendants(_html + "tbody").Descendants(_html + "th").Select(th => th.Value)];
        string[] differences = [.. table.Descendants(_html + "tbody").Elements(_html + "tr").Select(tr => tr.Elements().Last().Value)];

        // 23.8 − 20.5 = 3.3
        Assert.Equal(["log-normal", "normal"], families);
        Assert.Equal(["0.0", "3.3"], differences);
    }

    [Fact]
    public void Overlays_AreLinkedByAddressesThatBrowsersUnderstand()
    {
        XElement section = SectionOf(Parsed(Page(TwoSamples())), "sample-2");

        Assert.Equal("overlays/4nm/haadf/b%201%23.tif.png", (string?)section.Descendants(_html + "img").First().Attribute("src"));
        Assert.Contains(section.Descendants(_html + "a"), a => (string?)a.Attribute("href") == "overlays/4nm/haadf/b%201%23.tif.png");
    }

    [Fact]
    public void Names_FromFiles_CannotBreakThePage()
    {
        const string evil = "<script>alert(\"1\")</script>&amp;'x'\u0001\ud800\u202e.tif";
        RunResult run = Runs.Run(
            [Runs.Summary(evil, Runs.Sizes()), Runs.Summary("b", Runs.Sizes())],
            [Runs.File(evil, evil, new FileOutcome(OutcomeKind.BadFile, evil)), Runs.File("x/" + evil, evil, _measured with { Message = evil })]) with
        {
            Warnings = [evil],
            Input = evil,
            ProgramVersion = evil,
        };
        XElement page = Parsed(ReportWriter.Write(run, Runs.Images(run, reason: evil), []));

        Assert.Empty(page.Descendants(_html + "script"));

        // The name is shown as it is, but for the two characters that no page may hold.
        string shown = evil.Replace('\u0001', '\uFFFD').Replace('\ud800', '\uFFFD');
        Assert.True(page.Descendants(_html + "bdi").Count(bdi => bdi.Value == shown) >= 5);
        Assert.Contains(page.Descendants(_html + "td"), td => td.Value.Contains("overlap: " + shown, StringComparison.Ordinal));
        Assert.All(page.Descendants().Attributes("href").Concat(page.Descendants().Attributes("src")), a => Assert.True(a.Value.StartsWith('#') || Uri.IsWellFormedUriString(a.Value, UriKind.Relative), a.Value));
    }

    [Fact]
    public void BadFilesAndWarnings_StandBeforeTheResults()
    {
        RunResult run = TwoSamples();
        run = run with
        {
            Files =
            [
                run.Files[0],
                Runs.File("2nm/haadf/bad.dm3", "2nm", new FileOutcome(OutcomeKind.BadFile, "DM3: truncated at byte 100: too short.")),
                Runs.File("2nm/hrtem/c.tif", "2nm", new FileOutcome(OutcomeKind.NotMeasurable, "a diffraction pattern")),
                Runs.File("2nm/haadf/colour.png", "2nm", new FileOutcome(OutcomeKind.NotMeasurable, "a colour image")),
            ],
            Warnings = ["One thing to know."],
        };
        XElement main = Parsed(Page(run)).Descendants(_html + "main").Single();
        string[] order = [.. main.Elements(_html + "section").Select(s => (string)s.Attribute("aria-labelledby")!)];

        Assert.Equal(["bad-files", "notes", "results", "sample-1", "sample-2", "files", "methods", "parameters", "data"], order);
        XElement bad = SectionOf(main, "bad-files");
        Assert.Equal("3 files of 4 gave no result", bad.Element(_html + "h2")!.Value);
        Assert.Equal(
            ["2nm/haadf/bad.dm3: cannot be read. DM3: truncated at byte 100: too short.", "2nm/hrtem/c.tif: not measurable. a diffraction pattern", "2nm/haadf/colour.png: not measurable. a colour image"],
            bad.Descendants(_html + "li").Select(TextOf));
        Assert.Equal(["One thing to know."], SectionOf(main, "notes").Descendants(_html + "li").Select(TextOf));
    }

    [Fact]
    public void Files_AreListedWithPixelSizeSourceAndFindings()
    {
        RunResult run = TwoSamples();
        run = run with { Files = [Runs.File("a.tif", "2nm", _measured with { Message = "pixel size 0.05 nm is used; 0.06 differs by 20 %" })] };
        XElement row = SectionOf(Parsed(Page(run)), "files").Descendants(_html + "tbody").Single().Element(_html + "tr")!;

        Assert.Equal(["a.tif", "2nm", "measured", "0.05 × 0.06", "metadata:ImageJ", "3", "2", "1", "pixel size 0.05 nm is used; 0.06 differs by 20 %"], row.Elements().Select(TextOf));
        Assert.Equal("finding", (string?)row.Elements().Last().Attribute("class"));
    }

    [Fact]
    public void FlaggedParticles_AreListedWithReasonsAndBorderOnesAreNot()
    {
        XElement section = SectionOf(Parsed(Page(TwoSamples())), "sample-1");
        XElement row = section.Descendants(_html + "details").Single().Descendants(_html + "tbody").Single().Elements(_html + "tr").Single();

        // The third particle's long axis is 3 · √8 = 8.5 px; it has no size in nm.
        Assert.Equal(["2nm/haadf/a.tif", "3", "yes", "8.5 px", "overlap: 30 % of its area lies over another particle"], row.Elements().Select(TextOf));
        Assert.Contains("1 border, 1 overlap (1 counted).", TextOf(section), StringComparison.Ordinal);
    }

    [Fact]
    public void FlaggedParticles_OfManyImages_AreBoundedCountedOnesFirst()
    {
        RunResult run = Runs.Run([Runs.Summary("s", Runs.Sizes())], [.. Enumerable.Range(0, 50).Select(i => Runs.File($"s/{i:000}.tif", "s", _measured))]);
        ParticleFlag faint = new("faint", "signal over noise is 9, below 25");
        IReadOnlyList<SizeMeasurement> particles = [Drawn.Square(1, 9, 9, 2, counted: false, flags: faint), Drawn.Square(2, 9, 9, 2, counted: false, flags: faint), Drawn.Square(3, 9, 9, 2, flags: faint)];
        XElement details = Parsed(ReportWriter.Write(run, run.Files.Select(file => (file, particles)), [])).Descendants(_html + "details").First();
        string[] counted = [.. details.Descendants(_html + "tbody").Single().Elements(_html + "tr").Select(tr => tr.Elements().ElementAt(2).Value)];

        // 150 flagged particles, of which 50 are counted: those, and ten others.
        Assert.StartsWith("60 of the 150 flagged particles", TextOf(details), StringComparison.Ordinal);
        Assert.Equal([.. Enumerable.Repeat("yes", 50), .. Enumerable.Repeat("no", 10)], counted);
    }

    [Fact]
    public void SampleWithoutPixelSize_HasNoNmAndSaysSo()
    {
        RunResult run = Runs.Run([Runs.Summary("s", null)], [Runs.File("s/a.tif", "s", _measured)]);
        XElement page = Parsed(Page(run));

        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName == "svg");
        Assert.Contains("2 counted particles have no size in nm", TextOf(SectionOf(page, "sample-1")), StringComparison.Ordinal);
        Assert.Equal("–", SectionOf(page, "results").Descendants(_html + "tbody").Single().Descendants(_html + "td").ElementAt(1).Value);
    }

    [Fact]
    public void SimulatedAndInterrupted_AreSaid()
    {
        Assert.DoesNotContain("SIMULATED", Page(TwoSamples()), StringComparison.Ordinal);
        XElement page = Parsed(Page(TwoSamples() with { Simulated = true, Interrupted = true }));

        Assert.StartsWith("SIMULATED", page.Descendants(_html + "header").Single().Elements().Last().Value, StringComparison.Ordinal);
        Assert.StartsWith("Simulated: ", page.Descendants(_html + "title").First().Value, StringComparison.Ordinal);
        Assert.Equal("interrupted", (string?)page.Descendants(_html + "section").First().Attribute("aria-labelledby"));
    }

    [Fact]
    public void Flags_ThatParticlesCanHave_AreAllExplained()
    {
        IEnumerable<string> sources = Directory.EnumerateFiles(RepositoryFolder.PathOf("src/ImageAnalysis.Particles"), "*.cs").Select(File.ReadAllText);
        string[] flags = [.. sources.SelectMany(text => Regex.Matches(text, "(?:new ParticleFlag|ParticleFlag \\w+ = new)\\(\"([a-z-]+)\"").Select(match => match.Groups[1].Value)).Distinct().Order()];

        Assert.Contains("border", flags);
        Assert.Equal(flags, MethodsSection.ExplainedFlags.Order());
    }

    [Fact]
    public void EqualResults_GiveEqualBytesWhateverTheirTimes()
    {
        RunResult slow = TwoSamples() with { Files = [.. TwoSamples().Files.Select(file => file with { Seconds = 99 })] };
        Assert.Equal(Page(TwoSamples()), Page(slow));
    }
}
