namespace ImageAnalysis.Cli.Tests;

public class CommandLineTests
{
    [Theory]
    [InlineData("Required command was not provided")]
    [InlineData("nonsense", "nonsense")]
    [InlineData("ROOT is missing", "run")]
    [InlineData("--out RESULTS is missing", "run", "somewhere")]
    [InlineData("--out", "run", "somewhere", "--out")]
    [InlineData("--options", "run", "somewhere", "--out", "x", "--options")]
    [InlineData("--job", "run", "somewhere", "--out", "x", "--job", "4")]
    [InlineData("--jobs", "run", "somewhere", "--out", "x", "--jobs", "four")]
    [InlineData("--jobs: found 0; expected 1 or more", "run", "somewhere", "--out", "x", "--jobs", "0")]
    [InlineData("--pixel-nm: found \"0,05\"; expected decimals with a point: 0.05. (A comma separates width and height", "run", "somewhere", "--out", "x", "--pixel-nm", "0,05")]
    [InlineData("--pixel-nm: found \"1,05\"; expected decimals with a point: 1.05.", "run", "somewhere", "--out", "x", "--pixel-nm", "1,05")]
    [InlineData("--pixel-nm: found \"0.1,0\"; expected the size of a pixel in nm, above 0", "run", "somewhere", "--out", "x", "--pixel-nm", "0.1,0")]
    [InlineData("--pixel-nm: found \"0.1,0.2,0.3\"; expected", "run", "somewhere", "--out", "x", "--pixel-nm", "0.1,0.2,0.3")]
    [InlineData("--pixel-nm: found \"nan\"; expected", "run", "somewhere", "--out", "x", "--pixel-nm", "nan")]
    [InlineData("--pixel-nm: found \"1e999\"; expected", "run", "somewhere", "--out", "x", "--pixel-nm", "1e999")]
    [InlineData("--pixel-nm: found \"-1\"; expected", "run", "somewhere", "--out", "x", "--pixel-nm=-1")]
    [InlineData("no such folder or file", "run", "not-there", "--out", "x")]
    [InlineData("cannot be read", "run", "somewhere", "--out", "x", "--options", "not-there.json")]
    [InlineData("FILE", "inspect")]
    [InlineData("no such folder; expected a results folder", "report", "not-there")]
    public void Run_WrongUsage_Is64WithAMessageAndNothingOnStdout(string message, params string[] args)
    {
        CapturedTerminal shown = CapturedTerminal.Run(args);

        Assert.Equal(64, shown.Code);
        Assert.Equal("", shown.Out);
        Assert.Contains(message, shown.Err, StringComparison.Ordinal);
        Assert.StartsWith("ima: ", shown.Err, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_PrintOptions_WritesJsonThatRunReadsBack()
    {
        CapturedTerminal printed = CapturedTerminal.Run("run", "--print-options");

        Assert.Equal((0, ""), (printed.Code, printed.Err));
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, printed.Out);
            Assert.Equal(printed.Out, CapturedTerminal.Run("run", "--print-options", "--options", path).Out);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
