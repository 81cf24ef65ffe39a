using ImageAnalysis.Particles;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Review;

/// <summary>The table of what the program says and what people make of it.</summary>
internal sealed record SummaryView
{
    public required IReadOnlyList<Row> Rows { get; init; }

    public required bool Blind { get; init; }

    public required bool HasFringes { get; init; }

    public required bool HasSizes { get; init; }

    public required int Decisions { get; init; }

    public required int Lost { get; init; }

    public static SummaryView Of(ReviewDesk desk, ReviewerName who, string? sample, string? stage)
    {
        Snapshot now = desk.Now;
        IReadOnlyList<ReviewSummary> summaries = ReviewSummary.Of(now.Book, desk.Results.Samples.Where(name => sample is null || name == sample));
        return new SummaryView
        {
            Blind = who.Blind,
            Rows = [.. summaries.Select(summary => Row.Of(summary, desk))],
            HasFringes = stage != "sizes" && desk.Results.Files.Any(file => file.CrystalCount > 0),
            HasSizes = stage != "fringes" && desk.Results.Files.Any(file => file.ParticleCount > 0),
            Decisions = now.Decisions.Count,
            Lost = now.Book.Lost.Count,
        };
    }

    /// <summary>A sample.</summary>
    internal sealed record Row(ReviewSummary Summary, SizeDistribution? Automatic, SizeDistribution? Reviewed)
    {
        public static Row Of(ReviewSummary summary, ReviewDesk desk)
        {
            CountedSize[] automatic = [.. desk.Results.Found.Where(item => item.File.Sample == summary.Sample && item.Size is { Counted: true, FeretMaxNm: not null }).Select(item => new CountedSize(item.Size!.FeretMaxNm!.Value, item.Size.BorderWeightRatio))];
            SizeDistribution? before = desk.Distributions.Of(automatic);
            return new Row(summary, before, summary.SizesMoved ? desk.Distributions.Of(summary.FeretMax) : before);
        }
    }
}
