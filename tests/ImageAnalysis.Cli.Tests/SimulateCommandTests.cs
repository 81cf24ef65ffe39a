namespace ImageAnalysis.Cli.Tests;

public class SimulateCommandTests
{
    private const string Recipe = """
        { "version": 1, "samples": [ { "name": "3nm", "seed": 1, "haadf": [ { "count": 2, "width_px": 256, "height_px": 256, "pixel_nm": 0.1,
          "particles": { "count": 12, "long_axis_mean_nm": 3, "long_axis_sd_nm": 0.3 } } ] } ] }
        """;

    [Fact]
    public void Simulate_Recipe_WritesAFolderThatRunMeasures()
    {
        using TempSamples samples = new(0);
        string recipe = samples.Write("recipe.json", System.Text.Encoding.UTF8.GetBytes(Recipe));
        string made = Path.Combine(samples.Root, "made");

        CapturedTerminal shown = CapturedTerminal.Run("simulate", recipe, "--out", made, "--jobs", "1");
        CapturedTerminal measured = CapturedTerminal.Run("run", made, "--out", samples.Results);

        Assert.Equal(0, shown.Code);
        Assert.Equal("1 of 2: 3nm/haadf/3nm_haadf_01.tif\n2 of 2: 3nm/haadf/3nm_haadf_02.tif\n", shown.Err);
        Assert.StartsWith("Simulated data, not recorded by an instrument.", shown.Out, StringComparison.Ordinal);
        Assert.Contains("3nm", shown.Out, StringComparison.Ordinal);
        Assert.Equal(0, measured.Code);
        Assert.Contains("Simulated data", measured.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Simulate_Quiet_SaysNothing()
    {
        using TempSamples samples = new(0);
        string recipe = samples.Write("recipe.json", System.Text.Encoding.UTF8.GetBytes(Recipe));

        CapturedTerminal shown = CapturedTerminal.Run("simulate", recipe, "--out", Path.Combine(samples.Root, "made"), "--quiet");

        Assert.Equal((0, "", ""), (shown.Code, shown.Out, shown.Err));
    }

    [Fact]
    public void Simulate_BadRecipe_Is64AndNamesThePlace()
    {
        using TempSamples samples = new(0);
        string recipe = samples.Write("recipe.json", System.Text.Encoding.UTF8.GetBytes(Recipe.Replace("\"pixel_nm\": 0.1", "\"pixel_nm\": -1", StringComparison.Ordinal)));

        CapturedTerminal shown = CapturedTerminal.Run("simulate", recipe, "--out", Path.Combine(samples.Root, "made"));

        Assert.Equal(64, shown.Code);
        Assert.Equal("", shown.Out);
        Assert.Equal($"ima: {recipe}: line 1, $.samples[0].haadf[0].pixel_nm: found -1; expected 0.005…20.\n", shown.Err);
    }

    [Fact]
    public void Simulate_WithoutOut_Is64()
    {
        CapturedTerminal shown = CapturedTerminal.Run("simulate", "recipe.json");

        Assert.Equal(64, shown.Code);
        Assert.Contains("--out", shown.Err, StringComparison.Ordinal);
    }
}
