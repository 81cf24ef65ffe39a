using System.Globalization;
using System.Text.Json;
using ImageAnalysis.Core;
using ImageAnalysis.Formats;
using ImageAnalysis.Formats.Rigaku;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Samples;

/// <summary>What is known of one simulated powder pattern.</summary>
/// <param name="File">Name of the file, without folder.</param>
/// <param name="Group">What was asked for.</param>
/// <param name="Seed">Seed of the counting noise.</param>
internal sealed record RecipePatternTruth(string File, RecipePxrd Group, int Seed);

/// <summary>Makes single powder patterns of a recipe as files, with their truth.</summary>
internal static class RecipePattern
{
    public static (byte[] File, RecipePatternTruth Truth) Make(RecipeSample sample, RecipePxrd group, string name)
    {
        int seed = (int)(SimulationSeed.Derive((ulong)sample.Seed, Path.GetFileNameWithoutExtension(name)) & int.MaxValue);
        PowderPattern pattern = RecipeImages.Made(sample, name, () => PowderSimulator.Simulate(group.Crystal, group.Options, seed), "pattern") with { Title = sample.Name };
        (string, string)[] remarks = [("simulator", "ImageAnalysis.Simulation"), ("seed", seed.ToString(CultureInfo.InvariantCulture))];
        return (group.Format == RecipePatternFormat.Ras ? RasWriter.Write(pattern, remarks) : PatternWriter.Xy(pattern, remarks), new RecipePatternTruth(name, group, seed));
    }

    /// <summary>The truth of a sample's patterns as JSON text.</summary>
    public static byte[] Truth(string sample, IReadOnlyList<RecipePatternTruth> patterns)
    {
        using MemoryStream stream = new();
        JsonText.Write(stream, indented: true, json =>
        {
            json.WriteStartObject();
            json.WriteString("sample", sample);
            json.WriteString("kind", "powder X-ray diffraction");
            json.WriteBoolean("simulated", true);
            json.WriteStartArray("patterns");
            foreach (RecipePatternTruth pattern in patterns)
            {
                Write(json, pattern);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, RecipePatternTruth truth)
    {
        PowderSampleOptions o = truth.Group.Options;
        CrystalStructure crystal = truth.Group.Crystal;
        UnitCell cell = crystal.Cell;
        double ratio = 1 + o.StrainFraction;
        json.WriteStartObject();
        json.WriteString("file", truth.File);
        json.WriteString("model", truth.Group.Model);
        json.WriteString("method", o.Method == PowderMethod.Debye ? "debye" : "bragg");
        json.WriteNumber("a_angstrom", Math.Round(cell.AAngstrom * ratio, 6));
        json.WriteNumber("b_angstrom", Math.Round(cell.BAngstrom * ratio, 6));
        json.WriteNumber("c_angstrom", Math.Round(cell.CAngstrom * ratio, 6));
        json.WriteNumber("strain_fraction", o.StrainFraction);
        json.WriteNumber("microstrain_fraction", o.MicrostrainFraction);
        json.WriteNumber("size_nm", o.SizeNm);
        json.WriteNumber("size_sd_nm", o.SizeSigmaNm);
        json.WriteStartArray("sites");
        foreach ((CrystalSite site, int index) in crystal.Sites.Select((site, index) => (site, index)))
        {
            json.WriteStartObject();
            json.WriteString("label", site.Label);
            json.WriteString("group", site.Group ?? string.Empty);
            json.WriteString("element", site.Species.Element);
            json.WriteNumber("occupancy", site.OccupancyFraction);
            json.WriteNumber("per_cell", Math.Round(site.OccupancyFraction * crystal.MultiplicityCount(index), 6));
            json.WriteNumber("b_angstrom2", site.BIsoAngstrom2 ?? o.UnknownBAngstrom2);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        foreach (string element in crystal.Sites.Select(site => site.Species.Element).Distinct())
        {
            json.WriteStartObject($"{element.ToLowerInvariant()}_per_cell");
            foreach ((string group, double count) in crystal.AtomsPerCellByGroup(element))
            {
                json.WriteNumber(group, Math.Round(count, 6));
            }

            json.WriteEndObject();
        }

        WriteInstrument(json, o);
        json.WriteNumber("noise_seed", truth.Seed);
        json.WriteEndObject();
    }

    private static void WriteInstrument(Utf8JsonWriter json, PowderSampleOptions o)
    {
        json.WriteBoolean("anomalous", o.Anomalous);
        json.WriteNumber("zero_shift_deg", o.ZeroShiftDeg);
        json.WriteNumber("displacement_mm", o.DisplacementMm);
        json.WriteNumber("goniometer_radius_mm", o.GoniometerRadiusMm);
        json.WriteNumber("instrument_fwhm_deg", o.InstrumentFwhmDeg);
        json.WriteNumber("peak_counts", o.PeakCounts);
        json.WriteStartArray("background_counts");
        foreach (double coefficient in o.BackgroundCounts)
        {
            json.WriteNumberValue(coefficient);
        }

        json.WriteEndArray();
        foreach ((string key, PatternBump? bump) in new[] { ("holder", o.Holder), ("halo", o.Halo) })
        {
            if (bump is not null)
            {
                json.WriteStartObject(key);
                json.WriteNumber("height_counts", bump.HeightCounts);
                json.WriteNumber("two_theta_deg", bump.TwoThetaDeg);
                json.WriteNumber("fwhm_deg", bump.FwhmDeg);
                json.WriteEndObject();
            }
        }

        json.WriteBoolean("counting_noise", o.CountingNoise);
    }
}
