namespace ImageAnalysis.Core;

/// <summary>Contacts in a structure that can not be: what models with split and partly filled sites must be asked.</summary>
public static class Contacts
{
    // Neighbours at one distance agree within rounding of coordinates.
    private const double SameDistanceAngstrom = 1e-3;

    /// <summary>All pairs of sites that come impossibly close somewhere in the crystal.</summary>
    /// <param name="structure">The crystal.</param>
    /// <param name="options">What counts as impossible; defaults where <c>null</c>.</param>
    /// <returns>The nearest such contact of each pair of sites, by rising distance. Sites that share one position (a mixed site) are none.</returns>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <remarks>
    /// The limit is a part of the sum of the covalent radii of Cordero et al. (2008), doi:10.1039/B801115J: a rule that separates the 0.5-2 Å of split sites from
    /// bonds, and no judgement on bonds. Which occupancies several sites can have together is looked at for pairs only; sites that exclude one another
    /// in threes and fours are bound more tightly.
    /// </remarks>
    public static IReadOnlyList<Contact> Of(CrystalStructure structure, ContactOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(structure);
        options ??= new();
        options.Validate();
        List<Contact> contacts = [];
        for (int i = 0; i < structure.Sites.Count; i++)
        {
            for (int j = i; j < structure.Sites.Count; j++)
            {
                bool filled = structure.Sites[i].OccupancyFraction > 0 && structure.Sites[j].OccupancyFraction > 0;
                if ((filled || options.IncludeEmptySites) && Nearest(structure, i, j, options) is { } contact)
                {
                    contacts.Add(contact);
                }
            }
        }

        return [.. contacts.OrderBy(contact => Math.Round(contact.DistanceAngstrom, 6))];
    }

    /// <summary>The shortest distance between the positions of two sites.</summary>
    /// <param name="structure">The crystal.</param>
    /// <param name="firstIndex">Number of one site, from 0.</param>
    /// <param name="secondIndex">Number of the other site; the same for distances within one site, where a position is not compared with itself.</param>
    /// <returns>The distance in Å (0 for sites that share a position), and how many positions of the second site lie at it from one of the first.</returns>
    public static (double DistanceAngstrom, int NeighbourCount) NearestAngstrom(CrystalStructure structure, int firstIndex, int secondIndex)
    {
        ArgumentNullException.ThrowIfNull(structure);
        FractionalPosition from = structure.Orbit(firstIndex)[0];
        double shortest = double.PositiveInfinity;
        int count = 0;
        foreach (FractionalPosition to in structure.Orbit(secondIndex))
        {
            foreach (double distance in Distances(structure.Cell, from, to, firstIndex == secondIndex))
            {
                if (distance < shortest - SameDistanceAngstrom)
                {
                    (shortest, count) = (distance, 1);
                }
                else if (distance <= shortest + SameDistanceAngstrom)
                {
                    count++;
                }
            }
        }

        return (shortest, count);
    }

    private static Contact? Nearest(CrystalStructure structure, int i, int j, ContactOptions options)
    {
        CrystalSite first = structure.Sites[i], second = structure.Sites[j];
        int z1 = first.Species.AtomicNumber, z2 = second.Species.AtomicNumber;
        double sum = CovalentRadii.Angstrom(z1) + CovalentRadii.Angstrom(z2);
        bool metals = CovalentRadii.IsMetal(z1) && CovalentRadii.IsMetal(z2);
        double ratio = metals ? options.SmallestMetalRatio : options.SmallestRatio;
        double limit = ratio * sum;
        (double distance, int count) = NearestAngstrom(structure, i, j);
        if (distance >= limit || distance < CrystalStructure.MergeToleranceAngstrom)
        {
            return null;
        }

        string pair = metals ? "two metal atoms" : "two atoms";
        string reason = FormattableString.Invariant(
            $"{first.Label} and {second.Label} are {distance:0.00} Å apart; {pair} {first.Species.Element} and {second.Species.Element} need {limit:0.00} Å ({ratio:0.##} of their covalent radii, {sum:0.00} Å), so of the two positions at most one is filled");
        return new(first.Label, second.Label, distance, limit, count, first.OccupancyFraction, second.OccupancyFraction, reason);
    }

    // From one position to the repeats of another in the cells around.
    private static IEnumerable<double> Distances(UnitCell cell, FractionalPosition from, FractionalPosition to, bool sameSite)
    {
        double dx = to.XFraction - from.XFraction, dy = to.YFraction - from.YFraction, dz = to.ZFraction - from.ZFraction;
        (dx, dy, dz) = (dx - Math.Round(dx), dy - Math.Round(dy), dz - Math.Round(dz));
        for (int i = -1; i <= 1; i++)
        {
            for (int j = -1; j <= 1; j++)
            {
                for (int k = -1; k <= 1; k++)
                {
                    double distance = cell.DistanceAngstrom(default, new(dx + i, dy + j, dz + k));
                    if (!sameSite || distance >= CrystalStructure.MergeToleranceAngstrom)
                    {
                        yield return distance;
                    }
                }
            }
        }
    }
}
