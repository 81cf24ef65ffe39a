using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Review.Tests;

/// <summary>What other web pages, other users of the computer and other computers can do: nothing.</summary>
[Collection(ReviewCollection.Name)]
public sealed class SecurityTests(DrawnResults drawn) : IAsyncLifetime
{
    private ReviewSite _site = null!;

    public async Task InitializeAsync() => _site = await ReviewSite.StartAsync(drawn.Copy());

    public async Task DisposeAsync() => await _site.DisposeAsync();

    private static string Body(ReviewSite site) => JsonSerializer.Serialize(ReviewSite.Decision("skip", site.Results.Found[0].Id));

    [Fact]
    public async Task Decision_AsThePageSendsIt_IsStored()
    {
        // Without this, the refusals below would prove nothing.
        (HttpStatusCode code, string text) = await _site.SendAsync(_site.Request(HttpMethod.Post, "/api/decide", Body(_site)));
        Assert.True(code == HttpStatusCode.OK, text);
        Assert.Single(_site.Results.Log.Decisions);
    }

    [Theory]
    [InlineData("Origin", null)]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("X-Review-Token", null)]
    [InlineData("X-Review-Token", "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("Cookie", null)]
    [InlineData("Host", "evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Decision_WithOneThingWrong_IsRefusedAndNotStored(string header, string? value)
    {
        foreach (string path in (string[])["/api/decide", "/api/undo", "/api/redo", "/api/reviewer", "/api/write"])
        {
            HttpRequestMessage request = _site.Request(HttpMethod.Post, path, Body(_site));
            request.Headers.Remove(header);
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(header, header == "Host" ? $"{value}:{_site.Server.Address.Port}" : value);
            }

            (HttpStatusCode code, _) = await _site.SendAsync(request);
            Assert.True(code is HttpStatusCode.Forbidden or HttpStatusCode.MisdirectedRequest, $"{path}: {code}");
        }

        Assert.Empty(_site.Results.Log.Decisions);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/?token=0000")]
    [InlineData("/compare")]
    [InlineData("/tile/0/0/0/0")]
    [InlineData("/assets/main.js")]
    [InlineData("/part/summary")]
    public async Task Page_WithoutToken_IsNotShown(string path)
    {
        using HttpResponseMessage answer = await _site.AnswerAsync(new HttpRequestMessage(HttpMethod.Get, path));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.DoesNotContain(_site.Token, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>A link to one particle, with the token, at the first visit: the styles and scripts that its page asks for need the cookie.</summary>
    [Theory]
    [InlineData("/", "", "/")]
    [InlineData("/compare", "", "/compare")]
    [InlineData("/particle/a%20b", "&sample=2%26nm", "/particle/a%20b?sample=2%26nm")]
    public async Task Page_WithToken_GivesTheCookieAndGoesOnWithoutIt(string path, string more, string to)
    {
        using HttpResponseMessage answer = await _site.AnswerAsync(new HttpRequestMessage(HttpMethod.Get, $"{path}?token={_site.Token}{more}"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(to, answer.Headers.Location!.OriginalString);
        Assert.StartsWith(_site.Cookie, Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/assets/../results.sqlite")]
    [InlineData("/assets/..%2f..%2fresults.sqlite")]
    [InlineData("/assets/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/assets/..%5c..%5cresults.sqlite")]
    [InlineData("/tile/0/0/0/0/../../../../etc/passwd")]
    [InlineData("/tile/-1/0/0/0")]
    [InlineData("/tile/9999/0/0/0")]
    [InlineData("/tile/0/99/0/0")]
    [InlineData("/tile/0/0/2147483647/0")]
    [InlineData("/particle/..%2f..%2fetc%2fpasswd")]
    [InlineData("/spectrum/%2e%2e%2fresults.sqlite")]
    [InlineData("/results.sqlite")]
    [InlineData("/etc/passwd")]
    public async Task Path_ThatWouldLeadToAFile_LeadsNowhere(string path)
    {
        // HttpClient would tidy the path up before sending it; a socket sends it as it is.
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, _site.Server.Address.Port);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{_site.Server.Address.Port}\r\nCookie: {_site.Cookie}\r\nConnection: close\r\n\r\n"));
        using StreamReader reader = new(stream, Encoding.Latin1);
        string answer = await reader.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 404", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("SQLite format", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_TooLarge_IsRefused()
    {
        // 64 KiB is the limit.
        string note = new('x', 70_000);
        Dictionary<string, object?> decision = ReviewSite.Decision("note", _site.Results.Found[0].Id);
        decision["note"] = note;
        (HttpStatusCode code, _) = await _site.DecideAsync(decision);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, code);
        Assert.Empty(_site.Results.Log.Decisions);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"id\":\"a\",\"reviewer\":\"A\",\"blind\":false,\"action\":null}")]
    public async Task Body_NotAsPagesSendIt_IsRefused(string body)
    {
        (HttpStatusCode code, _) = await _site.SendAsync(_site.Request(HttpMethod.Post, "/api/decide", body));
        Assert.Equal(HttpStatusCode.BadRequest, code);
    }

    [Theory]
    [InlineData("action", "undo")]
    [InlineData("action", "explode")]
    [InlineData("action", "regular")] // a verdict on a particle of a HAADF image
    [InlineData("item", "no-such")]
    [InlineData("reviewer", "")]
    [InlineData("reviewer", "a\nb")]
    [InlineData("id", "")]
    [InlineData("drawn", "1e999")]
    public async Task Decision_ThatCannotBe_IsRefusedInPlainWordsAndNotStored(string key, string value)
    {
        Dictionary<string, object?> decision = ReviewSite.Decision("skip", _site.Results.Found.First(item => item.Size is not null).Id);
        decision[key] = value;
        string body = JsonSerializer.Serialize(decision).Replace("\"1e999\"", "[1e999,1]", StringComparison.Ordinal);
        (HttpStatusCode code, string text) = await _site.SendAsync(_site.Request(HttpMethod.Post, "/api/decide", body));
        Assert.True(code is HttpStatusCode.Conflict or HttpStatusCode.BadRequest, $"{code}: {text}");
        Assert.Contains("error", text, StringComparison.Ordinal);
        Assert.Empty(_site.Results.Log.Decisions);
    }

    [Fact]
    public async Task Page_Headers_LetNothingOfOthersIn()
    {
        using HttpResponseMessage answer = await _site.AnswerAsync(_site.Request(HttpMethod.Get, "/"));
        string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Address_WithToken_GivesACookieThatScriptsCannotReadAndLeavesTheAddress()
    {
        using HttpResponseMessage answer = await _site.AnswerAsync(new HttpRequestMessage(HttpMethod.Get, _site.Server.Address.PathAndQuery));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/", answer.Headers.Location!.ToString());
        string cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.0.2.1")]
    [InlineData("::")]
    public async Task Address_ThatOthersCanReach_IsRefusedWithTheRisk(string address)
    {
        InputException refused = await Assert.ThrowsAsync<InputException>(() => ReviewServer.StartAsync(_site.Results, new ReviewServerOptions { Address = IPAddress.Parse(address) }));
        Assert.Contains("not encrypted", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--expose-to-network", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_OfAllNetworksWithTheFlag_StillWantsTheToken()
    {
        await using ReviewServer open = await ReviewServer.StartAsync(_site.Results, new ReviewServerOptions { Address = IPAddress.Any, ExposeToNetwork = true });
        using HttpClient client = new(new HttpClientHandler { UseProxy = false, AllowAutoRedirect = false });
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(open.Address.GetLeftPart(UriPartial.Authority) + "/")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync(open.Address)).StatusCode);
    }

    [Fact]
    public async Task Port_InUse_IsSaid()
    {
        InputException refused = await Assert.ThrowsAsync<InputException>(() => ReviewServer.StartAsync(_site.Results, new ReviewServerOptions { Port = _site.Server.Address.Port }));
        Assert.Contains("in use", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_OpenForReview_LetsNoRunIn() =>
        Assert.Contains("another ima", Assert.Throws<InputException>(() => ReviewedResults.Open(_site.Results.FolderPath)).Message, StringComparison.Ordinal);
}
