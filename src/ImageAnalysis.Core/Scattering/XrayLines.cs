namespace ImageAnalysis.Core;

/// <summary>The wavelengths of the X-ray lines of laboratory anodes.</summary>
/// <remarks>
/// G. Hölzer et al., Phys. Rev. A 56 (1997) 4554, doi:10.1103/PhysRevA.56.4554, for Cr to Cu; J. A. Bearden, Rev. Mod. Phys. 39 (1967) 78, rescaled, for Mo and Ag (International Tables for Crystallography C, table 4.2.2.1).
/// </remarks>
public static class XrayLines
{
    /// <summary>Cu Kα₁, Å.</summary>
    public const double CopperKAlpha1Angstrom = 1.540593;

    /// <summary>Cu Kα₂, Å; half as strong as Kα₁.</summary>
    public const double CopperKAlpha2Angstrom = 1.544427;
}
