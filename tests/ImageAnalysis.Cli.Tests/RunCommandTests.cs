using System.Text;
using ImageAnalysis.Formats.Png;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Cli.Tests;

public class RunCommandTests
{
    [Fact]
    public void Run_GoodFolder_Is0WithATableAndThePlaceOfTheReport()
    {
        using TempSamples samples = new(2);

        CapturedTerminal shown = CapturedTerminal.Run("run", samples.Root, "--out", samples.Results);

        Assert.Equal(0, shown.Code);
        Assert.Equal("1 of 2 files\n2 of 2 files\n", shown.Err);
        string[] lines = shown.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Path.Combine(samples.Results, "report.html"), lines[^1]);
        Assert.True(File.Exists(lines[^1]));
        Assert.Contains(lines, line => line.Contains("long axis (nm)", StringComparison.Ordinal));

        // Two images with four discs each.
        Assert.Matches(@"^\s*s\s.*\s8\s.*±", Assert.Single(lines, line => line.Contains('±')));
        Assert.All(lines[..^1], line => Assert.True(line.Length <= 80, line));
        Assert.DoesNotContain('\e', shown.Out + shown.Err);
        Assert.Contains($"\"program_version\": \"{Ima.Version}\"", Encoding.UTF8.GetString(samples.Result("run.json")), StringComparison.Ordinal);
        Assert.All(new[] { "results.sqlite", "sizes.csv", "files.csv", "samples.csv", "run.json", "overlays/s/haadf/00.png.png", "overlays/s/haadf/01.png.png" }, file => Assert.NotEmpty(samples.Result(file)));
    }

    [Fact]
    public void Run_BadFileAmongGoodOnes_Is3AndNamesIt()
    {
        using TempSamples samples = new(1);
        samples.Write("s/haadf/broken.png", TempSamples.Image(9)[..100]);
        samples.Write("s/hrtem/a.png", TempSamples.Image(8));

        CapturedTerminal shown = CapturedTerminal.Run("run", samples.Root, "--out", samples.Results, "--quiet");

        Assert.Equal((3, ""), (shown.Code, shown.Out));
        Assert.StartsWith("bad-file: s/haadf/broken.png: PNG: truncated", shown.Err, StringComparison.Ordinal);
        Assert.Single(shown.Err.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Run_TruthHiddenFilesAndSidecars_DoNotTouchTheExitCode()
    {
        // The content decides about a format, so the "SER" may be a PNG here; its EMI describes it and is no input of its own.
        using TempSamples samples = new(1);
        byte[] garbage = [1, 2, 3];
        samples.Write("s/haadf/scan_1.ser", TempSamples.Image(7));
        foreach (string name in new[] { "s/haadf/scan.emi", "truth/s/haadf/truth.json", "s/truth/x.tif", "s/haadf/truth/y.tif", "s/haadf/.hidden.tif", ".git/config", "s/haadf/Thumbs.db", "s/haadf/._00.png" })
        {
            samples.Write(name, garbage);
        }

        CapturedTerminal shown = CapturedTerminal.Run("run", samples.Root, "--out", samples.Results);

        Assert.Equal(0, shown.Code);
        Assert.DoesNotContain("note:", shown.Err, StringComparison.Ordinal);

        // As RFC 4180 has it: every line ends in CR LF, the last one too, behind one byte order mark; two files, no more.
        foreach ((string table, int rows) in new[] { ("files.csv", 2), ("samples.csv", 1), ("sizes.csv", 8) })
        {
            string text = Encoding.UTF8.GetString(samples.Result(table));
            Assert.Equal('\uFEFF', text[0]);
            Assert.Equal(-1, text.IndexOf('\uFEFF', 1));
            Assert.Equal(1 + rows, text.Count(c => c == '\n'));
            Assert.Equal(text.Count(c => c == '\n'), text.Split("\r\n").Length - 1);
            Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Run_HrtemBesideHaadf_ShowsVerdictsInATableOfTheirOwn()
    {
        using TempSamples samples = new(1);
        samples.Write("s/hrtem/a.png", TempSamples.LatticeImage(1));

        CapturedTerminal shown = CapturedTerminal.Run("run", samples.Root, "--out", samples.Results);

        Assert.Equal(0, shown.Code);
        string[] lines = shown.Out.Split('\n');
        int header = Array.FindIndex(lines, line => line.StartsWith("sample  n", StringComparison.Ordinal));
        Assert.StartsWith("HRTEM: superstructure in % of the n crystals that show {111} fringes", lines[0], StringComparison.Ordinal);
        Assert.Equal(["sample", "n", "% (95 %)", "undet.", "% both ways", "paper", "long axis (nm)", "d (nm)"], lines[header].Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

        // One drawn crystal with its half order: one of one, whose exact 95 % interval begins at 2.5 % (Clopper-Pearson at n = 1).
        Assert.Matches(@"^\s*s\s+1\s+100 \(3…100\)\s+0\s+100\s", lines[header + 2]);
        Assert.All(lines[..^2], line => Assert.True(line.Length <= 80, line));
        Assert.All(new[] { "fringes.csv", "families.csv", "overlays/s/hrtem/a.png.png", "overlays/s/hrtem/a.png.crystals/1.png" }, file => Assert.NotEmpty(samples.Result(file)));
    }

    [Fact]
    public void Run_HrtemAlone_ShowsNoTableOfSizes_AndReportDrawsThePicturesAgain()
    {
        using TempSamples samples = new(0);
        samples.Write("s/hrtem/a.png", TempSamples.LatticeImage(2));
        CapturedTerminal shown = CapturedTerminal.Run("run", samples.Root, "--out", samples.Results);
        byte[] picture = samples.Result("overlays/s/hrtem/a.png.crystals/1.png"), page = samples.Result("report.html");
        File.Delete(Path.Combine(samples.Results, "overlays/s/hrtem/a.png.crystals/1.png"));

        CapturedTerminal again = CapturedTerminal.Run("report", samples.Results);

        Assert.StartsWith("HRTEM:", shown.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("long axis", shown.Out, StringComparison.Ordinal);
        Assert.Equal(shown.Out, again.Out);
        Assert.Equal(picture, samples.Result("overlays/s/hrtem/a.png.crystals/1.png"));
        Assert.Equal(page, samples.Result("report.html"));
    }

    [Fact]
    public void Run_PixelGivenOnTheLine_IsUsedAndTheDifferenceTold()
    {
        using TempSamples samples = new(1);

        CapturedTerminal shown = CapturedTerminal.Run("run", samples.Root, "--out", samples.Results, "--pixel-nm", "0.2,0.21");

        Assert.Equal(0, shown.Code);
        Assert.Contains("note: s/haadf/00.png: pixel size 0.2 × 0.21 nm (user:--pixel-nm) is used; 0.1 × 0.1 nm", shown.Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.1,0.5", "0.1", "0.5", "note: --pixel-nm: pixels are taken to be 0.1 nm wide and 0.5 nm high; check")]
    [InlineData("1,5", "1", "5", "note: --pixel-nm: pixels are taken to be 1 nm wide and 5 nm high; if 1.5 nm is meant, write it with a point.")]
    [InlineData("0.1, 0.11", "0.1", "0.11", "note: s/haadf/00.png: pixel size 0.1 × 0.11 nm")]
    [InlineData("1e-1,1e-1", "0.1", "0.1", "")]
    public void Run_PixelsOfAnyRatio_AreTakenAndAskedBack(string pixel, string width, string height, string note)
    {
        using TempSamples samples = new(1);

        CapturedTerminal shown = CapturedTerminal.Run("run", samples.Root, "--out", samples.Results, "--pixel-nm", pixel);

        Assert.Equal(0, shown.Code);
        Assert.Contains(note, shown.Err, StringComparison.Ordinal);
        Assert.Contains($",{width},{height},user:--pixel-nm,", Encoding.UTF8.GetString(samples.Result("files.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Cancelled_Is130AndSaysHowToGoOn()
    {
        using TempSamples samples = new(2);
        using CancellationTokenSource cancel = new();
        cancel.Cancel();

        CapturedTerminal shown = CapturedTerminal.Run(cancel.Token, "run", samples.Root, "--out", samples.Results);

        Assert.Equal((130, ""), (shown.Code, shown.Out));
        Assert.Contains($"Interrupted: 0 of 2 files are done and kept. The same command goes on from there and writes the tables (for what is done: ima report \"{samples.Results}\").", shown.Err, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(samples.Results, "files.csv")));

        CapturedTerminal report = CapturedTerminal.Run("report", samples.Results);

        Assert.Equal(130, report.Code);
        Assert.Contains("Interrupted: 0 of 2 files are done and kept. The same ima run goes on from there.", report.Err, StringComparison.Ordinal);
        Assert.Contains("This run was stopped before its end", File.ReadAllText(Path.Combine(samples.Results, "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_BadOptions_Is64WithThePlace()
    {
        using TempSamples samples = new(1);
        string options = samples.Write("options.json", "{\n  \"sizes\": {}\n}"u8.ToArray());

        CapturedTerminal shown = CapturedTerminal.Run("run", samples.Root, "--out", samples.Results, "--options", options);

        Assert.Equal(64, shown.Code);
        Assert.Contains("line 2, $.sizes: found the unknown key \"sizes\"", shown.Err, StringComparison.Ordinal);
        Assert.False(Directory.Exists(samples.Results));
    }

    [Fact]
    public void Report_AfterARun_WritesTheSameTablesAgain()
    {
        using TempSamples samples = new(2);
        CapturedTerminal first = CapturedTerminal.Run("run", samples.Root, "--out", samples.Results);
        byte[] sizes = samples.Result("sizes.csv"), files = samples.Result("files.csv"), overlay = samples.Result("overlays/s/haadf/00.png.png");
        File.Delete(Path.Combine(samples.Results, "overlays/s/haadf/00.png.png"));
        File.Delete(Path.Combine(samples.Results, "sizes.csv"));

        CapturedTerminal again = CapturedTerminal.Run("report", samples.Results);

        Assert.Equal(0, again.Code);
        Assert.Equal(first.Out, again.Out);
        Assert.Equal(sizes, samples.Result("sizes.csv"));
        Assert.Equal(files, samples.Result("files.csv"));

        // Drawn from the store, the picture is the same to the last bit.
        Assert.Equal(overlay, samples.Result("overlays/s/haadf/00.png.png"));
    }

    [Fact]
    public void Run_ImageWithoutParticles_IsMeasuredAndCountsNone()
    {
        using TempSamples samples = new(0);
        samples.Write("s/haadf/empty.png", PngWriter.Write(new Raster<byte>(64, 64, new byte[64 * 64])));

        CapturedTerminal shown = CapturedTerminal.Run("run", samples.Root, "--out", samples.Results);

        Assert.Equal(0, shown.Code);
        Assert.Contains(" - ", shown.Out, StringComparison.Ordinal);
    }
}
