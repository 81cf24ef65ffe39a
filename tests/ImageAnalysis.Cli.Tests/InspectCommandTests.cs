using System.Text.Json;
using ImageAnalysis.Tests;

namespace ImageAnalysis.Cli.Tests;

public class InspectCommandTests
{
    [Fact]
    public void Inspect_Image_ShowsWhatIsInIt()
    {
        using TempSamples samples = new(1);
        string path = Path.Combine(samples.Root, TempSamples.Name(0));

        CapturedTerminal shown = CapturedTerminal.Run("inspect", path);

        Assert.Equal((0, ""), (shown.Code, shown.Err));
        string[] lines = shown.Out.Split('\n');
        Assert.Equal(path, lines[0]);
        Assert.Contains(lines, line => line.TrimEnd() == "  format      PNG, image");
        Assert.Contains(lines, line => line.TrimEnd() == "  image       96 × 96 px, uint16");
        Assert.Contains(lines, line => line.StartsWith("  pixel       0.1 × 0.1 nm (metadata:", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.TrimEnd() == "  measurable  yes");
        Assert.All(lines[1..], line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void Inspect_Json_HasTheKeysOfTheContractInOrder()
    {
        using TempSamples samples = new(1);
        string good = Path.Combine(samples.Root, TempSamples.Name(0)), bad = samples.Write("bad.png", [1, 2, 3]);

        CapturedTerminal shown = CapturedTerminal.Run("inspect", "--json", good, bad, samples.Root);

        Assert.Equal(3, shown.Code);
        using JsonDocument json = JsonDocument.Parse(shown.Out);
        JsonElement[] files = [.. json.RootElement.EnumerateArray()];
        Assert.Equal(3, files.Length);
        Assert.All(files, file => Assert.Equal(["path", "format", "kind", "signals", "measurable", "reason", "error", "tags"], file.EnumerateObject().Select(p => p.Name)));
        JsonElement signal = Assert.Single(files[0].GetProperty("signals").EnumerateArray());
        Assert.Equal(
            ["frames", "width_px", "height_px", "type", "pixel_width_nm", "pixel_height_nm", "calibration_source", "unit_as_stored", "mode", "min_counts", "max_counts", "sum_counts", "corners_counts"],
            signal.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("image", true, 96), (files[0].GetProperty("kind").GetString(), files[0].GetProperty("measurable").GetBoolean(), signal.GetProperty("width_px").GetInt32()));
        Assert.Equal(4, signal.GetProperty("corners_counts").GetArrayLength());
        Assert.Contains("not recognised", files[1].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains("this is a folder", files[2].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, shown.Err.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void Inspect_FileThatIsNotThere_Is3AndTheOthersAreShown()
    {
        using TempSamples samples = new(1);

        CapturedTerminal shown = CapturedTerminal.Run("inspect", Path.Combine(samples.Root, "gone.dm3"), Path.Combine(samples.Root, TempSamples.Name(0)));

        Assert.Equal(3, shown.Code);
        Assert.Contains("there is no such file", shown.Err, StringComparison.Ordinal);
        Assert.Contains("96 × 96 px", shown.Out, StringComparison.Ordinal);
    }

    [ReferenceFact]
    public void Inspect_RealFiles_AgreeWithTheManifestOrAreRefusedByName()
    {
        string[] paths = [.. Directory.EnumerateFiles(ReferenceData.PathOf("real-data/format"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

        CapturedTerminal shown = CapturedTerminal.Run(["inspect", "--json", .. paths]);

        using JsonDocument json = JsonDocument.Parse(shown.Out);
        JsonElement[] files = [.. json.RootElement.EnumerateArray()];
        Assert.Equal(paths.Length, files.Length);
        Assert.All(files, file => Assert.True(
            file.GetProperty("signals").GetArrayLength() > 0 || file.GetProperty("error").GetString()!.Contains("not supported", StringComparison.Ordinal),
            file.GetProperty("path").GetString() + ": " + file.GetProperty("error").GetString()));
    }
}
