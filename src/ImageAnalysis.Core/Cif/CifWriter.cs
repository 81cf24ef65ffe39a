using System.Globalization;
using System.Text;

namespace ImageAnalysis.Core;

/// <summary>Writes crystal structures as crystallographic information files (CIF 1.1).</summary>
public static class CifWriter
{
    /// <summary>The text of a CIF with one data block: comments, cell, all symmetry operations, sites.</summary>
    /// <param name="structure">The structure; its comments (source, doubts, what was constrained in a fit) come as comment lines at the head of the block.</param>
    /// <param name="uncertainties">Standard deviations of refined numbers; none by default.</param>
    /// <returns>The text, with line feeds; characters beyond ASCII are replaced, because the format has none.</returns>
    public static string Write(CrystalStructure structure, CrystalUncertainties? uncertainties = null)
    {
        ArgumentNullException.ThrowIfNull(structure);
        uncertainties ??= new();
        StringBuilder text = new();
        text.Append("data_").Append(BlockName(structure.Name)).Append('\n');
        foreach (string comment in structure.Comments)
        {
            text.Append("# ").Append(Ascii(comment)).Append('\n');
        }

        UnitCell cell = structure.Cell;
        double? a = uncertainties.AEdgeSigmaAngstrom;
        Item(text, "_chemical_name_common", Value(structure.Name));
        Item(text, "_cell_length_a", CifNumber.Text(cell.AAngstrom, a));
        Item(text, "_cell_length_b", CifNumber.Text(cell.BAngstrom, cell.BAngstrom == cell.AAngstrom ? a : null));
        Item(text, "_cell_length_c", CifNumber.Text(cell.CAngstrom, uncertainties.CEdgeSigmaAngstrom ?? (cell.CAngstrom == cell.AAngstrom ? a : null)));
        Item(text, "_cell_angle_alpha", CifNumber.Text(cell.AlphaDeg, null));
        Item(text, "_cell_angle_beta", CifNumber.Text(cell.BetaDeg, null));
        Item(text, "_cell_angle_gamma", CifNumber.Text(cell.GammaDeg, null));
        Item(text, "_cell_volume", cell.VolumeAngstrom3.ToString("0.###", CultureInfo.InvariantCulture));
        if (SpaceGroups.NameOf(structure.Symmetry) is { } group)
        {
            Item(text, "_space_group_name_H-M_alt", Value(group.Name));
            Item(text, "_space_group_IT_number", group.Number.ToString(CultureInfo.InvariantCulture));
        }

        text.Append("loop_\n_space_group_symop_operation_xyz\n");
        foreach (SymmetryOperation operation in structure.Operations)
        {
            text.Append(operation).Append('\n');
        }

        Sites(text, structure, uncertainties);
        return text.ToString();
    }

    private static void Sites(StringBuilder text, CrystalStructure structure, CrystalUncertainties uncertainties)
    {
        bool withB = structure.Sites.Any(site => site.BIsoAngstrom2 is not null);
        bool withLetters = structure.Sites.Any(site => WyckoffLetter(site.Group) is not null);
        bool withGroups = structure.Sites.Any(site => site.Group is not null && WyckoffLetter(site.Group) is null);
        text.Append("loop_\n_atom_site_label\n_atom_site_type_symbol\n_atom_site_site_symmetry_multiplicity\n");
        text.Append(withLetters ? "_atom_site_Wyckoff_symbol\n" : string.Empty).Append(withGroups ? "_ima_site_group\n" : string.Empty);
        text.Append("_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n_atom_site_occupancy\n");
        text.Append(withB ? "_atom_site_B_iso_or_equiv\n" : string.Empty);
        for (int i = 0; i < structure.Sites.Count; i++)
        {
            CrystalSite site = structure.Sites[i];
            List<string> row = [Value(site.Label), site.Ion, structure.MultiplicityCount(i).ToString(CultureInfo.InvariantCulture)];
            if (withLetters)
            {
                row.Add(WyckoffLetter(site.Group) ?? ".");
            }

            if (withGroups)
            {
                row.Add(site.Group is { } name && WyckoffLetter(name) is null ? Value(name) : ".");
            }

            row.Add(CifNumber.Text(site.Position.XFraction, null));
            row.Add(CifNumber.Text(site.Position.YFraction, null));
            row.Add(CifNumber.Text(site.Position.ZFraction, null));
            row.Add(CifNumber.Text(site.OccupancyFraction, Sigma(uncertainties.OccupancySigmaFraction, site.Label)));
            if (withB)
            {
                row.Add(site.BIsoAngstrom2 is { } b ? CifNumber.Text(b, Sigma(uncertainties.BIsoSigmaAngstrom2, site.Label)) : "?");
            }

            text.AppendJoin(' ', row).Append('\n');
        }
    }

    private static double? Sigma(IReadOnlyDictionary<string, double> sigmas, string label) => sigmas.TryGetValue(label, out double sigma) ? sigma : null;

    // "c" of "8c"; other names of groups are no Wyckoff symbols.
    private static string? WyckoffLetter(string? group)
    {
        string letter = group?.TrimStart("0123456789".ToCharArray()) ?? string.Empty;
        return letter.Length == 1 && group!.Length > 1 && char.IsAsciiLetter(letter[0]) ? letter : null;
    }

    private static void Item(StringBuilder text, string name, string value) => text.Append(name.PadRight(34)).Append(value).Append('\n');

    private static string BlockName(string name)
    {
        string block = string.Join('_', string.Concat(Ascii(name).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '+' ? c : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return block.Length == 0 ? "crystal" : block[..Math.Min(block.Length, 75)];
    }

    // A value in quotes where the grammar asks for them.
    private static string Value(string value)
    {
        string text = Ascii(value).Trim();
        bool plain = text.Length > 0 && text.All(c => c > ' ') && text[0] is not ('_' or '#' or '$' or '\'' or '"' or '[' or ']' or ';') && text is not ("?" or ".")
            && !text.EndsWith('_') && !text.StartsWith("data_", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("save_", StringComparison.OrdinalIgnoreCase);
        return plain ? text
            : !text.Contains('\'', StringComparison.Ordinal) ? $"'{text}'"
            : !text.Contains('"', StringComparison.Ordinal) ? $"\"{text}\""
            : $"'{text.Replace('\'', '`')}'";
    }

    private static string Ascii(string text)
    {
        StringBuilder ascii = new(text.Length);
        foreach (char c in text)
        {
            ascii.Append(c switch
            {
                >= ' ' and <= '~' => c.ToString(),
                'Å' or '\u212B' => "A",
                '±' => "+/-",
                '–' or '—' or '−' => "-",
                '°' => " deg",
                'σ' => "sigma",
                'χ' => "chi",
                'Δ' => "Delta",
                'Σ' => "Sum",
                '²' => "^2",
                '³' => "^3",
                '⁺' => "+",
                'α' => "alpha",
                'β' => "beta",
                'θ' => "theta",
                'λ' => "lambda",
                '\t' or '\n' or '\r' => " ",
                _ => "?",
            });
        }

        return ascii.ToString();
    }
}
