using ImageAnalysis.Core;

namespace ImageAnalysis.Simulation;

/// <summary>Takes atoms out of the layers of a crystal, in order or at random.</summary>
public static class LayerVacancies
{
    /// <summary>Makes vacancies in a particle.</summary>
    /// <param name="cluster">An explicit particle, all of whose atoms are there.</param>
    /// <param name="options">Layers, vacancies, stretch.</param>
    /// <param name="seed">Where the randomness comes from; same seed, same particle on every platform.</param>
    /// <returns>The particle without the vacancies' atoms, stretched. Displaced atoms are a site of their own, labelled <c>displaced</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    /// <exception cref="ArgumentException">The cluster is statistical, has no such atoms, or they do not lie in layers of that distance.</exception>
    /// <remarks>
    /// Numbers of vacancies are exact for each layer, rounded at random. Displaced atoms take places at random beyond the faces of any site, filled or vacant, where they come closer than
    /// the shortest distance to no atom; so trigonal places are found around vacancies only, octahedral ones anywhere.
    /// </remarks>
    public static Cluster Make(Cluster cluster, LayerVacancyOptions options, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (!cluster.IsExplicit)
        {
            throw new ArgumentException("The particle is statistical: fill its places first.", nameof(cluster));
        }

        RandomStream random = new(seed, "layer vacancies");
        CartesianPosition n = Unit(options.Normal);
        ClusterAtom[] atoms = [.. cluster.Atoms];
        bool[] gone = new bool[atoms.Length];
        foreach ((int[] layer, double share) in Layers(cluster, atoms, n, options, random))
        {
            int leaving = (int)Math.Floor((share * layer.Length) + random.NextUniform());
            for (int i = 0; i < leaving; i++)
            {
                // The first places of a random order.
                int other = i + random.NextIndex(layer.Length - i);
                (layer[i], layer[other]) = (layer[other], layer[i]);
                gone[layer[i]] = true;
            }
        }

        List<ClusterAtom> kept = [.. atoms.Where((_, i) => !gone[i])];
        List<ClusterSite> sites = [.. cluster.Sites];
        if (options.Displaced == DisplacedAtoms.BeyondFace && gone.Any(left => left))
        {
            int first = Array.FindIndex(gone, left => left);
            sites.Add(cluster.Sites[atoms[first].SiteIndex] with { Label = "displaced" });
            kept.AddRange(Displaced(cluster, atoms, kept, gone.Count(left => left), options, random).Select(place => new ClusterAtom(sites.Count - 1, place)));
        }

        return new Cluster(sites, kept.Select(atom => atom with { Position = Stretched(atom.Position, n, options.ElongationFraction) })) { CellCountRatio = cluster.CellCountRatio };
    }

    internal static CartesianPosition Unit(CartesianPosition v)
    {
        double length = v.LengthAngstrom;
        return new(v.XAngstrom / length, v.YAngstrom / length, v.ZAngstrom / length);
    }

    internal static double Dot(CartesianPosition a, CartesianPosition b) => (a.XAngstrom * b.XAngstrom) + (a.YAngstrom * b.YAngstrom) + (a.ZAngstrom * b.ZAngstrom);

    private static CartesianPosition Stretched(CartesianPosition r, CartesianPosition n, double elongation)
    {
        double along = elongation * Dot(r, n);
        return new(r.XAngstrom + (along * n.XAngstrom), r.YAngstrom + (along * n.YAngstrom), r.ZAngstrom + (along * n.ZAngstrom));
    }

    /// <summary>The atoms of each layer, the ordered side and the other apart, with the share of them that leaves.</summary>
    private static List<(int[] Atoms, double Share)> Layers(Cluster cluster, ClusterAtom[] atoms, CartesianPosition n, LayerVacancyOptions options, RandomStream random)
    {
        int[] movable = [.. Enumerable.Range(0, atoms.Length).Where(i => cluster.Sites[atoms[i].SiteIndex].Species.AtomicNumber == options.AtomicNumber)];
        if (movable.Length == 0)
        {
            throw new ArgumentException($"The particle has no atom of atomic number {options.AtomicNumber}.", nameof(cluster));
        }

        double[] heights = [.. movable.Select(i => Dot(atoms[i].Position, n) / options.LayerSpacingAngstrom)];

        // The first layer at or above the particle's origin; a layer through the origin itself may lie a rounding error below it.
        double origin = heights.Where(height => height > -0.01).DefaultIfEmpty(heights.Max()).Min();

        // The ordered side: the atoms that lie lowest along a random direction across the normal.
        CartesianPosition d = new(random.NextGaussian(), random.NextGaussian(), random.NextGaussian());
        double along = Dot(d, n);
        d = new(d.XAngstrom - (along * n.XAngstrom), d.YAngstrom - (along * n.YAngstrom), d.ZAngstrom - (along * n.ZAngstrom));
        double[] across = [.. movable.Select(i => Dot(atoms[i].Position, d))];
        int orderedCount = (int)Math.Round(options.OrderedFraction * movable.Length);
        double border = orderedCount == movable.Length ? double.PositiveInfinity : orderedCount == 0 ? double.NegativeInfinity : across.Order().ElementAt(orderedCount);
        Dictionary<(int Layer, bool Ordered), List<int>> layers = [];
        for (int k = 0; k < movable.Length; k++)
        {
            double layer = Math.Round(heights[k] - origin);
            if (Math.Abs(heights[k] - origin - layer) > 0.2)
            {
                throw new ArgumentException(FormattableString.Invariant($"Atoms of atomic number {options.AtomicNumber} do not lie in layers {options.LayerSpacingAngstrom} Å apart along {options.Normal}."), nameof(options));
            }

            (int, bool) key = ((int)layer, across[k] < border);
            if (!layers.TryGetValue(key, out List<int>? members))
            {
                layers.Add(key, members = []);
            }

            members.Add(movable[k]);
        }

        return [.. layers.OrderBy(entry => entry.Key).Select(entry => (entry.Value.ToArray(), Share(entry.Key.Layer, entry.Key.Ordered, options)))];
    }

    private static double Share(int layer, bool ordered, LayerVacancyOptions options)
    {
        int place = (((layer - options.FirstLayer) % options.PeriodCount) + options.PeriodCount) % options.PeriodCount;
        return !ordered ? options.DepletionFraction / options.PeriodCount : place == 0 ? options.DepletionFraction : 0;
    }

    /// <summary>Places for displaced atoms: beyond the faces of the sites' polyhedra, at random, none too close to another atom.</summary>
    private static List<CartesianPosition> Displaced(
        Cluster cluster, ClusterAtom[] atoms, List<ClusterAtom> kept, int wanted, LayerVacancyOptions options, RandomStream random)
    {
        CartesianPosition[] holders = [.. atoms.Where(atom => cluster.Sites[atom.SiteIndex].Species.AtomicNumber == options.NeighbourAtomicNumber).Select(atom => atom.Position)];
        OccupiedSpace all = new(holders, 1.25 * NearestNeighbour(cluster, atoms, holders, options));
        List<CartesianPosition> places = [];
        foreach (ClusterAtom atom in atoms.Where(atom => cluster.Sites[atom.SiteIndex].Species.AtomicNumber == options.AtomicNumber))
        {
            foreach (CartesianPosition holder in all.Near(atom.Position))
            {
                CartesianPosition r = atom.Position;
                CartesianPosition away = Unit(new(r.XAngstrom - holder.XAngstrom, r.YAngstrom - holder.YAngstrom, r.ZAngstrom - holder.ZAngstrom));
                double d = options.DisplacementAngstrom;
                places.Add(new(r.XAngstrom + (d * away.XAngstrom), r.YAngstrom + (d * away.YAngstrom), r.ZAngstrom + (d * away.ZAngstrom)));
            }
        }

        double radius = atoms.Max(atom => atom.Position.LengthAngstrom);
        OccupiedSpace taken = new(kept.Select(atom => atom.Position), options.ShortestDistanceAngstrom);
        List<CartesianPosition> found = [];
        for (int i = 0; i < places.Count && found.Count < wanted; i++)
        {
            int other = i + random.NextIndex(places.Count - i);
            (places[i], places[other]) = (places[other], places[i]);
            if (places[i].LengthAngstrom <= radius && !taken.Near(places[i]).Any())
            {
                taken.Add(places[i]);
                found.Add(places[i]);
            }
        }

        return found;
    }

    // The shortest distance from an atom to a holder: the length of the bond.
    private static double NearestNeighbour(Cluster cluster, ClusterAtom[] atoms, CartesianPosition[] holders, LayerVacancyOptions options)
    {
        ClusterAtom atom = atoms.First(atom => cluster.Sites[atom.SiteIndex].Species.AtomicNumber == options.AtomicNumber);
        return holders.Length == 0
            ? throw new ArgumentException($"The particle has no neighbours of atomic number {options.NeighbourAtomicNumber}.", nameof(cluster))
            : holders.Min(holder => new CartesianPosition(
                atom.Position.XAngstrom - holder.XAngstrom, atom.Position.YAngstrom - holder.YAngstrom, atom.Position.ZAngstrom - holder.ZAngstrom).LengthAngstrom);
    }
}
