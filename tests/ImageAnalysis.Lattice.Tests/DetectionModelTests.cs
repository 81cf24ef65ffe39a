using ImageAnalysis.Imaging;

namespace ImageAnalysis.Lattice.Tests;

public sealed class DetectionModelTests
{
    private const double Level = 0.0025;

    private static readonly OrderedCrystalModel Model = new();

    private static readonly PlaceInput Half = new(6, 0.7, 1.48, false);

    private static readonly DetectionInput Clear = new(4, 0.1, 2.96, 800, 8, [Half]);

    [Fact]
    public void LargeCrystal_InGoodTransfer_IsSeenForSure() => Assert.InRange(Chance(Clear), 0.97, 1);

    [Fact]
    public void ZeroOfTheTransfer_AtTheHalfOrder_TakesTheChanceAway()
    {
        // Film of a twentieth of the floor where it was six times the floor: an eighteenth of the power, and most of what is known of it.
        Assert.InRange(Chance(Clear with { Places = [Half with { Film = 0.05, Transfer = 0.05 }] }), 0.02, 0.75);
    }

    [Fact]
    public void SatellitesBesideOtherFringes_GiveTheChanceBack()
    {
        PlaceInput none = Half with { Film = 0.02, Transfer = 0.03 };
        double alone = Chance(Clear with { DiameterNm = 3, Places = [none] }), beside = Chance(Clear with { DiameterNm = 3, Places = [none, new(2, 0.8, 2.83, true), new(1, 0.6, 3.73, true)] });
        Assert.True(beside > alone + 0.1, $"{alone:F2} alone, {beside:F2} with satellites");
    }

    [Fact]
    public void Chance_GrowsWithSizeAndFallsWithTheLevel()
    {
        double[] sizes = [.. ((double[])[1.6, 1.9, 2.2, 2.6, 3.2]).Select(static d => Chance(Clear with { DiameterNm = d, FringePower = null }))];
        Assert.Equal(sizes.Order(), sizes);
        double[] levels = new DetectionModel(Clear with { DiameterNm = 2.2 }, Model).Below(Tests(1), [0.05, 0.01, 0.001, 1e-5]);
        Assert.Equal(levels.OrderDescending(), levels);
        Assert.True(levels[0] - levels[^1] > 0.1);
    }

    [Fact]
    public void WeakFringe_OfALargeCrystal_MeansTilt()
    {
        // A fringe of a hundredth of the usual power stands out of the image plane: the half order is weaker too.
        double straight = new DetectionModel(Clear with { DiameterNm = 6 }, Model).Expected[0], tilted = new DetectionModel(Clear with { DiameterNm = 6, FringePower = 20 }, Model).Expected[0];
        Assert.True(tilted < 0.7 * straight);
    }

    /// <summary>More places than a chance can be told for, as a crystal with many fringes has them: what order would show is told of all, so that the plainest can be chosen.</summary>
    [Fact]
    public void ManyPlaces_AllHaveAnExpectation()
    {
        PlaceInput[] places = [Half, .. Enumerable.Range(1, 13).Select(static i => new PlaceInput(4, 0.7, 1.5 + (0.2 * i), true))];
        IReadOnlyList<double> expected = new DetectionModel(Clear with { Places = places }, Model).Expected;
        Assert.Equal(14, expected.Count);
        Assert.All(expected, static value => Assert.True(value > 0));
        Assert.Equal(expected.Skip(1).OrderDescending(), expected.Skip(1));
    }

    /// <summary>At one place, without scatter between crystals, the chance is Marcum's Q of the expected power and the limit.</summary>
    [Fact]
    public void OnePlace_WithoutScatter_IsMarcumsQ()
    {
        OrderedCrystalModel sharp = Model with { HalfLogSigmaRatio = 0.05, LargestElevationDeg = 0 };
        DetectionInput input = Clear with { DiameterNm = 2.2, LogDiameterSigma = 0, FringePower = null, Places = [Half with { Transfer = 1e3 }] };
        DetectionModel model = new(input, sharp);
        FringeTest test = Tests(1);
        Assert.All((double[])[0.02, 0.002], level =>
            Assert.Equal(MarcumQ.Tail(model.Expected[0], test.Places[0].LimitAt(level)), model.Below(test, [level])[0], 0.02));
    }

    private static double Chance(DetectionInput input) => new DetectionModel(input, Model).Below(Tests(input.Places.Count), [Level])[0];

    // A test in white noise.
    private static FringeTest Tests(int places)
    {
        const int Size = 256;
        Random random = new(3); // the image of this test only
        float[] pixels = [.. Enumerable.Range(0, Size * Size).Select(_ => (float)(1000 + (30 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))))];
        WorkImage work = WorkImage.Make(new Raster<float>(Size, Size, pixels), 0.04, 0.04, 6.2);
        SupportModel support = new(FringeSearch.Run(work, 1.2, 5.2, [0.55, 1.2], 7.5).Supports);
        CrystalWindow window = CrystalWindow.Of(work, 5, 5, 4, 4);
        PlaceTest[] tests = [.. Enumerable.Range(0, places).Select(i =>
        {
            (double sin, double cos) = Math.SinCos(0.4 + (0.6 * i));
            double gx = 1.48 * cos * (1 + (0.3 * i)), gy = 1.48 * sin * (1 + (0.3 * i));
            return LatticeTest.At(window, support, gx, gy, 0.001, AxisBackground.Without(LocalBackground.At(window, support, gx, gy, [(gx, gy, 1.4)], CrystalMeasuring.Prior)));
        })];
        return new FringeTest(tests, 1, [.. tests.Select(static _ => 10.0)], 0.03);
    }
}
