namespace ImageAnalysis.Samples.Tests;

public class EarlierDataTests
{
    [Fact]
    public void Run_FolderWithResultsOfAnotherRoot_IsRefusedAndLeftAlone()
    {
        using TempFolder root = PipelineTests.Images(2), other = PipelineTests.Images(1), results = new();
        PipelineTests.Run(root, results);
        byte[] before = File.ReadAllBytes(results["sizes.csv"]);

        // The same names, and one file with the same bytes, do not make it the same data as long as the first root is there.
        InputException error = Assert.Throws<InputException>(() => PipelineTests.Run(other, results));

        Assert.Contains($"found results of \"{root.Path}\"; this run is on \"{other.Path}\" and would replace them. Choose another --out", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(results["sizes.csv"]));
        Assert.Equal(2L, PipelineTests.Scalar(results, "SELECT count(*) FROM files"));
        Assert.Empty(PipelineTests.Run(root, results).Warnings);
    }

    [Fact]
    public void Run_DataMoved_GoesOnAndSaysSo()
    {
        using TempFolder old = PipelineTests.Images(2), root = new(), results = new();
        PipelineTests.Run(old, results);
        Directory.Move(old["s"], root["s"]);
        root.Write(PipelineTests.Name(1), TestImages.Png(99));
        string gone = old.Path;
        Directory.Delete(gone);
        int calls = 0;

        RunResult result = PipelineTests.Run(root, results, measure: (image, options) =>
        {
            calls++;
            return TestImages.Measure(image, options);
        });
        Directory.CreateDirectory(gone);

        Assert.Equal(1, calls);
        Assert.Contains(result.Warnings, warning => warning.StartsWith($"The data have moved: the earlier results in this folder are of \"{gone}\"", StringComparison.Ordinal));
        Assert.Contains($"\"root\": \"{root.Path}\"", File.ReadAllText(results["run.json"]), StringComparison.Ordinal);

        // From now on the new place is the data's place.
        Assert.Empty(PipelineTests.Run(root, results).Warnings);
    }

    [Fact]
    public void Run_OldRootGoneAndNoFileFoundAgain_IsRefused()
    {
        using TempFolder old = PipelineTests.Images(2), other = new(), results = new();
        PipelineTests.Run(old, results);
        Directory.Delete(old["s"], recursive: true);
        Directory.Delete(old.Path);
        other.Write(PipelineTests.Name(0), TestImages.Png(50));

        InputException error = Assert.Throws<InputException>(() => PipelineTests.Run(other, results));
        Directory.CreateDirectory(old.Path);

        Assert.Contains("(no longer there)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NothingMeasuredYet_TakesTheFolder()
    {
        // A first attempt on a wrong folder, stopped or without a readable file, is nothing to protect.
        using TempFolder wrong = new TempFolder().With("s/haadf/no-image.tif"), root = PipelineTests.Images(1), results = new();
        PipelineTests.Run(wrong, results);

        Assert.Equal("measured", Assert.Single(PipelineTests.Run(root, results).Files).Outcome!.Word);
    }

    [Fact]
    public void Run_SameRootThroughALinkOrTheSheetItself_IsTheSameData()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using TempFolder root = PipelineTests.Images(1), links = new(), results = new();
        PipelineTests.Run(root, results);
        Directory.CreateSymbolicLink(links["data"], root.Path);

        RunResult result = Pipeline.Run(new RunRequest { Input = links["data"], ResultsFolder = results.Path }, new PipelineOptions(), (_, _) => throw new InvalidOperationException("Nothing is to be measured."), TestCrystals.Analyse, null, null, null, CancellationToken.None);

        Assert.Equal("measured", Assert.Single(result.Files).Outcome!.Word);
        Assert.Empty(result.Warnings);
    }
}
