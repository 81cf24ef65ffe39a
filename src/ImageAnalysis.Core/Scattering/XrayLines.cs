namespace ImageAnalysis.Core;

/// <summary>The wavelengths of the X-ray lines of laboratory anodes.</summary>
/// <remarks>
/// International Tables for Crystallography C (2004), table 4.2.2.4: for Cr, Fe, Co and Cu after G. Hölzer et al., Phys. Rev. A 56 (1997) 4554,
/// doi:10.1103/PhysRevA.56.4554.
/// </remarks>
public static class XrayLines
{
    /// <summary>Cu Kα₁, Å.</summary>
    public const double CopperKAlpha1Angstrom = 1.540593;

    /// <summary>Cu Kα₂, Å; half as strong as Kα₁.</summary>
    public const double CopperKAlpha2Angstrom = 1.544427;

    /// <summary>Cr Kα₁, Å.</summary>
    public const double ChromiumKAlpha1Angstrom = 2.289726;

    /// <summary>Fe Kα₁, Å.</summary>
    public const double IronKAlpha1Angstrom = 1.936041;

    /// <summary>Co Kα₁, Å.</summary>
    public const double CobaltKAlpha1Angstrom = 1.788996;

    /// <summary>Mo Kα₁, Å.</summary>
    public const double MolybdenumKAlpha1Angstrom = 0.709317;

    /// <summary>Ag Kα₁, Å.</summary>
    public const double SilverKAlpha1Angstrom = 0.559422;
}
