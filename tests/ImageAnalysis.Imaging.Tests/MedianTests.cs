namespace ImageAnalysis.Imaging.Tests;

public class MedianTests
{
    // Wider than the strips of 512 px in which 3 × 3 windows are sorted, with and without a part of a strip or of a vector left over.
    private static readonly (int, int)[] WideShapes = [(512, 3), (513, 4), (520, 2), (1021, 5)];

    [Fact]
    public void Filter_FiveByFive_GivesTheMiddleOfNine()
    {
        Raster<float> image = TestImages.Image(
            5,
            1, 2, 3, 4, 5,
            6, 7, 8, 9, 10,
            11, 12, 99, 14, 15,
            16, 17, 18, 19, 20,
            21, 22, 23, 24, 25);
        Raster<float> median = MedianFilter.Filter(image, 1);
        Assert.Equal(14, median[2, 2]); // of 7 8 9 12 14 17 18 19 99
        Assert.Equal(2, median[0, 0]); // edge repeated: 1 1 1 1 2 2 6 6 7
        Assert.Equal(14, MedianFilter.Filter(image, 2)[2, 2]); // the 13th of 1 … 12, 14 … 25, 99
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(13)]
    public void Filter_RandomImages_EqualsTheSortedWindow(int radius)
    {
        foreach ((int width, int height) in TestImages.Shapes.Append((90, 45)).Concat(radius < 3 ? WideShapes : []))
        {
            foreach (Raster<float> image in new[] { TestImages.Random(width, height, 6), TestImages.Levels(width, height, 2, 7), TestImages.Levels(width, height, 5, 8) })
            {
                Raster<float> median = MedianFilter.Filter(image, radius);
                List<float> window = [];
                for (int y = 0; y < height; y++)
                {
                    for (int x = 0; x < width; x++)
                    {
                        window.Clear();
                        for (int dy = -radius; dy <= radius; dy++)
                        {
                            for (int dx = -radius; dx <= radius; dx++)
                            {
                                window.Add(image[Math.Clamp(x + dx, 0, width - 1), Math.Clamp(y + dy, 0, height - 1)]);
                            }
                        }

                        window.Sort();
                        Assert.Equal(window[window.Count / 2], median[x, y]);
                    }
                }
            }
        }
    }

    [Fact]
    public void Filter_NegativeAndMixedSigns_AreOrdered()
    {
        Raster<float> image = TestImages.Image(3, -5, 3, -1, 0, -2, 8, 1, -9, 4);
        Assert.Equal(0, MedianFilter.Filter(image, 1)[1, 1]); // −9 −5 −2 −1 0 1 3 4 8
        Raster<float> wide = TestImages.Drawn(20, 20, (x, y) => x + y - 19.5);
        Assert.Equal(-0.5f, MedianFilter.Filter(wide, 4)[10, 9]); // a plane's median is its middle: 10 + 9 − 19.5
    }

    [Fact]
    public void Replace_HotAndDeadPixels_AreReplacedAndCounted()
    {
        Func<double> normal = TestImages.Normal(4);
        float[] pixels = TestImages.Drawn(80, 60, (_, _) => 100 + normal()).ToArray();
        (int At, float Value)[] bad = [(5 * 80, 400), ((20 * 80) + 33, 30), ((20 * 80) + 34, 260), ((59 * 80) + 79, -500), ((40 * 80) + 70, 135)];
        foreach ((int at, float value) in bad)
        {
            pixels[at] = value;
        }

        Raster<float> image = new(80, 60, pixels);
        foreach (int radius in new[] { 1, 2 })
        {
            OutlierResult result = OutlierFilter.Replace(image, 8, radius);
            Assert.Equal(bad.Length, result.ReplacedPixelCount);
            for (int i = 0; i < pixels.Length; i++)
            {
                if (bad.Any(b => b.At == i))
                {
                    Assert.InRange(result.Image.Pixels[i], 95, 105);
                }
                else
                {
                    Assert.Equal(pixels[i], result.Image.Pixels[i]);
                }
            }
        }
    }

    [Fact]
    public void Replace_SmallParticles_AreLeftAlone()
    {
        // Particles of 6 px with a probe blur of 1 px (s.d.), 60 noise s.d. high, and sharp squares of 4 px: none of their pixels is an outlier.
        Func<double> normal = TestImages.Normal(5);
        float[] clean = new float[120 * 90];
        for (int y = 0; y < 90; y++)
        {
            for (int x = 0; x < 120; x++)
            {
                int u = x % 30;
                int v = y % 30;
                clean[(y * 120) + x] = x < 60 ? (u - 15) * (u - 15) + (v - 15) * (v - 15) <= 9 ? 60 : 0 : u is >= 13 and < 17 && v is >= 13 and < 17 ? 60 : 0;
            }
        }

        ReadOnlySpan<float> smooth = GaussianFilter.Smooth(new Raster<float>(120, 90, (float[])clean.Clone()), 1).Pixels;
        for (int i = 0; i < clean.Length; i++)
        {
            clean[i] = (float)((i % 120 < 60 ? smooth[i] : clean[i]) + normal());
        }

        Assert.Equal(0, OutlierFilter.Replace(new Raster<float>(120, 90, clean)).ReplacedPixelCount);
    }

    [Fact]
    public void Replace_NothingToReplace_ReturnsTheImage()
    {
        Raster<float> image = TestImages.Drawn(5, 5, (x, y) => x + y);
        OutlierResult result = OutlierFilter.Replace(image);
        Assert.Same(image, result.Image);
        Assert.Equal(0, result.ReplacedPixelCount);
    }
}
