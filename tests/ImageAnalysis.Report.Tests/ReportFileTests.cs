using System.Text;
using System.Xml;
using System.Xml.Linq;
using ImageAnalysis.Formats.Png;
using ImageAnalysis.Samples;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Report.Tests;

/// <summary>The page of a real run: everything that it links to is there.</summary>
public sealed class ReportFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("report-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_WithABadFileAndOddNames_GivesAPageWhoseLinksLeadSomewhere()
    {
        string images = Path.Combine(_folder, "data", "5 nm & more", "haadf");
        Directory.CreateDirectory(images);
        HaadfFieldOptions field = new() { ParticleCount = 8, LongAxisMeanNm = 5, LongAxisSigmaNm = 0.4 };
        SimulatedHaadf simulated = HaadfSimulator.Simulate(field, new HaadfOptions { WidthPx = 256, HeightPx = 256, PixelWidthNm = 0.2, PixelHeightNm = 0.2 }, seed: 3);
        byte[] png = PngWriter.Write(simulated.Pixels, simulated.Calibration, [new PngTextEntry("Description", "simulated for a test")]);
        File.WriteAllBytes(Path.Combine(images, "a b#1 100%41.png"), png);
        File.WriteAllBytes(Path.Combine(images, "cut.png"), png[..(png.Length / 2)]);

        RunRequest request = new() { Input = Path.Combine(_folder, "data"), ResultsFolder = Path.Combine(_folder, "results"), Jobs = 1 };
        RunResult result = Pipeline.Run(request, new PipelineOptions(), onMeasured: OverlayFile.Write, onFinished: ReportFile.Write);
        string path = Path.Combine(request.ResultsFolder, "report.html");
        byte[] first = File.ReadAllBytes(path);

        // Each picture says which result it shows, where the program looks for it.
        using (ResultsFolder folder = ResultsFolder.Open(request.ResultsFolder))
        {
            string picture = folder.OverlayPath(result.Files[0].File);
            string id = Encoding.ASCII.GetString(File.ReadAllBytes(picture)).Split("ImageAnalysis result\0")[1][..64];
            Assert.Matches("^[0-9a-f]{64}$", id);
            Assert.True(folder.HasOverlay(result.Files[0].File, id));
            Assert.False(folder.HasOverlay(result.Files[0].File, new string('0', 64)));
            Assert.False(folder.HasOverlay("5 nm & more/haadf/cut.png", id));
        }

        // Written again from the store alone, the page is the same.
        File.Delete(path);
        StoredResults.Rewrite(request.ResultsFolder, jobs: 1, onFinished: ReportFile.Write);
        Assert.Equal(first, File.ReadAllBytes(path));

        XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };
        using XmlReader reader = XmlReader.Create(new MemoryStream(first), settings);
        XElement page = XDocument.Load(reader).Root!;
        string[] links = [.. page.Descendants().SelectMany(e => e.Attributes()).Where(a => a.Name.LocalName is "href" or "src" && !a.Value.StartsWith('#')).Select(a => a.Value).Distinct()];
        Assert.Contains(links, link => link.StartsWith("overlays/", StringComparison.Ordinal));
        Assert.All(links, link => Assert.True(File.Exists(Path.Combine(request.ResultsFolder, Uri.UnescapeDataString(link))), link));

        Assert.Equal([("cut.png", OutcomeKind.BadFile), ("a b#1 100%41.png", OutcomeKind.Measured)], result.Files.OrderByDescending(f => f.File, StringComparer.Ordinal).Select(f => (Path.GetFileName(f.File), f.Outcome!.Kind)));
        Assert.Contains("SIMULATED", page.Value, StringComparison.Ordinal);
        Assert.Equal(result.Samples[0].SizedCount, page.Descendants().Where(e => e.Name.LocalName == "rect").Take(result.Samples[0].FeretMax!.Histogram.Counts.Count).Sum(e => int.Parse(e.Value.Split(": ")[1], System.Globalization.CultureInfo.InvariantCulture)));
    }
}
