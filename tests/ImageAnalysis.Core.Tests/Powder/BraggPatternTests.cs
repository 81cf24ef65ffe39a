using System.Globalization;
using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

/// <summary>Simulated patterns: places, widths and areas of lines, and patterns of another program.</summary>
public sealed class BraggPatternTests
{
    private static readonly PowderWavelengths OneLine = new(1.540593);

    private static readonly ReflectionOptions Plain = new() { Anomalous = null };

    // Ratios of m|F|²·LP at B = 0 with Waasmaier and Kirfel's factors, without f′ and f″, from two crystallographic libraries.
    [Theory]
    [InlineData("6nm", 0.00943, 0.6102)]
    [InlineData("4nm", 0.2823, 0.1613)]
    [InlineData("2nm", 1.0402, 0.3102)]
    public void Simulate_Table2_HasTheIntegratedIntensitiesOfTheLibraries(string sample, double i200To111, double i311To220)
    {
        PowderPattern pattern = BraggPattern.Simulate(CopperSelenide.Table2(sample, b: 0), new() { Wavelengths = OneLine, Scattering = Plain, SizeAngstrom = 800, EtaFraction = 0, StepDeg = 0.005, PeakCounts = 1e6 });

        // 2θ of 111, 200, 220 and 311 at a = 5.85 Å by Bragg's law: 26.367, 30.538, 43.731, 51.789; Gaussians 0.12° wide end within ±0.6°.
        Assert.Equal(i200To111, Area(pattern, 30.538) / Area(pattern, 26.367), 1e-3 * i200To111);
        Assert.Equal(i311To220, Area(pattern, 51.789) / Area(pattern, 43.731), 1e-3 * i311To220);
    }

    [Fact]
    public void Simulate_SmallCrystals_HaveScherrersWidth()
    {
        // Γ = 0.9·1.540593/(100·cos 21.866°) = 0.014940 rad = 0.8560°, on a line (220) that stands alone but for the wings of the others.
        PowderPattern pattern = BraggPattern.Simulate(CopperSelenide.Table2("4nm", b: 1), new() { Wavelengths = OneLine, Scattering = Plain, SizeAngstrom = 100, EtaFraction = 0, StepDeg = 0.01 });
        double[] above = [.. pattern.TwoThetaDeg.Where((angle, i) => angle is > 42 and < 46 && pattern.IntensityCounts[i] >= 1000)];
        // Between points 0.01° apart the ends are found up to a step too far inside.
        Assert.InRange(above[^1] - above[0], 0.856 - 0.021, 0.856);
        Assert.Equal(43.7314, (above[0] + above[^1]) / 2, 0.006);
    }

    [Fact]
    public void Simulate_Doublet_HasASecondLineHalfAsStrong()
    {
        // (220): Kα₂ at 2·asin(1.544427/(2·2.06829)) = 43.8458°, half the area but for the Lorentz-polarisation factor there.
        PowderPattern pattern = BraggPattern.Simulate(CopperSelenide.Table2("4nm", b: 1), new() { Scattering = Plain, SizeAngstrom = 3000, EtaFraction = 0, StepDeg = 0.002 });
        Assert.Equal(0.5 * LorentzPolarisation.FactorRatio(43.8458) / LorentzPolarisation.FactorRatio(43.7314), Area(pattern, 43.8458, 0.05) / Area(pattern, 43.7314, 0.05), 1e-3);
    }

    [Fact]
    public void Simulate_DisplacedSample_ShiftsLinesAsTheCosine()
    {
        // −(180/π)·2·0.5/200·cos θ: −0.2786° at θ = 13.18°, −0.2659° at 21.87°.
        BraggPatternOptions options = new() { Wavelengths = OneLine, Scattering = Plain, SizeAngstrom = 500, EtaFraction = 0, StepDeg = 0.005, GoniometerRadiusMm = 200 };
        PowderPattern still = BraggPattern.Simulate(CopperSelenide.Table2("6nm", b: 1), options), moved = BraggPattern.Simulate(CopperSelenide.Table2("6nm", b: 1), options with { DisplacementMm = 0.5 });
        Assert.Equal(-0.2790, Centre(moved, 26.09) - Centre(still, 26.367), 2e-3);
        Assert.Equal(-0.2659, Centre(moved, 43.466) - Centre(still, 43.731), 2e-3);
    }

    [Fact]
    public void Simulate_Spheres_HaveTheAreasOfPseudoVoigtsAndScherrersWidth()
    {
        // Spheres all of one size D: 1.07 = K for the full width at half maximum of q against 2π/D (the half height of 3[1/2u² − …] is at u = 3.48, so Γq = 6.96/D = 1.108·2π/D).
        BraggPatternOptions options = new() { Wavelengths = OneLine, Scattering = Plain, SizeAngstrom = 300, EtaFraction = 0, StepDeg = 0.005, SizeSpreadFraction = 0.03 };
        PowderPattern spheres = BraggPattern.Simulate(CopperSelenide.Table2("4nm", b: 1), options with { Shape = PeakShape.Spheres });
        double[] above = [.. spheres.TwoThetaDeg.Where((angle, i) => angle is > 43 and < 44.5 && spheres.IntensityCounts[i] >= 1000)];
        double expected = 1.108 * 1.540593 / (300 * Math.Cos(21.866 * Math.PI / 180)) * 180 / Math.PI;
        Assert.Equal(expected, above[^1] - above[0], 0.01 * expected + 0.005);
    }

    [Theory]
    [InlineData("2nm", 20.0, 0.0)]
    [InlineData("6nm", 20.0, 1.5)]
    [InlineData("4nm", 12.0, 1.5)]
    [InlineData("2nm", 40.0, 1.5)]
    public void Simulate_SmallSpheres_AreThoseOfTheDebyeEquation(string sample, double size, double b)
    {
        // Both sides are exact for spheres averaged over where they are cut, but for the mean over lines beyond the listed ones: 0.1 % of the strongest line. Without the far sides and the lines beyond it was 1 %.
        CrystalStructure crystal = CopperSelenide.Table2(sample, b: b);
        const double spread = 0.15;
        PowderPattern lines = BraggPattern.Simulate(crystal, new() { Wavelengths = OneLine, Shape = PeakShape.Spheres, SizeAngstrom = size, SizeSpreadFraction = spread, StepDeg = 0.2, PeakCounts = 1000 });

        // Gamma distribution of shape k = 1/spread² and scale size·spread², by nodes 0.02 standard deviations apart.
        double[] nodes = [.. Enumerable.Range(-300, 801).Select(i => size * (1 + (spread * 0.02 * i)))];
        double k = 1 / (spread * spread);
        DiameterDistribution sizes = DiameterDistribution.OfCounts(nodes, [.. nodes.Select(d => Math.Exp(((k - 1) * Math.Log(d / size)) - (k * ((d / size) - 1))))]);
        PowderPattern debye = DebyePattern.OfSpheres(crystal, sizes, new() { Wavelengths = OneLine, FirstTwoThetaDeg = 15, LastTwoThetaDeg = 65, StepDeg = 0.2 });
        double top = debye.IntensityCounts.Max();
        Assert.All(lines.IntensityCounts.Zip(debye.IntensityCounts), pair => Assert.Equal(1000 * pair.Second / top, pair.First, 1.0));
    }

    [ReferenceTheory]
    [InlineData("2nm", 20, 2.5)]
    [InlineData("4nm", 40, 0.3)]
    [InlineData("6nm", 60, 0.3)]
    public void Simulate_Table2_IsThePatternOfAnotherProgram(string sample, double size, double toleranceCounts)
    {
        // That program stopped a little beyond (422); at 2 nm the wings of further lines bring two counts at the end of the range, less at 4 and 6 nm.
        double[][] rows = [.. File.ReadLines(ReferenceData.PathOf($"reference/pxrd/T2_{sample}_noisefree.xy"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray())];
        PowderPattern pattern = BraggPattern.Simulate(CopperSelenide.Table2(sample, b: 1), new() { Scattering = Plain, SizeAngstrom = size, BackgroundCounts = [500] });
        Assert.Equal(rows.Length, pattern.PointCount);
        double top = pattern.IntensityCounts.Max() - 500, wanted = rows.Max(row => row[1]) - 500;
        Assert.All(rows.Select((row, i) => (Wanted: row[1], Found: 500 + ((pattern.IntensityCounts[i] - 500) * wanted / top))), pair => Assert.Equal(pair.Wanted, pair.Found, toleranceCounts));
    }

    [Fact]
    public void Simulate_BadOptions_AreNamed()
    {
        ArgumentOutOfRangeException wrong = Assert.Throws<ArgumentOutOfRangeException>(() => BraggPattern.Simulate(CopperSelenide.Table2("4nm"), new() { SizeAngstrom = 1 }));
        Assert.Contains("SizeAngstrom is 1; expected 5…50000", wrong.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => BraggPattern.Simulate(CopperSelenide.Table2("4nm"), new() { FirstTwoThetaDeg = 1, LastTwoThetaDeg = 5 }));
    }

    [Fact]
    public void Poisson_OfAPattern_HasTheScatterOfCountsAndRepeats()
    {
        PowderPattern flat = new([.. Enumerable.Range(0, 4000).Select(i => 10 + (i * 0.01))], [.. Enumerable.Repeat(400.0, 4000)]);
        PowderPattern noisy = CountingNoise.Poisson(flat, 3);
        double mean = noisy.IntensityCounts.Average(), variance = noisy.IntensityCounts.Average(value => (value - mean) * (value - mean));

        // Of 4000 draws the mean is good to 20/√4000 = 0.32, the variance to 400·√(2/4000) = 9; four times that.
        Assert.Equal(400, mean, 1.3);
        Assert.Equal(400, variance, 36.0);
        Assert.Equal(noisy.IntensityCounts, CountingNoise.Poisson(flat, 3).IntensityCounts);
        Assert.NotEqual(noisy.IntensityCounts, CountingNoise.Poisson(flat, 4).IntensityCounts);
        Assert.Equal(IntensityScale.Counts, noisy.Scale);
    }

    private static double Area(PowderPattern pattern, double centre, double reach = 0.6) =>
        pattern.TwoThetaDeg.Select((angle, i) => Math.Abs(angle - centre) <= reach ? pattern.IntensityCounts[i] : 0).Sum();

    private static double Centre(PowderPattern pattern, double near) =>
        pattern.TwoThetaDeg.Select((angle, i) => Math.Abs(angle - near) <= 0.15 ? angle * pattern.IntensityCounts[i] : 0).Sum() / Area(pattern, near, 0.15);
}
