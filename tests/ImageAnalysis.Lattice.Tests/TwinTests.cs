using ImageAnalysis.Simulation;

namespace ImageAnalysis.Lattice.Tests;

public sealed class TwinTests
{
    // Angle of two {111} in ⟨110⟩: acos(1/3).
    private const double BetweenDeg = 70.5288;

    /// <summary>A twin drawn as two crystals of one zone, 4 planes apart along the normal that they share, so that its fringes go on through both.</summary>
    [Fact]
    public void HalvesThatShareAFringe_AreOneParticle()
    {
        CrystalMeasurement[] crystals = Found(mirrored: true);

        CrystalMeasurement twin = Assert.Single(crystals);
        Assert.Contains(twin.Flags, static flag => flag.Name == "twinned");
        Assert.NotEqual(Verdict.Superstructure, twin.Verdict);

        // The box covers both halves: 4 nm, and 1.35 nm between their middles.
        Assert.InRange(twin.DiameterNm!.Value, 4, 5.6);
    }

    [Fact]
    public void NeighboursWithoutASharedFringe_StayTwo() => Assert.Equal(2, Found(mirrored: false).Length);

    private static CrystalMeasurement[] Found(bool mirrored)
    {
        // The first particle alone tells how its {111} lie.
        DrawnParticle first = Drawn.Particle(256, 256, (1, -1, 0), 20);
        DrawnWaveTruth[] waves = [.. Drawn.Image([first], 1).Particles[0].Waves.Where(static wave => Math.Abs((wave.SpacingNm / Drawn.SpacingNm) - 1) < 0.01)];
        DrawnWaveTruth shared = waves[0];
        double other = Difference(waves[1].NormalDeg, shared.NormalDeg);

        // Turned by the angle between them, away from the other one, the second particle has one {111} along the shared normal, and one mirrored across it.
        double turn = (mirrored ? -1 : 0.4) * Math.Sign(other) * (Math.Abs(other) < 90 ? BetweenDeg : 0);
        (double sin, double cos) = Math.SinCos(shared.NormalDeg * Math.PI / 180);
        double away = (mirrored ? 4 : 10) * Drawn.SpacingNm / Drawn.PixelNm;
        DrawnParticle[] best = [.. new[] { turn, -turn }
            .Select(deg => Drawn.Particle(256 + (away * cos), 256 - (away * sin), (1, -1, 0), 20 + deg))];
        DrawnParticle second = best.MinBy(particle => Drawn.Image([particle], 1).Particles[0].Waves.Where(static wave => Math.Abs((wave.SpacingNm / Drawn.SpacingNm) - 1) < 0.01).Min(wave => Math.Abs(Difference(wave.NormalDeg, shared.NormalDeg))))!;
        return [.. FringeAnalyser.Analyse(Drawn.Micrograph(Drawn.Image([first, second], 9)), new FringeOptions()).Crystals];

        static double Difference(double a, double b) => ((((a - b + 90) % 180) + 180) % 180) - 90;
    }
}
