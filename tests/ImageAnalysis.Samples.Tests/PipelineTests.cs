using System.Globalization;
using ImageAnalysis.Formats.Png;
using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;
using ImageAnalysis.Particles;
using Microsoft.Data.Sqlite;

namespace ImageAnalysis.Samples.Tests;

public class PipelineTests
{
    private static readonly string[] Tables = ["sizes.csv", "samples.csv", "run.json"];

    [Fact]
    public void Run_CorruptFileAmongGoodOnes_CostsOneRow()
    {
        using TempFolder root = Images(3);
        root.Write("s/haadf/bad.png", TestImages.Png(77)[..60]);
        root.Write("s/haadf/notes.txt", "no image");
        using TempFolder results = new();

        RunResult result = Run(root, results);

        Assert.Equal(["measured", "measured", "measured", "bad-file", "bad-file"], result.Files.Select(file => file.Outcome!.Word));
        List<string[]> rows = Csv.Read(results["files.csv"]);
        Assert.Equal(6, rows.Count);
        Assert.Equal(["s/haadf/bad.png", "s", "haadf", "bad-file"], rows[4][..4]);
        Assert.StartsWith("PNG: truncated", rows[4][4], StringComparison.Ordinal);
        Assert.StartsWith("unknown format: not recognised", rows[5][4], StringComparison.Ordinal);
        Assert.Equal(64, rows[5][8].Length);
        Assert.Equal(1 + (3 * 3), Csv.Read(results["sizes.csv"]).Count);
        Assert.Equal(2, result.Samples[0].BadFileCount);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Run_AnyNumberOfJobsAndOrderOfFiles_WritesTheSameBytes(int jobs)
    {
        using TempFolder root = Images(20);
        using TempFolder other = new();
        foreach (int i in Enumerable.Range(0, 20).Reverse())
        {
            other.Write(Name(i), TestImages.Png(i));
        }

        root.Write("s/haadf/bad.png", "nothing");
        other.Write("s/haadf/bad.png", "nothing");
        using TempFolder first = new(), second = new();
        string here = Directory.GetCurrentDirectory();

        Run(root, first, jobs: 2);
        Run(other, second, jobs: jobs, measure: (image, options) =>
        {
            // Later files are done sooner.
            using ManualResetEventSlim never = new();
            never.Wait((int)(20 - image.Pixels[0, 0]) / 2);
            return TestImages.Measure(image, options);
        });

        Assert.Equal(here, Directory.GetCurrentDirectory());
        Assert.Equal(File.ReadAllBytes(first["sizes.csv"]), File.ReadAllBytes(second["sizes.csv"]));
        Assert.Equal(File.ReadAllBytes(first["samples.csv"]), File.ReadAllBytes(second["samples.csv"]));
        Assert.Equal(File.ReadAllText(first["run.json"]).Replace(root.Path, "ROOT", StringComparison.Ordinal), File.ReadAllText(second["run.json"]).Replace(other.Path, "ROOT", StringComparison.Ordinal));
        Assert.Equal(WithoutSeconds(first), WithoutSeconds(second));
    }

    [Fact]
    public void Run_Again_ComputesNothingAndWritesTheSame()
    {
        using TempFolder root = Images(4);
        using TempFolder results = new();
        Counter counter = new();
        Run(root, results, measure: counter.Measure);
        byte[][] before = [.. Tables.Select(name => File.ReadAllBytes(results[name])), File.ReadAllBytes(results["files.csv"])];

        RunResult again = Run(root, results, measure: counter.Measure);

        Assert.Equal(4, counter.Calls);
        Assert.False(again.Interrupted);

        // Even the seconds are those of the first run.
        Assert.Equal(before, [.. Tables.Select(name => File.ReadAllBytes(results[name])), File.ReadAllBytes(results["files.csv"])]);
    }

    [Fact]
    public void Run_OneFileChangedRenamedOrGone_ComputesWhatChangedOnly()
    {
        using TempFolder root = Images(4);
        using TempFolder results = new();
        Counter counter = new();
        Run(root, results, measure: counter.Measure);
        root.Write(Name(1), TestImages.Png(111));
        File.Move(root[Name(2)], root["s/haadf/new-name.png"]);
        File.Delete(root[Name(3)]);

        RunResult again = Run(root, results, measure: counter.Measure);

        Assert.Equal(5, counter.Calls);
        Assert.Equal([Name(0), Name(1), "s/haadf/new-name.png"], again.Files.Select(file => file.File));

        // 131.1 px − 0.5 px: the particle's size follows from the new first pixel (20 + 111 + 1 px, 0.1 nm a pixel).
        Assert.Contains(Csv.Read(results["sizes.csv"]), row => row[1] == Name(1) && row[5] == "13.2000");
        Assert.Equal(3L, Scalar(results, "SELECT count(*) FROM measurements"));
        Assert.Equal(9L, Scalar(results, "SELECT count(*) FROM sizes"));
    }

    [Fact]
    public void Run_OptionsOrPixelSizeChanged_ComputesAgain()
    {
        using TempFolder root = Images(2);
        using TempFolder results = new();
        Counter counter = new();
        Run(root, results, measure: counter.Measure);

        // What a summary of the stored sizes needs measures nothing.
        Run(root, results, options: new PipelineOptions { Distribution = new DistributionOptions { Seed = 7 } }, measure: counter.Measure);
        Assert.Equal(2, counter.Calls);

        PipelineOptions larger = new() { Size = new SizeOptions { MinDiameterPx = 8 } };
        Run(root, results, options: larger, measure: counter.Measure);
        Assert.Equal(4, counter.Calls);

        Run(root, results, options: larger, pixelNm: 0.2, measure: counter.Measure);
        Assert.Equal(6, counter.Calls);
        Assert.Equal("0.2", Csv.Read(results["files.csv"])[1][5]);
        Assert.Contains("\"min_diameter_px\": 8", File.ReadAllText(results["run.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_CancelledInTheMiddle_KeepsWhatIsDoneAndGoesOn()
    {
        using TempFolder root = Images(6);
        using TempFolder results = new(), straight = new();
        using CancellationTokenSource cancel = new();
        Counter counter = new();

        RunResult first = Run(root, results, cancel: cancel.Token, measure: (image, options) =>
        {
            if (image.File == Name(2))
            {
                cancel.Cancel();
            }

            return counter.Measure(image, options);
        });

        Assert.True(first.Interrupted);
        Assert.Equal(3, counter.Calls);
        Assert.Equal([true, true, true, false, false, false], first.Files.Select(file => file.Outcome is not null));
        Assert.False(File.Exists(results["sizes.csv"]));

        RunResult second = Run(root, results, measure: counter.Measure);
        Run(root, straight);

        Assert.False(second.Interrupted);
        Assert.Equal(6, counter.Calls);
        Assert.All(Tables, name => Assert.Equal(File.ReadAllBytes(straight[name]), File.ReadAllBytes(results[name])));
    }

    [Fact]
    public void Run_StageThrows_IsACrashOfThatFileOnly_AndTriedAgain()
    {
        using TempFolder root = Images(3);
        using TempFolder results = new();

        RunResult result = Run(root, results, measure: (image, options) =>
            image.File == Name(1) ? throw new InvalidOperationException("seven is not eight") : TestImages.Measure(image, options));

        Assert.Equal(["measured", "crashed", "measured"], result.Files.Select(file => file.Outcome!.Word));
        Assert.Equal("InvalidOperationException: seven is not eight", result.Files[1].Outcome!.Message);
        Assert.Contains(nameof(Run_StageThrows_IsACrashOfThatFileOnly_AndTriedAgain), result.Files[1].Outcome!.Stack, StringComparison.Ordinal);

        Assert.Equal(["measured", "measured", "measured"], Run(root, results).Files.Select(file => file.Outcome!.Word));
    }

    [Fact]
    public void Run_StoppedAfterAFinishedOne_LeavesNoTableOfTheEarlierRun()
    {
        using TempFolder root = Images(3), results = new(), straight = new();
        string[] written = [.. Tables, "files.csv", "report.html"];
        void WriteReport(FinishedRun run) => run.Folder.WriteFile("report.html", stream => stream.WriteByte((byte)'r'));
        Run(root, results, onFinished: WriteReport);
        Assert.All(written, name => Assert.True(File.Exists(results[name]), name));
        root.Write(Name(1), TestImages.Png(77));
        using CancellationTokenSource cancel = new();

        RunResult stopped = Run(root, results, cancel: cancel.Token, onFinished: WriteReport, measure: (image, options) =>
        {
            cancel.Cancel();
            return TestImages.Measure(image, options);
        });

        Assert.True(stopped.Interrupted);
        Assert.All(written, name => Assert.False(File.Exists(results[name]), name));

        // What is there so far can be asked for, and says that it is not all.
        RunResult soFar = StoredResults.Rewrite(results.Path, jobs: 1);
        Assert.True(soFar.Interrupted);
        Assert.Equal(["measured", "measured", ""], Csv.Read(results["files.csv"])[1..].Select(row => row[3]));
        Assert.Contains("\"finished\": false", File.ReadAllText(results["run.json"]), StringComparison.Ordinal);

        Run(root, results);
        Run(root, straight);
        Assert.All(Tables, name => Assert.Equal(File.ReadAllBytes(straight[name]), File.ReadAllBytes(results[name])));
        Assert.Contains("\"finished\": true", File.ReadAllText(results["run.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ManyFiles_KeepsNoImageInMemory()
    {
        const int count = 120, early = 20, side = 256;
        using TempFolder root = new(), results = new();
        for (int i = 0; i < count; i++)
        {
            root.Write($"s/haadf/{i:D3}.png", PngWriter.Write(new Raster<ushort>(side, side, [.. Enumerable.Repeat((ushort)i, side * side)])));
        }

        long before = 0, after = 0;
        Pipeline.Run(
            new RunRequest { Input = root.Path, ResultsFolder = results.Path, Jobs = 1 },
            new PipelineOptions(),
            TestImages.Measure,
            TestCrystals.Analyse,
            progress =>
            {
                before = progress.Done == early ? GC.GetTotalMemory(forceFullCollection: true) : before;
                after = progress.Done == count ? GC.GetTotalMemory(forceFullCollection: true) : after;
            },
            onMeasured: null,
            onFinished: null,
            CancellationToken.None);

        // A hundred images of 256 KiB (single precision) lie between the two: 25 MiB if they were kept. What may grow is a few caches.
        Assert.InRange(after - before, -8_000_000, 2_000_000);
    }

    [Fact]
    public void Run_OverlayThatCannotBeWritten_EndsTheRunAndIsNoCrashOfTheFile()
    {
        using TempFolder root = Images(2), results = new();

        InputException error = Assert.Throws<InputException>(() => Run(root, results, onMeasured: image =>
        {
            if (image.Image.File == Name(1))
            {
                throw new InputException("the disk is full");
            }
        }));

        Assert.Equal("the disk is full", error.Message);
        Assert.Equal(1L, Scalar(results, "SELECT count(*) FROM measurements"));
        Assert.Equal(2, Run(root, results).Files.Count);
    }

    [Fact]
    public void Run_PatternOfTwoPoints_IsNotMeasurable()
    {
        using TempFolder root = Images(1);
        root.Write("s/pxrd/p.xy", "10 1\n20 2\n");
        using TempFolder results = new();

        // Two points are a pattern, and too few for a fit: that is said of the file.
        Assert.Equal(["measured", "not-measurable"], Run(root, results).Files.Select(file => file.Outcome!.Word));
    }

    [Fact]
    public void Run_WithoutCalibration_MeasuresInPixelsAndSaysSo()
    {
        using TempFolder root = new();
        root.Write(Name(0), TestImages.Png(1, pixelNm: null));
        using TempFolder results = new();

        RunResult result = Run(root, results);

        string[] row = Csv.Read(results["sizes.csv"])[1];
        Assert.Equal(["", "", "", ""], row[5..9]);
        Assert.Equal("22.000", row[20]);
        Assert.Equal(["", "", ""], Csv.Read(results["files.csv"])[1][5..8]);
        Assert.Equal((0, 2), (result.Samples[0].SizedCount, result.Samples[0].UncalibratedCount));
        Assert.Contains(result.Warnings, warning => warning.StartsWith("1 image has no pixel size (s/haadf/0.png)", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_SourcesDisagree_SheetBeatsLineBeatsFile_AndItIsFlagged()
    {
        using TempFolder root = Images(3);
        root.Write("samples.json", $$"""
            { "version": 1, "simulated": true, "samples": [ { "name": "s", "files": [
              { "path": "{{Name(0)}}", "role": "haadf", "pixel_width_nm": 0.11, "pixel_height_nm": 0.1 },
              { "path": "{{Name(1)}}", "role": "haadf" } ] } ] }
            """);
        using TempFolder results = new();

        RunResult result = Run(root, results, pixelNm: 0.102);

        Assert.True(result.Simulated);
        Assert.All(result.Files, file => Assert.True(file.Simulated));
        Assert.Equal(2, result.Files.Count);
        Assert.Equal((0.11, 0.1, "user:samples.json"), (result.Files[0].PixelWidthNm, result.Files[0].PixelHeightNm, result.Files[0].CalibrationSource));
        Assert.Equal((0.102, 0.102, "user:--pixel-nm"), (result.Files[1].PixelWidthNm, result.Files[1].PixelHeightNm, result.Files[1].CalibrationSource));

        // 0.102 against 0.11 is −7.3 %, 0.1 against 0.11 is −9.1 %; 0.1 against 0.102 is −2.0 %, below the 3 % that are flagged.
        Assert.Matches(@"differs by -7\.3 %; .*differs by -9\.1 %", result.Files[0].Outcome!.Message);
        Assert.Equal("", result.Files[1].Outcome!.Message);
        Assert.Equal(["calibration-conflict", ""], Csv.Read(results["files.csv"])[1..].Select(row => row[17]));
        Assert.Equal(["calibration-conflict"], Run(root, results, pixelNm: 0.102).Files[0].Outcome!.Flags);
        Assert.Contains(result.Warnings, warning => warning.StartsWith(Name(0) + ": pixel size 0.11 × 0.1 nm (user:samples.json) is used;", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_FileThatDisagreesWithItself_IsFlaggedWithBothSizes()
    {
        using TempFolder root = new(), results = new();
        root.Write("s/haadf/a.tif", TestImages.TiffWithTwoPixelSizes());
        root.Write("s/hrtem/b.tif", TestImages.TiffWithTwoPixelSizes());

        RunResult result = Run(root, results);

        const string reason = "the file disagrees with itself on the pixel size: 0.5 × 0.5 nm (ImageJ) against 5E+06 × 5E+06 nm (TIFF resolution), of which the first counts";
        Assert.Equal(reason, result.Files[0].Outcome!.Message);
        Assert.Equal(reason, result.Files[1].Outcome!.Message);
        Assert.Equal(["calibration-conflict", "calibration-conflict"], Csv.Read(results["files.csv"])[1..].Select(row => row[17]));
        Assert.Contains($"s/haadf/a.tif: {reason}.", result.Warnings);
    }

    [Fact]
    public void Run_SameBytesUnderTwoNames_AreMeasuredOnceEachInTablesAndNamed()
    {
        using TempFolder root = Images(1);
        File.Copy(root[Name(0)], root["s/haadf/copy.png"]);
        using TempFolder results = new();

        RunResult result = Run(root, results);

        Assert.Equal(7, Csv.Read(results["sizes.csv"]).Count);
        Assert.Contains(result.Warnings, warning => warning.StartsWith("s/haadf/0.png, s/haadf/copy.png: the same bytes under 2 names", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_NameThatIsNoUnicode_SaysWhatToDo()
    {
        // .NET shows U+FFFD for bytes that are no UTF-8, and then does not find the file; a file that is called so in truth is read.
        using TempFolder root = Images(1), results = new();
        root.Write("samples.json", """{ "version": 1, "samples": [ { "name": "s", "files": [ { "path": "s/haadf/0.png", "role": "haadf" }, { "path": "s/haadf/\uFFFD.png", "role": "haadf" } ] } ] }""");
        Assert.Contains("it is not there", Run(root, results).Files[1].Outcome!.Message, StringComparison.Ordinal);

        root.Write("s/haadf/\uFFFD.png", TestImages.Png(2));
        Assert.Equal("measured", Run(root, results).Files[1].Outcome!.Word);

        File.Delete(root["s/haadf/\uFFFD.png"]);
        Assert.Equal("its name is not valid Unicode (UTF-8), so it cannot be opened; rename the file", InputBytes.Read(root["s/haadf/\uFFFD.png"]).Problem);
    }

    [Fact]
    public void Run_FileThatIsNotThereOrLocked_IsBadAndTriedAgain()
    {
        using TempFolder root = Images(1);
        root.Write("samples.json", """{ "version": 1, "samples": [ { "name": "s", "files": [ { "path": "s/haadf/0.png", "role": "haadf" }, { "path": "late.png", "role": "haadf" } ] } ] }""");
        using TempFolder results = new();

        RunResult result = Run(root, results);
        Assert.Equal("bad-file", result.Files[0].Outcome!.Word);
        Assert.Contains("it is not there", result.Files[0].Outcome!.Message, StringComparison.Ordinal);

        root.Write("late.png", TestImages.Png(9));
        Assert.Equal("measured", Run(root, results).Files[0].Outcome!.Word);
    }

    internal static RunResult Run(
        TempFolder root,
        TempFolder results,
        int jobs = 1,
        PipelineOptions? options = null,
        double? pixelNm = null,
        Func<Micrograph, PipelineOptions, IReadOnlyList<SizeMeasurement>>? measure = null,
        Func<Micrograph, PipelineOptions, FringeAnalysis>? analyse = null,
        Action<MeasuredImage>? onMeasured = null,
        Action<FinishedRun>? onFinished = null,
        CancellationToken cancel = default) =>
        Pipeline.Run(
            new RunRequest { Input = root.Path, ResultsFolder = results.Path, Jobs = jobs, PixelWidthNm = pixelNm },
            options ?? new PipelineOptions(),
            measure ?? TestImages.Measure,
            analyse ?? TestCrystals.Analyse,
            onProgress: null,
            onMeasured,
            onFinished,
            cancel);

    internal static TempFolder Images(int count)
    {
        TempFolder root = new();
        for (int i = 0; i < count; i++)
        {
            root.Write(Name(i), TestImages.Png(i));
        }

        return root;
    }

    internal static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"s/haadf/{i}.png");

    internal static object Scalar(TempFolder results, string sql)
    {
        using SqliteConnection connection = new($"Data Source={results["results.sqlite"]};Pooling=False");
        connection.Open();
        using SqliteCommand command = new(sql, connection);
        return command.ExecuteScalar()!;
    }

    private static string[] WithoutSeconds(TempFolder results) =>
        [.. Csv.Read(results["files.csv"]).Select(row => string.Join('|', row.Where((_, column) => column != 9)))];

    private sealed class Counter
    {
        private int _calls;

        public int Calls => _calls;

        public IReadOnlyList<SizeMeasurement> Measure(Micrograph image, PipelineOptions options)
        {
            Interlocked.Increment(ref _calls);
            return TestImages.Measure(image, options);
        }
    }
}
