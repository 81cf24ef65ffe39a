using ImageAnalysis.Core;

namespace ImageAnalysis.Lattice;

/// <summary>A reflection of the reference, possibly of its superlattice: indices doubled (or n-fold) so that half orders are whole numbers.</summary>
/// <param name="H">First index times the period count.</param>
/// <param name="K">Second index times the period count.</param>
/// <param name="L">Third index times the period count.</param>
/// <param name="Kind">Number of its kind in <see cref="ReflectionTable.Kinds"/>.</param>
internal readonly record struct ReferenceSpot(int H, int K, int L, int Kind);

/// <summary>A family of reflections of the reference.</summary>
/// <param name="Name">Its indices, as written to tables.</param>
/// <param name="FrequencyPerNm">|g|, nm⁻¹.</param>
/// <param name="Weight">How often the strongest fringes of a crystal belong to it, up to a common factor.</param>
/// <param name="IsTested">True for the family that is tested for the superlattice.</param>
/// <param name="IsSuperlattice">True for reflections of the superlattice.</param>
internal sealed record ReflectionKind(string Name, double FrequencyPerNm, double Weight, bool IsTested, bool IsSuperlattice);

/// <summary>Two reflections of the reference at one of their angles.</summary>
/// <param name="First">Kind of the first.</param>
/// <param name="Second">Kind of the second.</param>
/// <param name="AngleDeg">Angle between the two normals, 0…90.</param>
/// <param name="A">A member of the first kind.</param>
/// <param name="B">A member of the second at that angle.</param>
internal sealed record ReflectionPair(int First, int Second, double AngleDeg, ReferenceSpot A, ReferenceSpot B);

/// <summary>The reference's reflections, and those that its superlattice adds, with all angles between them.</summary>
internal sealed class ReflectionTable
{
    private static readonly double[] FamilyWeights = [1, 0.6, 0.6, 0.3];

    private readonly UnitCell _cell;
    private readonly int _period;

    private ReflectionTable(ReferenceCrystal reference)
    {
        _cell = reference.Cell();
        _period = reference.PeriodCount;
        List<ReflectionKind> kinds = [];
        List<ReferenceSpot> spots = [];
        List<ReferenceSpot> tested = [];
        for (int i = 0; i < reference.Families.Count; i++)
        {
            MillerIndex family = reference.Families[i];
            bool isTested = family == reference.Fringe;
            ReferenceSpot[] members = [.. Members(family, kinds.Count)];
            kinds.Add(new ReflectionKind(Name(members[0]), Length(members[0]), i < FamilyWeights.Length ? FamilyWeights[i] : 0.2, isTested, false));
            spots.AddRange(members);
            if (isTested)
            {
                TestedKind = i;
                tested.AddRange(members);
            }
        }

        AddSuperlattice(kinds, spots, tested);
        Kinds = kinds;
        Spots = spots;
        Pairs = [.. AllPairs()];
    }

    /// <summary>Families, those of the structure first.</summary>
    public IReadOnlyList<ReflectionKind> Kinds { get; }

    /// <summary>All members of all families, with both signs.</summary>
    public IReadOnlyList<ReferenceSpot> Spots { get; }

    public IReadOnlyList<ReflectionPair> Pairs { get; }

    /// <summary>By what the superlattice multiplies the period.</summary>
    public int Period => _period;

    /// <summary>The kind that is tested.</summary>
    public int TestedKind { get; }

    public static ReflectionTable Of(ReferenceCrystal reference) => new(reference);

    /// <summary>Indices as text, such as <c>-1 1 1</c> or <c>3/2 1/2 1/2</c>.</summary>
    public string Name(ReferenceSpot spot) => $"{Index(spot.H)} {Index(spot.K)} {Index(spot.L)}";

    /// <summary>|g| of indices times the period count, nm⁻¹.</summary>
    public double Length(ReferenceSpot spot) => Math.Sqrt(Squared(spot.H, spot.K, spot.L));

    /// <summary>The member that a combination of indices is, if any.</summary>
    public ReferenceSpot? Find(int h, int k, int l)
    {
        foreach (ReferenceSpot spot in Spots)
        {
            if (spot.H == h && spot.K == k && spot.L == l)
            {
                return spot;
            }
        }

        return null;
    }

    // Half orders themselves, and what they add to the reflections: G + k for the shortest few.
    private void AddSuperlattice(List<ReflectionKind> kinds, List<ReferenceSpot> spots, List<ReferenceSpot> tested)
    {
        double longest = kinds.Max(static kind => kind.FrequencyPerNm) * 1.01;
        List<(double Length, ReferenceSpot Spot)> added = [];
        ReferenceSpot[] fundamentals = [.. spots, new ReferenceSpot(0, 0, 0, -1)];
        foreach (ReferenceSpot k in tested)
        {
            for (int order = 1; order < _period; order++)
            {
                foreach (ReferenceSpot g in fundamentals)
                {
                    ReferenceSpot sum = new(g.H + (order * k.H / _period), g.K + (order * k.K / _period), g.L + (order * k.L / _period), 0);
                    double length = Length(sum);
                    if (length > 0 && length < longest && !added.Exists(other => (other.Spot.H, other.Spot.K, other.Spot.L) == (sum.H, sum.K, sum.L)))
                    {
                        added.Add((length, sum));
                    }
                }
            }
        }

        foreach (IGrouping<long, (double Length, ReferenceSpot Spot)> group in added.GroupBy(static item => (long)Math.Round(item.Length * 1e4)).OrderBy(static group => group.Key))
        {
            int kind = kinds.Count;
            ReferenceSpot first = group.First().Spot;
            bool isBase = Math.Abs((group.First().Length * _period / kinds[TestedKind].FrequencyPerNm) - 1) < 1e-6;
            kinds.Add(new ReflectionKind(Name(Positive(first)), group.First().Length, isBase ? 0.3 : 0.05, false, true));
            spots.AddRange(group.Select(item => item.Spot with { Kind = kind }));
        }
    }

    private static ReferenceSpot Positive(ReferenceSpot spot)
    {
        int[] sizes = [Math.Abs(spot.H), Math.Abs(spot.K), Math.Abs(spot.L)];
        Array.Sort(sizes);
        return new ReferenceSpot(sizes[2], sizes[1], sizes[0], spot.Kind);
    }

    private IEnumerable<ReferenceSpot> Members(MillerIndex family, int kind)
    {
        double squared = Squared(_period * family.H, _period * family.K, _period * family.L);
        int[] parities = Parities(family.H, family.K, family.L);
        int most = Math.Max(Math.Abs(family.H), Math.Max(Math.Abs(family.K), Math.Abs(family.L))) + 1;
        yield return new ReferenceSpot(_period * family.H, _period * family.K, _period * family.L, kind);
        for (int h = most; h >= -most; h--)
        {
            for (int k = most; k >= -most; k--)
            {
                for (int l = most; l >= -most; l--)
                {
                    bool same = (h, k, l) == (family.H, family.K, family.L) || (h, k, l) == (0, 0, 0);
                    if (!same && Math.Abs((Squared(_period * h, _period * k, _period * l) / squared) - 1) < 1e-6 && Parities(h, k, l).AsSpan().SequenceEqual(parities))
                    {
                        yield return new ReferenceSpot(_period * h, _period * k, _period * l, kind);
                    }
                }
            }
        }
    }

    private static int[] Parities(int h, int k, int l)
    {
        int[] parities = [h & 1, k & 1, l & 1];
        Array.Sort(parities);
        return parities;
    }

    private IEnumerable<ReflectionPair> AllPairs()
    {
        for (int first = 0; first < Kinds.Count; first++)
        {
            ReferenceSpot a = Spots.First(spot => spot.Kind == first);
            for (int second = 0; second < Kinds.Count; second++)
            {
                List<double> angles = [];
                foreach (ReferenceSpot b in Spots)
                {
                    if (b.Kind != second)
                    {
                        continue;
                    }

                    double angle = AngleDeg(a, b);
                    if (angle <= 90.001 && !angles.Exists(other => Math.Abs(other - angle) < 0.01) && angle > 1)
                    {
                        angles.Add(angle);
                        yield return new ReflectionPair(first, second, Math.Min(angle, 90), a, b);
                    }
                }
            }
        }
    }

    private double AngleDeg(ReferenceSpot a, ReferenceSpot b)
    {
        double dot = 0.25 * (Squared(a.H + b.H, a.K + b.K, a.L + b.L) - Squared(a.H - b.H, a.K - b.K, a.L - b.L));
        return Math.Acos(Math.Clamp(dot / (Length(a) * Length(b)), -1, 1)) * 180 / Math.PI;
    }

    // |g|² in nm⁻² of indices times the period count.
    private double Squared(int h, int k, int l)
    {
        if (h == 0 && k == 0 && l == 0)
        {
            return 0;
        }

        double dNm = Units.AngstromToNm(_cell.SpacingAngstrom(h, k, l)) * _period;
        return 1 / (dNm * dNm);
    }

    private string Index(int value)
    {
        int divisor = (int)System.Numerics.BigInteger.GreatestCommonDivisor(value, _period);
        int above = value / divisor, below = _period / divisor;
        return below == 1 ? FormattableString.Invariant($"{above}") : FormattableString.Invariant($"{above}/{below}");
    }
}
