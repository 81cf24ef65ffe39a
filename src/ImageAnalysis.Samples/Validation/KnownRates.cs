using ImageAnalysis.Core;

namespace ImageAnalysis.Samples;

/// <summary>A crystal of known truth in the percentage.</summary>
/// <param name="DiameterNm">Its true diameter, nm.</param>
/// <param name="IsOrdered">Whether it is ordered.</param>
/// <param name="IsCalled">Whether it was called superstructure.</param>
public readonly record struct RatedCrystal(double DiameterNm, bool IsOrdered, bool IsCalled);

/// <summary>What the test does to crystals of known truth, for the correction of counted fractions: <c>rates.json</c>.</summary>
/// <param name="Simulated">Whether the crystals were computed.</param>
/// <param name="Crystals">The crystals.</param>
public sealed record KnownRates(bool Simulated, IReadOnlyList<RatedCrystal> Crystals)
{
    /// <summary>Fewer ordered crystals than this of a sample's size say too little; all sizes are taken then.</summary>
    private const int LeastOrdered = 10;

    /// <summary>Reads the file.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="InputException">It cannot be read or says something else than expected.</exception>
    public static KnownRates Load(string path)
    {
        JsonPlace root = JsonPlace.Load(path, path);
        root.Require("version", "1").AsWhole(1, 1, "1, the version of this file that the program knows");
        return new KnownRates(root.Find("simulated")?.AsBool() ?? false,
        [
            .. root.Require("crystals", "a list of crystals").AsList("a list of crystals").Select(crystal => new RatedCrystal(
                crystal.Require("diameter_nm", "a diameter above 0 in nm").AsPositive("a diameter above 0 in nm"), crystal.Require("ordered", "true or false").AsBool(), crystal.Require("called", "true or false").AsBool())),
        ]);
    }

    /// <summary>Those of a validation.</summary>
    internal static KnownRates Of(FringeScore score, bool simulated) => new(simulated,
    [
        .. score.Crystals.Where(crystal => crystal.InDenominator && crystal.Kind is CrystalTruth.Ordered or CrystalTruth.OrderedFaint or CrystalTruth.Regular)
            .Select(crystal => new RatedCrystal(crystal.Truth!.DiameterNm, crystal.Kind != CrystalTruth.Regular, crystal.Answer == CrystalAnswer.Superstructure)),
    ]);

    /// <summary>The rates for crystals of a range of sizes.</summary>
    /// <param name="lowNm">Smallest diameter, nm.</param>
    /// <param name="highNm">Largest diameter, nm.</param>
    /// <returns>The rates, and whether they are of that size only: where it has fewer than ten ordered or regular crystals, all sizes are taken.</returns>
    public (DetectionRates Rates, bool OfThatSize) For(double lowNm, double highNm)
    {
        DetectionRates near = Count(Crystals.Where(crystal => crystal.DiameterNm >= lowNm && crystal.DiameterNm <= highNm));
        return near.OrderedAllCount >= LeastOrdered && near.RegularAllCount >= LeastOrdered ? (near, true) : (Count(Crystals), false);
    }

    /// <summary>Writes the file.</summary>
    internal void Write(Stream stream) => JsonText.Write(stream, indented: true, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("version", 1);
        json.WriteBoolean("simulated", Simulated);
        json.WriteStartArray("crystals");
        foreach (RatedCrystal crystal in Crystals)
        {
            json.WriteStartObject();
            json.WriteNumber("diameter_nm", Math.Round(crystal.DiameterNm, 3));
            json.WriteBoolean("ordered", crystal.IsOrdered);
            json.WriteBoolean("called", crystal.IsCalled);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static DetectionRates Count(IEnumerable<RatedCrystal> crystals)
    {
        RatedCrystal[] all = [.. crystals];
        return new DetectionRates(all.Count(c => c.IsOrdered && c.IsCalled), all.Count(c => c.IsOrdered), all.Count(c => !c.IsOrdered && c.IsCalled), all.Count(c => !c.IsOrdered));
    }
}
