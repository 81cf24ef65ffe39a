namespace ImageAnalysis.Samples.Tests;

public class FolderConventionTests
{
    [Fact]
    public void Read_FoldersOfAnyCase_GivesSamplesInNaturalOrderAndFilesByPath()
    {
        using TempFolder root = new TempFolder().With("10nm/HAADF/b.tif", "10nm/HAADF/a.tif", "2nm/Haadf/deep/er/c.dm3", "2nm/pxrd/p.xy", "2nm/hrtem/h.tif");

        SampleSheet sheet = SampleSheet.Read(root.Path);

        Assert.Equal(["2nm", "10nm"], sheet.Samples.Select(sample => sample.Name));
        Assert.Equal(
            ["10nm/HAADF/a.tif haadf 10nm", "10nm/HAADF/b.tif haadf 10nm", "2nm/Haadf/deep/er/c.dm3 haadf 2nm", "2nm/hrtem/h.tif hrtem 2nm", "2nm/pxrd/p.xy pxrd 2nm"],
            sheet.Files.Select(file => $"{file.File} {file.Role.Word()} {file.Sample}"));
        Assert.Empty(sheet.Warnings);
        Assert.False(sheet.Simulated);
    }

    [Fact]
    public void Read_TruthHiddenAndResults_ArePassedOverSilently()
    {
        using TempFolder root = new TempFolder().With(
            "2nm/haadf/a.tif", "2nm/haadf/.hidden.tif", "2nm/haadf/truth/a.json", "2nm/Truth/t.json", "truth/all.json", ".git/haadf/x.tif",
            "2nm/haadf/Thumbs.db", "old/results.sqlite", "old/overlays/x.png", "here/haadf/r.tif");

        SampleSheet sheet = SampleSheet.Read(root.Path, root["here"]);

        Assert.Equal(["2nm/haadf/a.tif"], sheet.Files.Select(file => file.File));
        Assert.Equal(["2nm"], sheet.Samples.Select(sample => sample.Name));
        Assert.Empty(sheet.Warnings);
    }

    [Fact]
    public void Read_EmiBesideItsSer_IsPassedOver_AndAloneItIsAFile()
    {
        using TempFolder root = new TempFolder().With("s/haadf/scan.EMI", "s/haadf/Scan_1.ser", "s/haadf/scan_2.ser", "s/haadf/alone.emi", "s/haadf/scanner.emi");

        SampleSheet sheet = SampleSheet.Read(root.Path);

        Assert.Equal(["s/haadf/Scan_1.ser", "s/haadf/alone.emi", "s/haadf/scan_2.ser", "s/haadf/scanner.emi"], sheet.Files.Select(file => file.File));
    }

    [Fact]
    public void Read_FilesOutsideTheRoles_AreNamedInAWarning()
    {
        using TempFolder root = new TempFolder().With("2nm/haadf/a.tif", "notes.txt", "2nm/lost.tif", "2nm/eels/e.dm3", "docs/readme.md");

        SampleSheet sheet = SampleSheet.Read(root.Path);

        string warning = Assert.Single(sheet.Warnings);
        Assert.StartsWith("4 files lie outside", warning, StringComparison.Ordinal);
        Assert.Contains("2nm/eels/e.dm3, 2nm/lost.tif, docs/readme.md, …", warning, StringComparison.Ordinal);
        Assert.Contains("ROOT/<sample>/haadf/", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.tif", "found 1 file (a.tif), none of them in a folder haadf/")]
    [InlineData("2nm/a.tif", "found 1 file (2nm/a.tif)")]
    [InlineData("haadf/a.tif", "found haadf/ directly in it")]
    [InlineData("data/2024/2nm/HAADF/a.tif", "run on \"data/2024\" below it")]
    [InlineData("2nm/haadf/.hidden", "found no input file in it")]
    public void Read_NoStructure_SaysWhatWasFoundAndShowsTheTree(string file, string found)
    {
        using TempFolder root = new TempFolder().With(file);

        InputException error = Assert.Throws<InputException>(() => SampleSheet.Read(root.Path));

        Assert.Contains(found, error.Message, StringComparison.Ordinal);
        Assert.Contains("haadf/   HAADF-STEM images", error.Message, StringComparison.Ordinal);
        Assert.Contains(root.Path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NotThereOrAnImage_SaysSo()
    {
        using TempFolder root = new TempFolder().With("a.tif");

        Assert.Contains("no such folder or file", Assert.Throws<InputException>(() => SampleSheet.Read(root["gone"])).Message, StringComparison.Ordinal);
        Assert.Contains("ima inspect", Assert.Throws<InputException>(() => SampleSheet.Read(root["a.tif"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LinkInACircle_Ends()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using TempFolder root = new TempFolder().With("2nm/haadf/a.tif");
        Directory.CreateSymbolicLink(root["2nm/haadf/again"], root["2nm/haadf"]);
        Directory.CreateSymbolicLink(root["2nm/hrtem"], root["2nm/haadf"]);

        SampleSheet sheet = SampleSheet.Read(root.Path);

        // The link hrtem → haadf is followed once; the one that leads back into itself is not.
        Assert.Equal(["2nm/haadf/a.tif", "2nm/hrtem/a.tif"], sheet.Files.Select(file => file.File));
    }

    [Fact]
    public void Read_LinksUpwards_AreNotFollowed()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // All of them relative: where they lead depends on the folder in truth, not on the path that was walked.
        using TempFolder root = new TempFolder().With("2nm/haadf/day/a.tif", "2nm/other.tif", "4nm/pxrd/p.xy");
        Directory.CreateSymbolicLink(root["2nm/haadf/up"], "..");
        Directory.CreateSymbolicLink(root["2nm/haadf/day/upper"], "../../..");
        Directory.CreateSymbolicLink(root["2nm/haadf/day/here"], ".");

        Assert.Equal(["2nm/haadf/day/a.tif", "4nm/pxrd/p.xy"], SampleSheet.Read(root.Path).Files.Select(file => file.File));
    }

    [Fact]
    public void RealPath_LinksOnTheWay_AreFollowedToTheEnd()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using TempFolder root = new TempFolder().With("a/b/c.tif");
        string real = RealPath.Of(root.Path);
        Directory.CreateSymbolicLink(root["one"], "a");
        Directory.CreateSymbolicLink(root["two"], root["one/b"]);
        File.CreateSymbolicLink(root["a/b/d.tif"], "../../two/c.tif");
        Directory.CreateSymbolicLink(root["loop"], "loop");

        Assert.Equal(Path.Combine(real, "a", "b", "c.tif"), RealPath.Of(root["a/b/d.tif"]));
        Assert.Equal(Path.Combine(real, "a", "b", "gone"), RealPath.Of(root["two/gone"]));
        Assert.Equal("loop", Path.GetFileName(RealPath.Of(root["loop"])));
        Assert.True(RealPath.Same(root["two"], root["a/b/../b/"]));
        Assert.False(RealPath.Same(root["two"], root["a"]));
    }

    [Fact]
    public void Read_RootThatCannotBeRead_IsRefused()
    {
        using TempFolder root = new TempFolder().With("closed/2nm/haadf/a.tif");
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            return;
        }

        File.SetUnixFileMode(root["closed"], UnixFileMode.None);
        string message = Assert.Throws<InputException>(() => SampleSheet.Read(root["closed"])).Message;
        File.SetUnixFileMode(root["closed"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.EndsWith("this folder cannot be read: access is denied.", message, StringComparison.Ordinal);
    }
}
