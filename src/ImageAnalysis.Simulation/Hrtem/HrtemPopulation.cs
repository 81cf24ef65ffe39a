namespace ImageAnalysis.Simulation;

/// <summary>One particle to be drawn.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="OtherIndex">For <see cref="HrtemParticleKind.Other"/>: which of <see cref="HrtemFieldOptions.Others"/>, from 0.</param>
public readonly record struct HrtemParticleChoice(HrtemParticleKind Kind, int OtherIndex = 0);

/// <summary>How many particles of each kind the images of a sample show, all together.</summary>
public sealed record HrtemPopulation
{
    /// <summary>Number of particles with planes in view, 0…10000; default 30: ordered, with hidden order, twinned, others and disordered ones together.</summary>
    public int FringeCount { get; init; } = 30;

    /// <summary>How many of these are ordered with their layers in view, 0…<see cref="FringeCount"/>; default 3. Not looked at where <see cref="OrderedProbability"/> is given.</summary>
    public int OrderedCount { get; init; } = 3;

    /// <summary>Chance that one of them is ordered with its layers in view, 0…1, each drawn for itself; <c>null</c> (default): their number is <see cref="OrderedCount"/>.</summary>
    public double? OrderedProbability { get; init; }

    /// <summary>How many of the rest are ordered along planes that are not in view, 0 or more; default 0. Fewer where the rest is smaller.</summary>
    public int HiddenOrderCount { get; init; }

    /// <summary>How many of the rest are twins, 0 or more; default 0.</summary>
    public int TwinnedCount { get; init; }

    /// <summary>How many of the rest are particles of each of <see cref="HrtemFieldOptions.Others"/>; default none.</summary>
    public IReadOnlyList<int> OtherCounts { get; init; } = [];

    /// <summary>Share of what then remains that are statistical particles (<see cref="HrtemFieldOptions.Statistical"/>), 0…1; default 0. Their number is rounded.</summary>
    public double StatisticalFraction { get; init; }

    /// <summary>Number of further particles that show none of the planes, 0…10000; default 5.</summary>
    public int NoFringeCount { get; init; } = 5;

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A field is outside its limits; the message names field, value and limits.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(OtherCounts);
        Limits.Check(nameof(FringeCount), FringeCount, 0, 10_000);
        Limits.Check(nameof(OrderedCount), OrderedProbability is null ? OrderedCount : 0, 0, FringeCount);
        Limits.Check(nameof(OrderedProbability), OrderedProbability ?? 0, 0, 1);
        int rest = FringeCount - (OrderedProbability is null ? OrderedCount : 0);
        Limits.Check(nameof(HiddenOrderCount), HiddenOrderCount, 0, rest);
        Limits.Check(nameof(TwinnedCount), TwinnedCount, 0, rest - HiddenOrderCount);
        rest -= HiddenOrderCount + TwinnedCount;
        foreach (int count in OtherCounts)
        {
            Limits.Check(nameof(OtherCounts), count, 0, rest);
            rest -= count;
        }

        Limits.Check(nameof(StatisticalFraction), StatisticalFraction, 0, 1);
        Limits.Check(nameof(NoFringeCount), NoFringeCount, 0, 10_000);
    }

    /// <summary>Deals the particles over images, in a random order.</summary>
    /// <param name="weights">The weight of each image, such as its area; 0 or more, one of them above 0. An image gets its share of all particles, rounded.</param>
    /// <param name="seed">Where the randomness comes from; same seed, same particles on every platform.</param>
    /// <returns>What is to be drawn in each image.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A field is outside its limits.</exception>
    /// <exception cref="ArgumentException">There is no image, or no weight above 0.</exception>
    public IReadOnlyList<IReadOnlyList<HrtemParticleChoice>> Deal(IReadOnlyList<double> weights, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(weights);
        Validate();
        double total = weights.Sum();
        if (!(total > 0 && double.IsFinite(total)) || weights.Any(weight => !(weight >= 0)))
        {
            throw new ArgumentException("The images have no weight; expected finite weights from 0, one of them above 0.", nameof(weights));
        }

        RandomStream random = new(seed, "population");
        List<HrtemParticleChoice> all = Kinds(random);
        for (int i = 0; i < all.Count; i++)
        {
            int other = i + random.NextIndex(all.Count - i);
            (all[i], all[other]) = (all[other], all[i]);
        }

        List<IReadOnlyList<HrtemParticleChoice>> images = [];
        double sum = 0;
        int first = 0;
        foreach (double weight in weights)
        {
            sum += weight;
            int end = (int)Math.Round(all.Count * sum / total);
            images.Add(all.GetRange(first, end - first));
            first = end;
        }

        return images;
    }

    private List<HrtemParticleChoice> Kinds(RandomStream random)
    {
        int ordered = OrderedCount;
        if (OrderedProbability is double chance)
        {
            ordered = 0;
            for (int i = 0; i < FringeCount; i++)
            {
                ordered += random.NextUniform() < chance ? 1 : 0;
            }
        }

        List<HrtemParticleChoice> all = [];
        Add(HrtemParticleKind.Ordered, ordered);
        Add(HrtemParticleKind.HiddenOrder, HiddenOrderCount);
        Add(HrtemParticleKind.Twinned, TwinnedCount);
        for (int other = 0; other < OtherCounts.Count; other++)
        {
            Add(HrtemParticleKind.Other, OtherCounts[other], other);
        }

        Add(HrtemParticleKind.Statistical, (int)Math.Round(StatisticalFraction * (FringeCount - all.Count)));
        Add(HrtemParticleKind.Disordered, FringeCount);
        all.AddRange(Enumerable.Repeat(new HrtemParticleChoice(HrtemParticleKind.NoFringe), NoFringeCount));
        return all;

        void Add(HrtemParticleKind kind, int count, int other = 0) => all.AddRange(Enumerable.Repeat(new HrtemParticleChoice(kind, other), Math.Clamp(count, 0, FringeCount - all.Count)));
    }
}
