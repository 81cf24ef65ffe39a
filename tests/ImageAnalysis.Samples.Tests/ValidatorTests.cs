using System.Globalization;
using ImageAnalysis.Core;
using ImageAnalysis.Lattice;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples.Tests;

public class ValidatorTests
{
    [Theory]
    [InlineData("ccw", 31.6)]
    [InlineData(null, 148.4)] // angles from +x towards +y: 180 − 31.6
    public void Run_TruthOfEitherConvention_GivesTheSameErrors(string? convention, double angleDeg)
    {
        using TempFolder root = Images(), results = new(), truth = new();
        PipelineTests.Run(root, results);
        truth.Write("deep/er/truth.json", Truth(convention, angleDeg));

        ValidationResult result = Validator.Run(results.Path, truth.Path, new ValidationOptions());

        // The stand-in analysis finds a crystal of each verdict; the truth knows the first, and one that is not there.
        FringeScore score = result.Fringes!;
        Assert.Equal((1, 1, 3), (score.Count(CrystalTruth.Ordered, CrystalAnswer.Superstructure), score.Count(CrystalTruth.Regular, CrystalAnswer.NotFound), score.Count(CrystalTruth.Nothing)));
        Assert.Equal(0, score.Angle!.MeanRatio, 9);
        Assert.Equal(1, score.Angle.Count);
        Assert.Equal(0.25, score.Spacing!.MeanRatio, 9); // 0.3375 nm against 0.33665835…
        Assert.True(result.IsMissed);
        Assert.All(["bars.csv", "confusion.csv", "sensitivity.csv", "crystals.csv", "errors.csv", "samples.csv", "rates.json"], name => Assert.True(File.Exists(results["validation/" + name]), name));
        Assert.Equal(["ordered", "1", "0", "0", "0", "0", "1"], Csv.Read(results["validation/confusion.csv"])[1]);

        // Another run has other results: the comparison goes.
        PipelineTests.Run(root, results, options: new PipelineOptions { Fringes = new FringeOptions { MinDiameterNm = 2 } });
        Assert.False(File.Exists(results["validation/bars.csv"]));
    }

    [Fact]
    public void Run_SameFileNameInAnotherSample_IsNotMistaken()
    {
        using TempFolder root = Images(), results = new(), truth = new();
        root.Write("t/hrtem/0.png", TestImages.Png(3));
        PipelineTests.Run(root, results);
        truth.Write("truth.json", Truth("ccw", 31.6));

        ValidationResult result = Validator.Run(results.Path, truth.Path, new ValidationOptions());

        Assert.All(result.Fringes!.Crystals, crystal => Assert.Equal("s/hrtem/0.png", crystal.File));
        Assert.Contains(result.Notes, note => note.StartsWith("1 images of the results have no truth (t/hrtem/0.png)", StringComparison.Ordinal));

        truth.Write("truth.json", Truth("ccw", 31.6).Replace("\"sample\": \"s\"", "\"sample\": \"other\"", StringComparison.Ordinal));
        InputException e = Assert.Throws<InputException>(() => Validator.Run(results.Path, truth.Path, new ValidationOptions()));
        Assert.Contains("sample \"other\", 0.png: found 2 such files", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_TruthThatDoesNotFit_NamesFileFoundAndExpected()
    {
        using TempFolder root = Images(), results = new(), truth = new();
        PipelineTests.Run(root, results);
        string Message() => Assert.Throws<InputException>(() => Validator.Run(results.Path, truth.Path, new ValidationOptions())).Message;

        Assert.Contains("found no truth.json in it or below", Message(), StringComparison.Ordinal);
        truth.Write("truth.json", Truth("ccw", 31.6).Replace("0.png", "9.png", StringComparison.Ordinal));
        Assert.Contains("found the truth of no image of these results (it knows s: 9.png)", Message(), StringComparison.Ordinal);
        truth.Write("truth.json", Truth("ccw", 31.6).Replace("\"width\": 32", "\"width\": 33", StringComparison.Ordinal));
        Assert.Contains("0.png is 33 × ", Message(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_HaadfTruth_PairsByCentresWithinHalfTheShortAxis()
    {
        TruthImage image = new()
        {
            File = "a",
            WidthPx = 100,
            HeightPx = 100,
            PixelWidthNm = 0.1,
            PixelHeightNm = 0.2,
            Particles = [Particle("p1", 20, 20, onEdge: false), Particle("p2", 60, 60, onEdge: true)],
        };

        // Short axis 3 nm: 1.5 nm are 15 px along x and 7.5 px along y.
        SizeScore near = new(ParticleScoring.Score("s", "a", image, [Measured(34.9, 20), Measured(60, 67.4)]));
        SizeScore far = new(ParticleScoring.Score("s", "a", image, [Measured(35.1, 20), Measured(60, 67.6)]));

        Assert.Equal((1.0, 1.0), (near.Recall!.ValueFraction, near.Precision!.ValueFraction));
        Assert.Equal((0.0, 0.0), (far.Recall!.ValueFraction, far.Precision!.ValueFraction));

        // Only the particle inside is sized: long axis 4.1 against 4 nm, diameter 3.6 against √(4·9.62/π) = 3.5 nm, 170° against 10°.
        Assert.Equal((1, 0.1), (near.LongAxis!.Count, Math.Round(near.LongAxis.MeanRatio, 9)));
        Assert.Equal(0.1, near.Diameter!.MeanRatio, 3);
        Assert.Equal(-20, near.Orientation!.MeanRatio, 9);
    }

    [Fact]
    public void ErrorSummary_Numbers_AreThoseByHand()
    {
        ErrorSummary e = ErrorSummary.Of("nm", [(-1, -2), (0, null), (1, 0.5), (4, 2)])!;

        // Mean 1, squares 4 + 1 + 0 + 9 = 14 over 3; its error over √4. Middle of 0 and 1; of 0, 1, 1, 4: 1. Pulls −2, 0.5, 2.
        Assert.Equal((4, 1.0, 0.5, 1.0, 3), (e.Count, e.MeanRatio, e.MedianRatio, e.MedianAbsoluteRatio, e.PullCount));
        Assert.Equal(Math.Sqrt(14.0 / 3), e.SdRatio!.Value, 12);
        Assert.Equal(Math.Sqrt(14.0 / 3) / 2, e.MeanSigmaRatio!.Value, 12);
        Assert.Equal(0.5 / 3, e.PullMeanRatio!.Value, 12);

        // 84.13 % of the way: index 1.6826, 0.5 + 0.6826·1.5; 15.87 %: index 0.3174, −2 + 0.3174·2.5.
        Assert.Equal((0.5 + (0.6826 * 1.5) + 2 - (0.3174 * 2.5)) / 2, e.PullSpreadRatio!.Value, 9);
        Assert.Null(ErrorSummary.Of("nm", []));
    }

    [Fact]
    public void KnownRates_WrittenAndRead_AreTakenBySizeWhereThereAreEnough()
    {
        RatedCrystal[] crystals = [.. Enumerable.Range(0, 40).Select(i => new RatedCrystal(i < 20 ? 2 : 6, i % 2 == 0, i >= 20 && i % 2 == 0))];
        using TempFolder folder = new();
        using (FileStream stream = File.Create(folder["rates.json"]))
        {
            new KnownRates(true, crystals).Write(stream);
        }

        KnownRates rates = KnownRates.Load(folder["rates.json"]);

        Assert.Equal(crystals, rates.Crystals);
        Assert.True(rates.Simulated);
        Assert.Equal((new DetectionRates(0, 10, 0, 10), true), rates.For(1.5, 3));
        Assert.Equal((new DetectionRates(10, 10, 0, 10), true), rates.For(5, 7));

        // Nine ordered ones are too few: all sizes then.
        Assert.Equal((new DetectionRates(10, 20, 0, 20), false), (rates with { Crystals = [.. crystals.Skip(1)] } is { } fewer ? (new DetectionRates(fewer.For(1.5, 3).Rates.OrderedCalledCount, 20, 0, 20), fewer.For(1.5, 3).OfThatSize) : default));
    }

    [Fact]
    public void Bars_NothingToMeasure_IsNeitherMetNorMissed()
    {
        ValidationResult empty = new() { ResultsFolder = "r", Simulated = false, Options = new(), Fringes = new FringeScore([]), Notes = [], ImageCount = 0 };

        Assert.All(empty.Bars, bar => Assert.Null(bar.IsMet));
        Assert.False(empty.IsMissed);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ValidationOptions { MinRecallFraction = double.NaN }.Validate());
    }

    internal static string Truth(string? convention, double angleDeg) => string.Create(CultureInfo.InvariantCulture, $$"""
        { "sample": "s", "kind": "HRTEM", {{(convention is null ? string.Empty : $"\"angle_convention\": \"{convention}\",")}}
          "images": [ { "file": "0.png", "width": 32, "height": 24, "pixel_nm": 0.025, "particles": [
            { "id": "a", "label": "ordered", "centre_px": [50, 60], "bbox_px": [30, 40, 70, 81], "diameter_nm": 1, "d111_nm": 0.33665835411471323, "observable_111": true, "observable_superstructure": true,
              "g111_in_plane": [ { "angle_deg": {{angleDeg}}, "superlattice_axis": true } ] },
            { "id": "b", "label": "regular", "centre_px": [20, 140], "bbox_px": [10, 130, 30, 150], "diameter_nm": 0.5, "observable_111": true, "g111_in_plane": [] } ] } ] }
        """);

    private static TempFolder Images()
    {
        TempFolder root = new();
        root.Write("s/hrtem/0.png", TestImages.Png(0));
        return root;
    }

    private static TruthParticle Particle(string id, double x, double y, bool onEdge) => new()
    {
        Id = id,
        CentrePx = new(x, y),
        LongAxisNm = 4,
        ShortAxisNm = 3,
        LongAxisAngleDeg = 10,
        AreaNm2 = 9.6211, // a circle of 3.5 nm
        OnEdge = onEdge,
        Touches = [],
    };

    private static SizeMeasurement Measured(double x, double y) => TestImages.Particle(1, 40, null) with { XPx = x, YPx = y, Counted = true, FeretMaxNm = 4.1, FeretMinNm = 3, DiameterNm = 3.6, OrientationDeg = 170 };
}
