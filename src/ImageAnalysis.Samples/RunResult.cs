namespace ImageAnalysis.Samples;

/// <summary>The whole of a run's results, apart from the rows of single particles, which stay in the store.</summary>
public sealed record RunResult
{
    /// <summary>The folder or sheet that was run on, as the user wrote it.</summary>
    public required string Input { get; init; }

    /// <summary>Full path of the results folder.</summary>
    public required string ResultsFolder { get; init; }

    /// <summary>True when the sheet or a file itself says that data were computed and not recorded.</summary>
    public required bool Simulated { get; init; }

    /// <summary>Version of the program.</summary>
    public required string ProgramVersion { get; init; }

    /// <summary>The options that were used.</summary>
    public required PipelineOptions Options { get; init; }

    /// <summary>A summary a sample, in the order of the sheet.</summary>
    public required IReadOnlyList<SampleSummary> Samples { get; init; }

    /// <summary>A row an input file, in ordinal order of their paths.</summary>
    public required IReadOnlyList<FileResult> Files { get; init; }

    /// <summary>The fits of all powder patterns, in ordinal order of their paths.</summary>
    public IReadOnlyList<SampleFit> Fits { get; init; } = [];

    /// <summary>Order in all samples, compared; <c>null</c> where no HRTEM image belongs to any.</summary>
    public OrderTable? Order { get; init; }

    /// <summary>What people have decided about single particles; <c>null</c> where nobody has.</summary>
    public ReviewBook? Review { get; init; }

    /// <summary>What a person should know, each a sentence of its own.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>True when the run was stopped before all files were done; the rest is done by running again.</summary>
    public required bool Interrupted { get; init; }
}
