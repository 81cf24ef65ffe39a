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
    public void Inspect_PowderPattern_ShowsRangeRadiationAndCounts()
    {
        using TempSamples samples = new(1);
        string path = samples.Write("p.xy", System.Text.Encoding.UTF8.GetBytes(Pattern()));

        CapturedTerminal shown = CapturedTerminal.Run("inspect", path);

        Assert.Equal((0, ""), (shown.Code, shown.Err));
        string[] lines = [.. shown.Out.Split('\n').Select(line => line.TrimEnd())];
        Assert.Contains("  format      XY, powder", lines);
        Assert.Contains("  pattern     12 points, 2θ 10 … 11.1°, step 0.1°, simulated", lines);
        Assert.Contains("  wavelength  1.540593 Å and 1.544427 Å (Cu)", lines);
        // 20 + 21 + … + 31 = 306
        Assert.Contains("  counts      20 … 31, sum 306; true counts", lines);
        Assert.Contains("  title       Cu2Se", lines);
        Assert.Contains("  measurable  yes", lines);
    }

    [Fact]
    public void Inspect_PowderPatternAsJson_HasTheKeysOfTheContractAndItsOwn()
    {
        using TempSamples samples = new(1);
        string path = samples.Write("p.xy", System.Text.Encoding.UTF8.GetBytes(Pattern()));

        using JsonDocument json = JsonDocument.Parse(CapturedTerminal.Run("inspect", "--json", path).Out);

        JsonElement file = json.RootElement[0];
        Assert.Equal(("XY", "powder", true), (file.GetProperty("format").GetString(), file.GetProperty("kind").GetString(), file.GetProperty("measurable").GetBoolean()));
        JsonElement signal = Assert.Single(file.GetProperty("signals").EnumerateArray());
        Assert.Equal(
            ["frames", "width_px", "height_px", "type", "pixel_width_nm", "pixel_height_nm", "calibration_source", "unit_as_stored", "mode", "min_counts", "max_counts", "sum_counts", "corners_counts",
                "point_count", "two_theta_min_deg", "two_theta_max_deg", "step_deg", "wavelength_angstrom", "wavelength2_angstrom", "anode", "counting_time_seconds", "intensity_scale", "has_sigma", "title", "simulated"],
            signal.EnumerateObject().Select(p => p.Name));
        Assert.All((string[])["width_px", "height_px", "pixel_width_nm", "corners_counts"], key => Assert.Equal(JsonValueKind.Null, signal.GetProperty(key).ValueKind));
        Assert.Equal((12, 10.0, 1.540593, 306.0), (signal.GetProperty("point_count").GetInt32(), signal.GetProperty("two_theta_min_deg").GetDouble(), signal.GetProperty("wavelength_angstrom").GetDouble(), signal.GetProperty("sum_counts").GetDouble()));
        Assert.Equal(("counts", true), (signal.GetProperty("intensity_scale").GetString(), signal.GetProperty("simulated").GetBoolean()));
        Assert.Equal("# title: Cu2Se", file.GetProperty("tags").GetProperty("line.2").GetString());
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

    /// <summary>12 points from 10°, 0.1° apart, with 20, 21 … 31 counts.</summary>
    private static string Pattern() => "# simulated pattern\n# title: Cu2Se\n# wavelength_angstrom: 1.540593\n# wavelength2_angstrom: 1.544427\n# anode: Cu\n"
        + string.Concat(Enumerable.Range(0, 12).Select(i => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{10 + (0.1 * i):0.0} {20 + i}\n")));
}
