using ImageAnalysis.Core;

namespace ImageAnalysis.Lattice;

/// <summary>A crystal of known cell that serves as a ruler: its planes that images can show.</summary>
public sealed record KnownCrystal
{
    private const double FaintestFraction = 0.01; // of the strongest |F|²
    private const int MostFamilies = 6; // of the largest spacings, for the search of fringes

    private KnownCrystal(string name, UnitCell cell, SymmetryGroup symmetry, IReadOnlyList<ReflectionFamily> families)
    {
        (Name, Cell, Symmetry, Families) = (name, cell, symmetry, families);
    }

    /// <summary>Name of the crystal, for people.</summary>
    public string Name { get; }

    /// <summary>Its unit cell.</summary>
    public UnitCell Cell { get; }

    /// <summary>Its symmetry.</summary>
    public SymmetryGroup Symmetry { get; }

    /// <summary>The families of planes that are looked for, by falling spacing.</summary>
    public IReadOnlyList<ReflectionFamily> Families { get; }

    /// <summary>Takes the planes of a structure.</summary>
    /// <param name="structure">The structure.</param>
    /// <param name="smallestSpacingNm">Smallest spacing that images can show, nm; 0.05 to 1, default 0.11.</param>
    /// <returns>The crystal.</returns>
    /// <exception cref="ArgumentException">The structure has no reflection of such a spacing, or an element without scattering factor.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The spacing is outside its limits.</exception>
    public static KnownCrystal Of(CrystalStructure structure, double smallestSpacingNm = 0.11)
    {
        ArgumentNullException.ThrowIfNull(structure);
        OptionCheck.Within(smallestSpacingNm, 0.05, 1, nameof(smallestSpacingNm));

        // X-ray structure factors tell which planes scatter at all; how strongly they show in an image is another matter, and no number here depends on it.
        IReadOnlyList<Reflection> reflections = Reflections.Of(structure, new ReflectionOptions { SmallestSpacingAngstrom = Units.NmToAngstrom(smallestSpacingNm), Anomalous = null });
        double strongest = reflections.Select(reflection => reflection.StructureFactorElectrons2).DefaultIfEmpty().Max();
        ReflectionFamily[] families = [.. reflections.Where(reflection => reflection.StructureFactorElectrons2 > FaintestFraction * strongest).Select(reflection => reflection.Family)];
        return families.Length > 0
            ? new KnownCrystal(structure.Name, structure.Cell, structure.Symmetry, families)
            : throw new ArgumentException(FormattableString.Invariant($"{structure.Name} has no planes of {smallestSpacingNm} nm or more between them."), nameof(structure));
    }

    /// <summary>The options with which fringes of this crystal are looked for.</summary>
    /// <param name="options">Options whose reference and spacings are replaced.</param>
    /// <returns>The options.</returns>
    public FringeOptions Searching(FringeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ReflectionFamily[] used = [.. Families.DistinctBy(family => Math.Round(family.SpacingAngstrom, 4)).Take(MostFamilies)];
        double largest = Units.AngstromToNm(used[0].SpacingAngstrom), smallest = Units.AngstromToNm(used[^1].SpacingAngstrom);
        double from = Math.Clamp(0.85 * smallest, 0.05, 1);
        return options with
        {
            Reference = new ReferenceCrystal
            {
                Name = Name,
                AAngstrom = Cell.AAngstrom,
                BAngstrom = Cell.BAngstrom,
                CAngstrom = Cell.CAngstrom,
                AlphaDeg = Cell.AlphaDeg,
                BetaDeg = Cell.BetaDeg,
                GammaDeg = Cell.GammaDeg,
                Families = [.. used.Select(family => new MillerIndex(family.H, family.K, family.L))],
                Fringe = new MillerIndex(used[0].H, used[0].K, used[0].L),
            },
            MinSpacingNm = from,
            MaxSpacingNm = Math.Clamp(1.3 * largest, 1.5 * from, 5),
        };
    }

    /// <summary>All members of a family, both signs among them.</summary>
    internal IEnumerable<(int H, int K, int L)> Members(ReflectionFamily family) =>
        Symmetry.LaueRotations.Select(rotation => rotation.ApplyToIndices(family.H, family.K, family.L)).Distinct().Order();

    /// <summary>g of a plane in nm⁻¹, in the cell's Cartesian frame.</summary>
    internal (double X, double Y, double Z) G(int h, int k, int l)
    {
        // The reciprocal vector is where the three fractional coordinates of a point grow with h, k and l: solved by the coordinates of the Cartesian unit vectors.
        FractionalPosition x = Cell.ToFractional(new CartesianPosition(1, 0, 0)), y = Cell.ToFractional(new CartesianPosition(0, 1, 0)), z = Cell.ToFractional(new CartesianPosition(0, 0, 1));
        double perNm = Units.NmToAngstrom(1);
        return (
            perNm * ((h * x.XFraction) + (k * x.YFraction) + (l * x.ZFraction)),
            perNm * ((h * y.XFraction) + (k * y.YFraction) + (l * y.ZFraction)),
            perNm * ((h * z.XFraction) + (k * z.YFraction) + (l * z.ZFraction)));
    }
}
