using Microsoft.Data.Sqlite;

namespace ImageAnalysis.Samples.Tests;

public class ResultsFolderTests
{
    [Fact]
    public void Run_FolderWithOtherThings_IsRefusedAndLeftAlone()
    {
        using TempFolder root = PipelineTests.Images(1), results = new TempFolder().With("thesis.docx");

        InputException error = Assert.Throws<InputException>(() => PipelineTests.Run(root, results));

        Assert.Contains("thesis.docx", error.Message, StringComparison.Ordinal);
        Assert.Equal(["thesis.docx"], Directory.EnumerateFileSystemEntries(results.Path).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public void Run_AnotherSchemaVersion_IsRefused()
    {
        using TempFolder root = PipelineTests.Images(1), results = new();
        PipelineTests.Run(root, results);
        Execute(results, "PRAGMA user_version = 77");

        InputException error = Assert.Throws<InputException>(() => PipelineTests.Run(root, results));

        Assert.Contains("schema version 77; this program reads and writes version 5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_DatabaseOfAnotherProgramOrNoDatabase_IsRefused()
    {
        using TempFolder root = PipelineTests.Images(1), results = new(), noDatabase = new();
        Execute(results, "CREATE TABLE songs (title TEXT)");
        noDatabase.Write("results.sqlite", new string('x', 5000));

        Assert.Contains("database of another program", Assert.Throws<InputException>(() => PipelineTests.Run(root, results)).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be used as a results store", Assert.Throws<InputException>(() => PipelineTests.Run(root, noDatabase)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WhileAnotherRunWrites_IsRefused_AndFreeAfterwards()
    {
        using TempFolder root = PipelineTests.Images(1), results = new();
        using (ResultsFolder.Open(results.Path))
        {
            InputException error = Assert.Throws<InputException>(() => PipelineTests.Run(root, results));
            Assert.Contains("another ima is writing", error.Message, StringComparison.Ordinal);
        }

        Assert.False(PipelineTests.Run(root, results).Interrupted);
    }

    [Fact]
    public void Run_UntilEverythingIsWritten_KeepsOthersOut()
    {
        using TempFolder root = PipelineTests.Images(1), results = new();
        List<string> refused = [], there = [];
        void TryOthers(FinishedRun run)
        {
            // What is written last by the caller (the report) belongs to the tables: nobody comes between them.
            there.AddRange(Directory.EnumerateFiles(results.Path).Select(path => Path.GetFileName(path)));
            refused.Add(Assert.Throws<InputException>(() => PipelineTests.Run(root, results)).Message);
            refused.Add(Assert.Throws<InputException>(() => StoredResults.Rewrite(results.Path, jobs: 1)).Message);
            Assert.Equal([3], run.Images.Select(image => image.Particles.Count));
        }

        PipelineTests.Run(root, results, onFinished: TryOthers);
        StoredResults.Rewrite(results.Path, jobs: 1, onFinished: TryOthers);

        Assert.Equal(4, refused.Count);
        Assert.All(refused, message => Assert.Contains("another ima is writing", message, StringComparison.Ordinal));
        Assert.Superset(new HashSet<string> { "sizes.csv", "files.csv", "samples.csv" }, there.ToHashSet());
        Assert.False(PipelineTests.Run(root, results).Interrupted);
    }

    [Fact]
    public void Run_Interrupted_WritesNoReport()
    {
        using TempFolder root = PipelineTests.Images(1), results = new();

        PipelineTests.Run(root, results, onFinished: _ => Assert.Fail("A stopped run has no report."), cancel: new CancellationToken(canceled: true));

        Assert.Equal(["results.sqlite"], Directory.EnumerateFiles(results.Path, "*").Select(path => Path.GetFileName(path)).Where(name => !name.StartsWith('.')));
    }

    [Fact]
    public void Run_StoreOfNoBytes_IsMadeAnew()
    {
        // A run killed before its first transaction leaves such a file.
        using TempFolder root = PipelineTests.Images(1), results = new TempFolder();
        results.Write("results.sqlite", []);

        Assert.Single(PipelineTests.Run(root, results).Files);
    }

    [Fact]
    public void Run_ResultsFolderIsAFile_IsRefused()
    {
        using TempFolder root = PipelineTests.Images(1);
        root.Write("out", "x");

        InputException error = Assert.Throws<InputException>(() => Pipeline.Run(new RunRequest { Input = root.Path, ResultsFolder = root["out"] }, new PipelineOptions()));

        Assert.Contains("found a file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ResultsBelowTheRoot_AreNotInput()
    {
        using TempFolder root = PipelineTests.Images(1);
        RunRequest request = new() { Input = root.Path, ResultsFolder = root["s/haadf/results"] };
        for (int i = 0; i < 2; i++)
        {
            RunResult result = Pipeline.Run(request, new PipelineOptions(), TestImages.Measure, TestCrystals.Analyse, null, image =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(image.OverlayPath)!);
                File.WriteAllText(image.OverlayPath, image.ResultId);
            }, onFinished: null, CancellationToken.None);

            Assert.Single(result.Files);
            Assert.Empty(result.Warnings);
        }
    }

    [Fact]
    public void Run_ResultsAmongTheData_IsRefusedByWhatLiesThere()
    {
        // The sample's folder as results folder: nothing would be left to read.
        using TempFolder root = PipelineTests.Images(1);

        InputException error = Assert.Throws<InputException>(() => Pipeline.Run(new RunRequest { Input = root.Path, ResultsFolder = root["s"] }, new PipelineOptions()));

        Assert.StartsWith($"{root["s"]}: found other things in it (such as \"haadf\")", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NameTooLongForAPicture_GetsAShorterOne()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // 247 bytes of UTF-8 take .png.new behind them; 251 do not. Letters of two bytes are not cut in half.
        using TempFolder root = new(), results = new();
        string fits = $"s/haadf/{new string('n', 243)}.png", tooLong = $"s/haadf/{new string('n', 247)}.png", wide = $"s/haadf/{new string('ü', 125)}";
        root.Write(fits, TestImages.Png(1));
        root.Write(tooLong, TestImages.Png(2));
        root.Write(wide, TestImages.Png(3));

        PipelineTests.Run(root, results, onMeasured: image =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(image.OverlayPath)!);
            File.WriteAllText(image.OverlayPath, image.ResultId);
            Assert.True(Path.GetFileName(image.OverlayPath + ".new").Length <= 255);
        });

        Assert.Equal($"overlays/{fits}.png", ResultsFolder.OverlayName(fits));
        Assert.Matches("^overlays/s/haadf/n{234}~[0-9a-f]{12}\\.png$", ResultsFolder.OverlayName(tooLong));
        Assert.Matches("^overlays/s/haadf/ü{117}~[0-9a-f]{12}\\.png$", ResultsFolder.OverlayName(wide));
        Assert.All(new[] { fits, tooLong, wide }, file => Assert.True(File.Exists(results[ResultsFolder.OverlayName(file)]), file));
    }

    [Fact]
    public void Run_DamagedStore_IsRefusedWithTheWayOut()
    {
        using TempFolder root = PipelineTests.Images(3), results = new();
        PipelineTests.Run(root, results);
        byte[] store = File.ReadAllBytes(results["results.sqlite"]);
        int damaged = 0;
        for (int seed = 0; seed < 30; seed++)
        {
            // Pages of zeros, as a disk leaves them; the first (the header and the schema) stays.
            byte[] bad = [.. store];
            bad.AsSpan(4096 * (1 + (seed % ((store.Length / 4096) - 1))), 4096).Clear();
            results.Write("results.sqlite", bad);
            try
            {
                StoredResults.Rewrite(results.Path, jobs: 1);
            }
            catch (InputException e)
            {
                Assert.Contains("results.sqlite", e.Message, StringComparison.Ordinal);
                damaged++;
            }
        }

        Assert.True(damaged > 10, $"Only {damaged} of 30 damages were noticed.");
    }

    private static void Execute(TempFolder results, string sql)
    {
        using SqliteConnection connection = new($"Data Source={results["results.sqlite"]};Pooling=False");
        connection.Open();
        using SqliteCommand command = new(sql, connection);
        command.ExecuteNonQuery();
    }
}
