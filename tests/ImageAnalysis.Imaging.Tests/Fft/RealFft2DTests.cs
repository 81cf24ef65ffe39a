using System.Numerics;

namespace ImageAnalysis.Imaging.Tests;

public class RealFft2DTests
{
    // Single precision rounds to 6e-8; each of the few passes adds its own rounding error at random.
    private const double Tolerance = 3e-7;

    [Fact]
    public void Forward_FourByFour_EqualsHandComputedSpectrum()
    {
        // Two pixels of 4 × 4 are not zero: f(1, 0) = 2 and f(0, 2) = 1, so F(u, v) = 2 (−i)^u + (−1)^v.
        float[] image = new float[16];
        image[1] = 2;
        image[8] = 1;
        HalfSpectrum spectrum = RealFft2D.Forward(new Raster<float>(4, 4, image));
        Complex[] byColumn = [2, new(0, -2), -2, new(0, 2)];
        for (int v = 0; v < 4; v++)
        {
            for (int u = 0; u < 4; u++)
            {
                // Sums and differences of small integers are exact.
                Assert.Equal(byColumn[u] + (v % 2 == 0 ? 1 : -1), spectrum[u, v]);
            }
        }
    }

    [Fact]
    public void Forward_FiveByThree_EqualsHandComputedSpectrum()
    {
        // Width 5, height 3: f(x, y) = x. The rows are equal, so F(u, v) = 0 for v > 0 and 3 Σ x w^(ux) for v = 0, w = exp(−2πi/5).
        // Σ x = 10; and Σ_x x w^(ux) = 5 / (w^u − 1) = −5/2 + (5i/2) cot(πu/5): cot 36° = 1.3763819205, cot 72° = 0.3249196962.
        float[] image = [0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4];
        HalfSpectrum spectrum = RealFft2D.Forward(new Raster<float>(5, 3, image));
        Complex[] expected = [30, new(-7.5, 7.5 * 1.3763819205), new(-7.5, 7.5 * 0.3249196962)];
        Assert.Equal(3, spectrum.ColumnCount);
        for (int v = 0; v < 3; v++)
        {
            for (int u = 0; u < 3; u++)
            {
                // A few roundings of numbers up to 12, 6e-8 each.
                Assert.True(Complex.Abs((v == 0 ? expected[u] : 0) - spectrum[u, v]) < 5e-6, $"({u}, {v}): {spectrum[u, v]}");
            }
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 2)]
    [InlineData(7, 5)]
    [InlineData(8, 8)]
    [InlineData(9, 16)]
    [InlineData(16, 17)]
    [InlineData(1, 64)]
    [InlineData(128, 1)]
    [InlineData(32, 64)]
    [InlineData(15, 49)]
    [InlineData(63, 50)]
    [InlineData(120, 126)]
    [InlineData(11, 13)] // primes with a butterfly of the general kind
    [InlineData(62, 58)]
    [InlineData(37, 41)] // primes through the chirp transform
    [InlineData(67, 24)]
    [InlineData(101, 103)]
    [InlineData(83, 131)] // convolutions of 192 and 288
    [InlineData(149, 263)] // convolutions of 320 and 576; 240 is that of 97 and 107
    [InlineData(97, 107)]
    [InlineData(74, 128)]
    [InlineData(256, 16)]
    [InlineData(16, 512)]
    [InlineData(1024, 8)]
    [InlineData(4, 2048)]
    [InlineData(500, 33)]
    [InlineData(200, 211)]
    public void Forward_AnySize_AgreesWithTheDefinition(int width, int height)
    {
        float[] image = DirectTransform.Noise(width * height, 1);
        HalfSpectrum spectrum = RealFft2D.Forward(new Raster<float>(width, height, image));
        Complex[,] expected = DirectTransform.Forward(image, width, height);
        double error = DirectTransform.RelativeError(expected, (u, v) => spectrum[u, v]);
        Assert.True(error <= Tolerance, $"relative error {error:E2}");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(5, 1)]
    [InlineData(17, 30)]
    [InlineData(24, 37)]
    [InlineData(48, 64)]
    [InlineData(64, 20)]
    [InlineData(512, 256)]
    public void Inverse_OfForward_IsTheImage(int width, int height)
    {
        Raster<float> image = new(width, height, DirectTransform.Noise(width * height, 2));
        Raster<float> back = RealFft2D.Inverse(RealFft2D.Forward(image));
        double difference = 0;
        double size = 0;
        for (int i = 0; i < image.PixelCount; i++)
        {
            difference += Math.Pow(image.Pixels[i] - back.Pixels[i], 2);
            size += Math.Pow(image.Pixels[i], 2);
        }

        // Two transforms, so √2 times the error of one.
        Assert.True(Math.Sqrt(difference / size) <= Math.Sqrt(2) * Tolerance);
    }

    [Fact]
    public void Inverse_SpectrumThatIsNoRealImages_KeepsTheRealPartOfItsInverse()
    {
        // F(0, 1) = 8 + 8i alone in 4 × 4; the part with F(0, −1) = F(0, 1)* is 4 + 4i at v = 1 and 4 − 4i at v = 3. Their image is
        // (2/16) Re[(4 + 4i) i^y] = ½ cos(πy/2) − ½ sin(πy/2): ½, −½, −½, ½.
        HalfSpectrum spectrum = new(4, 4);
        spectrum.Re[spectrum.Stride] = 8;
        spectrum.Im[spectrum.Stride] = 8;
        Raster<float> image = RealFft2D.Inverse(spectrum);
        float[] expected = [0.5f, -0.5f, -0.5f, 0.5f];
        for (int y = 0; y < 4; y++)
        {
            Assert.All(image.Row(y).ToArray(), value => Assert.Equal(expected[y], value));
        }
    }

    [Fact]
    public void Inverse_Spectrum_IsLeftAsItIs()
    {
        HalfSpectrum spectrum = RealFft2D.Forward(new Raster<float>(40, 24, DirectTransform.Noise(960, 3)));
        float[] re = spectrum.Re.ToArray();
        float[] im = spectrum.Im.ToArray();
        RealFft2D.Inverse(spectrum);
        Assert.Equal(re, spectrum.Re.ToArray());
        Assert.Equal(im, spectrum.Im.ToArray());
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(45, 28)]
    public void PowerSpectrumOf_AnyImage_SumsToPixelCountTimesSumOfSquares(int width, int height)
    {
        // Parseval's theorem for the unscaled transform.
        Raster<float> image = new(width, height, DirectTransform.Noise(width * height, 4));
        double squares = 0;
        foreach (float value in image.Pixels)
        {
            squares += (double)value * value;
        }

        double power = 0;
        foreach (float value in RealFft2D.PowerSpectrumOf(image).Pixels)
        {
            power += value;
        }

        // Twice the relative error of the amplitudes, at most, were all errors of one sign.
        Assert.Equal(1, power / (width * height * squares), 2 * Tolerance);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 5)]
    [InlineData(33, 4)]
    [InlineData(50, 9)]
    public void PowerSpectrumOf_AnySize_IsTheSquaredSpectrumWithZeroInTheMiddle(int width, int height)
    {
        Raster<float> image = new(width, height, DirectTransform.Noise(width * height, 10));
        HalfSpectrum spectrum = RealFft2D.Forward(image);
        Raster<float> power = RealFft2D.PowerSpectrumOf(image);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                // Negative frequencies are the conjugates of the positive ones. (For −width/2 the indexer would take the stored
                // +width/2 of the same row, which is rounded differently.)
                int u = x - (width / 2);
                int v = y - (height / 2);
                Complex value = u < 0 ? spectrum[-u, -v] : spectrum[u, v];

                // Two products and a sum in single precision: at most 2 · 6e-8 of the result.
                Assert.Equal(1, power[x, y] / ((value.Real * value.Real) + (value.Imaginary * value.Imaginary)), 1.3e-7);
            }
        }
    }

    [Fact]
    public void PowerSpectrumOf_Wave_HasItsPeaksAroundTheMiddle()
    {
        // cos 2π(3x/16 − 2y/9): |F| = N/2 at (3, −2) and (−3, 2); the middle of 16 × 9 is (8, 4). Power (144/2)² = 5184.
        float[] image = new float[16 * 9];
        for (int i = 0; i < image.Length; i++)
        {
            image[i] = (float)Math.Cos(2 * Math.PI * ((3.0 * (i % 16) / 16) - (2.0 * (i / 16) / 9)));
        }

        Raster<float> power = RealFft2D.PowerSpectrumOf(new Raster<float>(16, 9, image));
        for (int y = 0; y < 9; y++)
        {
            for (int x = 0; x < 16; x++)
            {
                bool peak = (x, y) is (11, 2) or (5, 6);

                // Relative to the peak: two amplitude errors of 3e-7; off the peak the square of an amplitude of 72 · 3e-7.
                Assert.Equal(peak ? 5184 : 0, power[x, y], peak ? 5184 * 2 * Tolerance : 1e-8);
            }
        }
    }

    [Fact]
    public void Forward_ShiftedImage_TurnsThePhasesOnly()
    {
        // f(x − 5, y − 2), cyclic, has F(u, v) exp(−2πi(5u/48 + 2v/30)).
        const int width = 48;
        const int height = 30;
        float[] image = DirectTransform.Noise(width * height, 5);
        float[] shifted = new float[image.Length];
        for (int i = 0; i < image.Length; i++)
        {
            int x = ((i % width) + 5) % width;
            int y = ((i / width) + 2) % height;
            shifted[(y * width) + x] = image[i];
        }

        HalfSpectrum spectrum = RealFft2D.Forward(new Raster<float>(width, height, image));
        HalfSpectrum ofShifted = RealFft2D.Forward(new Raster<float>(width, height, shifted));
        Complex[,] expected = new Complex[height, width];
        for (int v = 0; v < height; v++)
        {
            for (int u = 0; u < width; u++)
            {
                expected[v, u] = spectrum[u, v] * Complex.FromPolarCoordinates(1, -2 * Math.PI * ((5.0 * u / width) + (2.0 * v / height)));
            }
        }

        // Both sides carry the error of a transform.
        Assert.True(DirectTransform.RelativeError(expected, (u, v) => ofShifted[u, v]) <= Math.Sqrt(2) * Tolerance);
    }

    [Fact]
    public void Forward_SumOfImages_IsTheSumOfSpectra()
    {
        const int width = 40;
        const int height = 42;
        float[] first = DirectTransform.Noise(width * height, 6);
        float[] second = DirectTransform.Noise(width * height, 7);
        float[] both = [.. first.Zip(second, (a, b) => (2 * a) - (3 * b))];
        HalfSpectrum ofFirst = RealFft2D.Forward(new Raster<float>(width, height, first));
        HalfSpectrum ofSecond = RealFft2D.Forward(new Raster<float>(width, height, second));
        HalfSpectrum ofBoth = RealFft2D.Forward(new Raster<float>(width, height, both));
        Complex[,] expected = new Complex[height, width];
        for (int v = 0; v < height; v++)
        {
            for (int u = 0; u < width; u++)
            {
                expected[v, u] = (2 * ofFirst[u, v]) - (3 * ofSecond[u, v]);
            }
        }

        Assert.True(DirectTransform.RelativeError(expected, (u, v) => ofBoth[u, v]) <= Math.Sqrt(2) * Tolerance);
    }

    [Fact]
    public void Forward_ManyThreadsWithOnePlan_GiveTheSameBits()
    {
        const int width = 96;
        const int height = 100;
        RealFft2D plan = RealFft2D.Plan(width, height);
        Assert.Same(plan, RealFft2D.Plan(width, height));
        float[][] images = [.. Enumerable.Range(0, 16).Select(seed => DirectTransform.Noise(width * height, seed))];
        float[][] alone = [.. images.Select(image => Values(plan, image))];
        float[][] together = new float[images.Length][];
        Parallel.For(0, images.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => together[i] = Values(plan, images[i]));
        for (int i = 0; i < images.Length; i++)
        {
            Assert.Equal(alone[i], together[i]);
        }

        static float[] Values(RealFft2D plan, float[] image)
        {
            HalfSpectrum spectrum = new(width, height);
            plan.Forward(image, spectrum);
            return [.. spectrum.Re, .. spectrum.Im];
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Forward_ImageWithoutNumber_Throws(float value)
    {
        float[] image = new float[20 * 30];
        image[411] = value;
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => RealFft2D.Forward(new Raster<float>(20, 30, image)));
        Assert.Contains("NaN", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inverse_SpectrumWithoutNumber_Throws()
    {
        HalfSpectrum spectrum = new(20, 30);
        spectrum.Re[(17 * spectrum.Stride) + 9] = float.NaN;
        Assert.Throws<ArgumentException>(() => RealFft2D.Inverse(spectrum));
    }

    [Fact]
    public void Forward_OtherSizeThanThePlans_Throws()
    {
        RealFft2D plan = RealFft2D.Plan(8, 6);
        Assert.Throws<ArgumentException>(() => plan.Forward(new float[47], new HalfSpectrum(8, 6)));
        Assert.Throws<ArgumentException>(() => plan.Forward(new float[48], new HalfSpectrum(6, 8)));
        Assert.Throws<ArgumentOutOfRangeException>(() => RealFft2D.Plan(0, 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HalfSpectrum(8, 0));
    }

    [Theory]
    [InlineData(12, 7)]
    [InlineData(9, 8)]
    [InlineData(2, 3)]
    [InlineData(1, 4)]
    public void CopyTo_WholeSpectrum_IsTheComplexTransform(int width, int height)
    {
        float[] image = DirectTransform.Noise(width * height, 8);
        Complex[,] expected = DirectTransform.Forward(image, width, height);
        ComplexRaster whole = new(width, height);
        RealFft2D.Forward(new Raster<float>(width, height, image)).CopyTo(whole);
        Assert.True(DirectTransform.RelativeError(expected, (u, v) => whole[u, v]) <= Tolerance);
        Assert.Throws<ArgumentException>(() => new HalfSpectrum(width, height).CopyTo(new ComplexRaster(width, height + 1)));
    }

    [Fact]
    public void ForwardAndInverse_CalledAgain_AllocateNothing()
    {
        float[] image = DirectTransform.Noise(128 * 96, 9);
        RealFft2D plan = RealFft2D.Plan(128, 96);
        HalfSpectrum spectrum = new(128, 96);
        for (int warmUp = 0; warmUp < 3; warmUp++)
        {
            plan.Forward(image, spectrum);
            plan.Inverse(spectrum, image);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        plan.Forward(image, spectrum);
        plan.Inverse(spectrum, image);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
