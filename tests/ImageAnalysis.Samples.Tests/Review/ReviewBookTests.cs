using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples.Tests;

public class ReviewBookTests
{
    private static ReviewBook Book(IReadOnlyList<ReviewItem> items, params IReadOnlyList<Decision> decisions) => ReviewBook.Of(items, decisions, Decided.Hashes(items));

    [Fact]
    public void Verdict_OfOneReviewer_HoldsBesideTheAutomaticOne()
    {
        ReviewItem item = Decided.Crystal(1, 100, 100);
        ReviewState state = Book([item], Decided.On(item, ReviewAction.Superstructure)).StateOf(item);

        Assert.Equal((ReviewStanding.Single, "superstructure"), (state.Standing, state.ReviewedVerdict));
        Assert.Equal("undetermined", item.Seen.Verdict);
    }

    [Fact]
    public void LaterDecision_OfTheSameReviewer_TakesThePlaceOfTheEarlier()
    {
        ReviewItem item = Decided.Crystal(1, 100, 100);
        Decision first = Decided.On(item, ReviewAction.Superstructure), second = Decided.On(item, ReviewAction.Regular);

        // In whatever order they arrived.
        Assert.Equal("regular", Book([item], second, first).StateOf(item).ReviewedVerdict);
        Assert.Equal("superstructure", Book([item], first, second, Decided.Back(second)).StateOf(item).ReviewedVerdict);
    }

    [Fact]
    public void UndoAndRedo_AnyNumberOfTimes_EndWhereTheLastStepLeads()
    {
        ReviewItem item = Decided.Crystal(1, 100, 100);
        Decision decision = Decided.On(item, ReviewAction.Regular);
        List<Decision> all = [decision];
        for (int i = 0; i < 5; i++)
        {
            (Decision? undo, Decision? redo) = DecisionHistory.Steps(all, "A");
            Assert.Equal((decision, null), (undo, redo));
            all.Add(Decided.Back(decision));
            Assert.Equal(ReviewStanding.Open, Book([item], all).StateOf(item).Standing);
            Assert.Equal((null, decision), DecisionHistory.Steps(all, "A"));
            all.Add(Decided.Back(decision, ReviewAction.Redo));
            Assert.Equal("regular", Book([item], all).StateOf(item).ReviewedVerdict);
        }
    }

    [Fact]
    public void Undo_AfterANewDecision_CannotBeRedone()
    {
        ReviewItem item = Decided.Crystal(1, 100, 100);
        Decision first = Decided.On(item, ReviewAction.Regular), back = Decided.Back(first), second = Decided.On(item, ReviewAction.NoFringe);
        Assert.Equal((second, null), DecisionHistory.Steps([first, back, second], "A"));
        Assert.Equal((null, null), DecisionHistory.Steps([first, back, second], "B"));
    }

    [Fact]
    public void TwoReviewers_WhoDiffer_LeaveTheAutomaticVerdictUntilItIsSettled()
    {
        ReviewItem item = Decided.Crystal(1, 100, 100);
        Decision a = Decided.On(item, ReviewAction.Superstructure), b = Decided.On(item, ReviewAction.Regular, "B");
        ReviewState disputed = Book([item], a, b).StateOf(item);
        Assert.Equal((ReviewStanding.Disputed, null, "disputed"), (disputed.Standing, disputed.ReviewedVerdict, disputed.Word));
        Assert.Equal("undetermined", ReviewSummary.VerdictOf(item, disputed));

        Decision settled = Decided.On(item, ReviewAction.Regular, "C", adjudication: true);
        ReviewState after = Book([item], a, b, settled).StateOf(item);
        Assert.Equal((ReviewStanding.Adjudicated, "regular"), (after.Standing, after.ReviewedVerdict));

        // Agreement is counted on what the two said themselves: 0 of 1.
        ReviewAgreement agreement = Assert.Single(ReviewAgreement.Of(Book([item], a, b, settled), "A", "B"));
        Assert.Equal((1, 0), (agreement.Count, agreement.Table[0][0] + agreement.Table[1][1]));

        // Who decides anew after that opens it again.
        Assert.Equal(ReviewStanding.Disputed, Book([item], a, b, settled, Decided.On(item, ReviewAction.NoFringe)).StateOf(item).Standing);
    }

    [Fact]
    public void TwoReviewers_WhoSayTheSame_Agree()
    {
        ReviewItem item = Decided.Crystal(1, 100, 100);
        ReviewState state = Book([item], Decided.On(item, ReviewAction.Exclude), Decided.On(item, ReviewAction.Exclude, "B")).StateOf(item);
        Assert.Equal((ReviewStanding.Agreed, true, null), (state.Standing, state.IsExcluded, state.ReviewedVerdict));
        Assert.Equal(2, state.Notes.Count);
        Assert.Null(ReviewSummary.VerdictOf(item, state));
    }

    [Fact]
    public void Kappa_OfAKnownTable_IsAsComputedByHand()
    {
        // 10 crystals: both superstructure 4, both regular 3, A superstructure and B regular 2, the other way 1. po = 0.7; pe = (6·5 + 4·5)/100 = 0.5; κ = 0.2/0.5 = 0.4.
        ReviewItem[] items = [.. Enumerable.Range(0, 10).Select(i => Decided.Crystal(i + 1, 100 + (200 * i), 100))];
        List<Decision> decisions = [];
        for (int i = 0; i < 10; i++)
        {
            decisions.Add(Decided.On(items[i], i < 6 ? ReviewAction.Superstructure : ReviewAction.Regular));
            decisions.Add(Decided.On(items[i], i is < 4 or 9 ? ReviewAction.Superstructure : ReviewAction.Regular, "B"));
        }

        ReviewAgreement agreement = Assert.Single(ReviewAgreement.Of(Book(items, decisions), "A", "B"));
        Assert.Equal(0.4, agreement.Kappa!.KappaRatio, 12);
        Assert.InRange(agreement.Kappa.LowRatio, -1, 0.4);
        Assert.Equal(10, agreement.NotBlindCount);
    }

    [Theory]
    [InlineData(3, 0, Verdict.Undetermined, 8.5, ReviewStanding.Single)] // moved by 3 px of 100: the boxes share 94 %
    [InlineData(25, 0, Verdict.Undetermined, 8.5, ReviewStanding.Stale)] // by 25 px: 60 %
    [InlineData(60, 0, Verdict.Undetermined, 8.5, ReviewStanding.Open)] // by 60 px: another crystal
    [InlineData(0, 0, Verdict.Regular, 8.5, ReviewStanding.Stale)]
    [InlineData(0, 0, Verdict.Undetermined, 8.52, ReviewStanding.Single)]
    [InlineData(0, 0, Verdict.Undetermined, 9.0, ReviewStanding.Stale)] // another spacing
    public void Decision_AfterARunWithOtherOptions_HoldsUnlessTheCrystalChanged(double dx, double dy, Verdict verdict, double spacingPx, ReviewStanding expected)
    {
        Decision decision = Decided.On(Decided.Crystal(7, 300, 300), ReviewAction.Superstructure);
        ReviewItem now = Decided.Crystal(3, 300 + dx, 300 + dy, verdict, spacingPx: spacingPx);
        ReviewBook book = Book([now], decision);
        Assert.Equal(expected, book.StateOf(now).Standing);
        Assert.Equal(expected == ReviewStanding.Open ? 1 : 0, book.Lost.Count);
        Assert.Equal(expected == ReviewStanding.Single ? "superstructure" : VerdictWords.Of(verdict), ReviewSummary.VerdictOf(now, book.StateOf(now)));
    }

    [Fact]
    public void StaleDecision_MadeAgain_HoldsAgain()
    {
        ReviewItem before = Decided.Crystal(1, 300, 300), now = Decided.Crystal(1, 300, 300, Verdict.Regular);
        Decision old = Decided.On(before, ReviewAction.Superstructure);
        ReviewState state = Book([now], old, Decided.On(now, ReviewAction.Superstructure)).StateOf(now);
        Assert.Equal((ReviewStanding.Single, "superstructure"), (state.Standing, state.ReviewedVerdict));
        Assert.Empty(state.Stale);
    }

    [Fact]
    public void Decision_OnOtherBytesOrFrame_ChangesNothing()
    {
        ReviewItem item = Decided.Crystal(1, 300, 300);
        Decision decision = Decided.On(item, ReviewAction.Regular);
        ReviewItem otherBytes = Decided.Crystal(1, 300, 300, file: Decided.File(digit: 'c')), otherFrame = Decided.Crystal(1, 300, 300, file: Decided.File() with { Frame = 2 });
        Assert.Equal(ReviewStanding.Open, Book([otherBytes], decision).StateOf(otherBytes).Standing);
        Assert.Equal(ReviewStanding.Open, Book([otherFrame], decision).StateOf(otherFrame).Standing);
        Assert.Equal("regular", Book([Decided.Crystal(1, 300, 300, file: Decided.File("other/hrtem/renamed.tif"))], decision).Items.Select(one => Book([one], decision).StateOf(one).ReviewedVerdict).Single());
    }

    [Fact]
    public void Sizes_DeleteAcceptAndBorder_ChangeWhatIsCounted()
    {
        ReviewItem counted = Decided.Particle(Decided.Size(1, 100, 100)), left = Decided.Particle(Decided.Size(2, 300, 100, counted: false)), border = Decided.Particle(Decided.Size(3, 10, 100, border: true));
        ReviewItem[] items = [counted, left, border];
        ReviewBook book = Book(items, Decided.On(counted, ReviewAction.Delete), Decided.On(left, ReviewAction.Accept), Decided.On(border, ReviewAction.Accept));
        Assert.Equal([false, true, false], items.Select(item => ReviewedSizes.IsCounted(book, item)));
        ReviewSummary summary = Assert.Single(ReviewSummary.Of(book, ["s"]));
        Assert.Equal((1, 1, 2, true), (summary.AutomaticSizedCount, summary.FeretMax.Count, summary.MovedCount, summary.SizesMoved));
    }

    [Fact]
    public void Sizes_SplitThenPartDeleted_CountsTheOtherPart()
    {
        ReviewItem whole = Decided.Particle(Decided.Size(1, 100, 100, 60)), other = Decided.Particle(Decided.Size(2, 300, 100));
        Decision split = Decided.On(whole, ReviewAction.Split) with { OptionsHash = Decided.Options, Sizes = [Decided.Size(1, 85, 100, 30), Decided.Size(1, 115, 100, 30)] };
        ReviewBook book = Book([whole, other], split);
        ReviewItem[] parts = [.. book.Items.Where(item => item.MadeBy is not null)];
        Assert.Equal(2, parts.Length);
        Assert.Contains(whole.Id, book.Replaced);
        Assert.Equal([3, 3, 4], Sizes(book));

        Decision delete = Decided.On(parts[0], ReviewAction.Delete);
        Assert.Equal([3, 4], Sizes(Book([whole, other], split, delete)));

        // Once the split is taken back, the decision on its part is about nothing.
        ReviewBook undone = Book([whole, other], split, delete, Decided.Back(split));
        Assert.Equal([4, 6], Sizes(undone));
        Assert.Equal(delete.Id, Assert.Single(undone.Lost).Id);
    }

    [Fact]
    public void Sizes_MergeAndAdd_StandInTheirPlaces()
    {
        ReviewItem one = Decided.Particle(Decided.Size(1, 100, 100, 30)), two = Decided.Particle(Decided.Size(2, 125, 100, 30));
        Decision merge = Decided.On(one, ReviewAction.Merge) with { Others = [two.Key], OptionsHash = Decided.Options, Sizes = [Decided.Size(1, 112, 100, 50)] };
        SizeMeasurement overlooked = Decided.Size(1, 500, 500, 20);
        Decision add = Decided.On(Decided.Particle(overlooked), ReviewAction.Add) with { Seen = null, OptionsHash = Decided.Options, Sizes = [overlooked] };
        Assert.Equal([2, 5], Sizes(Book([one, two], merge, add)));

        // A run that finds the particle by itself needs no adding; a run with other options measures nothing of it.
        ReviewItem found = Decided.Particle(Decided.Size(3, 500, 500, 21));
        Assert.Equal([2.1, 5], Sizes(Book([one, two, found], merge, add)));
        Assert.Equal([3, 3], Sizes(ReviewBook.Of([one, two], [merge, add], new Dictionary<string, string> { [one.File.File] = "options-2" })));
    }

    [Fact]
    public void Crystal_AddedAndRedrawn_IsCountedWithItsOwnVerdict()
    {
        ReviewItem item = Decided.Crystal(1, 100, 100), drawn = Decided.Crystal(9, 500, 500, Verdict.Superstructure);
        Decision add = Decided.On(drawn, ReviewAction.Add) with { Seen = null, OptionsHash = Decided.Options, Crystal = drawn.Crystal };
        Decision redraw = Decided.On(item, ReviewAction.Redraw) with { OptionsHash = Decided.Options, Crystal = item.Crystal! with { Verdict = Verdict.Regular } };
        ReviewBook book = Book([item], add, redraw);
        ReviewSummary summary = Assert.Single(ReviewSummary.Of(book, ["s"]));
        Assert.Equal(new VerdictCounts(0, 0, 1, 0), summary.Automatic);
        Assert.Equal(new VerdictCounts(1, 1, 0, 0), summary.Reviewed);
        Assert.Equal(new VerdictCounts(2, 0, 0, 0), ReviewSummary.Of(Book([item], add, redraw, Decided.On(item, ReviewAction.Superstructure)), ["s"])[0].Reviewed);
    }

    [Fact]
    public void Book_OfManyDecisions_IsTheSameForAnyOrderOfArrival()
    {
        Random random = new(5);
        ReviewItem[] items = [.. Enumerable.Range(0, 30).Select(i => Decided.Crystal(i + 1, 100 + (150 * (i % 6)), 100 + (150 * (i / 6))))];
        List<Decision> decisions = [];
        for (int i = 0; i < 300; i++)
        {
            Decision[] open = [.. decisions.Where(decision => decision.Action.IsVerdict())];
            decisions.Add(open.Length > 5 && random.Next(4) == 0
                ? Decided.Back(open[random.Next(open.Length)], random.Next(2) == 0 ? ReviewAction.Undo : ReviewAction.Redo)
                : Decided.On(items[random.Next(30)], (ReviewAction)random.Next(4), random.Next(2) == 0 ? "A" : "B"));
        }

        Decision[] shuffled = [.. decisions];
        random.Shuffle(shuffled);
        ReviewBook one = Book(items, decisions), two = Book(items, shuffled);
        Assert.All(items, item => Assert.Equal((one.StateOf(item).Standing, one.StateOf(item).Effective?.Id), (two.StateOf(item).Standing, two.StateOf(item).Effective?.Id)));
    }

    [Fact]
    public void Cut_AcrossASquare_GivesItsHalves()
    {
        PointPx[] square = [new(0, 0), new(10, 0), new(10, 10), new(0, 10)];
        IReadOnlyList<IReadOnlyList<PointPx>> halves = OutlineCut.Halves(square, new PointPx(4, -1), new PointPx(4, 11))!;
        Assert.Equal([40.0, 60.0], halves.Select(half => Polygons.Area(half)).Order());
        Assert.Null(OutlineCut.Halves(square, new PointPx(0.5, -1), new PointPx(0.5, 11))); // a twentieth of the area
        Assert.Null(OutlineCut.Halves(square, new PointPx(20, 0), new PointPx(20, 1)));
        Assert.Null(OutlineCut.Halves(square, new PointPx(3, 3), new PointPx(3, 3)));
    }

    /// <summary>Counted long axes in nm, in order.</summary>
    private static double[] Sizes(ReviewBook book) => [.. ReviewSummary.Of(book, ["s"])[0].FeretMax.Select(size => Math.Round(size.SizeNm, 6)).Order()];
}
