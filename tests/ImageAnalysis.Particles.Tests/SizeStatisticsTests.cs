using ImageAnalysis.Particles;

namespace ImageAnalysis.Tests.Particles;

public class SizeStatisticsTests
{
    private static readonly DistributionOptions Options = new() { BootstrapSamples = 1000 };

    private static SizeDistribution Of(params double[] sizes) => SizeStatistics.Summarise([.. sizes.Select(s => new CountedSize(s, 1))], Options)!;

    [Fact]
    public void Summarise_FiveSizes_GivesTheTextbookValues()
    {
        // 2, 3, 4, 5, 6: mean 4, s.d. √(10/4) = 1.5811; Hazen's quantiles: place 0.1·5 = 0.5 is the middle of the first, so D10 = 2; D90 = 6.
        SizeDistribution d = Of(6, 2, 4, 3, 5);
        Assert.Equal(5, d.Count);
        Assert.Equal(4, d.Mean.ValueNm, 12);
        Assert.Equal(Math.Sqrt(2.5), d.Sd!.ValueNm, 12);
        Assert.Equal(4, d.Median.ValueNm, 12);
        Assert.Equal(2, d.D10Nm, 12);
        Assert.Equal(6, d.D90Nm, 12);
        Assert.Equal(5, d.Histogram.Counts.Sum());
    }

    [Fact]
    public void Summarise_BorderWeights_ShiftTheMeanTowardsLargeParticles()
    {
        // Weights 1 and 3: (1·2 + 3·4) / 4 = 3.5; the plain mean is 3.
        SizeDistribution d = SizeStatistics.Summarise([new CountedSize(2, 1), new CountedSize(4, 3)], Options)!;
        Assert.Equal(3.5, d.Mean.ValueNm, 12);
        Assert.Equal(3.0, d.PlainMeanNm, 12);
    }

    [Fact]
    public void Summarise_NormalSizes_FitsTheNormalWithItsAicc()
    {
        // AICc of two parameters and n = 5: 4 + 12/(n − 3) = 10, minus 2 ln L; σ² = 2 by maximum likelihood, ln L = −5/2·(ln(2π·2) + 1).
        DistributionFit normal = Of(2, 3, 4, 5, 6).Fits.Single(f => f.Family == "normal");
        Assert.Equal(4, normal.MeanNm, 12);
        Assert.Equal(Math.Sqrt(2), normal.SdNm, 12);
        Assert.Equal(10 + (5 * (Math.Log(4 * Math.PI) + 1)), normal.Aicc, 9);
    }

    [Fact]
    public void Summarise_LogNormalSizes_PrefersTheLogNormal()
    {
        Random random = new(3);
        double[] sizes = [.. Enumerable.Range(0, 400).Select(_ => 4 * Math.Exp(0.4 * Gauss(random)))];
        SizeDistribution d = Of(sizes);
        Assert.Equal("log-normal", d.Fits[0].Family);

        // Standard error of the mean of ln(size): 0.4/√400 = 0.02; four of them.
        Assert.Equal(Math.Log(4), d.Fits[0].Location, 0.08);
        Assert.Equal(0.4, d.Fits[0].Scale, 0.06);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(60)]
    public void Summarise_ManySamples_IntervalsCoverTheTruth(int n)
    {
        // 400 repetitions of a true coverage of 95 %: two-sided binomial limits at p = 0.001 are 91.0 and 98.3 %.
        Random random = new(7);
        int mean = 0;
        const int repetitions = 400;
        for (int k = 0; k < repetitions; k++)
        {
            CountedSize[] sizes = [.. Enumerable.Range(0, n).Select(_ => new CountedSize(10 + Gauss(random), 1))];
            SizeDistribution d = SizeStatistics.Summarise(sizes, Options with { BootstrapSamples = 400, Seed = k + 1 })!;
            mean += d.Mean.LowNm <= 10 && d.Mean.HighNm >= 10 ? 1 : 0;
        }

        Assert.InRange(mean / (double)repetitions, 0.91, 0.983);
    }

    [Fact]
    public void Summarise_PrecisionWanted_SaysHowManyMore()
    {
        // s.d./mean = 1.5811/4 = 0.3953; (1.96·0.3953/0.1)² = 60.02, so 61 in all, 56 more.
        SizeDistribution d = SizeStatistics.Summarise([.. new double[] { 2, 3, 4, 5, 6 }.Select(s => new CountedSize(s, 1))], Options with { PrecisionWantedPercent = 10 })!;
        Assert.Equal(56, d.MoreNeeded);
    }

    [Fact]
    public void Summarise_OrderOfParticles_DoesNotMatter()
    {
        Random random = new(5);
        double[] sizes = [.. Enumerable.Range(0, 50).Select(_ => 5 + Gauss(random))];
        SizeDistribution forward = Of(sizes), backward = Of([.. sizes.Reverse()]);
        Assert.Equal(forward.Mean, backward.Mean);
        Assert.Equal(forward.Median, backward.Median);
    }

    [Fact]
    public void Summarise_FewOrNone_SaysWhatCanBeSaid()
    {
        Assert.Null(SizeStatistics.Summarise([], Options));
        SizeDistribution one = Of(3.0);
        Assert.Null(one.Sd);
        Assert.Empty(one.Fits);
        Assert.Equal(1, one.Histogram.Counts.Sum());
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(-1, 1)]
    [InlineData(2, 0)]
    public void Summarise_BadSize_Throws(double size, double weight) =>
        Assert.Throws<ArgumentException>(() => SizeStatistics.Summarise([new CountedSize(size, weight)], Options));

    private static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
