using System.Numerics;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation.Tests;

public sealed class DrawnHrtemTests
{
    private static readonly HrtemDetectorOptions PlainCamera = new()
    {
        DosePerAngstrom2 = 1600,
        GainCounts = 40,
        OffsetCounts = 0,
        NyquistTransferFraction = 1,
        ReadNoiseSigmaCounts = 0,
        VibrationSigmaNm = 0,
    };

    // No film and no noise: what is left are the particles.
    private static readonly DrawnHrtemOptions Clean = new()
    {
        Film = new DrawnFilmOptions { ThicknessNm = 0 },
        Detector = PlainCamera with { ShotNoise = false, DosePerAngstrom2 = 6400 },
        AttenuationNm = 100000,
    };

    [Fact]
    public void Draw_FilmAlone_HasTheStatedPowerOverTheShotFloor()
    {
        DrawnHrtemOptions options = new()
        {
            PixelHeightNm = 0.03,
            Film = new DrawnFilmOptions { TextureFraction = 0 },
            Lens = new ObjectiveLens { DefocusNm = -70, TwofoldAstigmatismNm = 12, TwofoldAstigmatismDeg = 30 },
            Detector = PlainCamera with { DriftNm = 0.06, DriftDeg = 70, VibrationSigmaNm = 0.02 },
        };
        const int Images = 40;
        double[] power = MeanPower(options, Images);

        // Electrons of a pixel: 16 e/Å² · 100 Å²/nm² · 0.025 · 0.03 nm² · brightness; each leaves 40 counts.
        double shot = 256.0 * 256 * 1600 * 0.075 * Math.Exp(-4.0 / 150) * 40 * 40 * 1;
        List<string> found = [];
        double worst = 0;
        foreach ((double g, double deg) in ((double, double)[])[(1.2, 10), (1.2, 100), (2.2, 30), (2.2, 120), (3, 80), (4.2, 160), (9, 45)])
        {
            // Each value is exponentially distributed, and the window ties neighbours together, so that n values are worth n/(35/18)² = n/3.8: 7 means stay within 3.5 of their deviations.
            double expected = 0, measured = 0;
            int count = 0;
            ForEachNear(options, g, deg, 0.5, (at, gx, gy) =>
            {
                expected += 1 + DrawnHrtemSimulator.FilmOverShotRatio(options, gx, gy);
                measured += power[at] / shot;
                count++;
            });
            Assert.True(count > 20);
            found.Add($"{g} at {deg}: {measured / expected:F3} of {count}");
            worst = Math.Max(worst, Math.Abs((measured / expected) - 1) * Math.Sqrt(Images * count / 3.8));
        }

        Assert.True(worst < 3.5, string.Join("; ", found));
    }

    [Fact]
    public void Draw_ThicknessVaries_SpeckleFollowsAndTheMeanPowerStays()
    {
        DrawnHrtemOptions even = new() { Film = new DrawnFilmOptions { TextureFraction = 0 }, Detector = PlainCamera };
        DrawnHrtemOptions uneven = even with { Film = new DrawnFilmOptions { TextureFraction = 0.3, TextureNm = 2 } };
        double[] a = MeanPower(even, 12), b = MeanPower(uneven, 12);
        double first = 0, second = 0;
        ForEachNear(even, 2.2, 60, 0.4, (at, _, _) => (first, second) = (first + a[at], second + b[at]));
        Assert.Equal(1, second / first, 0.12);

        // Low frequencies carry the texture's own brightness.
        (first, second) = (0, 0);
        ForEachNear(even, 0.25, 0, 0.15, (at, _, _) => (first, second) = (first + a[at], second + b[at]));
        Assert.True(second > 1.5 * first);
    }

    [Theory]
    [InlineData(0.3378, 20, 0.025)]
    [InlineData(0.6755, 117, 0.025)]
    [InlineData(0.3378, 63, 0.031)]
    public void Draw_Wave_HasStatedFrequencyAndStrength(double spacingNm, double normalDeg, double pixelHeightNm)
    {
        DrawnParticle particle = new()
        {
            CentreXPx = 131.3,
            CentreYPx = 120.8,
            DiameterNm = 4,
            MeanPotentialVolt = 0,
            Waves = [new DrawnWave { SpacingNm = spacingNm, NormalDeg = normalDeg, AmplitudeVolt = 2 }],
        };
        DrawnHrtemOptions options = Clean with { PixelHeightNm = pixelHeightNm, Lens = new ObjectiveLens { DefocusNm = -45, SphericalAberrationMm = 0.6, FocalSpreadNm = 3 } };
        DrawnHrtem drawn = DrawnHrtemSimulator.Draw([particle], options, 1);
        DrawnWaveTruth truth = drawn.Particles[0].Waves[0];
        Assert.Equal(1 / spacingNm, Math.Sqrt(Math.Pow(truth.FrequencyXPerPx / 0.025, 2) + Math.Pow(truth.FrequencyYPerPx / pixelHeightNm, 2)), 1e-9);

        // Half the contrast, times the volume over the thickest place: a sphere's mean thickness on its circle is ⅔ of that.
        double pixels = 2.0 / 3 * Math.PI * 4 / (0.025 * pixelHeightNm);
        double electronCounts = 6400 * 100 * 0.025 * pixelHeightNm * 40;
        Complex at = Transform(drawn.Pixels, truth.FrequencyXPerPx, truth.FrequencyYPerPx, 131.3, 120.8);
        Assert.Equal(0.5 * truth.PeakContrastRatio * pixels * electronCounts, at.Magnitude, 0.03 * at.Magnitude);

        // The crest is at the centre, dark where the transfer is negative.
        Assert.Equal(Math.Sign(truth.TransferRatio), Math.Sign(at.Real));
        Assert.True(Math.Abs(at.Imaginary) < 0.05 * at.Magnitude);

        // The largest value of the transform lies there, within a fifth of its width 1/(4 nm): the slope of the transfer moves it a little, most at low frequency, where it rises as g².
        double step = 0.0125 * 0.025, best = 0; // in cycles a pixel: a twentieth of 1/(4 nm)
        (double X, double Y) top = default;
        for (int j = -16; j <= 16; j++)
        {
            for (int i = -16; i <= 16; i++)
            {
                double u = truth.FrequencyXPerPx + (i * step / 4), v = truth.FrequencyYPerPx + (j * step / 4);
                double magnitude = Transform(drawn.Pixels, u, v, 131.3, 120.8).Magnitude;
                (best, top) = magnitude > best ? (magnitude, (i / 4.0, j / 4.0)) : (best, top);
            }
        }

        Assert.InRange(Math.Sqrt((top.X * top.X) + (top.Y * top.Y)), 0, spacingNm > 0.5 ? 4 : 1);
    }

    [Fact]
    public void Draw_TransferZero_HidesTheWave()
    {
        // sin χ = 0 at g: −λΔf g² = ½ C_s λ³ g⁴ + 1, so that χ = −π.
        double g = 1 / 0.3378, lambda = ElectronBeam.WavelengthNm(200);
        double defocus = -((0.5 * 1e6 * Math.Pow(lambda, 3) * Math.Pow(g, 4)) + 1) / (lambda * g * g);
        DrawnParticle particle = new() { CentreXPx = 128, CentreYPx = 128, DiameterNm = 5, MeanPotentialVolt = 0, Waves = [new DrawnWave { NormalDeg = 33 }] };
        DrawnHrtemOptions atZero = Clean with { Lens = new ObjectiveLens { DefocusNm = defocus } };
        DrawnHrtemOptions other = Clean with { Lens = new ObjectiveLens { DefocusNm = defocus + 25 } };
        double hidden = Strength(atZero), shown = Strength(other);
        Assert.True(hidden < 0.1 * shown, $"{hidden} against {shown}");

        double Strength(DrawnHrtemOptions options)
        {
            DrawnHrtem drawn = DrawnHrtemSimulator.Draw([particle], options, 1);
            DrawnWaveTruth truth = drawn.Particles[0].Waves[0];
            return Transform(drawn.Pixels, truth.FrequencyXPerPx, truth.FrequencyYPerPx, 128, 128).Magnitude;
        }
    }

    [Fact]
    public void Draw_HalfOrderedDomain_HasHalfTheAmplitudeOnItsSide()
    {
        DrawnWave half = new() { SpacingNm = 0.6755, NormalDeg = 50, AmplitudeVolt = 2 };
        DrawnParticle particle = new() { CentreXPx = 128, CentreYPx = 128, DiameterNm = 4.5, MeanPotentialVolt = 0, Waves = [half] };
        double whole = Sum([particle], 0), part = Sum([particle with { Waves = [half with { DomainFraction = 0.5, DomainDeg = 50 }] }], 0);

        // An ellipsoid cut through its middle: half the volume; the waves at the cut make the difference.
        Assert.InRange(part / whole, 0.42, 0.58);

        double Sum(DrawnParticle[] particles, int index)
        {
            DrawnHrtem drawn = DrawnHrtemSimulator.Draw(particles, Clean, 1);
            DrawnWaveTruth truth = drawn.Particles[index].Waves[0];
            return Transform(drawn.Pixels, truth.FrequencyXPerPx, truth.FrequencyYPerPx, 128, 128).Magnitude;
        }
    }

    [Fact]
    public void Draw_CameraOnly_HasPoissonStatistics()
    {
        DrawnHrtemOptions options = new() { Film = new DrawnFilmOptions { ThicknessNm = 0 }, Detector = PlainCamera with { GainCounts = 3, OffsetCounts = 20 } };
        double[] counts = [.. DrawnHrtemSimulator.Draw([], options, 3).Pixels.ToArray().Select(value => (double)value)];

        // 1600 e/Å² on 0.25 × 0.25 Å²: 100 electrons; 65,536 pixels give the mean to 0.04, the variance to 0.55 %.
        double mean = counts.Average();
        Assert.Equal(20 + 300, mean, 0.5);
        Assert.Equal(900, counts.Average(value => Math.Pow(value - mean, 2)), 20.0);
    }

    [Fact]
    public void Draw_SameSeed_SamePixelsAndAnotherSeedOthers()
    {
        DrawnHrtemOptions options = new() { WidthPx = 96, HeightPx = 80 };
        DrawnParticle particle = new() { CentreXPx = 40, CentreYPx = 30, DiameterNm = 1.5, Waves = [new DrawnWave()] };
        ushort[] first = DrawnHrtemSimulator.Draw([particle], options, 5).Pixels.ToArray();
        Assert.Equal(first, DrawnHrtemSimulator.Draw([particle], options, 5).Pixels.ToArray());
        Assert.NotEqual(first, DrawnHrtemSimulator.Draw([particle], options, 6).Pixels.ToArray());
        Assert.Equal(96 * 80, first.Length);
    }

    [Fact]
    public void Draw_AnotherDose_LeavesTheFilm()
    {
        DrawnHrtemOptions low = new() { Detector = PlainCamera with { DosePerAngstrom2 = 30000, GainCounts = 5 } }, high = new() { Detector = PlainCamera with { DosePerAngstrom2 = 60000, GainCounts = 5 } };
        double[] a = Values(low, 8), b = Values(high, 8), c = Values(high, 9);

        // The film's contrast has a variance of some 0.3 of that of the counts, most of whose noise is at frequencies without film.
        Assert.True(Correlation(a, b) > 0.2, $"{Correlation(a, b)}");
        Assert.InRange(Correlation(a, c), -0.1, 0.1);

        static double[] Values(DrawnHrtemOptions options, ulong seed) => [.. DrawnHrtemSimulator.Draw([], options, seed).Pixels.ToArray().Select(value => (double)value)];
    }

    [Fact]
    public void Draw_FacettedBody_HasTheStatedAreaAndBox()
    {
        DrawnParticle particle = new() { CentreXPx = 128, CentreYPx = 128, DiameterNm = 4, AspectRatio = 1.3, OrientationDeg = 25, Body = DrawnBody.Facetted, ThicknessNm = 60 };
        DrawnHrtem drawn = DrawnHrtemSimulator.Draw([particle], Clean with { AttenuationNm = 10, Lens = new ObjectiveLens { DefocusNm = 0, SphericalAberrationMm = 0 } }, 1);

        // In focus only absorption is seen: the outline is where less than the full light arrives.
        double full = 6400 * 0.0625 * 40;
        int inside = drawn.Pixels.ToArray().Count(value => value < 0.97 * full);
        Assert.Equal(Math.PI * 4 * 4 / 4 / 0.000625, inside, 0.03 * inside);
        (int X, int Y)[] dark = [.. Enumerable.Range(0, 256 * 256).Where(i => drawn.Pixels.Pixels[i] < 0.97 * full).Select(i => (i % 256, i / 256))];
        DrawnTruth truth = drawn.Particles[0];
        Assert.InRange(dark.Min(place => place.X) - truth.FirstPx.XPx, 0, 3);
        Assert.InRange(dark.Min(place => place.Y) - truth.FirstPx.YPx, 0, 3);
        Assert.InRange(truth.EndPx.XPx - dark.Max(place => place.X), 1, 4);
        Assert.InRange(truth.EndPx.YPx - dark.Max(place => place.Y), 1, 4);
    }

    [Fact]
    public void Options_OutOfLimits_AreNamed()
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() => DrawnHrtemSimulator.Draw([], new() { WidthPx = 4 }, 1));
        Assert.Contains("WidthPx is 4; allowed: 16…4096", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => DrawnHrtemSimulator.Draw([new DrawnParticle { AspectRatio = 0.5 }], new(), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => DrawnHrtemSimulator.Draw([new DrawnParticle { Waves = [new DrawnWave { SpacingNm = double.NaN }] }], new(), 1));
    }

    private static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average();
        return a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum()
            / Math.Sqrt(a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(y => (y - meanB) * (y - meanB)));
    }

    private static double[] MeanPower(DrawnHrtemOptions options, int images)
    {
        double[] sum = new double[options.WidthPx * options.HeightPx];
        float[] power = new float[sum.Length];
        for (int image = 0; image < images; image++)
        {
            // A Hann window, so that strong low frequencies do not leak into weak ones; the factor keeps the power of white noise.
            float[] pixels = DrawnHrtemSimulator.Draw([], options, (ulong)image).ToMicrograph("drawn").Pixels.ToArray();
            double mean = pixels.Average();
            for (int i = 0; i < pixels.Length; i++)
            {
                pixels[i] = (float)((pixels[i] - mean) * Hann(i % options.WidthPx, options.WidthPx) * Hann(i / options.WidthPx, options.HeightPx) * 8 / 3);
            }

            RealFft2D.Forward(new Raster<float>(options.WidthPx, options.HeightPx, pixels)).CopyPowerTo(power);
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += power[i] / images;
            }
        }

        return sum;

        static double Hann(int i, int size) => 0.5 - (0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / size));
    }

    private static void ForEachNear(DrawnHrtemOptions options, double g, double deg, double radius, Action<int, double, double> action)
    {
        (double sin, double cos) = Math.SinCos(deg * Math.PI / 180);
        for (int y = 0; y < options.HeightPx; y++)
        {
            for (int x = 0; x < options.WidthPx; x++)
            {
                double gx = (x - (options.WidthPx / 2)) / (options.WidthPx * options.PixelWidthNm), gy = (y - (options.HeightPx / 2)) / (options.HeightPx * options.PixelHeightNm);
                if (Math.Pow(gx - (g * cos), 2) + Math.Pow(gy + (g * sin), 2) < radius * radius)
                {
                    action((y * options.WidthPx) + x, gx, gy);
                }
            }
        }
    }

    // Σ I exp(−2πi(ux + vy)) with the origin at a given place.
    private static Complex Transform(Raster<ushort> image, double u, double v, double x0, double y0)
    {
        double mean = image.Pixels.ToArray().Average(value => value);
        Complex sum = Complex.Zero;
        for (int y = 0; y < image.HeightPx; y++)
        {
            for (int x = 0; x < image.WidthPx; x++)
            {
                sum += (image.Pixels[(y * image.WidthPx) + x] - mean) * Complex.FromPolarCoordinates(1, -2 * Math.PI * ((u * (x - x0)) + (v * (y - y0))));
            }
        }

        return sum;
    }
}
