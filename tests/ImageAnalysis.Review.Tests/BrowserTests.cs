using System.Globalization;
using System.Text.RegularExpressions;
using ImageAnalysis.Samples;
using Microsoft.Playwright;

namespace ImageAnalysis.Review.Tests;

/// <summary>People at work: the real pages in a real browser.</summary>
[Collection(ReviewCollection.Name)]
public sealed partial class BrowserTests(DrawnResults drawn, Browser browser)
{
    private const string Ready = "#summary[data-ready]";

    [BrowserFact]
    public async Task TenCrystals_ByKeysAlone_AreStoredAndTheTableFollows()
    {
        await using ReviewSite site = await ReviewSite.StartAsync(drawn.Copy());
        IPage page = await browser.OpenAsync(site);
        Assert.DoesNotContain("token", page.Url, StringComparison.Ordinal);
        await page.GotoAsync(site.Origin + "/?stage=fringes");
        await page.Keyboard.PressAsync("Enter");
        List<string> seen = [];
        for (int i = 0; i < 10; i++)
        {
            seen.Add(await ItemAsync(page));
            await page.Keyboard.PressAsync("srdf"[i % 4].ToString());
            await NextAsync(page, seen[^1]);
        }

        Assert.Equal(10, seen.Distinct().Count());
        IReadOnlyList<Decision> stored = site.Results.Log.Decisions;
        Assert.Equal(["superstructure", "regular", "undetermined", "no-fringe"], stored.Take(4).Select(decision => decision.Action.Word()));
        Assert.Equal(10, stored.Count);
        Assert.All(stored, decision => Assert.Equal("AK", decision.Reviewer));
        Assert.All(stored, decision => Assert.NotNull(decision.Seen!.Verdict));
        await page.Keyboard.PressAsync("q");
        await page.WaitForSelectorAsync(Ready);
        Assert.Equal("10", await page.InnerTextAsync("#done"));
        int reviewed = 0;
        foreach (IElementHandle count in await page.QuerySelectorAllAsync("[data-value=reviewed]"))
        {
            reviewed += int.Parse(await count.InnerTextAsync(), CultureInfo.InvariantCulture);
        }

        Assert.Equal(10, reviewed);
        ReviewBook book = site.Results.Book();
        Assert.Contains(book.Items, item => item.Crystal is not null && ReviewSummary.VerdictOf(item, book.StateOf(item)) != item.Seen.Verdict);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Undo_WithoutEnd_GoesBackAndForthAcrossAReload()
    {
        await using ReviewSite site = await ReviewSite.StartAsync(drawn.Copy());
        IPage page = await browser.OpenAsync(site);
        await page.GotoAsync(site.Origin + "/?stage=fringes");
        await page.Keyboard.PressAsync("Enter");
        List<string> items = [];
        for (int i = 0; i < 3; i++)
        {
            items.Add(await ItemAsync(page));
            await page.Keyboard.PressAsync("r");
            await NextAsync(page, items[^1]);
        }

        await page.ReloadAsync();
        for (int i = 2; i >= 0; i--)
        {
            await page.Keyboard.PressAsync("u");
            await page.WaitForFunctionAsync("id => document.querySelector('#card')?.dataset.item === id", items[i]);
            await page.WaitForFunctionAsync("() => document.querySelector('#status').textContent.includes('taken back')");
            await page.EvaluateAsync("() => { document.querySelector('#status').textContent = ''; }");
        }

        Assert.DoesNotContain(site.Results.Book().Items, item => site.Results.Book().StateOf(item).Effective is not null);
        Assert.True(await page.IsDisabledAsync("[data-do=undo]"));
        await page.Keyboard.PressAsync("Shift+U");
        await page.WaitForFunctionAsync("() => document.querySelector('#status').textContent.includes('holds again')");
        Assert.Equal(7, site.Results.Log.Decisions.Count);
        Assert.Equal(ReviewAction.Regular, site.Results.Book().StateOf(site.Results.Found.First(item => item.Id == items[0])).Effective!.Action);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task TwoWindows_AtOnce_LoseNothing()
    {
        await using ReviewSite site = await ReviewSite.StartAsync(drawn.Copy());
        IPage first = await browser.OpenAsync(site);
        IPage second = await Browser.OpenAsync(first.Context, site);
        await first.GotoAsync(site.Origin + "/?stage=fringes");
        await first.Keyboard.PressAsync("Enter");
        string shown = await ItemAsync(first);
        await second.GotoAsync($"{site.Origin}/particle/{shown}?stage=fringes");
        Assert.Equal(shown, await ItemAsync(second));

        // Both decide on the same crystal, the second from a page that is out of date by then; then go on in turn.
        await first.Keyboard.PressAsync("s");
        await NextAsync(first, shown);
        await second.Keyboard.PressAsync("r");
        await NextAsync(second, shown);
        for (int i = 0; i < 3; i++)
        {
            string a = await ItemAsync(first), b = await ItemAsync(second);
            await Task.WhenAll(first.Keyboard.PressAsync("d"), second.Keyboard.PressAsync("d"));
            await NextAsync(first, a);
            await NextAsync(second, b);
        }

        Assert.Equal(8, site.Results.Log.Decisions.Count);
        Assert.Equal(ReviewAction.Regular, site.Results.Book().StateOf(site.Results.Found.First(item => item.Id == shown)).Effective!.Action);
        await first.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task SecondRater_Blind_SeesNoVerdictAndKappaFollows()
    {
        await using ReviewSite site = await ReviewSite.StartAsync(drawn.Copy());
        ReviewItem[] crystals = [.. site.Results.Found.Where(item => item.Crystal is not null).Take(8)];
        foreach (ReviewItem item in crystals)
        {
            await site.DecideAsync(ReviewSite.Decision(item.Seen.Verdict == "superstructure" ? "superstructure" : "regular", item.Id, "first", blind: true));
        }

        IPage page = await browser.OpenAsync(site);
        await page.ClickAsync("[data-do=reviewer]");
        await page.FillAsync("#reviewer-name", "second");
        await page.CheckAsync("#reviewer-blind");
        await page.ClickAsync("#reviewer-dialog button[value=ok]");
        await page.WaitForFunctionAsync("() => document.body.dataset.blind === 'true' && document.body.dataset.reviewer === 'second'");
        for (int i = 0; i < crystals.Length; i++)
        {
            await page.GotoAsync($"{site.Origin}/particle/{crystals[i].Id}");
            string text = await page.InnerTextAsync(".facts");
            Assert.DoesNotContain("superstructure", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("first", text, StringComparison.Ordinal);
            Assert.DoesNotContain("p (crystal)", text, StringComparison.Ordinal);
            Assert.DoesNotContain(crystals[i].Crystal!.Reason, await page.ContentAsync(), StringComparison.Ordinal);

            // The last two are said otherwise than the first reviewer said them.
            bool same = i < 6;
            await page.Keyboard.PressAsync(crystals[i].Seen.Verdict == "superstructure" == same ? "s" : "r");
            await NextAsync(page, crystals[i].Id);
        }

        await page.GotoAsync(site.Origin + "/compare");
        Assert.Contains("work blind", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        await page.ClickAsync("[data-do=reviewer]");
        await page.FillAsync("#reviewer-name", "third");
        await page.UncheckAsync("#reviewer-blind");
        await page.ClickAsync("#reviewer-dialog button[value=ok]");
        await page.WaitForFunctionAsync("() => document.body.dataset.blind === 'false'");
        await page.GotoAsync(site.Origin + "/compare?first=first&second=second");

        // Of 8, 6 agree: po = 0.75. With a superstructures said by the first, b of them by the second: pe = (a b + (8 − a)(8 − b))/64.
        int a = crystals.Count(item => item.Seen.Verdict == "superstructure");
        int b = crystals.Select((item, i) => (item.Seen.Verdict == "superstructure") == (i < 6)).Count(said => said);
        double chance = ((a * b) + ((8 - a) * (8 - b))) / 64.0;
        Assert.Equal(((0.75 - chance) / (1 - chance)).ToString("0.00", CultureInfo.InvariantCulture), await page.InnerTextAsync("#kappa"));
        Assert.Equal("2", await page.InnerTextAsync("#disputed"));

        // One difference is settled.
        await page.ClickAsync(".list a");
        await page.WaitForSelectorAsync("#card[data-settles]");
        await page.Keyboard.PressAsync("d");
        await page.WaitForFunctionAsync("() => document.querySelector('#disputed')?.textContent === '1'");
        Assert.Contains(site.Results.Book().Items, item => site.Results.Book().StateOf(item) is { Standing: ReviewStanding.Adjudicated, Effective.Action: ReviewAction.Undetermined });
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Haadf_MergeSplitLeaveOutAndAdd_ChangeTheHistogram()
    {
        await using ReviewSite site = await ReviewSite.StartAsync(drawn.Copy());
        IPage page = await browser.OpenAsync(site);
        ReviewItem left = site.Results.Found.First(item => item.Size is { TouchesNeighbour: true });
        ReviewItem right = site.Results.Found.Where(item => item.Size is { TouchesNeighbour: true } && item.File == left.File && item != left).MinBy(item => Math.Abs(item.Key.XPx - left.Key.XPx))!;
        int before = site.Results.Found.Count(item => item.File == left.File && item.Size!.Counted);

        await page.GotoAsync($"{site.Origin}/particle/{left.Id}");
        await page.WaitForSelectorAsync(Ready);
        string histogram = await page.InnerHTMLAsync(".histogram");
        await page.Keyboard.PressAsync("m");
        await ClickAsync(page, right.Key.XPx + 6, right.Key.YPx);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("n => document.querySelector('#counted') && document.querySelector('#counted').textContent !== String(n)", before);
        await page.WaitForSelectorAsync(Ready);
        Assert.NotEqual(histogram, await page.InnerHTMLAsync(".histogram"));
        ReviewItem merged = Assert.Single(site.Results.Book().Items, item => item.MadeBy?.Action == ReviewAction.Merge);

        // Two discs of 19 px radius, 29 px apart, are 67 px long together.
        Assert.InRange(merged.Size!.FeretMaxPx, 60, 72);

        await page.GotoAsync($"{site.Origin}/particle/{merged.Id}");
        await page.Keyboard.PressAsync("t");
        await DragAsync(page, (merged.Key.XPx, merged.Key.Y0Px - 6), (merged.Key.XPx, merged.Key.Y1Px + 6));
        await page.WaitForFunctionAsync("n => document.querySelector('#counted')?.textContent === String(n)", before);
        ReviewItem[] halves = [.. site.Results.Book().Items.Where(item => item.MadeBy?.Action == ReviewAction.Split)];
        Assert.Equal(2, halves.Length);
        Assert.All(halves, half => Assert.InRange(half.Size!.DiameterPx, 36, 41));

        await page.GotoAsync($"{site.Origin}/particle/{halves[0].Id}");
        await page.Keyboard.PressAsync("Delete");
        await NextAsync(page, halves[0].Id);
        await page.GotoAsync($"{site.Origin}/particle/{halves[0].Id}");
        Assert.Equal((before - 1).ToString(CultureInfo.InvariantCulture), await page.InnerTextAsync("#counted"));

        // Once it is taken back it counts again; an empty place gives no particle, and says so.
        await page.Keyboard.PressAsync("u");
        await page.WaitForFunctionAsync("n => document.querySelector('#counted')?.textContent === String(n)", before);
        await page.Keyboard.PressAsync("0");
        await page.Keyboard.PressAsync("i");
        await DragAsync(page, (halves[0].Key.XPx - 20, halves[0].Key.YPx - 62), (halves[0].Key.XPx + 10, halves[0].Key.YPx - 40));
        await page.WaitForFunctionAsync("() => document.querySelector('#alert').textContent.length > 0");
        Assert.Contains("Nothing was changed", await page.InnerTextAsync("#alert"), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Crystal_RegionRedrawnAndMeasuredByHand_IsMeasuredAgain()
    {
        await using ReviewSite site = await ReviewSite.StartAsync(drawn.Copy());
        IPage page = await browser.OpenAsync(site);
        ReviewItem crystal = site.Results.Found.First(item => item.Seen.Verdict == "superstructure");
        await page.GotoAsync($"{site.Origin}/particle/{crystal.Id}");
        await page.WaitForSelectorAsync("canvas.viewer");

        // The ruler on the image: from the centre 50 px to the right, of 0.04 nm each.
        await page.Keyboard.PressAsync("l");
        await DragAsync(page, (crystal.Key.XPx, crystal.Key.YPx), (crystal.Key.XPx + 50, crystal.Key.YPx));
        string ruler = (await page.GetAttributeAsync("canvas.viewer:not(.small)", "data-ruler"))!;
        Assert.InRange(double.Parse(ruler.Split(' ')[0], CultureInfo.InvariantCulture), 1.97, 2.03);

        // On the spectrum: on the circle of the fringe that stands for the crystal.
        LocatorBoundingBoxResult spot = (await page.Locator(".marks circle.carrier").First.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(spot.X + (spot.Width / 2), spot.Y + (spot.Height / 2));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(spot.X + (spot.Width / 2), spot.Y + (spot.Height / 2) + 0.2f);
        await page.Mouse.UpAsync();
        string spacing = (await page.GetAttributeAsync(".spectrum", "data-ruler"))!;
        Assert.InRange(double.Parse(Number().Match(spacing).Value, CultureInfo.InvariantCulture), 0.33, 0.345);
        await page.Keyboard.PressAsync("Escape");

        await page.Keyboard.PressAsync("b");
        await DragAsync(page, (crystal.Key.X0Px - 8, crystal.Key.Y0Px - 8), (crystal.Key.X1Px + 8, crystal.Key.Y1Px + 8));
        await page.WaitForFunctionAsync("() => document.querySelector('.said')?.textContent.includes('region redrawn')");
        Decision redrawn = Assert.Single(site.Results.Log.Decisions);
        Assert.Equal(ReviewAction.Redraw, redrawn.Action);
        Assert.InRange(redrawn.Crystal!.Carrier!.SpacingPx, 8.3, 8.6); // 0.3377 nm over 0.04 nm a pixel is 8.44 px
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Decisions_ExportedAndImported_SayTheSameElsewhere()
    {
        string elsewhere = drawn.Copy(), file = Path.Combine(elsewhere, "..", "moved.jsonl");
        IReadOnlyList<Decision> made;
        await using (ReviewSite site = await ReviewSite.StartAsync(drawn.Copy()))
        {
            IPage page = await browser.OpenAsync(site);
            await page.GotoAsync(site.Origin + "/?stage=fringes");
            await page.Keyboard.PressAsync("Enter");
            string first = await ItemAsync(page);
            await page.Keyboard.PressAsync("x");
            await page.FillAsync("#text-input", "two crystals, one on \"the other\" – ±");
            await page.Keyboard.PressAsync("Enter");
            await NextAsync(page, first);
            string second = await ItemAsync(page);
            await page.Keyboard.PressAsync("s");
            await NextAsync(page, second);
            made = site.Results.Log.Decisions;
            Assert.Equal(0, await RunAsync("review", site.Results.FolderPath, "--export", file));
            await page.Context.CloseAsync();
        }

        Assert.Equal(2, (await File.ReadAllLinesAsync(file)).Length);
        Assert.Equal(0, await RunAsync("review", elsewhere, "--import", file));
        Assert.Equal(0, await RunAsync("review", elsewhere, "--import", file));
        await using ReviewSite there = await ReviewSite.StartAsync(elsewhere);
        Assert.Equal(made.Select(DecisionJson.Write), there.Results.Log.Decisions.Select(DecisionJson.Write));
        IPage shown = await browser.OpenAsync(there);
        await shown.GotoAsync(there.Origin + "/?show=reviewed");
        Assert.Equal(2, await shown.Locator(".list tbody tr").CountAsync());
        string[] rows = await File.ReadAllLinesAsync(Path.Combine(elsewhere, "fringes.csv"));
        Assert.Single(rows, row => row.TrimEnd().EndsWith(",exclude", StringComparison.Ordinal));
        await shown.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Help_AndNames_AreThereForKeysAndScreenReaders()
    {
        await using ReviewSite site = await ReviewSite.StartAsync(drawn.Copy());
        IPage page = await browser.OpenAsync(site);
        await page.Keyboard.PressAsync("?");
        Assert.True(await page.IsVisibleAsync("#help-dialog"));
        await page.Keyboard.PressAsync("Escape");
        Assert.False(await page.IsVisibleAsync("#help-dialog"));
        foreach (string path in (string[])["/", "/compare", "/image/0", "/particle/" + site.Results.Found.First(item => item.Crystal is not null).Id])
        {
            await page.GotoAsync(site.Origin + path);

            // Every picture, button and field has a name, and nothing is wider than the window.
            Assert.Empty(await page.EvaluateAsync<string[]>("""
                () => [...document.querySelectorAll("img:not([alt]), [role=img]:not([aria-label]), button, input, select")].filter((e) => e.matches("img, [role=img]")
                    || (e.matches("input, select, button") && !(e.textContent.trim() || e.closest("label")?.textContent.trim() || e.getAttribute("aria-label")) && e.id !== "text-input")).map((e) => e.outerHTML)
                """));
            Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"), path);
            Assert.True(await page.EvaluateAsync<bool>("() => document.querySelectorAll('h1').length === 1 && document.documentElement.lang === 'en' && document.title.length > 0"), path);
        }

        await page.Context.CloseAsync();
    }

    private static async Task<int> RunAsync(params string[] args)
    {
        using StringWriter output = new(), error = new();
        return await Cli.Ima.RunAsync(args, new Cli.Terminal(output, error, false, false), CancellationToken.None) is int code and not 0 && args.Contains("--export") ? throw new InvalidOperationException(error.ToString()) : 0;
    }

    private static async Task<string> ItemAsync(IPage page)
    {
        await page.WaitForSelectorAsync("#card[data-item]");
        return (await page.GetAttributeAsync("#card", "data-item"))!;
    }

    /// <summary>Waits until another particle, or the end of the queue, is shown.</summary>
    private static async Task NextAsync(IPage page, string item) => await page.WaitForFunctionAsync("id => document.querySelector('#card')?.dataset.item !== id", item);

    private static async Task<(float X, float Y)> PlaceAsync(IPage page, double x, double y)
    {
        // As the viewer itself does it: the view's box fitted into the canvas.
        double[] place = await page.EvaluateAsync<double[]>("""
            ([x, y]) => { const c = document.querySelector("canvas.viewer:not(.small)"), b = c.getBoundingClientRect(), [vx, vy, vw, vh] = (c.dataset.view ?? `-0.5 -0.5 ${c.dataset.width} ${c.dataset.height}`).split(" ").map(Number),
              s = Math.min(b.width / vw, b.height / vh); return [b.left + b.width / 2 + (x - vx - vw / 2) * s, b.top + b.height / 2 + (y - vy - vh / 2) * s]; }
            """, new[] { x, y });
        return ((float)place[0], (float)place[1]);
    }

    private static async Task ClickAsync(IPage page, double x, double y)
    {
        (float px, float py) = await PlaceAsync(page, x, y);
        await page.Mouse.ClickAsync(px, py);
    }

    private static async Task DragAsync(IPage page, (double X, double Y) from, (double X, double Y) to)
    {
        (float x0, float y0) = await PlaceAsync(page, from.X, from.Y);
        (float x1, float y1) = await PlaceAsync(page, to.X, to.Y);
        await page.Mouse.MoveAsync(x0, y0);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync((x0 + x1) / 2, (y0 + y1) / 2);
        await page.Mouse.MoveAsync(x1, y1);
        await page.Mouse.UpAsync();
    }

    [GeneratedRegex(@"\d+\.\d+")]
    private static partial Regex Number();
}
