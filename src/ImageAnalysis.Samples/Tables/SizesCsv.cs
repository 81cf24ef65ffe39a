using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples;

/// <summary><c>sizes.csv</c>: a row a particle of the HAADF images.</summary>
internal static class SizesCsv
{
    private static readonly string[] Header =
    [
        "sample", "file", "particle_id", "x_px", "y_px", "feret_max_nm", "feret_min_nm", "diameter_nm", "area_nm2", "aspect_ratio",
        "circularity_ratio", "orientation_deg", "touches_border", "touches_neighbour", "counted", "flags",
        "feret_max_sigma_nm", "diameter_sigma_nm", "half_height_diameter_nm", "border_weight_ratio", "feret_max_px", "feret_min_px", "diameter_px", "area_pixel_count",
        "integrated_intensity_counts", "background_counts", "contrast_snr", "edge_blur_sigma_px", "flag_reasons",
        "review", "reviewed_counted",
    ];

    private static readonly string[] ReviewedHeader = [.. Header[..^2], "made_by", "review"];

    public static void Write(Stream stream, ResultsStore store, IReadOnlyList<FileResult> files, ReviewBook? book)
    {
        using CsvTable table = new(stream, Header);
        Dictionary<(string, int), ReviewItem> items = (book?.Items ?? []).Where(item => item is { Size: not null, MadeBy: null }).ToDictionary(item => (item.File.File, item.Seen.ParticleId));
        foreach (FileResult file in files.Where(file => file.ParticleCount > 0))
        {
            foreach (SizeMeasurement p in store.Particles(file.File))
            {
                Row(table, file, p);
                if (items.TryGetValue((file.File, p.ParticleId), out ReviewItem? item))
                {
                    table.Text(book!.Replaced.Contains(item.Id) ? book.StateOf(item).Word ?? "merged" : book.StateOf(item).Word).Flag(ReviewedSizes.IsCounted(book, item));
                }
                else
                {
                    table.Empty(2);
                }

                table.EndRow();
            }
        }
    }

    /// <summary><c>sizes_reviewed.csv</c>: a row a particle after review, with those that stand in the place of others.</summary>
    public static void WriteReviewed(Stream stream, ReviewBook book)
    {
        using CsvTable table = new(stream, ReviewedHeader);
        foreach (ReviewItem item in book.Items.Where(item => item.Size is not null && !book.Replaced.Contains(item.Id)))
        {
            Row(table, item.File, item.Size! with { Counted = ReviewedSizes.IsCounted(book, item) });
            table.Text(item.MadeBy?.Action.Word()).Text(book.StateOf(item).Word).EndRow();
        }
    }

    private static void Row(CsvTable table, FileResult file, SizeMeasurement p) =>
        table.Text(file.Sample).Text(file.File).Whole(p.ParticleId).Fixed(p.XPx, 3).Fixed(p.YPx, 3)
            .Fixed(p.FeretMaxNm, 4).Fixed(p.FeretMinNm, 4).Fixed(p.DiameterNm, 4).Fixed(p.AreaNm2, 4)
            .Fixed(p.AspectRatio, 4).Fixed(p.CircularityRatio, 4).Direction(p.OrientationDeg)
            .Flag(p.TouchesBorder).Flag(p.TouchesNeighbour).Flag(p.Counted).Text(string.Join(';', p.Flags.Select(flag => flag.Name)))
            .Fixed(p.FeretMaxSigmaNm, 4).Fixed(p.DiameterSigmaNm, 4).Fixed(p.HalfHeightDiameterNm, 4).Fixed(p.BorderWeightRatio, 6)
            .Fixed(p.FeretMaxPx, 3).Fixed(p.FeretMinPx, 3).Fixed(p.DiameterPx, 3).Fixed(p.AreaPixelCount, 2)
            .Significant(p.IntegratedIntensityCounts).Significant(p.BackgroundCounts).Significant(p.ContrastSnr).Fixed(p.EdgeBlurSigmaPx, 3)
            .Text(string.Join("; ", p.Flags.Select(flag => flag.Reason)));
}
