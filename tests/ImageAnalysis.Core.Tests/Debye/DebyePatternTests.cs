using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

public sealed class DebyePatternTests
{
    private static readonly PowderWavelengths _alpha1 = new(1.540593);
    private static readonly DebyeOptions _bragg = new() { ThermalDiffuse = false, OccupancyDiffuse = false };

    [Theory]
    [InlineData("6nm", 1, 1, 1)]
    [InlineData("6nm", 2, 2, 0)]
    [InlineData("4nm", 2, 2, 0)]
    public void Pattern_OfLargeSpheres_HasTheAreasOfBraggLines(string sample, int h, int k, int l)
    {
        // Spheres of 12 nm: the area within ±3.2° of a strong line without strong neighbours against m|F|²(1 + cos²2θ)/(sin²θ cosθ). A sphere's line has the tails 3/(2πs²D) in
        // s = q − G, so 3/(πwD), about 4 %, lies beyond ±w; tails of the neighbours come in for some of it. 2 %.
        CrystalStructure crystal = CopperSelenide.Table2(sample, b: 1);
        double twoTheta = 2 * Math.Asin(1.540593 / 2 / crystal.Cell.SpacingAngstrom(h, k, l)) * 180 / Math.PI;
        PowderPattern pattern = DebyePattern.OfSpheres(crystal, DiameterDistribution.Single(120), new()
        {
            FirstTwoThetaDeg = twoTheta - 3.2,
            LastTwoThetaDeg = twoTheta + 3.2,
            StepDeg = 0.02,
            Wavelengths = _alpha1,
            Debye = _bragg,
        });
        Reflection line = Reflections.Of(crystal, new()).Single(reflection => Math.Abs(reflection.SpacingAngstrom - crystal.Cell.SpacingAngstrom(h, k, l)) < 1e-6);
        double expected = line.Family.MultiplicityCount * line.StructureFactorElectrons2 * LorentzPolarisation.FactorRatio(twoTheta);
        double w = 3.2 * Math.PI / 180 * 2 * Math.PI / 1.540593 * Math.Cos(twoTheta * Math.PI / 360);
        double beyond = 3 / (Math.PI * w * 120);
        double area = pattern.IntensityCounts.Sum() * 0.02;
        Assert.Equal(1 - beyond, area / expected, 0.02);
    }

    [Fact]
    public void Pattern_OfADoublet_IsTheSumOfItsLines()
    {
        CrystalStructure crystal = CopperSelenide.Table2("4nm", b: 1);
        DiameterDistribution sizes = DiameterDistribution.Single(20);
        DebyePatternOptions options = new() { FirstTwoThetaDeg = 20, LastTwoThetaDeg = 60, StepDeg = 1 };
        PowderPattern both = DebyePattern.OfSpheres(crystal, sizes, options);
        PowderPattern first = DebyePattern.OfSpheres(crystal, sizes, options with { Wavelengths = _alpha1 });
        PowderPattern second = DebyePattern.OfSpheres(crystal, sizes, options with { Wavelengths = new(1.544427) });
        for (int i = 0; i < both.PointCount; i++)
        {
            Assert.Equal(1, both.IntensityCounts[i] / (((2 * first.IntensityCounts[i]) + second.IntensityCounts[i]) / 3), 1e-6);
        }

        Assert.True(both.IsSimulated);
        Assert.Equal(41, both.PointCount);
        Assert.Equal(60, both.TwoThetaDeg[^1], 1e-9);
    }

    [Fact]
    public void Pattern_OfRandomParticles_ApproachesThatOfTheAverage()
    {
        // 150 particles of 12 ± 1 Å with independent occupancies: the mean over all angles agrees to 3 %, each angle to 12 % (scatter of so few and small particles).
        CrystalStructure crystal = CopperSelenide.Of(0.4, 0.3, 0, 0.1, b: 1);
        DiameterDistribution sizes = DiameterDistribution.Normal(12, 1);
        DebyePatternOptions options = new() { FirstTwoThetaDeg = 20, LastTwoThetaDeg = 64, StepDeg = 2, CellScaleRatio = 0.98 };
        PowderPattern average = DebyePattern.OfSpheres(crystal, DiameterDistribution.Normal(12 * 0.98, 0.98), options);
        IEnumerable<Cluster> particles = ParticleEnsemble.DrawSpheres(crystal, sizes, 150, 2, new() { ShortestDistanceAngstrom = 0 }).Select(particle => particle.Cluster);
        PowderPattern drawn = DebyePattern.OfClusters(crystal, particles, options);
        Assert.Equal(1, drawn.IntensityCounts.Sum() / average.IntensityCounts.Sum(), 0.03);
        Assert.All(drawn.IntensityCounts.Zip(average.IntensityCounts), pair => Assert.Equal(1, pair.First / pair.Second, 0.12));
    }

    [Fact]
    public void Pattern_BroadenedByTheInstrument_KeepsItsAreaAndGrowsWider()
    {
        CrystalStructure crystal = CopperSelenide.Table2("4nm", b: 1);
        DiameterDistribution sizes = DiameterDistribution.Single(80);
        DebyePatternOptions options = new() { FirstTwoThetaDeg = 36, LastTwoThetaDeg = 51, StepDeg = 0.05, Wavelengths = _alpha1 };
        PowderPattern sharp = DebyePattern.OfSpheres(crystal, sizes, options);
        PowderPattern broad = DebyePattern.OfSpheres(crystal, sizes, options with { InstrumentFwhmDeg = 0.6, InstrumentEtaFraction = 0 });
        // A Gaussian of 0.6° on a line of about 1.27°: less than √(1.27² + 0.6²) = 1.40 and more than 1.27, and lower by about 10 %.
        // The window's ends are not quite 0, and what is moved over them is 0.3 % of the area.
        Assert.Equal(1, broad.IntensityCounts.Sum() / sharp.IntensityCounts.Sum(), 0.005);
        Assert.InRange(broad.IntensityCounts.Max() / sharp.IntensityCounts.Max(), 0.86, 0.95);
        Assert.InRange(Width(broad), Width(sharp) + 0.05, Width(sharp) + 0.2);
        // A very narrow one changes nothing.
        PowderPattern same = DebyePattern.OfSpheres(crystal, sizes, options with { InstrumentFwhmDeg = 0.01, InstrumentEtaFraction = 0 });
        Assert.All(same.IntensityCounts.Zip(sharp.IntensityCounts), pair => Assert.Equal(1, pair.First / pair.Second, 1e-3));
    }

    [Fact]
    public void Pattern_BadOptions_AreRefused()
    {
        CrystalStructure crystal = CopperSelenide.Table2("4nm");
        DiameterDistribution sizes = DiameterDistribution.Single(20);
        foreach (DebyePatternOptions options in (DebyePatternOptions[])[
            new() { FirstTwoThetaDeg = double.NaN }, new() { FirstTwoThetaDeg = 70 }, new() { StepDeg = 0 }, new() { CellScaleRatio = 0 },
            new() { InstrumentFwhmDeg = -1 }, new() { InstrumentEtaFraction = 2 }, new() { ScaleRatio = 0 }])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => DebyePattern.OfSpheres(crystal, sizes, options));
        }

        Assert.Throws<ArgumentException>(() => DebyePattern.OfClusters(crystal, []));
        Assert.Throws<ArgumentException>(() => DebyePattern.OfClusters(crystal, [new([new("Cu", Species.Parse("Cu"))], [new(0, default)])]));
    }

    [Theory]
    [InlineData(60.0, 0.0)]
    [InlineData(60.0, 6.0)]
    [InlineData(100.0, 0.0)]
    public void ScherrerSize_OfTheForwardModel_IsWhatALineOfThePatternReads(double mean, double sd)
    {
        // The {220} line of antifluorite, the strongest and far from others, read at half of its height above the diffuse floor. Slopes of the scattering factors, 1/q² and
        // tails of neighbours leave 2 %.
        CrystalStructure crystal = CopperSelenide.Table2("4nm");
        DiameterDistribution sizes = DiameterDistribution.Normal(mean, sd);
        PowderPattern pattern = DebyePattern.OfSpheres(crystal, sizes, new()
        {
            FirstTwoThetaDeg = 38,
            LastTwoThetaDeg = 49.5,
            StepDeg = 0.01,
            Wavelengths = _alpha1,
            Debye = _bragg,
        });
        double width = Width(pattern) * Math.PI / 180;
        double size = 0.9 * 1.540593 / (width * Math.Cos(43.73 / 2 * Math.PI / 180));
        Assert.Equal(1, size / ScherrerSize.FromWidthAngstrom(sizes), 0.02);
    }

    [Fact]
    public void ScherrerSize_OfSpheres_HasPattersonsConstants()
    {
        // Patterson (1939): width 1.1067/D, integral breadth 4/(3D).
        Assert.Equal(0.9 * 60 / 1.10665, ScherrerSize.FromWidthAngstrom(DiameterDistribution.Single(60)), 0.002);
        Assert.Equal(45, ScherrerSize.FromIntegralBreadthAngstrom(DiameterDistribution.Single(60)), 1e-9);
        // Measured distributions of the samples: 2.1 ± 0.3 nm reads 1.8 nm, 6.0 ± 0.5 nm 5.0 nm, to the digit given.
        Assert.Equal(1.8, Units.AngstromToNm(ScherrerSize.FromWidthAngstrom(DiameterDistribution.Normal(21, 3))), 0.05);
        Assert.Equal(5.0, Units.AngstromToNm(ScherrerSize.FromWidthAngstrom(DiameterDistribution.Normal(60, 5))), 0.05);
        Assert.Throws<ArgumentOutOfRangeException>(() => ScherrerSize.FromWidthAngstrom(DiameterDistribution.Single(60), double.NaN));
    }

    [Fact]
    public void Lattice_OfTwoNanometres_IsReadWrongFromThePeakAndRightFromThePattern()
    {
        // Unstrained spheres of 2.0 ± 0.2 nm. With the sites of the 2 nm row {200} is as strong as {111} and drags its maximum up: a cell that seems 3.5 % too small. With those of the 6 nm row
        // {200} is absent, and the falling scattering factors and the small-angle tail drag it down: 1.3 % too large.
        DiameterDistribution sizes = DiameterDistribution.Normal(20, 2);
        DebyePatternOptions options = new() { StepDeg = 0.2 };
        foreach ((string sample, double low, double high) in ((string, double, double)[])[("2nm", 0.95, 0.98), ("6nm", 1.008, 1.02)])
        {
            SphereAverage spheres = DebyePattern.Collect(CopperSelenide.Table2(sample, b: 1), sizes, options);
            ApparentLattice unstrained = LatticeReading.Read(DebyePattern.OfSpheres(spheres, sizes, options), spheres, sizes, 1, 1, 1, options);
            Assert.InRange(unstrained.PeakCellRatio, low, high);
            Assert.Equal(1, unstrained.PatternCellRatio, 1e-5); // the search ends at 1e-6
            PowderPattern pressed = DebyePattern.OfSpheres(spheres, sizes, options with { CellScaleRatio = 0.97, ScaleRatio = 3e-4 });
            ApparentLattice strained = LatticeReading.Read(pressed, spheres, sizes, 1, 1, 1, options);
            Assert.Equal(0.97, strained.PatternCellRatio, 1e-5);
            Assert.InRange(strained.PeakCellRatio, 0.97 * low, 0.97 * high);
        }
    }

    [Fact]
    public void Lattice_OfPatternsThatDoNotReachThePeak_IsRefused()
    {
        DiameterDistribution sizes = DiameterDistribution.Single(20);
        DebyePatternOptions options = new() { FirstTwoThetaDeg = 30, StepDeg = 0.5 };
        SphereAverage spheres = DebyePattern.Collect(CopperSelenide.Table2("4nm"), sizes, options);
        PowderPattern pattern = DebyePattern.OfSpheres(spheres, sizes, options);
        Assert.Throws<ArgumentException>(() => LatticeReading.Read(pattern, spheres, sizes, 1, 1, 1, options));
        Assert.Throws<ArgumentException>(() => LatticeReading.Read(new([20, 21, 25, 40], [1, 2, 3, 4]), spheres, sizes, 1, 1, 1));
    }

    /// <summary>Full width at half maximum of the only line of a pattern.</summary>
    private static double Width(PowderPattern pattern)
    {
        double[] y = [.. pattern.IntensityCounts];
        int top = Array.IndexOf(y, y.Max());
        return Cross(top, 1) - Cross(top, -1);

        double Cross(int i, int step)
        {
            while (y[i + step] > y[top] / 2)
            {
                i += step;
            }

            double share = (y[i] - (y[top] / 2)) / (y[i] - y[i + step]);
            return pattern.TwoThetaDeg[i] + (share * (pattern.TwoThetaDeg[i + step] - pattern.TwoThetaDeg[i]));
        }
    }
}
