namespace ImageAnalysis.Samples;

/// <summary>Which particles of HAADF images are counted after review.</summary>
internal static class ReviewedSizes
{
    /// <summary>Whether a particle enters the size distribution after review. A particle that may lie partly outside the image has no size that could be counted, whoever says so.</summary>
    public static bool IsCounted(ReviewBook book, ReviewItem item) =>
        item.Size is { } size && !book.Replaced.Contains(item.Id) && book.StateOf(item).Effective?.Action switch
        {
            ReviewAction.Delete or ReviewAction.Exclude => false,
            ReviewAction.Accept => !size.TouchesBorder,
            _ => size.Counted,
        };
}
