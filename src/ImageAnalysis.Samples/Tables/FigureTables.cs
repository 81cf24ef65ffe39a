using System.Globalization;
using System.Text;
using ImageAnalysis.Core;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples;

/// <summary>The data of the report's figures, <c>figures/NAME.csv</c> beside <c>figures/NAME.svg</c>: what a person needs to draw them again.</summary>
public static class FigureTables
{
    private static readonly string[] _table =
    [
        "sample", "n_fringes", "n_superstructure", "n_regular", "n_undetermined", "n_no_fringe", "superstructure_percent", "exact_low_percent", "exact_high_percent", "wilson_low_percent", "wilson_high_percent",
        "if_undetermined_ordered_percent", "if_undetermined_ordered_high_percent", "among_determined_percent", "among_determined_low_percent", "among_determined_high_percent",
        "showing_fringes_percent", "published_percent", "published_n", "published_p_value", "corrected_percent", "corrected_low_percent", "corrected_high_percent", "sensitivity", "false_alarms",
        "model_fully_ordered_would_show_percent", "model_ordered_percent", "model_ordered_low_percent", "model_ordered_high_percent", "model_contradicted",
        "feret_mean_nm", "feret_sd_nm", "crystal_diameter_mean_nm", "d111_mean_nm", "d111_sigma_nm", "strain_percent", "strain_sigma_percent",
    ];

    private static readonly string[] _pairs = ["first", "second", "p_value", "holm_p_value", "significant", "needed_per_sample"];

    /// <summary>Name of the figure with a sample's histogram, without ending; characters that file systems do not take are replaced.</summary>
    /// <param name="number">Number of the sample, from 1.</param>
    /// <param name="sample">Its name.</param>
    /// <returns>The name.</returns>
    public static string SizesName(int number, string sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        StringBuilder name = new();
        foreach (char c in sample)
        {
            name.Append(char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_');
        }

        string safe = name.ToString();
        return string.Create(CultureInfo.InvariantCulture, $"sizes-{number}-{safe[..Math.Min(safe.Length, 60)]}");
    }

    /// <summary>Writes the data of all figures.</summary>
    internal static void Write(ResultsFolder folder, RunResult run)
    {
        folder.DeleteFigures();
        for (int i = 0; i < run.Samples.Count; i++)
        {
            if (run.Samples[i].FeretMax is SizeDistribution sizes)
            {
                folder.WriteFile($"figures/{SizesName(i + 1, run.Samples[i].Sample)}.csv", stream => WriteSizes(stream, sizes));
            }
        }

        if (run.Order is OrderTable order)
        {
            folder.WriteFile("figures/table.csv", stream => WriteTable(stream, run, order));
            folder.WriteFile("figures/comparison.csv", stream => WritePairs(stream, order));
            if (order.SizeOrder is SizeOrderFit fit)
            {
                folder.WriteFile("figures/order-by-size.csv", stream => WriteCurve(stream, fit));
                folder.WriteFile("figures/order-by-size-particles.csv", stream => WriteParticles(stream, order));
            }
        }

        foreach (SampleFit fit in run.Fits)
        {
            folder.WriteFile($"fits/{fit.Name}.csv", stream => WritePattern(stream, fit.Fit.Curve));
        }
    }

    private static void WriteSizes(Stream stream, SizeDistribution sizes)
    {
        using CsvTable table = new(stream, "from_nm", "to_nm", "count", "normal_count", "log_normal_count");
        SizeHistogram histogram = sizes.Histogram;
        int all = histogram.Counts.Sum();
        DistributionFit? normal = sizes.Fits.FirstOrDefault(fit => fit.Family == "normal"), logNormal = sizes.Fits.FirstOrDefault(fit => fit.Family == "log-normal");
        for (int i = 0; i < histogram.Counts.Count; i++)
        {
            double from = histogram.FirstEdgeNm + (i * histogram.BinWidthNm), to = from + histogram.BinWidthNm;
            table.Fixed(from, 4).Fixed(to, 4).Whole(histogram.Counts[i])
                .Fixed(normal is null ? null : all * (Below(to, normal) - Below(from, normal)), 3)
                .Fixed(logNormal is null ? null : all * (Below(Math.Log(to), logNormal) - Below(Math.Log(Math.Max(from, 1e-9)), logNormal)), 3).EndRow();
        }
    }

    private static double Below(double value, DistributionFit fit) => MathNet.Numerics.Distributions.Normal.CDF(fit.Location, fit.Scale, value);

    private static void WriteTable(Stream stream, RunResult run, OrderTable order)
    {
        using CsvTable table = new(stream, _table);
        foreach (OrderRow row in order.Rows)
        {
            SampleSummary s = run.Samples.First(sample => sample.Sample == row.Sample);
            OrderedFraction f = row.Fraction;
            RandomOrientationEstimate? model = row.Orientation;
            table.Text(row.Sample).Whole(f.AllCount).Whole(f.SuperstructureCount).Whole(f.RegularCount).Whole(f.UndeterminedCount).Whole(s.Fringes?.NoFringeCount)
                .Fixed(100 * f.Exact?.ValueFraction, 2).Fixed(100 * f.Exact?.LowFraction, 2).Fixed(100 * f.Exact?.HighFraction, 2).Fixed(100 * f.Score?.LowFraction, 2).Fixed(100 * f.Score?.HighFraction, 2)
                .Fixed(100 * f.IfUndeterminedOrdered?.ValueFraction, 2).Fixed(100 * f.IfUndeterminedOrdered?.HighFraction, 2)
                .Fixed(100 * f.AmongDetermined?.ValueFraction, 2).Fixed(100 * f.AmongDetermined?.LowFraction, 2).Fixed(100 * f.AmongDetermined?.HighFraction, 2)
                .Fixed(100 * row.ShowingFringes?.ValueFraction, 2).Fixed(row.Published?.SuperstructurePercent, 0).Whole(row.Published?.Count).Significant(row.PublishedPValue)
                .Fixed(100 * row.Corrected?.Corrected.ValueFraction, 2).Fixed(100 * row.Corrected?.Corrected.LowFraction, 2).Fixed(100 * row.Corrected?.Corrected.HighFraction, 2)
                .Fixed(row.Rates?.Sensitivity?.ValueFraction, 4).Fixed(row.Rates?.FalseAlarms?.ValueFraction, 4)
                .Fixed(100 * model?.Model.FullyOrderedFraction, 2).Fixed(100 * model?.Ordered?.ValueFraction, 2).Fixed(100 * model?.Ordered?.LowFraction, 2).Fixed(100 * model?.Ordered?.HighFraction, 2)
                .Text(model is null ? null : model.IsContradicted ? "true" : "false")
                .Fixed(s.FeretMax?.Mean.ValueNm, 4).Fixed(s.FeretMax?.Sd?.ValueNm, 4).Fixed(row.CrystalDiameterNm, 4).Fixed(s.Fringes?.Spacing?.MeanNm, 5).Fixed(s.Fringes?.Spacing?.SigmaNm, 5)
                .Fixed(100 * s.Join?.Strain?.LinearRatio, 4).Fixed(100 * s.Join?.Strain?.LinearSigmaRatio, 4).EndRow();
        }
    }

    private static void WritePairs(Stream stream, OrderTable order)
    {
        using CsvTable table = new(stream, _pairs);
        foreach (SamplePair pair in order.Comparison?.Pairs ?? [])
        {
            table.Text(pair.First.Name).Text(pair.Second.Name).Significant(pair.PValue).Significant(pair.HolmPValue).Flag(pair.IsSignificant).Whole(pair.NeededPerSampleCount).EndRow();
        }
    }

    private static void WriteCurve(Stream stream, SizeOrderFit fit)
    {
        using CsvTable table = new(stream, "diameter_nm", "order_probability", "low_probability", "high_probability");
        foreach (SizeOrderPoint point in fit.Band)
        {
            table.Fixed(point.DiameterNm, 4).Fixed(point.OrderProbability, 5).Fixed(point.LowProbability, 5).Fixed(point.HighProbability, 5).EndRow();
        }
    }

    private static void WriteParticles(Stream stream, OrderTable order)
    {
        using CsvTable table = new(stream, "diameter_nm", "superstructure");
        foreach (SizedVerdict particle in order.Particles)
        {
            table.Fixed(particle.DiameterNm, 4).Flag(particle.IsOrdered).EndRow();
        }
    }

    private static void WritePattern(Stream stream, PowderCurve curve)
    {
        using CsvTable table = new(stream, "two_theta_deg", "observed_counts", "calculated_counts", "background_counts");
        for (int i = 0; i < curve.TwoThetaDeg.Count; i++)
        {
            table.Exact(curve.TwoThetaDeg[i]).Exact(curve.ObservedCounts[i]).Significant(curve.CalculatedCounts[i]).Significant(curve.BackgroundCounts[i]).EndRow();
        }
    }
}
