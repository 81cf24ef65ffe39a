namespace ImageAnalysis.Imaging.Tests;

public class StatisticsTests
{
    [Fact]
    public void Otsu_FiveByFiveBytes_CutsWhereTheMeansDifferMost()
    {
        // 10 ones, 5 threes, 10 nines. Cut after 1: 10·15·(1 − 7)² = 5400 (the bright mean is (15 + 90)/15 = 7); after 3: 15·10·(5/3 − 9)² = 8067. So 3.
        byte[] pixels = [.. Enumerable.Repeat((byte)1, 10), .. Enumerable.Repeat((byte)3, 5), .. Enumerable.Repeat((byte)9, 10)];
        Assert.Equal(3, Thresholds.Otsu(new Raster<byte>(5, 5, pixels)));

        // The same as floats: every cut between 3 and 9 is as good, and the middle one of 1024 bins from 1 to 9 lies within half a bin of 6.
        double threshold = Thresholds.Otsu(new Raster<float>(5, 5, Array.ConvertAll(pixels, p => (float)p)));
        Assert.Equal(6, threshold, 8.0 / 1024);
    }

    [Fact]
    public void Above_ValuesAroundTheThreshold_AreMarkedOnlyAboveIt()
    {
        // 37 pixels: a whole vector of 32 and five more. A threshold between two floats parts them: 0.1 as float is 1.5e-9 above 0.1.
        float[] pixels = [.. Enumerable.Range(0, 37).Select(i => i % 3 == 0 ? 0.1f : i % 3 == 1 ? MathF.BitDecrement(0.1f) : -5)];
        Raster<float> image = new(37, 1, pixels);
        Assert.Equal(Enumerable.Range(0, 37).Select(i => i % 3 == 0 ? (byte)1 : (byte)0), Thresholds.Above(image, 0.1).ToArray());
        Assert.All(Thresholds.Above(image, 0.1f).ToArray(), above => Assert.Equal(0, above));
        Assert.Throws<ArgumentOutOfRangeException>(() => Thresholds.Above(image, double.NaN));

        byte[] bytes = [.. Enumerable.Range(0, 37).Select(i => (byte)(i * 7))];
        Assert.Equal(bytes.Select(value => value > 126 ? (byte)1 : (byte)0), Thresholds.Above(new Raster<byte>(37, 1, bytes), 126).ToArray());
        Assert.All(Thresholds.Above(new Raster<byte>(37, 1, bytes), 255).ToArray(), above => Assert.Equal(0, above));
    }

    [Fact]
    public void Otsu_ImageOfOneValue_GivesAThresholdThatIsFinite()
    {
        Assert.Equal(0, Thresholds.Otsu(new Raster<byte>(2, 2, [5, 5, 5, 5])));
        Assert.True(double.IsFinite(Thresholds.Otsu(TestImages.Drawn(3, 3, (_, _) => 4))));
    }

    [Fact]
    public void Otsu_Within_CountsOnlyThosePixels()
    {
        Raster<float> image = TestImages.Image(6, 0, 1, 10, 11, 500, 600);
        double threshold = Thresholds.Otsu(image, 1024, TestImages.Mask("####.."));
        Assert.InRange(threshold, 1, 10);
        Assert.InRange(Thresholds.Otsu(image), 11, 500);
    }

    [Fact]
    public void Histogram_FiveValues_CountsEachBin()
    {
        // From 0 to 8 in 4 bins of 2: 0 and 1.9 | 2 | 5 | 8 (the upper edge belongs to the last bin).
        IntensityHistogram histogram = IntensityHistogram.Of(TestImages.Image(5, 0, 1.9f, 2, 5, 8), 4);
        Assert.Equal([2, 1, 1, 1], histogram.PixelCounts.ToArray());
        Assert.Equal((0.0, 8.0, 2.0), (histogram.LowCounts, histogram.HighCounts, histogram.UpperEdgeCounts(0)));
    }

    [Fact]
    public void Histogram_Bytes_CountsEveryLength()
    {
        Random random = new(2);
        for (int n = 1; n < 40; n++)
        {
            byte[] pixels = new byte[n];
            random.NextBytes(pixels);
            int[] expected = new int[256];
            foreach (byte pixel in pixels)
            {
                expected[pixel]++;
            }

            Assert.Equal(expected, IntensityHistogram.Of(new Raster<byte>(n, 1, pixels)).PixelCounts.ToArray());
        }
    }

    [Fact]
    public void Triangle_PeakWithTail_CutsAtTheTailsFoot()
    {
        // Counts 8 at 0, 2 at 1, 1 at 2 … 6, nothing at 7. The line from (0, 8) to (7, 0) lies above the histogram by 56/7·(1 − i/7) − count:
        // at 1: 6.857 − 2 = 4.857; at 2: 5.714 − 1 = 4.714. The foot is 1, the threshold one beyond it: 2.
        byte[] pixels = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4, 5, 6];
        Assert.Equal(2, Thresholds.Triangle(new Raster<byte>(15, 1, pixels)));

        // The other way round: counts mirrored at 255.
        Assert.Equal(253, Thresholds.Triangle(new Raster<byte>(15, 1, Array.ConvertAll(pixels, p => (byte)(255 - p)))));
    }

    [Fact]
    public void Triangle_Floats_AgreesWithBytes()
    {
        // Values 0 … 255 with both ends taken: 256 bins are the byte values, so the cut of bin k is the upper edge 255·(k + 1)/256.
        Func<double> normal = TestImages.Normal(3);
        byte[] pixels = new byte[5000];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)Math.Clamp(i < 4500 ? 60 + (8 * normal()) : 100 + (40 * normal()), 0, 255);
        }

        pixels[0] = 0;
        pixels[1] = 255;
        int level = Thresholds.Triangle(new Raster<byte>(100, 50, pixels));
        Assert.Equal(255.0 * (level + 1) / 256, Thresholds.Triangle(new Raster<float>(100, 50, Array.ConvertAll(pixels, p => (float)p))), 1e-9);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 2)]
    [InlineData(0.5, 3)]
    [InlineData(0.6, 3.4)]
    [InlineData(1, 5)]
    public void Quantile_OneToFive_InterpolatesLinearly(double fraction, double expected) =>
        Assert.Equal(expected, Thresholds.Quantile(TestImages.Image(5, 4, 1, 5, 3, 2), fraction), 1e-12);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    [InlineData(1000)]
    [InlineData(40000)]
    public void Quantile_RandomValues_EqualsTheSortedList(int n)
    {
        Random random = new(n);
        foreach (int levels in new[] { 3, 50, 1_000_000 })
        {
            float[] values = new float[n];
            for (int i = 0; i < n; i++)
            {
                values[i] = (random.Next(levels) - (levels / 3)) * 0.37f;
            }

            float[] sorted = [.. values.Order()];
            foreach (double fraction in new[] { 0, 0.001, 0.3, 0.5, 0.77, 1 })
            {
                double place = fraction * (n - 1);
                int k = (int)place;
                double expected = sorted[k] + ((place - k) * ((double)sorted[Math.Min(k + 1, n - 1)] - sorted[k]));
                Assert.Equal(expected, Thresholds.Quantile(new Raster<float>(n, 1, values), fraction), 1e-9 * levels);
            }
        }
    }

    [Fact]
    public void Quantile_NothingWithin_Throws() =>
        Assert.Throws<ArgumentException>(() => Thresholds.Quantile(TestImages.Random(2, 2, 1), 0.5, TestImages.Mask("..", "..")));

    [Theory]
    [InlineData(0.1)]
    [InlineData(20)]
    public void Noise_WhiteOnARampWithParticles_IsFound(double sigma)
    {
        // 300 × 200 responses, their s.d. known to 0.4 % if they were independent; neighbours share pixels, which doubles that; the particles' rims add. 3 %.
        Func<double> normal = TestImages.Normal(12);
        Raster<float> image = TestImages.Drawn(300, 200, (x, y) =>
            (0.1 * x) + (0.0002 * y * y) + ((((x % 50) - 25) * ((x % 50) - 25)) + (((y % 50) - 25) * ((y % 50) - 25)) < 100 ? 50 * sigma : 0) + (sigma * normal()));
        Assert.InRange(NoiseEstimator.SigmaCounts(image)!.Value, 0.97 * sigma, 1.03 * sigma);
    }

    [Fact]
    public void Noise_RoundedToIntegers_IncludesTheRounding()
    {
        // σ² + 1/12 for rounding to whole counts: √(1 + 1/12) = 1.041.
        Func<double> normal = TestImages.Normal(13);
        Raster<float> image = TestImages.Drawn(256, 256, (_, _) => Math.Round(100 + normal()));
        Assert.InRange(NoiseEstimator.SigmaCounts(image)!.Value, 1.041 * 0.97, 1.041 * 1.03);
    }

    [Fact]
    public void Noise_QuadraticSurface_IsZero()
    {
        Raster<float> image = TestImages.Drawn(20, 20, (x, y) => (x * x) + (2 * y * y) + (x * y));
        Assert.Equal(0.0, NoiseEstimator.SigmaCounts(image));
    }

    [Fact]
    public void Noise_Within_LooksOnlyThere()
    {
        Func<double> normal = TestImages.Normal(14);
        Raster<float> image = TestImages.Drawn(200, 100, (x, _) => (x < 100 ? 1 : 10) * normal());
        byte[] left = new byte[20000];
        for (int i = 0; i < left.Length; i++)
        {
            left[i] = i % 200 < 100 ? (byte)1 : (byte)0;
        }

        Assert.InRange(NoiseEstimator.SigmaCounts(image, new Raster<byte>(200, 100, left))!.Value, 0.96, 1.04);
    }

    [Fact]
    public void Noise_TooFewPixels_IsUnknown()
    {
        Assert.Null(NoiseEstimator.SigmaCounts(TestImages.Random(5, 5, 1)));
        Assert.Null(NoiseEstimator.SigmaCounts(TestImages.Random(500, 2, 1)));
        Assert.NotNull(NoiseEstimator.SigmaCounts(TestImages.Random(6, 6, 1)));
    }

    [Fact]
    public void Finite_PassedOnce_IsRemembered()
    {
        Raster<float> image = TestImages.Random(4, 4, 1);
        Assert.False(image.IsKnownFinite);
        Guard.Finite(image);
        Assert.True(image.IsKnownFinite);
    }

    [Fact]
    public void Finite_BadPixelAnywhere_Throws()
    {
        foreach ((int width, int height) in TestImages.Shapes)
        {
            for (int at = 0; at < width * height; at += 1 + (width * height / 40))
            {
                float[] pixels = new float[width * height];
                pixels[at] = at % 2 == 0 ? float.NaN : float.NegativeInfinity;
                ArgumentException exception = Assert.Throws<ArgumentException>(() => Guard.Finite(new Raster<float>(width, height, pixels), "image"));
                Assert.Contains($"x = {at % width}, y = {at / width} ", exception.Message, StringComparison.Ordinal);
                Assert.Equal("image", exception.ParamName);
            }
        }
    }
}
