using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation.Tests;

public sealed class HaadfSimulatorTests
{
    /// <summary>No film, no noise, no distortion: counts = offset + gain · electrons · scattering · thickness.</summary>
    private static HaadfOptions Clean { get; } = new()
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
        HaadfParticleTruth truth = HaadfSimulator.Render([At(40.25, 50.5, ConvexBody.Sphere(4.0))], Clean, 1).Truth.Particles.Single();

        // π·2² = 12.566 nm²; the polygon of 360 points has 5e-5 less.
        Assert.Equal(Math.PI * 4.0, truth.AreaNm2, 1e-3);
        Assert.Equal(4.0, truth.LongAxisNm, 1e-6);
        Assert.Equal(4.0, truth.ShortAxisNm, 3e-4);
        Assert.Equal(40.25, truth.CentrePx.XPx, 1e-9);
        Assert.Equal(50.5, truth.CentrePx.YPx, 1e-9);
        Assert.False(truth.OnEdge);
        Assert.Empty(truth.Touches);
    }

    [Theory]
    [InlineData(2, 1.0 / 6.0 * Math.PI)] // a ball in its box: π/6
    [InlineData(4, 0.810297)] // superellipsoid: Γ(1 + 1/4)³ / Γ(1 + 3/4) = 0.9064025³ / 0.9190625
    public void Expected_Body_SumsUpToItsVolume(int exponent, double shareOfBox)
    {
        HaadfParticle particle = At(47.3, 46.8, ConvexBody.Superellipsoid(5.0, 4.0, 3.0, 25.0, exponent));

        double volumeNm3 = Signal(HaadfSimulator.Expected([particle], Clean, 1), Clean) * Clean.PixelWidthNm * Clean.PixelHeightNm / Clean.ParticleScatteringPerNm;

        // Sampling at two points a pixel: a few 1e-5.
        Assert.Equal(60.0 * shareOfBox, volumeNm3, 60.0 * 2e-4);
    }

    [Fact]
    public void Expected_AnotherElement_ScalesWithThePowerOfItsNumber()
    {
        HaadfOptions copper = Clean with { Particle = new HaadfMaterial { Name = "Cu", Atoms = [new CellAtoms(29, 4)], CellEdgeAngstrom = 4 } };
        HaadfOptions gold = Clean with { Particle = new HaadfMaterial { Name = "Au", Atoms = [new CellAtoms(79, 4)], CellEdgeAngstrom = 4 } };
        HaadfParticle[] particles = [At(47.3, 46.8, ConvexBody.Sphere(3.0))];

        double ratio = Signal(HaadfSimulator.Expected(particles, gold, 1), gold) / Signal(HaadfSimulator.Expected(particles, copper, 1), copper);

        Assert.Equal(Math.Pow(79.0 / 29.0, 1.7), ratio, 1e-4); // 5.494; pixels are floats
    }

    [Fact]
    public void ParticleScattering_OfCopperSelenide_IsTheWrittenSum()
    {
        // Per nm³: Cu₂Se (8·29^1.7 + 4·34^1.7)/0.585³ = (8·306.3 + 4·401.3)/0.2002 = 20,257; carbon 8·6^1.7/0.431³ = 8·21.03/0.08006 = 2,101. Ratio 9.64.
        Assert.Equal(9.64, new HaadfOptions().ParticleScatteringPerNm / new HaadfOptions().SupportScatteringPerNm, 0.02);
    }

    [Theory]
    [InlineData(0.10, 0.00, 0.0, 0.5)]
    [InlineData(0.15, 0.08, 0.0, 0.5)]
    [InlineData(0.10, 0.05, 0.3, 0.4)]
    public void Expected_Probe_WidensTheImageByItsOwnVariance(double core, double source, double tailShare, double tail)
    {
        HaadfOptions options = Clean with { ProbeSigmaNm = core, SourceSigmaNm = source, TailFraction = tailShare, TailSigmaNm = tail };
        const double R = 1.5;

        (double varianceX, double varianceY) = Variances(HaadfSimulator.Expected([At(47.5, 47.5, ConvexBody.Sphere(2 * R))], options, 1), options);

        // A ball's projection has a variance of R²/5 along any axis; a convolution adds the probe's, (1 − f)·core² + f·tail² + source².
        // The body is sampled at 30 points a radius, its edge therefore to 0.01 of their distance: 1e-3 of a variance.
        double expected = (R * R / 5.0) + ((1 - tailShare) * core * core) + (tailShare * tail * tail) + (source * source);
        Assert.Equal(expected, varianceX, 1e-3 * expected);
        Assert.Equal(expected, varianceY, 1e-3 * expected);
    }

    [Fact]
    public void Expected_StraightEdge_RisesAsTheProbesErrorFunction()
    {
        // A slab-like body (exponent 32, wide and high) has an edge at x = 50 px: its image there is a step convolved with the probe.
        HaadfOptions options = Clean with { ProbeSigmaNm = 0.3, SourceSigmaNm = 0 };
        Raster<float> image = HaadfSimulator.Expected([At(30.0, 47.5, ConvexBody.Superellipsoid(4.0, 40.0, 2.0, 0.0, 32))], options, 1);
        double plateau = image[30, 47] - options.OffsetCounts;

        // A step at x₀ convolved with a Gaussian passes 84.13 % and 15.87 % of its height σ before and behind x₀: 2σ = 6 px apart.
        double high = Crossing(image, (0.8413 * plateau) + options.OffsetCounts), low = Crossing(image, (0.1587 * plateau) + options.OffsetCounts);

        // The body's rounding at |x| near 20 px moves the edge inwards by less than 0.3 px and widens it a little.
        Assert.Equal(6.0, low - high, 0.3);
        Assert.Equal(50.0, 0.5 * (low + high), 0.4);
    }

    [Fact]
    public void Expected_UnequalPixels_KeepsTheBodyRoundInNm()
    {
        HaadfOptions options = Clean with { WidthPx = 120, HeightPx = 60, PixelWidthNm = 0.05, PixelHeightNm = 0.1 };
        HaadfParticle particle = At(59.5, 29.5, ConvexBody.Sphere(3.0));

        (double varianceX, double varianceY) = Variances(HaadfSimulator.Expected([particle], options, 1), options);
        HaadfParticleTruth truth = HaadfSimulator.Render([particle], options, 1).Truth.Particles.Single();

        Assert.Equal(varianceX, varianceY, 1e-3 * varianceX);
        Assert.Equal(3.0, truth.LongAxisNm, 1e-6);
        Assert.Equal(60.0, truth.OutlinePx.Max(p => p.XPx) - truth.OutlinePx.Min(p => p.XPx), 1e-6); // 3 nm / 0.05 nm
        Assert.Equal(30.0, truth.OutlinePx.Max(p => p.YPx) - truth.OutlinePx.Min(p => p.YPx), 1e-6);
    }

    [Fact]
    public void Expected_Drift_MovesTheBodyToTheTruthsCentre()
    {
        HaadfOptions options = Clean with { DriftXNm = 0.8, DriftYNm = -0.6 };
        HaadfParticle particle = At(40.0, 20.0, ConvexBody.Sphere(2.0));

        (double x, double y) = Centroid(HaadfSimulator.Expected([particle], options, 1), options);
        PointPx truth = HaadfSimulator.Render([particle], options, 1).Truth.Particles.Single().CentrePx;

        // Line 20 of 96 comes (20/95 − ½) = −0.289 of the scan before its middle: x −2.3 px, y +1.7 px (less 6 % of itself). Shear couples the image's width in: 0.02 px.
        Assert.Equal(truth.XPx, x, 0.03);
        Assert.Equal(truth.YPx, y, 0.03);
        Assert.Equal(40.0 - (0.289 * 8.0), truth.XPx, 0.2);
        Assert.Equal(20.0 + (0.289 * 6.0), truth.YPx, 0.2);
    }

    [Fact]
    public void Expected_RowJitter_ShiftsWholeLines()
    {
        HaadfOptions options = Clean with { WidthPx = 64, HeightPx = 512, RowJitterSigmaPx = 0.5, SourceSigmaNm = 0, ProbeSigmaNm = 0.15 };
        HaadfParticle cigar = At(32.0, 255.5, ConvexBody.Superellipsoid(200.0, 2.0, 2.0, 90.0, 2));
        Raster<float> image = HaadfSimulator.Expected([cigar], options, 3);

        double[] offsets = [.. Enumerable.Range(0, 512).Select(y => RowCentroid(image, y, options) - 32.0)];
        double sigma = Math.Sqrt(offsets.Average(o => o * o));

        Assert.Equal(0.5, sigma, 0.5 * 4.0 / Math.Sqrt(2 * 512)); // four standard errors of a standard deviation
    }

    [Fact]
    public void Render_ShotNoise_HasAVarianceLinearInTheDose()
    {
        // A bare, even film: a pixel of (0.1 nm)² is 1 Å², so that dose · 5e-4/nm · 40 nm electrons are detected in it.
        HaadfOptions options = Clean with
        {
            WidthPx = 256,
            HeightPx = 256,
            SupportThicknessNm = 40,
            SupportRampFraction = 0,
            SupportWavinessFraction = 0,
            SupportGrainFraction = 0,
            ShotNoise = true,
            GainCounts = 20,
        };
        foreach (double dose in new[] { 200.0, 800.0, 3200.0, 12800.0 })
        {
            HaadfOptions dosed = options with { DosePerAngstrom2 = dose };
            (double mean, double variance) = Moments(HaadfSimulator.Render([], dosed, 4).Pixels, dosed);
            double electrons = dose * 5e-4 * 40;

            // 65,536 pixels: standard error of the mean √(N/n), of the variance N·√((2 + 1/N)/n); four of each, and 1/12 count² from rounding is nothing here.
            Assert.Equal(electrons, mean, 4 * Math.Sqrt(electrons / 65536));
            Assert.Equal(electrons, variance, 4 * electrons * Math.Sqrt((2 + (1 / electrons)) / 65536));
        }
    }

    [Fact]
    public void Render_DetectorNoise_HasTheStandardDeviationsAskedFor()
    {
        HaadfOptions options = Clean with { WidthPx = 256, HeightPx = 256, DarkNoiseSigmaCounts = 30, RowOffsetSigmaCounts = 50 };
        Raster<ushort> pixels = HaadfSimulator.Render([], options, 5).Pixels;
        double[] rows = [.. Enumerable.Range(0, 256).Select(y => pixels.Row(y).ToArray().Average(v => (double)v))];
        double within = Enumerable.Range(0, 256).Average(y => pixels.Row(y).ToArray().Average(v => Math.Pow(v - rows[y], 2)));
        double between = rows.Average(r => Math.Pow(r - rows.Average(), 2));

        // Four standard errors: of 65,536 values 1.1 %, of 256 rows 18 % (in the standard deviation half of the variance's).
        Assert.Equal(30.0, Math.Sqrt(within), 30 * 0.012);
        Assert.Equal(50.0, Math.Sqrt(between), 50 * 0.18);
    }

    [Fact]
    public void Render_HotPixels_AreAsManyAsAskedFor()
    {
        HaadfOptions options = Clean with { WidthPx = 512, HeightPx = 512, HotPixelFraction = 0.002 };

        int hot = HaadfSimulator.Render([], options, 6).Pixels.Pixels.ToArray().Count(v => v > options.OffsetCounts + 10000);

        // 524 expected, ±23 (Poisson); four of them.
        Assert.InRange(hot, 432, 616);
    }

    [Fact]
    public void Expected_FilmGrain_HasTheVarianceOfAtomsUnderTheProbe()
    {
        HaadfOptions options = Clean with
        {
            WidthPx = 400,
            HeightPx = 400,
            SupportThicknessNm = 5,
            SupportRampFraction = 0,
            SupportWavinessFraction = 0,
            SupportGrainFraction = 1,
            ProbeSigmaNm = 0.2,
            SourceSigmaNm = 0,
        };
        (double mean, double variance) = Moments(HaadfSimulator.Expected([], options, 7), options);

        // Atoms at random, seen with a Gaussian probe: relative variance 1/(ρ t · 4πσ²) = 1/(99.9·5·4π·0.04) = 0.00398.
        // 160,000 px hold 160000/(4π·2²) = 3,183 independent places: four standard errors of the variance are 10 %.
        Assert.Equal(0.00398, variance / (mean * mean), 0.0004);
    }

    [Fact]
    public void Expected_FilmWaves_HaveTheDeviationAndLengthAskedFor()
    {
        HaadfOptions options = Clean with
        {
            WidthPx = 1024,
            HeightPx = 1024,
            SupportThicknessNm = 10,
            SupportRampFraction = 0,
            SupportWavinessFraction = 0.08,
            SupportWavinessNm = 4,
            SupportGrainFraction = 0,
        };
        Raster<float> image = HaadfSimulator.Expected([], options, 8);
        (double mean, double variance) = Moments(image, options);
        double covariance = 0;
        for (int y = 0; y < 1024; y++)
        {
            ReadOnlySpan<float> row = image.Row(y);
            for (int x = 0; x + 40 < 1024; x++)
            {
                covariance += (row[x] - options.OffsetCounts - (mean * options.GainCounts)) * (row[x + 40] - options.OffsetCounts - (mean * options.GainCounts));
            }
        }

        double correlation = covariance / (1024.0 * 984.0 * variance * options.GainCounts * options.GainCounts);

        // 102 nm hold about (102/4)²/π = 200 independent places: the deviation is known to 5 %; 96 waves add √(1/192) = 7 %. Correlation at 4 nm: 1/e = 0.368.
        Assert.Equal(0.08, Math.Sqrt(variance) / mean, 0.02);
        Assert.Equal(0.368, correlation, 0.15);
    }

    [Fact]
    public void Expected_FilmRamp_GrowsInTheDirectionAskedFor()
    {
        HaadfOptions options = Clean with
        {
            SupportThicknessNm = 10,
            SupportRampFraction = 0.4,
            SupportRampDeg = 90, // upwards as seen: towards smaller y
            SupportWavinessFraction = 0,
            SupportGrainFraction = 0,
        };
        Raster<float> image = HaadfSimulator.Expected([], options, 9);
        double perNm = options.GainCounts * options.ElectronsPerPixel * options.SupportScatteringPerNm;

        // From side to side 40 % of 10 nm: 12 nm at the top, 8 nm at the bottom.
        Assert.Equal(12.0, (image[50, 0] - options.OffsetCounts) / perNm, 1e-3);
        Assert.Equal(8.0, (image[50, 95] - options.OffsetCounts) / perNm, 1e-3);
        Assert.Equal((double)image[0, 50], image[95, 50], 1e-2);
    }

    [Theory]
    [InlineData(20.0, false)] // leftmost point at 20 − 20 = 0 px: inside, since the image begins at −0.5
    [InlineData(19.6, false)]
    [InlineData(19.4, true)]
    [InlineData(75.4, false)] // rightmost point at 95.4; the image ends at 95.5
    [InlineData(75.6, true)]
    public void Render_BodyAtTheBorder_IsOnEdgeFromHalfAPixelOutside(double x, bool onEdge)
    {
        SimulatedHaadf image = HaadfSimulator.Render([At(x, 48, ConvexBody.Sphere(4.0))], Clean, 1);

        Assert.Equal(onEdge, image.Truth.Particles.Single().OnEdge);
    }

    [Theory]
    [InlineData(0.19, true)]
    [InlineData(0.21, false)]
    [InlineData(-0.5, true)]
    public void Render_TwoSpheres_TouchFromTheContactGapOn(double gapNm, bool touch)
    {
        SimulatedHaadf image = HaadfSimulator.Render([At(30, 48, ConvexBody.Sphere(2.0)), At(30 + ((2.0 + gapNm) * 10), 48, ConvexBody.Sphere(2.0))], Clean, 1);

        Assert.Equal(touch ? [2] : [], image.Truth.Particles[0].Touches);
        Assert.Equal(touch ? [1] : [], image.Truth.Particles[1].Touches);
    }

    [Fact]
    public void Render_OverlappingBodies_AddUp()
    {
        HaadfParticle a = At(45, 48, ConvexBody.Sphere(2.0)), b = At(52, 48, ConvexBody.Sphere(2.0));

        Raster<float> both = HaadfSimulator.Expected([a, b], Clean, 1), first = HaadfSimulator.Expected([a], Clean, 1), second = HaadfSimulator.Expected([b], Clean, 1);

        Assert.Equal(first[48, 48] + second[48, 48] - Clean.OffsetCounts, both[48, 48], 0.1);
    }

    [Fact]
    public void Validate_BadFields_NameFieldValueAndLimits()
    {
        ArgumentOutOfRangeException dose = Assert.Throws<ArgumentOutOfRangeException>(() => HaadfSimulator.Render([], Clean with { DosePerAngstrom2 = 0.5 }, 1));
        Assert.Contains("DosePerAngstrom2 is 0.5; allowed: 1…100000000", dose.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => HaadfSimulator.Render([], Clean with { WidthPx = 15 }, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => HaadfSimulator.Render([], Clean with { PixelWidthNm = double.NaN }, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => HaadfSimulator.Render([], Clean with { DriftXNm = 5 }, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => HaadfSimulator.Render([], Clean with { Particle = HaadfMaterial.CopperSelenide with { Atoms = [] } }, 1));

        // A probe narrower than a third of a pixel would make the image hang on where the scan points fall.
        ArgumentOutOfRangeException probe = Assert.Throws<ArgumentOutOfRangeException>(() => HaadfSimulator.Render([], Clean with { PixelWidthNm = 1, PixelHeightNm = 1 }, 1));
        Assert.Contains("ProbeSigmaNm is 0.1; allowed: 0.33…10", probe.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => At(double.NaN, 1, ConvexBody.Sphere(1)));
    }

    [Fact]
    public void ToMicrograph_CarriesCalibrationAndSaysSimulated()
    {
        SimulatedHaadf image = HaadfSimulator.Render([At(48, 48, ConvexBody.Sphere(3.0))], Clean with { PixelHeightNm = 0.2 }, 1);
        Micrograph micrograph = image.ToMicrograph("a.tif");

        Assert.True(micrograph.Acquisition.Simulated);
        Assert.Equal(0.1, micrograph.Calibration!.PixelWidthNm);
        Assert.Equal(0.2, micrograph.Calibration.PixelHeightNm);
        Assert.Equal((float)image.Pixels[48, 48], micrograph.Pixels[48, 48]);
    }

    private static HaadfParticle At(double xPx, double yPx, ConvexBody body) => new(new PointPx(xPx, yPx), body);

    /// <summary>Sum of the share of the beam scattered onto the detector.</summary>
    private static double Signal(Raster<float> image, HaadfOptions options)
    {
        double sum = 0;
        foreach (float v in image.Pixels)
        {
            sum += v - options.OffsetCounts;
        }

        return sum / (options.GainCounts * options.ElectronsPerPixel);
    }

    private static (double X, double Y) Centroid(Raster<float> image, HaadfOptions options)
    {
        double sum = 0, sumX = 0, sumY = 0;
        for (int y = 0; y < image.HeightPx; y++)
        {
            for (int x = 0; x < image.WidthPx; x++)
            {
                double v = image[x, y] - options.OffsetCounts;
                sum += v;
                sumX += v * x;
                sumY += v * y;
            }
        }

        return (sumX / sum, sumY / sum);
    }

    /// <summary>Variances of the image along x and y, nm².</summary>
    private static (double X, double Y) Variances(Raster<float> image, HaadfOptions options)
    {
        (double cx, double cy) = Centroid(image, options);
        double sum = 0, sumX = 0, sumY = 0;
        for (int y = 0; y < image.HeightPx; y++)
        {
            for (int x = 0; x < image.WidthPx; x++)
            {
                double v = image[x, y] - options.OffsetCounts;
                sum += v;
                sumX += v * (x - cx) * (x - cx);
                sumY += v * (y - cy) * (y - cy);
            }
        }

        return (sumX / sum * options.PixelWidthNm * options.PixelWidthNm, sumY / sum * options.PixelHeightNm * options.PixelHeightNm);
    }

    private static double RowCentroid(Raster<float> image, int y, HaadfOptions options)
    {
        double sum = 0, sumX = 0;
        for (int x = 0; x < image.WidthPx; x++)
        {
            sum += image[x, y] - options.OffsetCounts;
            sumX += (image[x, y] - options.OffsetCounts) * x;
        }

        return sumX / sum;
    }

    /// <summary>Where the middle row falls through a level, right of its column 30.</summary>
    private static double Crossing(Raster<float> image, double level)
    {
        ReadOnlySpan<float> row = image.Row(47);
        int x = 30;
        while (row[x + 1] > level)
        {
            x++;
        }

        return x + ((row[x] - level) / (row[x] - row[x + 1]));
    }

    /// <summary>Mean and variance in electrons.</summary>
    private static (double Mean, double Variance) Moments<T>(Raster<T> image, HaadfOptions options)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        double sum = 0, sum2 = 0;
        foreach (T v in image.Pixels)
        {
            double electrons = (double.CreateChecked(v) - options.OffsetCounts) / options.GainCounts;
            sum += electrons;
            sum2 += electrons * electrons;
        }

        double mean = sum / image.PixelCount;
        return (mean, (sum2 / image.PixelCount) - (mean * mean));
    }
}
