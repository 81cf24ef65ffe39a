namespace ImageAnalysis.Core;

/// <summary>The sites of a structure in a CIF.</summary>
internal static class CifSites
{
    private const int MostSites = 10_000;
    private const double EightPiSquared = 8 * Math.PI * Math.PI;

    // Occupancies that were rounded or refined a little above 1 are 1.
    private const double OccupancySlack = 0.02;

    public static IReadOnlyList<CrystalSite> Of(CifBlock block, UnitCell cell, List<string> notes)
    {
        IReadOnlyList<CifToken> x = block.Column("_atom_site_fract_x"), y = block.Column("_atom_site_fract_y"), z = block.Column("_atom_site_fract_z");
        if (x.Count != y.Count || x.Count != z.Count)
        {
            throw new CifException(x[0].Line, $"{x.Count} values of _atom_site_fract_x, {y.Count} of y and {z.Count} of z", "all three for each site");
        }

        if (x.Count > MostSites)
        {
            throw new CifException(x[0].Line, $"{x.Count} sites", $"at most {MostSites}");
        }

        IReadOnlyList<CifToken> labels = Aligned(block, x, "_atom_site_label"), types = Aligned(block, x, "_atom_site_type_symbol");
        IReadOnlyList<CifToken> occupancies = Aligned(block, x, "_atom_site_occupancy"), flags = Aligned(block, x, "_atom_site_calc_flag");
        IReadOnlyList<CifToken> b = Aligned(block, x, "_atom_site_b_iso_or_equiv"), u = Aligned(block, x, "_atom_site_u_iso_or_equiv");
        IReadOnlyList<CifToken> letters = Aligned(block, x, "_atom_site_wyckoff_symbol", "_atom_site_wyckoff_label");
        IReadOnlyList<CifToken> groups = Aligned(block, x, "_ima_site_group"), multiplicities = Multiplicities(block, x);
        if (labels.Count == 0 && types.Count == 0)
        {
            throw new CifException(x[0].Line, "sites without _atom_site_label and _atom_site_type_symbol", "at least one of them, to tell the elements");
        }

        Dictionary<string, double> equivalent = CifAnisotropic.EquivalentB(block, cell);
        HashSet<string> used = new(StringComparer.Ordinal);
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        List<CrystalSite> sites = [];
        int withoutOccupancy = 0;
        for (int i = 0; i < x.Count; i++)
        {
            if (At(flags, i) is { } flag && flag.Text.StartsWith("dum", StringComparison.OrdinalIgnoreCase))
            {
                notes.Add($"Line {flag.Line}: a dummy site is left out.");
                continue;
            }

            string given = At(labels, i)?.Text.Trim() is { Length: > 0 } text ? text : At(types, i)?.Text.Trim() ?? string.Empty;
            if (given.Length == 0)
            {
                throw new CifException(x[i].Line, "a site without label and type symbol", "at least one of them, to tell the element");
            }

            string label = Unique(given, used, counts);
            if (label != given)
            {
                notes.Add($"Line {x[i].Line}: another site is called '{given}' too; this one is called '{label}'.");
            }

            double occupancy = Occupancy(At(occupancies, i), notes, ref withoutOccupancy);
            sites.Add(new CrystalSite(label, Kind(At(types, i), given, x[i].Line, notes), new(Fraction(x[i], "x"), Fraction(y[i], "y"), Fraction(z[i], "z")))
            {
                OccupancyFraction = occupancy,
                BIsoAngstrom2 = BIso(At(b, i), At(u, i)) ?? (equivalent.TryGetValue(given, out double eq) ? eq : null),
                Group = At(groups, i)?.Text ?? Wyckoff(At(multiplicities, i), At(letters, i)),
            });
        }

        if (withoutOccupancy > 0 && occupancies.Count > 0)
        {
            notes.Add($"{withoutOccupancy} sites have no occupancy; they are taken as full.");
        }

        return sites.Count > 0 ? sites : throw new CifException(x[0].Line, "only dummy sites", "at least one atom");
    }

    /// <summary>Notes sites whose number of positions is not what the file says: a sign of a missing operation or a rounded coordinate.</summary>
    public static void CompareMultiplicities(CifBlock block, CrystalStructure structure, List<string> notes)
    {
        IReadOnlyList<CifToken> x = block.Column("_atom_site_fract_x"), stated = Multiplicities(block, x);
        for (int i = 0; i < structure.Sites.Count && structure.Sites.Count == x.Count; i++)
        {
            if (At(stated, i) is { } token && int.TryParse(token.Text, out int count) && count != structure.MultiplicityCount(i))
            {
                notes.Add($"Line {token.Line}: the file gives site '{structure.Sites[i].Label}' {count} positions in the cell; symmetry makes {structure.MultiplicityCount(i)}, which are used.");
            }
        }
    }

    /// <summary>Refuses places that sites fill more than once between them, and notes atoms that seem to be given twice.</summary>
    public static void CheckSharedPlaces(CifBlock block, CrystalStructure structure, List<string> notes)
    {
        IReadOnlyList<CifToken> x = block.Column("_atom_site_fract_x");
        int LineOf(int site) => x[structure.Sites.Count == x.Count ? site : 0].Line;
        Dictionary<(double, double, double), List<int>> places = [];
        for (int i = 0; i < structure.Sites.Count; i++)
        {
            // Sites of one orbit have the same positions; the least of them stands for all.
            (double, double, double) place = structure.Orbit(i).Select(position => (Rounded(position.XFraction), Rounded(position.YFraction), Rounded(position.ZFraction))).Min();
            if (!places.TryGetValue(place, out List<int>? here))
            {
                places[place] = here = [];
            }

            here.Add(i);
            string others = string.Join(", ", here.SkipLast(1).Select(site => $"'{structure.Sites[site].Label}'"));
            double sum = here.Sum(site => structure.Sites[site].OccupancyFraction);
            if (here.Count > 1 && sum > 1 + (OccupancySlack * here.Count))
            {
                throw new CifException(LineOf(i), FormattableString.Invariant($"site '{structure.Sites[i].Label}' lies where {others} is, and together they fill the place {sum:0.###} times"), "occupancies at one place that sum to 1 at most");
            }

            if (here.SkipLast(1).Any(site => structure.Sites[site].Species.Element == structure.Sites[i].Species.Element))
            {
                notes.Add($"Line {LineOf(i)}: site '{structure.Sites[i].Label}' lies where {others} is, with the same element; both are used (is it given twice?).");
            }
        }
    }

    /// <summary>Fractions to four digits, as files write them, with the far face of the cell as the near one.</summary>
    private static double Rounded(double fraction)
    {
        double rounded = Math.Round(fraction, 4);
        return rounded >= 1 ? 0 : rounded;
    }

    private static IReadOnlyList<CifToken> Multiplicities(CifBlock block, IReadOnlyList<CifToken> x) =>
        Aligned(block, x, "_atom_site_site_symmetry_multiplicity", "_atom_site_symmetry_multiplicity");

    private static IReadOnlyList<CifToken> Aligned(CifBlock block, IReadOnlyList<CifToken> x, params ReadOnlySpan<string> names)
    {
        IReadOnlyList<CifToken> column = block.Column(names);
        return column.Count == 0 || column.Count == x.Count
            ? column
            : throw new CifException(column[0].Line, $"{column.Count} values of {names[0]} for {x.Count} sites", "one for each site, in the loop of the coordinates");
    }

    private static CifToken? At(IReadOnlyList<CifToken> column, int row) => row < column.Count && !column[row].IsMissing ? column[row] : null;

    private static double Fraction(CifToken value, string axis)
    {
        if (value.IsMissing)
        {
            throw new CifException(value.Line, $"_atom_site_fract_{axis} is '{value.Text}'", "the position of the site; leave out sites whose position is not known");
        }

        double fraction = CifNumber.Of(value, $"_atom_site_fract_{axis}");
        return Math.Abs(fraction) <= 1000 ? fraction : throw new CifException(value.Line, $"_atom_site_fract_{axis} is {CifTokenizer.Short(value.Text)}", "a fraction of a cell edge");
    }

    private static double Occupancy(CifToken? value, List<string> notes, ref int without)
    {
        if (value is not { } token)
        {
            without++;
            return 1;
        }

        double occupancy = CifNumber.Of(token, "_atom_site_occupancy");
        if (occupancy is > 1 and <= 1 + OccupancySlack or < 0 and >= -OccupancySlack)
        {
            notes.Add($"Line {token.Line}: the occupancy {token.Text} is taken as {(occupancy > 1 ? 1 : 0)}.");
            return occupancy > 1 ? 1 : 0;
        }

        return occupancy is >= 0 and <= 1 ? occupancy : throw new CifException(token.Line, $"_atom_site_occupancy is {CifTokenizer.Short(token.Text)}", "a number from 0 to 1");
    }

    private static double? BIso(CifToken? b, CifToken? u)
    {
        (CifToken? token, string name, double factor) = b is not null ? (b, "_atom_site_B_iso_or_equiv", 1.0) : (u, "_atom_site_U_iso_or_equiv", EightPiSquared);
        if (token is not { } value)
        {
            return null;
        }

        double result = factor * CifNumber.Of(value, name);
        return result is >= -10 and <= 100 ? result : throw new CifException(value.Line, $"{name} is {CifTokenizer.Short(value.Text)}", "B from -10 to 100 Å², or U = B/(8π²)");
    }

    // The type symbol, else the letters at the head of the label: Cu1 and CU1A are copper, OW1 is oxygen.
    private static Species Kind(CifToken? type, string label, int line, List<string> notes)
    {
        string text = type?.Text.Trim() ?? label;
        if (type is not null && Species.TryParse(text, out Species species))
        {
            return species;
        }

        int letters = text.TakeWhile(char.IsAsciiLetter).Count();
        string head = text[..letters];
        foreach (int length in (ReadOnlySpan<int>)[2, 1])
        {
            if (head.Length >= length && Species.TryParse(head[..length], out Species guess) && (length == 2 || head.Length < 3 || type is null))
            {
                if (type is not null)
                {
                    notes.Add($"Line {line}: the type symbol '{CifTokenizer.Short(text)}' is read as neutral {guess.Element}.");
                }

                return guess;
            }
        }

        throw new CifException(line, $"'{CifTokenizer.Short(text)}' names no element", "a type symbol such as Cu or Cu1+, or a label that begins with an element");
    }

    private static string? Wyckoff(CifToken? multiplicity, CifToken? letter) => letter is not { } token || token.Text.Length > 4
        ? null
        : char.IsAsciiDigit(token.Text[0]) ? token.Text : (multiplicity?.Text ?? string.Empty) + token.Text;

    // Counts go on where they stopped, so that ten thousand sites of one label take no longer than others.
    private static string Unique(string label, HashSet<string> used, Dictionary<string, int> counts)
    {
        string unique = label;
        while (!used.Add(unique))
        {
            int count = counts.GetValueOrDefault(label, 1) + 1;
            counts[label] = count;
            unique = FormattableString.Invariant($"{label}_{count}");
        }

        return unique;
    }
}
