using System.Net;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Review.Tests;

/// <summary>What a person draws is measured by the engine with the run's options, and laid upon the results.</summary>
[Collection(ReviewCollection.Name)]
public sealed class RegionTests(DrawnResults drawn) : IAsyncLifetime
{
    private ReviewSite _site = null!;

    public async Task InitializeAsync() => _site = await ReviewSite.StartAsync(drawn.Copy());

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Split_OfAPairThatWasMerged_GivesTheTwoBack()
    {
        (ReviewItem left, ReviewItem right) = Pair();
        Dictionary<string, object?> merge = ReviewSite.Decision("merge", left.Id);
        merge["others"] = new[] { right.Id };
        await DecidedAsync(merge);
        ReviewItem merged = Assert.Single(_site.Results.Book().Items, item => item.MadeBy is not null);
        Assert.Contains(left.Id, _site.Results.Book().Replaced);
        Assert.Contains(right.Id, _site.Results.Book().Replaced);

        Dictionary<string, object?> split = ReviewSite.Decision("split", merged.Id);
        split["drawn"] = new[] { merged.Key.XPx, merged.Key.Y0Px - 5, merged.Key.XPx, merged.Key.Y1Px + 5 };
        await DecidedAsync(split);
        ReviewItem[] halves = [.. _site.Results.Book().Items.Where(item => item.MadeBy?.Action == ReviewAction.Split).OrderBy(item => item.Key.XPx)];
        Assert.Equal(2, halves.Length);

        // The fit begins elsewhere than the program's own and ends at the same place: within a few of its standard deviations of 1 %.
        foreach ((ReviewItem half, ReviewItem own) in halves.Zip((ReviewItem[])[left, right]))
        {
            Assert.InRange(half.Size!.DiameterPx, 0.97 * own.Size!.DiameterPx, 1.03 * own.Size.DiameterPx);
            Assert.InRange(half.Key.XPx, own.Key.XPx - 1, own.Key.XPx + 1);
            Assert.Equal(own.Size.Counted, half.Size.Counted);
        }
    }

    private (ReviewItem Left, ReviewItem Right) Pair()
    {
        ReviewItem left = _site.Results.Found.First(item => item.Size is { TouchesNeighbour: true });
        ReviewItem other = _site.Results.Found.Where(item => item.Size is { TouchesNeighbour: true } && item.File == left.File && item != left).MinBy(item => Math.Abs(item.Key.XPx - left.Key.XPx))!;
        return left.Key.XPx < other.Key.XPx ? (left, other) : (other, left);
    }

    private async Task DecidedAsync(Dictionary<string, object?> decision)
    {
        (HttpStatusCode code, string text) = await _site.DecideAsync(decision);
        Assert.True(code == HttpStatusCode.OK, text);
    }
}
