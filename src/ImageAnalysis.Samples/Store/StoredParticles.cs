using System.Text.Json;
using ImageAnalysis.Imaging;
using ImageAnalysis.Particles;
using Microsoft.Data.Sqlite;

namespace ImageAnalysis.Samples;

/// <summary>Writes particles and sizes to their two tables, and reads them back to the last bit.</summary>
internal static class StoredParticles
{
    private const string InsertParticle = """
        INSERT INTO particles (measurement_id, particle_id, x_px, y_px, outline_px) VALUES ($m, $p, $x, $y, $outline)
        """;

    private const string InsertSize = """
        INSERT INTO sizes VALUES ($m, $p, $feretMaxPx, $feretMinPx, $diameterPx, $areaPx, $feretMaxSigmaPx, $diameterSigmaPx,
            $feretMaxNm, $feretMinNm, $diameterNm, $areaNm2, $feretMaxSigmaNm, $diameterSigmaNm,
            $halfPx, $halfNm, $weight, $aspect, $circularity, $orientation, $intensity, $background, $snr, $blur, $border, $neighbour, $counted, $flags, $x0, $y0, $x1, $y1)
        """;

    private const string Select = """
        SELECT s.particle_id, p.x_px, p.y_px, p.outline_px, s.feret_max_px, s.feret_min_px, s.diameter_px, s.area_pixel_count,
            s.feret_max_sigma_px, s.diameter_sigma_px, s.feret_max_nm, s.feret_min_nm, s.diameter_nm, s.area_nm2, s.feret_max_sigma_nm,
            s.diameter_sigma_nm, s.half_height_diameter_px, s.half_height_diameter_nm, s.border_weight_ratio, s.aspect_ratio, s.circularity_ratio, s.orientation_deg, s.integrated_intensity_counts, s.background_counts,
            s.contrast_snr, s.edge_blur_sigma_px, s.touches_border, s.touches_neighbour, s.counted, s.flags_json,
            s.long_axis_x0_px, s.long_axis_y0_px, s.long_axis_x1_px, s.long_axis_y1_px
        FROM files f
        JOIN sizes s ON s.measurement_id = f.measurement_id
        JOIN particles p ON p.measurement_id = s.measurement_id AND p.particle_id = s.particle_id
        WHERE f.file = $file
        ORDER BY s.particle_id
        """;

    private const string SelectCounted = """
        SELECT s.feret_max_nm, s.diameter_nm, s.border_weight_ratio
        FROM files f JOIN sizes s ON s.measurement_id = f.measurement_id
        WHERE f.sample = $sample AND s.counted AND s.feret_max_nm IS NOT NULL AND s.diameter_nm IS NOT NULL
        ORDER BY f.file, s.particle_id
        """;

    /// <summary>
    /// Outlines are stored in single precision (to a ten-thousandth of a pixel in the largest images). Rounding them before anything is
    /// drawn makes a picture from the store the same as one drawn at once.
    /// </summary>
    public static SizeMeasurement Rounded(SizeMeasurement size) =>
        size with { OutlinePx = [.. size.OutlinePx.Select(point => new PointPx((float)point.XPx, (float)point.YPx))] };

    public static void Insert(SqliteConnection db, SqliteTransaction transaction, long measurementId, IReadOnlyList<SizeMeasurement> particles)
    {
        using SqliteCommand particle = new(InsertParticle, db, transaction);
        using SqliteCommand size = new(InsertSize, db, transaction);
        foreach (SizeMeasurement p in particles)
        {
            particle.Set("$m", measurementId).Set("$p", p.ParticleId).Set("$x", p.XPx).Set("$y", p.YPx).Set("$outline", OutlineBytes.Pack(p.OutlinePx)).ExecuteNonQuery();
            size.Set("$m", measurementId).Set("$p", p.ParticleId)
                .Set("$feretMaxPx", p.FeretMaxPx).Set("$feretMinPx", p.FeretMinPx).Set("$diameterPx", p.DiameterPx).Set("$areaPx", p.AreaPixelCount)
                .Set("$feretMaxSigmaPx", p.FeretMaxSigmaPx).Set("$diameterSigmaPx", p.DiameterSigmaPx)
                .Set("$feretMaxNm", p.FeretMaxNm).Set("$feretMinNm", p.FeretMinNm).Set("$diameterNm", p.DiameterNm).Set("$areaNm2", p.AreaNm2)
                .Set("$feretMaxSigmaNm", p.FeretMaxSigmaNm).Set("$diameterSigmaNm", p.DiameterSigmaNm)
                .Set("$halfPx", p.HalfHeightDiameterPx).Set("$halfNm", p.HalfHeightDiameterNm).Set("$weight", p.BorderWeightRatio)
                .Set("$aspect", p.AspectRatio).Set("$circularity", p.CircularityRatio).Set("$orientation", p.OrientationDeg)
                .Set("$intensity", p.IntegratedIntensityCounts).Set("$background", p.BackgroundCounts).Set("$snr", p.ContrastSnr).Set("$blur", p.EdgeBlurSigmaPx)
                .Set("$border", p.TouchesBorder).Set("$neighbour", p.TouchesNeighbour).Set("$counted", p.Counted).Set("$flags", FlagsJson(p.Flags))
                .Set("$x0", p.LongAxisStartPx.XPx).Set("$y0", p.LongAxisStartPx.YPx).Set("$x1", p.LongAxisEndPx.XPx).Set("$y1", p.LongAxisEndPx.YPx)
                .ExecuteNonQuery();
        }
    }

    public static List<SizeMeasurement> Read(SqliteConnection db, string file)
    {
        List<SizeMeasurement> particles = [];
        using SqliteCommand command = new(Select, db);
        using SqliteDataReader row = command.Set("$file", file).ExecuteReader();
        while (row.Read())
        {
            particles.Add(new SizeMeasurement
            {
                ParticleId = row.GetInt32(0),
                XPx = row.GetDouble(1),
                YPx = row.GetDouble(2),
                OutlinePx = OutlineBytes.Unpack(row.GetFieldValue<byte[]>(3)),
                FeretMaxPx = row.GetDouble(4),
                FeretMinPx = row.GetDouble(5),
                DiameterPx = row.GetDouble(6),
                AreaPixelCount = row.GetDouble(7),
                FeretMaxSigmaPx = row.NumberAt(8),
                DiameterSigmaPx = row.NumberAt(9),
                FeretMaxNm = row.NumberAt(10),
                FeretMinNm = row.NumberAt(11),
                DiameterNm = row.NumberAt(12),
                AreaNm2 = row.NumberAt(13),
                FeretMaxSigmaNm = row.NumberAt(14),
                DiameterSigmaNm = row.NumberAt(15),
                HalfHeightDiameterPx = row.GetDouble(16),
                HalfHeightDiameterNm = row.NumberAt(17),
                BorderWeightRatio = row.GetDouble(18),
                AspectRatio = row.GetDouble(19),
                CircularityRatio = row.GetDouble(20),
                OrientationDeg = row.GetDouble(21),
                IntegratedIntensityCounts = row.GetDouble(22),
                BackgroundCounts = row.GetDouble(23),
                ContrastSnr = row.GetDouble(24),
                EdgeBlurSigmaPx = row.NumberAt(25),
                TouchesBorder = row.GetBoolean(26),
                TouchesNeighbour = row.GetBoolean(27),
                Counted = row.GetBoolean(28),
                Flags = Flags(row.GetString(29)),
                LongAxisStartPx = new PointPx(row.GetDouble(30), row.GetDouble(31)),
                LongAxisEndPx = new PointPx(row.GetDouble(32), row.GetDouble(33)),
            });
        }

        return particles;
    }

    /// <summary>Long axis and area-equivalent diameter of every counted particle of a sample that has sizes in nm.</summary>
    public static (List<CountedSize> FeretMax, List<CountedSize> Diameter) ReadCounted(SqliteConnection db, string sample)
    {
        List<CountedSize> feretMax = [], diameter = [];
        using SqliteCommand command = new(SelectCounted, db);
        using SqliteDataReader row = command.Set("$sample", sample).ExecuteReader();
        while (row.Read())
        {
            feretMax.Add(new CountedSize(row.GetDouble(0), row.GetDouble(2)));
            diameter.Add(new CountedSize(row.GetDouble(1), row.GetDouble(2)));
        }

        return (feretMax, diameter);
    }

    private static string FlagsJson(IReadOnlyList<ParticleFlag> flags) => flags.Count == 0 ? "[]" : JsonText.Write(json =>
    {
        json.WriteStartArray();
        foreach (ParticleFlag flag in flags)
        {
            json.WriteStartObject();
            json.WriteString("name", flag.Name);
            json.WriteString("reason", flag.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static ParticleFlag[] Flags(string text)
    {
        if (text == "[]")
        {
            return [];
        }

        using JsonDocument json = JsonDocument.Parse(text);
        return [.. json.RootElement.EnumerateArray().Select(flag => new ParticleFlag(flag.GetProperty("name").GetString()!, flag.GetProperty("reason").GetString()!))];
    }
}
