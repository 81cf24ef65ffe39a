namespace ImageAnalysis.Core;

/// <summary>Draws explicit configurations of statistical clusters: which of the partly filled places hold an atom.</summary>
/// <remarks>
/// <para>
/// Places of full sites (occupancy 1) are always filled, and places closer to one of these atoms than the shortest distance stay empty. The remaining places become a
/// lattice gas: each site should have its occupancy times its number of places (all of them, blocked ones too), rounded at random so that the mean over seeds is right, and two places
/// closer than the shortest distance are never filled together. Places are filled at random; where a neighbour is in the way it may hop over or give
/// way to the site that is shorter of atoms. Then moves that keep all numbers (hops, shifts, exchanges of two sites) go on for the
/// rest of the sweeps, so that what comes out is a random one of the allowed configurations and not one that the order of filling favours.
/// </para>
/// <para>
/// What cannot be met is reported, not forced: a statistical model whose sites are on average too close together has no configuration with its occupancies.
/// Missing atoms are shared evenly among the sites that compete. Nothing else but distances is known to these configurations: no energies, no charge balance, no vacancy order.
/// </para>
/// </remarks>
public static class SiteFilling
{
    private const double ContactReach = 4;

    /// <summary>Draws one configuration.</summary>
    /// <param name="cluster">The statistical cluster, as <see cref="ParticleCutter.Cut"/> makes it.</param>
    /// <param name="seed">Where the randomness comes from; same seed, same configuration.</param>
    /// <param name="options">Shortest distance and effort; defaults where <c>null</c>.</param>
    /// <returns>The explicit cluster with the occupancies it has.</returns>
    /// <exception cref="ArgumentException">No atom is left, or an option is outside its range.</exception>
    public static FilledCluster Fill(Cluster cluster, ulong seed, SiteFillingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return TryFill(cluster, seed, options ?? new())
            ?? throw new ArgumentException("The configuration has no atom: all occupancies are too low for so small a particle.", nameof(cluster));
    }

    /// <summary>The same, or <c>null</c> where no atom is left.</summary>
    internal static FilledCluster? TryFill(Cluster cluster, ulong seed, SiteFillingOptions options)
    {
        options.Validate();
        SeededRandom random = new(seed);
        double reach = Math.Max(options.ShortestDistanceAngstrom, Cluster.SamePlaceAngstrom);
        ClusterAtom[] full = [.. cluster.Atoms.Where(atom => Occupancy(cluster, atom) == 1)];
        ClusterAtom[] partial = [.. cluster.Atoms.Where(atom => Occupancy(cluster, atom) is > 0 and < 1)];
        PlaceGrid fullGrid = new([.. full.Select(atom => atom.Position)], reach);
        bool[] blocked = [.. partial.Select(atom => fullGrid.Near(atom.Position).Any())];
        PlaceGrid partialGrid = new([.. partial.Select(atom => atom.Position)], reach);
        int[][] excluded = [.. partial.Select((atom, place) => partialGrid.Near(atom.Position).Select(near => near.Index).Where(other => other != place).Order().ToArray())];
        int[] targets = Targets(cluster, random);
        bool[] filled = options.ShortestDistanceAngstrom == 0
            ? Independent(cluster, partial, excluded, blocked, random)
            : Exclusive(partial, excluded, blocked, targets, options, random);
        ClusterAtom[] atoms = [.. full, .. partial.Where((_, place) => filled[place])];
        if (atoms.Length == 0)
        {
            return null;
        }

        Cluster made = new(cluster.Sites.Select(site => site with { OccupancyFraction = 1 }), atoms) { CellCountRatio = cluster.CellCountRatio };
        FilledSite[] sites = [.. cluster.Sites.Select((site, index) => new FilledSite(
            site.Label, site.OccupancyFraction, cluster.AtomCountOf(index), partial.Where((atom, place) => atom.SiteIndex == index && blocked[place]).Count(),
            targets[index], made.AtomCountOf(index)))];
        return new(made, sites, ClosestContact(made));
    }

    private static double Occupancy(Cluster cluster, ClusterAtom atom) => cluster.Sites[atom.SiteIndex].OccupancyFraction;

    private static int[] Targets(Cluster cluster, SeededRandom random)
    {
        int[] targets = new int[cluster.Sites.Count];
        for (int site = 0; site < targets.Length; site++)
        {
            double mean = cluster.Sites[site].OccupancyFraction * cluster.AtomCountOf(site);
            double whole = Math.Floor(mean + 1e-9);
            targets[site] = (int)whole + (random.NextUniform() < mean - whole ? 1 : 0);
        }

        return targets;
    }

    // Each place by its own chance; of alternatives at one place one at most.
    private static bool[] Independent(Cluster cluster, ClusterAtom[] partial, int[][] alternatives, bool[] blocked, SeededRandom random)
    {
        bool[] filled = new bool[partial.Length];
        bool[] done = new bool[partial.Length];
        for (int place = 0; place < partial.Length; place++)
        {
            if (done[place] || blocked[place])
            {
                continue;
            }

            double chance = random.NextUniform();
            foreach (int choice in alternatives[place].Prepend(place))
            {
                done[choice] = true;
                double occupancy = Occupancy(cluster, partial[choice]);
                if (chance >= 0 && chance < occupancy)
                {
                    filled[choice] = true;
                }

                chance -= occupancy;
            }
        }

        return filled;
    }

    private static bool[] Exclusive(ClusterAtom[] partial, int[][] excluded, bool[] blocked, int[] targets, SiteFillingOptions options, SeededRandom random)
    {
        PlaceLattice lattice = new([.. partial.Select(atom => atom.SiteIndex)], excluded, blocked, targets, random);
        int fewest = int.MaxValue;
        int lastGain = 0;
        for (int sweep = 0; sweep < options.SweepCount || (fewest > 0 && sweep < lastGain + options.SweepCount); sweep++)
        {
            lattice.Sweep();
            if (lattice.Missing < fewest)
            {
                (fewest, lastGain) = (lattice.Missing, sweep);
            }
        }

        return [.. partial.Select((_, place) => lattice.IsFilled(place))];
    }

    private static double? ClosestContact(Cluster cluster)
    {
        CartesianPosition[] positions = [.. cluster.Atoms.Select(atom => atom.Position)];
        PlaceGrid grid = new(positions, ContactReach);
        double closest = double.PositiveInfinity;
        for (int i = 0; i < positions.Length; i++)
        {
            foreach ((int other, double distance) in grid.Near(positions[i]))
            {
                closest = other > i && distance < closest ? distance : closest;
            }
        }

        return double.IsFinite(closest) ? closest : null;
    }
}
