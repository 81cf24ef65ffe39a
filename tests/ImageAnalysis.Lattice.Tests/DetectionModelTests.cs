namespace ImageAnalysis.Lattice.Tests;

public sealed class DetectionModelTests
{
    private static readonly OrderedCrystalModel Model = new();

    private static readonly DetectionInput Clear = new(4, 0.1, 2.96, 800, 8, 6, 0.7, 1.3, 8);

    [Fact]
    public void LargeCrystal_InGoodTransfer_IsSeenForSure() => Assert.InRange(DetectionModel.Of(Clear, Model).Probability, 0.97, 1);

    [Fact]
    public void ZeroOfTheTransfer_AtTheHalfOrder_TakesTheChanceAway()
    {
        // Film of a twentieth of the floor where it was six times the floor: an eighteenth of the power, and most of what is known of it.
        double atZero = DetectionModel.Of(Clear with { PlaceFilm = 0.05, PlaceTransfer = 0.05 }, Model).Probability;
        Assert.InRange(atZero, 0.02, 0.7);
    }

    [Fact]
    public void Chance_GrowsWithSizeAndFallsWithTheLimit()
    {
        double[] sizes = [.. ((double[])[1.6, 1.9, 2.2, 2.6, 3.2]).Select(static d => DetectionModel.Of(Clear with { DiameterNm = d, FringePower = null }, Model).Probability)];
        Assert.Equal(sizes.Order(), sizes);
        double[] limits = [.. ((double[])[5, 8, 12, 20]).Select(static limit => DetectionModel.Of(Clear with { DiameterNm = 2.2, LimitSnr = limit }, Model).Probability)];
        Assert.Equal(limits.OrderDescending(), limits);
    }

    [Fact]
    public void WeakFringe_OfALargeCrystal_MeansTilt()
    {
        // A fringe of a hundredth of the usual power stands out of the image plane: the half order is weaker too.
        double straight = DetectionModel.Of(Clear with { DiameterNm = 6 }, Model).ExpectedSnr, tilted = DetectionModel.Of(Clear with { DiameterNm = 6, FringePower = 20 }, Model).ExpectedSnr;
        Assert.True(tilted < 0.7 * straight);
    }
}
