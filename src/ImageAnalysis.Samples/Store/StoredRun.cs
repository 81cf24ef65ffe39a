namespace ImageAnalysis.Samples;

/// <summary>What a stored run was about: a row of <c>runs</c>.</summary>
internal sealed record StoredRun
{
    public required string Input { get; init; }

    /// <summary>Full path of the folder that the files are below.</summary>
    public required string Root { get; init; }

    public required bool Simulated { get; init; }

    public required string ProgramVersion { get; init; }

    public required string CodeVersion { get; init; }

    public required string OptionsJson { get; init; }

    public double? PixelWidthNm { get; init; }

    public double? PixelHeightNm { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public bool Finished { get; init; }

    public static StoredRun Of(RunRequest request, PipelineOptions options, SampleSheet sheet) => new()
    {
        Input = request.Input,
        Root = sheet.Root,
        Simulated = sheet.Simulated,
        ProgramVersion = request.ProgramVersion,
        CodeVersion = Samples.ProgramVersion.Code,
        OptionsJson = Samples.OptionsJson.Canonical(options),
        PixelWidthNm = request.PixelWidthNm,
        PixelHeightNm = request.PixelHeightNm,
        Warnings = sheet.Warnings,
    };
}
