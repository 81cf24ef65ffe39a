using System.Numerics;

namespace ImageAnalysis.Imaging.Tests;

public class ComplexFft2DTests
{
    // As for the real transform.
    private const double Tolerance = 3e-7;

    [Fact]
    public void Forward_FourByTwo_EqualsHandComputedSpectrum()
    {
        // f(1, 0) = 2i and f(0, 1) = 1, so F(u, v) = 2i (−i)^u + (−1)^v.
        ComplexRaster image = new(4, 2);
        image.Im[1] = 2;
        image.Re[image.Stride] = 1;
        ComplexRaster spectrum = new(4, 2);
        ComplexFft2D.Plan(4, 2).Forward(image, spectrum);
        Complex[] byColumn = [new(0, 2), 2, new(0, -2), -2];
        for (int u = 0; u < 4; u++)
        {
            Assert.Equal(byColumn[u] + 1, spectrum[u, 0]);
            Assert.Equal(byColumn[u] - 1, spectrum[u, 1]);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(1, 50)]
    [InlineData(81, 1)]
    [InlineData(16, 24)]
    [InlineData(23, 21)]
    [InlineData(64, 128)]
    [InlineData(53, 40)]
    [InlineData(100, 84)]
    public void ForwardAndInverse_AnySize_AgreeWithTheDefinition(int width, int height)
    {
        ComplexRaster image = Noise(width, height, 1);
        Complex[,] values = Values(image);
        ComplexRaster spectrum = new(width, height);
        ComplexFft2D plan = ComplexFft2D.Plan(width, height);
        plan.Forward(image, spectrum);
        Assert.True(DirectTransform.RelativeError(DirectTransform.Forward(values), (u, v) => spectrum[u, v]) <= Tolerance);

        // The inverse of x is conj(F(conj(x)))/N.
        Complex[,] conjugates = (Complex[,])values.Clone();
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                conjugates[y, x] = Complex.Conjugate(values[y, x]);
            }
        }

        ComplexRaster inverse = new(width, height);
        plan.Inverse(image, inverse);
        Assert.True(DirectTransform.RelativeError(DirectTransform.Forward(conjugates), (x, y) => Complex.Conjugate(inverse[x, y]) * width * height) <= Tolerance);
        Assert.Equal(values, Values(image));
    }

    [Fact]
    public void Inverse_OfForwardInPlace_IsTheImage()
    {
        ComplexRaster image = Noise(36, 56, 2);
        Complex[,] values = Values(image);
        ComplexFft2D plan = ComplexFft2D.Plan(36, 56);
        plan.Forward(image, image);
        plan.Inverse(image, image);
        Assert.True(DirectTransform.RelativeError(values, (x, y) => image[x, y]) <= Math.Sqrt(2) * Tolerance);
    }

    [Theory]
    [InlineData(40, 30, 0, 21)]
    [InlineData(40, 30, 3, 1)]
    [InlineData(40, 30, 8, 16)]
    [InlineData(40, 30, -5, 9)]
    [InlineData(40, 30, 35, 9)]
    [InlineData(40, 30, 17, 40)]
    [InlineData(37, 12, -3, 36)]
    [InlineData(1200, 900, -20, 60)] // large enough for columns to be read by rows
    public void InverseOfBand_AnyBand_IsTheInverseWithAllElseZero(int width, int height, int firstColumn, int columnCount)
    {
        ComplexRaster spectrum = Noise(width, height, 3);
        ComplexRaster zeroed = new(width, height);
        for (int k = 0; k < columnCount; k++)
        {
            int u = (firstColumn + k + width) % width;
            for (int v = 0; v < height; v++)
            {
                zeroed.Re[(v * zeroed.Stride) + u] = spectrum.Re[(v * spectrum.Stride) + u];
                zeroed.Im[(v * zeroed.Stride) + u] = spectrum.Im[(v * spectrum.Stride) + u];
            }
        }

        ComplexFft2D plan = ComplexFft2D.Plan(width, height);
        ComplexRaster expected = new(width, height);
        plan.Inverse(zeroed, expected);
        ComplexRaster image = new(width, height);
        plan.InverseOfBand(spectrum, firstColumn, columnCount, image);
        Assert.True(DirectTransform.RelativeError(Values(expected), (x, y) => image[x, y]) <= Math.Sqrt(2) * Tolerance);
    }

    [Fact]
    public void InverseOfBand_PositiveHalfOfARealImagesSpectrum_HasTheImageAsItsRealPart()
    {
        // With F(0, v) halved and the other columns of the positive half as they are, f = 2 Re of their inverse (odd width: no middle column).
        const int width = 45;
        const int height = 32;
        float[] pixels = DirectTransform.Noise(width * height, 4);
        HalfSpectrum half = RealFft2D.Forward(new Raster<float>(width, height, pixels));
        ComplexRaster wave = new(width, height);
        for (int v = 0; v < height; v++)
        {
            for (int u = 0; u < half.ColumnCount; u++)
            {
                float weight = u == 0 ? 1 : 2;
                wave.Re[(v * wave.Stride) + u] = weight * half.Re[(v * half.Stride) + u];
                wave.Im[(v * wave.Stride) + u] = weight * half.Im[(v * half.Stride) + u];
            }
        }

        ComplexFft2D.Plan(width, height).InverseOfBand(wave, 0, half.ColumnCount, wave);
        Complex[,] expected = new Complex[height, width];
        for (int i = 0; i < pixels.Length; i++)
        {
            expected[i / width, i % width] = pixels[i];
        }

        Assert.True(DirectTransform.RelativeError(expected, (x, y) => wave[x, y].Real) <= 2 * Tolerance);
    }

    [Fact]
    public void Forward_RasterWithoutNumber_Throws()
    {
        ComplexRaster image = new(12, 10);
        image.Im[(7 * image.Stride) + 3] = float.NaN;
        ComplexFft2D plan = ComplexFft2D.Plan(12, 10);
        Assert.Throws<ArgumentException>(() => plan.Forward(image, new ComplexRaster(12, 10)));
        Assert.Throws<ArgumentException>(() => plan.InverseOfBand(image, 3, 1, new ComplexRaster(12, 10)));

        // Outside the band nothing is looked at.
        plan.InverseOfBand(image, 4, 11, new ComplexRaster(12, 10));
    }

    [Fact]
    public void Transforms_WrongSizes_Throw()
    {
        ComplexFft2D plan = ComplexFft2D.Plan(12, 10);
        ComplexRaster right = new(12, 10);
        ComplexRaster wrong = new(10, 12);
        Assert.Throws<ArgumentException>(() => plan.Forward(wrong, right));
        Assert.Throws<ArgumentException>(() => plan.Inverse(right, wrong));
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.InverseOfBand(right, -13, 1, right));
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.InverseOfBand(right, 12, 1, right));
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.InverseOfBand(right, 0, 0, right));
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.InverseOfBand(right, 0, 13, right));
        Assert.Throws<ArgumentOutOfRangeException>(() => ComplexFft2D.Plan(1, 0));
    }

    private static ComplexRaster Noise(int width, int height, int seed)
    {
        ComplexRaster raster = new(width, height);
        DirectTransform.Noise(raster.Re.Length, seed).CopyTo(raster.Re);
        DirectTransform.Noise(raster.Im.Length, seed + 1000).CopyTo(raster.Im);
        return raster;
    }

    private static Complex[,] Values(ComplexRaster raster)
    {
        Complex[,] values = new Complex[raster.HeightPx, raster.WidthPx];
        for (int y = 0; y < raster.HeightPx; y++)
        {
            for (int x = 0; x < raster.WidthPx; x++)
            {
                values[y, x] = raster[x, y];
            }
        }

        return values;
    }
}
