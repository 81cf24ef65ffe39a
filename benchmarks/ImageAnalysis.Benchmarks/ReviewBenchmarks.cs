using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using ImageAnalysis.Formats.Tiff;
using ImageAnalysis.Review;
using ImageAnalysis.Samples;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Benchmarks;

/// <summary>
/// The review of a store with about 5,000 particles (four simulated HAADF fields of 2048²): the queue, a card with its data, a decision until it is on the disk with the next card after it, and the table.
/// Requests and answers over the loopback, as a browser sends them; what the browser does with them is not measured.
/// </summary>
public class ReviewBenchmarks
{
    private static readonly HttpClient _client = new(new HttpClientHandler { UseCookies = false, UseProxy = false });
    private readonly string _folder = Directory.CreateTempSubdirectory("ima-bench-").FullName;
    private ReviewedResults? _results;
    private ReviewServer? _server;
    private string _token = string.Empty, _origin = string.Empty;
    private string[] _items = [];
    private int _at;

    internal static IEnumerable<QuickCase> QuickCases { get; } =
    [
        new("review.queue.5000", () => Made().Queue),
        new("review.card.5000", () => Made().Card),
        new("review.decision.5000", () => Made().DecisionAndNextCard),
        new("review.table.5000", () => Made().Table),
    ];

    [GlobalSetup]
    public void Prepare()
    {
        for (int i = 0; i < 4; i++)
        {
            HaadfFieldOptions field = new() { ParticleCount = 1400, LongAxisMeanNm = 3.0, LongAxisSigmaNm = 0.3 };
            SimulatedHaadf simulated = HaadfSimulator.Simulate(field, new HaadfOptions { WidthPx = 2048, HeightPx = 2048, GainCounts = 20 }, (ulong)(i + 1));
            string path = Path.Combine(_folder, "data", "s", "haadf", i.ToString(CultureInfo.InvariantCulture) + ".tif");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, TiffWriter.Write(simulated.Pixels, new TiffWriteOptions { Calibration = simulated.Calibration }));
        }

        string results = Path.Combine(_folder, "results");
        Pipeline.Run(new RunRequest { Input = Path.Combine(_folder, "data"), ResultsFolder = results }, new PipelineOptions());
        _results = ReviewedResults.Open(results);
        _items = [.. _results.Found.Select(item => item.Id)];
        _server = ReviewServer.StartAsync(_results, new ReviewServerOptions()).GetAwaiter().GetResult();
        _token = _server.Address.Query["?token=".Length..];
        _origin = _server.Address.GetLeftPart(UriPartial.Authority);
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _server?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _results?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark]
    public void Queue() => Get("/?show=all");

    [Benchmark]
    public void Card() => Get("/particle/" + _items[_at++ % _items.Length] + "?show=all");

    [Benchmark]
    public void DecisionAndNextCard()
    {
        string item = _items[_at++ % _items.Length];
        using HttpRequestMessage request = new(HttpMethod.Post, _origin + "/api/decide");
        request.Headers.Add("Cookie", $"ima-review-{_server!.Address.Port}={_token}");
        request.Headers.Add("Origin", _origin);
        request.Headers.Add("X-Review-Token", _token);
        request.Content = new StringContent($$"""{"id":"{{Guid.NewGuid()}}","reviewer":"bench","blind":false,"action":"delete","item":"{{item}}","queue":"?show=all"}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = _client.Send(request);
        string text = answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync().GetAwaiter().GetResult();
        Get(text.Split("\"next\":\"")[1].Split('"')[0].Replace("\\u0026", "&", StringComparison.Ordinal));
    }

    [Benchmark]
    public void Table() => Get("/part/summary");

    private static ReviewBenchmarks Made()
    {
        ReviewBenchmarks made = new();
        made.Prepare();
        return made;
    }

    private void Get(string path)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, _origin + path);
        request.Headers.Add("Cookie", $"ima-review-{_server!.Address.Port}={_token}");
        using HttpResponseMessage answer = _client.Send(request);
        _ = answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync().GetAwaiter().GetResult();
    }
}
