using ImageAnalysis.Core;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples;

/// <summary>Numbers of crystals of each verdict.</summary>
/// <param name="Superstructure">Crystals with the superstructure.</param>
/// <param name="Regular">Crystals without.</param>
/// <param name="Undetermined">Crystals that cannot be told.</param>
/// <param name="NoFringe">Crystals without a tested fringe in view; in no denominator.</param>
public sealed record VerdictCounts(int Superstructure, int Regular, int Undetermined, int NoFringe)
{
    /// <summary>The denominator: crystals whose tested fringes are in view.</summary>
    public int Fringes => Superstructure + Regular + Undetermined;

    /// <summary>The fraction with the superstructure, with its interval; <c>null</c> where there is no crystal.</summary>
    public OrderedCount? Fraction => Fringes == 0 ? null : new OrderedCount(Superstructure, Fringes);

    /// <summary>Counts words as in the column <c>verdict</c>.</summary>
    /// <param name="verdicts">The words; <c>null</c> for crystals that are excluded.</param>
    /// <returns>The counts.</returns>
    internal static VerdictCounts Of(IEnumerable<string?> verdicts)
    {
        Dictionary<string, int> counts = verdicts.OfType<string>().CountBy(word => word).ToDictionary();
        return new VerdictCounts(counts.GetValueOrDefault("superstructure"), counts.GetValueOrDefault("regular"), counts.GetValueOrDefault("undetermined"), counts.GetValueOrDefault("no-fringe"));
    }
}

/// <summary>The review of one sample: what the program says and what people make of it, side by side.</summary>
public sealed record ReviewSummary
{
    /// <summary>Name of the sample.</summary>
    public required string Sample { get; init; }

    /// <summary>Particles that people can decide on.</summary>
    public required int ItemCount { get; init; }

    /// <summary>Particles with a decision that holds.</summary>
    public required int ReviewedCount { get; init; }

    /// <summary>Particles on which reviewers differ.</summary>
    public required int DisputedCount { get; init; }

    /// <summary>Particles that have changed since they were decided on.</summary>
    public required int StaleCount { get; init; }

    /// <summary>Particles of which a decision has changed the verdict, or whether and how they are counted.</summary>
    public required int MovedCount { get; init; }

    /// <summary>Automatic verdicts.</summary>
    public required VerdictCounts Automatic { get; init; }

    /// <summary>Verdicts after review.</summary>
    public required VerdictCounts Reviewed { get; init; }

    /// <summary>Counted particles as the program has them.</summary>
    public required int AutomaticSizedCount { get; init; }

    /// <summary>Long axes after review, with the weights that make up for the border.</summary>
    public required IReadOnlyList<CountedSize> FeretMax { get; init; }

    /// <summary>Area-equivalent diameters after review.</summary>
    public required IReadOnlyList<CountedSize> Diameter { get; init; }

    /// <summary>True where the set of counted sizes is another one than the program's.</summary>
    public required bool SizesMoved { get; init; }

    /// <summary>The review of every sample that has particles.</summary>
    /// <param name="book">Decisions laid upon results.</param>
    /// <param name="samples">Names of the samples in their order.</param>
    /// <returns>A summary for each sample.</returns>
    public static IReadOnlyList<ReviewSummary> Of(ReviewBook book, IEnumerable<string> samples)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(samples);
        ILookup<string, ReviewItem> bySample = book.Items.ToLookup(item => item.File.Sample);
        return [.. samples.Select(sample => OfSample(book, sample, [.. bySample[sample]]))];
    }

    private static ReviewSummary OfSample(ReviewBook book, string sample, ReviewItem[] items)
    {
        (ReviewItem Item, ReviewState State)[] rows = [.. items.Select(item => (item, book.StateOf(item)))];
        ReviewItem[] counted = [.. rows.Where(row => ReviewedSizes.IsCounted(book, row.Item) && row.Item.Size!.FeretMaxNm is not null).Select(row => row.Item)];
        return new ReviewSummary
        {
            Sample = sample,
            ItemCount = items.Length,
            ReviewedCount = rows.Count(row => row.State.Effective is not null),
            DisputedCount = rows.Count(row => row.State.Standing == ReviewStanding.Disputed),
            StaleCount = rows.Count(row => row.State.Standing == ReviewStanding.Stale),
            MovedCount = rows.Count(row => IsMoved(book, row.Item, row.State)),
            Automatic = VerdictCounts.Of(items.Where(item => item is { Crystal: not null, MadeBy: null }).Select(item => item.Seen.Verdict)),
            Reviewed = VerdictCounts.Of(rows.Where(row => row.Item.Crystal is not null).Select(row => VerdictOf(row.Item, row.State))),
            AutomaticSizedCount = items.Count(item => item is { MadeBy: null, Size: { Counted: true, FeretMaxNm: not null } }),
            FeretMax = [.. counted.Select(item => new CountedSize(item.Size!.FeretMaxNm!.Value, item.Size.BorderWeightRatio))],
            Diameter = [.. counted.Select(item => new CountedSize(item.Size!.DiameterNm!.Value, item.Size.BorderWeightRatio))],
            SizesMoved = rows.Any(row => row.Item.Size is not null && IsMoved(book, row.Item, row.State)),
        };
    }

    /// <summary>The verdict after review; <c>null</c> where the crystal is excluded.</summary>
    public static string? VerdictOf(ReviewItem item, ReviewState state)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(state);
        return state.IsExcluded ? null : state.ReviewedVerdict ?? item.Seen.Verdict;
    }

    private static bool IsMoved(ReviewBook book, ReviewItem item, ReviewState state) => item.Crystal is not null
        ? item.MadeBy is not null || VerdictOf(item, state) != item.Seen.Verdict
        : item.MadeBy is { Action: ReviewAction.Add } || (item.MadeBy is null && ReviewedSizes.IsCounted(book, item) != item.Size!.Counted) || (item.MadeBy is null && book.Replaced.Contains(item.Id));
}
