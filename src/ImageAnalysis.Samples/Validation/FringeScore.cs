using ImageAnalysis.Core;

namespace ImageAnalysis.Samples;

/// <summary>What a sample's images hold, beside what the analysis counted.</summary>
/// <param name="Sample">Name of the sample.</param>
/// <param name="TrueCount">Crystals with visible fringes of the tested family.</param>
/// <param name="TrueOrderedCount">Ordered ones among them.</param>
/// <param name="FoundCount">Crystals that the analysis put into the percentage.</param>
/// <param name="CalledCount">Those called superstructure.</param>
/// <param name="UndeterminedCount">Those called undetermined.</param>
public sealed record SampleScore(string Sample, int TrueCount, int TrueOrderedCount, int FoundCount, int CalledCount, int UndeterminedCount)
{
    /// <summary>Difference of the counted and the true percentage, in particles: the step that one crystal makes in the smaller of the two counts; <c>null</c> where one of them is none.</summary>
    public double? DifferenceRatio => TrueCount == 0 || FoundCount == 0 ? null : (((double)CalledCount / FoundCount) - ((double)TrueOrderedCount / TrueCount)) * Math.Min(TrueCount, FoundCount);
}

/// <summary>Sensitivity and false alarms of crystals that have something in common, such as their size.</summary>
/// <param name="Quantity">What they have in common.</param>
/// <param name="Range">Its values.</param>
/// <param name="Middle">The middle of the values, for plots: in the quantity's own unit.</param>
/// <param name="EndToEndCount">Ordered crystals (superlattice visible).</param>
/// <param name="EndToEnd">Share of these that were called superstructure, found or not; <c>null</c> without any.</param>
/// <param name="Rates">The same among crystals in the percentage, and the false alarms.</param>
public sealed record SensitivityGroup(string Quantity, string Range, decimal Middle, int EndToEndCount, FractionInterval? EndToEnd, DetectionRates Rates);

/// <summary>What becomes of the crystals of HRTEM images whose truth is known.</summary>
/// <param name="Crystals">Every true crystal and everything found.</param>
public sealed record FringeScore(IReadOnlyList<ScoredCrystal> Crystals)
{
    private static readonly CrystalTruth[] _ordered = [CrystalTruth.Ordered, CrystalTruth.OrderedFaint];

    /// <summary>Number of crystals with a truth and an answer: a cell of the confusion matrix.</summary>
    /// <param name="truth">The truth.</param>
    /// <param name="answer">The answer.</param>
    /// <returns>The number.</returns>
    public int Count(CrystalTruth truth, CrystalAnswer answer) => Crystals.Count(crystal => crystal.Kind == truth && crystal.Answer == answer);

    /// <summary>Number of crystals with a truth: a row of the confusion matrix.</summary>
    /// <param name="truth">The truth.</param>
    /// <returns>The number.</returns>
    public int Count(CrystalTruth truth) => Crystals.Count(crystal => crystal.Kind == truth);

    /// <summary>Share of the crystals with visible fringes that are in the percentage.</summary>
    public FractionInterval? Recall => Share(Crystals.Where(crystal => crystal.IsExpected), crystal => crystal.InDenominator);

    /// <summary>Share of what is in the percentage that is a crystal with fringes of the tested family.</summary>
    public FractionInterval? Precision => Share(Crystals.Where(crystal => crystal.InDenominator), crystal => crystal.Kind is CrystalTruth.Ordered or CrystalTruth.OrderedFaint or CrystalTruth.Regular);

    /// <summary>Share of the ordered crystals (superlattice visible) that are called superstructure, found or not.</summary>
    public FractionInterval? Sensitivity => SensitivityFrom(0);

    /// <summary>Share of the regular crystals in the percentage that are called superstructure.</summary>
    public FractionInterval? FalseAlarms => Share(Crystals.Where(crystal => crystal.Kind == CrystalTruth.Regular && crystal.InDenominator), crystal => crystal.Answer == CrystalAnswer.Superstructure);

    /// <summary>Share of the ordered crystals in the percentage that are called regular: order denied. An error whether or not the superlattice is visible.</summary>
    public FractionInterval? Denied => Share(Crystals.Where(crystal => _ordered.Contains(crystal.Kind) && crystal.InDenominator), crystal => crystal.Answer == CrystalAnswer.Regular);

    /// <summary>Superstructures where there is no order: on regular crystals, on those without fringes, and on nothing.</summary>
    public int FalseSuperstructureCount => Crystals.Count(crystal => crystal.Answer == CrystalAnswer.Superstructure && !_ordered.Contains(crystal.Kind));

    /// <summary>Errors of the spacings, %.</summary>
    public ErrorSummary? Spacing => SpacingOf(Crystals);

    /// <summary>Errors of the superlattice's periods, %.</summary>
    public ErrorSummary? Period => ErrorSummary.Of("%", Crystals.Where(crystal => crystal.PeriodErrorRatio is not null).Select(crystal => (100 * crystal.PeriodErrorRatio!.Value, (double?)null)));

    /// <summary>Errors of the fringes' directions, degree.</summary>
    public ErrorSummary? Angle => ErrorSummary.Of("°", Crystals.Where(crystal => crystal.AngleErrorDeg is not null).Select(crystal => (crystal.AngleErrorDeg!.Value, crystal.AnglePullRatio)));

    /// <summary>Number of crystals whose measured fringe runs in another direction than every true one.</summary>
    public int OtherFringeCount => Crystals.Count(crystal => crystal.IsOtherFringe);

    /// <summary>The samples in the order of their names.</summary>
    public IReadOnlyList<SampleScore> Samples =>
    [
        .. Crystals.GroupBy(crystal => crystal.Sample).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new SampleScore(
            group.Key,
            group.Count(crystal => crystal.IsExpected),
            group.Count(crystal => crystal.IsExpected && _ordered.Contains(crystal.Kind)),
            group.Count(crystal => crystal.InDenominator),
            group.Count(crystal => crystal.Answer == CrystalAnswer.Superstructure),
            group.Count(crystal => crystal.Answer == CrystalAnswer.Undetermined))),
    ];

    /// <summary>Sensitivity by size, dose, defocus, tilt and transfer; groups without ordered and regular crystals are left out.</summary>
    public IReadOnlyList<SensitivityGroup> Groups =>
    [
        .. By("diameter (nm)", [0, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 1000], crystal => crystal.Truth!.DiameterNm),
        .. By("dose (e/Å²)", [0, 500, 1000, 2000, 4000, 8000, 1e9], crystal => crystal.Image.DosePerAngstrom2),
        .. By("defocus (nm)", [-5000, -120, -90, -75, -60, -45, -30, -15, 0, 5000], crystal => crystal.Truth!.DefocusNm ?? crystal.Image.Lens?.DefocusNm),
        .. By("tilt of the fringe out of the plane (°)", [0, 1, 2, 4, 6, 8, 90], crystal => (crystal.Truth!.Fringes.FirstOrDefault(fringe => fringe.SuperlatticeAxis) ?? crystal.Truth.Fringes.MinBy(fringe => fringe.ElevationDeg))?.ElevationDeg),
        .. By("transfer at g/2, without sign", [0, 0.2, 0.4, 0.6, 0.8, 1.01], crystal => crystal.Image.HalfTransferRatio is double t ? Math.Abs(t) : null),
        .. By("degree of order", [0, 0.2, 0.4, 0.6, 0.8, 1.01], crystal => crystal.Truth!.OrderFraction, regularToo: false),
    ];

    /// <summary>Share of the ordered crystals of at least a diameter (superlattice visible) that are called superstructure, found or not.</summary>
    /// <param name="leastNm">The diameter, nm.</param>
    /// <returns>The share; <c>null</c> where there are none.</returns>
    public FractionInterval? SensitivityFrom(double leastNm) =>
        Share(Crystals.Where(crystal => crystal.Kind == CrystalTruth.Ordered && crystal.Truth!.DiameterNm >= leastNm), crystal => crystal.Answer == CrystalAnswer.Superstructure);

    /// <summary>Errors of the spacings of some crystals, %.</summary>
    internal static ErrorSummary? SpacingOf(IEnumerable<ScoredCrystal> crystals) =>
        ErrorSummary.Of("%", crystals.Where(crystal => crystal.SpacingErrorRatio is not null).Select(crystal => (100 * crystal.SpacingErrorRatio!.Value, crystal.SpacingPullRatio)));

    /// <summary>What the test does to ordered and regular crystals in the percentage: undetermined ones count as not called, as in the percentage itself.</summary>
    internal static DetectionRates RatesOf(IEnumerable<ScoredCrystal> crystals)
    {
        ScoredCrystal[] judged = [.. crystals.Where(crystal => crystal.InDenominator)];
        int All(Func<ScoredCrystal, bool> of) => judged.Count(of);
        return new DetectionRates(
            All(crystal => _ordered.Contains(crystal.Kind) && crystal.Answer == CrystalAnswer.Superstructure),
            All(crystal => _ordered.Contains(crystal.Kind)),
            All(crystal => crystal.Kind == CrystalTruth.Regular && crystal.Answer == CrystalAnswer.Superstructure),
            All(crystal => crystal.Kind == CrystalTruth.Regular));
    }

    private static FractionInterval? Share(IEnumerable<ScoredCrystal> of, Func<ScoredCrystal, bool> those)
    {
        ScoredCrystal[] all = [.. of];
        return FractionIntervals.ClopperPearson(all.Count(those), all.Length);
    }

    private IEnumerable<SensitivityGroup> By(string quantity, double[] edges, Func<ScoredCrystal, double?> value, bool regularToo = true)
    {
        ScoredCrystal[] known = [.. Crystals.Where(crystal => (_ordered.Contains(crystal.Kind) || (regularToo && crystal.Kind == CrystalTruth.Regular)) && value(crystal) is not null)];
        for (int i = 0; i + 1 < edges.Length; i++)
        {
            ScoredCrystal[] here = [.. known.Where(crystal => value(crystal) >= edges[i] && value(crystal) < edges[i + 1])];
            if (here.Length > 0)
            {
                bool below = i == 0 && edges[0] < 0, above = i + 2 == edges.Length && edges[^1] > 50;
                string range = below ? FormattableString.Invariant($"below {edges[1]}") : above ? FormattableString.Invariant($"{edges[i]} or more") : FormattableString.Invariant($"{edges[i]} to {edges[i + 1]}");
                yield return new SensitivityGroup(
                    quantity, range, (decimal)here.Average(crystal => value(crystal)!.Value), here.Count(crystal => crystal.Kind == CrystalTruth.Ordered),
                    Share(here.Where(crystal => crystal.Kind == CrystalTruth.Ordered), crystal => crystal.Answer == CrystalAnswer.Superstructure), RatesOf(here));
            }
        }
    }
}
