using ImageAnalysis.Lattice;

namespace ImageAnalysis.Samples;

/// <summary><c>fringes.csv</c> and <c>families.csv</c>: a row a crystal of the HRTEM images, and a row a fringe of each.</summary>
internal static class FringesCsv
{
    private static readonly string[] CrystalHeader =
    [
        "sample", "file", "particle_id", "x_px", "y_px", "x0_px", "y0_px", "x1_px", "y1_px", "spacing_nm", "spacing_sigma_nm", "spacing_px", "normal_deg", "fringe_snr",
        "superlattice_period_nm", "superlattice_snr", "superlattice_p_value", "detection_limit_snr", "detection_probability", "verdict", "reviewed_verdict", "flags",
        "needs_review", "reason", "flag_reasons", "hkl", "diameter_nm", "diameter_px", "spacing_sigma_px", "normal_sigma_deg", "superlattice_period_px",
        "largest_control_snr", "expected_superlattice_snr", "fringe_transfer_ratio", "superlattice_transfer_ratio", "n_tested",
    ];

    private static readonly string[] FamilyHeader =
    [
        "sample", "file", "particle_id", "hkl", "spacing_nm", "spacing_sigma_nm", "spacing_px", "normal_deg", "fringe_snr", "superlattice_snr", "superlattice_p_value", "limit_snr",
        "spacing_sigma_px", "normal_sigma_deg", "g_x_per_px", "g_y_per_px", "amplitude_counts", "is_tested", "is_superlattice", "is_carrier",
        "superlattice_period_ratio", "largest_control_snr", "expected_superlattice_snr", "detection_probability", "fringe_transfer_ratio", "superlattice_transfer_ratio", "called",
    ];

    public static void WriteCrystals(Stream stream, ResultsStore store, IReadOnlyList<FileResult> files, ReviewBook? book)
    {
        using CsvTable table = new(stream, [.. CrystalHeader, "review"]);
        Dictionary<(string, int), ReviewItem> items = (book?.Items ?? []).Where(item => item is { Crystal: not null, MadeBy: null }).ToDictionary(item => (item.File.File, item.Seen.ParticleId));
        foreach (FileResult file in files.Where(file => file.CrystalCount > 0))
        {
            foreach (CrystalMeasurement c in store.Fringes(file.File)!.Crystals)
            {
                ReviewState state = items.TryGetValue((file.File, c.ParticleId), out ReviewItem? item) ? book!.StateOf(item) : ReviewState.None;
                Row(table, file, c, state.ReviewedVerdict);
                table.Text(state.Word).EndRow();
            }
        }
    }

    /// <summary><c>fringes_reviewed.csv</c>: a row a crystal after review: those that were added too, and regions as they were redrawn; excluded ones are left out.</summary>
    public static void WriteReviewed(Stream stream, ReviewBook book)
    {
        using CsvTable table = new(stream, [.. CrystalHeader, "made_by", "review"]);
        foreach (ReviewItem item in book.Items.Where(item => item.Crystal is not null))
        {
            ReviewState state = book.StateOf(item);
            if (!state.IsExcluded)
            {
                Row(table, item.File, state.Redrawn?.Crystal is { } redrawn ? redrawn with { ParticleId = item.Seen.ParticleId } : item.Crystal!, ReviewSummary.VerdictOf(item, state));
                table.Text(item.MadeBy?.Action.Word() ?? (state.Redrawn is null ? null : "redraw")).Text(state.Word).EndRow();
            }
        }
    }

    private static void Row(CsvTable table, FileResult file, CrystalMeasurement c, string? reviewedVerdict)
    {
        FringeMeasurement? f = c.Carrier;
        SuperlatticeTest? test = f?.Superlattice;
        table.Text(file.Sample).Text(file.File).Whole(c.ParticleId).Fixed(c.XPx, 3).Fixed(c.YPx, 3).Whole(c.X0Px).Whole(c.Y0Px).Whole(c.X1Px).Whole(c.Y1Px)
            .Fixed(f?.SpacingNm, 5).Fixed(f?.SpacingSigmaNm, 5).Fixed(f?.SpacingPx, 4).Direction(f?.NormalDeg).Significant(f?.FringeSnr)
            .Fixed(c.SuperlatticePeriodNm, 5).Significant(test?.Snr).Significant(c.CrystalPValue).Significant(test?.LimitSnr).Fixed(c.DetectionProbability, 4)
            .Text(VerdictWords.Of(c.Verdict)).Text(reviewedVerdict).Text(string.Join(';', c.Flags.Select(flag => flag.Name)))
            .Flag(c.Flags.Any(flag => flag.NeedsReview)).Text(c.Reason).Text(string.Join("; ", c.Flags.Select(flag => flag.Reason)))
            .Text(f?.Hkl).Fixed(c.DiameterNm, 4).Fixed(c.DiameterPx, 3).Fixed(f?.SpacingSigmaPx, 4).Fixed(f?.NormalSigmaDeg, 2).Fixed(c.SuperlatticePeriodPx, 4)
            .Significant(test?.LargestControlSnr).Significant(test?.ExpectedSnr).Fixed(test?.FringeTransferRatio, 4).Fixed(test?.TransferRatio, 4)
            .Whole(c.Fringes.Count(fringe => fringe.Superlattice is not null));
    }

    public static void WriteFamilies(Stream stream, ResultsStore store, IReadOnlyList<FileResult> files)
    {
        using CsvTable table = new(stream, FamilyHeader);
        foreach (FileResult file in files.Where(file => file.CrystalCount > 0))
        {
            foreach (CrystalMeasurement c in store.Fringes(file.File)!.Crystals)
            {
                foreach (FringeMeasurement f in c.Fringes)
                {
                    SuperlatticeTest? test = f.Superlattice;
                    table.Text(file.Sample).Text(file.File).Whole(c.ParticleId).Text(f.Hkl).Fixed(f.SpacingNm, 5).Fixed(f.SpacingSigmaNm, 5).Fixed(f.SpacingPx, 4).Direction(f.NormalDeg).Significant(f.FringeSnr)
                        .Significant(test?.Snr).Significant(test?.PValue).Significant(test?.LimitSnr)
                        .Fixed(f.SpacingSigmaPx, 4).Fixed(f.NormalSigmaDeg, 2).Fixed(f.G.XPerPx, 7).Fixed(f.G.YPerPx, 7).Significant(f.AmplitudeCounts)
                        .Flag(f.IsTestedFamily).Flag(f.IsSuperlattice).Flag(ReferenceEquals(f, c.Carrier))
                        .Fixed(test?.PeriodRatio, 4).Significant(test?.LargestControlSnr).Significant(test?.ExpectedSnr).Fixed(test?.DetectionProbability, 4)
                        .Fixed(test?.FringeTransferRatio, 4).Fixed(test?.TransferRatio, 4).Text(test is null ? null : test.Called ? "true" : "false").EndRow();
                }
            }
        }
    }
}
