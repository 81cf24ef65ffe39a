namespace ImageAnalysis.Core;

/// <summary>The published tables of X-ray scattering factors that can be used.</summary>
public enum ScatteringTable
{
    /// <summary>Waasmaier and Kirfel, Acta Cryst. A 51 (1995) 416: five Gaussians and a constant, for sin θ/λ up to 6 Å⁻¹.</summary>
    WaasmaierKirfel1995,

    /// <summary>International Tables for Crystallography C (1992), table 6.1.1.4, in the form of Cromer and Mann: four Gaussians and a constant, for sin θ/λ up to 2 Å⁻¹.</summary>
    CromerMann1992,
}
