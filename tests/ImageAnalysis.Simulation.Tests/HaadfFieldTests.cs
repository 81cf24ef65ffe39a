using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation.Tests;

public sealed class HaadfFieldTests
{
    private static readonly HaadfOptions Image = new() { WidthPx = 512, HeightPx = 448 };

    private static readonly HaadfFieldOptions Field = new() { ParticleCount = 40, LongAxisMeanNm = 3, LongAxisSigmaNm = 0.4, TouchingFraction = 0.3 };

    [Fact]
    public void Simulate_SameSeed_SameBits_OtherSeed_OtherImage()
    {
        SimulatedHaadf first = HaadfSimulator.Simulate(Field, Image, 7);
        SimulatedHaadf other = HaadfSimulator.Simulate(Field, Image, 8);

        // On threads of their own, at once: nothing is shared between runs.
        var again = new SimulatedHaadf[3];
        Parallel.For(0, again.Length, i => again[i] = HaadfSimulator.Simulate(Field, Image, 7));

        Assert.All(again, image => Assert.True(first.Pixels.Pixels.SequenceEqual(image.Pixels.Pixels)));
        Assert.All(again, image => Assert.Equal(first.Truth.Particles.Select(p => p.CentrePx), image.Truth.Particles.Select(p => p.CentrePx)));
        Assert.False(first.Pixels.Pixels.SequenceEqual(other.Pixels.Pixels));
    }

    [Fact]
    public void Simulate_AnotherDoseAndProbe_LeavesTheParticlesWhereTheyAre()
    {
        HaadfTruth first = HaadfSimulator.Simulate(Field, Image, 7).Truth;
        HaadfTruth second = HaadfSimulator.Simulate(Field, Image with { DosePerAngstrom2 = 500, ProbeSigmaNm = 0.3, SupportThicknessNm = 12 }, 7).Truth;

        Assert.Equal(first.Particles.Select(p => (p.CentrePx, p.LongAxisNm)), second.Particles.Select(p => (p.CentrePx, p.LongAxisNm)));
    }

    [Fact]
    public void Simulate_ManyParticles_HaveTheSizesAskedFor()
    {
        HaadfFieldOptions field = new() { ParticleCount = 800, LongAxisMeanNm = 2.1, LongAxisSigmaNm = 0.3, TouchingFraction = 0.25 };
        HaadfTruth truth = HaadfSimulator.Simulate(field, new HaadfOptions { WidthPx = 400, HeightPx = 400, PixelWidthNm = 0.25, PixelHeightNm = 0.25 }, 10).Truth;
        double[] sizes = [.. truth.Particles.Select(p => p.LongAxisNm)];
        double mean = sizes.Average(), sigma = Math.Sqrt(sizes.Average(s => (s - mean) * (s - mean)));

        // n = 800: standard errors 0.3/√800 = 0.0106 and 0.3/√1600 = 0.0075 nm, three of each; the cut at 2.9 σ takes 1.5 % off the deviation.
        Assert.Equal(2.1, mean, 0.032);
        Assert.Equal(0.295, sigma, 0.022);
        Assert.All(truth.Particles, p => Assert.True(p.ShortAxisNm <= p.LongAxisNm && p.AreaNm2 < Math.PI / 4 * p.LongAxisNm * p.LongAxisNm));

        // Elongated by up to 20 %, and lengthened further where corners show: long over short axis 1.05-1.25, as real particles have.
        Assert.InRange(truth.Particles.Average(p => p.LongAxisNm / p.ShortAxisNm), 1.08, 1.18);

        // A contact makes two particles touch at once, so that the share is met to 1 of 800; free ones keep their distance.
        Assert.InRange(truth.Particles.Count(p => p.Touches.Count > 0), 198, 204);
    }

    [Fact]
    public void Simulate_Contacts_AreMutualAndWithinTheOverlapAllowed()
    {
        HaadfTruth truth = HaadfSimulator.Simulate(Field with { OverlapFraction = 0.2 }, Image, 11).Truth;

        foreach (HaadfParticleTruth p in truth.Particles)
        {
            Assert.All(p.Touches, other => Assert.Contains(p.Number, truth.Particles[other - 1].Touches));
            foreach (HaadfParticleTruth q in truth.Particles.Where(q => q.Number > p.Number))
            {
                double gap = SmallestDistance(p, q);
                bool touches = p.Touches.Contains(q.Number);

                // Vertices a degree apart give the gap to 0.01 nm; free particles keep 0.5 nm, touching ones come within 0.2 nm.
                Assert.True(touches ? gap < 0.2 + 0.01 : gap > 0.5 - 0.01, $"{p.Number}-{q.Number}: {gap}");
            }
        }

        Assert.Contains(truth.Particles, p => p.Touches.Count > 0);
    }

    [Fact]
    public void Simulate_OnEdge_IsWhereTheOutlineLeavesTheImage()
    {
        HaadfTruth truth = HaadfSimulator.Simulate(Field with { ParticleCount = 90 }, Image, 12).Truth;

        foreach (HaadfParticleTruth p in truth.Particles)
        {
            bool leaves = p.OutlinePx.Min(o => o.XPx) < -0.5 || p.OutlinePx.Max(o => o.XPx) > 511.5 || p.OutlinePx.Min(o => o.YPx) < -0.5 || p.OutlinePx.Max(o => o.YPx) > 447.5;
            Assert.Equal(leaves, p.OnEdge);
            Assert.True(p.OutlinePx.Any(o => o.XPx > -0.5 && o.XPx < 511.5 && o.YPx > -0.5 && o.YPx < 447.5), "a particle outside the image");
        }

        Assert.Contains(truth.Particles, p => p.OnEdge);
    }

    [Fact]
    public void Simulate_Debris_IsBrightAndKeptApartFromTheParticles()
    {
        HaadfOptions quiet = Image with { SupportThicknessNm = 0, ShotNoise = false };
        SimulatedHaadf image = HaadfSimulator.Simulate(Field with { ParticleCount = 30, DebrisCount = 2 }, quiet, 13);

        Assert.Equal(2, image.Truth.Debris.Count);
        Assert.Equal(30, image.Truth.Particles.Count);
        foreach (HaadfDebrisTruth debris in image.Truth.Debris)
        {
            Assert.All(image.Truth.Particles, p => Assert.True(
                p.OutlinePx.Min(o => Distance(o, debris.CentrePx)) * 0.1 > (debris.ExtentNm / 2) - 0.01));
        }
    }

    [Fact]
    public void Simulate_NoRoom_SaysHowManyFound()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            HaadfSimulator.Simulate(Field with { ParticleCount = 500 }, Image with { WidthPx = 128, HeightPx = 128 }, 14));

        Assert.Contains("ParticleCount is 500, but only", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Simulate_BadField_NamesFieldValueAndLimits()
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => HaadfSimulator.Simulate(Field with { LongAxisSigmaNm = 1.5 }, Image, 1));

        Assert.Contains("LongAxisSigmaNm is 1.5; allowed: 0…1.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => HaadfSimulator.Simulate(Field with { EdgeExponent = 7 }, Image, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => HaadfSimulator.Simulate(Field with { FreeGapNm = 0.1 }, Image, 1));
    }

    [Fact]
    public void Simulate_ThisSeed_GivesThesePixelsEverywhere()
    {
        HaadfOptions everything = Image with { DriftXNm = 0.3, DriftYNm = 0.2, HotPixelFraction = 1e-4, ContaminationNm = 3 };
        SimulatedHaadf image = HaadfSimulator.Simulate(Field with { DebrisCount = 1 }, everything, 20170221);

        string hash = Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(image.Pixels.Pixels)))[..16];

        Assert.Equal("D16982812307B7FA", hash);
    }

    private static double SmallestDistance(HaadfParticleTruth p, HaadfParticleTruth q)
    {
        if (Distance(p.CentrePx, q.CentrePx) * 0.1 > (0.5 * (p.LongAxisNm + q.LongAxisNm)) + 1.5)
        {
            return 1.0;
        }

        return p.OutlinePx.Min(a => q.OutlinePx.Min(b => Distance(a, b))) * 0.1;
    }

    private static double Distance(PointPx a, PointPx b) => Math.Sqrt(Math.Pow(a.XPx - b.XPx, 2) + Math.Pow(a.YPx - b.YPx, 2));
}
