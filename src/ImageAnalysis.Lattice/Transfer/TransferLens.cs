namespace ImageAnalysis.Lattice;

/// <summary>What is known of the objective lens before the image is looked at.</summary>
/// <param name="VoltageKv">Accelerating voltage, kV.</param>
/// <param name="SphericalMm">Spherical aberration, mm.</param>
/// <param name="SphericalSigmaMm">Its standard deviation, mm.</param>
internal readonly record struct TransferLens(double VoltageKv, double SphericalMm, double SphericalSigmaMm)
{
    private const double NmPerMm = 1e6;

    /// <summary>Energy of an electron at rest, keV, and hc, keV·nm (CODATA 2018).</summary>
    private const double RestKev = 510.998950;
    private const double PlanckKevNm = 1.239841984;

    /// <summary>λ = hc/√(eV(2m₀c² + eV)).</summary>
    public double WavelengthNm => PlanckKevNm / Math.Sqrt(VoltageKv * ((2 * RestKev) + VoltageKv));

    /// <summary>What a mm of spherical aberration adds to χ: (π/2) λ³ g⁴ · 10⁶ nm, rad.</summary>
    public static double PhasePerMm(double wavelengthNm, double g2) => Math.PI / 2 * NmPerMm * wavelengthNm * wavelengthNm * wavelengthNm * g2 * g2;
}
