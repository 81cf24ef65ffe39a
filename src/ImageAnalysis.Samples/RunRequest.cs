namespace ImageAnalysis.Samples;

/// <summary>What to run on, and where the results go.</summary>
public sealed record RunRequest
{
    /// <summary>A folder or a sample sheet, as the user wrote it.</summary>
    public required string Input { get; init; }

    /// <summary>The results folder; made where it does not exist.</summary>
    public required string ResultsFolder { get; init; }

    /// <summary>Version of the program that asks, to be kept with the results.</summary>
    public string ProgramVersion { get; init; } = Samples.ProgramVersion.Of(typeof(RunRequest).Assembly);

    /// <summary>Number of files measured at the same time; 1 or more. Every table is the same for any number.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>A <c>rates.json</c> of <c>ima validate</c> that fractions are corrected with; <c>null</c> keeps what an earlier run was given.</summary>
    public string? RatesFile { get; init; }

    /// <summary>Width of a pixel in nm for all files whose sheet entry gives none, or <c>null</c>.</summary>
    public double? PixelWidthNm { get; init; }

    /// <summary>Height of a pixel in nm; <c>null</c> for square pixels of <see cref="PixelWidthNm"/>.</summary>
    public double? PixelHeightNm { get; init; }
}
