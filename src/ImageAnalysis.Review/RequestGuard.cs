using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ImageAnalysis.Review;

/// <summary>
/// Decides for each request whether it comes from the reviewer's own pages. Any web page that is open in the same browser can send requests to this computer; what it
/// can not do is to know the token, to give itself our address as its origin, or to read our cookie.
/// </summary>
/// <remarks>
/// Host: against names of other sites that are made to point at this computer (DNS rebinding). Origin and token header: against forged requests; a page of another site can send neither
/// without being asked for permission first, which is not given. Cookie: so that pictures and pages, too, are for this browser alone.
/// </remarks>
internal sealed class RequestGuard
{
    public const string TokenHeader = "X-Review-Token";

    private readonly byte[] _token;
    private readonly HashSet<string> _hosts;
    private readonly int _port;

    public RequestGuard(string token, IPAddress address, int port)
    {
        Token = token;
        _token = Encoding.ASCII.GetBytes(token);
        _port = port;
        string shown = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
        _hosts = IPAddress.IsLoopback(address) ? ["127.0.0.1", "localhost", "[::1]"] : [shown];
        AnyHost = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
    }

    public string Token { get; }

    /// <summary>True where the server listens at all addresses, whose names it cannot know.</summary>
    private bool AnyHost { get; }

    public string CookieName => string.Create(CultureInfo.InvariantCulture, $"ima-review-{_port}");

    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Why a request is refused; <c>null</c> where it is not.</summary>
    public (int Status, string Reason)? Refusal(HttpRequest request)
    {
        if (request.Host.Port != _port || !(AnyHost || _hosts.Contains(request.Host.Host)))
        {
            return (StatusCodes.Status421MisdirectedRequest, "This address is not the one of the review.");
        }

        bool changes = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
        string? origin = request.Headers.Origin;
        if (changes && origin != $"http://{request.Host}")
        {
            return (StatusCodes.Status403Forbidden, "The request comes from another site.");
        }

        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site" && (changes || request.Headers["Sec-Fetch-Mode"] != "navigate"))
        {
            return (StatusCodes.Status403Forbidden, "The request comes from another site.");
        }

        if (changes && !IsToken(request.Headers[TokenHeader]))
        {
            return (StatusCodes.Status403Forbidden, "The token is missing or not the one of this review. Open the address that ima review has printed.");
        }

        return IsToken(request.Cookies[CookieName]) || IsToken(request.Query["token"])
            ? null
            : (StatusCodes.Status403Forbidden, "This browser does not know the token. Open the whole address that ima review has printed, with ?token= and what follows.");
    }

    /// <summary>Whether a text is the token; the time it takes says nothing about it.</summary>
    public bool IsToken(string? text) => text is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), _token);

    /// <summary>Headers that keep a page from loading, or being put into, anything of others.</summary>
    public static void Protect(HttpResponse response)
    {
        IHeaderDictionary headers = response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }
}
