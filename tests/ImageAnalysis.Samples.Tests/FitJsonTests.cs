using System.Text;
using System.Text.Json;
using ImageAnalysis.Core;

namespace ImageAnalysis.Samples.Tests;

public class FitJsonTests
{
    private static readonly FitInput _input = new("ab12") { Pattern = "p.xy", IsSimulated = true, Model = "Cu2Se", ExpectedSizeAngstrom = 48.8 };

    private static JsonElement Written(PowderFit? fit = null) => JsonDocument.Parse(FitJson.Write(fit ?? Fits.CopperSelenide(), _input)).RootElement;

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];

    [Fact]
    public void Write_Keys_AreThoseOfTheContractAndItsOwn()
    {
        JsonElement json = Written();

        Assert.Equal(
            ["version", "pattern_sha256", "pattern", "simulated", "model", "best", "rivals", "not_identifiable", "warnings", "failure", "families", "other_models", "intervals", "scattering", "wavelengths", "weights", "error_factor",
                "points", "first_two_theta_deg", "last_two_theta_deg", "expected_size_angstrom", "half_order_line", "program", "program_version"],
            Names(json));
        Assert.Equal(
            ["name", "bic", "chi2", "reduced_chi2", "rwp_percent", "a_angstrom", "a_sigma_angstrom", "size_angstrom", "size_sigma_angstrom", "cu_per_cell", "cu_sigma_per_cell", "peak_shape", "sites", "parameters",
                "derived", "correlations"],
            Names(json.GetProperty("best")));
        Assert.Equal(["name", "value", "sigma", "unit", "fixed", "at_bound"], Names(json.GetProperty("best").GetProperty("parameters")[0]));
        Assert.Equal(
            ["name", "delta_chi2", "delta_bic", "a_angstrom", "a_sigma_angstrom", "size_angstrom", "size_sigma_angstrom", "cu_per_cell", "cu_sigma_per_cell"],
            Names(json.GetProperty("rivals")[0]));
        Assert.Equal(["8c", "4b", "24e", "32f"], Names(json.GetProperty("best").GetProperty("cu_per_cell")));
        Assert.Equal(["alpha1_angstrom", "alpha2_angstrom", "alpha2_ratio", "anode"], Names(json.GetProperty("wavelengths")));
    }

    [Fact]
    public void Write_Numbers_AreThoseOfTheFit()
    {
        JsonElement json = Written(), best = json.GetProperty("best"), copper = best.GetProperty("cu_per_cell"), sigma = best.GetProperty("cu_sigma_per_cell");

        Assert.Equal((1, "ab12", "8c+32f", 150.0), (json.GetProperty("version").GetInt32(), json.GetProperty("pattern_sha256").GetString(), best.GetProperty("name").GetString(), best.GetProperty("bic").GetDouble()));

        // 8 · 0.37 = 2.96 and 32 · 0.1575 = 5.04; errors 8 · 0.01, 4 · 0.02, 32 · 0.005. The structure of this fit has no site 24e: 0, and no error.
        Assert.Equal([2.96, 0, 0, 5.04], copper.EnumerateObject().Select(site => Math.Round(site.Value.GetDouble(), 12)));
        Assert.Equal([0.08, 0.08, null, 0.16], sigma.EnumerateObject().Select(site => site.Value.ValueKind == JsonValueKind.Null ? (double?)null : Math.Round(site.Value.GetDouble(), 12)));
        JsonElement rival = Assert.Single(json.GetProperty("rivals").EnumerateArray());
        Assert.Equal((12.5, 8.25, 8.0), (rival.GetProperty("delta_chi2").GetDouble(), rival.GetProperty("delta_bic").GetDouble(), rival.GetProperty("cu_per_cell").GetProperty("8c").GetDouble()));
        Assert.Equal(-0.25, best.GetProperty("correlations").GetProperty("values")[1][0].GetDouble());
        Assert.Equal(48.8, json.GetProperty("expected_size_angstrom").GetDouble());
    }

    [Fact]
    public void Write_ErrorThatIsNotKnown_IsNull()
    {
        JsonElement best = Written().GetProperty("best");

        Assert.Equal(JsonValueKind.Null, best.GetProperty("size_sigma_angstrom").ValueKind);
        Assert.Equal(JsonValueKind.Null, best.GetProperty("parameters")[1].GetProperty("sigma").ValueKind);
        Assert.True(best.GetProperty("parameters")[1].GetProperty("fixed").GetBoolean());
    }

    [Fact]
    public void Write_CrystalWithoutTheseSites_SaysNullAndNamesItsOwn()
    {
        PowderFit fit = Fits.CopperSelenide();
        PowderSolution best = fit.Best with { Sites = [new SiteOccupancy("Cu1", "3c", "Cu", 3, 0.5, 0.1, true, false)] };

        JsonElement copper = Written(fit with { Best = best }).GetProperty("best").GetProperty("cu_per_cell");

        Assert.Equal(["8c", "4b", "24e", "32f", "3c"], Names(copper));
        Assert.All(copper.EnumerateObject().Take(4), site => Assert.Equal(JsonValueKind.Null, site.Value.ValueKind));
        Assert.Equal(1.5, copper.GetProperty("3c").GetDouble());
    }

    [Fact]
    public void Write_OtherModels_AreComparedWithTheBest()
    {
        PowderFit fit = Fits.CopperSelenide(), other = fit with { Best = fit.Best with { Chi2 = 160, Bic = 205 } };

        JsonElement written = JsonDocument.Parse(FitJson.Write(fit, _input with { OtherModels = [new OtherModel("another", other)] })).RootElement.GetProperty("other_models")[0];

        // 160 − 100 and 205 − 150
        Assert.Equal(("another", 60.0, 55.0), (written.GetProperty("model").GetString(), written.GetProperty("delta_chi2").GetDouble(), written.GetProperty("delta_bic").GetDouble()));
    }

    [Fact]
    public void Write_SameFitTwice_IsTheSameBytesAndHoldsLettersAsThemselves()
    {
        byte[] first = FitJson.Write(Fits.CopperSelenide(), _input);

        Assert.Equal(first, FitJson.Write(Fits.CopperSelenide(), _input));
        Assert.Contains("f′ and f″ are left out.", Encoding.UTF8.GetString(first), StringComparison.Ordinal);
        Assert.DoesNotContain("\r", Encoding.UTF8.GetString(first), StringComparison.Ordinal);
    }
}
