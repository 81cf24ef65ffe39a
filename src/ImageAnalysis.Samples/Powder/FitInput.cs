using ImageAnalysis.Core;

namespace ImageAnalysis.Samples;

/// <summary>What a powder fit was made from, as its file says it.</summary>
/// <param name="PatternSha256">SHA-256 of the pattern's file, in lower-case hexadecimal digits.</param>
public sealed record FitInput(string PatternSha256)
{
    /// <summary>Name or path of the pattern's file; <c>null</c> where it is not to be told.</summary>
    public string? Pattern { get; init; }

    /// <summary>Whether the pattern's file says that it was computed and not measured.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>The model that the best fit started from, as it was named; <c>null</c> where it is not to be told.</summary>
    public string? Model { get; init; }

    /// <summary>The other structures that were fitted to the same pattern, in the order of the comparison; none by default.</summary>
    public IReadOnlyList<OtherModel> OtherModels { get; init; } = [];

    /// <summary>Version of the program that made the fit, for people.</summary>
    public string ProgramVersion { get; init; } = Samples.ProgramVersion.Of(typeof(FitInput).Assembly);

    /// <summary>Size that Scherrer's equation would read from the particles that a microscope measured, Å; <c>null</c> where no sizes were given.</summary>
    public double? ExpectedSizeAngstrom { get; init; }
}

/// <summary>Another structure that was fitted to the same pattern.</summary>
/// <param name="Model">Its path, as it was named.</param>
/// <param name="Fit">Its fit.</param>
public sealed record OtherModel(string Model, PowderFit Fit);
