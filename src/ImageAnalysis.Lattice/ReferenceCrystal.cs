using ImageAnalysis.Core;

namespace ImageAnalysis.Lattice;

/// <summary>
/// The crystal that is looked for, as data: its cell, the reflections that images show, the family of fringes that is tested, and the superlattice that it may carry.
/// The defaults are copper selenide: face-centred cubic, a = 5.85 Å, fringes {111}, vacancy order that doubles their period (order vector ½{111}).
/// </summary>
public sealed record ReferenceCrystal
{
    /// <summary>Name for messages; default <c>Cu2Se</c>.</summary>
    public string Name { get; init; } = "Cu2Se";

    /// <summary>Edge a of the cell, Å; default 5.85.</summary>
    public double AAngstrom { get; init; } = 5.85;

    /// <summary>Edge b of the cell, Å; default 5.85.</summary>
    public double BAngstrom { get; init; } = 5.85;

    /// <summary>Edge c of the cell, Å; default 5.85.</summary>
    public double CAngstrom { get; init; } = 5.85;

    /// <summary>Angle α of the cell, degree; default 90.</summary>
    public double AlphaDeg { get; init; } = 90;

    /// <summary>Angle β of the cell, degree; default 90.</summary>
    public double BetaDeg { get; init; } = 90;

    /// <summary>Angle γ of the cell, degree; default 90.</summary>
    public double GammaDeg { get; init; } = 90;

    /// <summary>
    /// One member of each family of reflections that images show; default {111}, {200}, {220}, {311}. A family's members are all indices of the same length of g and the same parities
    /// in any order. More of them: more fringes get a name, and fewer angles speak against the reference.
    /// </summary>
    public IReadOnlyList<MillerIndex> Families { get; init; } = [new(1, 1, 1), new(2, 0, 0), new(2, 2, 0), new(3, 1, 1)];

    /// <summary>The family of which every member in view is tested for the superlattice; default {111}. It must be one of <see cref="Families"/>.</summary>
    public MillerIndex Fringe { get; init; } = new(1, 1, 1);

    /// <summary>By what the superlattice multiplies the period along a fringe's normal, 2…6; default 2: spots at g/2, the order vector ½{111}.</summary>
    public int PeriodCount { get; init; } = 2;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its limits; the message names it, the value and the limits.</exception>
    /// <exception cref="ArgumentException">The tested fringe is none of the families, or a family is 0 0 0.</exception>
    public void Validate()
    {
        OptionCheck.Within(AAngstrom, 1, 100, nameof(AAngstrom));
        OptionCheck.Within(BAngstrom, 1, 100, nameof(BAngstrom));
        OptionCheck.Within(CAngstrom, 1, 100, nameof(CAngstrom));
        OptionCheck.Within(AlphaDeg, 30, 150, nameof(AlphaDeg));
        OptionCheck.Within(BetaDeg, 30, 150, nameof(BetaDeg));
        OptionCheck.Within(GammaDeg, 30, 150, nameof(GammaDeg));
        OptionCheck.Within(PeriodCount, 2, 6, nameof(PeriodCount));
        ArgumentNullException.ThrowIfNull(Families);
        if (Families.Any(family => family is { H: 0, K: 0, L: 0 }))
        {
            throw new ArgumentException("Families holds 0 0 0, which is no lattice plane.", nameof(Families));
        }

        if (!Families.Contains(Fringe))
        {
            throw new ArgumentException($"Fringe is {Fringe}; expected one of Families: {string.Join(", ", Families)}.", nameof(Fringe));
        }
    }

    /// <summary>A structure as a reference: its cell, and the families of reflections that it shows.</summary>
    /// <param name="structure">The structure, such as one read from a CIF.</param>
    /// <param name="fringe">The family that is tested; <c>null</c> for that of the largest spacing.</param>
    /// <param name="smallestSpacingAngstrom">Families of smaller spacings are left out, Å; default 1.7.</param>
    /// <returns>The reference, with a doubled period as its superlattice.</returns>
    /// <exception cref="ArgumentException">The structure has no reflection of that spacing or more.</exception>
    public static ReferenceCrystal Of(CrystalStructure structure, MillerIndex? fringe = null, double smallestSpacingAngstrom = 1.7)
    {
        ArgumentNullException.ThrowIfNull(structure);
        IReadOnlyList<Reflection> all = Reflections.Of(structure, new ReflectionOptions { SmallestSpacingAngstrom = smallestSpacingAngstrom, Anomalous = null });
        double strongest = all.Select(static reflection => reflection.StructureFactorElectrons2).DefaultIfEmpty().Max();

        // Electrons and X-rays see the same absences; what is a thousandth of the strongest is not seen in an image.
        MillerIndex[] families = [.. all.Where(reflection => reflection.StructureFactorElectrons2 > 1e-3 * strongest).OrderByDescending(static reflection => reflection.SpacingAngstrom)
            .Select(static reflection => new MillerIndex(reflection.H, reflection.K, reflection.L))];
        if (families.Length == 0)
        {
            throw new ArgumentException($"The structure has no reflections of {smallestSpacingAngstrom} Å or more.", nameof(structure));
        }

        UnitCell cell = structure.Cell;
        return new ReferenceCrystal
        {
            Name = structure.Name,
            AAngstrom = cell.AAngstrom,
            BAngstrom = cell.BAngstrom,
            CAngstrom = cell.CAngstrom,
            AlphaDeg = cell.AlphaDeg,
            BetaDeg = cell.BetaDeg,
            GammaDeg = cell.GammaDeg,
            Families = families,
            Fringe = fringe ?? families[0],
        };
    }

    /// <summary>The unit cell.</summary>
    /// <returns>The cell of the six numbers.</returns>
    public UnitCell Cell() => new(AAngstrom, BAngstrom, CAngstrom, AlphaDeg, BetaDeg, GammaDeg);
}
