using ImageAnalysis.Core;

namespace ImageAnalysis.Samples;

/// <summary>What is said about the order in one sample.</summary>
public sealed record OrderRow
{
    /// <summary>Name of the sample.</summary>
    public required string Sample { get; init; }

    /// <summary>Counts and fractions; undetermined crystals both ways.</summary>
    public required OrderedFraction Fraction { get; init; }

    /// <summary>Share of all crystals found that show the tested fringes: what the percentage is a percentage of. <c>null</c> without crystals.</summary>
    public FractionInterval? ShowingFringes { get; init; }

    /// <summary>Mean diameter of the crystals in the percentage, nm; <c>null</c> where no size is known in nm.</summary>
    public double? CrystalDiameterNm { get; init; }

    /// <summary>The published row of the same size; <c>null</c> for other crystals or sizes.</summary>
    public PublishedRow? Published { get; init; }

    /// <summary>p-value of the comparison with the published counts (Fisher), not corrected; <c>null</c> without them.</summary>
    public double? PublishedPValue { get; init; }

    /// <summary>Sensitivity and false alarms that were measured on crystals of known truth; <c>null</c> where none were given.</summary>
    public DetectionRates? Rates { get; init; }

    /// <summary>Whether these rates are of crystals of this sample's size, and not of all sizes.</summary>
    public bool RatesOfThisSize { get; init; }

    /// <summary>The fraction corrected with them.</summary>
    public CorrectedFraction? Corrected { get; init; }

    /// <summary>The second estimate, by a model: random orientations; <c>null</c> where it has nothing to say.</summary>
    public RandomOrientationEstimate? Orientation { get; init; }
}

/// <summary>The table of order: a row a sample, what differs, and order against size through all samples.</summary>
/// <param name="Rows">The samples that have HRTEM images, in their order.</param>
/// <param name="Comparison">All pairs of samples; <c>null</c> for fewer than two.</param>
/// <param name="Particles">The determined crystals with a size in nm, ordered by sample, file and number.</param>
/// <param name="SizeOrder">Order against their size; <c>null</c> where it cannot be fitted.</param>
/// <param name="RatesSimulated">Whether the rates that fractions are corrected with come from computed images.</param>
public sealed record OrderTable(IReadOnlyList<OrderRow> Rows, SampleComparison? Comparison, IReadOnlyList<SizedVerdict> Particles, SizeOrderFit? SizeOrder, bool RatesSimulated);
