namespace ImageAnalysis.Core;

/// <summary>Covalent radii of the elements, and which of them are metals.</summary>
/// <remarks>B. Cordero et al., Dalton Trans. (2008) 2832, doi:10.1039/B801115J, table 2 (C: sp³; Mn, Fe, Co: low spin): H to Cm.</remarks>
internal static class CovalentRadii
{
    // In pm, in the order of the atomic numbers.
    private static readonly short[] RadiiPm =
    [
        31, 28, 128, 96, 84, 76, 71, 66, 57, 58, 166, 141, 121, 111, 107, 105, 102, 106, 203, 176,
        170, 160, 153, 139, 139, 132, 126, 124, 132, 122, 122, 120, 119, 120, 120, 116, 220, 195, 190, 175,
        164, 154, 147, 146, 142, 139, 145, 144, 142, 139, 139, 138, 139, 140, 244, 215, 207, 204, 203, 201,
        199, 198, 198, 196, 194, 192, 192, 189, 190, 187, 187, 175, 170, 162, 151, 144, 141, 136, 136, 132,
        145, 146, 148, 140, 150, 150, 260, 221, 215, 206, 200, 196, 190, 187, 180, 169,
    ];

    /// <summary>The radius in Å; that of Cm for the two elements beyond it.</summary>
    public static double Angstrom(int atomicNumber) => RadiiPm[Math.Min(atomicNumber, RadiiPm.Length) - 1] / 100.0;

    /// <summary>False for the non-metals, the noble gases and the half-metals B, Si, Ge, As, Se, Sb, Te.</summary>
    public static bool IsMetal(int atomicNumber) => atomicNumber is not
        (1 or 2 or (>= 5 and <= 10) or (>= 14 and <= 18) or (>= 32 and <= 36) or (>= 51 and <= 54) or 85 or 86);
}
