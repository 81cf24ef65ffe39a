using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ImageAnalysis.Report;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Review.Tests;

/// <summary>Results of the drawn images, made once; every test reviews a copy.</summary>
public sealed class DrawnResults : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ima-review-").FullName;
    private int _copies;

    public DrawnResults()
    {
        foreach (string sample in (string[])["one", "two"])
        {
            int seed = sample == "one" ? 1 : 2;
            Write($"data/{sample}/hrtem/c.png", DrawnSamples.Crystals(seed));
            Write($"data/{sample}/haadf/p.png", DrawnSamples.Particles(seed));
        }

        Pipeline.Run(new RunRequest { Input = Root, ResultsFolder = Path.Combine(_folder, "results") }, new PipelineOptions());
    }

    public string Root => Path.Combine(_folder, "data");

    /// <summary>A copy of the results folder of its own.</summary>
    public string Copy()
    {
        string copy = Path.Combine(_folder, (++_copies).ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(copy);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(_folder, "results")).Where(file => Path.GetFileName(file) != ".lock"))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return copy;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }
}

/// <summary>The server on a copy of the results, and requests to it as a page sends them.</summary>
internal sealed class ReviewSite : IAsyncDisposable
{
    private readonly HttpClient _client;

    private ReviewSite(ReviewedResults results, ReviewServer server)
    {
        (Results, Server) = (results, server);
        _client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = new Uri(server.Address.GetLeftPart(UriPartial.Authority)) };
    }

    public ReviewedResults Results { get; }

    public ReviewServer Server { get; }

    public string Token => Server.Address.Query["?token=".Length..];

    public string Origin => Server.Address.GetLeftPart(UriPartial.Authority);

    public string Cookie => $"ima-review-{Server.Address.Port}={Token}";

    public static async Task<ReviewSite> StartAsync(string folder, ReviewServerOptions? options = null)
    {
        ReviewedResults results = ReviewedResults.Open(folder);
        return new ReviewSite(results, await ReviewServer.StartAsync(results, options ?? new ReviewServerOptions { Reviewer = "AK", OnFinished = ReportFile.Write, OnBug = e => Console.Error.WriteLine(e) }));
    }

    /// <summary>A request with all that a page of ours sends; the test takes away or changes what it is about.</summary>
    public HttpRequestMessage Request(HttpMethod method, string path, string? body = null)
    {
        HttpRequestMessage request = new(method, path);
        request.Headers.Add("Cookie", Cookie);
        if (body is not null)
        {
            request.Headers.Add("Origin", Origin);
            request.Headers.Add("X-Review-Token", Token);
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        return request;
    }

    public async Task<(HttpStatusCode Code, string Text)> SendAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage answer = await _client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request) => _client.SendAsync(request);

    public async Task<(HttpStatusCode Code, string Text)> GetAsync(string path) => await SendAsync(Request(HttpMethod.Get, path));

    public Task<(HttpStatusCode Code, string Text)> DecideAsync(object decision) => SendAsync(Request(HttpMethod.Post, "/api/decide", JsonSerializer.Serialize(decision)));

    /// <summary>A decision as a page sends it.</summary>
    public static Dictionary<string, object?> Decision(string action, string? item, string reviewer = "AK", bool blind = false) =>
        new() { ["id"] = Guid.NewGuid().ToString(), ["reviewer"] = reviewer, ["blind"] = blind, ["action"] = action, ["item"] = item };

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Server.DisposeAsync();
        Results.Dispose();
    }
}
