using ImageAnalysis.Imaging;
using ImageAnalysis.Particles;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Tests.Particles;

/// <summary>Groups of particles and debris, where what is one particle has to be decided.</summary>
public class GroupTests
{
    [Theory]
    [InlineData(3, 4.4)]
    [InlineData(3, 4.8)]
    [InlineData(4, 4.4)]
    public void Measure_RingOfSpheres_CountsEachAndNotTheRing(int count, double sideNm)
    {
        // Spheres of 4 nm on a regular polygon: with 4.4 nm between neighbours they stand 0.4 nm (4 px) apart, and the ring has a blob of its own.
        HaadfOptions options = Fields.Small with { WidthPx = 260, HeightPx = 260, GainCounts = 10 };
        double radiusPx = sideNm / options.PixelWidthNm / (2 * Math.Sin(Math.PI / count));
        HaadfParticle[] ring = [.. Enumerable.Range(0, count).Select(k => new HaadfParticle(
            new PointPx(130 + (radiusPx * Math.Cos(2 * Math.PI * k / count)), 130 + (radiusPx * Math.Sin(2 * Math.PI * k / count))), ConvexBody.Sphere(4.0)))];
        SizeMeasurement[] counted = [.. Fields.Measure(HaadfSimulator.Render(ring, options, 7).ToMicrograph("ring")).Where(m => m.Counted)];
        Assert.Equal(count, counted.Length);

        // As for a lone sphere: few particles to learn blur and shape from, 2 % of the diameter, and as much again for near neighbours.
        Assert.All(counted, m => Assert.Equal(4.0, m.DiameterNm!.Value, 0.16));
    }

    [Fact]
    public void Measure_LargeSphereWithSmallOnesInFront_StaysOne()
    {
        // Two spheres of 3 nm over one of 9 nm: each adds less than the large one's height, so the large one is no group of the two.
        HaadfOptions options = Fields.Small with { WidthPx = 260, HeightPx = 260, GainCounts = 10 };
        HaadfParticle[] three = [new(new PointPx(130, 130), ConvexBody.Sphere(9.0)), new(new PointPx(112, 130), ConvexBody.Sphere(3.0)), new(new PointPx(149, 132), ConvexBody.Sphere(3.0))];
        IReadOnlyList<SizeMeasurement> measured = Fields.Measure(HaadfSimulator.Render(three, options, 7).ToMicrograph("stack"));
        Assert.Contains(measured, m => Math.Abs(m.DiameterNm!.Value - 9.0) < 0.5);
    }

    [Fact]
    public void Measure_ParticleOverDebris_IsNotCounted()
    {
        // Debris: a hump without an edge (a Gaussian of standard deviation 14 px, three times as high as the particles), and a particle half over it.
        HaadfOptions options = Fields.Small with { WidthPx = 360, HeightPx = 260, GainCounts = 10 };
        HaadfParticle[] spheres = [.. new[] { (60, 60), (60, 130), (60, 200), (120, 60), (120, 200), (230, 154) }.Select(p => new HaadfParticle(new PointPx(p.Item1, p.Item2), ConvexBody.Sphere(4.0)))];
        Micrograph clean = HaadfSimulator.Render(spheres, options, 7).ToMicrograph("debris");
        float[] pixels = clean.Pixels.ToArray();
        double height = 3 * (clean.Pixels.Row(60)[60] - clean.Pixels.Row(95)[95]);
        for (int y = 0; y < 260; y++)
        {
            for (int x = 0; x < 360; x++)
            {
                pixels[(y * 360) + x] += (float)(height * Math.Exp(-(((x - 230.0) * (x - 230.0)) + ((y - 120.0) * (y - 120.0))) / (2 * 14.0 * 14.0)));
            }
        }

        IReadOnlyList<SizeMeasurement> measured = Fields.Measure(clean with { Pixels = new Raster<float>(360, 260, pixels) });
        Assert.Equal(5, measured.Count(m => m.Counted));
        Assert.All(measured.Where(m => m.Counted), m => Assert.True(m.XPx < 150));
        Assert.Contains(measured, m => m.Flags.Any(f => f.Name == "no-edge"));
        SizeMeasurement leaning = measured.MinBy(m => Math.Abs(m.XPx - 230) + Math.Abs(m.YPx - 154))!;
        Assert.Contains(leaning.Flags, f => f.Name == "over-debris");
    }
}
