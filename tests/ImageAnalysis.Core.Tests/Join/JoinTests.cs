namespace ImageAnalysis.Core.Tests.Join;

public class JoinTests
{
    private const double Exact = 1e-12;

    [Fact]
    public void OfEdges_TwoLatticeParameters_GiveStrainAndItsError()
    {
        LatticeStrain strain = LatticeStrain.OfEdges(5.733, 0.003, 5.85, 0.004);

        // 5.733/5.85 = 0.98; σ = √(0.003² + (0.98·0.004)²)/5.85 = 0.0049363/5.85.
        Assert.Equal(-0.02, strain.LinearRatio, Exact);
        Assert.Equal(Math.Sqrt((0.003 * 0.003) + (0.00392 * 0.00392)) / 5.85, strain.LinearSigmaRatio!.Value, Exact);
        Assert.Equal((0.98 * 0.98 * 0.98) - 1, strain.VolumeRatio, Exact);
        Assert.Equal(3 * 0.98 * 0.98 * strain.LinearSigmaRatio.Value, strain.VolumeSigmaRatio!.Value, Exact);
        Assert.Null(LatticeStrain.OfEdges(5.733, null, 5.85, 0.004).LinearSigmaRatio);
        Assert.Equal(0.003 / 5.85, LatticeStrain.OfEdges(5.733, 0.003, 5.85, null).LinearSigmaRatio!.Value, Exact);
    }

    [Fact]
    public void OfPhonon_ShiftOfAStrain_GivesTheStrainBack()
    {
        LatticeStrain strain = new(-0.03, null);

        // (1 − 0.09)^(−1.1) − 1 = 0.10935: compression raises the frequency.
        double shift = strain.PhononShiftRatio(1.1);
        Assert.Equal(Math.Pow(0.91, -1.1) - 1, shift, Exact);
        Assert.Equal(-0.03, LatticeStrain.OfPhonon(260 * (1 + shift), null, 260, 1.1).LinearRatio, Exact);
        Assert.Equal(0, LatticeStrain.OfPhonon(260, 1, 260).LinearRatio, Exact);

        // Without a shift σ = √2·(1/260)/(3·1.1).
        Assert.Equal(Math.Sqrt(2) / 260 / 3.3, LatticeStrain.OfPhonon(260, 1, 260).LinearSigmaRatio!.Value, Exact);
    }

    [Fact]
    public void PressureAndSurfaceStress_OfAStrain_FollowTheirFormulas()
    {
        LatticeStrain strain = new(-0.024, 0.001);

        PressureEquivalent pressure = PressureEquivalent.Of(strain);
        SurfaceStress stress = SurfaceStress.NeededFor(strain, 2, 0.1);

        // 85·0.024 = 2.04 GPa, the paper's 2; 85·(1 − 0.976³) = 5.97 GPa.
        Assert.Equal(2.04, pressure.LinearGpa, Exact);
        Assert.Equal(0.085, pressure.LinearSigmaGpa!.Value, Exact);
        Assert.Equal(85 * (1 - (0.976 * 0.976 * 0.976)), pressure.VolumeGpa, 1e-10);

        // ¾·85 GPa·2 nm·0.024 = 3.06 N/m; σ = 63.75·√((2·0.001)² + (0.024·0.1)²).
        Assert.Equal(3.06, stress.StressNPerM, Exact);
        Assert.Equal(63.75 * Math.Sqrt((0.002 * 0.002) + (0.0024 * 0.0024)), stress.StressSigmaNPerM!.Value, Exact);

        // Young-Laplace: 4f/d is the pressure −3B·Δa/a.
        Assert.Equal(3 * pressure.LinearGpa, 4 * stress.StressNPerM / 2, 1e-10);
        Assert.True(PressureEquivalent.Of(new LatticeStrain(0.01, null)).LinearGpa < 0);
    }

    [Fact]
    public void EnergyDifference_OfEightyAndTenPercent_IsThatOfThePaper()
    {
        OrderedCount six = new(24, 30), four = new(3, 30);

        EnergyDifference fractions = EnergyDifference.OfFractions(six, four), states = EnergyDifference.OfTwoStates(six, four);

        // RT = 2.4790 kJ/mol at 298.15 K; ln 8 = 2.0794: 5.155; ln 36 = 3.5835: 8.883.
        Assert.Equal(5.155, fractions.ValueKjPerMol!.Value, 0.001);
        Assert.Equal(8.883, states.ValueKjPerMol!.Value, 0.001);

        // √(0.2/24 + 0.9/3) = 0.5553; √(1/4.8 + 1/2.7) = 0.7607, times RT.
        Assert.Equal(2.4790 * Math.Sqrt((0.2 / 24) + (0.9 / 3)), fractions.SigmaKjPerMol!.Value, 0.001);
        Assert.Equal(2.4790 * Math.Sqrt((1 / 4.8) + (1 / 2.7)), states.SigmaKjPerMol!.Value, 0.001);
        Assert.Null(fractions.LowKjPerMol ?? fractions.HighKjPerMol);
    }

    [Fact]
    public void EnergyDifference_WithAFractionOfZeroOrOne_IsABound()
    {
        OrderedCount six = new(24, 30), none = new(0, 30), all = new(30, 30);

        EnergyDifference bound = EnergyDifference.OfFractions(six, none);

        // 1 − 0.025^(1/30) = 0.11570 is the most that 0 of 30 allows: at least RT ln(0.8/0.1157) = 4.793.
        Assert.Equal(0.1157, none.HighFraction, 0.0001);
        Assert.Null(bound.ValueKjPerMol);
        Assert.Null(bound.HighKjPerMol);
        Assert.Equal(2.4790 * Math.Log(0.8 / 0.11570), bound.LowKjPerMol!.Value, 0.002);
        Assert.Equal(-bound.LowKjPerMol.Value, EnergyDifference.OfFractions(none, six).HighKjPerMol!.Value, Exact);
        Assert.NotNull(EnergyDifference.OfFractions(all, six).ValueKjPerMol);
        Assert.True(EnergyDifference.OfTwoStates(all, none).LowKjPerMol > EnergyDifference.OfTwoStates(six, none).LowKjPerMol);
        Assert.Equal(new EnergyDifference(null, null, null, null), EnergyDifference.OfFractions(none, none));
    }

    [Theory]
    [InlineData(0, 30, 0, 11.6)]
    [InlineData(3, 30, 2.1, 26.5)]
    [InlineData(24, 30, 61.4, 92.3)]
    public void OrderedCount_Interval_IsClopperPearsons(int k, int n, double lowPercent, double highPercent)
    {
        // Published values of the counts of the paper, to their last digit.
        Assert.Equal(lowPercent, 100 * new OrderedCount(k, n).LowFraction, 0.051);
        Assert.Equal(highPercent, 100 * new OrderedCount(k, n).HighFraction, 0.051);
    }

    [Fact]
    public void SizeAgreement_OneDiameter_ExpectsScherrersSize()
    {
        double[] diameters = [.. Enumerable.Repeat(60.0, 100)], weights = [.. Enumerable.Repeat(1.0, 100)];

        SizeAgreement same = SizeAgreement.Of(49, 1, diameters, weights), half = SizeAgreement.Of(25, 1, diameters, weights), large = SizeAgreement.Of(80, 1, diameters, weights);

        // 0.9/1.1067 · 60 Å = 48.8 Å; 5 % of it is 2.44, with 1 Å of the fit 2.64; no scatter between equal particles.
        Assert.Equal(48.8, same.ExpectedAngstrom, 0.05);
        Assert.Equal(0.05 * same.ExpectedAngstrom, same.ExpectedSigmaAngstrom, 1e-9);
        Assert.False(same.Disagrees);
        Assert.Equal((25 - half.ExpectedAngstrom) / Math.Sqrt(1 + Math.Pow(half.ExpectedSigmaAngstrom, 2)), half.DifferenceRatio, 1e-9);
        Assert.True(half.Disagrees && half.DifferenceRatio < 0);
        Assert.True(large.Disagrees && large.DifferenceRatio > 0);
    }

    [Fact]
    public void SizeAgreement_ScatterOfParticles_ShrinksWithTheirNumber()
    {
        Random random = new(7);
        double Sigma(int n)
        {
            double[] diameters = [.. Enumerable.Range(0, n).Select(_ => 21 + (3 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
            return SizeAgreement.Of(18, 0.5, diameters, [.. diameters.Select(_ => 1.0)], modelFraction: 0).ExpectedSigmaAngstrom;
        }

        // Volume-weighted size of 21 ± 3 Å: about 2.4 Å/√n; a jackknife of 50 groups has a relative scatter of 10 %, of single draws some more.
        double few = Sigma(100), many = Sigma(1600);
        Assert.InRange(few, 0.15, 0.45);
        Assert.InRange(few / many, 2.5, 6.4);
    }

    [Fact]
    public void Functions_NumbersOutsideTheirRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LatticeStrain.OfEdges(double.NaN, null, 5.85, null));
        Assert.Throws<ArgumentOutOfRangeException>(() => LatticeStrain.OfEdges(5.8, -1, 5.85, null));
        Assert.Throws<ArgumentOutOfRangeException>(() => LatticeStrain.OfPhonon(0, null, 260));
        Assert.Throws<ArgumentOutOfRangeException>(() => LatticeStrain.OfPhonon(260, null, 260, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PressureEquivalent.Of(new LatticeStrain(0, null), double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => SurfaceStress.NeededFor(new LatticeStrain(0, null), 0, null));
        Assert.Throws<ArgumentOutOfRangeException>(() => EnergyDifference.OfFractions(new OrderedCount(5, 4), new OrderedCount(1, 4)));
        Assert.Throws<ArgumentException>(() => SizeAgreement.Of(18, null, [], []));
    }
}
