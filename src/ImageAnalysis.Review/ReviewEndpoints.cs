using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ImageAnalysis.Review.Pages;
using ImageAnalysis.Samples;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ImageAnalysis.Review;

/// <summary>The addresses of the review: pages, parts of pages, pictures, and what changes something.</summary>
internal static class ReviewEndpoints
{
    private const string Identity = "ima-reviewer";

    public static void Map(WebApplication app, ReviewDesk desk, Func<RequestGuard> guard)
    {
        PageRenderer pages = new();
        app.MapGet("/", context => Queue(context, desk, pages, guard()));
        app.MapGet("/particle/{id}", context => Particle(context, desk, pages, guard()));
        app.MapGet("/image/{number:int}", context => Image(context, desk, pages, guard()));
        app.MapGet("/compare", context => Page<ComparePage, CompareView>(context, pages, ShellView.Of(desk, WhoIs(context, desk), guard().Token, "Agreement"), CompareView.Of(desk, WhoIs(context, desk), context.Request.Query)));
        app.MapGet("/part/summary", context => Part<SummaryTable, SummaryView>(context, pages, SummaryView.Of(desk, WhoIs(context, desk), context.Request.Query["sample"], context.Request.Query["stage"])));
        app.MapGet("/tile/{number:int}/{level:int}/{x:int}/{y:int}", context => Picture(context, desk.Results.Files.ElementAtOrDefault(Number(context, "number")) is FileResult file
            ? desk.Pictures.Tile(file, Number(context, "level"), Number(context, "x"), Number(context, "y")) : null));
        app.MapGet("/spectrum/{id}", context => Picture(context, Shown(context, desk) is ReviewItem item ? desk.Pictures.Spectrum(item) : null));
        app.MapGet("/fringes/{id}", context => Picture(context, Shown(context, desk) is ReviewItem item ? desk.Pictures.Fringes(item) : null));
        app.MapGet("/profile/{id}", context => Picture(context, Shown(context, desk) is ReviewItem item ? desk.Pictures.Profile(item, WhoIs(context, desk).Blind) : null));
        app.MapGet("/assets/{name}", context => Asset(context));
        app.MapPost("/api/decide", context => Change(context, RequestJson.Default.DecisionRequest, request =>
        {
            DecisionAnswer answer = desk.Decide(request);
            if (answer.Next.Split('?')[0].Split('/') is [_, "particle", string next] && desk.Find(next) is ReviewItem item)
            {
                _ = Task.Run(() => desk.Pictures.Prepare(item), CancellationToken.None);
            }

            return answer;
        }));
        app.MapPost("/api/undo", context => Change(context, RequestJson.Default.StepRequest, request => desk.Step(request, ReviewAction.Undo)));
        app.MapPost("/api/redo", context => Change(context, RequestJson.Default.StepRequest, request => desk.Step(request, ReviewAction.Redo)));
        app.MapPost("/api/reviewer", context => Change(context, RequestJson.Default.ReviewerRequest, request =>
        {
            string name = request.Reviewer.Trim();
            if (!ReviewerName.IsValid(name))
            {
                throw new InputException($"Found \"{name}\"; expected a name of 1 to {ReviewerName.MostCharacters} characters.");
            }

            context.Response.Cookies.Append(Identity, new ReviewerName(name, request.Blind).ToCookie(), Kept());
            return new DecisionAnswer { Done = "reviewer", Next = "/" };
        }));
        app.MapPost("/api/write", context => Change(context, RequestJson.Default.StepRequest, _ =>
        {
            desk.WriteTables();
            return new DecisionAnswer { Done = "Tables and report are written.", Next = "/" };
        }));
    }

    /// <summary>With the token in an address that is looked at, the browser is given the cookie and sent on to the address without it: what the page asks for then comes with the cookie.</summary>
    /// <returns>Whether that is the answer.</returns>
    internal static bool GivesCookie(HttpContext context, RequestGuard guard)
    {
        // A path that begins with two slashes would lead to another host.
        bool isOwn = !context.Request.Path.ToUriComponent().StartsWith("//", StringComparison.Ordinal);
        if (!isOwn || !HttpMethods.IsGet(context.Request.Method) || !guard.IsToken(context.Request.Query["token"]))
        {
            return false;
        }

        IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> others = context.Request.Query.Where(static item => item.Key != "token");
        context.Response.Cookies.Append(guard.CookieName, guard.Token, Kept());
        context.Response.Redirect(context.Request.Path.ToUriComponent() + QueryString.Create(others).ToUriComponent());
        return true;
    }

    private static async Task Queue(HttpContext context, ReviewDesk desk, PageRenderer pages, RequestGuard guard)
    {
        ReviewerName who = WhoIs(context, desk);
        QueueFilter filter = QueueFilter.Of(context.Request.Query);
        await Page<QueuePage, QueueView>(context, pages, ShellView.Of(desk, who, guard.Token, "Queue"), QueueView.Of(desk, who, filter)).ConfigureAwait(false);
    }

    private static async Task Particle(HttpContext context, ReviewDesk desk, PageRenderer pages, RequestGuard guard)
    {
        ReviewerName who = WhoIs(context, desk);
        QueueFilter filter = QueueFilter.Of(context.Request.Query);
        if (desk.Find(Text(context, "id")) is not ReviewItem item)
        {
            await Missing(context, "This particle is not there: it was never found, or a decision that had put it there was taken back.").ConfigureAwait(false);
            return;
        }

        bool settles = context.Request.Query["settle"] == "1";
        string title = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(item.Crystal is null ? "Particle" : "Crystal")} {item.Seen.ParticleId} of {item.File.File}");
        ShellView shell = ShellView.Of(desk, who, guard.Token, title);
        if (item.Crystal is not null)
        {
            await Page<CrystalPage, CrystalCard>(context, pages, shell, CrystalCard.Of(desk, item, filter, who, settles)).ConfigureAwait(false);
        }
        else
        {
            await Page<ImagePage, ImageCard>(context, pages, shell, ImageCard.Of(desk, item.File, item, filter, who, settles)).ConfigureAwait(false);
        }
    }

    private static async Task Image(HttpContext context, ReviewDesk desk, PageRenderer pages, RequestGuard guard)
    {
        ReviewerName who = WhoIs(context, desk);
        if (desk.Results.Files.ElementAtOrDefault(Number(context, "number")) is not { Role: not FileRole.Pxrd, Outcome.Kind: OutcomeKind.Measured } file)
        {
            await Missing(context, "There is no such image.").ConfigureAwait(false);
            return;
        }

        await Page<ImagePage, ImageCard>(context, pages, ShellView.Of(desk, who, guard.Token, file.File), ImageCard.Of(desk, file, null, QueueFilter.Of(context.Request.Query), who, settles: false)).ConfigureAwait(false);
    }

    private static ReviewerName WhoIs(HttpContext context, ReviewDesk desk) => ReviewerName.FromCookie(context.Request.Cookies[Identity]) ?? new ReviewerName(desk.DefaultReviewer, false);

    /// <summary>The particle of a picture, with its region as redrawn where the address asks for that.</summary>
    private static ReviewItem? Shown(HttpContext context, ReviewDesk desk)
    {
        ReviewItem? item = desk.Find(Text(context, "id"));
        return item is not null && context.Request.Query["region"] == "drawn" && desk.Now.Book.StateOf(item).Redrawn?.Crystal is { } crystal ? item with { Crystal = crystal } : item;
    }

    private static CookieOptions Kept() => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true };

    private static async Task Page<TPage, TView>(HttpContext context, PageRenderer pages, ShellView shell, TView view)
        where TPage : Microsoft.AspNetCore.Components.IComponent
        where TView : class
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(await pages.RenderAsync<TPage, TView>(shell, view).ConfigureAwait(false), context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task Part<TPage, TView>(HttpContext context, PageRenderer pages, TView view)
        where TPage : Microsoft.AspNetCore.Components.IComponent
        where TView : class
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(await pages.RenderAsync<TPage, TView>(null, view).ConfigureAwait(false), context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task Picture(HttpContext context, byte[]? png)
    {
        if (png is null)
        {
            await Missing(context, "There is no such picture.").ConfigureAwait(false);
            return;
        }

        context.Response.ContentType = "image/png";
        context.Response.ContentLength = png.Length;

        // Pictures show results, which do not change while the folder is open.
        context.Response.Headers.CacheControl = "private, max-age=3600";
        await context.Response.Body.WriteAsync(png, context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task Asset(HttpContext context)
    {
        if (AssetFiles.Of(Text(context, "name")) is not (byte[] bytes, string type))
        {
            await Missing(context, "There is no such file.").ConfigureAwait(false);
            return;
        }

        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task Missing(HttpContext context, string text)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(text, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Reads the body, does the change, and answers; whatever a person can mend is told in plain words.</summary>
    private static async Task Change<T>(HttpContext context, JsonTypeInfo<T> type, Func<T, DecisionAnswer> change)
        where T : class
    {
        if (context.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            await Refuse(context, StatusCodes.Status415UnsupportedMediaType, "Expected JSON.").ConfigureAwait(false);
            return;
        }

        T request;
        try
        {
            request = await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted).ConfigureAwait(false) ?? throw new JsonException("nothing");
        }
        catch (JsonException)
        {
            await Refuse(context, StatusCodes.Status400BadRequest, "The request is not as the pages send it.").ConfigureAwait(false);
            return;
        }
        catch (BadHttpRequestException e)
        {
            await Refuse(context, e.StatusCode, "The request is too large.").ConfigureAwait(false);
            return;
        }

        try
        {
            DecisionAnswer answer = await Task.Run(() => change(request), CancellationToken.None).ConfigureAwait(false);
            context.Response.ContentType = "application/json; charset=utf-8";
            await context.Response.WriteAsync(JsonSerializer.Serialize(answer, RequestJson.Default.DecisionAnswer), Encoding.UTF8, context.RequestAborted).ConfigureAwait(false);
        }
        catch (InputException e)
        {
            await Refuse(context, StatusCodes.Status409Conflict, e.Message).ConfigureAwait(false);
        }
    }

    private static async Task Refuse(HttpContext context, int status, string error)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(JsonSerializer.Serialize(new ErrorAnswer(error), RequestJson.Default.ErrorAnswer), Encoding.UTF8, context.RequestAborted).ConfigureAwait(false);
    }

    private static string Text(HttpContext context, string key) => context.Request.RouteValues[key]?.ToString() ?? string.Empty;

    private static int Number(HttpContext context, string key) => int.TryParse(Text(context, key), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number) ? number : -1;
}
