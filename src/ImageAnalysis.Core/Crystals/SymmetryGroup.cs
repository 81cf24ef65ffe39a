namespace ImageAnalysis.Core;

/// <summary>The symmetry operations of a crystal: a closed group that begins with the identity and holds the centring translations too.</summary>
/// <remarks>International Tables for Crystallography A: the largest space group has 192 operations in a conventional cell.</remarks>
public sealed class SymmetryGroup
{
    private const int MostOperations = 192;

    private SymmetryGroup(SymmetryOperation[] operations, int givenCount)
    {
        Operations = operations;
        GivenCount = givenCount;
        LaueRotations = Laue(operations);
    }

    /// <summary>The group of the identity alone (P1).</summary>
    public static SymmetryGroup P1 { get; } = Of([SymmetryOperation.Identity]);

    /// <summary>All operations; the first is the identity, 192 at most.</summary>
    public IReadOnlyList<SymmetryOperation> Operations { get; }

    /// <summary>How many different operations were given; fewer than <see cref="Operations"/> holds where the rest was generated.</summary>
    public int GivenCount { get; }

    /// <summary>True where the group holds an inversion, so that every atom has a partner through some centre.</summary>
    public bool IsCentrosymmetric => Operations.Any(operation => operation.IsInversion);

    /// <summary>
    /// The different rotation parts of the group, with the inversion added: the Laue class, by which reflections of a powder fall into families.
    /// Translations are 0.
    /// </summary>
    public IReadOnlyList<SymmetryOperation> LaueRotations { get; }

    /// <summary>Makes the group that some operations generate.</summary>
    /// <param name="operations">The operations; generators are enough, duplicates are left out, and the identity is added where it is missing.</param>
    /// <returns>The closed group.</returns>
    /// <exception cref="ArgumentException">The operations generate more than 192, so they are not those of one space group in one setting.</exception>
    public static SymmetryGroup Of(IEnumerable<SymmetryOperation> operations)
    {
        ArgumentNullException.ThrowIfNull(operations);
        List<SymmetryOperation> group = [SymmetryOperation.Identity];
        HashSet<SymmetryOperation> known = [SymmetryOperation.Identity];
        List<SymmetryOperation> generators = [];
        HashSet<SymmetryOperation> given = [];
        foreach (SymmetryOperation operation in operations)
        {
            if (!given.Add(operation))
            {
                continue;
            }

            Check(given.Count);
            if (known.Add(operation))
            {
                group.Add(operation);
                generators.Add(operation);
                Close(group, known, generators);
            }
        }

        // What was given comes first and in its order.
        group = [SymmetryOperation.Identity, .. given.Where(operation => operation != SymmetryOperation.Identity), .. group.Where(operation => !given.Contains(operation) && operation != SymmetryOperation.Identity)];
        return new([.. group], given.Count);
    }

    /// <summary>Makes the group that some operations given as text generate.</summary>
    /// <param name="operations">Text such as <c>x,-y,z+1/2</c>.</param>
    /// <returns>The closed group.</returns>
    /// <exception cref="FormatException">One of the texts is no operation.</exception>
    /// <exception cref="ArgumentException">The operations generate more than 192.</exception>
    public static SymmetryGroup Parse(params IEnumerable<string> operations) => Of(operations.Select(SymmetryOperation.Parse));

    /// <summary>Whether symmetry forces a reflection to have no intensity: a centring, glide plane or screw axis extinguishes it.</summary>
    /// <param name="h">Miller index h.</param>
    /// <param name="k">Miller index k.</param>
    /// <param name="l">Miller index l.</param>
    /// <returns>True where an operation maps the planes onto themselves and shifts their phase by other than a whole turn.</returns>
    public bool IsAbsent(int h, int k, int l) =>
        Operations.Any(operation => operation.Extinguishes(h, k, l));

    /// <summary>Whether the operations leave the lengths and angles of a cell as they are.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="tolerance">Largest difference that counts as none, as a part of the product of two edges; above 0.</param>
    internal bool FitsCell(UnitCell cell, double tolerance)
    {
        // The scalar products of the edges must be those of their images.
        ReadOnlySpan<FractionalPosition> edges = [new(1, 0, 0), new(0, 1, 0), new(0, 0, 1)];
        foreach (SymmetryOperation operation in Operations)
        {
            FractionalPosition origin = operation.Apply(default);
            for (int i = 0; i < 3; i++)
            {
                for (int j = i; j < 3; j++)
                {
                    double before = Product(cell, edges[i], edges[j]);
                    double after = Product(cell, Difference(operation.Apply(edges[i]), origin), Difference(operation.Apply(edges[j]), origin));
                    double scale = Math.Sqrt(Product(cell, edges[i], edges[i]) * Product(cell, edges[j], edges[j]));
                    if (!(Math.Abs(after - before) <= tolerance * scale))
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }

    private static FractionalPosition Difference(FractionalPosition a, FractionalPosition b) =>
        new(a.XFraction - b.XFraction, a.YFraction - b.YFraction, a.ZFraction - b.ZFraction);

    private static double Product(UnitCell cell, FractionalPosition a, FractionalPosition b)
    {
        CartesianPosition u = cell.ToCartesian(a), v = cell.ToCartesian(b);
        return (u.XAngstrom * v.XAngstrom) + (u.YAngstrom * v.YAngstrom) + (u.ZAngstrom * v.ZAngstrom);
    }

    // Each member is multiplied with each generator; products that are new are members too, until none is.
    private static void Close(List<SymmetryOperation> group, HashSet<SymmetryOperation> known, List<SymmetryOperation> generators)
    {
        for (int i = 0; i < group.Count; i++)
        {
            foreach (SymmetryOperation generator in generators)
            {
                SymmetryOperation product = generator.After(group[i]);
                if (known.Add(product))
                {
                    group.Add(product);
                    Check(group.Count);
                }
            }
        }
    }

    private static void Check(int count)
    {
        if (count > MostOperations)
        {
            throw new ArgumentException($"The symmetry operations generate a group of more than {MostOperations}; they are not those of one space group.");
        }
    }

    private static SymmetryOperation[] Laue(SymmetryOperation[] operations)
    {
        List<SymmetryOperation> rotations = [];
        HashSet<SymmetryOperation> known = [];
        foreach (SymmetryOperation operation in operations)
        {
            foreach (int sign in (ReadOnlySpan<int>)[1, -1])
            {
                SymmetryOperation rotation = SymmetryOperation.Of(
                    [
                        sign * operation.W11, sign * operation.W12, sign * operation.W13,
                        sign * operation.W21, sign * operation.W22, sign * operation.W23,
                        sign * operation.W31, sign * operation.W32, sign * operation.W33,
                    ], 0, 0, 0);
                if (known.Add(rotation))
                {
                    rotations.Add(rotation);
                }
            }
        }

        return [.. rotations];
    }
}
