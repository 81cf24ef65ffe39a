namespace ImageAnalysis.Samples;

/// <summary>Which stage a file goes through, and what its result depends on.</summary>
internal static class StageKeys
{
    public static StageKey Of(SheetFile file, ReadOnlySpan<byte> bytes, RunRequest request, PipelineOptions options, IReadOnlyDictionary<string, IReadOnlyList<CrystalModel>> models)
    {
        (string stage, string stageOptions) = file.Role switch
        {
            FileRole.Haadf => ("sizes", OptionsJson.Canonical(options.Segmentation) + OptionsJson.Canonical(options.Size)),
            FileRole.Hrtem => ("fringes", OptionsJson.Canonical(options.Fringes)),
            _ => ("powder", OptionsJson.Canonical(options.Pxrd) + string.Join('\n', models[file.Sample].Select(model => $"{model.Name} {model.Sha256}"))),
        };
        string about = JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.Number("frame", file.Frame);
            json.WriteBoolean("simulated", file.Simulated);
            json.Number("sheet_pixel_width_nm", file.PixelWidthNm);
            json.Number("sheet_pixel_height_nm", file.PixelHeightNm);
            json.Number("pixel_width_nm", request.PixelWidthNm);
            json.Number("pixel_height_nm", request.PixelHeightNm);
            json.WriteString("extension", Path.GetExtension(file.File).ToLowerInvariant());
            json.WriteEndObject();
        });
        return new StageKey(StageKey.HashOf(bytes), stage, StageKey.HashOf(stageOptions + about), ProgramVersion.Code);
    }
}
