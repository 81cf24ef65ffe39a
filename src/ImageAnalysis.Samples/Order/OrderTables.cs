using ImageAnalysis.Core;
using ImageAnalysis.Lattice;

namespace ImageAnalysis.Samples;

/// <summary>A crystal as the table of order sees it.</summary>
/// <param name="Sample">Name of the sample.</param>
/// <param name="Verdict">Its verdict.</param>
/// <param name="DiameterNm">Its diameter, nm; <c>null</c> where that is not known.</param>
internal readonly record struct JudgedCrystal(string Sample, Verdict Verdict, double? DiameterNm);

/// <summary>Makes the table of order from verdicts.</summary>
internal static class OrderTables
{
    /// <summary>The table; <c>null</c> where no sample has HRTEM images.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="crystals">Every crystal, ordered by sample, file and number.</param>
    /// <param name="rates">What is known of misses and false alarms, where something is.</param>
    /// <param name="reference">The crystal looked for.</param>
    public static OrderTable? Of(IReadOnlyList<SampleSummary> samples, IReadOnlyList<JudgedCrystal> crystals, KnownRates? rates, ReferenceCrystal reference)
    {
        OrderRow[] rows = [.. samples.Where(sample => sample.Fringes is not null).Select(sample => Row(sample, [.. crystals.Where(crystal => crystal.Sample == sample.Sample)], rates, reference))];
        if (rows.Length == 0)
        {
            return null;
        }

        SizedVerdict[] particles = [.. crystals.Where(c => c.Verdict is Verdict.Superstructure or Verdict.Regular && c.DiameterNm > 0).Select(c => new SizedVerdict(c.DiameterNm!.Value, c.Verdict == Verdict.Superstructure))];
        return new OrderTable(
            rows,
            rows.Length > 1 ? SampleComparison.Of([.. rows.Select(row => new SampleCount(row.Sample, row.Fraction.SuperstructureCount, row.Fraction.AllCount))]) : null,
            particles,
            SizeOrderRegression.Fit(particles, new SizeOrderOptions()),
            rates?.Simulated ?? false);
    }

    private static OrderRow Row(SampleSummary sample, IReadOnlyList<JudgedCrystal> crystals, KnownRates? rates, ReferenceCrystal reference)
    {
        FringeSummary f = sample.Fringes!;
        double[] sizes = [.. crystals.Where(crystal => crystal.Verdict != Verdict.NoFringe && crystal.DiameterNm > 0).Select(crystal => crystal.DiameterNm!.Value).Order()];
        double? mean = sizes.Length > 0 ? sizes.Average() : null;
        PublishedRow? published = reference.Name == PublishedTable.Crystal ? PublishedTable.Of(sample.FeretMax?.Mean.ValueNm ?? mean) : null;

        // The middle 95 % of the sizes: a few odd regions do not widen the range that rates are taken from.
        (DetectionRates Rates, bool OfThatSize)? known = rates is null || sizes.Length == 0 ? null : rates.For(ErrorSummary.Quantile(sizes, 0.025), ErrorSummary.Quantile(sizes, 0.975));
        return new OrderRow
        {
            Sample = sample.Sample,
            Fraction = OrderedFraction.Of(f.SuperstructureCount, f.RegularCount, f.UndeterminedCount),
            ShowingFringes = FractionIntervals.ClopperPearson(f.Count, f.Count + f.NoFringeCount),
            CrystalDiameterNm = mean,
            Published = published,
            PublishedPValue = published is null ? null : FisherTest.PValueOf(f.SuperstructureCount, f.Count, published.OrderedCount, published.Count),
            Rates = known?.Rates,
            RatesOfThisSize = known?.OfThatSize ?? false,
            Corrected = known is { } k ? CorrectedFraction.Of(f.SuperstructureCount, f.Count, k.Rates) : null,
            Orientation = mean is double diameter ? Orientation(f, diameter, reference) : null,
        };
    }

    /// <summary>The tilts at which a crystal as thick as it is wide has lost half of its fringes' and of its superlattice's strength. The model knows fcc and {111} only.</summary>
    private static RandomOrientationEstimate? Orientation(FringeSummary fringes, double diameterNm, ReferenceCrystal reference)
    {
        bool isCubic = reference is { AlphaDeg: 90, BetaDeg: 90, GammaDeg: 90 } && reference.AAngstrom == reference.BAngstrom && reference.BAngstrom == reference.CAngstrom;
        if (!isCubic || reference.Fringe != new MillerIndex(1, 1, 1))
        {
            return null;
        }

        double spacing = Units.AngstromToNm(reference.AAngstrom / Math.Sqrt(3));
        RandomOrientationModel model = RandomOrientationModel.Of(RandomOrientationModel.HalfPowerTiltDeg(spacing, diameterNm), RandomOrientationModel.HalfPowerTiltDeg(reference.PeriodCount * spacing, diameterNm));
        return model.Estimate(fringes.SuperstructureCount, fringes.Count);
    }
}
