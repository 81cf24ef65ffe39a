using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples;

/// <summary><c>samples.csv</c>: a row a sample.</summary>
internal static class SamplesCsv
{
    private static readonly string[] Header =
    [
        "sample", "n_fringes", "n_superstructure", "n_regular", "n_undetermined", "superstructure_percent", "superstructure_low_percent",
        "superstructure_high_percent", "superstructure_if_undetermined_ordered_percent", "reviewed_superstructure_percent",
        "n_sized", "feret_mean_nm", "feret_sd_nm", "diameter_mean_nm", "diameter_sd_nm",
        "d111_mean_nm", "d111_sigma_nm", "a_angstrom", "a_sigma_angstrom", "cu_8c", "cu_4b", "cu_24e", "cu_32f",
        "n_files", "n_bad_files", "n_particles", "n_flagged", "n_uncalibrated",
        .. DistributionColumns("feret"), .. DistributionColumns("diameter"), .. JoinColumns.Header,
        "n_hrtem_images", "n_no_fringe", "n_to_review", "expected_false_superstructures", "d111_scatter_nm", "n_d111", "d111_unmodulated_mean_nm", "d111_unmodulated_sigma_nm", "n_d111_unmodulated",
        "n_reviewed", "n_moved_by_review", "n_review_disputed", "n_review_stale", "reviewed_n_fringes", "reviewed_n_superstructure", "reviewed_superstructure_low_percent", "reviewed_superstructure_high_percent",
        "reviewed_n_sized", "reviewed_feret_mean_nm", "reviewed_feret_sd_nm", "reviewed_diameter_mean_nm", "reviewed_diameter_sd_nm",
    ];

    public static void Write(Stream stream, IReadOnlyList<SampleSummary> samples)
    {
        using CsvTable table = new(stream, Header);
        foreach (SampleSummary s in samples)
        {
            FringeSummary? f = s.Fringes;
            table.Text(s.Sample).Whole(f?.Count).Whole(f?.SuperstructureCount).Whole(f?.RegularCount).Whole(f?.UndeterminedCount)
                .Fixed(100 * f?.Superstructure?.ValueFraction, 2).Fixed(100 * f?.Superstructure?.LowFraction, 2).Fixed(100 * f?.Superstructure?.HighFraction, 2)
                .Fixed(100 * f?.IfUndeterminedOrdered?.ValueFraction, 2).Fixed(100 * s.Review?.Reviewed.Fraction?.ValueFraction, 2)
                .Whole(s.SizedCount).Fixed(s.FeretMax?.Mean.ValueNm, 4).Fixed(s.FeretMax?.Sd?.ValueNm, 4)
                .Fixed(s.Diameter?.Mean.ValueNm, 4).Fixed(s.Diameter?.Sd?.ValueNm, 4)
                .Fixed(f?.Spacing?.MeanNm, 5).Fixed(f?.Spacing?.SigmaNm, 5);
            JoinColumns.WriteLattice(table, s.Pattern);
            table
                .Whole(s.FileCount).Whole(s.BadFileCount).Whole(s.ParticleCount).Whole(s.FlaggedCount).Whole(s.UncalibratedCount);
            Distribution(table, s.FeretMax);
            Distribution(table, s.Diameter);
            JoinColumns.Write(table, s);
            table.Whole(f?.ImageCount).Whole(f?.NoFringeCount).Whole(f?.ReviewCount).Fixed(f?.ExpectedFalseCallsRatio, 4).Fixed(f?.Spacing?.ScatterNm, 5).Whole(f?.Spacing?.Count)
                .Fixed(f?.UnmodulatedSpacing?.MeanNm, 5).Fixed(f?.UnmodulatedSpacing?.SigmaNm, 5).Whole(f?.UnmodulatedSpacing?.Count);
            Reviewed(table, s);
            table.EndRow();
        }
    }

    private static void Reviewed(CsvTable table, SampleSummary s)
    {
        ReviewSummary? r = s.Review;
        table.Whole(r?.ReviewedCount).Whole(r?.MovedCount).Whole(r?.DisputedCount).Whole(r?.StaleCount).Whole(r?.Reviewed.Fringes).Whole(r?.Reviewed.Superstructure)
            .Fixed(100 * r?.Reviewed.Fraction?.LowFraction, 2).Fixed(100 * r?.Reviewed.Fraction?.HighFraction, 2)
            .Whole(r?.FeretMax.Count).Fixed(s.ReviewedFeretMax?.Mean.ValueNm, 4).Fixed(s.ReviewedFeretMax?.Sd?.ValueNm, 4)
            .Fixed(s.ReviewedDiameter?.Mean.ValueNm, 4).Fixed(s.ReviewedDiameter?.Sd?.ValueNm, 4);
    }

    private static string[] DistributionColumns(string of) =>
    [
        $"{of}_mean_low_nm", $"{of}_mean_high_nm", $"{of}_sd_low_nm", $"{of}_sd_high_nm",
        $"{of}_median_nm", $"{of}_median_low_nm", $"{of}_median_high_nm", $"{of}_d10_nm", $"{of}_d90_nm",
        $"{of}_plain_mean_nm", $"{of}_plain_sd_nm", $"{of}_best_fit", $"{of}_more_needed",
    ];

    private static void Distribution(CsvTable table, SizeDistribution? d) =>
        table.Fixed(d?.Mean.LowNm, 4).Fixed(d?.Mean.HighNm, 4).Fixed(d?.Sd?.LowNm, 4).Fixed(d?.Sd?.HighNm, 4)
            .Fixed(d?.Median.ValueNm, 4).Fixed(d?.Median.LowNm, 4).Fixed(d?.Median.HighNm, 4).Fixed(d?.D10Nm, 4).Fixed(d?.D90Nm, 4)
            .Fixed(d?.PlainMeanNm, 4).Fixed(d?.PlainSdNm, 4).Text(d?.Fits.Count > 0 ? d.Fits[0].Family : null).Whole(d?.MoreNeeded);
}
