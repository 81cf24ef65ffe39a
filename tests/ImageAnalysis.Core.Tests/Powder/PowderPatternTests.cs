namespace ImageAnalysis.Core.Tests;

public sealed class PowderPatternTests
{
    [Fact]
    public void Pattern_GoodLists_AreCopiedAndDescribed()
    {
        double[] angles = [10, 10.02, 10.04];
        var pattern = new PowderPattern(angles, [5, 7, 6]) { Title = "Cu2Se", Wavelengths = PowderWavelengths.CuKAlpha };

        angles[0] = 99;

        Assert.Equal([10, 10.02, 10.04], pattern.TwoThetaDeg);
        Assert.Equal([5, 7, 6], pattern.IntensityCounts);
        Assert.Null(pattern.IntensitySigmaCounts);
        Assert.Equal(3, pattern.PointCount);
        Assert.Equal(IntensityScale.Unknown, pattern.Scale);
        Assert.Equal(0.02, pattern.StepDeg!.Value, 1e-12);
        Assert.False(pattern.IsSimulated);
    }

    [Theory]
    [InlineData(new double[] { }, new double[] { }, null, "no points")]
    [InlineData(new double[] { 1, 2 }, new double[] { 1 }, null, "has 1 values; expected 2")]
    [InlineData(new double[] { 1, 2 }, new double[] { 1, 1 }, new double[] { 1 }, "has 1 values; expected 2")]
    [InlineData(new double[] { 1, 1 }, new double[] { 1, 1 }, null, "Point 1 (from 0) is at 1° after 1°")]
    [InlineData(new double[] { 2, 1 }, new double[] { 1, 1 }, null, "Point 1 (from 0) is at 1° after 2°")]
    [InlineData(new double[] { 1, double.NaN }, new double[] { 1, 1 }, null, "Point 1 (from 0) is NaN; expected an angle")]
    [InlineData(new double[] { 1, 181 }, new double[] { 1, 1 }, null, "Point 1 (from 0) is 181; expected an angle")]
    [InlineData(new double[] { 1, 2 }, new double[] { double.PositiveInfinity, 1 }, null, "Point 0 (from 0) is Infinity; expected a finite intensity")]
    [InlineData(new double[] { 1, 2 }, new double[] { 1, 1 }, new double[] { 1, -1 }, "Point 1 (from 0) is -1; expected a finite standard deviation")]
    public void Pattern_BadLists_ThrowAndSayWhere(double[] angles, double[] intensity, double[]? sigma, string message)
    {
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => new PowderPattern(angles, intensity, sigma)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void StepDeg_UnevenSteps_IsNull()
    {
        Assert.Null(new PowderPattern([10, 10.02, 10.06], [1, 1, 1]).StepDeg);
        Assert.Null(new PowderPattern([10], [1]).StepDeg);
        // 0.0170 is 0.01697 rounded to four decimals: still one step.
        Assert.Equal(0.01697, new PowderPattern([10, 10.0170, 10.0339, 10.0509], [1, 1, 1, 1]).StepDeg!.Value, 1e-5);
    }

    [Fact]
    public void IntensityPerCountRatio_FollowsTheScale()
    {
        var pattern = new PowderPattern([10, 11], [1, 2]) { IntensityPerCountRatio = 0.1 };

        Assert.Null(pattern.IntensityPerCountRatio);
        Assert.Equal(1, (pattern with { Scale = IntensityScale.Counts }).IntensityPerCountRatio);
        Assert.Equal(0.1, (pattern with { Scale = IntensityScale.ScaledCounts }).IntensityPerCountRatio);
        Assert.Throws<ArgumentOutOfRangeException>(() => pattern with { IntensityPerCountRatio = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => pattern with { IntensityPerCountRatio = double.NaN });
    }

    [Theory]
    [InlineData(1.540593, 1.544427, "Cu")]
    [InlineData(1.54184, null, "Cu")] // the weighted mean
    [InlineData(1.5406, null, "Cu")]
    [InlineData(0.7107, null, "Mo")]
    [InlineData(1.7890, 1.7928, "Co")]
    [InlineData(0.414581, null, null)] // 11-BM
    [InlineData(1.392250, null, null)] // Cu Kβ is not Kα
    [InlineData(1.5, null, null)]
    public void Wavelengths_KAlphaElement_IsToldByTheNumber(double alpha1Angstrom, double? alpha2Angstrom, string? element)
    {
        Assert.Equal(element, new PowderWavelengths(alpha1Angstrom, alpha2Angstrom).KAlphaElement);
    }

    [Fact]
    public void Wavelengths_BadNumbers_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PowderWavelengths(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PowderWavelengths(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PowderWavelengths(1.54, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PowderWavelengths(1.54, 1.55, -0.5));
    }

    [Fact]
    public void Wavelengths_ToString_NamesLineOrNone()
    {
        Assert.Equal("Cu Kα (1.540593 Å, 1.544427 Å)", PowderWavelengths.CuKAlpha.ToString());
        Assert.Equal("0.414581 Å (no Kα line of a usual anode)", new PowderWavelengths(0.414581).ToString());
    }
}
