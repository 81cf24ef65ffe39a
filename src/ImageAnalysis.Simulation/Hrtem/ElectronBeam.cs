namespace ImageAnalysis.Simulation;

/// <summary>Wavelength and strength of interaction of electrons in a microscope.</summary>
/// <remarks>E. J. Kirkland, Advanced Computing in Electron Microscopy, 3rd ed. (2020), doi:10.1007/978-3-030-33260-0, equations 2.5 and 5.6. Constants: CODATA 2018.</remarks>
public static class ElectronBeam
{
    /// <summary>Energy of an electron at rest, m₀c², in keV.</summary>
    private const double RestKev = 510.998950;

    /// <summary>h·c in keV·nm.</summary>
    private const double PlanckKevNm = 1.239841984;

    /// <summary>The wavelength λ = hc/√(eV(2m₀c² + eV)).</summary>
    /// <param name="voltageKv">Accelerating voltage, kV, 1…3000.</param>
    /// <returns>λ in nm; 0.002508 at 200 kV.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The voltage is outside its limits.</exception>
    public static double WavelengthNm(double voltageKv)
    {
        Limits.Check(nameof(voltageKv), voltageKv, 1, 3000);
        return PlanckKevNm / Math.Sqrt(voltageKv * ((2 * RestKev) + voltageKv));
    }

    /// <summary>The interaction constant σ = 2π/(λV) · (m₀c² + eV)/(2m₀c² + eV): the phase that a volt adds over a nm.</summary>
    /// <param name="voltageKv">Accelerating voltage, kV, 1…3000.</param>
    /// <returns>σ in rad/(V·nm); 0.007288 at 200 kV.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The voltage is outside its limits.</exception>
    public static double InteractionPerVoltNm(double voltageKv) =>
        2 * Math.PI / (WavelengthNm(voltageKv) * voltageKv * 1000) * (RestKev + voltageKv) / ((2 * RestKev) + voltageKv);
}
