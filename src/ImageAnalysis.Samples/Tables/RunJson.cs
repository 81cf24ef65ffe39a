using System.Text.Json;

namespace ImageAnalysis.Samples;

/// <summary><c>run.json</c>: options, versions and hashes, enough to repeat the run. It holds no times, so that equal runs write equal bytes.</summary>
internal static class RunJson
{
    public static void Write(Stream stream, ResultsStore store) => JsonText.Write(stream, indented: true, json =>
    {
        StoredRun run = store.LastRun()!;
        Dictionary<string, FileResult> results = store.Files().ToDictionary(file => file.File);
        json.WriteStartObject();
        json.WriteNumber("version", 1);
        json.WriteString("program", "ima");
        json.WriteString("program_version", run.ProgramVersion);
        json.WriteString("code_version", run.CodeVersion);
        json.WriteString("input", run.Input);
        json.WriteString("root", run.Root);
        json.WriteBoolean("finished", run.Finished);
        json.WriteBoolean("simulated", run.Simulated);
        json.Number("pixel_width_nm", run.PixelWidthNm);
        json.Number("pixel_height_nm", run.PixelHeightNm);
        json.WritePropertyName("options");
        using (JsonDocument options = JsonDocument.Parse(run.OptionsJson))
        {
            options.RootElement.WriteTo(json);
        }

        json.WriteStartArray("samples");
        foreach (SheetSample sample in store.Samples())
        {
            json.WriteStartObject();
            json.WriteString("name", sample.Name);
            json.WriteStartArray("models");
            foreach (string model in sample.Models)
            {
                json.WriteStringValue(model);
            }

            json.WriteEndArray();
            json.Number("phonon_per_cm", sample.PhononPerCm);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("files");
        foreach (SheetFile file in store.SheetFiles())
        {
            json.WriteStartObject();
            json.WriteString("file", file.File);
            json.WriteString("sample", file.Sample);
            json.WriteString("role", file.Role.Word());
            json.WriteString("sha256", results[file.File].Sha256);
            json.WriteString("outcome", results[file.File].Outcome?.Word);
            json.Number("frame", file.Frame);
            json.Number("sheet_pixel_width_nm", file.PixelWidthNm);
            json.Number("sheet_pixel_height_nm", file.PixelHeightNm);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
