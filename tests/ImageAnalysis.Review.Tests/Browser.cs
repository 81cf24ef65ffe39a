using Microsoft.Playwright;

namespace ImageAnalysis.Review.Tests;

/// <summary>The one browser of all tests: the Chromium of this machine, without a window.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] _usualPlaces = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "C:/Program Files/Google/Chrome/Application/chrome.exe"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The program; the variable <c>IMA_CHROMIUM</c> names it where it is in no usual place.</summary>
    public static string? Program { get; } = Environment.GetEnvironmentVariable("IMA_CHROMIUM") is { Length: > 0 } named ? named : _usualPlaces.FirstOrDefault(File.Exists);

    public async Task InitializeAsync()
    {
        if (Program is null)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            Headless = true,
            Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>A window of its own, with cookies of its own, on the queue.</summary>
    internal async Task<IPage> OpenAsync(ReviewSite site, int width = 1280, int height = 720, ColorScheme colours = ColorScheme.Light)
    {
        IBrowserContext context = await _browser!.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = colours, ReducedMotion = ReducedMotion.Reduce });
        context.SetDefaultTimeout(10_000);
        return await OpenAsync(context, site);
    }

    /// <summary>A further window of the same browser.</summary>
    internal static async Task<IPage> OpenAsync(IBrowserContext context, ReviewSite site)
    {
        IPage page = await context.NewPageAsync();
        page.PageError += (_, error) => throw new InvalidOperationException($"A script of the page failed: {error}");
        await page.GotoAsync(site.Server.Address.ToString());
        return page;
    }
}

/// <summary>A test in a browser, skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Browser.Program is null)
        {
            Skip = "no Chromium was found in its usual places (set IMA_CHROMIUM)";
        }
    }
}

/// <summary>Tests that share the drawn results and the browser.</summary>
[CollectionDefinition(Name)]
public sealed class ReviewCollection : ICollectionFixture<DrawnResults>, ICollectionFixture<Browser>
{
    public const string Name = "review";
}
