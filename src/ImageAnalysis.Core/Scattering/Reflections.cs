namespace ImageAnalysis.Core;

/// <summary>The lines of a powder pattern of a crystal, without instrument and profile.</summary>
/// <remarks>
/// F(hkl) = Σ n (f0(s) + f′ + i f″) exp(−B s²) Σ exp(2πi h·r) over sites and their positions, with occupancy n and s = 1/(2d): International Tables for
/// Crystallography B, equation 1.2.4.6 ff. Isotropic displacements; no extinction, absorption or preferred orientation.
/// </remarks>
public static class Reflections
{
    private const int MostIndices = 50_000_000;

    /// <summary>The families of planes of a crystal and their |F|².</summary>
    /// <param name="structure">The crystal.</param>
    /// <param name="options">What to compute with; defaults where <c>null</c>.</param>
    /// <returns>The reflections by falling d; families with one d but different |F|² (333 and 511) are separate.</returns>
    /// <exception cref="ArgumentException">An option is outside its range, or a table lacks an element.</exception>
    public static IReadOnlyList<Reflection> Of(CrystalStructure structure, ReflectionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(structure);
        options ??= new();
        options.Validate();
        ReflectionFamily[] families = FamiliesOf(structure.Cell, structure.Symmetry, options.SmallestSpacingAngstrom, options.KeepAbsent);
        return SiteSums.Of(structure, families).Reflections(structure, options);
    }

    /// <summary>The families of planes of a cell down to a smallest spacing.</summary>
    /// <param name="cell">The unit cell.</param>
    /// <param name="symmetry">The symmetry: its Laue class makes the families, and its translations extinguish some.</param>
    /// <param name="smallestSpacingAngstrom">Smallest spacing d, Å; above 0.</param>
    /// <param name="keepAbsent">Whether families that symmetry extinguishes are kept.</param>
    /// <returns>The families by falling d, then by falling h, k and l.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The smallest spacing is not above 0, or so small that there are more than 50 million planes to look at.</exception>
    public static IReadOnlyList<ReflectionFamily> Families(
        UnitCell cell, SymmetryGroup symmetry, double smallestSpacingAngstrom, bool keepAbsent = false)
    {
        ArgumentNullException.ThrowIfNull(cell);
        ArgumentNullException.ThrowIfNull(symmetry);
        return FamiliesOf(cell, symmetry, smallestSpacingAngstrom, keepAbsent);
    }

    private static ReflectionFamily[] FamiliesOf(UnitCell cell, SymmetryGroup symmetry, double smallest, bool keepAbsent)
    {
        if (!(smallest > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(smallest), smallest, "The smallest spacing must be above 0.");
        }

        // h = a·g, so |h| <= a/d; likewise k and l.
        double inverse = 1 / smallest;
        double hEnd = Math.Floor((cell.AAngstrom * inverse) + 1e-9), kEnd = Math.Floor((cell.BAngstrom * inverse) + 1e-9), lEnd = Math.Floor((cell.CAngstrom * inverse) + 1e-9);
        if ((hEnd + 1) * ((2 * kEnd) + 1) * ((2 * lEnd) + 1) > MostIndices)
        {
            throw new ArgumentOutOfRangeException(nameof(smallest), smallest, "The smallest spacing is too small for this cell: there are more than 50 million planes.");
        }

        SymmetryOperation[] rotations = [.. symmetry.LaueRotations];
        (SymmetryOperation[] centrings, SymmetryOperation[] others) = Extinguishing(symmetry);
        double limit = inverse * inverse * (1 + 1e-12);
        List<ReflectionFamily> families = [];

        // As the inversion is in every Laue class, each family has a member whose first index that is not 0 is above 0.
        for (int h = (int)hEnd; h >= 0; h--)
        {
            for (int k = (int)kEnd; k >= -(int)kEnd; k--)
            {
                for (int l = (int)lEnd; l >= -(int)lEnd; l--)
                {
                    double inverseSquared = cell.InverseSpacingSquared(h, k, l);
                    if (inverseSquared > limit || !LeadsUpwards(h, k, l) || (!keepAbsent && IsExtinguished(centrings, h, k, l)))
                    {
                        continue;
                    }

                    int multiplicity = MultiplicityIfBest(rotations, h, k, l);
                    if (multiplicity > 0 && (keepAbsent || !IsExtinguished(others, h, k, l)))
                    {
                        families.Add(new(h, k, l, multiplicity, 1 / Math.Sqrt(inverseSquared)));
                    }
                }
            }
        }

        // The order in which equal spacings were met is kept; rounding must not decide it.
        return [.. families.OrderByDescending(family => Math.Round(family.SpacingAngstrom, 9))];
    }

    // The number of members of the family if (hkl) is the one that stands for it, else 0.
    private static int MultiplicityIfBest(SymmetryOperation[] rotations, int h, int k, int l)
    {
        int same = 0;
        foreach (SymmetryOperation rotation in rotations)
        {
            (int h2, int k2, int l2) = rotation.ApplyToIndices(h, k, l);
            if (h2 == h && k2 == k && l2 == l)
            {
                same++;
            }
            else if (LeadsUpwards(h2, k2, l2) && IsBefore(h2, k2, l2, h, k, l))
            {
                return 0;
            }
        }

        return rotations.Length / same;
    }

    private static bool LeadsUpwards(int h, int k, int l) => h > 0 || (h == 0 && (k > 0 || (k == 0 && l > 0)));

    // The fewest negative indices, then the largest h, k and l: 110 and not 2-10.
    private static bool IsBefore(int h, int k, int l, int h2, int k2, int l2)
    {
        int negative = (k < 0 ? 1 : 0) + (l < 0 ? 1 : 0), negative2 = (k2 < 0 ? 1 : 0) + (l2 < 0 ? 1 : 0);
        return negative != negative2 ? negative < negative2
            : h != h2 ? h > h2
            : k != k2 ? k > k2
            : l > l2;
    }

    // Pure translations extinguish whole lattices and are looked at first; identity and operations without translation extinguish nothing.
    private static (SymmetryOperation[] Centrings, SymmetryOperation[] Others) Extinguishing(SymmetryGroup symmetry)
    {
        ILookup<bool, SymmetryOperation> moving = symmetry.Operations
            .Where(operation => operation.XFraction != 0 || operation.YFraction != 0 || operation.ZFraction != 0)
            .ToLookup(operation => operation.IsTranslation);
        return ([.. moving[true]], [.. moving[false]]);
    }

    private static bool IsExtinguished(SymmetryOperation[] operations, int h, int k, int l)
    {
        foreach (SymmetryOperation operation in operations)
        {
            if (operation.Extinguishes(h, k, l))
            {
                return true;
            }
        }

        return false;
    }
}
