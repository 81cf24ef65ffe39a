using ImageAnalysis.Samples;
using Microsoft.AspNetCore.Http;

namespace ImageAnalysis.Review;

/// <summary>How far two reviewers agree, and what they differ on.</summary>
internal sealed record CompareView
{
    public required ReviewerName Who { get; init; }

    public required IReadOnlyList<string> Reviewers { get; init; }

    public required string? First { get; init; }

    public required string? Second { get; init; }

    public required IReadOnlyList<ReviewAgreement> Agreements { get; init; }

    public required IReadOnlyList<(ReviewItem Item, ReviewState State)> Disputed { get; init; }

    public required IReadOnlyList<(ReviewItem Item, ReviewState State)> Settled { get; init; }

    public static CompareView Of(ReviewDesk desk, ReviewerName who, IQueryCollection query)
    {
        Snapshot now = desk.Now;
        IReadOnlyList<string> reviewers = now.Reviewers;
        string? first = reviewers.FirstOrDefault(name => name == query["first"]) ?? (reviewers.Count > 0 ? reviewers[0] : null);
        string? second = reviewers.FirstOrDefault(name => name == query["second"] && name != first) ?? reviewers.FirstOrDefault(name => name != first);
        (ReviewItem Item, ReviewState State)[] judged = [.. now.Book.Items.Select(item => (item, now.Book.StateOf(item)))];
        return new CompareView
        {
            Who = who,
            Reviewers = reviewers,
            First = first,
            Second = second,
            Agreements = first is null || second is null ? [] : [.. ReviewAgreement.Of(now.Book, first, second)],
            Disputed = [.. judged.Where(row => row.State.Standing == ReviewStanding.Disputed)],
            Settled = [.. judged.Where(row => row.State.Standing == ReviewStanding.Adjudicated)],
        };
    }
}
