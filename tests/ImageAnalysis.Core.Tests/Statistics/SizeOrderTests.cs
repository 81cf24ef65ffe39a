using System.Globalization;

namespace ImageAnalysis.Core.Tests;

public sealed class SizeOrderTests
{
    /// <summary>
    /// Endometrial cancer, 79 patients: neovascularisation, pulsatility index, height, grade (G. Heinze and M. Schemper, Stat. Med. 21 (2002) 2409, doi:10.1002/sim.1047). All with neovascularisation are of high grade: separation.
    /// </summary>
    private const string Endometrial =
        "0,13,1.64,0 0,16,2.26,0 0,8,3.14,0 0,34,2.68,0 0,20,1.28,0 0,5,2.31,0 0,17,1.8,0 0,10,1.68,0 0,26,1.56,0 0,17,2.31,0 0,8,2.01,0 0,7,1.89,0 0,20,3.15,0 0,10,1.23,0 0,18,1.27,0 0,16,1.76,0 0,18,2,0 "
        + "0,8,2.64,1 0,29,0.88,1 0,12,1.27,1 0,20,1.37,1 1,38,0.97,1 1,22,1.14,1 1,7,0.88,1 1,25,0.91,1 1,15,0.58,1 0,7,0.97,1 0,28,1.5,0 0,11,1.33,0 0,19,2.37,0 0,10,1.82,0 0,10,3.13,0 0,18,1.31,0 0,14,1.92,0 "
        + "0,21,1.64,0 0,11,2.01,0 0,17,1.88,0 0,25,1.93,0 0,16,2.11,0 0,19,1.29,0 0,15,1.72,0 0,33,0.75,0 0,24,1.92,0 0,48,1.84,1 0,12,1.11,1 0,19,1.61,1 0,2,1.18,1 1,22,1.44,1 1,40,1.18,1 1,5,0.93,1 1,0,1.17,1 "
        + "0,21,1.19,1 0,15,1.06,1 0,29,2.02,0 0,15,2.29,0 0,12,2.33,0 0,3,2.9,0 0,20,1.7,0 0,23,1.41,0 0,12,2.25,0 0,22,1.54,0 0,42,1.97,0 0,15,1.75,0 0,13,2.16,0 0,14,2.57,0 0,19,1.37,0 0,12,3.61,0 0,13,2.04,0 "
        + "0,10,2.17,0 0,12,1.69,1 1,49,0.27,1 0,6,1.84,1 0,5,1.3,1 0,17,0.96,1 1,11,1.01,1 1,21,0.98,1 0,5,0.35,1 1,19,1.02,1 0,33,0.85,1";

    private static readonly double Fall = Math.Pow(1.959963984540054, 2) / 2;

    private static readonly double[] Diameters = [1.6, 1.9, 2.0, 2.2, 2.3, 2.5, 3.1, 3.4, 3.6, 3.9, 4.0, 4.2, 4.4, 4.7, 5.1, 5.3, 5.6, 5.8, 6.1, 6.4, 6.6, 7.0];
    private static readonly int[] Ordered = [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 1, 0, 1, 1, 1, 1, 1];

    // Coefficients and 95 % profile intervals as printed by the R package logistf, by the authors of the method, for their own example.
    [Theory]
    [InlineData(0, 3.77455951, 1.0825371, 7.2092805)]
    [InlineData(1, 2.9292733, 0.6097244, 7.85463171)]
    [InlineData(2, -0.03475175, -0.1244587, 0.04045547)]
    [InlineData(3, -2.60416387, -4.3651832, -1.23272106)]
    public void FirthLogit_PublishedExampleWithSeparation_IsReproduced(int coefficient, double value, double low, double high)
    {
        double[][] rows = [.. Endometrial.Split(' ').Select(row => row.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
        Assert.Equal(79, rows.Length);
        FirthLogit logit = new([.. rows.Select(row => new[] { 1, row[0], row[1], row[2] })], [.. rows.Select(row => row[3] == 1)]);
        (double[] best, double maximum) = logit.Maximise(new double[4]);
        (double profileLow, double profileHigh) = logit.Profile(coefficient, best, maximum, Fall);

        // That program stops at changes of 10⁻⁵ in the likelihood.
        Assert.Equal(value, best[coefficient], 2e-4 * Math.Abs(value));
        Assert.Equal(low, profileLow, 2e-4 * Math.Abs(low));
        Assert.Equal(high, profileHigh, 2e-4 * Math.Abs(high));
    }

    [Fact]
    public void SizeOrder_MadeExample_AgreesWithAnotherProgram()
    {
        // The penalised likelihood written down anew and maximised without derivatives (scipy 1.10, Nelder-Mead, bounded search, Brent); six digits.
        SizeOrderFit fit = Fit([.. Diameters.Select((d, i) => new SizedVerdict(d, Ordered[i] == 1))]);
        Assert.Equal(4.1681818, fit.MeanDiameterNm, 1e-6);
        Assert.Equal(-0.625355, fit.MiddleLogOdds, 2e-6);
        Assert.Equal(1.2114035, fit.SlopePerNm, 2e-6);
        Assert.Equal(0.4371272, fit.SlopeLowPerNm, 2e-6);
        Assert.Equal(2.5338253, fit.SlopeHighPerNm, 5e-6);
        Assert.Equal(0.00056020897, fit.SlopePValue, 1e-9);
        Assert.Equal(4.6844054, fit.Half.ValueNm!.Value, 2e-6);
        Assert.Equal(3.6953905, fit.Half.LowNm!.Value, 5e-6);
        Assert.Equal(5.8879277, fit.Half.HighNm!.Value, 5e-6);
        Assert.Equal("4.7 nm (3.7 to 5.9 nm); larger particles are more often ordered", fit.Half.Words);
        SizeOrderPoint point = fit.Band[30];
        Assert.Equal(4.3, point.DiameterNm, 1e-12);
        Assert.Equal(0.3856416, point.OrderProbability, 2e-6);
        Assert.Equal(0.1441876, point.LowProbability, 2e-6);
        Assert.Equal(0.6566325, point.HighProbability, 2e-6);
        Assert.Equal((22, 9, SizeSeparation.None), (fit.AllCount, fit.OrderedCount, fit.Separation));
    }

    [Fact]
    public void SizeOrder_TwoDiameters_AddsHalfAParticleToEachCell()
    {
        // With as many free numbers as kinds of particles Firth's penalty adds ½ to each count: ln(3.5/27.5) at 4 nm and ln(24.5/6.5) at 6 nm.
        SizeOrderFit fit = Fit([.. Group(4, 3, 30), .. Group(6, 24, 30)]);
        double at4 = Math.Log(3.5 / 27.5), at6 = Math.Log(24.5 / 6.5);
        Assert.Equal((at6 - at4) / 2, fit.SlopePerNm, 1e-9);
        Assert.Equal((at6 + at4) / 2, fit.MiddleLogOdds, 1e-9);
        Assert.Equal(4 - (2 * at4 / (at6 - at4)), fit.Half.ValueNm!.Value, 1e-9);

        // None of 30 and all of 30: complete separation, yet finite, with finite intervals.
        SizeOrderFit parted = Fit([.. Group(2, 0, 30), .. Group(6, 30, 30)]);
        Assert.Equal(SizeSeparation.Complete, parted.Separation);
        Assert.Equal(2 * Math.Log(30.5 / 0.5) / 4, parted.SlopePerNm, 1e-9);
        Assert.True(parted.SlopeLowPerNm > 0 && double.IsFinite(parted.SlopeHighPerNm));
        Assert.Equal(4, parted.Half.ValueNm!.Value, 1e-6);
    }

    [Fact]
    public void SizeOrder_NoDependence_IsNotDetermined()
    {
        SizeOrderFit fit = Fit([.. Group(2, 15, 30), .. Group(6, 15, 30)]);
        Assert.Equal(0, fit.SlopePerNm, 1e-9);
        Assert.Equal(1, fit.SlopePValue, 1e-6);
        Assert.Equal((null, null, null), (fit.Half.ValueNm, fit.Half.LowNm, fit.Half.HighNm));
        Assert.StartsWith("not determined: order does not depend significantly on size", fit.Half.Words, StringComparison.Ordinal);

        // No particle is ordered: nothing is known of the slope, and the chance is low everywhere.
        SizeOrderFit none = Fit([.. Group(2, 0, 30), .. Group(3, 0, 30), .. Group(4, 0, 30)]);
        Assert.Equal(SizeSeparation.OneKind, none.Separation);
        Assert.Null(none.Half.ValueNm);
        Assert.All(none.Band, point => Assert.InRange(point.OrderProbability, 0, 0.03));
        Assert.All(none.Band, point => Assert.InRange(point.HighProbability, point.OrderProbability, 0.3));
    }

    [Fact]
    public void SizeOrder_HalfBeyondTheSizes_IsABound()
    {
        // 0, 3 and 9 of 30 at 2, 3 and 4 nm: half would be ordered above 4 nm only.
        SizeOrderFit fit = Fit([.. Group(2, 0, 30), .. Group(3, 3, 30), .. Group(4, 9, 30)]);
        Assert.Null(fit.Half.ValueNm);
        Assert.Null(fit.Half.HighNm);
        Assert.InRange(fit.Half.LowNm!.Value, 3.5, 4);
        Assert.StartsWith("not determined: it lies outside the diameters measured, 2.0 to 4.0 nm; its interval is ", fit.Half.Words, StringComparison.Ordinal);
        Assert.EndsWith("nm or more", fit.Half.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void SizeOrder_QuasiSeparationAndFalling_AreTold()
    {
        SizeOrderFit fit = Fit([new(2, true), new(2.5, true), new(3, true), new(3, false), new(4, false), new(5, false), new(5.5, false), new(6, false)]);
        Assert.Equal(SizeSeparation.Quasi, fit.Separation);
        Assert.True(fit.SlopePerNm < 0);
        Assert.EndsWith("smaller particles are more often ordered", fit.Half.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void SizeOrder_OrderOfParticlesAndUnit_ChangeNothing()
    {
        SizedVerdict[] particles = [.. Diameters.Select((d, i) => new SizedVerdict(d, Ordered[i] == 1))];
        SizeOrderFit fit = Fit(particles), turned = Fit([.. particles.Reverse()]), large = Fit([.. particles.Select(p => p with { DiameterNm = 1000 * p.DiameterNm })]);
        Assert.Equal(fit.Band, turned.Band);
        Assert.Equal(fit.Half, turned.Half);
        Assert.Equal(fit.Half.LowNm!.Value, large.Half.LowNm!.Value / 1000, 1e-6);
        Assert.Equal(fit.SlopeHighPerNm, large.SlopeHighPerNm * 1000, 1e-6);
    }

    [Fact]
    public void SizeOrder_TooLittle_GivesNone()
    {
        Assert.Null(SizeOrderRegression.Fit([], new SizeOrderOptions()));
        Assert.Null(SizeOrderRegression.Fit([new(2, true), new(3, false)], new SizeOrderOptions()));
        Assert.Null(SizeOrderRegression.Fit([.. Group(4, 3, 30)], new SizeOrderOptions()));
        Assert.Throws<ArgumentException>(() => SizeOrderRegression.Fit([new(double.NaN, true)], new SizeOrderOptions()));
        Assert.Throws<ArgumentOutOfRangeException>(() => SizeOrderRegression.Fit([], new SizeOrderOptions { LevelFraction = 1 }));
    }

    [Fact]
    public void SizeOrder_FiveHundredRuns_CoverSlopeHalfAndCurve()
    {
        // Three samples of 30 about 2, 4 and 6 nm; true half 4.8 nm, slope 1.8 nm⁻¹ (0.7, 19 and 90 % ordered). 92 %: three standard deviations (1 %) of a share of 500 below 95 %.
        SeededRandom random = new(99);
        int slope = 0, half = 0, curve = 0;
        const int Runs = 500;
        for (int run = 0; run < Runs; run++)
        {
            SizedVerdict[] particles = [.. Enumerable.Range(0, 90).Select(i =>
            {
                double d = (2 * (1 + (i / 30))) + (0.3 * random.NextGaussian());
                return new SizedVerdict(d, random.NextUniform() < 1 / (1 + Math.Exp(-1.8 * (d - 4.8))));
            })];
            SizeOrderFit fit = SizeOrderRegression.Fit(particles, new SizeOrderOptions { PointCount = 3 })!;
            slope += fit.SlopeLowPerNm <= 1.8 && 1.8 <= fit.SlopeHighPerNm ? 1 : 0;
            half += (fit.Half.LowNm ?? 0) <= 4.8 && 4.8 <= (fit.Half.HighNm ?? 99) ? 1 : 0;
            double truth = 1 / (1 + Math.Exp(-1.8 * (fit.Band[1].DiameterNm - 4.8)));
            curve += fit.Band[1].LowProbability <= truth && truth <= fit.Band[1].HighProbability ? 1 : 0;
        }

        Assert.InRange(slope, 0.92 * Runs, Runs);
        Assert.InRange(half, 0.92 * Runs, Runs);
        Assert.InRange(curve, 0.92 * Runs, Runs);
    }

    private static SizeOrderFit Fit(SizedVerdict[] particles) => SizeOrderRegression.Fit(particles, new SizeOrderOptions())!;

    private static IEnumerable<SizedVerdict> Group(double diameter, int ordered, int all) => Enumerable.Range(0, all).Select(i => new SizedVerdict(diameter, i < ordered));
}
