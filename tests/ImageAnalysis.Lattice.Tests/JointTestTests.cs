using MathNet.Numerics.Distributions;

namespace ImageAnalysis.Lattice.Tests;

public sealed class JointTestTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Tail_OfEqualWeights_IsTheGammaLaw(int count)
    {
        double[] weights = [.. Enumerable.Repeat(0.7, count)];
        Assert.All((double[])[0.1, 2, 9, 40], sum =>
        {
            double expected = 1 - Gamma.CDF(count, 1 / 0.7, sum);
            Assert.Equal(expected, JointTest.Tail(sum, weights), (1e-6 * expected) + 1e-12);
        });
    }

    /// <summary>Two stages of means a and b: (a e^(−x/a) − b e^(−x/b))/(a − b).</summary>
    [Fact]
    public void Tail_OfTwoWeights_IsTheKnownSum()
    {
        const double A = 0.9, B = 0.3;
        Assert.All((double[])[0.5, 5, 30], x => Assert.Equal(((A * Math.Exp(-x / A)) - (B * Math.Exp(-x / B))) / (A - B), JointTest.Tail(x, [A, B]), 1e-9));
        Assert.InRange(JointTest.Tail(60, [A, B]) / (A * Math.Exp(-60 / A) / (A - B)), 0.999, 1.001);
    }

    [Fact]
    public void Tail_OfNothing_IsOne() => Assert.Equal(1, JointTest.Tail(0, [0.5, 0.9]));

    /// <summary>Powers of a complex normal vector with coherences √(c_i c_j), drawn: the tail of their weighted sum is the eigenvalues'.</summary>
    [Fact]
    public void Stages_OfCoherentPlaces_GiveTheTailOfDrawnPowers()
    {
        double[] weights = [0.9, 0.6, 0.8], own = [0.4, 0.3, 0.5];
        double[] stages = JointTest.Stages(weights, own);
        Assert.Equal(weights.Sum(), stages.Sum(), 1e-9);
        const int Count = 400_000;
        int above = 0;
        Random random = new(11); // the powers of this test only
        for (int i = 0; i < Count; i++)
        {
            double commonRe = Draw(), commonIm = Draw(), sum = 0;
            for (int j = 0; j < weights.Length; j++)
            {
                double re = (Math.Sqrt(own[j]) * commonRe) + (Math.Sqrt(1 - own[j]) * Draw()), im = (Math.Sqrt(own[j]) * commonIm) + (Math.Sqrt(1 - own[j]) * Draw());
                sum += weights[j] * 0.5 * ((re * re) + (im * im));
            }

            above += sum > 8 ? 1 : 0;
        }

        // Some 1,400 of 400,000: 2.7 % standard deviation.
        Assert.InRange(above / (Count * JointTest.Tail(8, stages)), 0.9, 1.1);
        Assert.True(JointTest.Tail(8, stages) > 1.3 * JointTest.Tail(8, weights), "coherence makes large sums likelier");

        double Draw() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    [Fact]
    public void OwnShare_OfTheSupportAlone_IsNothing()
    {
        Assert.Equal(0, JointTest.OwnShare(0.8));
        Assert.Equal(0.5, JointTest.OwnShare(2), 1e-12);
    }
}
