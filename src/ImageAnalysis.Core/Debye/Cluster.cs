namespace ImageAnalysis.Core;

/// <summary>
/// A particle as a list of atoms in space: what the Debye equation and the multislice method start from. Immutable; its functions give changed copies.
/// </summary>
/// <remarks>
/// <para>
/// In an <b>explicit</b> cluster every atom is there (all occupancies are 1). In a <b>statistical</b> one each entry is a place that holds its atom with the
/// probability <see cref="ClusterSite.OccupancyFraction"/>, independently of the others; it stands for all configurations at once and has no meaning for
/// multislice. Entries at one place (a mixed site) are alternatives, of which one at most is there.
/// </para>
/// <para>The axes are those of <see cref="UnitCell.ToCartesian"/>; the centre of the particle is the origin where <see cref="ParticleCutter"/> made it.</para>
/// </remarks>
public sealed class Cluster
{
    /// <summary>Largest number of atoms, 2,000,000; the work of the Debye equation grows with its square.</summary>
    public const int MostAtomsCount = 2_000_000;

    /// <summary>Largest number of sites, 64.</summary>
    public const int MostSitesCount = 64;

    /// <summary>Entries closer than this are alternatives at one place, Å.</summary>
    public const double SamePlaceAngstrom = 0.001;

    private const double FarthestAngstrom = 100_000;

    private readonly ClusterSite[] sites;
    private readonly ClusterAtom[] atoms;
    private readonly int[] counts;

    /// <summary>Makes a cluster.</summary>
    /// <param name="sites">The kinds of atoms, with different labels; 1 to 64.</param>
    /// <param name="atoms">The atoms; at least one, at most 2,000,000, each within 10⁵ Å of the origin.</param>
    /// <exception cref="ArgumentException">A list is empty or too long, two sites have one label, an atom names no site, or a coordinate is not finite.</exception>
    public Cluster(IEnumerable<ClusterSite> sites, IEnumerable<ClusterAtom> atoms)
    {
        ArgumentNullException.ThrowIfNull(sites);
        ArgumentNullException.ThrowIfNull(atoms);
        this.sites = [.. sites];
        this.atoms = [.. atoms];
        if (this.sites.Length is 0 or > MostSitesCount)
        {
            throw new ArgumentException($"The cluster has {this.sites.Length} sites; expected 1…{MostSitesCount}.", nameof(sites));
        }

        if (this.sites.Any(site => string.IsNullOrWhiteSpace(site.Label)) || this.sites.DistinctBy(site => site.Label, StringComparer.Ordinal).Count() != this.sites.Length)
        {
            throw new ArgumentException("Each site of a cluster needs a label of its own.", nameof(sites));
        }

        if (this.atoms.Length is 0 or > MostAtomsCount)
        {
            throw new ArgumentException($"The cluster has {this.atoms.Length} atoms; expected 1…{MostAtomsCount}.", nameof(atoms));
        }

        counts = new int[this.sites.Length];
        foreach (ClusterAtom atom in this.atoms)
        {
            if ((uint)atom.SiteIndex >= (uint)counts.Length)
            {
                throw new ArgumentException($"An atom names site {atom.SiteIndex}; expected 0…{counts.Length - 1}.", nameof(atoms));
            }

            if (!(atom.Position.LengthAngstrom <= FarthestAngstrom))
            {
                throw new ArgumentException($"An atom is at {atom.Position}; expected finite coordinates within {FarthestAngstrom} Å.", nameof(atoms));
            }

            counts[atom.SiteIndex]++;
        }

        Sites = Array.AsReadOnly(this.sites);
        Atoms = Array.AsReadOnly(this.atoms);
    }

    /// <summary>The kinds of atoms.</summary>
    public IReadOnlyList<ClusterSite> Sites { get; }

    /// <summary>The atoms, in the order in which they were given.</summary>
    public IReadOnlyList<ClusterAtom> Atoms { get; }

    /// <summary>
    /// Number of unit cells whose places the cluster holds, above 0, the scale on which intensities compare with those of a crystal; <c>null</c> for a
    /// cluster that no crystal was cut for.
    /// </summary>
    public double? CellCountRatio
    {
        get;
        init => field = value is null or (> 0 and <= MostAtomsCount)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(CellCountRatio), value, $"The number of cells is above 0 and at most {MostAtomsCount}.");
    }

    /// <summary>Number of atoms, or of places in a statistical cluster; 1 or more.</summary>
    public int AtomCount => atoms.Length;

    /// <summary>True where the occupancies of all atoms are 1.</summary>
    public bool IsExplicit => Array.TrueForAll(atoms, atom => sites[atom.SiteIndex].OccupancyFraction == 1);

    /// <summary>Number of atoms (places) of one site.</summary>
    /// <param name="siteIndex">Number of the site, from 0.</param>
    /// <returns>The number; 0 where the particle has none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such site.</exception>
    public int AtomCountOf(int siteIndex) => (uint)siteIndex < (uint)counts.Length
        ? counts[siteIndex]
        : throw new ArgumentOutOfRangeException(nameof(siteIndex), siteIndex, $"The cluster has sites 0…{counts.Length - 1}.");

    /// <summary>The cluster stretched or pressed evenly in all directions about the origin.</summary>
    /// <param name="scaleRatio">Lengths are multiplied by it: 1 + strain; above 0, at most 10.</param>
    /// <returns>The cluster with scaled coordinates.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is NaN or outside its range.</exception>
    public Cluster Scaled(double scaleRatio)
    {
        if (scaleRatio is not (> 0 and <= 10))
        {
            throw new ArgumentOutOfRangeException(nameof(scaleRatio), scaleRatio, "The ratio must be above 0 and at most 10.");
        }

        return Moved(position => new(position.XAngstrom * scaleRatio, position.YAngstrom * scaleRatio, position.ZAngstrom * scaleRatio));
    }

    /// <summary>The cluster with its origin at the mean of the positions.</summary>
    /// <returns>The moved cluster.</returns>
    public Cluster Centred()
    {
        double x = atoms.Average(atom => atom.Position.XAngstrom);
        double y = atoms.Average(atom => atom.Position.YAngstrom);
        double z = atoms.Average(atom => atom.Position.ZAngstrom);
        return Moved(position => new(position.XAngstrom - x, position.YAngstrom - y, position.ZAngstrom - z));
    }

    /// <summary>The cluster with every atom carried to another position: turned, moved, bent.</summary>
    /// <param name="move">Gives the new position of an old one.</param>
    /// <returns>The changed cluster.</returns>
    /// <exception cref="ArgumentException">A new position is not finite or too far away.</exception>
    public Cluster Moved(Func<CartesianPosition, CartesianPosition> move)
    {
        ArgumentNullException.ThrowIfNull(move);
        return new(sites, atoms.Select(atom => atom with { Position = move(atom.Position) })) { CellCountRatio = CellCountRatio };
    }

    /// <summary>One thermal configuration: each atom moved at random by its site's B, atoms independent of one another (Einstein's model).</summary>
    /// <param name="seed">Where the randomness comes from; same seed, same cluster.</param>
    /// <returns>The displaced cluster; its sites have B = 0, since their displacements are now in the coordinates.</returns>
    /// <remarks>Along each axis a normal distribution of variance ⟨u²⟩ = B/8π². A B that is not known counts as 0.</remarks>
    public Cluster Displaced(ulong seed)
    {
        SeededRandom random = new(seed);
        double[] deviations = [.. sites.Select(site => Math.Sqrt((site.BIsoAngstrom2 ?? 0) / 8) / Math.PI)];
        ClusterAtom[] moved = new ClusterAtom[atoms.Length];
        for (int i = 0; i < moved.Length; i++)
        {
            double u = deviations[atoms[i].SiteIndex];
            CartesianPosition position = atoms[i].Position;
            moved[i] = atoms[i] with
            {
                Position = new(
                    position.XAngstrom + (u * random.NextGaussian()),
                    position.YAngstrom + (u * random.NextGaussian()),
                    position.ZAngstrom + (u * random.NextGaussian())),
            };
        }

        return new(sites.Select(site => site with { BIsoAngstrom2 = 0 }), moved) { CellCountRatio = CellCountRatio };
    }

    /// <summary>The longest distance from the origin, Å.</summary>
    /// <returns>0 for a single atom at the origin.</returns>
    public double RadiusAngstrom() => atoms.Max(atom => atom.Position.LengthAngstrom);

    /// <summary>An upper bound of the distance between two atoms: the diameter of the sphere around the middle of the box that holds them, Å.</summary>
    internal double Extent()
    {
        CartesianPosition first = atoms[0].Position;
        (double x0, double y0, double z0) = (first.XAngstrom, first.YAngstrom, first.ZAngstrom);
        (double x1, double y1, double z1) = (x0, y0, z0);
        foreach (ClusterAtom atom in atoms)
        {
            CartesianPosition at = atom.Position;
            (x0, y0, z0) = (Math.Min(x0, at.XAngstrom), Math.Min(y0, at.YAngstrom), Math.Min(z0, at.ZAngstrom));
            (x1, y1, z1) = (Math.Max(x1, at.XAngstrom), Math.Max(y1, at.YAngstrom), Math.Max(z1, at.ZAngstrom));
        }

        (double x, double y, double z) = ((x0 + x1) / 2, (y0 + y1) / 2, (z0 + z1) / 2);
        return 2 * atoms.Max(atom => new CartesianPosition(atom.Position.XAngstrom - x, atom.Position.YAngstrom - y, atom.Position.ZAngstrom - z).LengthAngstrom);
    }

}
