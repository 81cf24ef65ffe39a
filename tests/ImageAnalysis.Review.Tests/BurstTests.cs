using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using ImageAnalysis.Cli;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Review.Tests;

/// <summary>The program as a process of its own, killed while decisions pour in.</summary>
[Collection(ReviewCollection.Name)]
public sealed class BurstTests(DrawnResults drawn)
{
    private const int Decisions = 500;

    [Fact]
    public async Task Review_KilledDuringABurst_HasEveryDecisionThatItConfirmed()
    {
        string folder = drawn.Copy();
        string[] items;
        using (ReviewedResults results = ReviewedResults.Open(folder))
        {
            items = [.. results.Found.Where(item => item.Crystal is not null).Select(item => item.Id)];
        }

        List<string> confirmed = [];
        using (Process process = Start("review", folder, "--reviewer", "AK"))
        {
            Uri address = new((await process.StandardOutput.ReadLineAsync())!);
            using HttpClient client = new(new HttpClientHandler { UseCookies = false, UseProxy = false }) { BaseAddress = new Uri(address.GetLeftPart(UriPartial.Authority)) };
            string token = address.Query["?token=".Length..];
            try
            {
                // Four windows at once. Killed when more than half of all are confirmed, with requests on their way.
                await Task.WhenAll(Enumerable.Range(0, 4).Select(window => Task.Run(async () =>
                {
                    for (int i = window; i < Decisions; i += 4)
                    {
                        string id = $"burst-{i}";
                        using HttpRequestMessage request = new(HttpMethod.Post, "/api/decide");
                        request.Headers.Add("Cookie", $"ima-review-{address.Port}={token}");
                        request.Headers.Add("Origin", address.GetLeftPart(UriPartial.Authority));
                        request.Headers.Add("X-Review-Token", token);
                        request.Content = new StringContent(JsonSerializer.Serialize(new { id, reviewer = "AK", blind = false, action = i % 2 == 0 ? "regular" : "superstructure", item = items[i % items.Length] }), Encoding.UTF8, "application/json");
                        using HttpResponseMessage answer = await client.SendAsync(request);
                        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                        lock (confirmed)
                        {
                            confirmed.Add(id);
                            if (confirmed.Count == (Decisions / 2) + 10)
                            {
                                process.Kill();
                            }
                        }
                    }
                })));
            }
            catch (HttpRequestException)
            {
                // The connection ends with the process.
            }

            await process.WaitForExitAsync();
        }

        Assert.InRange(confirmed.Count, (Decisions / 2) + 10, Decisions - 1);
        HashSet<string> stored = [.. DecisionLog.ReadFrom(Path.Combine(folder, "results.sqlite")).Select(decision => decision.Id)];
        Assert.All(confirmed, id => Assert.Contains(id, stored));
        using ReviewedResults again = ReviewedResults.Open(folder);
        Assert.Contains(again.Book().Items, item => again.Book().StateOf(item).Effective is not null);
    }

    [Fact]
    public async Task Review_Interrupted_WritesTablesAndEndsWell()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string folder = drawn.Copy();
        using Process process = Start("review", folder, "--reviewer", "AK");
        Uri address = new((await process.StandardOutput.ReadLineAsync())!);
        using HttpClient client = new(new HttpClientHandler { UseCookies = false, UseProxy = false }) { BaseAddress = new Uri(address.GetLeftPart(UriPartial.Authority)) };
        string token = address.Query["?token=".Length..];
        using HttpRequestMessage page = new(HttpMethod.Get, "/?show=all&stage=fringes");
        page.Headers.Add("Cookie", $"ima-review-{address.Port}={token}");
        using HttpResponseMessage shown = await client.SendAsync(page);
        string html = await shown.Content.ReadAsStringAsync();
        string item = html[(html.IndexOf("href=\"/particle/", StringComparison.Ordinal) + "href=\"/particle/".Length)..].Split('?', '"')[0];
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/decide");
        request.Headers.Add("Cookie", $"ima-review-{address.Port}={token}");
        request.Headers.Add("Origin", address.GetLeftPart(UriPartial.Authority));
        request.Headers.Add("X-Review-Token", token);
        request.Content = new StringContent(JsonSerializer.Serialize(new { id = "one", reviewer = "AK", blind = false, action = "no-fringe", item }), Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        using (Process kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, error);
        Assert.Contains("1 decision; tables and report are written anew.", error, StringComparison.Ordinal);
        string[] rows = await File.ReadAllLinesAsync(Path.Combine(folder, "fringes.csv"));
        Assert.Single(rows, row => row.Contains(",no-fringe,", StringComparison.Ordinal) && row.TrimEnd().EndsWith(",no-fringe", StringComparison.Ordinal));
    }

    private static Process Start(params ReadOnlySpan<string> args)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(typeof(Ima).Assembly.Location);
        foreach (string arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        return Process.Start(start)!;
    }
}
