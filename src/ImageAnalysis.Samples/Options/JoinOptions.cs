namespace ImageAnalysis.Samples;

/// <summary>How the results of microscope, powder pattern and phonon of a sample are compared. A change fits and measures nothing again.</summary>
public sealed record JoinOptions
{
    /// <summary>Lattice parameter of the unstrained crystal, Å; default <c>null</c>: that of the largest sample with the same model.</summary>
    public double? ReferenceAAngstrom { get; init; }

    /// <summary>Frequency of the phonon in the unstrained crystal, cm⁻¹; default <c>null</c>: that of the largest sample that has one.</summary>
    public double? ReferencePhononPerCm { get; init; }

    /// <summary>One standard deviation of a phonon's frequency, cm⁻¹, above 0, at most 1000; default 1, what a usual Raman spectrometer repeats.</summary>
    public double PhononSigmaPerCm { get; init; } = 1;

    /// <summary>Grüneisen parameter ζ of the phonon; default 1.1, 0.1 to 10. Raised: the same shift means less strain.</summary>
    public double GrueneisenRatio { get; init; } = 1.1;

    /// <summary>Bulk modulus B, GPa; default 85, 1 to 1000. Pressures and surface stresses are proportional to it.</summary>
    public double BulkModulusGpa { get; init; } = 85;

    /// <summary>
    /// Standard deviation of the comparison of sizes beyond the scatter of the particles, as a part of the size: pixel sizes, and lines that are no spheres'; default 0.05, 0 to 1. Raised: fewer disagreements are flagged.
    /// </summary>
    public double SizeModelFraction { get; init; } = 0.05;

    /// <summary>
    /// Standard deviation of the pixel sizes of HRTEM images, as a part of them; default 0.03, 0 to 0.5. Real files are off by 2 to 6 %. Raised: strains of fringes are less sure, and fewer disagreements are flagged.
    /// </summary>
    public double CalibrationFraction { get; init; } = 0.03;

    /// <summary>Temperature at which the fractions of ordered particles froze in, K; default 298.15, 1 to 5000. Energy differences are proportional to it.</summary>
    public double TemperatureKelvin { get; init; } = 298.15;

    /// <summary>From how many standard deviations on a disagreement is flagged; default 3, 1 to 10.</summary>
    public double DisagreementRatio { get; init; } = 3;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its limits; the message names it, the value and the limits.</exception>
    public void Validate()
    {
        Check(ReferenceAAngstrom ?? 1, 0.1, 1000, nameof(ReferenceAAngstrom));
        Check(ReferencePhononPerCm ?? 1, 0.1, 10_000, nameof(ReferencePhononPerCm));
        Check(PhononSigmaPerCm, 1e-6, 1000, nameof(PhononSigmaPerCm));
        Check(GrueneisenRatio, 0.1, 10, nameof(GrueneisenRatio));
        Check(BulkModulusGpa, 1, 1000, nameof(BulkModulusGpa));
        Check(SizeModelFraction, 0, 1, nameof(SizeModelFraction));
        Check(CalibrationFraction, 0, 0.5, nameof(CalibrationFraction));
        Check(TemperatureKelvin, 1, 5000, nameof(TemperatureKelvin));
        Check(DisagreementRatio, 1, 10, nameof(DisagreementRatio));
    }

    private static void Check(double value, double low, double high, string name)
    {
        if (!(value >= low && value <= high))
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} is {value}; expected {low}…{high}."));
        }
    }
}
