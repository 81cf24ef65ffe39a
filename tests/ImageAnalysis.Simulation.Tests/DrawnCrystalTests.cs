using ImageAnalysis.Core;

namespace ImageAnalysis.Simulation.Tests;

public sealed class DrawnCrystalTests
{
    private static readonly CrystalStructure Antifluorite = new(
        "Cu2Se", CopperSelenide.Cell, SpaceGroups.OfName("F m -3 m", CopperSelenide.Cell), [new("Se", "Se", 0, 0, 0), new("Cu", "Cu", 0.25, 0.25, 0.25)], []);

    [Fact]
    public void Waves_Zone110_ShowsTwoOf111AndOneOf200()
    {
        IReadOnlyList<DrawnWave> waves = DrawnCrystal.Waves(Antifluorite, CrystalPose.Along(CopperSelenide.Cell, 1, -1, 0), new());
        DrawnWave[] octahedral = [.. waves.Where(wave => Math.Abs(wave.SpacingNm - 0.33775) < 1e-4)];

        // ⟨110⟩ shows {111} twice, 70.53° apart, {200} once, {220} once; d₁₁₁ = 0.585/√3.
        Assert.Equal(2, octahedral.Length);
        double apart = Math.Abs(octahedral[0].NormalDeg - octahedral[1].NormalDeg) % 180;
        Assert.Equal(70.53, Math.Min(apart, 180 - apart), 0.01);
        Assert.Equal(1, waves.Count(wave => Math.Abs(wave.SpacingNm - 0.2925) < 1e-4));
        Assert.Equal(1, waves.Count(wave => Math.Abs(wave.SpacingNm - 0.20683) < 1e-4));
        Assert.All(octahedral, wave => Assert.Equal(0, wave.AlongBeamPerNm, 1e-9));

        // F(111) = 4 f_Se exp(−B s²): the Cu of 8c cancel. 47.878 V Å²/200.2 Å³ · 4 f(0.148 Å⁻¹) · exp(−0.0219) · 2, with f_Se of the same table.
        double expected = 2 * 47.878 / CopperSelenide.Cell.VolumeAngstrom3 * 4 * ElectronScatteringFactor.Of(34).FactorAngstrom(0.5 / 3.3775) * Math.Exp(-0.25 / (3.3775 * 3.3775));
        Assert.All(octahedral, wave => Assert.Equal(expected, wave.AmplitudeVolt, 0.001 * expected));
    }

    [Fact]
    public void Waves_Superlattice_FollowsTheOrderedPlanes()
    {
        CrystalPose pose = CrystalPose.Along(CopperSelenide.Cell, 1, -1, 0, 0, 0, 20);
        DrawnCrystalOptions options = new() { SuperlatticeRatio = 0.27, DomainFraction = 0.5, DomainDeg = 10, StrainFraction = -0.03 };
        IReadOnlyList<DrawnWave> waves = DrawnCrystal.Waves(Antifluorite, pose, options);
        DrawnWave whole = waves.Single(wave => wave.Hkl == "1 1 1"), half = waves.Single(wave => wave.Hkl == "1/2 (1 1 1)");
        Assert.Equal(2 * whole.SpacingNm, half.SpacingNm, 1e-9);
        Assert.Equal(0.97 * 0.33775, whole.SpacingNm, 1e-4);
        Assert.Equal(whole.NormalDeg, half.NormalDeg, 1e-9);
        Assert.Equal(0.27 * whole.AmplitudeVolt, half.AmplitudeVolt, 1e-9);
        Assert.Equal((0.5, 10), (half.DomainFraction, half.DomainDeg));
        Assert.Equal(1, whole.DomainFraction);

        // 3/2 is weaker by f_Cu at three times the angle.
        DrawnWave third = waves.Single(wave => wave.Hkl == "3/2 (1 1 1)");
        double ratio = ElectronScatteringFactor.Of(29).FactorAngstrom(0.75 / 3.276) / ElectronScatteringFactor.Of(29).FactorAngstrom(0.25 / 3.276);
        Assert.Equal(ratio, third.AmplitudeVolt / half.AmplitudeVolt, 0.01);
        // (1 1 -1) − ½(1 1 1) = ½(1 1 -3), of √11/2 a⁻¹ against √3/2 a⁻¹, and its mirror image is the same wave.
        DrawnWave beside = waves.Single(wave => wave.Hkl is "1/2 (1 1 -3)" or "1/2 (-1 -1 3)");
        Assert.Equal(half.SpacingNm * Math.Sqrt(3.0 / 11), beside.SpacingNm, 1e-6);
        Assert.Equal(ElectronScatteringFactor.Of(29).FactorAngstrom(0.25 / 3.276 * Math.Sqrt(11.0 / 3)) / ElectronScatteringFactor.Of(29).FactorAngstrom(0.25 / 3.276), beside.AmplitudeVolt / half.AmplitudeVolt, 0.01);
        Assert.DoesNotContain(DrawnCrystal.Waves(Antifluorite, pose, options with { SuperlatticeRatio = 0 }), wave => wave.Hkl.Contains('/', StringComparison.Ordinal));
    }

    [Fact]
    public void Waves_Tilt_TakesGOutOfThePlane()
    {
        CrystalPose tilted = CrystalPose.Along(CopperSelenide.Cell, 1, -1, 0, 5, 0);
        DrawnWave[] waves = [.. DrawnCrystal.Waves(Antifluorite, tilted, new()).Where(wave => wave.Hkl.Contains("1 1", StringComparison.Ordinal) && wave.SpacingNm > 0.33)];
        Assert.NotEmpty(waves);

        // |g|² is the same: 1/spacing² + ζ².
        Assert.All(waves, wave => Assert.Equal(1 / 0.33775, Math.Sqrt(Math.Pow(1 / wave.SpacingNm, 2) + Math.Pow(wave.AlongBeamPerNm, 2)), 1e-3));
        Assert.Contains(waves, wave => Math.Abs(wave.AlongBeamPerNm) > 0.05);
    }

    [Fact]
    public void Waves_Centre_TurnsPhasesOnly()
    {
        CrystalPose pose = CrystalPose.Along(CopperSelenide.Cell, 1, -1, 0);
        DrawnWave at0 = DrawnCrystal.Waves(Antifluorite, pose, new()).Single(wave => wave.Hkl == "1 1 1");
        DrawnWave moved = DrawnCrystal.Waves(Antifluorite, pose, new() { Centre = new(0.25, 0, 0) }).Single(wave => wave.Hkl == "1 1 1");
        Assert.Equal(at0.AmplitudeVolt, moved.AmplitudeVolt, 1e-9);

        // g·Δr = ¼: the crest that was in the centre lies a quarter period back.
        Assert.Equal(90, Math.Abs(moved.PhaseDeg - at0.PhaseDeg), 1e-6);
    }

    [Fact]
    public void Options_OutOfLimits_AreNamed() => Assert.Throws<ArgumentOutOfRangeException>(
        () => DrawnCrystal.Waves(Antifluorite, CrystalPose.Along(CopperSelenide.Cell, 1, 1, 0), new() { PeriodCount = 1 }));
}
