using System.Text.Json;
using System.Text.Json.Serialization;
using ImageAnalysis.Core;
using Microsoft.Data.Sqlite;

namespace ImageAnalysis.Samples;

/// <summary>Writes powder fits to their two tables, and reads them back to the last bit.</summary>
internal static class StoredFits
{
    private const string InsertFit = """
        INSERT INTO fits VALUES ($m, $position, $model, $family, $chi2, $reduced, $rwp, $bic, $a, $aSigma, $size, $sizeSigma, $json)
        """;

    private const string InsertSite = """
        INSERT INTO fit_sites VALUES ($m, $position, $solution, $label, $group, $element, $multiplicity, $occupancy, $occupancySigma, $atoms, $atomsSigma)
        """;

    private const string Select = """
        SELECT f.file, f.sample, f.sha256, m.simulated, t.model, t.fit_json
        FROM files f
        JOIN measurements m ON m.measurement_id = f.measurement_id
        JOIN fits t ON t.measurement_id = m.measurement_id
        ORDER BY t.position
        """;

    public static void Insert(SqliteConnection db, SqliteTransaction transaction, long measurementId, PowderMeasurement powder)
    {
        using SqliteCommand row = new(InsertFit, db, transaction);
        using SqliteCommand site = new(InsertSite, db, transaction);
        for (int position = 0; position < powder.Fits.Count; position++)
        {
            (string model, PowderFit fit) = powder.Fits[position];
            PowderSolution best = fit.Best;
            row.Set("$m", measurementId).Set("$position", position).Set("$model", model).Set("$family", best.Name)
                .Set("$chi2", best.Chi2).Set("$reduced", best.ReducedChi2).Set("$rwp", best.RwpPercent).Set("$bic", best.Bic)
                .Set("$a", best.AAngstrom).Set("$aSigma", best.ASigmaAngstrom).Set("$size", best.SizeAngstrom).Set("$sizeSigma", best.SizeSigmaAngstrom)
                .Set("$json", JsonSerializer.Serialize(fit, StoredFitJson.Default.PowderFit)).ExecuteNonQuery();
            PowderSolution[] solutions = [best, .. fit.Rivals.Select(rival => rival.Solution)];
            for (int solution = 0; solution < solutions.Length; solution++)
            {
                foreach (SiteOccupancy s in solutions[solution].Sites)
                {
                    site.Set("$m", measurementId).Set("$position", position).Set("$solution", solution).Set("$label", s.Label).Set("$group", s.Group).Set("$element", s.Element)
                        .Set("$multiplicity", s.MultiplicityCount).Set("$occupancy", s.OccupancyFraction).Set("$occupancySigma", s.OccupancySigmaFraction)
                        .Set("$atoms", s.AtomsPerCell).Set("$atomsSigma", s.AtomsSigmaPerCell).ExecuteNonQuery();
                }
            }
        }
    }

    /// <summary>All fits in ordinal order of the patterns' paths. The first pattern of a sample is the one of its row.</summary>
    public static List<SampleFit> Read(SqliteConnection db)
    {
        List<(string File, string Sample, string Sha256, bool Simulated, string Model, PowderFit Fit)> rows = [];
        using SqliteCommand command = new(Select, db);
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            PowderFit fit = JsonSerializer.Deserialize(row.GetString(5), StoredFitJson.Default.PowderFit)!;
            rows.Add((row.GetString(0), row.GetString(1), row.GetString(2), row.GetBoolean(3), row.GetString(4), fit));
        }

        HashSet<string> samples = [];
        return [.. rows.GroupBy(one => one.File).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
        {
            var (file, sample, sha256, simulated, model, fit) = group.First();
            return new SampleFit
            {
                File = file,
                Sample = sample,
                Name = ResultsFolder.FitName(samples.Add(sample) ? FileNameOf(sample) : $"patterns/{file}"),
                Sha256 = sha256,
                Simulated = simulated,
                Model = model,
                Fit = fit,
                OtherModels = [.. group.Skip(1).Select(other => new OtherModel(other.Model, other.Fit))],
            };
        })];
    }

    /// <summary>A sample's name as the name of a file: what some systems forbid in one is written as in addresses, <c>a:b</c> as <c>a%3Ab</c>.</summary>
    private static string FileNameOf(string sample) =>
        string.Concat(sample.Select(c => "<>:\"|?*%".Contains(c, StringComparison.Ordinal) ? $"%{(int)c:X2}" : c.ToString()));

    /// <summary>A structure as the text of its CIF.</summary>
    internal sealed class StructureConverter : JsonConverter<CrystalStructure>
    {
        public override CrystalStructure Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return CifReader.Read(reader.GetString() ?? string.Empty);
            }
            catch (CifException e)
            {
                throw new JsonException(e.Message, e);
            }
        }

        public override void Write(Utf8JsonWriter writer, CrystalStructure value, JsonSerializerOptions options) => writer.WriteStringValue(CifWriter.Write(value));
    }
}

/// <summary>What the compiler writes for keeping fits in the store.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, Converters = [typeof(StoredFits.StructureConverter)])]
[JsonSerializable(typeof(PowderFit))]
internal sealed partial class StoredFitJson : JsonSerializerContext;
