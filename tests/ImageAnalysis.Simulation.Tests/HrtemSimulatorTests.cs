using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation.Tests;

public sealed class HrtemSimulatorTests
{
    private static HrtemOptions Small { get; } = new()
    {
        WidthPx = 96,
        HeightPx = 80,
        PixelWidthNm = 0.03,
        PixelHeightNm = 0.035,
        MarginNm = 0.5,
        ConfigurationCount = 1,
        Film = new CarbonFilmOptions { ThicknessNm = 1.5 },
    };

    [Fact]
    public void Render_Particles_LieWhereTheTruthSays()
    {
        HrtemParticle[] particles = [At(1.0, 1.2), At(1.7, 1.6), At(2.9, 2.0)];

        SimulatedHrtem image = HrtemSimulator.Render(particles, Small, 1);

        Assert.Equal((96, 80), (image.Pixels.WidthPx, image.Pixels.HeightPx));
        Assert.Equal(3, image.Particles.Count);
        Assert.Equal(1.0 / 0.03, image.Particles[0].CentrePx.XPx, 3.0);
        Assert.Equal(1.2 / 0.035, image.Particles[0].CentrePx.YPx, 3.0);

        // Spheres of 1.2 nm: 1.0 and 1.7 overlap in x, 1.2 and 1.6 in y; the third lies 1.2 nm to the right of the second, at most the width of its atoms.
        Assert.Equal([1], image.Overlaps[0]);
        Assert.Contains(0, image.Overlaps[1]);
        Assert.DoesNotContain(2, image.Overlaps[0]);
        Micrograph micrograph = image.ToMicrograph("a.tif");
        Assert.True(micrograph.Acquisition.Simulated);
        Assert.Equal(200, micrograph.Acquisition.VoltageKv);
        Assert.Equal((0.03, 0.035), (micrograph.Calibration!.PixelWidthNm, micrograph.Calibration.PixelHeightNm));
        Assert.Equal(image.Pixels[5, 7], micrograph.Pixels[5, 7]);
    }

    [Fact]
    public void Render_ParticleAtABorder_DoesNotComeInAtTheOther()
    {
        // Without noise: what a particle at the left border changes on the right side of the image is little beside what it changes where it is.
        HrtemOptions noiseless = Small with { MarginNm = 1.5, Detector = new HrtemDetectorOptions { ShotNoise = false, ReadNoiseSigmaCounts = 0 }, ConfigurationCount = 0, Film = Small.Film with { ThicknessNm = 0 } };
        Raster<ushort> picture = HrtemSimulator.Render([At(0.0, 1.4)], noiseless, 1).Pixels;

        double Spread(int first) => Enumerable.Range(first, 8).SelectMany(x => Enumerable.Range(0, 80).Select(y => (double)picture[x, y])).Aggregate((low: 1e9, high: 0.0), (range, value) => (Math.Min(range.low, value), Math.Max(range.high, value)), range => range.high - range.low);
        Assert.True(Spread(0) > 10 * Spread(88), $"{Spread(0)} {Spread(88)}");
    }

    [Fact]
    public void Render_Sides_HaveTheirOwnDefocus_AboutThatOfTheFilm()
    {
        // Film of 1.5 nm, spheres of 1.2 nm whose outermost atoms lie 0.25 nm off the film's: middles at some 0.75 + 0.25 + 0.6 = 1.6 nm from that of the film, on the beam's side less underfocused.
        HrtemParticle[] particles = [At(0.8, 1.4), At(2.1, 1.4) with { Placement = At(2.1, 1.4).Placement with { Side = FilmSide.Exit } }];
        SimulatedHrtem image = HrtemSimulator.Render(particles, Small with { Lens = new ObjectiveLens { DefocusNm = -40 } }, 1);

        Assert.Equal(-38.4, image.Particles[0].DefocusNm, 0.4);
        Assert.Equal(-41.6, image.Particles[1].DefocusNm, 0.4);
    }

    [Fact]
    public void Render_DefocusOfTheFilm_DoesNotDependOnParticles()
    {
        // A thick body far away moves the plane of the last atom by 3 nm, and with it the plane that a lens counts from; the film beside it is imaged as before.
        HrtemOptions quiet = Small with { WidthPx = 256, ConfigurationCount = 0, Detector = new HrtemDetectorOptions { ShotNoise = false, ReadNoiseSigmaCounts = 0, GainCounts = 30 } };
        HrtemParticle far = At(6.0, 1.4), beyond = far with { Placement = far.Placement with { Cluster = CopperSelenide.Sphere(30), Side = FilmSide.Exit } };
        Raster<ushort> alone = HrtemSimulator.Render([], quiet, 1).Pixels, beside = HrtemSimulator.Render([beyond], quiet, 1).Pixels;
        (int X, int Y)[] corner = [.. Enumerable.Range(0, 96 * 80).Select(i => (i % 96, i / 96))];
        double mean = corner.Average(at => (double)alone[at.X, at.Y]);
        double moved = corner.Sum(at => Math.Pow(beside[at.X, at.Y] - (double)alone[at.X, at.Y], 2)), spread = corner.Sum(at => Math.Pow(alone[at.X, at.Y] - mean, 2));

        // What the far body spreads so far, and slices cut elsewhere, is 0.0017 of the power; 3 nm of defocus would be 0.035.
        Assert.True(moved < 0.005 * spread, $"{moved / spread}");
    }

    [Fact]
    public void Render_Seed_DecidesAlone()
    {
        HrtemParticle[] particles = [At(1.4, 1.4)];
        ushort[] first = HrtemSimulator.Render(particles, Small, 1).Pixels.ToArray();

        Assert.Equal(first, HrtemSimulator.Render(particles, Small, 1).Pixels.ToArray());
        Assert.NotEqual(first, HrtemSimulator.Render(particles, Small, 2).Pixels.ToArray());

        // Another dose moves no atom: without shot noise the pictures are one, scaled.
        HrtemDetectorOptions quiet = new() { ShotNoise = false, ReadNoiseSigmaCounts = 0, OffsetCounts = 0, DosePerAngstrom2 = 1000, GainCounts = 10 };
        ushort[] once = HrtemSimulator.Render(particles, Small with { Detector = quiet }, 1).Pixels.ToArray();
        ushort[] twice = HrtemSimulator.Render(particles, Small with { Detector = quiet with { DosePerAngstrom2 = 2000 } }, 1).Pixels.ToArray();
        Assert.All(once.Zip(twice), pair => Assert.InRange((2 * pair.First) - pair.Second, -2, 2)); // rounding
    }

    [Fact]
    public void Options_OutsideLimits_AreRefusedByName()
    {
        foreach ((HrtemOptions options, string name) in ((HrtemOptions, string)[])[
            (Small with { WidthPx = 5 }, "WidthPx"), (Small with { PixelWidthNm = 0.2 }, "PixelWidthNm"), (Small with { MarginNm = -1 }, "MarginNm"),
            (Small with { ConfigurationCount = -1 }, "ConfigurationCount"), (Small with { Lens = new ObjectiveLens { DefocusNm = 1e6 } }, "DefocusNm"),
            (Small with { Film = new CarbonFilmOptions { ThicknessNm = 200 } }, "ThicknessNm"), (Small with { Detector = new HrtemDetectorOptions { GainCounts = 0 } }, "GainCounts")])
        {
            Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => HrtemSimulator.Render([], options, 1)).ParamName);
        }
    }

    private static HrtemParticle At(double xNm, double yNm) =>
        new(new(CopperSelenide.Sphere(12), CrystalPose.Along(CopperSelenide.Cell, 1, -1, 0), xNm, yNm, FilmSide.Entrance), CopperSelenide.Cell, null);
}
