namespace ImageAnalysis.Imaging.Tests;

public class GaussianFilterTests
{
    [Fact]
    public void Smooth_DeltaInFiveByFive_GivesTheKernelsProduct()
    {
        // σ = 0.5 has radius 2. Weights e⁰, e⁻², e⁻⁸ = 1, 0.13533528, 0.00033546; their sum 1 + 2·(0.13533528 + 0.00033546) = 1.27134149,
        // so k = 0.78657072, 0.10645077, 0.00026387. At the edge, two pixels away, the mirror shows the delta once more on the other side: 2 · 0.00026387.
        float[] delta = new float[25];
        delta[12] = 1;
        Raster<float> smooth = GaussianFilter.Smooth(TestImages.Image(5, delta), 0.5);
        double[] k = [0.00052774, 0.10645077, 0.78657072, 0.10645077, 0.00052774];
        for (int y = 0; y < 5; y++)
        {
            for (int x = 0; x < 5; x++)
            {
                Assert.Equal(k[x] * k[y], smooth[x, y], 2e-7);
            }
        }
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(2)]
    [InlineData(7.9)]
    [InlineData(12)]
    [InlineData(20)]
    [InlineData(35)]
    public void Smooth_Constant_StaysConstantUpToTheEdge(double sigma)
    {
        foreach ((int width, int height) in TestImages.Shapes)
        {
            Raster<float> smooth = GaussianFilter.Smooth(TestImages.Drawn(width, height, (_, _) => 1000), sigma);

            // Kernels sum to 1 within the rounding of their float weights (6e-8 each way).
            TestImages.AssertClose(TestImages.Drawn(width, height, (_, _) => 1000).Pixels, smooth.Pixels, 1000 * 5e-7);
        }
    }

    [Theory]
    [InlineData(0.7, 0.7)]
    [InlineData(2, 2)]
    [InlineData(1, 3)]
    [InlineData(6, 0)]
    [InlineData(0, 2.5)]
    [InlineData(11, 11)]
    [InlineData(10, 25)]
    [InlineData(60, 60)]
    public void Smooth_RandomImages_EqualsTheSumWithMirroredEdges(double sigmaX, double sigmaY)
    {
        foreach ((int width, int height) in TestImages.Shapes.Append((130, 90)))
        {
            Raster<float> image = TestImages.Random(width, height, 7);
            double[] expected = Direct(image, sigmaX, sigmaY);
            ReadOnlySpan<float> smooth = GaussianFilter.Smooth(image, sigmaX, sigmaY).Pixels;
            for (int i = 0; i < expected.Length; i++)
            {
                // Values up to 100 in single precision; for wide Gaussians the stated 1e-4 of the range allows 0.01, and 0.002 is held.
                double tolerance = Math.Max(sigmaX, sigmaY) > 8 ? 2e-3 : 3e-5;
                Assert.True(Math.Abs(expected[i] - smooth[i]) < tolerance, $"{width} × {height}, pixel {i}: expected {expected[i]}, got {smooth[i]}.");
            }
        }
    }

    [Fact]
    public void Smooth_TwoWidths_EqualsOneDirectionAfterTheOther()
    {
        Raster<float> image = TestImages.Random(37, 29, 3);
        Raster<float> both = GaussianFilter.Smooth(image, 1.5, 3);
        Raster<float> inTurn = GaussianFilter.Smooth(GaussianFilter.Smooth(image, 1.5, 0), 0, 3);
        TestImages.AssertClose(both.Pixels, inTurn.Pixels, 2e-5); // rounding of values up to 100
    }

    [Fact]
    public void Smooth_TwiceWithSigma_EqualsOnceWithSigmaTimesRootTwo()
    {
        // Exact for Gaussians without end; cut at 4σ each leaves a few 1e-5 of the range.
        Raster<float> image = TestImages.Random(200, 180, 5);
        Raster<float> twice = GaussianFilter.Smooth(GaussianFilter.Smooth(image, 10), 10);
        Raster<float> once = GaussianFilter.Smooth(image, 10 * Math.Sqrt(2));
        TestImages.AssertClose(once.Pixels, twice.Pixels, 100 * 1e-4);
    }

    [Fact]
    public void Smooth_SigmaZero_ReturnsTheImage()
    {
        Raster<float> image = TestImages.Random(9, 4, 1);
        Assert.Equal(image.ToArray(), GaussianFilter.Smooth(image, 0).ToArray());
    }

    [Fact]
    public void Smooth_SameInput_GivesTheSameBits()
    {
        Raster<float> image = TestImages.Random(129, 77, 11);
        Assert.Equal(GaussianFilter.Smooth(image, 2).ToArray(), GaussianFilter.Smooth(image, 2).ToArray());
        Assert.Equal(GaussianFilter.Smooth(image, 20).ToArray(), GaussianFilter.Smooth(image, 20).ToArray());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Smooth_PixelNotFinite_ThrowsAndNamesIt(float bad)
    {
        float[] pixels = new float[35 * 3];
        pixels[(2 * 35) + 33] = bad;
        ArgumentException exception = Assert.Throws<ArgumentException>(() => GaussianFilter.Smooth(new Raster<float>(35, 3, pixels), 1));
        Assert.Contains("x = 33, y = 2", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5000)]
    [InlineData(double.NaN)]
    public void Smooth_SigmaOutOfRange_Throws(double sigma) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianFilter.Smooth(TestImages.Random(3, 3, 1), sigma));

    [Fact]
    public void Laplacian_Parabola_GivesItsSecondDerivative()
    {
        // I = 3x² + y²: σx²·6 + σy²·2 = 4·6 + 2.25·2 = 28.5 away from the edge.
        Raster<float> image = TestImages.Drawn(41, 41, (x, y) => (3 * (x - 20) * (x - 20)) + ((y - 20) * (y - 20)));
        Raster<float> laplacian = LaplacianOfGaussian.Filter(image, 2, 1.5);
        Assert.Equal(28.5, laplacian[20, 20], 1e-3); // single precision of sums of values up to 1600
    }

    [Fact]
    public void Laplacian_Constant_IsZero()
    {
        Raster<float> laplacian = LaplacianOfGaussian.Filter(TestImages.Drawn(30, 20, (_, _) => 500), 3);
        TestImages.AssertClose(new float[600], laplacian.Pixels, 2e-4); // 500 × rounding of 31 + 31 weights
    }

    [Theory]
    [InlineData(10)]
    [InlineData(40)]
    public void Laplacian_DiscAtItsScale_AnswersWithMinusTwoOverE(double radius)
    {
        // Disc of height 100, σ = r/√2: −(r²/σ²)·e^(−r²/2σ²) = −2/e = −0.7358 at the centre; the pixelated disc's area is right to 1 %.
        int size = (int)(6 * radius) + 1;
        int c = size / 2;
        Raster<float> image = TestImages.Drawn(size, size, (x, y) => ((x - c) * (x - c)) + ((y - c) * (y - c)) <= radius * radius ? 100 : 0);
        Raster<float> laplacian = LaplacianOfGaussian.Filter(image, radius / Math.Sqrt(2));
        Assert.Equal(-73.58, laplacian[c, c], 0.8);
    }

    [Theory]
    [InlineData(1.2, 1.2)]
    [InlineData(9, 9)]
    [InlineData(14, 11)]
    [InlineData(30, 30)]
    public void Laplacian_RandomImages_EqualsTheDirectSum(double sigmaX, double sigmaY)
    {
        Raster<float> image = TestImages.Random(90, 75, 2);
        int radiusX = (int)Math.Ceiling(5 * sigmaX);
        int radiusY = (int)Math.Ceiling(5 * sigmaY);
        double[] gx = GaussianKernel.Smoothing(sigmaX, radiusX);
        double[] gy = GaussianKernel.Smoothing(sigmaY, radiusY);
        double[] first = Direct(image, GaussianKernel.SecondDerivative(sigmaX, radiusX), gy);
        double[] second = Direct(image, gx, GaussianKernel.SecondDerivative(sigmaY, radiusY));
        ReadOnlySpan<float> laplacian = LaplacianOfGaussian.Filter(image, sigmaX, sigmaY).Pixels;
        for (int i = 0; i < first.Length; i++)
        {
            double tolerance = sigmaX > 8 ? 2e-3 : 5e-5; // 2e-5 of the range for wide Gaussians, rounding else
            Assert.True(Math.Abs(first[i] + second[i] - laplacian[i]) < tolerance, $"Pixel {i}: expected {first[i] + second[i]}, got {laplacian[i]}.");
        }
    }

    [Fact]
    public void DifferenceOfGaussians_IsTheDifferenceOfTwoSmoothings()
    {
        Raster<float> image = TestImages.Random(45, 38, 9);
        float[] expected = GaussianFilter.Smooth(image, 1).ToArray();
        ReadOnlySpan<float> large = GaussianFilter.Smooth(image, 3).Pixels;
        for (int i = 0; i < expected.Length; i++)
        {
            expected[i] -= large[i];
        }

        TestImages.AssertClose(expected, DifferenceOfGaussians.Filter(image, 1, 3).Pixels, 2e-5);
        Assert.Throws<ArgumentOutOfRangeException>(() => DifferenceOfGaussians.Filter(image, 3, 3));
    }

    private static double[] Direct(Raster<float> image, double sigmaX, double sigmaY) =>
        Direct(image, GaussianFilter.Kernel(sigmaX), GaussianFilter.Kernel(sigmaY));

    private static double[] Direct(Raster<float> image, double[] kx, double[] ky)
    {
        int width = image.WidthPx;
        int height = image.HeightPx;
        double[] rows = new double[width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                for (int i = 0; i < kx.Length; i++)
                {
                    rows[(y * width) + x] += kx[i] * image.Pixels[(y * width) + Mirror(x + i - (kx.Length / 2), width)];
                }
            }
        }

        double[] sums = new double[width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                for (int i = 0; i < ky.Length; i++)
                {
                    sums[(y * width) + x] += ky[i] * rows[(Mirror(y + i - (ky.Length / 2), height) * width) + x];
                }
            }
        }

        return sums;
    }

    // Bounces step by step: slow and plain.
    private static int Mirror(int i, int n)
    {
        while (n > 1 && (i < 0 || i >= n))
        {
            i = i < 0 ? -i : (2 * (n - 1)) - i;
        }

        return n == 1 ? 0 : i;
    }
}
