using ImageAnalysis.Lattice;

namespace ImageAnalysis.Samples;

/// <summary>The tables in <c>validation/</c>.</summary>
internal static class ValidationTables
{
    private static readonly string[] _bars = ["bar", "measured", "wanted", "met"];
    private static readonly string[] _confusion = ["truth", "superstructure", "regular", "undetermined", "no_fringe", "not_found", "n"];
    private static readonly string[] _samples = ["sample", "n_true", "n_true_ordered", "n_fringes", "n_superstructure", "n_undetermined", "true_percent", "superstructure_percent", "difference_in_particles"];

    private static readonly string[] _groups =
    [
        "quantity", "range", "middle", "sensitivity", "sensitivity_low", "sensitivity_high", "n_ordered_in_percentage", "n_ordered_called", "n_regular_in_percentage", "n_regular_called",
    ];

    private static readonly string[] _crystals =
    [
        "sample", "file", "truth_id", "particle_id", "truth", "answer", "diameter_true_nm", "diameter_nm", "observable_111", "observable_superstructure", "spacing_error_ratio", "spacing_pull_ratio",
        "period_error_ratio", "angle_error_deg", "angle_pull_ratio", "superlattice_snr", "detection_probability", "half_expected_snr", "elevation_deg", "order_fraction", "defocus_nm", "dose_per_angstrom2", "half_transfer_ratio",
    ];

    private static readonly string[] _particles =
        ["sample", "file", "truth_id", "particle_id", "on_edge", "touches", "counted", "long_axis_true_nm", "feret_max_nm", "long_axis_error_nm", "short_axis_error_nm", "diameter_error_nm", "orientation_error_deg", "feret_max_sigma_nm", "diameter_sigma_nm"];

    private static readonly string[] _errors = ["quantity", "unit", "n", "mean", "mean_sigma", "median", "median_absolute", "sd", "n_pulls", "pull_mean", "pull_spread"];

    public static void Write(ResultsFolder folder, ValidationResult result)
    {
        folder.WriteFile("validation/bars.csv", stream =>
        {
            using CsvTable table = new(stream, _bars);
            foreach (ValidationBar bar in result.Bars)
            {
                table.Text(bar.Name).Text(bar.Measured).Text(bar.Wanted).Text(bar.IsMet switch { true => "true", false => "false", null => null }).EndRow();
            }
        });
        folder.WriteFile("validation/errors.csv", stream => WriteErrors(stream, result));
        if (result.Fringes is FringeScore fringes)
        {
            folder.WriteFile("validation/confusion.csv", stream => WriteConfusion(stream, fringes));
            folder.WriteFile("validation/sensitivity.csv", stream => WriteGroups(stream, fringes));
            folder.WriteFile("validation/samples.csv", stream => WriteSamples(stream, fringes));
            folder.WriteFile("validation/crystals.csv", stream => WriteCrystals(stream, fringes));
            folder.WriteFile("validation/rates.json", stream => KnownRates.Of(fringes, result.Simulated).Write(stream));
        }

        if (result.Sizes is SizeScore sizes)
        {
            folder.WriteFile("validation/particles.csv", stream => WriteParticles(stream, sizes));
        }
    }

    private static void WriteErrors(Stream stream, ValidationResult result)
    {
        using CsvTable table = new(stream, _errors);
        foreach ((string name, ErrorSummary e) in result.Errors)
        {
            table.Text(name).Text(e.Unit).Whole(e.Count).Fixed(e.MeanRatio, 5).Fixed(e.MeanSigmaRatio, 5).Fixed(e.MedianRatio, 5).Fixed(e.MedianAbsoluteRatio, 5).Fixed(e.SdRatio, 5)
                .Whole(e.PullCount).Fixed(e.PullMeanRatio, 3).Fixed(e.PullSpreadRatio, 3).EndRow();
        }
    }

    private static void WriteConfusion(Stream stream, FringeScore score)
    {
        using CsvTable table = new(stream, _confusion);
        foreach (CrystalTruth truth in Enum.GetValues<CrystalTruth>())
        {
            table.Text(ValidationWords.Of(truth));
            foreach (CrystalAnswer answer in Enum.GetValues<CrystalAnswer>())
            {
                table.Whole(score.Count(truth, answer));
            }

            table.Whole(score.Count(truth)).EndRow();
        }
    }

    private static void WriteGroups(Stream stream, FringeScore score)
    {
        using CsvTable table = new(stream, _groups);
        foreach (SensitivityGroup group in score.Groups)
        {
            table.Text(group.Quantity).Text(group.Range).Fixed((double)group.Middle, 3).Fixed(group.EndToEnd?.ValueFraction, 4).Fixed(group.EndToEnd?.LowFraction, 4).Fixed(group.EndToEnd?.HighFraction, 4)
                .Whole(group.Rates.OrderedAllCount).Whole(group.Rates.OrderedCalledCount).Whole(group.Rates.RegularAllCount).Whole(group.Rates.RegularCalledCount).EndRow();
        }
    }

    private static void WriteSamples(Stream stream, FringeScore score)
    {
        using CsvTable table = new(stream, _samples);
        foreach (SampleScore s in score.Samples)
        {
            table.Text(s.Sample).Whole(s.TrueCount).Whole(s.TrueOrderedCount).Whole(s.FoundCount).Whole(s.CalledCount).Whole(s.UndeterminedCount)
                .Fixed(s.TrueCount == 0 ? null : 100.0 * s.TrueOrderedCount / s.TrueCount, 2).Fixed(s.FoundCount == 0 ? null : 100.0 * s.CalledCount / s.FoundCount, 2).Fixed(s.DifferenceRatio, 2).EndRow();
        }
    }

    private static void WriteCrystals(Stream stream, FringeScore score)
    {
        using CsvTable table = new(stream, _crystals);
        foreach (ScoredCrystal c in score.Crystals)
        {
            HrtemTruthFringe? axis = c.Truth?.Fringes.FirstOrDefault(fringe => fringe.SuperlatticeAxis);
            SuperlatticeTest? test = c.Found?.Carrier?.Superlattice;
            table.Text(c.Sample).Text(c.File).Text(c.Truth?.Id).Whole(c.Found?.ParticleId).Text(ValidationWords.Of(c.Kind)).Text(ValidationWords.Of(c.Answer))
                .Fixed(c.Truth?.DiameterNm, 3).Fixed(c.Found?.DiameterNm, 3).Text(Word(c.Truth?.ObservableFringe)).Text(Word(c.Truth?.ObservableSuperlattice))
                .Fixed(c.SpacingErrorRatio, 6).Fixed(c.SpacingPullRatio, 3).Fixed(c.PeriodErrorRatio, 6).Fixed(c.AngleErrorDeg, 3).Fixed(c.AnglePullRatio, 3)
                .Significant(test?.Snr).Fixed(c.Found?.DetectionProbability, 4).Significant(axis?.HalfExpectedSnr).Fixed(axis?.ElevationDeg, 2).Fixed(c.Truth?.OrderFraction, 3)
                .Fixed(c.Image.Lens?.DefocusNm, 2).Significant(c.Image.DosePerAngstrom2).Fixed(c.Image.HalfTransferRatio, 3).EndRow();
        }
    }

    private static void WriteParticles(Stream stream, SizeScore score)
    {
        using CsvTable table = new(stream, _particles);
        foreach (ScoredParticle p in score.Particles)
        {
            table.Text(p.Sample).Text(p.File).Text(p.Truth?.Id).Whole(p.Found?.ParticleId).Text(Word(p.Truth?.OnEdge)).Text(p.Truth is null ? null : Word(p.Truth.Touches.Count > 0)).Text(Word(p.Found?.Counted))
                .Fixed(p.Truth?.LongAxisNm, 4).Fixed(p.Found?.FeretMaxNm, 4).Fixed(p.LongAxisErrorNm, 4).Fixed(p.ShortAxisErrorNm, 4).Fixed(p.DiameterErrorNm, 4).Fixed(p.OrientationErrorDeg, 2)
                .Fixed(p.Found?.FeretMaxSigmaNm, 4).Fixed(p.Found?.DiameterSigmaNm, 4).EndRow();
        }
    }

    private static string? Word(bool? value) => value switch { true => "true", false => "false", null => null };
}
