namespace ImageAnalysis.Core;

/// <summary>A family of occupancies ready for fitting: bounds and equations over the sites of the structure.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Limits">Bounds and equations of the occupancies.</param>
/// <param name="FreeCount">Free occupancies less the equations between them.</param>
internal sealed record FamilySetup(string Name, FitLimits Limits, int FreeCount);

/// <summary>Which families of occupancies are compared.</summary>
internal static class FamilySetups
{
    private const int MostSubsets = 5;

    /// <summary>Labels of the sites whose occupancies may change at all.</summary>
    public static string[] FreeSites(CrystalStructure structure, PowderFitOptions options)
    {
        if (options.FreeSites is { } labels)
        {
            return [.. labels.Select(label => structure.Sites[structure.IndexOf(label)].Label)];
        }

        HashSet<string> partly = [.. structure.Sites.Where(site => site.OccupancyFraction < 1).Select(site => site.Species.Element)];
        return [.. structure.Sites.Where(site => partly.Contains(site.Species.Element)).Select(site => site.Label)];
    }

    /// <summary>The families that can hold all equations, in the order of their number of free sites.</summary>
    /// <exception cref="ArgumentException">None can, or a site or element is not in the structure.</exception>
    public static IReadOnlyList<FamilySetup> Of(CrystalStructure structure, PowderFitOptions options)
    {
        string[] free = FreeSites(structure, options);
        List<OccupancyConstraint> common = [.. options.Constraints, .. ExactTotals(structure, options, free), .. options.Constraints.Count == 0 ? SharedPlaces(structure, free) : []];
        List<FamilySetup> setups = [];
        foreach (OccupancyFamily family in options.Families ?? Subsets(structure, free))
        {
            FitLimits limits = LimitsOf(structure, free, family, common);
            if (Holds(limits))
            {
                setups.Add(new(family.Name, limits, family.FreeSites.Count - IndependentCount(limits)));
            }
        }

        return setups.Count > 0 ? setups : throw new ArgumentException("No set of free sites can hold the totals and equations that were asked for; allow more sites or free the total.", nameof(options));
    }

    /// <summary>Free sites of different atoms at one place, which the structure fills: as one leaves, the other comes. Equations that whoever gives some of their own has to give too.</summary>
    public static IEnumerable<OccupancyConstraint> SharedPlaces(CrystalStructure structure, string[] free)
    {
        const double same = 1e-3;
        int[] sites = [.. free.Select(structure.IndexOf)];
        bool Share(int a, int b) => structure.Orbit(b).Any(place => new[]
        {
            place.XFraction - structure.Sites[a].Position.XFraction, place.YFraction - structure.Sites[a].Position.YFraction, place.ZFraction - structure.Sites[a].Position.ZFraction,
        }.All(difference => Math.Abs(difference - Math.Round(difference)) < same));
        foreach (int site in sites)
        {
            int[] shared = [.. sites.Where(other => Share(site, other))];
            if (shared.Length > 1 && shared[0] == site && Math.Abs(shared.Sum(one => structure.Sites[one].OccupancyFraction) - 1) < same)
            {
                yield return new(shared.ToDictionary(one => structure.Sites[one].Label, _ => 1.0), 1);
            }
        }
    }

    /// <summary>Measured totals, as one more observation each.</summary>
    public static IEnumerable<LinearObservation> MeasuredTotals(CrystalStructure structure, PowderFitOptions options, PowderLayout layout) =>
        (options.Totals ?? []).Where(total => total.SigmaPerCell is not null).Select(total => new LinearObservation(
            [.. TermsOf(structure, total.Element).Select(term => (layout.Occupancy + structure.IndexOf(term.Key), term.Value))], total.AtomsPerCell, total.SigmaPerCell!.Value));

    private static IEnumerable<OccupancyConstraint> ExactTotals(CrystalStructure structure, PowderFitOptions options, string[] free)
    {
        IEnumerable<ElementTotal> totals = options.Totals
            ?? free.Select(label => structure.Sites[structure.IndexOf(label)].Species.Element).Distinct().Select(element => new ElementTotal(element, structure.AtomsPerCellRatio(element)));
        return totals.Where(total => total.SigmaPerCell is null).Select(total => new OccupancyConstraint(TermsOf(structure, total.Element), total.AtomsPerCell));
    }

    /// <summary>Multiplicity of each site of an element.</summary>
    private static Dictionary<string, double> TermsOf(CrystalStructure structure, string element)
    {
        Dictionary<string, double> terms = [];
        for (int i = 0; i < structure.Sites.Count; i++)
        {
            if (structure.Sites[i].Species.Element == element)
            {
                terms.Add(structure.Sites[i].Label, structure.MultiplicityCount(i));
            }
        }

        return terms.Count > 0 ? terms : throw new ArgumentException($"'{structure.Name}' has no {element}, whose total was given.", nameof(element));
    }

    private static IEnumerable<OccupancyFamily> Subsets(CrystalStructure structure, string[] free)
    {
        if (free.Length > MostSubsets || free.Length == 0)
        {
            return [new OccupancyFamily(free.Length == 0 ? structure.Name : string.Join('+', free.Select(label => NameOf(structure, label))), free)];
        }

        return Enumerable.Range(1, (1 << free.Length) - 1)
            .Select(bits => (string[])[.. free.Where((_, site) => (bits >> site & 1) != 0)])
            .OrderBy(sites => sites.Length)
            .Select(sites => new OccupancyFamily(string.Join('+', sites.Select(label => NameOf(structure, label))), sites));
    }

    private static string NameOf(CrystalStructure structure, string label) => structure.Sites[structure.IndexOf(label)].Group ?? label;

    private static FitLimits LimitsOf(CrystalStructure structure, string[] free, OccupancyFamily family, List<OccupancyConstraint> common)
    {
        int sites = structure.Sites.Count;
        double[] lower = [.. structure.Sites.Select(site => site.OccupancyFraction)];
        double[] upper = [.. lower];
        foreach (string label in free)
        {
            int site = structure.IndexOf(label);
            lower[site] = 0;
            upper[site] = family.FreeSites.Contains(label) ? 1 : 0;
        }

        foreach (string label in family.FreeSites)
        {
            lower[structure.IndexOf(label)] = 0;
            upper[structure.IndexOf(label)] = 1;
        }

        foreach ((string label, OccupancyBounds bounds) in family.Bounds)
        {
            int site = structure.IndexOf(label);
            OptionCheck.Within(bounds.LowFraction, 0, 1, $"{nameof(OccupancyFamily.Bounds)}[{label}]");
            OptionCheck.Within(bounds.HighFraction, bounds.LowFraction, 1, $"{nameof(OccupancyFamily.Bounds)}[{label}]");
            (lower[site], upper[site]) = (Math.Max(lower[site], bounds.LowFraction), Math.Min(upper[site], bounds.HighFraction));
        }

        OccupancyConstraint[] all = [.. common, .. family.Constraints];
        return new(lower, upper, [.. all.Select(one => RowOf(structure, one.Terms))], [.. all.Select(one => one.ValueRatio)]);
    }

    private static double[] RowOf(CrystalStructure structure, IReadOnlyDictionary<string, double> terms)
    {
        double[] row = new double[structure.Sites.Count];
        foreach ((string label, double coefficient) in terms)
        {
            row[structure.IndexOf(label)] = coefficient;
        }

        return row;
    }

    /// <summary>Whether occupancies within the bounds exist that obey the equations.</summary>
    public static bool Holds(FitLimits limits)
    {
        double[] middle = [.. limits.Lower.Zip(limits.Upper, (low, high) => (low + high) / 2)];
        double[] x = LeastSquares.Into(middle, limits);
        return !limits.Rows.Where((row, k) => Math.Abs(row.Zip(x, (a, b) => a * b).Sum() - limits.Values[k]) > 1e-6 * (1 + Math.Abs(limits.Values[k]))).Any();
    }

    /// <summary>Number of equations that say something of the free occupancies on their own.</summary>
    private static int IndependentCount(FitLimits limits)
    {
        List<double[]> independent = [];
        foreach (double[] row in limits.Rows)
        {
            double[] rest = [.. row.Select((value, i) => limits.Lower[i] < limits.Upper[i] ? value : 0)];
            double size = Math.Sqrt(rest.Sum(value => value * value));
            foreach (double[] other in independent)
            {
                double along = rest.Zip(other, (a, b) => a * b).Sum();
                rest = [.. rest.Zip(other, (a, b) => a - (along * b))];
            }

            double left = Math.Sqrt(rest.Sum(value => value * value));
            if (left > 1e-9 * size && size > 0)
            {
                independent.Add([.. rest.Select(value => value / left)]);
            }
        }

        return independent.Count;
    }
}
