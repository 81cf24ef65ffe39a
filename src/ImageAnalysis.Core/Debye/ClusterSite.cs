namespace ImageAnalysis.Core;

/// <summary>What atoms of one kind in a cluster have in common: the site of the crystal that they come from, or a kind of atom in any other cluster.</summary>
/// <param name="Label">Name, such as <c>Cu_8c</c>; not empty, unique within a cluster.</param>
/// <param name="Species">The atom or ion.</param>
public sealed record ClusterSite(string Label, Species Species)
{
    private readonly double occupancy = 1;
    private readonly double? bIso;

    /// <summary>
    /// Probability that a place of this site holds its atom, 0 to 1; 1 (the default) in explicit clusters, whose atoms are all there, the
    /// site's occupancy in statistical ones.
    /// </summary>
    public double OccupancyFraction
    {
        get => occupancy;
        init => occupancy = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(OccupancyFraction), value, "An occupancy must be from 0 to 1.");
    }

    /// <summary>Isotropic displacement parameter B = 8π²⟨u²⟩ in Å², 0 to 100; <c>null</c> where it is not known.</summary>
    public double? BIsoAngstrom2
    {
        get => bIso;
        init => bIso = value is null or (>= 0 and <= 100)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(BIsoAngstrom2), value, "B must be from 0 to 100 Å².");
    }

    /// <summary>The site of a crystal as a site of a cluster.</summary>
    /// <param name="site">The site of the crystal; a negative B counts as 0.</param>
    /// <returns>The same label, species, occupancy and B.</returns>
    public static ClusterSite Of(CrystalSite site)
    {
        ArgumentNullException.ThrowIfNull(site);
        return new(site.Label, site.Species)
        {
            OccupancyFraction = site.OccupancyFraction,
            BIsoAngstrom2 = site.BIsoAngstrom2 is double b ? Math.Max(0, b) : null,
        };
    }

    /// <summary>The site as one of a crystal, for tables of scattering factors; its position says nothing.</summary>
    internal CrystalSite ToCrystalSite() => new(Label, Species, default) { OccupancyFraction = OccupancyFraction, BIsoAngstrom2 = BIsoAngstrom2 };
}
