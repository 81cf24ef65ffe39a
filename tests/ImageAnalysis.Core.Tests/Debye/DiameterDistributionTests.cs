using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

public sealed class DiameterDistributionTests
{
    [Fact]
    public void Overlap_OfOneDiameter_IsThatOfTwoSpheres()
    {
        DiameterDistribution sphere = DiameterDistribution.Single(20);
        Assert.Equal(1, sphere.OverlapFraction(0), 1e-15);
        Assert.Equal(1 - 0.75 + 0.0625, sphere.OverlapFraction(10), 1e-12); // u = ½: 1 − 3/4 + 1/16
        Assert.Equal(0, sphere.OverlapFraction(20), 1e-12);
        Assert.Equal(0, sphere.OverlapFraction(25));
        Assert.Throws<ArgumentOutOfRangeException>(() => sphere.OverlapFraction(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => sphere.OverlapFraction(double.NaN));
    }

    [Fact]
    public void Overlap_OfTwoDiameters_IsWeightedByVolume()
    {
        // Two of 10 and one of 20 Å at r = 5: (2·1000·γ(½) + 8000·γ(¼))/(2·1000 + 8000), γ(½) = 0.3125, γ(¼) = 0.6328125.
        DiameterDistribution sizes = DiameterDistribution.OfMeasured([20, 10, 10]);
        Assert.Equal(((2000 * 0.3125) + (8000 * 0.6328125)) / 10000, sizes.OverlapFraction(5), 1e-12);
        Assert.Equal(8000 * 0.3125 / 10000, sizes.OverlapFraction(10), 1e-12);
        Assert.Equal(40.0 / 3, sizes.MeanAngstrom, 1e-12);
        Assert.Equal((2e4 + 16e4) / 1e4, sizes.VolumeMeanAngstrom, 1e-12);
        Assert.Equal(sizes.OverlapFraction(7), DiameterDistribution.OfCounts([10, 20, 30], [4, 2, 0]).OverlapFraction(7), 1e-12);
        Assert.Equal(10, sizes.QuantileAngstrom(0.5));
        Assert.Equal(20, sizes.QuantileAngstrom(0.9));
    }

    [Theory]
    [InlineData(21.0, 3.0)]
    [InlineData(40.0, 6.0)]
    [InlineData(30.0, 9.0)]
    public void Overlap_OfANormalLaw_IsTheIntegral(double mean, double sd)
    {
        DiameterDistribution sizes = DiameterDistribution.Normal(mean, sd);
        Assert.Equal(mean, sizes.MeanAngstrom, mean * 0.01); // 30 ± 9 is cut at 0, 0.04 % of it
        Assert.Equal(sd, sizes.SdAngstrom, sd * 0.01);
        foreach (double r in (double[])[3, 0.5 * mean, mean, mean + sd])
        {
            // By the midpoint rule with 40,000 steps.
            double top = 0, bottom = 0;
            for (int i = 0; i < 40_000; i++)
            {
                double d = (i + 0.5) * (mean + (6 * sd)) / 40_000, u = r / d, weight = Math.Exp(-0.5 * Math.Pow((d - mean) / sd, 2)) * d * d * d;
                top += u < 1 ? weight * (1 - (1.5 * u) + (0.5 * u * u * u)) : 0;
                bottom += weight;
            }

            // Smooth integrands but for a bend at D = r: 1e-5 of the volume.
            Assert.Equal(top / bottom, sizes.OverlapFraction(r), 1e-5);
        }
    }

    [Fact]
    public void LogNormal_Moments_AreThoseOfTheLaw()
    {
        // σ² = ln(1 + (0.3)²) = 0.08618; ⟨D⁴⟩/⟨D³⟩ = m·exp(3σ²).
        DiameterDistribution sizes = DiameterDistribution.LogNormal(30, 9);
        Assert.Equal(30, sizes.MeanAngstrom, 1e-5);
        Assert.Equal(9, sizes.SdAngstrom, 1e-4);
        Assert.Equal(30 * Math.Pow(1.09, 3), sizes.VolumeMeanAngstrom, 1e-3);
        Assert.Equal(1, sizes.NumberFractions.Sum(), 1e-12);
    }

    [Fact]
    public void Distribution_BadNumbers_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => DiameterDistribution.OfMeasured([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => DiameterDistribution.OfMeasured([20, double.NaN]));
        Assert.Throws<ArgumentException>(() => DiameterDistribution.OfCounts([20, 30], [1]));
        Assert.Throws<ArgumentException>(() => DiameterDistribution.OfCounts([20, 30], [0, 0]));
        Assert.Throws<ArgumentException>(() => DiameterDistribution.OfCounts([20, 30], [1, double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(() => DiameterDistribution.Single(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => DiameterDistribution.Normal(20, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => DiameterDistribution.LogNormal(double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => DiameterDistribution.LogNormal(20, 30));
        Assert.Throws<ArgumentOutOfRangeException>(() => DiameterDistribution.Single(20).QuantileAngstrom(1.1));
        Assert.Equal(0, DiameterDistribution.Normal(20, 0).SdAngstrom);
    }
}
