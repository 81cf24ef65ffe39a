namespace ImageAnalysis.Imaging.Tests;

public class ResampleTests
{
    [Fact]
    public void Bilinear_BetweenFourPixels_IsLinear()
    {
        Raster<float> image = TestImages.Image(2, 1, 3, 5, 11);

        // 0.75·(0.5·1 + 0.5·3) + 0.25·(0.5·5 + 0.5·11) = 1.5 + 2 = 3.5.
        Assert.Equal(3.5, Resample.Bilinear(image, 0.5, 0.25), 1e-12);
        Assert.Equal(11, Resample.Bilinear(image, 1, 1), 1e-12);
        Assert.Equal(3, Resample.Bilinear(image, 9, -4), 1e-12); // the nearest place on the edge
    }

    [Fact]
    public void Bicubic_QuadraticSurface_IsExactInside()
    {
        Raster<float> image = TestImages.Drawn(9, 9, (x, y) => (x * x) - (3 * x * y) + (2 * y * y) + 1);
        Assert.Equal((3.3 * 3.3) - (3 * 3.3 * 4.6) + (2 * 4.6 * 4.6) + 1, Resample.Bicubic(image, 3.3, 4.6), 1e-9);
        Assert.Equal(image[5, 2], Resample.Bicubic(image, 5, 2), 1e-9);
        Assert.Equal(image[0, 8], Resample.Bicubic(image, -5, 100), 1e-9);
    }

    [Fact]
    public void Sampling_EveryShape_WorksAtTheEdges()
    {
        foreach ((int width, int height) in TestImages.Shapes)
        {
            Raster<float> image = TestImages.Drawn(width, height, (_, _) => 6);
            Assert.Equal(6, Resample.Bilinear(image, width - 1, height - 1), 1e-9);
            Assert.Equal(6, Resample.Bicubic(image, width - 1, height - 0.5), 1e-9);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => Resample.Bilinear(TestImages.Random(2, 2, 1), double.NaN, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Resample.Bicubic(TestImages.Random(2, 2, 1), 0, double.PositiveInfinity));
    }

    [Fact]
    public void Downsample_FiveByThreeByTwo_AveragesWhatThereIs()
    {
        Raster<float> image = TestImages.Image(
            5,
            1, 2, 3, 4, 5,
            6, 7, 8, 9, 10,
            11, 12, 13, 14, 15);
        Raster<float> small = Resample.Downsample(image, 2);
        Assert.Equal((3, 2), (small.WidthPx, small.HeightPx));
        Assert.Equal([4f, 6, 7.5f, 11.5f, 13.5f, 15], small.ToArray()); // (1+2+6+7)/4, (3+4+8+9)/4, (5+10)/2 | (11+12)/2, (13+14)/2, 15
        Assert.Equal(image.ToArray(), Resample.Downsample(image, 1).ToArray());
        Assert.Equal([8f], Resample.Downsample(image, 9).ToArray());
    }

    [Fact]
    public void Downsample_EveryShape_KeepsTheMeanOfWholeSquares()
    {
        Raster<float> image = TestImages.Random(66, 44, 4);
        foreach (int factor in new[] { 2, 11, 22 })
        {
            Assert.Equal(image.ToArray().Average(v => (double)v), Resample.Downsample(image, factor).ToArray().Average(v => (double)v), 1e-4);
        }
    }
}
