namespace ImageAnalysis.Lattice.Tests;

public sealed class SpacingMeanTests
{
    [Fact]
    public void Of_SpacingsThatAgree_IsTheWeightedMean()
    {
        // Weights 1/0.001² and 1/0.002² are 4 : 1, so the mean is (4·0.338 + 0.339)/5 = 0.3382 and its σ is 0.001·√(4/5); the two differ by half of their joint error, so no scatter is left.
        SpacingMean mean = SpacingMean.Of([(0.338, 0.001), (0.339, 0.002)])!;

        Assert.Equal(0.3382, mean.MeanNm, 12);
        Assert.Equal(0.001 * Math.Sqrt(0.8), mean.SigmaNm, 12);
        Assert.Equal((0, 2), (mean.ScatterNm, mean.Count));
    }

    [Fact]
    public void Of_SpacingsThatScatterMoreThanTheirErrors_HasTheScatterInItsError()
    {
        // Equal errors σ: τ² is the sample's variance less σ². 0.33, 0.34, 0.35 have the variance 1e-4; with σ = 0.006, τ = 0.008, and the mean's error is √(1e-4/3).
        SpacingMean mean = SpacingMean.Of([(0.33, 0.006), (0.34, 0.006), (0.35, 0.006)])!;

        Assert.Equal(0.34, mean.MeanNm, 12);
        Assert.Equal(0.008, mean.ScatterNm, 10);
        Assert.Equal(Math.Sqrt(1e-4 / 3), mean.SigmaNm, 10);
    }

    [Fact]
    public void Of_NothingOrOne_IsNullOrThat()
    {
        Assert.Null(SpacingMean.Of([]));
        Assert.Equal(new SpacingMean(0.335, 0.002, 0, 1), SpacingMean.Of([(0.335, 0.002)]));
    }

    [Theory]
    [InlineData(0, 0.001)]
    [InlineData(0.3, 0)]
    [InlineData(0.3, double.NaN)]
    [InlineData(double.PositiveInfinity, 0.001)]
    public void Of_NoSpacing_IsRefused(double spacingNm, double sigmaNm) => Assert.Throws<ArgumentException>(() => SpacingMean.Of([(spacingNm, sigmaNm)]));
}
