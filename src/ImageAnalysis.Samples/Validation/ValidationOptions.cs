namespace ImageAnalysis.Samples;

/// <summary>The bars that a validation holds results to.</summary>
public sealed record ValidationOptions
{
    /// <summary>Least share of the crystals with visible fringes that are found and put into the percentage, 0…1; default 0.9. Raised: stricter.</summary>
    public double MinRecallFraction { get; init; } = 0.9;

    /// <summary>Least share of the ordered crystals whose superlattice stands out that are called superstructure, found or not, 0…1; default 0.95. Raised: stricter.</summary>
    public double MinSensitivityFraction { get; init; } = 0.95;

    /// <summary>The bar on sensitivity holds for crystals of at least this diameter, nm, 0…1000; default 3: smaller ones are at the limit of what an image can show. Raised: laxer.</summary>
    public double SensitivityFromNm { get; init; } = 3;

    /// <summary>Most false superstructures as a share of the truly regular crystals, 0…1; default 0.01. Raised: laxer.</summary>
    public double MaxFalseFraction { get; init; } = 0.01;

    /// <summary>Most by which a sample's percentage may be off, in particles of that sample, 0…1000; default 1. Raised: laxer.</summary>
    public double MaxTableDifferenceRatio { get; init; } = 1;

    /// <summary>Largest median error of the spacing, without its sign, %, 0…100; default 1. Raised: laxer.</summary>
    public double MaxSpacingErrorPercent { get; init; } = 1;

    /// <summary>Largest median error of a fringe's direction, without its sign, degree, 0…90; default 1. Raised: laxer.</summary>
    public double MaxAngleErrorDeg { get; init; } = 1;

    /// <summary>Least share of the particles that lie wholly in a HAADF-STEM image that are found, 0…1; default 0.95. Raised: stricter.</summary>
    public double MinSizedRecallFraction { get; init; } = 0.95;

    /// <summary>Largest mean error of the long axis, without its sign, nm, 0…100; default 0.05. Raised: laxer.</summary>
    public double MaxSizeBiasNm { get; init; } = 0.05;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is NaN or outside its limits; the message names it.</exception>
    public void Validate()
    {
        Check(MinRecallFraction, 1, nameof(MinRecallFraction));
        Check(MinSensitivityFraction, 1, nameof(MinSensitivityFraction));
        Check(SensitivityFromNm, 1000, nameof(SensitivityFromNm));
        Check(MaxFalseFraction, 1, nameof(MaxFalseFraction));
        Check(MaxTableDifferenceRatio, 1000, nameof(MaxTableDifferenceRatio));
        Check(MaxSpacingErrorPercent, 100, nameof(MaxSpacingErrorPercent));
        Check(MaxAngleErrorDeg, 90, nameof(MaxAngleErrorDeg));
        Check(MinSizedRecallFraction, 1, nameof(MinSizedRecallFraction));
        Check(MaxSizeBiasNm, 100, nameof(MaxSizeBiasNm));
    }

    private static void Check(double value, double highest, string name)
    {
        if (!(value >= 0 && value <= highest))
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} is {value}; expected 0 to {highest}."));
        }
    }
}
