namespace ImageAnalysis.Core;

/// <summary>A strain of a cubic crystal against a reference, the same in all directions. Negative is compression.</summary>
/// <param name="LinearRatio">Linear strain Δa/a, above −1.</param>
/// <param name="LinearSigmaRatio">One standard deviation of it; <c>null</c> where it is not known.</param>
public sealed record LatticeStrain(double LinearRatio, double? LinearSigmaRatio)
{
    private const double LargestRatio = 0.5;

    /// <summary>Volume strain ΔV/V = (1 + Δa/a)³ − 1; three times the linear strain where that is small.</summary>
    public double VolumeRatio => Math.Pow(1 + LinearRatio, 3) - 1;

    /// <summary>One standard deviation of the volume strain; <c>null</c> where that of the linear strain is not known.</summary>
    public double? VolumeSigmaRatio => 3 * Math.Pow(1 + LinearRatio, 2) * LinearSigmaRatio;

    /// <summary>The strain of one lattice parameter against another: (a − a₀)/a₀.</summary>
    /// <param name="aAngstrom">Lattice parameter a, Å; above 0.</param>
    /// <param name="aSigmaAngstrom">One standard deviation of a, Å; <c>null</c> where it is not known.</param>
    /// <param name="referenceAngstrom">Lattice parameter a₀ of the unstrained crystal, Å; above 0.</param>
    /// <param name="referenceSigmaAngstrom">One standard deviation of a₀, Å; <c>null</c> for a value that is taken as exact.</param>
    /// <returns>The strain; its standard deviation is √(σ² + (a/a₀)²σ₀²)/a₀, for errors that do not depend on each other.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or outside its range.</exception>
    public static LatticeStrain OfEdges(double aAngstrom, double? aSigmaAngstrom, double referenceAngstrom, double? referenceSigmaAngstrom)
    {
        JoinCheck.Positive(aAngstrom, nameof(aAngstrom));
        JoinCheck.Positive(referenceAngstrom, nameof(referenceAngstrom));
        JoinCheck.Sigma(aSigmaAngstrom, nameof(aSigmaAngstrom));
        JoinCheck.Sigma(referenceSigmaAngstrom, nameof(referenceSigmaAngstrom));
        double ratio = aAngstrom / referenceAngstrom;
        double? sigma = aSigmaAngstrom is double own ? JoinCheck.Quadrature(own, ratio * (referenceSigmaAngstrom ?? 0)) / referenceAngstrom : null;
        return new(ratio - 1, sigma);
    }

    /// <summary>The strain that a shift of a phonon's frequency means: Δω/ω = (1 + 3Δa/a)^(−ζ) − 1.</summary>
    /// <param name="phononPerCm">Frequency in the sample, cm⁻¹; above 0.</param>
    /// <param name="phononSigmaPerCm">One standard deviation of it, cm⁻¹; <c>null</c> where it is not known.</param>
    /// <param name="referencePerCm">Frequency in the unstrained crystal, cm⁻¹; above 0. Its standard deviation is taken to be the same.</param>
    /// <param name="exponentRatio">Grüneisen parameter ζ of the phonon; 0.1 to 10; the paper takes 1.1.</param>
    /// <returns>The strain.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or outside its range, or the strain would exceed 50 %.</exception>
    /// <remarks>
    /// <para>
    /// Equation 2 of S. L. White, P. Banerjee and P. K. Jain, Nat. Commun. 8, 14514 (2017), doi:10.1038/ncomms14514; solved, Δa/a = ((ω/ω₀)^(−1/ζ) − 1)/3. It is the definition of ζ, ω ∝ V^(−ζ),
    /// with ΔV/V written as 3Δa/a.
    /// </para>
    /// <para>For compression it is a lower limit: confinement of the phonon to a small particle lowers its frequency, and hides part of what compression raises.</para>
    /// </remarks>
    public static LatticeStrain OfPhonon(double phononPerCm, double? phononSigmaPerCm, double referencePerCm, double exponentRatio = 1.1)
    {
        JoinCheck.Positive(phononPerCm, nameof(phononPerCm));
        JoinCheck.Positive(referencePerCm, nameof(referencePerCm));
        JoinCheck.Sigma(phononSigmaPerCm, nameof(phononSigmaPerCm));
        OptionCheck.Within(exponentRatio, 0.1, 10, nameof(exponentRatio));
        double ratio = phononPerCm / referencePerCm, volume = Math.Pow(ratio, -1 / exponentRatio), strain = (volume - 1) / 3;
        OptionCheck.Within(strain, -LargestRatio, LargestRatio, nameof(phononPerCm));

        // d(Δa/a) = −(1 + 3Δa/a)/(3ζ) · d ln(ω/ω₀), with the errors of both frequencies.
        double? sigma = phononSigmaPerCm is double s ? volume / (3 * exponentRatio) * JoinCheck.Quadrature(s / phononPerCm, s / referencePerCm) : null;
        return new(strain, sigma);
    }

    /// <summary>The relative shift of a phonon's frequency that this strain means: (1 + 3Δa/a)^(−ζ) − 1.</summary>
    /// <param name="exponentRatio">Grüneisen parameter ζ of the phonon; 0.1 to 10.</param>
    /// <returns>Δω/ω.</returns>
    /// <exception cref="ArgumentOutOfRangeException">ζ is NaN or outside its range, or the strain is −1/3 or below.</exception>
    public double PhononShiftRatio(double exponentRatio = 1.1)
    {
        OptionCheck.Within(exponentRatio, 0.1, 10, nameof(exponentRatio));
        OptionCheck.Within(LinearRatio, -0.3333, LargestRatio, nameof(LinearRatio));
        return Math.Pow(1 + (3 * LinearRatio), -exponentRatio) - 1;
    }
}
