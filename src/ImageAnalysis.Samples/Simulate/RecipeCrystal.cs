using ImageAnalysis.Core;

namespace ImageAnalysis.Samples;

/// <summary>Reads the crystals of a recipe.</summary>
internal static class RecipeCrystal
{
    /// <summary>The keys that name a crystal.</summary>
    public static ReadOnlySpan<string> Keys => (string[])["model", "b_angstrom2"];

    /// <summary>A structure, with displacement parameters for its elements where the recipe gives some.</summary>
    /// <param name="place">The object with the keys <c>model</c> and <c>b_angstrom2</c>.</param>
    /// <param name="folder">The folder that the path is relative to.</param>
    public static (string Model, CrystalStructure Crystal) Read(JsonPlace place, string folder)
    {
        const string what = "the path of a structure (CIF), or the name of one that comes with the program";
        JsonPlace model = place.Require("model", what);
        string path = model.AsText(what);
        CrystalStructure crystal;
        try
        {
            crystal = CrystalModels.Read(folder, path).Structure;
        }
        catch (InputException e)
        {
            throw new InputException($"{model.Where}: {e.Message}", e);
        }

        return (path, place.Find("b_angstrom2") is JsonPlace values ? WithDisplacements(crystal, values) : crystal);
    }

    private static CrystalStructure WithDisplacements(CrystalStructure crystal, JsonPlace values)
    {
        values.AllowKeys([.. crystal.Sites.Select(site => site.Species.Element).Distinct()]);
        Dictionary<string, double> byElement = values.Members.ToDictionary(
            member => member.Key,
            member => member.Value.AsNumber("a displacement parameter B in Å²") is >= 0 and <= 10 and double b ? b : throw member.Value.Wrong("0…10"));
        return crystal.WithSites(site => byElement.TryGetValue(site.Species.Element, out double b) ? site with { BIsoAngstrom2 = b } : site);
    }
}
