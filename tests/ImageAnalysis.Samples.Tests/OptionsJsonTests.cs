using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ImageAnalysis.Lattice;
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

        Assert.Equal(json, OptionsJson.Write(Parse(json)));
        Assert.StartsWith("{\n  \"segmentation\": {\n    \"", json, StringComparison.Ordinal);
        Assert.Contains("\"min_diameter_px\": 6", json, StringComparison.Ordinal);
        Assert.EndsWith("}\n", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SomeKeys_ChangesThoseOnly()
    {
        PipelineOptions options = Parse("""{ "size": { "min_diameter_px": 9.5, "outline_points": 90 } }""");

        Assert.Equal(OptionsJson.Write(new PipelineOptions { Size = new SizeOptions { MinDiameterPx = 9.5, OutlinePoints = 90 } }), OptionsJson.Write(options));
    }

    [Fact]
    public void Read_AnotherCrystal_TakesItsFamiliesAndFringe()
    {
        ReferenceCrystal crystal = Parse("""{ "fringes": { "reference": { "name": "Fe3O4", "a_angstrom": 8.39, "families": [[2, 2, 0], [3, 1, -1]], "fringe": [3, 1, -1], "period_count": 3 } } }""").Fringes.Reference;

        Assert.Equal(("Fe3O4", 8.39, 5.85, 3, new MillerIndex(3, 1, -1)), (crystal.Name, crystal.AAngstrom, crystal.BAngstrom, crystal.PeriodCount, crystal.Fringe));
        Assert.Equal([new MillerIndex(2, 2, 0), new MillerIndex(3, 1, -1)], crystal.Families);
    }

    [Theory]
    [InlineData("{ \"fringes\": { \"reference\": { \"fringe\": [1, 1] } } }", "$.fringes.reference.fringe: found a list […]; expected the three indices of a lattice plane, such as [1, 1, 1]")]
    [InlineData("{ \"fringes\": { \"reference\": { \"fringe\": \"111\" } } }", "$.fringes.reference.fringe: found \"111\"; expected the three indices")]
    [InlineData("{ \"fringes\": { \"reference\": { \"families\": [[1, 1, 1], [2, 0, 0.5]] } } }", "$.fringes.reference.families[1][2]: found 0.5; expected a whole number")]
    [InlineData("{ \"fringes\": { \"reference\": { \"families\": 1 } } }", "$.fringes.reference.families: found 1; expected a list of indices")]
    [InlineData("{ \"fringes\": {\n \"reference\": {\n \"fringe\": [4, 2, 0] } } }", "o.json: line 3, $.fringes.reference.fringe: Fringe is 4 2 0; expected one of Families: 1 1 1, ")]
    [InlineData("{ \"fringes\": { \"reference\": { \"a_angstrom\": 0.5 } } }", "$.fringes.reference.a_angstrom: AAngstrom is 0.5; expected 1…100")]
    [InlineData("{ \"fringes\": { \"reference\": { \"name\": \" \" } } }", "$.fringes.reference.name: found \" \"; expected a text")]
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
        string[] expected = [.. json.RootElement.EnumerateObject().SelectMany(stage => Options(stage.Value, string.Empty)).Select(option => $"| `{option.Name}` | {option.Value} |")];
        string[] written = [.. File.ReadAllLines(RepositoryFolder.PathOf("docs/options.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => string.Join('|', line.Split('|')[..3]) + "|")];

        Assert.Equal(expected, written);
    }

    // Options of options are written as on the page, reference.a_angstrom; lists on one line.
    private static IEnumerable<(string Name, string Value)> Options(JsonElement stage, string before) => stage.EnumerateObject().SelectMany(option => option.Value.ValueKind == JsonValueKind.Object
        ? Options(option.Value, $"{before}{option.Name}.")
        : [(before + option.Name, Regex.Replace(option.Value.GetRawText(), @"\s+", " ").Replace("[ ", "[", StringComparison.Ordinal).Replace(" ]", "]", StringComparison.Ordinal).Replace("],[", "], [", StringComparison.Ordinal))]);

    [Fact]
    public void Page_Options_HasTheLimitsThatAreChecked()
    {
        // Every limit of the page is accepted, and what lies beyond it is refused.
        foreach (string[] cells in File.ReadAllLines(RepositoryFolder.PathOf("docs/options.md")).Where(line => line.Contains('…')).Select(line => line.Split('|', StringSplitOptions.TrimEntries)))
        {
            string key = cells[1].Trim('`'), stage = new[] { "segmentation", "size", "distribution", "fringes", "pxrd", "join" }.Single(name => OptionsOf(name).Contains(key));
            string[] limits = cells[3].Split('…');
            bool whole = int.TryParse(cells[2], out _) && key is "fit_passes" or "outline_points" or "bootstrap_samples" or "starts" or "reference.period_count";
            Parse(One(limits[0]));
            Parse(One(limits[1]));
            decimal step = whole ? 1 : Math.Min(0.0001m, Math.Max(1e-12m, Math.Abs(decimal.Parse(limits[0], CultureInfo.InvariantCulture)) / 2));
            Assert.Throws<InputException>(() => Parse(One((decimal.Parse(limits[0], CultureInfo.InvariantCulture) - step).ToString(CultureInfo.InvariantCulture))));
            Assert.Throws<InputException>(() => Parse(One((decimal.Parse(limits[1], CultureInfo.InvariantCulture) + step).ToString(CultureInfo.InvariantCulture))));

            string One(string value) => $"{{ \"{stage}\": {{ \"{key.Replace(".", "\": { \"", StringComparison.Ordinal)}\": {value} {new string('}', key.Count(c => c == '.'))} }} }}";
        }
    }

    private static string[] OptionsOf(string stage)
    {
        using JsonDocument json = JsonDocument.Parse(OptionsJson.Write(new PipelineOptions()));
        return [.. Options(json.RootElement.GetProperty(stage), string.Empty).Select(option => option.Name)];
    }

    [Fact]
    public void Canonical_EqualOptions_AreEqualTexts()
    {
        Assert.Equal(OptionsJson.Canonical(new PipelineOptions()), OptionsJson.Canonical(Parse("{ \"size\": { \"min_diameter_px\": 6.0 } }")));
        Assert.NotEqual(OptionsJson.Canonical(new PipelineOptions()), OptionsJson.Canonical(Parse("{ \"size\": { \"min_diameter_px\": 7 } }")));
        Assert.DoesNotContain('\n', OptionsJson.Canonical(new PipelineOptions()));
    }
}
