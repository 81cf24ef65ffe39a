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
        Assert.Single(measured, m => m.DiameterNm > 7);
        Assert.Contains(measured, m => Math.Abs(m.DiameterNm!.Value - 9.0) < 0.5);
    }

    [Theory]
    [InlineData(0.25, 30)]
    [InlineData(0.3, 20)]
    [InlineData(0.15, 30)]
    public void Measure_ParticlesOnAFaintHump_AreAllCounted(double heightRatio, double sigmaPx)
    {
        // A thickening of the support between four particles of 4 nm (40 px): it has more intensity than each of them, and is no reason to lose one.
        HaadfOptions options = Fields.Small with { WidthPx = 400, HeightPx = 320, GainCounts = 10 };
        PointPx[] places = [.. from row in Enumerable.Range(0, 4) from column in Enumerable.Range(0, 5) select new PointPx(50 + (75 * column), 47 + (75 * row))];
        Micrograph clean = HaadfSimulator.Render([.. places.Select(place => new HaadfParticle(place, ConvexBody.Sphere(4.0)))], options, 7).ToMicrograph("hump");
        double height = heightRatio * (clean.Pixels.Row(47)[50] - clean.Pixels.Row(84)[87]);
        Micrograph hump = WithHump(clean, 162.5, 159.5, height, sigmaPx);
        SizeMeasurement[] counted = [.. Fields.Measure(hump).Where(m => m.Counted)];
        Assert.All(places, place => Assert.Contains(counted, m => Math.Abs(m.XPx - place.XPx) < 4 && Math.Abs(m.YPx - place.YPx) < 4));
        Assert.Equal(places.Length, counted.Length);
    }

    [Fact]
    public void Measure_EdgeHigherUpTheProfile_NeverMakesAParticleLarger()
    {
        HaadfOptions options = Fields.Small with { WidthPx = 160, HeightPx = 150, GainCounts = 10, TailFraction = 0 };
        Micrograph image = HaadfSimulator.Render([new HaadfParticle(new PointPx(80.3, 71.6), ConvexBody.Sphere(4.0))], options, 5).ToMicrograph("sphere");
        double[] sizes = [.. new[] { 0, 0.02, 0.1, 0.3, 0.5, 0.8 }.Select(height => Fields.Measure(image, new SizeOptions { EdgeHeightFraction = height }).Single(m => m.Counted).DiameterPx)];
        Assert.Equal(sizes.OrderDescending(), sizes);
        Assert.True(sizes[^1] < sizes[0]);
    }

    [Theory]
    [InlineData(1e-13f)]
    [InlineData(1e6f)]
    public void Measure_OtherUnitOfIntensity_GivesTheSameSizes(float factor)
    {
        // Currents in ampere or sums of counts: only ratios of intensities mean something. Single precision leaves differences of some 1e-5.
        HaadfOptions options = Fields.Small with { WidthPx = 160, HeightPx = 150, GainCounts = 10 };
        Micrograph image = HaadfSimulator.Render([new HaadfParticle(new PointPx(80.3, 71.6), ConvexBody.Sphere(4.0))], options, 5).ToMicrograph("sphere");
        Micrograph other = image with { Pixels = new Raster<float>(160, 150, [.. image.Pixels.ToArray().Select(value => value * factor)]) };
        double expected = Fields.Measure(image).Single(m => m.Counted).DiameterPx;
        Assert.Equal(expected, Fields.Measure(other).Single(m => m.Counted).DiameterPx, 1e-3 * expected);
    }

    [Fact]
    public void Measure_ParticleOverDebris_IsNotCounted()
    {
        // Debris: a hump without an edge (a Gaussian of standard deviation 14 px, three times as high as the particles), and a particle half over it.
        HaadfOptions options = Fields.Small with { WidthPx = 360, HeightPx = 260, GainCounts = 10 };
        HaadfParticle[] spheres = [.. new[] { (60, 60), (60, 130), (60, 200), (120, 60), (120, 200), (230, 154) }.Select(p => new HaadfParticle(new PointPx(p.Item1, p.Item2), ConvexBody.Sphere(4.0)))];
        Micrograph clean = HaadfSimulator.Render(spheres, options, 7).ToMicrograph("debris");
        double height = 3 * (clean.Pixels.Row(60)[60] - clean.Pixels.Row(95)[95]);
        IReadOnlyList<SizeMeasurement> measured = Fields.Measure(WithHump(clean, 230, 120, height, 14));
        Assert.Equal(5, measured.Count(m => m.Counted));
        Assert.All(measured.Where(m => m.Counted), m => Assert.True(m.XPx < 150));
        Assert.Contains(measured, m => m.Flags.Any(f => f.Name == "no-edge"));
        SizeMeasurement leaning = measured.MinBy(m => Math.Abs(m.XPx - 230) + Math.Abs(m.YPx - 154))!;
        Assert.False(leaning.Counted);
        Assert.Contains(leaning.Flags, f => f.Name is "over-debris" or "stacked" or "no-edge");
    }

    /// <summary>Adds a Gaussian hump.</summary>
    private static Micrograph WithHump(Micrograph image, double xPx, double yPx, double heightCounts, double sigmaPx)
    {
        int width = image.Pixels.WidthPx, height = image.Pixels.HeightPx;
        float[] pixels = image.Pixels.ToArray();
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double d2 = ((x - xPx) * (x - xPx)) + ((y - yPx) * (y - yPx));
                pixels[(y * width) + x] += (float)(heightCounts * Math.Exp(-d2 / (2 * sigmaPx * sigmaPx)));
            }
        }

        return image with { Pixels = new Raster<float>(width, height, pixels) };
    }
}
