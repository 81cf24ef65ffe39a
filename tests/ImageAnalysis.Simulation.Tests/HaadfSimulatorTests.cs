using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation.Tests;

public sealed class HaadfSimulatorTests
{
    /// <summary>No film, no noise, no distortion: counts = offset + gain · electrons · scattering · thickness.</summary>
    internal static HaadfOptions Clean { get; } = new()
    {
        WidthPx = 96,
        HeightPx = 96,
        SupportThicknessNm = 0,
        TailFraction = 0,
        ShotNoise = false,
        DarkNoiseSigmaCounts = 0,
        RowOffsetSigmaCounts = 0,
        RowFlickerFraction = 0,
        RowJitterSigmaPx = 0,
    };

    [Fact]
    public void Render_Sphere_TruthIsThatOfACircle()
    {
        var particle = new HaadfParticle(new PointPx(40.25, 50.5), ConvexBody.Sphere(4.0));

        HaadfParticleTruth truth = HaadfSimulator.Render([particle], Clean, 1).Truth.Particles.Single();

        // π·2² = 12.566 nm²; the polygon of 360 points has 5e-5 less.
        Assert.Equal(Math.PI * 4.0, truth.AreaNm2, 1e-3);
        Assert.Equal(4.0, truth.LongAxisNm, 1e-6);
        Assert.Equal(4.0, truth.ShortAxisNm, 3e-4);
        Assert.Equal(40.25, truth.CentrePx.XPx, 1e-9);
        Assert.Equal(50.5, truth.CentrePx.YPx, 1e-9);
        Assert.False(truth.OnEdge);
        Assert.Empty(truth.Touches);
    }

    [Fact]
    public void Simulate_SameSeed_SameBits_OtherSeed_OtherImage()
    {
        var options = new HaadfOptions { WidthPx = 200, HeightPx = 160 };
        var field = new HaadfFieldOptions { ParticleCount = 6, LongAxisMeanNm = 3, LongAxisSigmaNm = 0.3 };

        SimulatedHaadf first = HaadfSimulator.Simulate(field, options, 7);
        SimulatedHaadf again = HaadfSimulator.Simulate(field, options, 7);
        SimulatedHaadf other = HaadfSimulator.Simulate(field, options, 8);

        Assert.True(first.Pixels.Pixels.SequenceEqual(again.Pixels.Pixels));
        Assert.False(first.Pixels.Pixels.SequenceEqual(other.Pixels.Pixels));
    }
}
