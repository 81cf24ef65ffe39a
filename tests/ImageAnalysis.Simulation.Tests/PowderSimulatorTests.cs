using ImageAnalysis.Core;

namespace ImageAnalysis.Simulation.Tests;

public sealed class PowderSimulatorTests
{
    private static CrystalStructure Crystal { get; } = new("Cu2Se", CopperSelenide.Cell, SymmetryGroup.Parse("-y,x,z", "z,x,y", "y,x,z", "-x,-y,-z", "x,y+1/2,z+1/2", "x+1/2,y,z+1/2"),
        [new("Se", "Se", 0, 0, 0), new("8c", "Cu", 0.25, 0.25, 0.25, 1)]);

    private static PowderSampleOptions Silent { get; } = new() { CountingNoise = false, SizeNm = 4 };

    [Fact]
    public void Simulate_BraggWithoutNoise_IsThatOfCore()
    {
        PowderPattern expected = BraggPattern.Simulate(Crystal, new BraggPatternOptions
        {
            SizeAngstrom = 40,
            BackgroundCounts = [500],
            Scattering = new ReflectionOptions { Anomalous = AnomalousTable.Sasaki1989, WavelengthAngstrom = PowderWavelengths.CuKAlpha.Alpha1Angstrom, DefaultBIsoAngstrom2 = 1 },
        });

        PowderPattern pattern = PowderSimulator.Simulate(Crystal, Silent, 1);

        Assert.Equal(expected.IntensityCounts, pattern.IntensityCounts);
        Assert.Equal(2500, pattern.IntensityCounts.Max(), 1e-6);
        Assert.True(pattern.IsSimulated);
    }

    [Fact]
    public void Simulate_Debye_HasItsHeightItsBackgroundItsHolderAndItsShift()
    {
        PowderSampleOptions options = Silent with { Method = PowderMethod.Debye, SizeNm = 3, SizeSigmaNm = 0.3 };
        PowderPattern plain = PowderSimulator.Simulate(Crystal, options, 1);
        PowderPattern holder = PowderSimulator.Simulate(Crystal, options with { Holder = new PatternBump(300, 59, 0.4) }, 1);
        PowderPattern moved = PowderSimulator.Simulate(Crystal, options with { DisplacementMm = 0.5 }, 1);

        Assert.Equal(2500, plain.IntensityCounts.Max(), 1e-3); // the peak of 10⁻⁶ counts that the background came with
        int at59 = (int)Math.Round((59 - 15) / 0.04);
        Assert.InRange(holder.IntensityCounts[at59] - plain.IntensityCounts[at59], 300, 450); // 300 of K-alpha 1 and some of the 150 of K-alpha 2, 0.16° further on

        // −(180/π)·2·0.5/240·cos θ = −0.2387°·cos 22°: six steps of 0.04° at the strongest line, near 44°.
        int peak = Highest(plain), peakMoved = Highest(moved);
        Assert.Equal(-0.2387 * Math.Cos(plain.TwoThetaDeg[peak] * Math.PI / 360), moved.TwoThetaDeg[peakMoved] - plain.TwoThetaDeg[peak], 0.041);
    }

    [Fact]
    public void Simulate_Noise_IsPoissonAndDecidedByTheSeed()
    {
        PowderPattern mean = PowderSimulator.Simulate(Crystal, Silent, 1), counts = PowderSimulator.Simulate(Crystal, Silent with { CountingNoise = true }, 1);

        // χ² of 1251 points: 1251 ± √2502, four standard deviations.
        double chi2 = mean.IntensityCounts.Zip(counts.IntensityCounts, (m, n) => (n - m) * (n - m) / m).Sum();
        Assert.InRange(chi2, 1251 - 200, 1251 + 200);
        Assert.Equal(counts.IntensityCounts, PowderSimulator.Simulate(Crystal, Silent with { CountingNoise = true }, 1).IntensityCounts);
        Assert.NotEqual(counts.IntensityCounts, PowderSimulator.Simulate(Crystal, Silent with { CountingNoise = true }, 2).IntensityCounts);
    }

    [Fact]
    public void Simulate_Compressed_MovesLinesByBraggsLaw()
    {
        PowderSampleOptions options = Silent with { SizeNm = 100, FirstTwoThetaDeg = 25, LastTwoThetaDeg = 28, StepDeg = 0.005 };
        PowderPattern plain = PowderSimulator.Simulate(Crystal, options, 1), pressed = PowderSimulator.Simulate(Crystal, options with { StrainFraction = -0.02 }, 1);

        // {111}: 2 asin(λ/2d).
        double d = 5.85 / Math.Sqrt(3);
        Assert.Equal(2 * Math.Asin(1.540593 / 2 / d) * 180 / Math.PI, plain.TwoThetaDeg[Highest(plain)], 0.006);
        Assert.Equal(2 * Math.Asin(1.540593 / 2 / (0.98 * d)) * 180 / Math.PI, pressed.TwoThetaDeg[Highest(pressed)], 0.006);
    }

    [Fact]
    public void Simulate_BadOptions_NameFieldAndLimits()
    {
        Assert.Equal("SizeNm", Assert.Throws<ArgumentOutOfRangeException>(() => PowderSimulator.Simulate(Crystal, Silent with { SizeNm = 0.1 }, 1)).ParamName);
        Assert.Equal("SizeSigmaNm", Assert.Throws<ArgumentOutOfRangeException>(() => PowderSimulator.Simulate(Crystal, Silent with { SizeSigmaNm = 0.5 }, 1)).ParamName);
        Assert.Equal("HolderFwhmDeg", Assert.Throws<ArgumentOutOfRangeException>(() => PowderSimulator.Simulate(Crystal, Silent with { Holder = new PatternBump(1, 2, 0) }, 1)).ParamName);
        Assert.Equal("BackgroundCounts", Assert.Throws<ArgumentOutOfRangeException>(() => PowderSimulator.Simulate(Crystal, Silent with { BackgroundCounts = [double.NaN] }, 1)).ParamName);
    }

    private static int Highest(PowderPattern pattern) => Enumerable.Range(0, pattern.PointCount).MaxBy(i => pattern.IntensityCounts[i]);
}
