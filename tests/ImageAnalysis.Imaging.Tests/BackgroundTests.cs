namespace ImageAnalysis.Imaging.Tests;

public class BackgroundTests
{
    [Theory]
    [InlineData(BackgroundForm.Grid)]
    [InlineData(BackgroundForm.Polynomial)]
    public void Estimate_CurvedBackgroundUnderParticles_IsRecovered(BackgroundForm form)
    {
        // Particles of radius 5 … 14 px, 40 noise s.d. high, over a fifth of the image; the background bends by 60 counts.
        const double Noise = 2;
        (Raster<float> image, Raster<float> truth) = Field(512, 400, Noise, 120, 14);
        Raster<float> background = BackgroundEstimator.Estimate(image, new BackgroundOptions { Form = form, PolynomialOrder = 2 });
        (double mean, double rms) = Difference(background, truth);

        // A cell has some 1000 samples of s.d. 2, so ±0.08 by chance; rims of particles add a little of one sign.
        Assert.InRange(mean, -0.25, 0.25);
        Assert.InRange(rms, 0, form == BackgroundForm.Grid ? 0.5 : 0.3);
    }

    [Fact]
    public void Estimate_ParticleOfManyCells_IsBridged()
    {
        // A disc of radius 100 px covers nine cells wholly: its plateau must not become background.
        Func<double> normal = TestImages.Normal(6);
        Raster<float> truth = TestImages.Drawn(640, 600, (x, y) => 100 + (0.05 * x) + (0.02 * y));
        Raster<float> image = TestImages.Drawn(640, 600, (x, y) =>
            truth[x, y] + (((x - 300) * (x - 300)) + ((y - 280) * (y - 280)) < 10000 ? 80 : 0) + (2 * normal()));
        foreach (BackgroundForm form in new[] { BackgroundForm.Grid, BackgroundForm.Polynomial })
        {
            Raster<float> background = BackgroundEstimator.Estimate(image, new BackgroundOptions { Form = form });

            // Under the disc's centre, a cell mean of the neighbours is a level ramp's own value up to a cell's slope (0.05 · 64 / 2).
            Assert.InRange(background[300, 280] - truth[300, 280], -1.7, 1.7);
            Assert.InRange(Difference(background, truth).Rms, 0, 0.6);
        }
    }

    [Fact]
    public void Estimate_Plane_IsReproducedExactlyWithoutNoise()
    {
        Raster<float> plane = TestImages.Drawn(200, 150, (x, y) => 50 + (0.5 * x) - (0.25 * y));
        Raster<float> polynomial = BackgroundEstimator.Estimate(plane, new BackgroundOptions { Form = BackgroundForm.Polynomial, PolynomialOrder = 1 });
        TestImages.AssertClose(plane.Pixels, polynomial.Pixels, 0.35); // started from cell levels, which a slope moves by under a pixel's step

        // Grid: a cell's level under a slope lies within one pixel's step of its middle.
        TestImages.AssertClose(plane.Pixels, BackgroundEstimator.Estimate(plane, new BackgroundOptions { GridStepPx = 16 }).Pixels, 0.6);
    }

    [Fact]
    public void Estimate_Constant_IsTheConstantForEveryShape()
    {
        foreach ((int width, int height) in TestImages.Shapes)
        {
            Raster<float> constant = TestImages.Drawn(width, height, (_, _) => 42);
            foreach (int order in new[] { 0, 1, 2, 3 })
            {
                TestImages.AssertClose(
                    constant.Pixels,
                    BackgroundEstimator.Estimate(constant, new BackgroundOptions { Form = BackgroundForm.Polynomial, PolynomialOrder = order, GridStepPx = 8 }).Pixels,
                    1e-4);
            }

            TestImages.AssertClose(constant.Pixels, BackgroundEstimator.Estimate(constant, new BackgroundOptions { GridStepPx = 8 }).Pixels, 1e-5);
        }
    }

    [Fact]
    public void Estimate_CubicSurface_NeedsOrderThree()
    {
        Func<double> normal = TestImages.Normal(16);
        Raster<float> truth = TestImages.Drawn(300, 260, (x, y) => 100 + (20 * Math.Pow((x / 150.0) - 1, 3)) - (15 * Math.Pow((x / 150.0) - 1, 2) * ((y / 130.0) - 1)));
        Raster<float> image = TestImages.Drawn(300, 260, (x, y) => truth[x, y] + normal());
        Raster<float> third = BackgroundEstimator.Estimate(image, new BackgroundOptions { Form = BackgroundForm.Polynomial, PolynomialOrder = 3 });
        Raster<float> first = BackgroundEstimator.Estimate(image, new BackgroundOptions { Form = BackgroundForm.Polynomial, PolynomialOrder = 1 });

        // 78,000 samples of s.d. 1 fix ten terms to about 0.01 each.
        Assert.InRange(Difference(third, truth).Rms, 0, 0.05);
        Assert.InRange(Difference(first, truth).Rms, 1, 100);
    }

    [Fact]
    public void Estimate_Excluded_IsNotLookedAt()
    {
        Raster<float> image = TestImages.Drawn(128, 128, (x, _) => x < 70 ? 10 : 500);
        byte[] right = new byte[128 * 128];
        for (int i = 0; i < right.Length; i++)
        {
            right[i] = i % 128 >= 70 ? (byte)1 : (byte)0;
        }

        foreach (BackgroundForm form in new[] { BackgroundForm.Grid, BackgroundForm.Polynomial })
        {
            Raster<float> background = BackgroundEstimator.Estimate(
                image, new BackgroundOptions { Form = form, PolynomialOrder = 0, GridStepPx = 32 }, new Raster<byte>(128, 128, right));
            TestImages.AssertClose(TestImages.Drawn(128, 128, (_, _) => 10).Pixels, background.Pixels, 1e-3);
        }

        byte[] all = new byte[128 * 128];
        Array.Fill(all, (byte)1);
        Assert.Throws<ArgumentException>(() => BackgroundEstimator.Estimate(image, null, new Raster<byte>(128, 128, all)));
        all[77] = 0;
        TestImages.AssertClose(
            TestImages.Drawn(128, 128, (_, _) => 500).Pixels, BackgroundEstimator.Estimate(image, null, new Raster<byte>(128, 128, all)).Pixels, 1e-3);
    }

    [Fact]
    public void Validate_ValuesOutsideTheirLimits_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BackgroundOptions { GridStepPx = 7 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new BackgroundOptions { QuantileFraction = 0.6 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new BackgroundOptions { ClipRatio = double.NaN }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new BackgroundOptions { PolynomialOrder = 4 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new BackgroundOptions { Form = (BackgroundForm)7 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScanLineOptions { NeighbourRows = 0 }.Validate());
    }

    [Fact]
    public void Remove_ScanLines_AreFoundUnderParticles()
    {
        const double Noise = 3;
        (Raster<float> clean, _) = Field(512, 400, Noise, 120, 14);
        Func<double> normal = TestImages.Normal(77);
        double[] offsets = new double[400];
        for (int y = 0; y < 400; y++)
        {
            offsets[y] = 2.5 * normal();
        }

        double mean = offsets.Average();
        Raster<float> image = TestImages.Drawn(512, 400, (x, y) => clean[x, y] + offsets[y]);
        ScanLineResult result = ScanLineCorrection.Remove(image);
        Assert.True(result.Removed);
        Assert.Equal(2.5, result.OffsetSigmaCounts, 0.35); // s.d. of a s.d. of 400: 3.5 %; what is slower than the neighbourhood stays in

        // White offsets have about 2/17 of their s.d. squared in variations too slow for a neighbourhood of 17 rows (0.3 at most); the noise of a median adds 1.25 · 3/√512 = 0.17.
        double rms = Math.Sqrt(offsets.Select((o, y) => Math.Pow(o - mean - result.OffsetsCounts[y], 2)).Average());
        Assert.InRange(rms, 0, 0.6);
    }

    [Fact]
    public void Remove_ImageWithoutOffsets_IsLeftAlone()
    {
        for (int seed = 1; seed <= 5; seed++)
        {
            (Raster<float> image, _) = Field(400, 300, 3, 60 * seed, 14, seed);
            ScanLineResult result = ScanLineCorrection.Remove(image);
            Assert.False(result.Removed);
            Assert.Same(image, result.Image);

            // Known from the pixels themselves; up to 300 particles cover half of the image.
            Assert.InRange(result.OffsetSigmaCounts / result.NoiseSigmaCounts, 0.7, 1.8);
        }
    }

    [Fact]
    public void Remove_TinyImages_AreReturned()
    {
        foreach ((int width, int height) in TestImages.Shapes)
        {
            ScanLineResult result = ScanLineCorrection.Remove(TestImages.Random(width, height, 3));
            Assert.Equal((width, height, height), (result.Image.WidthPx, result.Image.HeightPx, result.OffsetsCounts.Count));
        }
    }

    private static (Raster<float> Image, Raster<float> Truth) Field(int width, int height, double noise, int particles, int largest, int seed = 1)
    {
        Random random = new(seed);
        Func<double> normal = TestImages.Normal(seed + 100);
        Raster<float> truth = TestImages.Drawn(width, height, (x, y) => 200 + (30.0 * x / width) + (60 * Math.Pow(((double)y / height) - 0.4, 2)));
        float[] pixels = truth.ToArray();
        bool[] taken = new bool[pixels.Length];
        for (int i = 0; i < particles; i++)
        {
            int cx = random.Next(width);
            int cy = random.Next(height);
            int radius = random.Next(5, largest);
            for (int y = Math.Max(0, cy - radius); y < Math.Min(height, cy + radius); y++)
            {
                for (int x = Math.Max(0, cx - radius); x < Math.Min(width, cx + radius); x++)
                {
                    double r2 = (((x - cx) * (x - cx)) + ((y - cy) * (y - cy))) / (double)(radius * radius);
                    if (r2 < 1 && !taken[(y * width) + x])
                    {
                        taken[(y * width) + x] = true;
                        pixels[(y * width) + x] += (float)(80 * Math.Sqrt(1 - r2));
                    }
                }
            }
        }

        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] += (float)(noise * normal());
        }

        return (new Raster<float>(width, height, pixels), truth);
    }

    private static (double Mean, double Rms) Difference(Raster<float> a, Raster<float> b)
    {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < a.PixelCount; i++)
        {
            double d = (double)a.Pixels[i] - b.Pixels[i];
            sum += d;
            squares += d * d;
        }

        return (sum / a.PixelCount, Math.Sqrt(squares / a.PixelCount));
    }
}
