namespace ImageAnalysis.Core.Tests;

public sealed class SampleComparisonTests
{
    private static readonly SampleCount[] Paper = [new("2nm", 0, 30), new("4nm", 3, 30), new("6nm", 24, 30)];

    // 0/30 against 3/30: with 3 of 60 in the state the tables 0 and 3 of 30 are the least probable, 2·C(30,3)/C(60,3) = 2·4060/34220 = 0.23729.
    // 3/4 against 1/4: Fisher's tea tasting, 34/70 = 0.4857. 2/17 against 10/13: Fisher's twins, 0.0005367 two-sided (both R. A. Fisher; values as R's documentation of fisher.test prints them).
    // 1/10 against 11/14: 0.00275946 by the program scipy 1.10.
    [Theory]
    [InlineData(0, 30, 3, 30, 0.23729, 5e-6)]
    [InlineData(3, 4, 1, 4, 0.4857, 5e-5)]
    [InlineData(2, 17, 10, 13, 0.0005367, 5e-8)]
    [InlineData(1, 10, 11, 14, 0.00275946, 5e-9)]
    [InlineData(0, 5, 0, 9, 1, 1e-12)]
    public void FisherTest_PublishedExamples_AreReproduced(int k1, int n1, int k2, int n2, double expected, double tolerance)
    {
        Assert.Equal(expected, FisherTest.PValueOf(k1, n1, k2, n2)!.Value, tolerance);
        Assert.Equal(expected, FisherTest.PValueOf(k2, n2, k1, n1)!.Value, tolerance);
        Assert.Equal(expected, FisherTest.PValueOf(n1 - k1, n1, n2 - k2, n2)!.Value, tolerance);
    }

    [Fact]
    public void FisherTest_SmallProbabilities_KeepTheirDigits()
    {
        // scipy 1.10; six digits are compared.
        Assert.Equal(1, FisherTest.PValueOf(0, 30, 24, 30)!.Value / 3.293956608524839e-11, 1e-6);
        Assert.Equal(1, FisherTest.PValueOf(3, 30, 24, 30)!.Value / 5.6213814618317425e-08, 1e-6);

        // 0 of n against n of n: two tables of C(2n, n).
        Assert.Equal(1, FisherTest.PValueOf(0, 20, 20, 20)!.Value / (2 / 137846528820.0), 1e-9);
        Assert.Null(FisherTest.PValueOf(0, 0, 3, 30));
    }

    [Fact]
    public void FisherTest_EqualFractions_IsSeldomSignificant()
    {
        // The level holds: the power at equal fractions is the share of false differences, at or below 5 % for every fraction.
        foreach (double fraction in (double[])[0.02, 0.1, 0.3, 0.5, 0.9])
        {
            Assert.InRange(SampleSizes.FisherPowerProbability(fraction, 30, fraction, 25), 0, 0.05);
            Assert.InRange(SampleSizes.FisherPowerProbability(fraction, 30, fraction, 30), 0, 0.03);
        }
    }

    [Fact]
    public void Holm_PublishedRule_IsFollowed()
    {
        // 4 p-values: 0.01·4 = 0.04, 0.02·3 = 0.06, 0.03·2 = 0.06, 0.04·1 = 0.04 raised to the 0.06 before it.
        double[] corrected = SampleComparison.Holm([0.01, 0.02, 0.03, 0.04]);
        double[] expected = [0.04, 0.06, 0.06, 0.06];
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(expected[i], corrected[i], 1e-15);
        }

        Assert.Equal(1, SampleComparison.Holm([0.6, 0.7])[0]);
    }

    [Fact]
    public void SampleComparison_PaperCounts_TellsSixFromTheOthersOnly()
    {
        SampleComparison comparison = SampleComparison.Of(Paper);
        Assert.Equal(3, comparison.Pairs.Count);
        SamplePair twoFour = comparison.Pairs[0], twoSix = comparison.Pairs[1], fourSix = comparison.Pairs[2];
        Assert.False(twoFour.IsSignificant);
        Assert.Equal(0.2373, twoFour.HolmPValue!.Value, 0.0001);
        Assert.True(twoSix.IsSignificant && fourSix.IsSignificant);
        Assert.Equal(3 * twoSix.PValue!.Value, twoSix.HolmPValue!.Value, 1e-15);
        Assert.Equal(2 * fourSix.PValue!.Value, fourSix.HolmPValue!.Value, 1e-12);
        Assert.Null(twoSix.NeededPerSampleCount);
        Assert.Equal(SampleSizes.PerSampleForFisher(0, 0.1), twoFour.NeededPerSampleCount);
        Assert.Equal("Significantly different (Fisher's exact test, two-sided, at the 5 % level, corrected for 3 pairs by Holm's method): 2nm and 6nm (0 of 30 against 24 of 30, p < 0.0001); 4nm and 6nm (3 of 30 against 24 of 30, p < 0.0001).", comparison.Sentences[0]);
        Assert.Equal("Not significantly different: 2nm and 4nm (0 of 30 against 3 of 30, p = 0.24). That is no proof that they are equal.", comparison.Sentences[1]);
        Assert.StartsWith("If the true fractions of 2nm and 4nm were those counted, about ", comparison.Sentences[2], StringComparison.Ordinal);
        Assert.Equal(3, comparison.Sentences.Count);
    }

    [Fact]
    public void SampleComparison_FewOrEmptySamples_AreSaidSo()
    {
        Assert.Empty(SampleComparison.Of([]).Pairs);
        Assert.Equal(["There are no two samples with judged particles to compare."], SampleComparison.Of([new("a", 1, 2)]).Sentences);
        SampleComparison comparison = SampleComparison.Of([new("a", 5, 10), new("b", 0, 0), new("c", 5, 10)]);
        Assert.Null(comparison.Pairs[0].PValue);
        Assert.Null(comparison.Pairs[0].HolmPValue);

        // Two equal samples of three: one test only, so nothing is corrected, and no number of particles would show a difference.
        Assert.Equal(1, comparison.Pairs[1].HolmPValue);
        Assert.Null(comparison.Pairs[1].NeededPerSampleCount);
        Assert.Equal(["No samples differ significantly (Fisher's exact test, two-sided, at the 5 % level): a and c (5 of 10 against 5 of 10, p = 1.00). That is no proof that they are equal.", "b has no judged particles and was not compared."], comparison.Sentences);
    }

    [Fact]
    public void SampleComparison_EqualSamples_AreSeldomCalledDifferent()
    {
        // Holm's promise: among 1,000 sets of four equal samples at most 5 % have any significant pair (here well below, the test being conservative); 7 % would be three standard deviations above.
        SeededRandom random = new(7);
        int any = 0;
        for (int set = 0; set < 1000; set++)
        {
            SampleCount[] samples = [.. Enumerable.Range(0, 4).Select(i => new SampleCount("s", Enumerable.Range(0, 30).Count(_ => random.NextUniform() < 0.4), 30))];
            any += SampleComparisonIsSignificant(samples) ? 1 : 0;
        }

        Assert.InRange(any, 1, 70);
    }

    [Fact]
    public void FisherPower_Examples_AgreeWithAnotherProgram()
    {
        // Sums over all tables with scipy 1.10's fisher_exact; tables rarer than 10⁻¹³ were left out there.
        Assert.Equal(0.7423887839, SampleSizes.FisherPowerProbability(0.5, 20, 0.9, 20), 1e-9);
        Assert.Equal(0.8979825686, SampleSizes.FisherPowerProbability(0.25, 68, 0.05, 68), 1e-9);
        Assert.Equal(0.0731901084, SampleSizes.FisherPowerProbability(0, 30, 0.1, 30), 1e-9);
        Assert.Equal(0.4621001329, SampleSizes.FisherPowerProbability(0.6, 50, 0.4, 50), 1e-9);
        Assert.Equal(1, SampleSizes.FisherPowerProbability(0, 30, 1, 30), 1e-12);
    }

    [Theory]
    [InlineData(0.25, 0.05)]
    [InlineData(0, 0.1)]
    [InlineData(0.1, 0.8)]
    [InlineData(1, 0.9)]
    public void PerSampleForFisher_Result_IsTheSmallestThatLasts(double first, double second)
    {
        int n = SampleSizes.PerSampleForFisher(first, second)!.Value;
        Assert.True(SampleSizes.FisherPowerProbability(first, n - 1, second, n - 1) < 0.9);
        Assert.All(Enumerable.Range(n, 11), m => Assert.True(SampleSizes.FisherPowerProbability(first, m, second, m) >= 0.9));
    }

    // The table of the page table-statistics; that each is the smallest that lasts is tested above.
    [Theory]
    [InlineData(0, 0.1, 91)]
    [InlineData(0.1, 0.8, 11)]
    [InlineData(0.05, 0.25, 69)]
    [InlineData(0.1, 0.2, 281)]
    [InlineData(0.4, 0.6, 141)]
    public void PerSampleForFisher_TableOfTheDocumentation_Holds(double first, double second, int expected) => Assert.Equal(expected, SampleSizes.PerSampleForFisher(first, second));

    [Fact]
    public void PerSampleForFisher_HopelessDifferences_HaveNoNumber()
    {
        Assert.Null(SampleSizes.PerSampleForFisher(0.3, 0.3));
        Assert.Null(SampleSizes.PerSampleForFisher(0.3, 0.301, largestCount: 500));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleSizes.PerSampleForFisher(0.3, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleSizes.PerSampleForFisher(double.NaN, 0.1));
    }

    [Fact]
    public void ForIntervalWidth_Examples_AgreeWithAnotherProgram()
    {
        // Mean widths by sums over all counts with scipy 1.10's beta quantiles: 0.20037 at 102, 0.19939 at 103; for a tenth 42.
        Assert.Equal(0.1993871674, SampleSizes.MeanIntervalWidthFraction(0.5, 103), 1e-7);
        Assert.Equal(103, SampleSizes.ForIntervalWidth(0.2));
        Assert.Equal(42, SampleSizes.ForIntervalWidth(0.2, 0.1));
        Assert.Equal(401, SampleSizes.ForIntervalWidth(0.1));
        Assert.Equal(46, SampleSizes.ForIntervalWidth(0.3));

        // No particle ordered: the width is 1 − 0.025^(1/n), at most 0.1 for n ≥ ln 0.025/ln 0.9 = 35.01.
        Assert.Equal(36, SampleSizes.ForIntervalWidth(0.1, 0));
    }

    [Fact]
    public void ForSeeingOne_Formula_Holds()
    {
        // 0.9²¹ = 0.1094, 0.9²² = 0.0985: 22 particles for 90 %. One half, 87.5 %: exactly 3.
        Assert.Equal(22, SampleSizes.ForSeeingOne(0.1));
        Assert.Equal(3, SampleSizes.ForSeeingOne(0.5, 0.875));
        Assert.Equal(1, SampleSizes.ForSeeingOne(1));
        Assert.Null(SampleSizes.ForSeeingOne(1e-12));
    }

    private static bool SampleComparisonIsSignificant(SampleCount[] samples)
    {
        double[] p = [.. Enumerable.Range(0, 4).SelectMany(a => Enumerable.Range(a + 1, 3 - a).Select(b => FisherTest.PValueOf(samples[a].InStateCount, 30, samples[b].InStateCount, 30)!.Value)).Order()];
        return SampleComparison.Holm(p)[0] <= 0.05;
    }
}
