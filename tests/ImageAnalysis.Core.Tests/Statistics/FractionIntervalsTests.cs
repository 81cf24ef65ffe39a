namespace ImageAnalysis.Core.Tests;

public sealed class FractionIntervalsTests
{
    // The first three are the paper's counts; the others R. G. Newcombe, Stat. Med. 17 (1998) 857, table I (doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E; not opened, as the tests of several public packages quote it), with all its digits.
    [Theory]
    [InlineData(0, 30, 0, 0.116, 0.0005)]
    [InlineData(3, 30, 0.021, 0.265, 0.0005)]
    [InlineData(24, 30, 0.614, 0.923, 0.0005)]
    [InlineData(81, 263, 0.2527, 0.3676, 0.00005)]
    [InlineData(15, 148, 0.0578, 0.1617, 0.00005)]
    [InlineData(0, 20, 0, 0.1684, 0.00005)]
    [InlineData(1, 29, 0.0009, 0.1776, 0.00005)]
    public void ClopperPearson_PublishedExamples_AreReproduced(int k, int n, double low, double high, double tolerance)
    {
        FractionInterval interval = FractionIntervals.ClopperPearson(k, n)!;
        Assert.Equal((double)k / n, interval.ValueFraction);
        Assert.Equal(low, interval.LowFraction, tolerance);
        Assert.Equal(high, interval.HighFraction, tolerance);
    }

    // Newcombe 1998, table I, method 3 (score without continuity correction), quoted likewise.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilson_PublishedExamples_AreReproduced(int k, int n, double low, double high)
    {
        FractionInterval interval = FractionIntervals.Wilson(k, n)!;
        Assert.Equal(low, interval.LowFraction, 0.00005);
        Assert.Equal(high, interval.HighFraction, 0.00005);
    }

    [Fact]
    public void Intervals_NoParticles_AreNone()
    {
        Assert.Null(FractionIntervals.ClopperPearson(0, 0));
        Assert.Null(FractionIntervals.Wilson(0, 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(30)]
    [InlineData(1000)]
    public void Intervals_NoneAndAll_EndAtZeroAndOneAndMirror(int n)
    {
        foreach (double level in (double[])[0.9, 0.95, 0.99])
        {
            FractionInterval none = FractionIntervals.ClopperPearson(0, n, level)!, all = FractionIntervals.ClopperPearson(n, n, level)!;
            Assert.Equal(0, none.LowFraction);
            Assert.Equal(1, all.HighFraction);

            // (1 − p)ⁿ = α/2 at the upper end for none; 10⁻¹² is the rounding of a power.
            Assert.Equal((1 - level) / 2, Math.Pow(1 - none.HighFraction, n), 1e-12);
            Assert.Equal(1 - none.HighFraction, all.LowFraction, 1e-12);
            Assert.Equal(0, FractionIntervals.Wilson(0, n, level)!.LowFraction);
            Assert.Equal(1, FractionIntervals.Wilson(n, n, level)!.HighFraction);
        }
    }

    [Fact]
    public void ClopperPearson_Ends_LeaveHalfOfTheErrorOutside()
    {
        // The definition: at the lower end P(X ≥ k) = α/2, at the upper end P(X ≤ k) = α/2, summed here term by term. 10⁻⁹ is well above the accuracy of the beta quantile.
        foreach ((int k, int n, double level) in ((int, int, double)[])[(3, 30, 0.95), (24, 30, 0.95), (1, 12, 0.9), (250, 400, 0.99)])
        {
            FractionInterval interval = FractionIntervals.ClopperPearson(k, n, level)!;
            Assert.Equal((1 - level) / 2, Enumerable.Range(k, n - k + 1).Sum(i => Binomial(n, i, interval.LowFraction)), 1e-9);
            Assert.Equal((1 - level) / 2, Enumerable.Range(0, k + 1).Sum(i => Binomial(n, i, interval.HighFraction)), 1e-9);
        }
    }

    [Theory]
    [InlineData(-1, 3, 0.95)]
    [InlineData(4, 3, 0.95)]
    [InlineData(0, -1, 0.95)]
    [InlineData(1, 3, double.NaN)]
    [InlineData(1, 3, 1.0)]
    public void Intervals_BadNumbers_AreRefused(int k, int n, double level)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FractionIntervals.ClopperPearson(k, n, level));
        Assert.Throws<ArgumentOutOfRangeException>(() => FractionIntervals.Wilson(k, n, level));
    }

    [Fact]
    public void Intervals_ThousandFoldersWithRandomOrder_CoverTheTrueFraction()
    {
        // 1,000 folders of 30 particles, each ordered with the folder's own true fraction, which is drawn evenly from 0 to 1 (0 to 0.2 in the second half). Exact intervals cover in 95 % or more,
        // less at most 2 % (three standard deviations of a share of 1,000: 0.7 % each); score intervals in about 95 %.
        SeededRandom random = new(20170206);
        int exact = 0, score = 0;
        for (int folder = 0; folder < 1000; folder++)
        {
            double truth = random.NextUniform() * (folder < 500 ? 1 : 0.2);
            int k = Enumerable.Range(0, 30).Count(_ => random.NextUniform() < truth);
            exact += Holds(FractionIntervals.ClopperPearson(k, 30)!, truth);
            score += Holds(FractionIntervals.Wilson(k, 30)!, truth);
        }

        Assert.InRange(exact, 930, 1000);
        Assert.InRange(score, 930, 975);
    }

    // The table of the page table-statistics, in percent: coverage and mean width of 30 particles, summed over all counts, no draws. The exact interval is never below 95 %.
    [Theory]
    [InlineData(0.02, 97.8, 0.147, 97.8, 0.140)]
    [InlineData(0.1, 99.2, 0.236, 97.4, 0.215)]
    [InlineData(0.3, 97.4, 0.340, 93.0, 0.307)]
    [InlineData(0.5, 95.7, 0.368, 95.7, 0.332)]
    public void Intervals_ThirtyParticles_CoverAsDocumented(double truth, double exactPercent, double exactWidth, double scorePercent, double scoreWidth)
    {
        double exact = 0, score = 0, exactMean = 0, scoreMean = 0;
        for (int k = 0; k <= 30; k++)
        {
            double weight = Binomial(30, k, truth);
            FractionInterval clopper = FractionIntervals.ClopperPearson(k, 30)!, wilson = FractionIntervals.Wilson(k, 30)!;
            exact += weight * Holds(clopper, truth);
            score += weight * Holds(wilson, truth);
            exactMean += weight * (clopper.HighFraction - clopper.LowFraction);
            scoreMean += weight * (wilson.HighFraction - wilson.LowFraction);
        }

        Assert.True(exact >= 0.95);
        Assert.Equal(exactPercent, 100 * exact, 0.05);
        Assert.Equal(scorePercent, 100 * score, 0.05);
        Assert.Equal(exactWidth, exactMean, 0.0005);
        Assert.Equal(scoreWidth, scoreMean, 0.0005);
    }

    [Fact]
    public void OrderedFraction_Undetermined_CountsBothWays()
    {
        OrderedFraction fraction = OrderedFraction.Of(24, 4, 2);
        Assert.Equal(30, fraction.AllCount);
        Assert.Equal(FractionIntervals.ClopperPearson(24, 30), fraction.Exact);
        Assert.Equal(FractionIntervals.Wilson(24, 30), fraction.Score);
        Assert.Equal(FractionIntervals.ClopperPearson(26, 30), fraction.IfUndeterminedOrdered);
        Assert.Equal(FractionIntervals.ClopperPearson(24, 28), fraction.AmongDetermined);
        OrderedFraction open = OrderedFraction.Of(0, 0, 5);
        Assert.Equal(0, open.Exact!.ValueFraction);
        Assert.Equal(1, open.IfUndeterminedOrdered!.ValueFraction);
        Assert.Null(open.AmongDetermined);
        Assert.Null(OrderedFraction.Of(0, 0, 0).Exact);
    }

    internal static int Holds(FractionInterval interval, double truth) => interval.LowFraction <= truth && truth <= interval.HighFraction ? 1 : 0;

    private static double Binomial(int n, int k, double p) =>
        Math.Exp(MathNet.Numerics.SpecialFunctions.BinomialLn(n, k) + (k * Math.Log(p)) + ((n - k) * Math.Log(1 - p)));
}
