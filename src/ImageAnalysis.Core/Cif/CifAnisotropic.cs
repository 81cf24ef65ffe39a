namespace ImageAnalysis.Core;

/// <summary>Anisotropic displacement parameters of a CIF, as the isotropic B that comes nearest to them.</summary>
internal static class CifAnisotropic
{
    private static readonly string[] Axes = ["11", "22", "33", "12", "13", "23"];

    /// <summary>B of each label that has anisotropic parameters U or B, Å².</summary>
    /// <remarks>U(eq) = ⅓ Σᵢ Σⱼ Uᵢⱼ a*ᵢ a*ⱼ aᵢ·aⱼ: R. X. Fischer and E. Tillmanns, Acta Cryst. C 44 (1988) 775, doi:10.1107/S0108270187012745.</remarks>
    public static Dictionary<string, double> EquivalentB(CifBlock block, UnitCell cell)
    {
        Dictionary<string, double> equivalent = new(StringComparer.Ordinal);
        IReadOnlyList<CifToken> labels = block.Column("_atom_site_aniso_label");
        foreach ((string letter, double factor) in (ReadOnlySpan<(string, double)>)[("u", 8 * Math.PI * Math.PI), ("b", 1)])
        {
            IReadOnlyList<CifToken>[] columns = [.. Axes.Select(axes => block.Column($"_atom_site_aniso_{letter}_{axes}"))];
            if (labels.Count == 0 || Array.Exists(columns, column => column.Count != labels.Count))
            {
                continue;
            }

            for (int i = 0; i < labels.Count; i++)
            {
                if (Array.Exists(columns, column => column[i].IsMissing))
                {
                    continue;
                }

                double[] u = [.. columns.Select((column, axis) => CifNumber.Of(column[i], $"_atom_site_aniso_{letter}_{Axes[axis]}"))];
                double b = factor * cell.EquivalentIsotropic(u[0], u[1], u[2], u[3], u[4], u[5]);
                if (b is >= -10 and <= 100)
                {
                    equivalent.TryAdd(labels[i].Text.Trim(), b);
                }
            }
        }

        return equivalent;
    }
}
