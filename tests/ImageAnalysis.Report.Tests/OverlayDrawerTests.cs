using ImageAnalysis.Formats;
using ImageAnalysis.Formats.Png;
using ImageAnalysis.Imaging;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Report.Tests;

public sealed class OverlayDrawerTests
{
    // Pictures stay small: four times the image and no more.
    private static readonly OverlayOptions _plain = new() { WantedWidthPx = 400, WantedParticlePx = 1, ShowNumbers = false, ShowLongAxes = false, OutlineWidthPx = 1 };

    private static readonly Colour _counted = ParticleStates.ColourOf(ParticleState.Counted);

    private static bool Is(RgbImage image, int x, int y, Colour colour) => image[x, y] == (colour.Red, colour.Green, colour.Blue);

    [Fact]
    public void Outline_LiesWhereItWasMeasured()
    {
        // A square from 29.875 to 70.125 px; enlarged four times, pixel centres go to 4·(x + 0.5) − 0.5: 121 and 282, both whole.
        RgbImage image = OverlayDrawer.Draw(Drawn.Flat(100, 100), [Drawn.Square(1, 50, 50, 20.125)], _plain);

        Assert.Equal(400, image.WidthPx);
        foreach (int at in new[] { 130, 200, 270 })
        {
            Assert.True(Is(image, at, 121, _counted), $"top at {at}");
            Assert.True(Is(image, at, 282, _counted), $"bottom at {at}");
            Assert.True(Is(image, 121, at, _counted), $"left at {at}");
            Assert.True(Is(image, 282, at, _counted), $"right at {at}");
        }

        // One pixel wide: nothing beside it.
        Assert.Equal((0, 0, 0), (image[200, 120].Blue, image[200, 122].Blue, image[200, 200].Blue));
    }

    [Fact]
    public void LongAxis_AndNumber_AreDrawnOnDemand()
    {
        SizeMeasurement[] particles = [Drawn.Square(7, 50, 50, 20)];
        RgbImage axis = OverlayDrawer.Draw(Drawn.Flat(100, 100), particles, _plain with { ShowLongAxes = true });
        RgbImage number = OverlayDrawer.Draw(Drawn.Flat(100, 100), particles, _plain with { ShowNumbers = true });

        // The axis lies at 4·50.5 − 0.5 = 201.5: half on each of two rows.
        Assert.True(axis[160, 201].Blue > 40 && axis[160, 202].Blue > 40 && axis[160, 199].Blue == 0);
        bool IsWhite(int x, int y) => number[x, y] == (255, 255, 255);
        Assert.Contains(Enumerable.Range(0, 1600), i => IsWhite(180 + (i % 40), 180 + (i / 40)));
    }

    [Fact]
    public void States_HaveTheirOwnColoursAndBrokenLines()
    {
        ParticleFlag flag = new("overlap", "lies over another");
        SizeMeasurement[] particles =
        [
            Drawn.Square(1, 15.125, 50, 8.25), Drawn.Square(2, 35.125, 50, 8.25, touching: true), Drawn.Square(3, 55.125, 50, 8.25, flags: flag),
            Drawn.Square(4, 75.125, 50, 8.25, counted: false, border: true), Drawn.Square(5, 90.125, 50, 8.25, counted: false, flags: flag),
        ];
        RgbImage image = OverlayDrawer.Draw(Drawn.Flat(100, 100), particles, _plain);

        // The left side of each square is at 4·(x − 8.25 + 0.5) − 0.5, whole numbers: 29, 109, 189, 269, 329.
        int[] lefts = [29, 109, 189, 269, 329];
        for (int i = 0; i < lefts.Length; i++)
        {
            ParticleState state = ParticleStates.Of(particles[i]);
            Assert.Equal(ParticleStates.All[i], state);
            int painted = Enumerable.Range(170, 62).Count(y => Is(image, lefts[i], y, ParticleStates.ColourOf(state)));
            Assert.True(state is ParticleState.Border or ParticleState.NotCounted ? painted is > 20 and < 55 : painted == 62, $"{state}: {painted}");
        }
    }

    [Theory]
    [InlineData(100, 100, 24.0, 400)] // 400 / 100 = 4 times
    [InlineData(150, 100, 24.0, 450)] // 400 / 150 = 2.7, so 3 times
    [InlineData(500, 100, 24.0, 500)] // wide enough
    [InlineData(500, 100, 6.0, 2000)] // 24 px wanted for 6 px: four times
    [InlineData(500, 100, 2.0, 2000)] // twelve times wanted, but the longest side may have 2000 px
    [InlineData(4001, 10, 24.0, 1334)] // beyond the limit: a third, 4001 / 3 = 1333.7
    public void Enlargement_IsAWholeFactorThatShowsThePicturesAndTheParticles(int width, int height, double particlePx, int expected)
    {
        // The square of the same area as a circle of that diameter has a half side of d · √π / 4.
        SizeMeasurement particle = Drawn.Square(1, 5, 5, particlePx * Math.Sqrt(Math.PI) / 4);
        OverlayOptions options = new() { WantedWidthPx = 400, WantedParticlePx = 24, MaxSidePx = 2000 };

        Assert.Equal(expected, OverlayDrawer.Draw(Drawn.Flat(width, height), [particle], options).WidthPx);
    }

    [Fact]
    public void UnequalPixels_AreStretchedSoThatCirclesAreRound()
    {
        // 0.1 nm wide, 0.2 nm high: 200 × 50 px are 20 × 10 nm. Enlarged twice: 400 × 200, plus the legend.
        OverlayOptions options = _plain with { WantedWidthPx = 400 };
        Micrograph micrograph = Drawn.Flat(200, 50, Drawn.Calibrated(0.1, 0.2));
        RgbImage image = OverlayDrawer.Draw(micrograph, [Drawn.Square(1, 100, 25, 10.25)], options);

        // Columns 2·(x + 0.5) − 0.5: 89.75 → 180; rows 4·(y + 0.5) − 0.5: 14.75 → 60.5, half on row 60 and half on row 61.
        Assert.Equal(400, image.WidthPx);
        Assert.True(Is(image, 180, 100, _counted));
        Assert.Equal(116, image[200, 60].Blue);
        Assert.Equal(image[200, 60], image[200, 61]);

        // (Half of 0xE9 = 233 is 116.5, rounded to even.)
        // The other way round the columns are stretched.
        RgbImage wide = OverlayDrawer.Draw(Drawn.Flat(50, 200, Drawn.Calibrated(0.2, 0.1)), [], _plain with { WantedWidthPx = 100 });
        Assert.Equal(100, wide.WidthPx);
        Assert.InRange(wide.HeightPx, 201, 300);
    }

    [Fact]
    public void Image_IsShownPixelByPixelBetweenRobustLimits()
    {
        // 100 × 100 px: a ramp of 0…99 along the rows, one hot pixel of 1e6. Black is the 0.3 % quantile (0), white the 99.8 % (99).
        float[] pixels = [.. Enumerable.Range(0, 10_000).Select(i => (float)(i % 100))];
        pixels[5050] = 1e6f;
        Micrograph micrograph = Drawn.Flat(100, 100) with { Pixels = new Raster<float>(100, 100, pixels) };
        RgbImage image = OverlayDrawer.Draw(micrograph, [], _plain);

        // 33 counts are a third of 230 (76.7 → 77), in a block of 4 × 4.
        Assert.Equal((0, 77, 77, 230, 230), (image[0, 0].Red, image[4 * 33, 10].Red, image[(4 * 33) + 3, 10].Red, image[399, 0].Red, image[202, 202].Red));
        Assert.Equal(79, image[4 * 34, 10].Red);
    }

    [Fact]
    public void RareParticles_AreNotShownAllWhite()
    {
        // One particle of 5 px among 250,000: far below the 0.2 % that are shown white, but its centre has a say.
        float[] pixels = [.. Enumerable.Range(0, 250_000).Select(i => (float)(i % 7))];
        foreach (int i in new[] { 125_250, 125_251, 125_249, 124_750, 125_750 })
        {
            pixels[i] = 100;
        }

        pixels[125_251] = 50;
        Micrograph micrograph = Drawn.Flat(500, 500) with { Pixels = new Raster<float>(500, 500, pixels) };
        RgbImage image = OverlayDrawer.Draw(micrograph, [Drawn.Square(1, 250, 250, 40)], _plain);

        Assert.Equal((230, 115), (image[250, 250].Red, image[251, 250].Red));
    }

    [Fact]
    public void Simulated_IsSaidInTheLegend()
    {
        RgbImage plain = OverlayDrawer.Draw(Drawn.Flat(100, 100), [], _plain);
        RgbImage marked = OverlayDrawer.Draw(Drawn.Flat(100, 100, simulated: true), [], _plain);

        bool HasMark(RgbImage image) => Enumerable.Range(0, image.WidthPx * image.HeightPx).Any(i => image[i % image.WidthPx, i / image.WidthPx] == (0xF0, 0xE4, 0x42));
        Assert.False(HasMark(plain));
        Assert.True(HasMark(marked));
    }

    [Fact]
    public void NarrowPicture_HasRoomForItsLegend()
    {
        // 16 × 16 px enlarged to 48: every line of the legend is cut to what fits, and nothing is drawn beyond.
        OverlayOptions options = _plain with { WantedWidthPx = 48, MaxSidePx = 48 };
        RgbImage image = OverlayDrawer.Draw(Drawn.Flat(16, 16, file: new string('x', 500)), [Drawn.Square(1, 8, 8, 3)], options);

        Assert.Equal(48, image.WidthPx);
        Assert.InRange(image.HeightPx, 49, 300);
    }

    [Fact]
    public void SameInput_GivesTheSameBytes()
    {
        SizeMeasurement[] particles = [Drawn.Square(1, 30.3, 40.7, 8.1), Drawn.Square(2, 70, 20, 5, touching: true)];
        byte[] First() => PngWriter.Write(OverlayDrawer.Draw(Drawn.Flat(100, 80), particles, new OverlayOptions { WantedWidthPx = 300 }));

        Assert.Equal(First(), First());
    }

    [Fact]
    public void BadOptionsAndPixels_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => OverlayDrawer.Draw(Drawn.Flat(9, 9), [], new OverlayOptions { OutlineWidthPx = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => OverlayDrawer.Draw(Drawn.Flat(9, 9), [], new OverlayOptions { WantedWidthPx = 0 }));
        Micrograph bad = Drawn.Flat(2, 1) with { Pixels = new Raster<float>(2, 1, [0, float.NaN]) };
        Assert.Throws<ArgumentException>(() => OverlayDrawer.Draw(bad, [], new OverlayOptions()));
    }
}
