using ImageAnalysis.Imaging;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Lattice.Tests;

public sealed class TransferEstimatorTests
{
    private static readonly TransferOptions FlatFilm = new() { FilmThicknessNm = 0, HeightSigmaNm = 0 };

    [Fact]
    public void Estimate_DrawnImages_DefocusWithinItsUncertainty()
    {
        Random random = new(11);
        List<double> pulls = [];
        int within = 0, asked = 0;
        for (int image = 0; image < 24; image++)
        {
            DrawnHrtemOptions options = Conditions(random);
            Micrograph micrograph = DrawnHrtemSimulator.Draw(Particles(random, options), options, (ulong)image).ToMicrograph("drawn");
            TransferEstimate estimate = TransferEstimator.Estimate(micrograph, FlatFilm);
            double angle = 360 * random.NextDouble();
            Assert.NotEqual(TransferKnowledge.Unknown, estimate.Knowledge);
            if (estimate.Knowledge == TransferKnowledge.Measured)
            {
                Assert.InRange(estimate.DefocusNm!.Value - options.Lens.DefocusNm, -6, 6);
                pulls.Add((estimate.DefocusNm.Value - options.Lens.DefocusNm) / estimate.DefocusSigmaNm!.Value);
            }

            foreach (double g in (double[])[1.48, 2.96])
            {
                (double sin, double cos) = Math.SinCos(angle * Math.PI / 180);
                TransferValue value = estimate.TransferAt(g * cos, -g * sin)!.Value;
                double truth = Math.Abs(options.Lens.ContrastTransferRatio(g, angle, 200));
                within += truth >= value.LowFraction - 0.03 && truth <= value.HighFraction + 0.03 ? 1 : 0;
                asked++;
            }
        }

        // 24 pulls: their mean scatters by 0.2, their standard deviation by 0.15; larger runs are in docs/methods/transfer.md.
        Assert.True(pulls.Count >= 20, $"{pulls.Count} measured");
        double mean = pulls.Average(), deviation = Math.Sqrt(pulls.Average(pull => (pull - mean) * (pull - mean)));
        Assert.InRange(mean, -0.8, 0.8);
        Assert.InRange(deviation, 0.5, 1.6);

        // 90 % intervals, and 0.03 for what the film's shape leaves open in the envelopes: 48 values, 43 expected.
        Assert.True(within >= 0.8 * asked, $"{within} of {asked}");
    }

    [Fact]
    public void Estimate_AstigmatismAndNonSquarePixels_AreFound()
    {
        DrawnHrtemOptions options = new()
        {
            WidthPx = 640,
            HeightPx = 512,
            PixelWidthNm = 0.025,
            PixelHeightNm = 0.031,
            Lens = new ObjectiveLens { DefocusNm = -65, SphericalAberrationMm = 0.6, TwofoldAstigmatismNm = 9, TwofoldAstigmatismDeg = 140 },
            Detector = new HrtemDetectorOptions { DosePerAngstrom2 = 1200 },
        };
        TransferEstimate estimate = TransferEstimator.Estimate(DrawnHrtemSimulator.Draw([], options, 4).ToMicrograph("drawn"), FlatFilm);
        Assert.Equal(TransferKnowledge.Measured, estimate.Knowledge);
        Assert.Equal(-65, estimate.DefocusNm!.Value, 2.0);
        Assert.Equal(9, estimate.TwofoldAstigmatismNm!.Value, 1.0);
        Assert.Equal(140, estimate.TwofoldAstigmatismDeg!.Value, 4.0);

        // Turned by 90° counter-clockwise: (x, y) to (y, width − 1 − x); the direction turns with it.
        TransferEstimate turned = TransferEstimator.Estimate(Turned(DrawnHrtemSimulator.Draw([], options, 4).ToMicrograph("drawn")), FlatFilm);
        Assert.Equal(estimate.DefocusNm.Value, turned.DefocusNm!.Value, 0.1);
        Assert.Equal(estimate.TwofoldAstigmatismDeg.Value - 90, turned.TwofoldAstigmatismDeg!.Value, 0.5);
    }

    [Fact]
    public void Estimate_BrightnessScaledAndShifted_IsTheSame()
    {
        Micrograph micrograph = DrawnHrtemSimulator.Draw([], new DrawnHrtemOptions { WidthPx = 384, HeightPx = 384 }, 2).ToMicrograph("drawn");
        float[] other = [.. micrograph.Pixels.ToArray().Select(value => (3 * value) - 500)];
        TransferEstimate first = TransferEstimator.Estimate(micrograph, FlatFilm);
        TransferEstimate second = TransferEstimator.Estimate(micrograph with { Pixels = new Raster<float>(384, 384, other) }, FlatFilm);
        Assert.Equal(first.DefocusNm!.Value, second.DefocusNm!.Value, 0.05);
        Assert.Equal(first.SupportOverFloorRatio(2, 0)!.Value, second.SupportOverFloorRatio(2, 0)!.Value, 0.02 * first.SupportOverFloorRatio(2, 0)!.Value);
    }

    [Fact]
    public void Estimate_LensNotNamed_SphericalAberrationIsFittedToo()
    {
        DrawnHrtemOptions options = new() { WidthPx = 768, HeightPx = 768, Lens = new ObjectiveLens { DefocusNm = -48, SphericalAberrationMm = 0.95 }, Detector = new HrtemDetectorOptions { DosePerAngstrom2 = 1500 } };
        Micrograph micrograph = DrawnHrtemSimulator.Draw([], options, 8).ToMicrograph("drawn");
        TransferEstimate named = TransferEstimator.Estimate(micrograph, FlatFilm);
        TransferEstimate free = TransferEstimator.Estimate(micrograph with { Acquisition = Acquisition.Unknown }, FlatFilm);
        Assert.False(named.LensAssumed);
        Assert.True(free.LensAssumed);

        // The option says 0.7 ± 0.25 mm; the rings say 0.95.
        Assert.Equal(0.95, free.SphericalAberrationMm, 0.06);
        Assert.InRange(free.SphericalAberrationSigmaMm, 0.002, 0.06);
        Assert.Equal(-48, free.DefocusNm!.Value, 4.0);
        Assert.True(free.DefocusSigmaNm > named.DefocusSigmaNm);
    }

    [Fact]
    public void Estimate_SupportOverFloor_IsThatOfTheDrawing()
    {
        DrawnHrtemOptions options = new() { WidthPx = 768, HeightPx = 768, Detector = new HrtemDetectorOptions { DosePerAngstrom2 = 800, ReadNoiseSigmaCounts = 0 } };
        TransferEstimate estimate = TransferEstimator.Estimate(DrawnHrtemSimulator.Draw([], options, 3).ToMicrograph("drawn"), FlatFilm);

        // The floor beneath the film is continued from where there is no film: 15 %.
        foreach (double g in (double[])[1.48, 2, 2.5])
        {
            double truth = DrawnHrtemSimulator.FilmOverShotRatio(options, g, 0);
            Assert.Equal(1, estimate.SupportOverFloorRatio(g, 0)!.Value / truth, 0.15);
        }
    }

    [Fact]
    public void Estimate_NoiseAlone_IsUnknownWithAReason()
    {
        DrawnHrtemOptions options = new() { WidthPx = 512, HeightPx = 512, Film = new DrawnFilmOptions { ThicknessNm = 0 } };
        for (ulong seed = 1; seed <= 4; seed++)
        {
            TransferEstimate estimate = TransferEstimator.Estimate(DrawnHrtemSimulator.Draw([], options, seed).ToMicrograph("drawn"), new());
            Assert.Equal(TransferKnowledge.Unknown, estimate.Knowledge);
            Assert.Null(estimate.DefocusNm);
            Assert.Null(estimate.TransferAt(1.5, 0));
            Assert.Null(estimate.SupportOverFloorRatio(1.5, 0));
            Assert.Contains("no rings", estimate.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Estimate_NoCalibrationOrTooFewPixels_IsUnknown()
    {
        Micrograph micrograph = DrawnHrtemSimulator.Draw([], new DrawnHrtemOptions(), 1).ToMicrograph("drawn");
        Assert.Equal("the pixel size is not known", TransferEstimator.Estimate(micrograph with { Calibration = null }, new()).Reason);
        Micrograph small = micrograph with { Pixels = micrograph.Pixels.Crop(0, 0, 24, 24) };
        Assert.Equal(TransferKnowledge.Unknown, TransferEstimator.Estimate(small, new()).Knowledge);
        Micrograph even = micrograph with { Pixels = new Raster<float>(256, 256, new float[65536]) };
        Assert.Equal(TransferKnowledge.Unknown, TransferEstimator.Estimate(even, new()).Knowledge);
        float[] broken = micrograph.Pixels.ToArray();
        broken[7] = float.NaN;
        Assert.Throws<ArgumentException>(() => TransferEstimator.Estimate(micrograph with { Pixels = new Raster<float>(256, 256, broken) }, new()));
    }

    [Fact]
    public void Estimate_NoSphericalAberration_BothSignsOfDefocusStay()
    {
        // sin² χ is the same for both signs when C_s is 0: the rings cannot tell.
        DrawnHrtemOptions options = new() { WidthPx = 512, HeightPx = 512, Lens = new ObjectiveLens { DefocusNm = -60, SphericalAberrationMm = 0 }, Detector = new HrtemDetectorOptions { DosePerAngstrom2 = 1500 } };
        TransferEstimate estimate = TransferEstimator.Estimate(DrawnHrtemSimulator.Draw([], options, 5).ToMicrograph("drawn"), FlatFilm);
        Assert.Equal(TransferKnowledge.Bounded, estimate.Knowledge);
        Assert.Contains(estimate.Modes, mode => Math.Abs(mode.DefocusNm + 60) < 3);
        Assert.Contains(estimate.Modes, mode => Math.Abs(mode.DefocusNm - 60) < 3);
        Assert.Contains("several", estimate.Reason, StringComparison.Ordinal);

        // The transfer is the same for both, and so is known.
        TransferValue value = estimate.TransferAt(1.48, 0)!.Value;
        double truth = Math.Abs(options.Lens.ContrastTransferRatio(1.48, 0, 200));
        Assert.Equal(truth, value.AmplitudeFraction, 0.05);
    }

    [Fact]
    public void TransferAt_HeightOfTheCrystal_WidensTheInterval()
    {
        DrawnHrtemOptions options = new() { WidthPx = 512, HeightPx = 512, Lens = new ObjectiveLens { DefocusNm = -75, SphericalAberrationMm = 0.65 } };
        TransferEstimate estimate = TransferEstimator.Estimate(DrawnHrtemSimulator.Draw([], options, 5).ToMicrograph("drawn"), FlatFilm);
        TransferValue near = estimate.TransferAt(2.96, 0)!.Value, far = estimate.TransferAt(2.96, 0, 5)!.Value;
        Assert.True(far.HighFraction - far.LowFraction > (2 * (near.HighFraction - near.LowFraction)));
        Assert.True(near.LowFraction >= 0 && near.HighFraction <= 1 && near.LowFraction <= near.AmplitudeFraction && near.AmplitudeFraction <= near.HighFraction);
    }

    [Theory]
    [InlineData(-18, 4, 1100, 3u)]
    [InlineData(-55, 4.8, 1000, 4u)]
    [InlineData(-120, 3, 400, 5u)]
    public void Estimate_MultisliceFilm_HasTheDefocusOfItsMiddle(double defocusNm, double thicknessNm, double dosePerAngstrom2, uint seed)
    {
        HrtemOptions options = new()
        {
            WidthPx = 448,
            HeightPx = 448,
            ConfigurationCount = 1,
            Film = new CarbonFilmOptions { ThicknessNm = thicknessNm },
            Lens = new ObjectiveLens { DefocusNm = defocusNm, SphericalAberrationMm = 0.75, FocalSpreadNm = 5, TwofoldAstigmatismNm = 5, TwofoldAstigmatismDeg = 60 },
            Detector = new HrtemDetectorOptions { DosePerAngstrom2 = dosePerAngstrom2 },
        };
        TransferEstimate estimate = TransferEstimator.Estimate(HrtemSimulator.Render([], options, seed).ToMicrograph("multislice"), new());
        Assert.Equal(TransferKnowledge.Measured, estimate.Knowledge);

        // Defocus is counted from the last atom: that of a film of uneven thickness lies a half to three quarters of it below the middle. 2 nm more for what 11 nm of film leave open.
        Assert.InRange(estimate.DefocusNm!.Value - defocusNm, (0.5 * thicknessNm) - 2, (0.75 * thicknessNm) + 2);
        Assert.Equal(5, estimate.TwofoldAstigmatismNm!.Value, 1.5);
        Assert.Equal(60, estimate.TwofoldAstigmatismDeg!.Value, 10.0);
    }

    [Fact]
    public void Options_OutOfLimits_AreNamed()
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() => new TransferOptions { TileNm = 0.1 }.Validate());
        Assert.Contains("TileNm is 0.1; expected 1…50", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new TransferOptions { FilmElement = "Qq" }.Validate());
        new TransferOptions().Validate();
    }

    private static DrawnHrtemOptions Conditions(Random random)
    {
        int size = random.Next(2) == 0 ? 384 : 512;
        return new()
        {
            WidthPx = size,
            HeightPx = size,
            PixelWidthNm = Between(0.018, 0.035),
            PixelHeightNm = Between(0.018, 0.035),
            Lens = new ObjectiveLens
            {
                DefocusNm = -Between(8, 150),
                SphericalAberrationMm = Between(0.5, 1),
                FocalSpreadNm = Between(4, 9),
                ConvergenceMrad = Between(0.15, 0.5),
                TwofoldAstigmatismNm = Between(0, 9),
                TwofoldAstigmatismDeg = Between(0, 180),
            },
            Film = new DrawnFilmOptions { ThicknessNm = Between(2, 6), LongWaveStructureFraction = Between(0.2, 0.6), StructurePerNm = Between(3, 6), TextureFraction = Between(0.03, 0.2), TextureNm = Between(0.8, 3) },
            Detector = new HrtemDetectorOptions { DosePerAngstrom2 = Math.Exp(Between(Math.Log(250), Math.Log(5000))), NyquistTransferFraction = Between(0.15, 0.5), ReadNoiseSigmaCounts = Between(0, 8) },
        };

        double Between(double low, double high) => low + ((high - low) * random.NextDouble());
    }

    private static DrawnParticle[] Particles(Random random, DrawnHrtemOptions options) => [.. Enumerable.Range(0, 2).Select(_ =>
    {
        double angle = 180 * random.NextDouble();
        return new DrawnParticle
        {
            CentreXPx = options.WidthPx * random.NextDouble(),
            CentreYPx = options.HeightPx * random.NextDouble(),
            DiameterNm = 2 + (3 * random.NextDouble()),
            Waves =
            [
                new DrawnWave { NormalDeg = angle }, new DrawnWave { NormalDeg = angle + 70.5 },
                new DrawnWave { NormalDeg = angle + 125, SpacingNm = 0.2925, AmplitudeVolt = 4 }, new DrawnWave { NormalDeg = angle, SpacingNm = 0.6755, AmplitudeVolt = 2 },
            ],
        };
    })];

    private static Micrograph Turned(Micrograph image)
    {
        int width = image.Pixels.HeightPx, height = image.Pixels.WidthPx;
        float[] pixels = new float[width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                pixels[(y * width) + x] = image.Pixels[height - 1 - y, x];
            }
        }

        return image with
        {
            Pixels = new Raster<float>(width, height, pixels),
            Calibration = new Calibration(image.Calibration!.PixelHeightNm, image.Calibration.PixelWidthNm, image.Calibration.Source),
        };
    }
}
