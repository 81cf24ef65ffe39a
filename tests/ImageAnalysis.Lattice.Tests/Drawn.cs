using ImageAnalysis.Core;
using ImageAnalysis.Imaging;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Lattice.Tests;

/// <summary>Drawn (simulated) images of copper selenide on carbon for tests: 512² px of 0.025 nm.</summary>
internal static class Drawn
{
    public const int SizePx = 512;

    public const double PixelNm = 0.025;

    /// <summary>{111} of a = 5.85 Å: 5.85/√3/10 nm.</summary>
    public const double SpacingNm = 0.337750;

    private static readonly UnitCell Cell = UnitCell.Cubic(5.85);

    private static readonly CrystalStructure Crystal = new("Cu2Se", Cell, SpaceGroups.OfName("F m -3 m", Cell), [new("Se", "Se", 0, 0, 0), new("Cu", "Cu", 0.25, 0.25, 0.25)], []);

    /// <summary>A particle of 4 nm; ordered where the ratio is above 0 (0.25 is what a depletion of 0.75 gives).</summary>
    public static DrawnParticle Particle(double xPx, double yPx, (int U, int V, int W) zone, double inPlaneDeg, double superlatticeRatio = 0, double diameterNm = 4, int period = 2) => new()
    {
        CentreXPx = xPx,
        CentreYPx = yPx,
        DiameterNm = diameterNm,
        Waves = DrawnCrystal.Waves(
            Crystal, CrystalPose.Along(Cell, zone.U, zone.V, zone.W, 0, 0, inPlaneDeg), new DrawnCrystalOptions { SuperlatticeRatio = superlatticeRatio, PeriodCount = period, SuperlatticePhaseDeg = 40 }),
    };

    public static DrawnHrtem Image(IReadOnlyList<DrawnParticle> particles, ulong seed, int widthPx = SizePx, int heightPx = SizePx) => DrawnHrtemSimulator.Draw(
        particles,
        new DrawnHrtemOptions { WidthPx = widthPx, HeightPx = heightPx, PixelWidthNm = PixelNm, PixelHeightNm = PixelNm, Lens = new ObjectiveLens { DefocusNm = -55, SphericalAberrationMm = 0.7 } },
        seed);

    /// <summary>As a file without acquisition data would give it.</summary>
    public static Micrograph Micrograph(DrawnHrtem image) => image.ToMicrograph("drawn") with { Acquisition = Acquisition.Unknown };

    public static Micrograph With(Micrograph image, Func<int, int, (int X, int Y)> from, Func<float, float> value, int widthPx, int heightPx)
    {
        float[] pixels = new float[widthPx * heightPx];
        for (int y = 0; y < heightPx; y++)
        {
            for (int x = 0; x < widthPx; x++)
            {
                (int fromX, int fromY) = from(x, y);
                pixels[(y * widthPx) + x] = value(image.Pixels[fromX, fromY]);
            }
        }

        return image with { Pixels = new Raster<float>(widthPx, heightPx, pixels) };
    }

    /// <summary>The one crystal within so many px of a place.</summary>
    public static CrystalMeasurement At(FringeAnalysis analysis, double xPx, double yPx, double withinPx = 40) =>
        Assert.Single(analysis.Crystals, crystal => Math.Abs(crystal.XPx - xPx) < withinPx && Math.Abs(crystal.YPx - yPx) < withinPx);
}
