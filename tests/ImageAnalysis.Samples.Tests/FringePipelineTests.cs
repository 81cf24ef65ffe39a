using System.Globalization;
using System.Text.Json;
using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples.Tests;

public class FringePipelineTests
{
    // The columns that other programs rely on, to the letter; further columns may follow them.
    private const string FringesContract = "sample,file,particle_id,x_px,y_px,x0_px,y0_px,x1_px,y1_px,spacing_nm,spacing_sigma_nm,spacing_px,normal_deg,fringe_snr,superlattice_period_nm,superlattice_snr,superlattice_p_value,detection_limit_snr,detection_probability,verdict,reviewed_verdict,flags";
    private const string FamiliesContract = "sample,file,particle_id,hkl,spacing_nm,spacing_sigma_nm,spacing_px,normal_deg,fringe_snr,superlattice_snr,superlattice_p_value,limit_snr";

    private static readonly string[] _tables = ["fringes.csv", "families.csv", "samples.csv", "sizes.csv", "run.json"];

    [Fact]
    public void Tables_BeginWithTheColumnsOfTheContract()
    {
        using TempFolder root = Images(1), results = new();

        PipelineTests.Run(root, results);

        Assert.StartsWith(FringesContract + ",", string.Join(',', Csv.Read(results["fringes.csv"])[0]), StringComparison.Ordinal);
        Assert.StartsWith(FamiliesContract + ",", string.Join(',', Csv.Read(results["families.csv"])[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void FringesCsv_Rows_HaveTheMeasurementsAndEmptyCellsForWhatIsMissing()
    {
        using TempFolder root = Images(1), results = new();

        PipelineTests.Run(root, results);

        // Seed 0 puts the first crystal at x = 50 px; the default of the option that turns it is 1.6. A pixel is 0.025 nm, a spacing 13.5 px, its standard deviation 0.04 px.
        List<string[]> rows = Csv.Read(results["fringes.csv"]);
        Assert.Equal(5, rows.Count);
        Assert.Equal(
            ["s", Name(0), "1", "50.000", "60.250", "30", "40", "70", "81", "0.33750", "0.00100", "13.5000", "31.60", "321.5", "0.67500", "45.25", "1.25E-09", "9.75", "0.9688", "superstructure", "", ""],
            rows[1][..22]);
        Assert.Equal(["", "1.5", "0.4", "9.75", "0.9688", "regular", "", ""], rows[2][14..22]);
        Assert.Equal(["0.00", "undetermined", "low-detection;border", "true"], [rows[3][12], rows[3][19], rows[3][21], rows[3][22]]);
        Assert.Equal("order would have been seen with probability 0.50; 0.80 is wanted; it reaches the \"border\", partly", rows[3][24]);

        // A crystal without fringes of the tested planes has a place and a verdict, and no fringe that could stand for it.
        Assert.Equal([.. Enumerable.Repeat("", 10), "no-fringe", "", "", "false"], rows[4][9..23]);
        Assert.Equal("0.20625", Csv.Read(results["families.csv"])[4][4]);
    }

    [Fact]
    public void FamiliesCsv_Rows_HaveEachFringeWithItsTest()
    {
        using TempFolder root = Images(1), results = new();

        PipelineTests.Run(root, results);

        List<string[]> rows = Csv.Read(results["families.csv"]);
        Assert.Equal(["s", Name(0), "1", "-1 1 1", "0.33750", "0.00100", "13.5000", "31.60", "321.5", "45.25", "1.25E-09", "9.75"], rows[1][..12]);
        Assert.Equal(["2 2 0", "", "", ""], [rows[4][3], .. rows[4][9..12]]);
        Assert.Equal("", rows[4][^1]);
    }

    [Fact]
    public void SamplesCsv_Verdicts_AreCountedWithTheirInterval()
    {
        using TempFolder root = Images(2), results = new();

        RunResult result = PipelineTests.Run(root, results);

        // Two images with one crystal of each verdict: 2 of 6, whose exact 95 % interval is 4.33…77.72 % (Clopper-Pearson, from tables of the beta distribution); 4 of 6 if the undetermined ones were ordered.
        List<string[]> rows = Csv.Read(results["samples.csv"]);
        Assert.Equal(["s", "6", "2", "2", "2", "33.33", "4.33", "77.72", "66.67", ""], rows[1][..10]);

        // Six equal spacings with 0.001 nm each: 0.001/√6 = 0.00041 nm. Four of them carry no superlattice.
        Assert.Equal(["0.33750", "0.00041"], rows[1][15..17]);
        Assert.Equal(["0.33750", "0.00050", "4"], [Cell("d111_unmodulated_mean_nm"), Cell("d111_unmodulated_sigma_nm"), Cell("n_d111_unmodulated")]);
        Assert.Equal(["2", "2", "2", "0.0160"], [Cell("n_hrtem_images"), Cell("n_no_fringe"), Cell("n_to_review"), Cell("expected_false_superstructures")]);
        Assert.Equal(["4", "3", "1"], Csv.Read(results["files.csv"])[1][13..16]);
        Assert.Equal(["-42.50", "1.50"], Csv.Read(results["files.csv"])[1][18..]);
        Assert.Equal(0, result.Samples[0].ParticleCount);

        string Cell(string column) => rows[1][Array.IndexOf(rows[0], column)];
    }

    [Fact]
    public void SamplesCsv_SampleWithoutHrtemImages_HasEmptyCells()
    {
        using TempFolder root = PipelineTests.Images(1), results = new();

        Assert.Null(PipelineTests.Run(root, results).Samples[0].Fringes);

        Assert.All(Csv.Read(results["samples.csv"])[1][1..10], cell => Assert.Equal("", cell));
        Assert.Single(Csv.Read(results["fringes.csv"]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Run_AnyNumberOfJobs_WritesTheSameBytes(int jobs)
    {
        using TempFolder root = Images(12), first = new(), second = new();
        root.Write("s/hrtem/bad.png", "nothing");
        PipelineTests.Run(root, first, jobs: 2);

        PipelineTests.Run(root, second, jobs: jobs, analyse: (image, options) =>
        {
            // Later files are done sooner.
            using ManualResetEventSlim never = new();
            never.Wait((int)(12 - image.Pixels[0, 0]));
            return TestCrystals.Analyse(image, options);
        });

        Assert.All(_tables, name => Assert.Equal(File.ReadAllBytes(first[name]), File.ReadAllBytes(second[name])));
    }

    [Fact]
    public void Run_Again_AnalysesNothing_AndOnlyOptionsOfFringesAnalyseAnew()
    {
        using TempFolder root = Images(3), results = new();
        int calls = 0;
        FringeAnalysis Count(Micrograph image, PipelineOptions options)
        {
            calls++;
            return TestCrystals.Analyse(image, options);
        }

        PipelineTests.Run(root, results, analyse: Count);
        byte[][] before = [.. _tables.Select(name => File.ReadAllBytes(results[name]))];
        PipelineTests.Run(root, results, analyse: Count);
        Assert.Equal(before, _tables.Select(name => File.ReadAllBytes(results[name])));
        PipelineTests.Run(root, results, analyse: Count, options: new PipelineOptions { Size = new SizeOptions { MinDiameterPx = 8 } });
        Assert.Equal(3, calls);

        PipelineTests.Run(root, results, analyse: Count, options: new PipelineOptions { Fringes = new FringeOptions { MinDiameterNm = 2 } });
        Assert.Equal(6, calls);
        Assert.Equal("32.00", Csv.Read(results["fringes.csv"])[1][12]);
    }

    [Fact]
    public void Run_StoppedHalfWay_GoesOnWhereItStopped()
    {
        using TempFolder root = Images(4), results = new(), straight = new();
        PipelineTests.Run(root, straight);
        using CancellationTokenSource cancel = new();
        List<string> analysed = [];
        FringeAnalysis Note(Micrograph image, PipelineOptions options)
        {
            analysed.Add(image.File);
            if (analysed.Count == 2)
            {
                cancel.Cancel();
            }

            return TestCrystals.Analyse(image, options);
        }

        Assert.True(PipelineTests.Run(root, results, analyse: Note, cancel: cancel.Token).Interrupted);
        Assert.False(File.Exists(results["fringes.csv"]));
        PipelineTests.Run(root, results, analyse: Note);

        Assert.Equal([Name(0), Name(1), Name(2), Name(3)], analysed);
        Assert.All(_tables, name => Assert.Equal(File.ReadAllBytes(straight[name]), File.ReadAllBytes(results[name])));
    }

    [Fact]
    public void Run_WithoutPixelSize_GivesVerdictsAndPixelsAndNoNm()
    {
        using TempFolder root = new(), results = new();
        root.Write(Name(0), TestImages.Png(0, pixelNm: null));

        RunResult result = PipelineTests.Run(root, results);

        string[] row = Csv.Read(results["fringes.csv"])[1];
        Assert.Equal(["", "", "13.5000", "31.60", "321.5", "", "45.25"], row[9..16]);
        Assert.Equal("superstructure", row[19]);
        Assert.Equal(["33.33", ""], [Csv.Read(results["samples.csv"])[1][5], Csv.Read(results["samples.csv"])[1][15]]);
        Assert.Contains(result.Warnings, warning => warning.StartsWith($"1 HRTEM image has no pixel size ({Name(0)}): verdicts rest on ratios", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_SheetAndFileDisagreeOnThePixelSize_IsFlaggedAsForOtherImages()
    {
        using TempFolder root = Images(1), results = new();

        RunResult result = PipelineTests.Run(root, results, pixelNm: 0.11);

        Assert.Equal(["calibration-conflict"], result.Files[0].Outcome!.Flags);
        Assert.Contains("differs by -9.1 %", result.Files[0].Outcome!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_FlagsOfTheImage_StandInFilesCsvAndAmongTheWarnings()
    {
        using TempFolder root = Images(1), results = new();

        RunResult result = PipelineTests.Run(root, results, pixelNm: 0.11, analyse: (image, options) =>
            TestCrystals.Analyse(image, options) with { Flags = [new CrystalFlag("calibration-conflict", "the fringes ask for larger pixels", true), new CrystalFlag("thick", "it is thick", false)] });

        Assert.Equal("calibration-conflict;thick", Csv.Read(results["files.csv"])[1][17]);
        Assert.EndsWith("; the fringes ask for larger pixels; it is thick", result.Files[0].Outcome!.Message, StringComparison.Ordinal);
        Assert.Equal(result.Files[0].Outcome!.Flags, PipelineTests.Run(root, results, pixelNm: 0.11).Files[0].Outcome!.Flags);
    }

    [Fact]
    public void Run_ResultsOfAnotherVersion_AreMadeAnew_AndReportSaysSo()
    {
        using TempFolder root = Images(2), results = new();
        PipelineTests.Run(root, results);
        byte[] before = File.ReadAllBytes(results["fringes.csv"]);
        PipelineTests.Scalar(results, "UPDATE crystals SET crystal_json = '{}'; UPDATE measurements SET code_version = 'other'; SELECT 1");

        InputException refused = Assert.Throws<InputException>(() => StoredResults.Rewrite(results.Path, jobs: 1));
        PipelineTests.Run(root, results);

        Assert.Contains("of another version of the program", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(results["fringes.csv"]));
    }

    [Fact]
    public void Run_BadImageOrBugAmongGoodOnes_CostsOneRow()
    {
        using TempFolder root = Images(3), results = new();
        root.Write("s/hrtem/cut.png", TestImages.Png(77)[..60]);

        RunResult result = PipelineTests.Run(root, results, analyse: (image, options) =>
            image.File == Name(1) ? throw new InvalidOperationException("a bug") : TestCrystals.Analyse(image, options));

        Assert.Equal(["measured", "crashed", "measured", "bad-file"], result.Files.Select(file => file.Outcome!.Word));
        Assert.Equal(1 + (2 * 4), Csv.Read(results["fringes.csv"]).Count);
        Assert.Equal(2, result.Samples[0].Fringes!.ImageCount);
    }

    [Fact]
    public void Run_PicturesFromTheStore_ShowTheSameToTheLastBit()
    {
        using TempFolder root = Images(1), results = new();
        List<MeasuredImage> drawn = [];
        PipelineTests.Run(root, results, onMeasured: drawn.Add);

        // Nothing was written, so it is asked for again, from the store.
        PipelineTests.Run(root, results, analyse: (_, _) => throw new InvalidOperationException("All is stored."), onMeasured: drawn.Add);

        Assert.Equal(2, drawn.Count);
        Assert.Equal(JsonSerializer.Serialize(drawn[0].Fringes), JsonSerializer.Serialize(drawn[1].Fringes));
        Assert.Same(drawn[1].Fringes!.Crystals[0].Fringes[0], drawn[1].Fringes!.Crystals[0].Carrier);
        Assert.Null(drawn[1].Fringes!.Crystals[3].Carrier);
        Assert.Equal(results[$"overlays/{Name(0)}.crystals/3.png"], drawn[1].CrystalPath(3));
    }

    [Fact]
    public void Run_PicturesOfCrystals_GoWithTheirResults()
    {
        using TempFolder root = Images(2), results = new();
        PipelineTests.Run(root, results, onMeasured: DrawText);
        Assert.Equal(["1.png", "2.png", "3.png", "4.png"], Pictures(0));

        // One is missing: all of that image are drawn again.
        File.Delete(results[$"overlays/{Name(0)}.crystals/2.png"]);
        List<string> drawn = [];
        PipelineTests.Run(root, results, onMeasured: image =>
        {
            drawn.Add(image.Image.File);
            DrawText(image);
        });
        Assert.Equal([Name(0)], drawn);

        // Other options find fewer crystals; a file that turns bad has none.
        root.Write(Name(1), "no image");
        PipelineTests.Run(root, results, options: new PipelineOptions { Fringes = new FringeOptions { MinDiameterNm = 2 } }, onMeasured: DrawText, analyse: (image, options) =>
        {
            FringeAnalysis all = TestCrystals.Analyse(image, options);
            return all with { Crystals = [.. all.Crystals.Take(1)] };
        });
        Assert.Equal(["1.png"], Pictures(0));
        Assert.False(Directory.Exists(results[$"overlays/{Name(1)}.crystals"]));

        string[] Pictures(int i) => [.. Directory.EnumerateFiles(results[$"overlays/{Name(i)}.crystals"]).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void Analyser_DrawnOrderedCrystal_IsFoundAndCalled()
    {
        using TempFolder root = new(), results = new();
        root.Write(Name(0), TestCrystals.OrderedPng(1));

        RunResult result = Pipeline.Run(new RunRequest { Input = root.Path, ResultsFolder = results.Path, Jobs = 1 }, new PipelineOptions());

        // Drawn: 13.5 px of 0.025 nm at 35°, and its half order; a tenth of a degree and a thousandth of the spacing are several times the error of fringes this strong.
        string[] row = Assert.Single(Csv.Read(results["fringes.csv"])[1..], cells => cells[19] == "superstructure");
        Assert.InRange(Number(row[9]), 0.3375 * 0.997, 0.3375 * 1.003);
        Assert.InRange(Number(row[12]), 34.5, 35.5);
        Assert.Equal(1, result.Samples[0].Fringes!.SuperstructureCount);
    }

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private static void DrawText(MeasuredImage image)
    {
        Directory.CreateDirectory(image.CrystalFolder);
        foreach (CrystalMeasurement crystal in image.Fringes!.Crystals)
        {
            File.WriteAllText(image.CrystalPath(crystal.ParticleId), image.ResultId);
        }

        File.WriteAllText(image.OverlayPath, image.ResultId);
    }

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"s/hrtem/{i}.png");

    private static TempFolder Images(int count)
    {
        TempFolder root = new();
        for (int i = 0; i < count; i++)
        {
            root.Write(Name(i), TestImages.Png(i));
        }

        return root;
    }
}
