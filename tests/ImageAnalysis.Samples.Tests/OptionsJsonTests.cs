using System.Globalization;
using System.Text;
using System.Text.Json;
using ImageAnalysis.Particles;
using ImageAnalysis.Tests;

namespace ImageAnalysis.Samples.Tests;

public class OptionsJsonTests
{
    private static PipelineOptions Parse(string json) => OptionsJson.Parse(Encoding.UTF8.GetBytes(json), "o.json");

    [Fact]
    public void Write_Defaults_ReadsBackEqual()
    {
        string json = OptionsJson.Write(new PipelineOptions());

        Assert.Equal(new PipelineOptions(), Parse(json));
        Assert.StartsWith("{\n  \"segmentation\": {\n    \"", json, StringComparison.Ordinal);
        Assert.Contains("\"min_diameter_px\": 6", json, StringComparison.Ordinal);
        Assert.EndsWith("}\n", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SomeKeys_ChangesThoseOnly()
    {
        PipelineOptions options = Parse("""{ "size": { "min_diameter_px": 9.5, "outline_points": 90 } }""");

        Assert.Equal(new PipelineOptions { Size = new SizeOptions { MinDiameterPx = 9.5, OutlinePoints = 90 } }, options);
    }

    [Theory]
    [InlineData("{ \"sizes\": {} }", "o.json: line 1, $.sizes: found the unknown key \"sizes\"; known here: segmentation, size, distribution")]
    [InlineData("{ \"size\": {\n \"min_diameter\": 1 } }", "o.json: line 2, $.size.min_diameter: found the unknown key \"min_diameter\"; known here: ")]
    [InlineData("{ \"size\": { \"outline_points\": 1.5 } }", "$.size.outline_points: found 1.5; expected a whole number")]
    [InlineData("{ \"size\": { \"min_diameter_px\": \"6\" } }", "$.size.min_diameter_px: found \"6\"; expected a number")]
    [InlineData("{ \"size\": { \"min_diameter_px\": null } }", "$.size.min_diameter_px: found null; expected a number")]
    [InlineData("{ \"size\": { \"min_diameter_px\": 1e999 } }", "$.size.min_diameter_px: found 1e999; expected a number")]
    [InlineData("{ \"size\": {\n \"min_diameter_px\": 0.5 } }", "o.json: line 2, $.size.min_diameter_px: MinDiameterPx is 0.5; expected 2…1000")]
    [InlineData("{ \"segmentation\": { \"correct_scan_lines\": 1 } }", "$.segmentation.correct_scan_lines: found 1; expected true or false")]
    [InlineData("{ \"size\": 5 }", "$.size: found 5; expected an object with the keys ")]
    [InlineData("{ \"size\": null }", "$.size: found null; expected an object with the keys ")]
    public void Read_BadValue_NamesPlaceFoundAndAllowed(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<InputException>(() => Parse(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Page_Options_HasEveryOptionWithItsDefault()
    {
        using JsonDocument json = JsonDocument.Parse(OptionsJson.Write(new PipelineOptions()));
        string[] expected = [.. json.RootElement.EnumerateObject().SelectMany(stage => stage.Value.EnumerateObject()).Select(option => $"| `{option.Name}` | {option.Value.GetRawText()} |")];
        string[] written = [.. File.ReadAllLines(RepositoryFolder.PathOf("docs/options.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => string.Join('|', line.Split('|')[..3]) + "|")];

        Assert.Equal(expected, written);
    }

    [Fact]
    public void Page_Options_HasTheLimitsThatAreChecked()
    {
        // Every limit of the page is accepted, and what lies beyond it is refused.
        foreach (string[] cells in File.ReadAllLines(RepositoryFolder.PathOf("docs/options.md")).Where(line => line.Contains('…')).Select(line => line.Split('|', StringSplitOptions.TrimEntries)))
        {
            string key = cells[1].Trim('`'), stage = new[] { "segmentation", "size", "distribution", "pxrd", "join" }.Single(name => OptionsOf(name).Contains(key));
            string[] limits = cells[3].Split('…');
            bool whole = int.TryParse(cells[2], out _) && key is "fit_passes" or "outline_points" or "bootstrap_samples" or "starts";
            Parse(One(limits[0]));
            Parse(One(limits[1]));
            decimal step = whole ? 1 : 0.0001m;
            Assert.Throws<InputException>(() => Parse(One((decimal.Parse(limits[0], CultureInfo.InvariantCulture) - step).ToString(CultureInfo.InvariantCulture))));
            Assert.Throws<InputException>(() => Parse(One((decimal.Parse(limits[1], CultureInfo.InvariantCulture) + step).ToString(CultureInfo.InvariantCulture))));

            string One(string value) => $"{{ \"{stage}\": {{ \"{key}\": {value} }} }}";
        }
    }

    private static string[] OptionsOf(string stage)
    {
        using JsonDocument json = JsonDocument.Parse(OptionsJson.Write(new PipelineOptions()));
        return [.. json.RootElement.GetProperty(stage).EnumerateObject().Select(option => option.Name)];
    }

    [Fact]
    public void Canonical_EqualOptions_AreEqualTexts()
    {
        Assert.Equal(OptionsJson.Canonical(new PipelineOptions()), OptionsJson.Canonical(Parse("{ \"size\": { \"min_diameter_px\": 6.0 } }")));
        Assert.NotEqual(OptionsJson.Canonical(new PipelineOptions()), OptionsJson.Canonical(Parse("{ \"size\": { \"min_diameter_px\": 7 } }")));
        Assert.DoesNotContain('\n', OptionsJson.Canonical(new PipelineOptions()));
    }
}
