using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples;

/// <summary>The decisions of a store laid upon its results.</summary>
internal static class StoredReview
{
    /// <summary>The book, or <c>null</c> where nobody has decided anything.</summary>
    public static ReviewBook? Of(ResultsFolder folder, ResultsStore store, IReadOnlyList<FileResult> files)
    {
        IReadOnlyList<Decision> decisions = DecisionLog.ReadFrom(folder.StorePath);
        return decisions.Count == 0 ? null : ReviewBook.Of(FoundItems.Of(store, files), decisions, FoundItems.OptionsHashes(store, files));
    }

    /// <summary>Summaries with what people have made of them beside what the program says.</summary>
    public static IReadOnlyList<SampleSummary> Applied(ReviewBook? book, PipelineOptions options, IReadOnlyList<SampleSummary> samples)
    {
        if (book is null)
        {
            return samples;
        }

        IReadOnlyList<ReviewSummary> reviews = ReviewSummary.Of(book, samples.Select(sample => sample.Sample));
        return [.. samples.Zip(reviews, (sample, review) => sample with
        {
            Review = review,
            ReviewedFeretMax = review.SizesMoved ? SizeStatistics.Summarise(review.FeretMax, options.Distribution) : sample.FeretMax,
            ReviewedDiameter = review.SizesMoved ? SizeStatistics.Summarise(review.Diameter, options.Distribution) : sample.Diameter,
        })];
    }
}
