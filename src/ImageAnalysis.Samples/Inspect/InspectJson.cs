using System.Text;
using System.Text.Json;
using ImageAnalysis.Formats;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Samples;

/// <summary>Writes what <c>ima inspect --json</c> prints: an array with an object a file.</summary>
public static class InspectJson
{
    /// <summary>Writes the array, readable, ending in a line feed.</summary>
    /// <param name="files">The files, in the order in which they were named.</param>
    /// <returns>The JSON text. A file that cannot be read has no signals and says why in <c>reason</c> and <c>error</c>.</returns>
    public static string Write(IReadOnlyList<FileInspection> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        using MemoryStream stream = new();
        JsonText.Write(stream, indented: true, json =>
        {
            json.WriteStartArray();
            foreach (FileInspection file in files)
            {
                WriteFile(json, file);
            }

            json.WriteEndArray();
        });
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void WriteFile(Utf8JsonWriter json, FileInspection file)
    {
        FileDescription? description = file.Description;
        json.WriteStartObject();
        json.WriteString("path", file.Path);
        json.WriteString("format", file.Format);
        json.WriteString("kind", description?.Kind ?? "other");
        json.WriteStartArray("signals");
        foreach (SignalDescription signal in description?.Signals ?? [])
        {
            WriteSignal(json, signal);
        }

        json.WriteEndArray();
        json.WriteBoolean("measurable", description?.Measurable ?? false);
        json.WriteString("reason", description is null ? file.Error : description.Reason);
        json.WriteString("error", file.Error);
        WriteTags(json, description?.Tags ?? []);
        json.WriteEndObject();
    }

    private static void WriteSignal(Utf8JsonWriter json, SignalDescription signal)
    {
        json.WriteStartObject();
        json.WriteNumber("frames", signal.Frames);
        if (signal.Powder is null)
        {
            json.WriteNumber("width_px", signal.WidthPx);
            json.WriteNumber("height_px", signal.HeightPx);
        }
        else
        {
            json.WriteNull("width_px");
            json.WriteNull("height_px");
        }

        json.WriteString("type", signal.Type);
        json.Number("pixel_width_nm", signal.PixelWidthNm);
        json.Number("pixel_height_nm", signal.PixelHeightNm);
        json.WriteString("calibration_source", signal.CalibrationSource);
        json.WriteString("unit_as_stored", signal.UnitAsStored);
        json.WriteString("mode", signal.Mode);
        json.Number("min_counts", signal.MinCounts);
        json.Number("max_counts", signal.MaxCounts);
        json.Number("sum_counts", signal.SumCounts);
        if (signal.CornersCounts is null)
        {
            json.WriteNull("corners_counts");
        }
        else
        {
            json.WriteStartArray("corners_counts");
            foreach (double? corner in signal.CornersCounts)
            {
                json.Number(corner);
            }

            json.WriteEndArray();
        }

        if (signal.Powder is PowderDescription powder)
        {
            WritePowder(json, powder);
        }

        json.WriteEndObject();
    }

    private static void WritePowder(Utf8JsonWriter json, PowderDescription powder)
    {
        json.WriteNumber("point_count", powder.PointCount);
        json.WriteNumber("two_theta_min_deg", powder.TwoThetaMinDeg);
        json.WriteNumber("two_theta_max_deg", powder.TwoThetaMaxDeg);
        json.Number("step_deg", powder.StepDeg);
        json.Number("wavelength_angstrom", powder.WavelengthAngstrom);
        json.Number("wavelength2_angstrom", powder.Wavelength2Angstrom);
        json.WriteString("anode", powder.Anode);
        json.Number("counting_time_seconds", powder.CountingTimeSeconds);
        json.WriteString("intensity_scale", powder.IntensityScale);
        json.WriteBoolean("has_sigma", powder.HasSigma);
        json.WriteString("title", powder.Title);
        json.WriteBoolean("simulated", powder.Simulated);
    }

    /// <summary>The file's own words as one object. A path that occurs again (the tags of a second page) gets a number: <c>Software#2</c>.</summary>
    private static void WriteTags(Utf8JsonWriter json, IReadOnlyList<RawTag> tags)
    {
        Dictionary<string, int> seen = [];
        json.WriteStartObject("tags");
        foreach (RawTag tag in tags)
        {
            int times = seen[tag.Path] = seen.GetValueOrDefault(tag.Path) + 1;
            json.WriteString(times == 1 ? tag.Path : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{tag.Path}#{times}"), tag.Value);
        }

        json.WriteEndObject();
    }
}
