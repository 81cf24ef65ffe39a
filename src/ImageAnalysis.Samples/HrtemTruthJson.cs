using System.Globalization;
using System.Text.Json;
using ImageAnalysis.Imaging;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Samples;

/// <summary>Reads and writes the <c>truth.json</c> of HRTEM images.</summary>
internal static class HrtemTruthJson
{
    private const string CounterClockwise = "ccw";

    private static readonly (string Word, LatticeLabel Label)[] Labels = [("ordered", LatticeLabel.Ordered), ("regular", LatticeLabel.Regular), ("no111", LatticeLabel.NoFringe)];

    public static byte[] Write(HrtemTruthFile truth)
    {
        using MemoryStream stream = new();
        JsonText.Write(stream, indented: true, json =>
        {
            json.WriteStartObject();
            json.WriteString("sample", truth.Sample);
            json.WriteString("kind", "HRTEM");
            json.WriteBoolean("simulated", truth.Simulated);
            json.WriteString("coordinates", "pixels, x right, y down, 0-based, bbox = [x0,y0,x1,y1)");
            json.WriteString("angle", "angle of the fringe's normal from +x, counter-clockwise as seen, in [0, 180)");
            json.WriteString("angle_convention", CounterClockwise);
            json.WriteNumber("n_particles", truth.Particles.Count());
            json.WriteNumber("n_showing_111", truth.Particles.Count(particle => particle.Label != LatticeLabel.NoFringe));
            json.WriteNumber("n_superstructure", truth.Count(LatticeLabel.Ordered));
            json.WriteStartArray("images");
            foreach (HrtemTruthImage image in truth.Images)
            {
                WriteImage(json, image);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
        return stream.ToArray();
    }

    public static HrtemTruthFile Read(JsonPlace file)
    {
        string sample = file.Require("sample", "the sample's name").AsText("the sample's name");
        JsonPlace? convention = file.Find("angle_convention");
        if (convention is not null && convention.AsText(CounterClockwise) != CounterClockwise)
        {
            throw convention.Wrong($"\"{CounterClockwise}\" (counter-clockwise as seen), or no such key for angles from +x towards +y");
        }

        IReadOnlyList<JsonPlace> images = file.Require("images", "a list of images").AsList("a list of images");
        bool simulated = file.Find("simulated")?.AsBool() ?? false;
        return new HrtemTruthFile(sample, simulated, [.. images.Select(image => ReadImage(image, turn: convention is null))]);
    }

    private static void WriteImage(Utf8JsonWriter json, HrtemTruthImage image)
    {
        json.WriteStartObject();
        json.WriteString("file", image.File);
        json.WriteNumber("width", image.WidthPx);
        json.WriteNumber("height", image.HeightPx);
        json.WriteNumber("pixel_nm", image.PixelWidthNm);
        json.WriteNumber("pixel_width_nm", image.PixelWidthNm);
        json.WriteNumber("pixel_height_nm", image.PixelHeightNm);
        json.Number("voltage_kv", image.VoltageKv);
        json.Number("defocus_nm", image.Lens?.DefocusNm);
        json.Number("Cs_mm", image.Lens?.SphericalAberrationMm);
        json.Number("twofold_astigmatism_nm", image.Lens?.TwofoldAstigmatismNm);
        json.Number("twofold_astigmatism_deg", image.Lens?.TwofoldAstigmatismDeg);
        json.Number("threefold_astigmatism_nm", image.Lens?.ThreefoldAstigmatismNm);
        json.Number("threefold_astigmatism_deg", image.Lens?.ThreefoldAstigmatismDeg);
        json.Number("focal_spread_nm", image.Lens?.FocalSpreadNm);
        json.Number("convergence_mrad", image.Lens?.ConvergenceMrad);
        json.Number("dose_e_per_A2", image.DosePerAngstrom2);
        json.Number("carbon_nm", image.SupportThicknessNm);
        json.Number("ctf_at_g111", Rounded(image.TransferRatio, 3));
        json.Number("ctf_at_half", Rounded(image.HalfTransferRatio, 3));
        json.WriteStartArray("particles");
        foreach (HrtemTruthParticle particle in image.Particles)
        {
            WriteParticle(json, particle);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteParticle(Utf8JsonWriter json, HrtemTruthParticle p)
    {
        json.WriteStartObject();
        json.WriteString("id", p.Id);
        json.WriteString("label", Labels.First(label => label.Label == p.Label).Word);
        json.WriteBoolean("shows_111", p.Label != LatticeLabel.NoFringe);
        json.WriteBoolean("superstructure", p.Label == LatticeLabel.Ordered);
        WriteNumbers(json, "centre_px", 2, p.CentrePx.XPx, p.CentrePx.YPx);
        WriteNumbers(json, "bbox_px", 0, p.FirstPx.XPx, p.FirstPx.YPx, p.EndPx.XPx, p.EndPx.YPx);
        json.WritePropertyName("outline_px");
        json.WriteRawValue($"[{string.Join(", ", p.OutlinePx.Select(point => List(1, point.XPx, point.YPx)))}]");
        json.WriteNumber("diameter_nm", Math.Round(p.DiameterNm, 3));
        json.Number("aspect", Rounded(p.AspectRatio, 3));
        json.WriteString("shape", p.Shape);
        json.WriteString("zone", p.Zone);
        json.Number("tilt_deg", Rounded(p.TiltDeg, 3));
        json.Number("defocus_nm", Rounded(p.DefocusNm, 2));
        json.Number("a_nm", Rounded(p.CellEdgeNm, 5));
        json.Number("d111_nm", Rounded(p.SpacingNm, 5));
        json.Number("period_nm", Rounded(p.PeriodNm, 5));
        json.WriteStartArray("g111_in_plane");
        foreach (HrtemTruthFringe fringe in p.Fringes)
        {
            WriteFringe(json, fringe);
        }

        json.WriteEndArray();
        json.Number("order_delta", Rounded(p.OrderFraction, 3));
        json.WriteBoolean("half_domain", p.HalfDomain);
        json.WriteString("cu_model", p.Model);
        json.WriteStartArray("overlaps");
        foreach (string id in p.Overlaps)
        {
            json.WriteStringValue(id);
        }

        json.WriteEndArray();
        if ((p.Fringes.FirstOrDefault(fringe => fringe.SuperlatticeAxis) ?? (p.Fringes.Count > 0 ? p.Fringes[0] : null)) is HrtemTruthFringe main)
        {
            json.WriteStartObject("kinematic");
            json.Number("F_half_over_F_111", Rounded(main.HalfOverWholeRatio, 4));
            json.Number("F_111_per_Se", Rounded(main.AmplitudeRatio, 3));
            json.WriteEndObject();
        }

        WriteBool(json, "observable_111", p.ObservableFringe);
        WriteBool(json, "observable_superstructure", p.ObservableSuperlattice);
        json.WriteEndObject();
    }

    private static void WriteFringe(Utf8JsonWriter json, HrtemTruthFringe fringe)
    {
        json.WriteStartObject();
        json.WriteString("hkl", fringe.Hkl);
        json.WriteNumber("angle_deg", Math.Round(fringe.AngleDeg, 2) % 180);
        json.WriteNumber("elevation_deg", Math.Round(fringe.ElevationDeg, 2));
        json.WriteBoolean("superlattice_axis", fringe.SuperlatticeAxis);
        json.Number("d_nm", Rounded(fringe.SpacingNm, 5));
        json.Number("order_delta", Rounded(fringe.OrderFraction, 3));
        json.Number("amplitude", Rounded(fringe.AmplitudeRatio, 4));
        json.Number("transfer", Rounded(fringe.TransferRatio, 4));
        json.Number("expected_snr", Rounded(fringe.ExpectedSnr, 2));
        json.Number("half_amplitude", Rounded(fringe.HalfAmplitudeRatio, 4));
        json.Number("half_transfer", Rounded(fringe.HalfTransferRatio, 4));
        json.Number("half_expected_snr", Rounded(fringe.HalfExpectedSnr, 2));
        json.Number("half_over_whole", Rounded(fringe.HalfOverWholeRatio, 4));
        json.WriteEndObject();
    }

    // Coordinates on one line each: a line a number would make long files longer.
    private static void WriteNumbers(Utf8JsonWriter json, string key, int digits, params ReadOnlySpan<double> values)
    {
        json.WritePropertyName(key);
        json.WriteRawValue(List(digits, values));
    }

    private static string List(int digits, params ReadOnlySpan<double> values)
    {
        List<string> words = [];
        foreach (double value in values)
        {
            words.Add(Math.Round(value, digits).ToString(CultureInfo.InvariantCulture));
        }

        return $"[{string.Join(", ", words)}]";
    }

    private static void WriteBool(Utf8JsonWriter json, string key, bool? value)
    {
        json.WritePropertyName(key);
        if (value is bool known)
        {
            json.WriteBooleanValue(known);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static double? Rounded(double? value, int digits) => value is double number ? Math.Round(number, digits) : null;

    private static HrtemTruthImage ReadImage(JsonPlace image, bool turn)
    {
        const string pixelSize = "a pixel size above 0 in nm";
        double? pixelNm = image.Find("pixel_nm")?.AsPositive(pixelSize);
        double? defocus = Number(image, "defocus_nm"), spherical = Number(image, "Cs_mm");
        ObjectiveLens lens = new();
        return new HrtemTruthImage
        {
            File = image.Require("file", "the name of an image file").AsText("the name of an image file"),
            WidthPx = image.Require("width", "the width in px").AsWhole(1, int.MaxValue, "a width of 1 or more"),
            HeightPx = image.Require("height", "the height in px").AsWhole(1, int.MaxValue, "a height of 1 or more"),
            PixelWidthNm = image.Find("pixel_width_nm")?.AsPositive(pixelSize) ?? pixelNm ?? throw image.Require("pixel_nm", pixelSize).Wrong(pixelSize),
            PixelHeightNm = image.Find("pixel_height_nm")?.AsPositive(pixelSize) ?? pixelNm ?? throw image.Require("pixel_nm", pixelSize).Wrong(pixelSize),
            VoltageKv = Number(image, "voltage_kv"),
            Lens = defocus is null || spherical is null ? null : lens with
            {
                DefocusNm = defocus.Value,
                SphericalAberrationMm = spherical.Value,
                TwofoldAstigmatismNm = Number(image, "twofold_astigmatism_nm") ?? 0,
                TwofoldAstigmatismDeg = Number(image, "twofold_astigmatism_deg") ?? 0,
                ThreefoldAstigmatismNm = Number(image, "threefold_astigmatism_nm") ?? 0,
                ThreefoldAstigmatismDeg = Number(image, "threefold_astigmatism_deg") ?? 0,
                FocalSpreadNm = Number(image, "focal_spread_nm") ?? lens.FocalSpreadNm,
                ConvergenceMrad = Number(image, "convergence_mrad") ?? lens.ConvergenceMrad,
            },
            DosePerAngstrom2 = Number(image, "dose_e_per_A2"),
            SupportThicknessNm = Number(image, "carbon_nm"),
            TransferRatio = Number(image, "ctf_at_g111"),
            HalfTransferRatio = Number(image, "ctf_at_half"),
            Particles = [.. image.Require("particles", "a list of particles").AsList("a list of particles").Select(p => ReadParticle(p, turn))],
        };
    }

    private static HrtemTruthParticle ReadParticle(JsonPlace p, bool turn)
    {
        JsonPlace label = p.Require("label", "what the particle shows");
        string word = label.AsText("what the particle shows");
        double[] centre = ReadNumbers(p, "centre_px", 2, "[x, y] in px"), box = ReadNumbers(p, "bbox_px", 4, "[x0, y0, x1, y1] in px");
        return new HrtemTruthParticle
        {
            Id = p.Require("id", "the particle's name").AsText("the particle's name"),
            Label = Array.Exists(Labels, known => known.Word == word)
                ? Labels.First(known => known.Word == word).Label
                : throw label.Wrong(string.Join(", ", Labels.Select(known => $"\"{known.Word}\""))),
            CentrePx = new PointPx(centre[0], centre[1]),
            FirstPx = new PointPx(box[0], box[1]),
            EndPx = new PointPx(box[2], box[3]),
            OutlinePx = [.. (p.Find("outline_px")?.AsList("a list of corners") ?? []).Select(corner => ReadPoint(corner))],
            DiameterNm = p.Require("diameter_nm", "a diameter above 0 in nm").AsPositive("a diameter above 0 in nm"),
            AspectRatio = Number(p, "aspect"),
            Shape = Text(p, "shape"),
            Zone = Text(p, "zone"),
            TiltDeg = Number(p, "tilt_deg"),
            DefocusNm = Number(p, "defocus_nm"),
            CellEdgeNm = Number(p, "a_nm"),
            SpacingNm = Number(p, "d111_nm"),
            PeriodNm = Number(p, "period_nm"),
            Fringes = [.. p.Require("g111_in_plane", "a list of planes in view").AsList("a list of planes in view").Select(fringe => ReadFringe(fringe, turn))],
            OrderFraction = Number(p, "order_delta"),
            HalfDomain = p.Find("half_domain")?.AsBool() ?? false,
            Model = Text(p, "cu_model"),
            Overlaps = [.. (p.Find("overlaps")?.AsList("a list of names") ?? []).Select(id => id.AsText("a particle's name"))],
            ObservableFringe = p.Find("observable_111")?.AsBool(),
            ObservableSuperlattice = p.Find("observable_superstructure")?.AsBool(),
        };
    }

    private static HrtemTruthFringe ReadFringe(JsonPlace fringe, bool turn)
    {
        double angle = fringe.Require("angle_deg", "an angle in degrees").AsNumber("an angle in degrees");
        angle = turn ? 180 - angle : angle;
        return new HrtemTruthFringe(angle - (180 * Math.Floor(angle / 180)), Number(fringe, "elevation_deg") ?? 0, fringe.Find("superlattice_axis")?.AsBool() ?? false)
        {
            Hkl = Text(fringe, "hkl"),
            SpacingNm = Number(fringe, "d_nm"),
            OrderFraction = Number(fringe, "order_delta"),
            AmplitudeRatio = Number(fringe, "amplitude"),
            TransferRatio = Number(fringe, "transfer"),
            ExpectedSnr = Number(fringe, "expected_snr"),
            HalfAmplitudeRatio = Number(fringe, "half_amplitude"),
            HalfTransferRatio = Number(fringe, "half_transfer"),
            HalfExpectedSnr = Number(fringe, "half_expected_snr"),
            HalfOverWholeRatio = Number(fringe, "half_over_whole"),
        };
    }

    private static double? Number(JsonPlace parent, string key) => parent.Find(key)?.AsNumber("a number");

    private static string Text(JsonPlace parent, string key) => parent.Find(key) is { Kind: JsonValueKind.String } place ? place.Text : string.Empty;

    private static PointPx ReadPoint(JsonPlace place)
    {
        IReadOnlyList<JsonPlace> items = place.AsList("[x, y] in px");
        return items.Count == 2 ? new PointPx(items[0].AsNumber("x in px"), items[1].AsNumber("y in px")) : throw place.Wrong("[x, y] in px");
    }

    private static double[] ReadNumbers(JsonPlace parent, string key, int count, string expected)
    {
        JsonPlace place = parent.Require(key, expected);
        IReadOnlyList<JsonPlace> items = place.AsList(expected);
        return items.Count == count ? [.. items.Select(item => item.AsNumber(expected))] : throw place.Wrong(expected);
    }
}
