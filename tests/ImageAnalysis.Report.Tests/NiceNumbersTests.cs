namespace ImageAnalysis.Report.Tests;

public sealed class NiceNumbersTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1.99, 1)]
    [InlineData(2, 2)]
    [InlineData(4.9, 2)]
    [InlineData(5, 5)]
    [InlineData(9.99, 5)]
    [InlineData(10, 10)]
    [InlineData(737, 500)]
    [InlineData(0.3, 0.2)]
    [InlineData(0.1, 0.1)]
    [InlineData(0.00049, 0.0002)]
    [InlineData(1e-9, 1e-9)]
    public void AtMost_IsTheLargestOneTwoOrFive(double limit, double expected) => Assert.Equal(expected, NiceNumbers.AtMost(limit), expected * 1e-12);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1.01, 2)]
    [InlineData(2.5, 5)]
    [InlineData(7, 10)]
    [InlineData(0.03, 0.05)]
    public void AtLeast_IsTheSmallestOneTwoOrFive(double limit, double expected) => Assert.Equal(expected, NiceNumbers.AtLeast(limit), expected * 1e-12);

    [Fact]
    public void Ticks_AreExactMultiplesInsideTheRange()
    {
        Assert.Equal([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0], NiceNumbers.Ticks(0, 1, 10));
        Assert.Equal([2, 4, 6], NiceNumbers.Ticks(1.2, 6.3, 4));
        Assert.Equal([0, 50, 100], NiceNumbers.Ticks(0, 120, 3));
    }

    [Fact]
    public void AtMost_WithoutAPositiveNumber_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => NiceNumbers.AtMost(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => NiceNumbers.AtMost(double.NaN));
    }

    [Fact]
    public void ScaleBar_HasARoundLengthInThePicturesPixels()
    {
        // 0.05 nm a pixel shown twice as wide: 400 px of the picture are 10 nm. Of at most 450 px = 11.25 nm, 10 nm are left.
        Assert.Equal(new ScaleBar(400, "10 nm"), ScaleBar.Choose(Drawn.Calibrated(0.05, 0.05), 2, 450));

        // Without a pixel size: 225 px of the image fit, 200 are round.
        Assert.Equal(new ScaleBar(400, "200 px"), ScaleBar.Choose(null, 2, 450));

        // 25 nm a pixel: 450 px are 11,250 nm, 10 µm are 400 px.
        Assert.Equal("10 µm", ScaleBar.Choose(Drawn.Calibrated(25, 25), 1, 450).Label);
    }
}
