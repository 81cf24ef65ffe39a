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
    [InlineData("--pixel-nm: found \"0.1,0\"; expected the size of a pixel in nm, such as", "run", "somewhere", "--out", "x", "--pixel-nm", "0.1,0")]
    [InlineData("--pixel-nm: found \"0.1,0.2,0.3\"; expected", "run", "somewhere", "--out", "x", "--pixel-nm", "0.1,0.2,0.3")]
    [InlineData("--pixel-nm: found \"nan\"; expected", "run", "somewhere", "--out", "x", "--pixel-nm", "nan")]
    [InlineData("--pixel-nm: found \"1e999\"; expected", "run", "somewhere", "--out", "x", "--pixel-nm", "1e999")]
    [InlineData("--pixel-nm: found \"-1\"; expected", "run", "somewhere", "--out", "x", "--pixel-nm=-1")]
    [InlineData("--pixel-nm: found \"0.01,5\"; expected the size of a pixel in nm", "run", "somewhere", "--out", "x", "--pixel-nm", "0.01,5")]
    [InlineData("--pixel-nm: found \"1e-300\"; expected the size of a pixel in nm", "run", "somewhere", "--out", "x", "--pixel-nm", "1e-300")]
    [InlineData("<ROOT>: found an empty name", "run", "", "--out", "x")]
    [InlineData("--out: found an empty name", "run", "somewhere", "--out", " ")]
    [InlineData("--options: found an empty name", "run", "somewhere", "--out", "x", "--options", "")]
    [InlineData("<RESULTS>: found an empty name", "report", "")]
    [InlineData("<RECIPE>: found an empty name", "simulate", "", "--out", "x")]
    [InlineData("--out: found an empty name", "simulate", "recipe.json", "--out", "")]
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

    [Fact]
    public async Task Run_OutputThatCannotBeWritten_Is64AndNoBug()
    {
        // As with a full disk behind a redirected output.
        using StringWriter error = new();
        using FullDisk output = new();

        int code = await Ima.RunAsync(["run", "--print-options"], new Terminal(output, error, outputIsTerminal: false, errorIsTerminal: false), CancellationToken.None);

        Assert.Equal(64, code);
        Assert.Equal("ima: reading or writing failed: No space left on device" + Environment.NewLine, error.ToString());
    }

    [Theory]
    [InlineData("plain ä ± ³", "plain ä ± ³", "plain ä ± ³")]
    [InlineData("a\nb\tc", "a␊b␉c", "a\nb␉c")]
    [InlineData("\u001b[31mred\u007f\u0085", "␛[31mred␡\ufffd", "␛[31mred␡\ufffd")]
    public void Printable_ControlCharacters_BecomeVisible(string text, string line, string lines) =>
        Assert.Equal((line, lines), (Printable.Line(text), Printable.Lines(text)));

    [Fact]
    public void Run_NamesWithControlCharacters_CannotWriteToTheTerminal()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using TempSamples samples = new(0);
        samples.Write("a\u001b[2Jb\nc/haadf/x\u001b]0;title\u0007.png", [1, 2, 3]);

        CapturedTerminal shown = CapturedTerminal.Run("run", samples.Root, "--out", samples.Results);

        Assert.Equal(3, shown.Code);
        Assert.DoesNotContain('\e', shown.Out + shown.Err);
        Assert.Contains("bad-file: a␛[2Jb␊c/haadf/x␛]0;title␇.png: unknown format", shown.Err, StringComparison.Ordinal);
        Assert.Contains("\na␛[2Jb␊c ", shown.Out, StringComparison.Ordinal);
    }

    private sealed class FullDisk : StringWriter
    {
        public override void Write(string? value) => throw new IOException("No space left on device");
    }
}
