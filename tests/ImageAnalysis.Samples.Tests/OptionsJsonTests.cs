using System.Text;
using ImageAnalysis.Particles;

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
    public void Canonical_EqualOptions_AreEqualTexts()
    {
        Assert.Equal(OptionsJson.Canonical(new PipelineOptions()), OptionsJson.Canonical(Parse("{ \"size\": { \"min_diameter_px\": 6.0 } }")));
        Assert.NotEqual(OptionsJson.Canonical(new PipelineOptions()), OptionsJson.Canonical(Parse("{ \"size\": { \"min_diameter_px\": 7 } }")));
        Assert.DoesNotContain('\n', OptionsJson.Canonical(new PipelineOptions()));
    }
}
