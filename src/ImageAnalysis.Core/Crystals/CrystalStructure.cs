namespace ImageAnalysis.Core;

/// <summary>
/// A crystal structure: the unit cell, the symmetry operations, and the sites of the asymmetric unit. Immutable; the <c>With…</c> functions give
/// changed copies.
/// </summary>
/// <remarks>
/// Displacements are isotropic. The position of a site that lies within <see cref="MergeToleranceAngstrom"/> of a special position counts as on it.
/// </remarks>
public sealed class CrystalStructure
{
    /// <summary>Images of a site that come closer than this are one atom on a special position, Å.</summary>
    /// <remarks>
    /// Coordinates rounded to three digits put the images of an atom on a special position up to some 0.02 Å apart, while no two atoms that are
    /// meant to be different come closer than a few tenths of an Å, even in disordered models.
    /// </remarks>
    public const double MergeToleranceAngstrom = 0.05;

    private readonly FractionalPosition[][] orbits;

    /// <summary>Makes a structure.</summary>
    /// <param name="name">What the structure is called; not empty.</param>
    /// <param name="cell">The unit cell.</param>
    /// <param name="symmetry">The symmetry operations.</param>
    /// <param name="sites">The sites of the asymmetric unit, with different labels; at least one.</param>
    /// <param name="comments">Lines on source, doubts and constraints that go with the structure; none by default.</param>
    /// <exception cref="ArgumentException">No name, no site, or two sites of one label.</exception>
    public CrystalStructure(
        string name, UnitCell cell, SymmetryGroup symmetry, IEnumerable<CrystalSite> sites, IEnumerable<string>? comments = null)
        : this(name, cell, symmetry, [.. sites], [.. comments ?? []], null)
    {
    }

    private CrystalStructure(string name, UnitCell cell, SymmetryGroup symmetry, CrystalSite[] sites, string[] comments, FractionalPosition[][]? orbits)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(cell);
        ArgumentNullException.ThrowIfNull(symmetry);
        if (sites.Length == 0)
        {
            throw new ArgumentException("A crystal structure needs at least one site.", nameof(sites));
        }

        if (sites.GroupBy(site => site.Label, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Two sites have the label '{twice.Key}'.", nameof(sites));
        }

        (Name, Cell, Symmetry, Sites, Comments) = (name, cell, symmetry, sites, comments);
        this.orbits = orbits ?? [.. sites.Select(site => SiteOrbit.Of(site.Position, cell, symmetry))];
    }

    /// <summary>What the structure is called.</summary>
    public string Name { get; }

    /// <summary>The unit cell.</summary>
    public UnitCell Cell { get; }

    /// <summary>The symmetry operations, a closed group.</summary>
    public SymmetryGroup Symmetry { get; }

    /// <summary>The symmetry operations one by one; the identity is first.</summary>
    public IReadOnlyList<SymmetryOperation> Operations => Symmetry.Operations;

    /// <summary>The sites of the asymmetric unit.</summary>
    public IReadOnlyList<CrystalSite> Sites { get; }

    /// <summary>Lines on source, doubts and constraints that go with the structure.</summary>
    public IReadOnlyList<string> Comments { get; }

    /// <summary>All positions of the cell that symmetry makes of one site.</summary>
    /// <param name="siteIndex">Number of the site, from 0.</param>
    /// <returns>The different positions, each in [0, 1); their number is the multiplicity of the site. The site's own one is first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no site of that number.</exception>
    public IReadOnlyList<FractionalPosition> Orbit(int siteIndex)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(siteIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(siteIndex, orbits.Length);
        return orbits[siteIndex];
    }

    /// <summary>All positions of the cell that symmetry makes of one site.</summary>
    /// <param name="site">A site of this structure, found by its label.</param>
    /// <returns>The different positions, each in [0, 1); their number is the multiplicity of the site.</returns>
    /// <exception cref="ArgumentException">The structure has no site of that label.</exception>
    public IReadOnlyList<FractionalPosition> Orbit(CrystalSite site)
    {
        ArgumentNullException.ThrowIfNull(site);
        return orbits[IndexOf(site.Label)];
    }

    /// <summary>Number of positions of one site in the cell.</summary>
    /// <param name="siteIndex">Number of the site, from 0.</param>
    /// <returns>The multiplicity, 1 or more.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no site of that number.</exception>
    public int MultiplicityCount(int siteIndex) => Orbit(siteIndex).Count;

    /// <summary>Number of the site with a label.</summary>
    /// <param name="label">The label, case as given.</param>
    /// <returns>The number, from 0.</returns>
    /// <exception cref="ArgumentException">The structure has no site of that label.</exception>
    public int IndexOf(string label)
    {
        for (int i = 0; i < Sites.Count; i++)
        {
            if (Sites[i].Label == label)
            {
                return i;
            }
        }

        throw new ArgumentException($"'{Name}' has no site '{label}'; it has {string.Join(", ", Sites.Select(site => site.Label))}.", nameof(label));
    }

    /// <summary>All positions of the cell, site by site; partly filled ones are listed once with their site's occupancy.</summary>
    /// <returns>The positions in the order of <see cref="Sites"/> and of their orbits.</returns>
    public IReadOnlyList<CrystalAtom> Atoms() =>
        [.. Sites.SelectMany((site, index) => orbits[index].Select(position => new CrystalAtom(site, index, position)))];

    /// <summary>Mean number of atoms of an element in the unit cell: the sum of multiplicity times occupancy.</summary>
    /// <param name="element">The element's symbol, such as <c>Cu</c>; ions of it count too.</param>
    /// <returns>The number of atoms, a ratio to one cell; 0 where the element is not there.</returns>
    public double AtomsPerCellRatio(string element) => AtomsPerCellByGroup(element).Values.Sum();

    /// <summary>Mean number of atoms of an element in the unit cell, apart for each group of sites.</summary>
    /// <param name="element">The element's symbol, such as <c>Cu</c>; ions of it count too.</param>
    /// <returns>The number of atoms per cell by <see cref="CrystalSite.Group"/> (or label, where a site has no group), in the order of the sites.</returns>
    public IReadOnlyDictionary<string, double> AtomsPerCellByGroup(string element)
    {
        int number = Species.Parse(element).AtomicNumber;
        Dictionary<string, double> atoms = [];
        for (int i = 0; i < Sites.Count; i++)
        {
            if (Sites[i].Species.AtomicNumber == number)
            {
                string group = Sites[i].Group ?? Sites[i].Label;
                atoms[group] = atoms.GetValueOrDefault(group) + (orbits[i].Length * Sites[i].OccupancyFraction);
            }
        }

        return atoms;
    }

    /// <summary>The same structure with another cell; positions stay the same fractions.</summary>
    /// <param name="cell">The new cell.</param>
    /// <returns>The changed copy.</returns>
    public CrystalStructure WithCell(UnitCell cell) => new(Name, cell, Symmetry, [.. Sites], [.. Comments], orbits);

    /// <summary>The same structure under another name.</summary>
    /// <param name="name">The new name; not empty.</param>
    /// <returns>The changed copy.</returns>
    public CrystalStructure WithName(string name) => new(name, Cell, Symmetry, [.. Sites], [.. Comments], orbits);

    /// <summary>The same structure with other comments.</summary>
    /// <param name="comments">The new comments, one a line.</param>
    /// <returns>The changed copy.</returns>
    public CrystalStructure WithComments(IEnumerable<string> comments) => new(Name, Cell, Symmetry, [.. Sites], [.. comments], orbits);

    /// <summary>The same structure with another occupancy of one site.</summary>
    /// <param name="label">Label of the site.</param>
    /// <param name="occupancyFraction">The new occupancy, 0 to 1.</param>
    /// <returns>The changed copy.</returns>
    /// <exception cref="ArgumentException">There is no such site, or the occupancy is outside its range.</exception>
    public CrystalStructure WithOccupancy(string label, double occupancyFraction)
    {
        int index = IndexOf(label);
        CrystalSite[] sites = [.. Sites];
        sites[index] = sites[index] with { OccupancyFraction = occupancyFraction };
        return new(Name, Cell, Symmetry, sites, [.. Comments], orbits);
    }

    /// <summary>The same structure with each site changed by a function, for occupancies and displacement parameters of many sites at once.</summary>
    /// <param name="change">Gives the new site for each old one; the position may change too.</param>
    /// <returns>The changed copy.</returns>
    /// <exception cref="ArgumentException">Two sites came to have one label.</exception>
    public CrystalStructure WithSites(Func<CrystalSite, CrystalSite> change)
    {
        CrystalSite[] sites = [.. Sites.Select(change)];
        bool still = sites.Zip(Sites).All(pair => pair.First.Position == pair.Second.Position);
        return new(Name, Cell, Symmetry, sites, [.. Comments], still ? orbits : null);
    }
}
