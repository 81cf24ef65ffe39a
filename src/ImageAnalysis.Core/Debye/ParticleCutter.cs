namespace ImageAnalysis.Core;

/// <summary>Cuts particles out of a crystal.</summary>
public static class ParticleCutter
{
    /// <summary>The places of a crystal's atoms inside an outline, as a statistical cluster.</summary>
    /// <param name="structure">The crystal.</param>
    /// <param name="shape">The outline.</param>
    /// <param name="centre">The point of the crystal at the particle's centre, as fractions of the cell; a site's position, (½, ½, ½), or any other (<see cref="RandomCentre"/>).</param>
    /// <returns>
    /// A cluster with the sites of the structure and their occupancies, the origin at the particle's centre. Sites of occupancy 0 stay in the list and have no
    /// places. It is explicit where all occupancies are 1; else <see cref="SiteFilling.Fill"/> makes explicit configurations of it.
    /// </returns>
    /// <exception cref="ArgumentException">No place lies inside, or more than <see cref="Cluster.MostAtomsCount"/>; the centre is not finite.</exception>
    public static Cluster Cut(CrystalStructure structure, ParticleShape shape, FractionalPosition centre) => TryCut(structure, shape, centre)
        ?? throw new ArgumentException($"No atom of {structure.Name} lies within {shape.RadiusAngstrom} Å of {centre}: the particle is empty.", nameof(shape));

    /// <summary>The same, or <c>null</c> where no place lies inside.</summary>
    internal static Cluster? TryCut(CrystalStructure structure, ParticleShape shape, FractionalPosition centre)
    {
        ArgumentNullException.ThrowIfNull(structure);
        ArgumentNullException.ThrowIfNull(shape);
        CartesianPosition origin = structure.Cell.ToCartesian(centre);
        if (!double.IsFinite(origin.LengthAngstrom))
        {
            throw new ArgumentException($"The centre {centre} is not finite.", nameof(centre));
        }

        int perCell = Enumerable.Range(0, structure.Sites.Count).Where(site => structure.Sites[site].OccupancyFraction > 0).Sum(structure.MultiplicityCount);
        double expected = perCell / structure.Cell.VolumeAngstrom3 * Math.Pow(2 * shape.RadiusAngstrom, 3);
        if (expected > 10.0 * Cluster.MostAtomsCount)
        {
            throw new ArgumentException($"A particle of {2 * shape.RadiusAngstrom} Å has some {expected:G2} atoms; expected at most {Cluster.MostAtomsCount}.", nameof(shape));
        }

        List<ClusterAtom> atoms = [];
        for (int site = 0; site < structure.Sites.Count; site++)
        {
            foreach (FractionalPosition position in structure.Sites[site].OccupancyFraction > 0 ? structure.Orbit(site) : [])
            {
                AtomCoordinates places = new(16);
                AddRepeats(structure.Cell, position, centre, shape.RadiusAngstrom, places);
                for (int i = 0; i < places.Count; i++)
                {
                    if (shape.Contains(places[i]))
                    {
                        atoms.Add(new(site, places[i]));
                    }
                }
            }
        }

        return atoms.Count == 0
            ? null
            : new(structure.Sites.Select(ClusterSite.Of), atoms) { CellCountRatio = (double)atoms.Count / perCell };
    }

    /// <summary>A random point of the cell, for particles whose centres have no preferred place.</summary>
    /// <param name="seed">Where the randomness comes from; same seed, same point.</param>
    /// <returns>A point with fractions in [0, 1).</returns>
    public static FractionalPosition RandomCentre(ulong seed)
    {
        SeededRandom random = new(seed);
        return new(random.NextUniform(), random.NextUniform(), random.NextUniform());
    }

    /// <summary>Adds the repeats of a position in the crystal within a distance of a centre (and a hair beyond), from the centre, in Å.</summary>
    internal static void AddRepeats(UnitCell cell, FractionalPosition position, FractionalPosition centre, double distance, AtomCoordinates repeats)
    {
        double x = position.XFraction - centre.XFraction;
        double y = position.YFraction - centre.YFraction;
        double z = position.ZFraction - centre.ZFraction;
        // Planes (100) one edge apart have the spacing d: so many edges reach as far as the distance.
        double reachX = (distance / cell.SpacingAngstrom(1, 0, 0)) + 1e-6;
        double reachY = (distance / cell.SpacingAngstrom(0, 1, 0)) + 1e-6;
        double reachZ = (distance / cell.SpacingAngstrom(0, 0, 1)) + 1e-6;
        double limit = distance * distance * (1 + 1e-6);
        CartesianPosition edge = cell.ToCartesian(new(0, 0, 1));
        for (int i = (int)Math.Ceiling(-reachX - x); i <= reachX - x; i++)
        {
            for (int j = (int)Math.Ceiling(-reachY - y); j <= reachY - y; j++)
            {
                CartesianPosition row = cell.ToCartesian(new(x + i, y + j, z));
                for (int k = (int)Math.Ceiling(-reachZ - z); k <= reachZ - z; k++)
                {
                    double px = row.XAngstrom + (k * edge.XAngstrom);
                    double py = row.YAngstrom + (k * edge.YAngstrom);
                    double pz = row.ZAngstrom + (k * edge.ZAngstrom);
                    if ((px * px) + (py * py) + (pz * pz) <= limit)
                    {
                        repeats.Add(px, py, pz);
                    }
                }
            }
        }
    }
}
