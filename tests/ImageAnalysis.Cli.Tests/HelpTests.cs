using ImageAnalysis.Tests;

namespace ImageAnalysis.Cli.Tests;

public class HelpTests
{
    /// <summary>
    /// Help is held to the texts in Snapshots. After a change that is meant, run the tests with IMA_UPDATE_SNAPSHOTS=1 and read the difference.
    /// </summary>
    [Theory]
    [InlineData("ima", "--help")]
    [InlineData("run", "run", "--help")]
    [InlineData("inspect", "inspect", "--help")]
    [InlineData("report", "report", "--help")]
    [InlineData("review", "review", "--help")]
    [InlineData("simulate", "simulate", "--help")]
    [InlineData("calibrate", "calibrate", "--help")]
    [InlineData("validate", "validate", "--help")]
    [InlineData("power", "power", "--help")]
    [InlineData("pxrd", "pxrd", "--help")]
    [InlineData("pxrd-simulate", "pxrd", "simulate", "--help")]
    [InlineData("pxrd-fit", "pxrd", "fit", "--help")]
    public void Help_EachCommand_IsAsInItsSnapshot(string name, params string[] args)
    {
        CapturedTerminal shown = CapturedTerminal.Run(args);

        Assert.Equal(0, shown.Code);
        Assert.Equal("", shown.Err);
        string path = Path.Combine(Snapshots(), name + ".txt");
        if (Environment.GetEnvironmentVariable("IMA_UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, shown.Out);
        }

        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), shown.Out);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("run", "--help")]
    [InlineData("inspect", "--help")]
    [InlineData("report", "--help")]
    [InlineData("review", "--help")]
    [InlineData("simulate", "--help")]
    [InlineData("calibrate", "--help")]
    [InlineData("validate", "--help")]
    [InlineData("power", "--help")]
    [InlineData("pxrd", "--help")]
    [InlineData("pxrd", "simulate", "--help")]
    [InlineData("pxrd", "fit", "--help")]
    public void Help_EachCommand_FitsInto80ColumnsWithoutColours(params string[] args)
    {
        string[] lines = CapturedTerminal.Run(args).Out.Split('\n');

        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
        Assert.All(lines, line => Assert.DoesNotContain('\e', line));
        Assert.Contains(lines, line => line.StartsWith("Examples:", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("Exit codes:", StringComparison.Ordinal));
    }

    [Fact]
    public void Version_IsThatOfTheAssembly()
    {
        CapturedTerminal shown = CapturedTerminal.Run("--version");

        Assert.Equal(0, shown.Code);
        Assert.Equal($"ima {Ima.Version}\n", shown.Out);

        // With the commit where it was built from a repository, and with a mark where files differ from it.
        Assert.Matches(@"^ima \d+\.\d+\.\d+(\+[0-9a-f]{40}(\.modified)?)?\n$", shown.Out);
    }

    private static string Snapshots() => RepositoryFolder.PathOf("tests/ImageAnalysis.Cli.Tests/Snapshots");
}
