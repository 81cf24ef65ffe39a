using ImageAnalysis.Tests;

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

    [Theory]
    [InlineData(0.05, 60)]
    [InlineData(0.2, 60)]
    [InlineData(0.2, 25)]
    public void HalfOrder_LineThatIsThere_IsFoundWithItsArea(double share, double size)
    {
        // A line ½½½ of a crystal that is elongated by 1.5 %: d = 6.755·1.015 = 6.856 Å, 2θ = 12.90°, of the same width as the others.
        CrystalStructure crystal = CopperSelenide.Table2("4nm", b: 1);
        BraggPatternOptions options = new() { FirstTwoThetaDeg = 8, SizeAngstrom = size, BackgroundCounts = [500, -100] };
        PowderPattern pattern = BraggPattern.Simulate(crystal, options);
        Reflection first = Reflections.Of(crystal)[0];

        // {111} is not the strongest line: its area is that of a pseudo-Voigt of its height, read off a pattern without the others' wings, to some percent.
        double fwhm = 0.9 * 1.540593 / size / Math.Cos(12.9 * Math.PI / 360) * 180 / Math.PI, area = AreaOfFirstLine(crystal, options, first);
        double[] counts = [.. pattern.IntensityCounts.Zip(pattern.TwoThetaDeg, (y, angle) => y + (share * area * PseudoVoigt.At(angle, 12.90, fwhm, 0.5)))];
        PowderFit fit = PowderFitter.Fit(CountingNoise.Poisson(new PowderPattern(pattern.TwoThetaDeg, counts), 4), CopperSelenide.Of(0.4, 0.2, 0.075, 0.06875), new() { CommonB = true });
        HalfOrderLine line = fit.HalfOrder!;
        Assert.True(line is { IsCovered: true, IsFound: true }, line.Words);
        Assert.Equal(13.097, line.ExpectedTwoThetaDeg, 0.01);

        // Places are tried a quarter of a width apart.
        Assert.Equal(12.90, line.TwoThetaDeg!.Value, 0.15 * fwhm + 0.05);
        Assert.Equal(share, line.AreaRatio!.Value, (4 * line.AreaSigmaRatio!.Value) + (0.15 * share));
        Assert.Contains("found at 12.", line.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void HalfOrder_LineThatIsNotThere_IsNotFoundInManyDraws()
    {
        CrystalStructure crystal = CopperSelenide.Table2("6nm", b: 1);
        PowderPattern exact = BraggPattern.Simulate(crystal, new() { FirstTwoThetaDeg = 8, SizeAngstrom = 50, BackgroundCounts = [500] });
        PowderFitOptions options = new() { CommonB = true, Families = [new("8c+32f", ["8c", "32f"])], Shape = PeakShape.PseudoVoigt };
        for (int seed = 0; seed < 12; seed++)
        {
            HalfOrderLine line = PowderFitter.Fit(CountingNoise.Poisson(exact, seed), CopperSelenide.Of(0.4, 0, 0, 0.15), options).HalfOrder!;
            Assert.True(line is { IsCovered: true, IsFound: false }, line.Words);
            Assert.InRange(line.LimitRatio!.Value, 0.001, 0.05);
        }
    }

    [Fact]
    public void HalfOrder_PatternOrCrystalThatCannotShowIt_SaysSo()
    {
        PowderPattern pattern = CountingNoise.Poisson(BraggPattern.Simulate(CopperSelenide.Table2("4nm", b: 1), new() { SizeAngstrom = 40, BackgroundCounts = [500] }), 1);
        HalfOrderLine line = PowderFitter.Fit(pattern, CopperSelenide.Of(0.9, 0, 0, 0.025), new() { CommonB = true, Families = [new("8c", ["8c", "32f"])] }).HalfOrder!;
        Assert.False(line.IsCovered);
        Assert.Null(line.AreaRatio);
        Assert.Contains("begins at 15°", line.Words, StringComparison.Ordinal);

        // Full order of antifluorite by hand: 2·(2 f)²·LP(13.1°) over 8·(4 f_Se)²·LP(26.4°) and a little copper in F(111); near a fifth.
        Assert.InRange(line.FullOrderRatio!.Value, 0.18, 0.28);

        // A primitive lattice has no such line.
        CrystalStructure simple = new("CsCl", UnitCell.Cubic(4.12), SymmetryGroup.Parse("-y,x,z", "z,x,y", "y,x,z", "-x,-y,-z"), [new("Cs", "Cs", 0, 0, 0) { BIsoAngstrom2 = 1 }, new("Cl", "Cl", 0.5, 0.5, 0.5, 0.9) { BIsoAngstrom2 = 1 }]);
        PowderPattern other = CountingNoise.Poisson(BraggPattern.Simulate(simple, new() { BackgroundCounts = [100] }), 1);
        Assert.Null(PowderFitter.Fit(other, simple, new() { CommonB = true, Shape = PeakShape.PseudoVoigt }).HalfOrder);
    }

    /// <summary>Area of {111} in counts · degrees: that of the whole pattern, in the share of the line in the sum of m|F|²·LP of all lines within it.</summary>
    private static double AreaOfFirstLine(CrystalStructure crystal, BraggPatternOptions options, Reflection first)
    {
        // Sharp lines, so that none reaches over the ends; the strongest line has the same area there as in the broad pattern at the same scale.
        double Net(BraggPatternOptions one)
        {
            PowderPattern pattern = BraggPattern.Simulate(crystal, one with { BackgroundCounts = [0] });
            return pattern.IntensityCounts.Sum() * one.StepDeg;
        }

        double all = Reflections.Of(crystal, new() { SmallestSpacingAngstrom = 1.4 }).Where(line => line.TwoThetaDeg(1.540593) < 65).Sum(Strength);

        // Of pseudo-Voigts of η = ½ some percent lie beyond the ends; the test allows 15.
        return Net(options) * Strength(first) / all;

        double Strength(Reflection line) => line.MultiplicityCount * line.StructureFactorElectrons2 * LorentzPolarisation.FactorRatio(line.TwoThetaDeg(1.540593)!.Value);
    }
}
