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
    public bool IsCentrosymmetric => Operations.Any(IsInversion);

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
        List<SymmetryOperation> given = [];
        foreach (SymmetryOperation operation in operations)
        {
            if (known.Add(operation))
            {
                group.Add(operation);
            }

            if (!given.Contains(operation))
            {
                given.Add(operation);
            }

            Check(group.Count);
        }

        // Each member is multiplied with each one given; products that are new are members too, until none is.
        for (int i = 1; i < group.Count; i++)
        {
            foreach (SymmetryOperation generator in given)
            {
                SymmetryOperation product = generator.After(group[i]);
                if (known.Add(product))
                {
                    group.Add(product);
                    Check(group.Count);
                }
            }
        }

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

    private static void Check(int count)
    {
        if (count > MostOperations)
        {
            throw new ArgumentException($"The symmetry operations generate a group of more than {MostOperations}; they are not those of one space group.");
        }
    }

    private static bool IsInversion(SymmetryOperation operation) =>
        operation is { W11: -1, W22: -1, W33: -1, W12: 0, W13: 0, W21: 0, W23: 0, W31: 0, W32: 0 };

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
