namespace ImageAnalysis.Core.Tests;

public sealed class CorrectedFractionTests
{
    [Fact]
    public void CorrectedFraction_PerfectTest_KeepsTheCount()
    {
        CorrectedFraction corrected = CorrectedFraction.Of(24, 30, new DetectionRates(1000, 1000, 0, 1000))!;
        Assert.Equal(0.8, corrected.Corrected.ValueFraction, 1e-12);

        // With a test known to be perfect the interval is nearly p̃ ± z√(p̃(1 − p̃)/ñ) with p̃ = 25.92/33.84 = 0.766: ± 0.143. 0.01 allows for the pseudo-counts of the rates.
        Assert.Equal(0.623, corrected.Corrected.LowFraction, 0.01);
        Assert.Equal(0.909, corrected.Corrected.HighFraction, 0.01);
    }

    [Fact]
    public void CorrectedFraction_PublishedExample_IsReproduced()
    {
        // Brucellosis in 150 cows, 23 positive, sensitivity 96 %, specificity 89 %: 5.1 % (0.15333 − 0.11)/0.85 (example of the R package epiR, epi.prev; there with known rates, here with very many particles:
        // its interval is 0 to 13 %, by Blaker's method; ours differs by less than 1 %).
        CorrectedFraction corrected = CorrectedFraction.Of(23, 150, new DetectionRates(96_000, 100_000, 11_000, 100_000))!;
        Assert.Equal(0.051, corrected.Corrected.ValueFraction, 0.0005);
        Assert.Equal(0, corrected.Corrected.LowFraction, 0.01);
        Assert.Equal(0.13, corrected.Corrected.HighFraction, 0.01);
    }

    [Fact]
    public void CorrectedFraction_FewerThanFalseAlarms_IsCutAtZero()
    {
        // 1 of 100 called, 5 % false alarms: (0.01 − 0.05)/0.85 = −0.047.
        CorrectedFraction corrected = CorrectedFraction.Of(1, 100, new DetectionRates(90, 100, 10, 200))!;
        Assert.Equal(-0.047, corrected.UncutRatio, 0.0005);
        Assert.Equal(0, corrected.Corrected.ValueFraction);
        Assert.Equal(0, corrected.Corrected.LowFraction);
        CorrectedFraction all = CorrectedFraction.Of(30, 30, new DetectionRates(90, 100, 0, 200))!;
        Assert.Equal(1 / 0.9, all.UncutRatio, 1e-12);
        Assert.Equal(1, all.Corrected.ValueFraction);
        Assert.Equal(1, all.Corrected.HighFraction);
    }

    [Fact]
    public void CorrectedFraction_LessKnownRates_WidenTheInterval()
    {
        double Width(DetectionRates rates) => CorrectedFraction.Of(24, 40, rates)!.Corrected is { } c ? c.HighFraction - c.LowFraction : 0;
        Assert.True(Width(new DetectionRates(16, 20, 1, 20)) > 1.1 * Width(new DetectionRates(1600, 2000, 100, 2000)));
    }

    [Fact]
    public void CorrectedFraction_NothingKnown_GivesNone()
    {
        Assert.Null(CorrectedFraction.Of(0, 0, new DetectionRates(9, 10, 0, 10)));
        Assert.Null(CorrectedFraction.Of(1, 10, new DetectionRates(0, 0, 0, 10)));
        Assert.Null(CorrectedFraction.Of(1, 10, new DetectionRates(9, 10, 0, 0)));
        Assert.Null(CorrectedFraction.Of(1, 10, new DetectionRates(3, 10, 3, 10)));
        Assert.Throws<ArgumentOutOfRangeException>(() => CorrectedFraction.Of(1, 10, new DetectionRates(11, 10, 0, 10)));
        DetectionRates rates = new(28, 30, 1, 60);
        Assert.Equal(FractionIntervals.ClopperPearson(28, 30), rates.Sensitivity);
        Assert.Equal(FractionIntervals.ClopperPearson(1, 60), rates.FalseAlarms);
    }

    // True fraction, sensitivity, false-alarm rate, particles, known ordered, known regular.
    [Theory]
    [InlineData(0.0, 0.95, 0.01, 30, 60, 100)]
    [InlineData(0.1, 0.95, 0.01, 30, 60, 100)]
    [InlineData(0.8, 0.95, 0.01, 30, 60, 100)]
    [InlineData(1.0, 0.9, 0.02, 30, 60, 100)]
    [InlineData(0.5, 0.7, 0.2, 60, 20, 20)]
    [InlineData(0.3, 1.0, 0.0, 100, 300, 600)]
    public void CorrectedFraction_ThousandFolders_CoverTheTrueFraction(double truth, double sensitivity, double falseAlarms, int n, int ordered, int regular)
    {
        // Every folder has its own validation. 93 %: three standard deviations (0.7 %) below 95 %.
        SeededRandom random = new(41);
        int Draw(int all, double probability) => Enumerable.Range(0, all).Count(_ => random.NextUniform() < probability);
        int holds = 0;
        for (int folder = 0; folder < 1000; folder++)
        {
            int called = Draw(n, (truth * sensitivity) + ((1 - truth) * falseAlarms));
            CorrectedFraction? corrected = CorrectedFraction.Of(called, n, new DetectionRates(Draw(ordered, sensitivity), ordered, Draw(regular, falseAlarms), regular));
            holds += corrected is null ? 1 : FractionIntervalsTests.Holds(corrected.Corrected, truth);
        }

        Assert.InRange(holds, 930, 1000);
    }

    [Fact]
    public void CohenKappa_PublishedExample_IsReproduced()
    {
        // The R package statpsych, ci.kappa(.05, 31, 12, 4, 58): κ 0.6756757, standard error 0.07344761 (Fleiss, Cohen and Everitt's).
        CohenKappa kappa = CohenKappa.Of([[31, 12], [4, 58]])!;
        Assert.Equal(0.6756757, kappa.KappaRatio, 5e-8);
        Assert.Equal(0.07344761, kappa.KappaSigmaRatio, 5e-9);
        Assert.Equal(89.0 / 105, kappa.Agreement.ValueFraction, 1e-12);

        // κ at the ends of p_o's exact interval, with p_e = (43·35 + 62·70)/105² = 0.53016.
        Assert.Equal((FractionIntervals.ClopperPearson(89, 105)!.LowFraction - 0.530159) / 0.469841, kappa.LowRatio, 1e-5);
        Assert.InRange(kappa.HighRatio, kappa.KappaRatio, 1);
    }

    [Fact]
    public void CohenKappa_FullAgreement_StillHasAnInterval()
    {
        CohenKappa kappa = CohenKappa.Of([[10, 0, 0], [0, 15, 0], [0, 0, 5]])!;
        Assert.Equal(1, kappa.KappaRatio, 1e-12);
        Assert.Equal(0, kappa.KappaSigmaRatio, 1e-9);
        Assert.InRange(kappa.LowRatio, 0.7, 0.9);
        Assert.Equal(1, kappa.HighRatio);

        // Independent verdicts: κ = 0. Nothing to agree on: none.
        Assert.Equal(0, CohenKappa.Of([[20, 20], [10, 10]])!.KappaRatio, 1e-12);
        Assert.Null(CohenKappa.Of([[9, 0], [0, 0]]));
        Assert.Null(CohenKappa.Of([[0, 0], [0, 0]]));
        Assert.Throws<ArgumentException>(() => CohenKappa.Of([[1, 2, 3], [4, 5, 6]]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CohenKappa.Of([[1, -2], [4, 5]]));
    }

    [Theory]
    [InlineData(0.5, 0.9, 30)]
    [InlineData(0.3, 0.7, 60)]
    [InlineData(0.1, 0.9, 60)]
    public void CohenKappa_ThousandReviews_CoverTheTrueKappa(double share, double truth, int n)
    {
        // Both call a particle ordered with the same share; they agree by κ: P(both) = share² + κ·share(1 − share). 93 %: three standard deviations below 95 %.
        SeededRandom random = new(5);
        double apart = share * (1 - share) * (1 - truth), both = (share * share) + (share * (1 - share) * truth);
        int holds = 0, all = 0;
        for (int review = 0; review < 1000; review++)
        {
            int[] counts = new int[4];
            for (int particle = 0; particle < n; particle++)
            {
                double u = random.NextUniform();
                counts[u < both ? 0 : u < both + apart ? 1 : u < both + (2 * apart) ? 2 : 3]++;
            }

            if (CohenKappa.Of([[counts[0], counts[1]], [counts[2], counts[3]]]) is { } kappa)
            {
                all++;
                holds += kappa.LowRatio <= truth && truth <= kappa.HighRatio ? 1 : 0;
            }
        }

        Assert.InRange((double)holds / all, 0.93, 1);
    }
}
