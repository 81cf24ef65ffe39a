using ImageAnalysis.Imaging;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Lattice.Tests;

/// <summary>A streak along a fringe's normal, as twin boundaries and other faults across it draw, is no superlattice.</summary>
public sealed class StreakTests
{
    private const double DiameterNm = 5;

    [Fact]
    public void FaultAcrossTheFringe_IsNoSuperstructure_AndFlagged()
    {
        Micrograph image = Faulted(0.22);
        CrystalMeasurement careful = Crystal(image, new FringeOptions()), trusting = Crystal(image, new FringeOptions { PlanarFaultFraction = 0 });

        // Off the axis there is no such power: without streaks in mind it is called.
        Assert.Equal(Verdict.Superstructure, trusting.Verdict);
        Assert.NotEqual(Verdict.Superstructure, careful.Verdict);
        Assert.Contains(careful.Flags, static flag => flag.Name == "streak" && flag.NeedsReview);
        Assert.True(careful.CrystalPValue > trusting.CrystalPValue);
    }

    [Fact]
    public void WeakOrder_OfTheSamePowerAtTheHalfOrder_IsStillCalled()
    {
        // 0.08 of {111}'s amplitude, a quarter of what full order has, stands as high above the background as the fault above does.
        CrystalMeasurement faulted = Crystal(Faulted(0.22), new FringeOptions { PlanarFaultFraction = 0 });
        CrystalMeasurement ordered = Crystal(Drawn.Micrograph(Drawn.Image([Drawn.Particle(256, 256, (1, -1, 0), 20, 0.08, DiameterNm)], 11)), new FringeOptions());

        Assert.InRange(ordered.Carrier!.Superlattice!.Snr, 0.5 * faulted.Carrier!.Superlattice!.Snr, 2 * faulted.Carrier.Superlattice.Snr);
        Assert.Equal(Verdict.Superstructure, ordered.Verdict);
    }

    /// <summary>Order of half of the usual amplitude in crystals of 3 nm: too faint to be called in many, and where it stands out a little it is not denied either.</summary>
    [Fact]
    public void FaintOrder_ThatStandsOutALittle_IsNotDenied()
    {
        CrystalMeasurement[] crystals = [.. Enumerable.Range(30, 16).Select(seed => Crystal(Drawn.Micrograph(Drawn.Image([Drawn.Particle(256, 256, (1, -1, 0), 20, 0.12, 3)], (ulong)seed)), new FringeOptions()))];

        // Without the rule such crystals, whose chance to be called was above 0.8, would be regular.
        Assert.Contains(crystals, static crystal => crystal.Verdict == Verdict.Undetermined && crystal.DetectionProbability > 0.8 && crystal.Flags.Any(static flag => flag.Name == "faint-half-order" && flag.NeedsReview));
    }

    // A regular crystal with a dark line through its middle, along the planes of one of its {111}: as thick as the crystal there, a tenth of a nanometre wide, stronger than a real twin boundary.
    private static Micrograph Faulted(double contrast)
    {
        DrawnHrtem drawn = Drawn.Image([Drawn.Particle(256, 256, (1, -1, 0), 20, 0, DiameterNm)], 11);
        DrawnWaveTruth wave = drawn.Particles[0].Waves.First(static wave => Math.Abs((wave.SpacingNm / Drawn.SpacingNm) - 1) < 0.01);
        (double sin, double cos) = Math.SinCos(wave.NormalDeg * Math.PI / 180);
        Micrograph image = Drawn.Micrograph(drawn);
        float[] pixels = image.Pixels.Pixels.ToArray();
        double mean = pixels.Average();
        for (int y = 0; y < Drawn.SizePx; y++)
        {
            for (int x = 0; x < Drawn.SizePx; x++)
            {
                // The normal's angle goes from +x towards the top.
                double dx = (x - 256) * Drawn.PixelNm, dy = (y - 256) * Drawn.PixelNm, across = (cos * dx) - (sin * dy), rho = 2 * Math.Sqrt((dx * dx) + (dy * dy)) / DiameterNm;
                pixels[(y * Drawn.SizePx) + x] -= rho < 1 ? (float)(contrast * mean * Math.Sqrt(1 - (rho * rho)) * Math.Exp(-0.5 * across * across / (0.05 * 0.05))) : 0;
            }
        }

        return image with { Pixels = new Raster<float>(Drawn.SizePx, Drawn.SizePx, pixels) };
    }

    private static CrystalMeasurement Crystal(Micrograph image, FringeOptions options) => Drawn.At(FringeAnalyser.Analyse(image, options), 256, 256);
}
