using ImageAnalysis.Samples;
using Microsoft.Playwright;

namespace ImageAnalysis.Review.Tests;

/// <summary>Pictures of the pages for a person to look at, in <c>artifacts/review-pictures</c>.</summary>
[Collection(ReviewCollection.Name)]
public sealed class GuidePicturesTests(DrawnResults drawn, Browser browser)
{
    [BrowserFact]
    public async Task Pages_LightDarkSmallAndLarge_FitTheirWindow()
    {
        string folder = Directory.CreateDirectory(ImageAnalysis.Tests.RepositoryFolder.PathOf("artifacts/review-pictures")).FullName;
        await using ReviewSite site = await ReviewSite.StartAsync(drawn.Copy());
        foreach ((string name, int width, int height, ColorScheme colours) in ((string, int, int, ColorScheme)[])[("720", 1280, 720, ColorScheme.Light), ("dark", 1280, 720, ColorScheme.Dark), ("4k", 3840, 2160, ColorScheme.Light)])
        {
            IPage page = await browser.OpenAsync(site, width, height, colours);
            await page.WaitForSelectorAsync("#summary[data-ready]");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"queue-{name}.png") });
            await page.GotoAsync(site.Origin + "/particle/" + site.Results.Found.First(item => item.Crystal is not null).Id);
            await page.WaitForSelectorAsync("#summary[data-ready]", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"crystal-{name}.png") });
            await page.GotoAsync(site.Origin + "/particle/" + site.Results.Found.First(item => item.Size is { TouchesNeighbour: true }).Id);
            await page.WaitForSelectorAsync("#summary[data-ready]");
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"image-{name}.png") });
            await page.Context.CloseAsync();
        }
    }

    /// <summary>The pictures of docs/review.md, where <c>IMA_GUIDE_PICTURES</c> names their folder.</summary>
    [BrowserFact]
    public async Task GuidePages_Pictures_AreOfTheDrawnSamples()
    {
        string? folder = Environment.GetEnvironmentVariable("IMA_GUIDE_PICTURES");
        await using ReviewSite site = await ReviewSite.StartAsync(drawn.Copy());
        IPage page = await browser.OpenAsync(site);
        ReviewItem pair = site.Results.Found.First(item => item.Size is { TouchesNeighbour: true });
        await site.DecideAsync(ReviewSite.Decision("delete", pair.Id));
        foreach ((string name, ReviewItem item) in ((string, ReviewItem)[])[("crystal", site.Results.Found.First(item => item.Seen.Verdict == "superstructure")), ("image", pair)])
        {
            await page.GotoAsync($"{site.Origin}/particle/{item.Id}");
            await page.WaitForSelectorAsync("#summary[data-ready]", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            Assert.True(await page.IsVisibleAsync(".simulated"));
            byte[] picture = await page.ScreenshotAsync(new PageScreenshotOptions { Type = ScreenshotType.Jpeg, Quality = 70 });
            Assert.InRange(picture.Length, 20_000, 150_000);
            if (folder is not null)
            {
                await File.WriteAllBytesAsync(ImageAnalysis.Tests.RepositoryFolder.PathOf($"{folder}/review-{name}.jpg"), picture);
            }
        }

        await page.Context.CloseAsync();
    }
}
