namespace ImageAnalysis.Core;

/// <summary>Counts the pairs of atoms that share a place.</summary>
internal static class CoincidentAtoms
{
    /// <summary>Pairs closer than <see cref="Cluster.SamePlaceAngstrom"/>, each once.</summary>
    /// <param name="atoms">One set of atoms.</param>
    /// <param name="others">The other set.</param>
    /// <param name="same">Whether both are the same set.</param>
    public static long Count(AtomCoordinates atoms, AtomCoordinates others, bool same)
    {
        const double limit = Cluster.SamePlaceAngstrom;
        int[] order = Order(atoms);
        int[] otherOrder = same ? order : Order(others);
        long pairs = 0;
        int start = 0;
        for (int i = 0; i < order.Length; i++)
        {
            double x = atoms.X[order[i]];
            while (start < otherOrder.Length && others.X[otherOrder[start]] < x - limit)
            {
                start++;
            }

            for (int j = same ? i + 1 : start; j < otherOrder.Length && others.X[otherOrder[j]] <= x + limit; j++)
            {
                double dx = others.X[otherOrder[j]] - x;
                double dy = others.Y[otherOrder[j]] - atoms.Y[order[i]];
                double dz = others.Z[otherOrder[j]] - atoms.Z[order[i]];
                pairs += (dx * dx) + (dy * dy) + (dz * dz) < limit * limit ? 1 : 0;
            }
        }

        return pairs;
    }

    private static int[] Order(AtomCoordinates atoms)
    {
        int[] order = [.. Enumerable.Range(0, atoms.Count)];
        Array.Sort(atoms.X[..atoms.Count], order);
        return order;
    }
}
