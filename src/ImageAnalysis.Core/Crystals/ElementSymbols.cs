namespace ImageAnalysis.Core;

/// <summary>The symbols of the chemical elements in the order of their atomic numbers.</summary>
internal static class ElementSymbols
{
    private static readonly string[] Symbols =
    [
        "H", "He", "Li", "Be", "B", "C", "N", "O", "F", "Ne", "Na", "Mg", "Al", "Si", "P", "S", "Cl", "Ar", "K", "Ca",
        "Sc", "Ti", "V", "Cr", "Mn", "Fe", "Co", "Ni", "Cu", "Zn", "Ga", "Ge", "As", "Se", "Br", "Kr", "Rb", "Sr", "Y", "Zr",
        "Nb", "Mo", "Tc", "Ru", "Rh", "Pd", "Ag", "Cd", "In", "Sn", "Sb", "Te", "I", "Xe", "Cs", "Ba", "La", "Ce", "Pr", "Nd",
        "Pm", "Sm", "Eu", "Gd", "Tb", "Dy", "Ho", "Er", "Tm", "Yb", "Lu", "Hf", "Ta", "W", "Re", "Os", "Ir", "Pt", "Au", "Hg",
        "Tl", "Pb", "Bi", "Po", "At", "Rn", "Fr", "Ra", "Ac", "Th", "Pa", "U", "Np", "Pu", "Am", "Cm", "Bk", "Cf",
    ];

    public static string Of(int atomicNumber) => Symbols[atomicNumber - 1];

    /// <summary>The atomic number, or 0 where the symbol (in any case) is that of no element up to 98. D is hydrogen.</summary>
    public static int NumberOf(ReadOnlySpan<char> symbol)
    {
        if (symbol.Equals("D", StringComparison.OrdinalIgnoreCase))
        {
            return 1;
        }

        for (int i = 0; i < Symbols.Length; i++)
        {
            if (symbol.Equals(Symbols[i], StringComparison.OrdinalIgnoreCase))
            {
                return i + 1;
            }
        }

        return 0;
    }
}
