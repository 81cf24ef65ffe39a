namespace ImageAnalysis.Core.Tests;

public sealed class PowderCountingTests
{
    [Fact]
    public void SigmaCounts_Counts_AreSquareRootsAndOneForZero()
    {
        PowderPattern pattern = new([10, 11, 12, 13], [0, 1, 4, 100]) { Scale = IntensityScale.Counts };

        Assert.Equal(SigmaBasis.Counting, PowderCounting.Basis(pattern));
        // √max(N, 1)
        Assert.Equal([1, 1, 2, 10], PowderCounting.SigmaCounts(pattern));
    }

    [Fact]
    public void SigmaCounts_CountsPerSecond_KnowTheCountingTime()
    {
        // 5 s a point: 20 cps are 100 counts ± 10, that is ± 2 cps; 0 cps are 0 ± 1 counts, that is ± 0.2 cps.
        PowderPattern pattern = new([10, 11], [20, 0]) { Scale = IntensityScale.ScaledCounts, IntensityPerCountRatio = 0.2, CountingTimeSeconds = 5 };

        double[] sigma = PowderCounting.SigmaCounts(pattern);

        Assert.Equal(2, sigma[0], 1e-12);
        Assert.Equal(0.2, sigma[1], 1e-12);
    }

    [Fact]
    public void SigmaCounts_OfTheFile_AreKeptButForZeros()
    {
        PowderPattern pattern = new([10, 11, 12], [0, 9, 16], [0, 1.5, 2]) { Scale = IntensityScale.Counts };

        Assert.Equal(SigmaBasis.File, PowderCounting.Basis(pattern));
        Assert.Equal([1.5, 1.5, 2], PowderCounting.SigmaCounts(pattern));
        Assert.Equal([1.5, 1.5, 2], PowderCounting.ExpectedSigmaCounts(pattern, [5, 5, 5]));
    }

    [Fact]
    public void SigmaCounts_AllZerosOfTheFile_AreNone()
    {
        PowderPattern pattern = new([10, 11], [4, 9], [0, 0]) { Scale = IntensityScale.Counts };

        Assert.Equal(SigmaBasis.Counting, PowderCounting.Basis(pattern));
        Assert.Equal([2, 3], PowderCounting.SigmaCounts(pattern));
    }

    [Fact]
    public void ExpectedSigmaCounts_Counts_AreThoseOfTheCurve()
    {
        PowderPattern pattern = new([10, 11, 12], [0, 9, 16]) { Scale = IntensityScale.Counts };

        // A curve below one count, or below zero, is floored at one count.
        Assert.Equal([5, 1, 1], PowderCounting.ExpectedSigmaCounts(pattern, [25, 0.5, -3]));
        Assert.Throws<ArgumentException>(() => PowderCounting.ExpectedSigmaCounts(pattern, [25, 0.5]));
        Assert.Throws<ArgumentException>(() => PowderCounting.ExpectedSigmaCounts(pattern, [25, 0.5, double.NaN]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.04)]
    [InlineData(250)]
    public void ScatterPerCountRatio_ScaledPoissonPattern_FindsTheFactor(double factor)
    {
        PowderPattern pattern = Noisy(factor, offset: 0, seed: 3);

        // 2000 points: the median of χ²₁ scatters by about 1.7/√2000 = 4 %, more because neighbours share points; peaks add some. 15 % is three times that.
        Assert.InRange(PowderCounting.ScatterPerCountRatio(pattern)!.Value / factor, 0.85, 1.15);
    }

    [Fact]
    public void SigmaCounts_UnknownScale_ComeFromTheScatter()
    {
        PowderPattern pattern = Noisy(0.04, offset: 0, seed: 4);
        double[] sigma = PowderCounting.SigmaCounts(pattern);

        Assert.Equal(SigmaBasis.Scatter, PowderCounting.Basis(pattern));
        // σ² = 0.04 · intensity, its factor good to 15 %: σ to 8 %.
        for (int i = 0; i < sigma.Length; i += 100)
        {
            Assert.InRange(sigma[i] / Math.Sqrt(0.04 * pattern.IntensityCounts[i]), 0.92, 1.08);
        }
    }

    [Fact]
    public void SigmaCounts_BackgroundTakenOff_HaveAFloor()
    {
        // 200 counts of background taken off: its √200 = 14 stays as scatter where nothing is left.
        PowderPattern pattern = Noisy(1, offset: -200, seed: 5);
        double[] sigma = PowderCounting.SigmaCounts(pattern);

        Assert.All(sigma, value => Assert.InRange(value, 10, double.MaxValue));
    }

    [Fact]
    public void SigmaCounts_SmoothCurve_IsAsIfCounts()
    {
        double[] angles = [.. Enumerable.Range(0, 500).Select(i => 10 + (0.1 * i))];
        PowderPattern pattern = new(angles, [.. angles.Select(angle => 500 + (400 * Math.Exp(-Math.Pow((angle - 30) / 3, 2))))]);

        Assert.Equal(SigmaBasis.AsIfCounts, PowderCounting.Basis(pattern));
        // The first point: 500 and nothing of the peak.
        Assert.Equal(Math.Sqrt(500), PowderCounting.SigmaCounts(pattern)[0], 1e-6);
    }

    [Fact]
    public void SigmaCounts_NothingButZeros_IsUsable()
    {
        Assert.Equal([1, 1], PowderCounting.SigmaCounts(new PowderPattern([1, 2], [0, 0])));
        Assert.Null(PowderCounting.ScatterPerCountRatio(new PowderPattern([1, 2], [0, 0])));
    }

    /// <summary>200 counts of background and a peak of 5000, with Poisson noise (normal approximation), times a factor, plus an offset.</summary>
    private static PowderPattern Noisy(double factor, double offset, int seed)
    {
        var random = new Random(seed);
        double[] angles = [.. Enumerable.Range(0, 2000).Select(i => 10 + (0.02 * i))];
        double[] intensity = [.. angles.Select(angle =>
        {
            double mean = 200 + (5000 * Math.Exp(-Math.Pow((angle - 30) / 0.3, 2)));
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            return factor * (Math.Round(mean + (normal * Math.Sqrt(mean))) + offset);
        })];
        return new PowderPattern(angles, intensity);
    }
}
