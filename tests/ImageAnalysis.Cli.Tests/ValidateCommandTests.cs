namespace ImageAnalysis.Cli.Tests;

public class ValidateCommandTests
{
    private const string Recipe = """
        { "version": 1, "samples": [ { "name": "s", "seed": 3, "haadf": [ { "count": 1, "width_px": 256, "height_px": 256, "pixel_nm": 0.1,
          "particles": { "count": 12, "long_axis_mean_nm": 4, "long_axis_sd_nm": 0.3 } } ] } ] }
        """;

    [Fact]
    public void Validate_SimulatedFolder_IsMeasuredAgainstItsTruth_AndAMissedBarIs3()
    {
        using TempSamples samples = new(0);
        samples.Write("recipe.json", System.Text.Encoding.UTF8.GetBytes(Recipe));
        string made = Path.Combine(samples.Root, "made");
        Assert.Equal(0, CapturedTerminal.Run("simulate", Path.Combine(samples.Root, "recipe.json"), "--out", made, "--quiet").Code);
        Assert.Equal(0, CapturedTerminal.Run("run", made, "--out", samples.Results, "--quiet").Code);

        CapturedTerminal good = CapturedTerminal.Run("validate", samples.Results, "--truth", Path.Combine(made, "truth"), "--max-size-bias-nm", "0.2", "--min-sized-recall", "0.8");
        CapturedTerminal missed = CapturedTerminal.Run("validate", samples.Results, "--truth", made, "--max-size-bias-nm", "0", "--quiet");

        Assert.Equal((0, ""), (good.Code, good.Err));
        string[] lines = good.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("Simulated data, not recorded by an instrument.", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("long axis (nm)", StringComparison.Ordinal));
        Assert.All(lines[..^1], line => Assert.True(line.Length <= 80, line));
        Assert.True(File.Exists(lines[^1]));

        Assert.Equal((3, ""), (missed.Code, missed.Out));
        Assert.StartsWith("bar missed: HAADF: long axis, mean error: ", missed.Err, StringComparison.Ordinal);
        Assert.EndsWith("wanted at most 0 nm\n", missed.Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--truth DIR is missing", "validate", "r")]
    [InlineData("--max-false: found \"0,5\"; expected a number with a decimal point", "validate", "r", "--truth", "t", "--max-false", "0,5")]
    [InlineData("--max-false is 2; expected 0 to 1", "validate", "r", "--truth", "t", "--max-false", "2")]
    [InlineData("r: no such folder", "validate", "r", "--truth", "t")]
    [InlineData("--size-nm is 0.1; expected 1 to 15", "power", "--size-nm", "0.1")]
    [InlineData("--fractions: expected two different fractions", "power", "--fractions", "0.1,0.1")]
    [InlineData("--width: found 3; expected 0.01 to 0.99", "power", "--width", "3")]
    public void WrongUsage_Is64AndSaysWhatIsExpected(string message, params string[] args)
    {
        CapturedTerminal shown = CapturedTerminal.Run(args);

        Assert.Equal((64, ""), (shown.Code, shown.Out));
        Assert.Contains(message, shown.Err, StringComparison.Ordinal);
    }

    [Fact]
    public void Power_FewImages_PrintsSharesWithIntervalsAndNumbers()
    {
        CapturedTerminal shown = CapturedTerminal.Run("power", "--size-nm", "5", "--dose", "8000", "--order", "1", "--tilt-deg", "0", "--defocus-nm", "-50", "--repeats", "2", "--fractions", "0.1,0.8", "--quiet");

        Assert.Equal((0, ""), (shown.Code, shown.Err));

        // Two of two: 15.8 to 100 % (exact). With no misses and no false alarms the fractions show as they are: 11 particles of each, as the page on statistics says.
        Assert.Matches(@"called superstructure +100\.0 \(15\.8…100\.0\) +0\.0 \(0\.0…84\.2\)", shown.Out);
        Assert.Contains("To tell them apart in 90 % of cases: 11 particles of each.", shown.Out, StringComparison.Ordinal);
        Assert.All(shown.Out.Split('\n'), line => Assert.True(line.Length <= 90, line));
    }

    [Fact]
    public void Wrapped_LongText_KeepsEveryWordInLinesOf80()
    {
        string text = string.Join(' ', Enumerable.Range(0, 60).Select(i => new string('w', 1 + (i % 9)))) + " " + new string('x', 90);

        string[] lines = [.. OrderText.Wrapped(text)];

        Assert.Equal(text, string.Join(' ', lines));
        Assert.All(lines[..^1], line => Assert.True(line.Length <= 80, line));
    }
}
