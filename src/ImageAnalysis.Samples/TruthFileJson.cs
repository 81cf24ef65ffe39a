using System.Text.Json;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Samples;

/// <summary>Reads and writes <c>truth.json</c>.</summary>
internal static class TruthFileJson
{
    private const string CounterClockwise = "ccw";
    private const string LongAxisMeaning = "maximum Feret diameter of the noise-free outline";

    public static byte[] Write(TruthFile truth)
    {
        using MemoryStream stream = new();
        JsonText.Write(stream, indented: true, json =>
        {
            json.WriteStartObject();
            json.WriteString("sample", truth.Sample);
            json.WriteString("kind", "HAADF-STEM");
            json.WriteBoolean("simulated", truth.Simulated);
            json.WriteString("long_axis", LongAxisMeaning);
            json.WriteString("angle_convention", CounterClockwise);
            WriteSizes(json, "n_inside", "long_axis", truth.Inside);
            WriteSizes(json, "n_isolated", "isolated", TruthSizes.Of(truth.Images.SelectMany(image => image.Inside).Where(p => p.Touches.Count == 0)));
            json.WriteStartArray("images");
            foreach (TruthImage image in truth.Images)
            {
                WriteImage(json, image);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
        return stream.ToArray();
    }

    public static TruthFile Read(JsonPlace file)
    {
        string sample = file.Require("sample", "the sample's name").AsText("the sample's name");
        JsonPlace? convention = file.Find("angle_convention");
        if (convention is not null && convention.AsText(CounterClockwise) != CounterClockwise)
        {
            throw convention.Wrong($"\"{CounterClockwise}\" (counter-clockwise as seen), or no such key for angles from +x towards +y");
        }

        IReadOnlyList<JsonPlace> images = file.Require("images", "a list of images").AsList("a list of images");
        bool turn = convention is null;
        return new TruthFile(sample, file.Find("simulated")?.AsBool() ?? false, [.. images.Select(image => ReadImage(image, turn))]);
    }

    private static void WriteImage(Utf8JsonWriter json, TruthImage image)
    {
        json.WriteStartObject();
        json.WriteString("file", image.File);
        json.WriteNumber("width", image.WidthPx);
        json.WriteNumber("height", image.HeightPx);
        json.WriteNumber("pixel_nm", image.PixelWidthNm);
        json.WriteNumber("pixel_width_nm", image.PixelWidthNm);
        json.WriteNumber("pixel_height_nm", image.PixelHeightNm);
        json.Number("carbon_nm", image.SupportThicknessNm);
        json.WriteNumber("n_particles", image.Particles.Count);
        json.WriteNumber("n_isolated", image.Inside.Count(p => p.Touches.Count == 0));
        WriteSizes(json, "n_inside", "long_axis", TruthSizes.Of(image.Inside));
        json.WriteStartArray("particles");
        foreach (TruthParticle p in image.Particles)
        {
            json.WriteStartObject();
            json.WriteString("id", p.Id);
            WritePoint(json, p.CentrePx);
            json.WriteNumber("long_axis_nm", Math.Round(p.LongAxisNm, 4));
            json.WriteNumber("short_axis_nm", Math.Round(p.ShortAxisNm, 4));
            json.WriteNumber("long_axis_angle_deg", Math.Round(p.LongAxisAngleDeg, 1) % 180.0);
            json.WriteNumber("area_nm2", Math.Round(p.AreaNm2, 4));
            json.WriteBoolean("on_edge", p.OnEdge);
            json.WriteStartArray("touches");
            foreach (string id in p.Touches)
            {
                json.WriteStringValue(id);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("debris");
        foreach (TruthDebris debris in image.Debris)
        {
            json.WriteStartObject();
            WritePoint(json, debris.CentrePx);
            json.WriteNumber("extent_nm", Math.Round(debris.ExtentNm, 3));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePoint(Utf8JsonWriter json, PointPx point)
    {
        json.WriteStartArray("centre_px");
        json.WriteNumberValue(Math.Round(point.XPx, 3));
        json.WriteNumberValue(Math.Round(point.YPx, 3));
        json.WriteEndArray();
    }

    private static void WriteSizes(Utf8JsonWriter json, string countKey, string what, TruthSizes sizes)
    {
        json.WriteNumber(countKey, sizes.Count);
        json.Number(what + "_mean_nm", sizes.MeanNm is double mean ? Math.Round(mean, 4) : null);
        json.Number(what + "_sd_nm", sizes.SdNm is double sd ? Math.Round(sd, 4) : null);
    }

    private static TruthImage ReadImage(JsonPlace image, bool turn)
    {
        const string PixelSize = "a pixel size above 0 in nm";
        double? pixelNm = image.Find("pixel_nm")?.AsPositive(PixelSize);
        double? Given(string key) => image.Find(key)?.AsPositive(PixelSize) ?? pixelNm;
        return new TruthImage
        {
            File = image.Require("file", "the name of an image file").AsText("the name of an image file"),
            WidthPx = image.Require("width", "the width in px").AsWhole(1, int.MaxValue, "a width of 1 or more"),
            HeightPx = image.Require("height", "the height in px").AsWhole(1, int.MaxValue, "a height of 1 or more"),
            PixelWidthNm = Given("pixel_width_nm") ?? throw image.Require("pixel_nm", PixelSize).Wrong(PixelSize),
            PixelHeightNm = Given("pixel_height_nm") ?? throw image.Require("pixel_nm", PixelSize).Wrong(PixelSize),
            SupportThicknessNm = image.Find("carbon_nm")?.AsNumber("a thickness in nm"),
            Particles = [.. image.Require("particles", "a list of particles").AsList("a list of particles").Select(p => ReadParticle(p, turn))],
            Debris = [.. (image.Find("debris")?.AsList("a list of debris") ?? []).Select(d => new TruthDebris(ReadPoint(d), d.Require("extent_nm", "a diameter in nm").AsNumber("a diameter in nm")))],
        };
    }

    private static TruthParticle ReadParticle(JsonPlace p, bool turn)
    {
        double angle = p.Require("long_axis_angle_deg", "an angle in degrees").AsNumber("an angle in degrees");
        angle = turn ? 180.0 - angle : angle;
        return new TruthParticle
        {
            Id = p.Require("id", "the particle's name").AsText("the particle's name"),
            CentrePx = ReadPoint(p),
            LongAxisNm = p.Require("long_axis_nm", "a length above 0 in nm").AsPositive("a length above 0 in nm"),
            ShortAxisNm = p.Require("short_axis_nm", "a length above 0 in nm").AsPositive("a length above 0 in nm"),
            LongAxisAngleDeg = angle - (180.0 * Math.Floor(angle / 180.0)),
            AreaNm2 = p.Require("area_nm2", "an area above 0 in nm²").AsPositive("an area above 0 in nm²"),
            OnEdge = p.Require("on_edge", "true or false").AsBool(),
            Touches = [.. p.Require("touches", "a list of names").AsList("a list of names").Select(id => id.AsText("a particle's name"))],
        };
    }

    private static PointPx ReadPoint(JsonPlace parent)
    {
        JsonPlace place = parent.Require("centre_px", "[x, y] in px");
        IReadOnlyList<JsonPlace> items = place.AsList("[x, y] in px");
        return items.Count == 2 ? new PointPx(items[0].AsNumber("x in px"), items[1].AsNumber("y in px")) : throw place.Wrong("[x, y] in px");
    }
}
