using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;
using ImageAnalysis.Tests;

namespace ImageAnalysis.Samples.Tests;

public class InjectionTests
{
    [Fact]
    public void Into_OneWave_AddsTheCosineAskedForInsideTheBoxAndLeavesTheImageAlone()
    {
        LatticeDisc disc = new(80, 70, 60, 0, Verdict.Regular);
        Micrograph image = new("a", 0, new Raster<float>(160, 140, new float[160 * 140]), null, new Acquisition(), []);
        CrystalMeasurement crystal = DrawnLattice.Analysis(true, disc).Crystals[0];

        Micrograph made = Injection.Into(image, [new InjectedWave(crystal, crystal.Fringes[0], 0.5, 0, [])], 2);

        // In the middle: half of the drawn fringes' 120 counts. Half a period of the superlattice (13.5 px of 27) further: the opposite, times √(1 − (13.5/30)²); 13.5 lies between pixels, so a whole period is taken.
        Assert.Equal(60, made.Pixels[80, 70], 3);
        Assert.Equal(60 * Math.Sqrt(1 - Math.Pow(27.0 / 30, 2)), made.Pixels[107, 70], 2);
        Assert.Equal(0, made.Pixels[115, 70]);
        Assert.Equal(0, made.Pixels[80, 20]);
        Assert.All(image.Pixels.Pixels.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void TypicalRatio_ExpectedPower_IsTurnedIntoAnAmplitude()
    {
        FringeMeasurement fringe = DrawnLattice.Analysis(true, new LatticeDisc(80, 70, 60, 0, Verdict.Regular)).Crystals[0].Fringes[0];

        // g = 1/13.5 = 0.0741, its half 0.0370: the support has 2 and 4 there, half way between the points given. 40 expected over 320.5 seen, times 4 over 2.
        SupportPower[] support = [new(0.03, null, 5), new(0.0440740740740741, null, 3), new(0.0540740740740741, null, 1), new(0.0940740740740741, null, 3)];
        Assert.Equal(Math.Sqrt(40 * 4 / (320.5 * 2)), Injection.TypicalRatio(fringe, support)!.Value, 3);
        Assert.Null(Injection.TypicalRatio(fringe with { Superlattice = null }, support));
    }

    [Fact]
    public void Run_StrongAndFaintSuperlattices_AreFoundAndNot_AndTheImageStaysAsItIs()
    {
        using TempFolder root = new(), results = new();
        root.Write("s/hrtem/0.png", TestCrystals.RegularPng(1));
        byte[] before = File.ReadAllBytes(root["s/hrtem/0.png"]);
        Pipeline.Run(new RunRequest { Input = root.Path, ResultsFolder = results.Path, Jobs = 1 }, new PipelineOptions());

        InjectionOptions options = new() { AmplitudeRatios = [0.001, 0.8], ModelRepeatCount = 0 };
        InjectionResult result = Injector.Run(results.Path, options, jobs: 1);

        // Drawn fringes of 120 counts in noise of 40: 0.12 counts are nothing, 96 are plain.
        Assert.Equal([CrystalAnswer.Superstructure], result.Crystals.Where(c => c.AmplitudeRatio == 0.8).Select(c => c.After).Distinct());
        Assert.DoesNotContain(result.Crystals, c => c.AmplitudeRatio == 0.001 && c.After == CrystalAnswer.Superstructure);
        Assert.Equal(before, File.ReadAllBytes(root["s/hrtem/0.png"]));
        Assert.Equal(result.Crystals.Count + 1, Csv.Read(results["validation/injection.csv"]).Count);

        // The same again; another image under the name is not taken for the one measured.
        Assert.Equal(result.Crystals, Injector.Run(results.Path, options, jobs: 2).Crystals);
        root.Write("s/hrtem/0.png", TestCrystals.RegularPng(2));
        Assert.Contains("found none of its 1 images unchanged", Assert.Throws<InputException>(() => Injector.Run(results.Path, options, jobs: 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_OfCrystals_AreCountedByWhatTheRunSaid()
    {
        InjectedCrystal One(Verdict before, double stated, bool found, bool model = true) => new()
        {
            Sample = "s",
            File = "a",
            ParticleId = 1,
            Before = before,
            IsOfModel = model,
            AmplitudeRatio = 0.2,
            StatedProbability = stated,
            After = found ? CrystalAnswer.Superstructure : CrystalAnswer.Undetermined,
        };
        InjectedCrystal[] crystals = [.. Enumerable.Range(0, 20).Select(i => One(Verdict.Regular, 0.95, i < 6)), One(Verdict.Undetermined, 0.3, false), One(Verdict.Regular, 0.95, true, model: false)];

        InjectionResult result = new("r", crystals, 0.8, []);

        Assert.Equal(["0.2 to 0.4", "0.9 to 1"], result.ByProbability.Select(group => group.Name));
        Assert.Equal((20, 0.3), (result.ByProbability[1].Count, result.ByProbability[1].Called!.ValueFraction));
        Assert.Equal(("regular, 0.2 of the fringe", 1), (Assert.Single(result.ByAmplitude).Name, result.ByAmplitude[0].Count));

        // 6 of 20: at most 54 % (exact); 0.8 was promised.
        Assert.False(result.Bar.IsMet);
        Assert.True((result with { MinDetectionProbability = 0.5 }).Bar.IsMet);
    }
}
