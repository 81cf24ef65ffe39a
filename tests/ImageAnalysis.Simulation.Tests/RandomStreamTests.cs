namespace ImageAnalysis.Simulation.Tests;

public sealed class RandomStreamTests
{
    [Fact]
    public void NextBits_FromStateOneTwoThreeFour_GivesThePublishedNumbers()
    {
        // First outputs of the authors' xoshiro256starstar.c for the state {1, 2, 3, 4}, as kept by many test suites.
        var stream = new RandomStream(1, 2, 3, 4);
        ulong[] expected =
        [
            11520, 0, 1509978240, 1215971899390074240, 1216172134540287360,
            607988272756665600, 16172922978634559625, 8476171486693032832, 10595114339597558777, 2904607092377533576,
        ];

        Assert.Equal(expected, expected.Select(_ => stream.NextBits()));
    }

    [Fact]
    public void SplitMix_FromSeed1234567_GivesThePublishedNumbers()
    {
        ulong state = 1234567;
        ulong[] expected = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];

        Assert.Equal(expected, expected.Select(_ => RandomStream.SplitMix(ref state)));
    }

    [Fact]
    public void Derive_OtherSeedOrPart_GivesAnotherSeed()
    {
        ulong[] seeds =
        [
            SimulationSeed.Derive(1, "a"), SimulationSeed.Derive(2, "a"), SimulationSeed.Derive(1, "b"), SimulationSeed.Derive(1, "aa"), SimulationSeed.Derive(1, ""),
        ];

        Assert.Equal(seeds.Length, seeds.Distinct().Count());
        Assert.Equal(seeds[0], SimulationSeed.Derive(1, "a"));
    }

    [Fact]
    public void NextGaussian_ManyDraws_HasTheMomentsOfTheNormalDistribution()
    {
        const int Count = 200_000;
        var stream = new RandomStream(5, "gaussian");
        double sum = 0, sum2 = 0, sum4 = 0;
        for (int i = 0; i < Count; i++)
        {
            double g = stream.NextGaussian();
            sum += g;
            sum2 += g * g;
            sum4 += g * g * g * g;
        }

        // Standard errors for n = 200,000: mean 0.0022, variance √(2/n) = 0.0032, fourth moment √(96/n) = 0.022; four of each.
        Assert.Equal(0.0, sum / Count, 0.009);
        Assert.Equal(1.0, sum2 / Count, 0.013);
        Assert.Equal(3.0, sum4 / Count, 0.09);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(4.0)]
    [InlineData(9.99)]
    [InlineData(10.0)]
    [InlineData(33.3)]
    [InlineData(1000.0)]
    [InlineData(250000.0)]
    public void NextPoisson_AnyMean_HasEqualMeanAndVariance(double mean)
    {
        const int Count = 100_000;
        var stream = new RandomStream(6, "poisson");
        double sum = 0, sum2 = 0;
        for (int i = 0; i < Count; i++)
        {
            double k = stream.NextPoisson(mean) - mean;
            sum += k;
            sum2 += k * k;
        }

        // Standard error of the mean √(λ/n); of the variance λ·√((2 + 1/λ)/n); four of each.
        Assert.Equal(0.0, sum / Count, 4.0 * Math.Sqrt(mean / Count));
        Assert.Equal(mean, sum2 / Count, 4.0 * mean * Math.Sqrt((2.0 + (1.0 / mean)) / Count));
    }

    [Theory]
    [InlineData(3.0)]
    [InlineData(12.0)]
    [InlineData(45.0)]
    public void NextPoisson_Histogram_FollowsThePoissonProbabilities(double mean)
    {
        const int Count = 200_000;
        var stream = new RandomStream(7, "poisson");
        int[] found = new int[200];
        for (int i = 0; i < Count; i++)
        {
            found[stream.NextPoisson(mean)]++;
        }

        double p = Math.Exp(-mean), chi2 = 0.0;
        int classes = 0;
        for (int k = 0; k < found.Length; k++)
        {
            double expected = p * Count;
            if (expected > 20)
            {
                chi2 += (found[k] - expected) * (found[k] - expected) / expected;
                classes++;
            }

            p *= mean / (k + 1);
        }

        // χ² of m classes has mean m and standard deviation √(2m); four of them.
        Assert.True(chi2 < classes + (4.0 * Math.Sqrt(2.0 * classes)), $"chi2 {chi2} over {classes} classes");
    }
}
