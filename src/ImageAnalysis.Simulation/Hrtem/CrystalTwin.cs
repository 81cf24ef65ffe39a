using ImageAnalysis.Core;

namespace ImageAnalysis.Simulation;

/// <summary>Makes twins.</summary>
public static class CrystalTwin
{
    private const double MiddleFraction = 0.25;

    /// <summary>Atoms of one plane lie at the same height, Å.</summary>
    private const double SamePlane = 0.01;

    /// <summary>Turns the upper half of a particle by 180° about the normal of a plane: a growth twin, as {111} of a cubic crystal has them.</summary>
    /// <param name="cluster">An explicit particle.</param>
    /// <param name="normal">The normal of the twin plane, of any length above 0. It has to be an axis of at least threefold symmetry of the framework, or the halves do not fit.</param>
    /// <param name="frameworkAtomicNumber">Atomic number of the atoms that both halves share a plane of; the axis goes through one of them near the particle's middle.</param>
    /// <param name="shortestDistanceAngstrom">Of two atoms that come closer than this at the plane one is taken out, never one of the framework, Å, 0…3.</param>
    /// <param name="seed">Where the randomness comes from: the place of the plane, and which of two atoms goes.</param>
    /// <returns>The twin.</returns>
    /// <exception cref="ArgumentException">The cluster is statistical or has no framework atom, or the normal has no direction.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its limits.</exception>
    /// <remarks>
    /// In antifluorite the tetrahedra on both sides of the shared plane of Se share faces: their Cu atoms would lie a/(2√3) = 1.69 Å apart, and one of each pair is missing, as in hexagonal
    /// close packing. No energies are looked at.
    /// </remarks>
    public static Cluster Make(Cluster cluster, CartesianPosition normal, int frameworkAtomicNumber, double shortestDistanceAngstrom, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        Limits.Check(nameof(frameworkAtomicNumber), frameworkAtomicNumber, 1, 98);
        Limits.Check(nameof(shortestDistanceAngstrom), shortestDistanceAngstrom, 0, 3);
        if (!cluster.IsExplicit)
        {
            throw new ArgumentException("The particle is statistical: fill its places first.", nameof(cluster));
        }

        if (normal.LengthAngstrom is not (> 0 and < double.PositiveInfinity))
        {
            throw new ArgumentException($"The normal {normal} has no direction.", nameof(normal));
        }

        RandomStream random = new(seed, "twin");
        CartesianPosition n = LayerVacancies.Unit(normal);
        bool[] isFramework = [.. cluster.Sites.Select(site => site.Species.AtomicNumber == frameworkAtomicNumber)];
        ClusterAtom[] framework = [.. cluster.Atoms.Where(atom => isFramework[atom.SiteIndex])];
        if (framework.Length == 0)
        {
            throw new ArgumentException($"The particle has no atom of atomic number {frameworkAtomicNumber}.", nameof(cluster));
        }

        CartesianPosition pivot = Pivot(framework, n, random);
        List<ClusterAtom> turned = [.. cluster.Atoms.Select(atom => atom with { Position = Height(atom) > SamePlane ? Turned(atom.Position) : atom.Position })];
        return new(cluster.Sites, Apart(turned, isFramework, shortestDistanceAngstrom, random)) { CellCountRatio = cluster.CellCountRatio };

        double Height(ClusterAtom atom) => LayerVacancies.Dot(atom.Position, n) - LayerVacancies.Dot(pivot, n);

        // r → 2(r·n)n − r about the pivot.
        CartesianPosition Turned(CartesianPosition r)
        {
            CartesianPosition from = new(r.XAngstrom - pivot.XAngstrom, r.YAngstrom - pivot.YAngstrom, r.ZAngstrom - pivot.ZAngstrom);
            double along = 2 * LayerVacancies.Dot(from, n);
            return new(
                pivot.XAngstrom + (along * n.XAngstrom) - from.XAngstrom,
                pivot.YAngstrom + (along * n.YAngstrom) - from.YAngstrom,
                pivot.ZAngstrom + (along * n.ZAngstrom) - from.ZAngstrom);
        }
    }

    /// <summary>The atom that the axis goes through: in a plane at random within the middle quarter of the particle, nearest the axis through its origin, so that the halves stay above each other.</summary>
    private static CartesianPosition Pivot(ClusterAtom[] framework, CartesianPosition n, RandomStream random)
    {
        double[] heights = [.. framework.Select(atom => LayerVacancies.Dot(atom.Position, n))];
        double reach = Math.Max(heights.Min(Math.Abs), MiddleFraction * heights.Max(Math.Abs));
        double[] middle = [.. heights.Where(height => Math.Abs(height) <= reach)];
        double plane = middle[random.NextIndex(middle.Length)];
        return framework.Where((_, i) => Math.Abs(heights[i] - plane) < SamePlane).Select(atom => atom.Position).MinBy(r => (r.LengthAngstrom * r.LengthAngstrom) - (plane * plane));
    }

    /// <summary>The atoms in a random order, framework first, without those that come too close to an earlier one.</summary>
    private static List<ClusterAtom> Apart(List<ClusterAtom> atoms, bool[] isFramework, double distance, RandomStream random)
    {
        for (int i = 0; i < atoms.Count; i++)
        {
            int other = i + random.NextIndex(atoms.Count - i);
            (atoms[i], atoms[other]) = (atoms[other], atoms[i]);
        }

        OccupiedSpace taken = new([], Math.Max(distance, Cluster.SamePlaceAngstrom));
        List<ClusterAtom> kept = [];
        foreach (ClusterAtom atom in atoms.OrderBy(atom => isFramework[atom.SiteIndex] ? 0 : 1))
        {
            if (!taken.Near(atom.Position).Any())
            {
                taken.Add(atom.Position);
                kept.Add(atom);
            }
        }

        return [.. kept.OrderBy(atom => atom.SiteIndex)];
    }
}
