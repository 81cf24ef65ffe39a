using ImageAnalysis.Lattice;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Samples;

/// <summary>What a crystal of an HRTEM image is in truth.</summary>
public enum CrystalTruth
{
    /// <summary>Ordered, and its superlattice can be expected to stand out (or the truth does not say that it can't).</summary>
    Ordered,

    /// <summary>Ordered, but its superlattice is too faint to be seen in this image.</summary>
    OrderedFaint,

    /// <summary>Shows fringes of the tested family and no order.</summary>
    Regular,

    /// <summary>Shows no fringe of the tested family.</summary>
    NoFringe,

    /// <summary>There is no particle.</summary>
    Nothing,
}

/// <summary>What the analysis made of it.</summary>
public enum CrystalAnswer
{
    /// <summary>Called superstructure.</summary>
    Superstructure,

    /// <summary>Called regular.</summary>
    Regular,

    /// <summary>Called undetermined.</summary>
    Undetermined,

    /// <summary>Found with other fringes only.</summary>
    NoFringe,

    /// <summary>Not found.</summary>
    NotFound,
}

/// <summary>One crystal of an HRTEM image: what is there beside what was found, of which one may be missing.</summary>
public sealed record ScoredCrystal
{
    // Further away than this, the measured fringe is another one than the true.
    private const double SameFringeDeg = 10;

    /// <summary>Name of the sample.</summary>
    public required string Sample { get; init; }

    /// <summary>The image file as in the tables.</summary>
    public required string File { get; init; }

    /// <summary>What is known of the image.</summary>
    public required HrtemTruthImage Image { get; init; }

    /// <summary>What is there; <c>null</c> where nothing is.</summary>
    public HrtemTruthParticle? Truth { get; init; }

    /// <summary>What was found; <c>null</c> where nothing was.</summary>
    public CrystalMeasurement? Found { get; init; }

    /// <summary>The truth in one word.</summary>
    public CrystalTruth Kind => Truth switch
    {
        null => CrystalTruth.Nothing,
        { Label: LatticeLabel.Ordered, ObservableSuperlattice: false } => CrystalTruth.OrderedFaint,
        { Label: LatticeLabel.Ordered } => CrystalTruth.Ordered,
        { Label: LatticeLabel.Regular } => CrystalTruth.Regular,
        _ => CrystalTruth.NoFringe,
    };

    /// <summary>The answer in one word.</summary>
    public CrystalAnswer Answer => Found?.Verdict switch
    {
        null => CrystalAnswer.NotFound,
        Verdict.Superstructure => CrystalAnswer.Superstructure,
        Verdict.Regular => CrystalAnswer.Regular,
        Verdict.Undetermined => CrystalAnswer.Undetermined,
        _ => CrystalAnswer.NoFringe,
    };

    /// <summary>Whether fringes of the tested family are in view and can be expected to stand out.</summary>
    public bool IsExpected => Kind is CrystalTruth.Ordered or CrystalTruth.OrderedFaint or CrystalTruth.Regular && Truth!.ObservableFringe != false;

    /// <summary>Whether the analysis counts it in the percentage.</summary>
    public bool InDenominator => Answer is CrystalAnswer.Superstructure or CrystalAnswer.Regular or CrystalAnswer.Undetermined;

    /// <summary>The true fringe that the measured one is; <c>null</c> where it runs in another direction than all of them, or there is none.</summary>
    public HrtemTruthFringe? Fringe => Nearest is { } near && Math.Abs(AngleBetween(Found!.Carrier!.NormalDeg, near.AngleDeg)) <= SameFringeDeg ? near : null;

    /// <summary>Whether the measured fringe runs in another direction than every true one.</summary>
    public bool IsOtherFringe => Nearest is not null && Fringe is null;

    /// <summary>Error of the spacing as part of the true one; <c>null</c> where there is nothing to compare.</summary>
    public double? SpacingErrorRatio => TrueSpacing is double d && Found!.Carrier!.SpacingNm is double measured ? (measured / d) - 1 : null;

    /// <summary>Error of the spacing over its stated standard deviation, that of the pixel size left out.</summary>
    public double? SpacingPullRatio => SpacingErrorRatio is double error && Found!.Carrier!.SpacingSigmaNm is double sigma and > 0 ? error * TrueSpacing / sigma : null;

    /// <summary>Error of the superlattice's period as part of the true one, where both are there.</summary>
    public double? PeriodErrorRatio => Kind is CrystalTruth.Ordered or CrystalTruth.OrderedFaint && Fringe is { SuperlatticeAxis: true } && Found!.SuperlatticePeriodNm is double measured && Truth!.PeriodNm is double period
        ? (measured / period) - 1
        : null;

    /// <summary>Error of the fringe's direction, −90…90.</summary>
    public double? AngleErrorDeg => Fringe is { } fringe ? AngleBetween(Found!.Carrier!.NormalDeg, fringe.AngleDeg) : null;

    /// <summary>Error of the direction over its stated standard deviation.</summary>
    public double? AnglePullRatio => AngleErrorDeg is double error && Found!.Carrier!.NormalSigmaDeg > 0 ? error / Found.Carrier.NormalSigmaDeg : null;

    private HrtemTruthFringe? Nearest => Truth is { Fringes.Count: > 0 } && Found?.Carrier is { } carrier ? Truth.Fringes.MinBy(fringe => Math.Abs(AngleBetween(carrier.NormalDeg, fringe.AngleDeg))) : null;

    /// <summary>The true spacing of the measured fringe: the fringe's own, else the particle's where that holds for it (all members alike, or along the order).</summary>
    private double? TrueSpacing => Fringe is not { } fringe ? null : fringe.SpacingNm ?? (fringe.SuperlatticeAxis || !Truth!.Fringes.Any(other => other.SuperlatticeAxis) ? Truth!.SpacingNm : null);

    /// <summary>First less second direction, in [−90, 90).</summary>
    internal static double AngleBetween(double firstDeg, double secondDeg)
    {
        double difference = (firstDeg - secondDeg + 90) / 180;
        return (180 * (difference - Math.Floor(difference))) - 90;
    }
}
