using ImageAnalysis.Formats;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Report.Tests;

public sealed class CanvasTests
{
    private static readonly Colour _white = new(255, 255, 255);

    private static RgbImage DrawnLine(double widthPx, bool closed, Dash dash, params PointPx[] points)
    {
        Canvas canvas = new(20, 12);
        canvas.Line(points, closed, widthPx, _white, 1, dash);
        return canvas.ToImage();
    }

    [Fact]
    public void Line_OfOnePixelThroughPixelCentres_CoversThemAndNothingElse()
    {
        // Distance 0 → coverage 1; the next rows are 1 px away, beyond half the width and half a pixel → 0.
        RgbImage image = DrawnLine(1, false, Dash.None, new(3, 5), new(10, 5));

        for (int y = 0; y < 12; y++)
        {
            for (int x = 0; x < 20; x++)
            {
                Assert.Equal(y == 5 && x is >= 3 and <= 10 ? 255 : 0, image[x, y].Red);
            }
        }
    }

    [Fact]
    public void Line_BetweenTwoRows_CoversBothByHalf()
    {
        // Both rows are 0.5 px away: coverage 0.5 + 0.5 − 0.5 = 0.5 → 127.5, rounded to even 128.
        RgbImage image = DrawnLine(1, false, Dash.None, new(3, 5.5), new(10, 5.5));

        Assert.Equal((128, 128, 0, 0), (image[6, 5].Red, image[6, 6].Red, image[6, 4].Red, image[6, 7].Red));
    }

    [Fact]
    public void Line_AnyDirection_HasTheAreaOfItsLengthTimesItsWidth()
    {
        // 10 px long at 1.6 px wide: 16 px², plus round ends (a disc of 1.6 px, 2.0 px²) = 18. The linear ramp of coverage over the edge is
        // right on the straight parts; at the ends it makes the disc π·(0.8² + 1/12) = 2.3 px², and pixels sample it coarsely: 8 %.
        foreach (double angle in new[] { 0.0, 0.3, 0.785, 1.1 })
        {
            RgbImage image = DrawnLine(1.6, false, Dash.None, new(4, 1.5), new(4 + (10 * Math.Cos(angle)), 1.5 + (10 * Math.Sin(angle))));
            double area = Enumerable.Range(0, 240).Sum(i => image[i % 20, i / 20].Green / 255.0);
            Assert.InRange(area, 16.6, 19.4);
        }
    }

    [Fact]
    public void Line_ClosedAndOverItself_IsPaintedOnce()
    {
        Canvas canvas = new(20, 12);
        canvas.Line([new(3, 3), new(9, 3), new(9, 8), new(3, 8)], true, 1, _white, 0.5, Dash.None);
        RgbImage image = canvas.ToImage();

        // A corner belongs to two segments; half opacity is half white there too (127.5 → 128), and the last side is there.
        Assert.Equal((128, 128, 128, 0), (image[9, 3].Red, image[3, 3].Red, image[3, 6].Red, image[6, 6].Red));
    }

    [Fact]
    public void Line_Dashed_HasGaps()
    {
        // Strokes of 2 px and gaps of 3 px from x = 0: 0…2 drawn, 3 and 4 not, 5…7 drawn.
        RgbImage image = DrawnLine(1, false, new Dash(2, 3), new(0, 4), new(19, 4));

        Assert.Equal(new byte[] { 255, 255, 255, 0, 0, 255, 255, 255, 0, 0 }, Enumerable.Range(0, 10).Select(x => image[x, 4].Red));
    }

    [Fact]
    public void Drawing_OutsideThePicture_IsCutOff()
    {
        Canvas canvas = new(6, 4);
        canvas.Text("WWW", -8, -4, 3, new Colour(9, 9, 9), _white);
        canvas.Line([new(-50, 1), new(50, 1)], false, 1, _white, 1, Dash.None);
        canvas.Line([new(-50, -1e6), new(-40, 1e6)], false, 3, _white, 1, Dash.None);
        canvas.FillRectangle(-5, 3, 100, 100, _white);
        RgbImage image = canvas.ToImage();

        Assert.Equal(255, image[5, 1].Red);
        Assert.Equal(255, image[5, 3].Red);
    }

    [Fact]
    public void Text_DrawsTheGlyphsScaled()
    {
        // "L" at scale 2: its stem is the first column of the glyph over seven rows, its foot all five columns of the seventh.
        Canvas canvas = new(20, 20);
        canvas.Text("L", 2, 3, 2, _white);
        RgbImage image = canvas.ToImage();

        Assert.Equal(255, image[2, 3].Red);
        Assert.Equal(255, image[3, 16].Red);
        Assert.Equal(255, image[11, 16].Red);
        Assert.Equal(0, image[4, 3].Red);
        Assert.Equal(0, image[12, 16].Red);
        Assert.Equal((7 + 4) * 4, Enumerable.Range(0, 400).Count(i => image[i % 20, i / 20].Red == 255));
    }

    [Fact]
    public void Font_HasEveryPrintableAsciiCharacterAndNoTwoAlike()
    {
        Assert.All(Enumerable.Range(' ', '~' - ' ' + 1), code => Assert.Contains((char)code, BitmapFont.Characters));
        string Shape(char c) => string.Concat(Enumerable.Range(0, 45).Select(i => BitmapFont.IsSet(c, i % 5, i / 5) ? '#' : '.'));
        Assert.Equal(BitmapFont.Characters.Count(), BitmapFont.Characters.Select(Shape).Distinct().Count());
        Assert.All(BitmapFont.Characters.Where(c => c != ' '), c => Assert.Contains('#', Shape(c)));

        // A character without a glyph is a box, so that nothing is lost in silence.
        Assert.True(BitmapFont.IsSet('漢', 0, 0) && BitmapFont.IsSet('漢', 4, 6) && !BitmapFont.IsSet('漢', 2, 3));
    }

    [Theory]
    [InlineData("", 1, 0)]
    [InlineData("a", 1, 5)]
    [InlineData("abc", 2, 34)] // (3 · 6 − 1) · 2
    public void WidthOf_CountsGlyphsAndGaps(string text, int scale, int expected) => Assert.Equal(expected, BitmapFont.WidthOf(text, scale));
}
