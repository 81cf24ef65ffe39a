namespace ImageAnalysis.Simulation.Tests;

public sealed class HrtemPopulationTests
{
    private static HrtemPopulation Population { get; } = new()
    {
        FringeCount = 30,
        OrderedCount = 3,
        HiddenOrderCount = 2,
        TwinnedCount = 4,
        OtherCounts = [1, 2],
        StatisticalFraction = 0.5,
        NoFringeCount = 6,
    };

    [Fact]
    public void Deal_Counts_AreExactOverAllImages()
    {
        IReadOnlyList<IReadOnlyList<HrtemParticleChoice>> images = Population.Deal([1, 1, 2], 1);
        Dictionary<HrtemParticleChoice, int> counts = images.SelectMany(image => image).GroupBy(choice => choice).ToDictionary(group => group.Key, group => group.Count());

        // 36 particles, a quarter, a quarter and a half of them.
        Assert.Equal([9, 9, 18], images.Select(image => image.Count));
        Assert.Equal(3, counts[new(HrtemParticleKind.Ordered)]);
        Assert.Equal(2, counts[new(HrtemParticleKind.HiddenOrder)]);
        Assert.Equal(4, counts[new(HrtemParticleKind.Twinned)]);
        Assert.Equal((1, 2), (counts[new(HrtemParticleKind.Other, 0)], counts[new(HrtemParticleKind.Other, 1)]));
        Assert.Equal(6, counts[new(HrtemParticleKind.NoFringe)]);

        // 30 − 3 − 2 − 4 − 3 = 18 remain, half of them statistical.
        Assert.Equal((9, 9), (counts[new(HrtemParticleKind.Statistical)], counts[new(HrtemParticleKind.Disordered)]));
    }

    [Fact]
    public void Deal_Probability_DrawsTheNumberOfOrderedOnes()
    {
        HrtemPopulation random = new() { FringeCount = 30, OrderedProbability = 0.4, NoFringeCount = 0 };
        int[] ordered = [.. Enumerable.Range(0, 400).Select(seed => random.Deal([1], (ulong)seed)[0].Count(choice => choice.Kind == HrtemParticleKind.Ordered))];

        // Binomial: mean 12, variance 30·0.4·0.6 = 7.2; standard errors over 400 seeds 0.134 and 7.2·√(2/399) = 0.51, four of each.
        Assert.Equal(12, ordered.Average(), 0.54);
        Assert.Equal(7.2, ordered.Average(n => (n - ordered.Average()) * (n - ordered.Average())), 2.04);
        Assert.All(ordered, n => Assert.InRange(n, 0, 30));
    }

    [Fact]
    public void Deal_Seed_DecidesAlone()
    {
        Assert.Equal(Population.Deal([1, 2], 5), Population.Deal([1, 2], 5));
        Assert.NotEqual(Population.Deal([1, 2], 5)[0], Population.Deal([1, 2], 6)[0]);
    }

    [Fact]
    public void Deal_ImpossibleNumbers_AreRefused()
    {
        Assert.Equal("OrderedCount", Assert.Throws<ArgumentOutOfRangeException>(() => (Population with { OrderedCount = 31 }).Deal([1], 1)).ParamName);
        Assert.Equal("TwinnedCount", Assert.Throws<ArgumentOutOfRangeException>(() => (Population with { TwinnedCount = 26 }).Deal([1], 1)).ParamName);
        Assert.Equal("OtherCounts", Assert.Throws<ArgumentOutOfRangeException>(() => (Population with { OtherCounts = [22] }).Deal([1], 1)).ParamName);
        Assert.Equal("OrderedProbability", Assert.Throws<ArgumentOutOfRangeException>(() => (Population with { OrderedProbability = 1.1 }).Deal([1], 1)).ParamName);
        Assert.Throws<ArgumentException>(() => Population.Deal([], 1));
        Assert.Throws<ArgumentException>(() => Population.Deal([0, 0], 1));
    }
}
