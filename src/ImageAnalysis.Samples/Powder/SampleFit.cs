using ImageAnalysis.Core;

namespace ImageAnalysis.Samples;

/// <summary>The fit of one powder pattern of a run.</summary>
public sealed record SampleFit
{
    /// <summary>The pattern's file: the path below the root, with <c>/</c>.</summary>
    public required string File { get; init; }

    /// <summary>Name of the sample.</summary>
    public required string Sample { get; init; }

    /// <summary>Name of the fit's files below the folder <c>fits</c>, without ending: the sample's for the pattern in its row of <c>samples.csv</c>.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the pattern's file in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>True when the sheet or the file itself says that the pattern was computed and not recorded.</summary>
    public required bool Simulated { get; init; }

    /// <summary>The model that describes it best, by the information criterion.</summary>
    public required string Model { get; init; }

    /// <summary>The fit with that model.</summary>
    public required PowderFit Fit { get; init; }

    /// <summary>The fits with the other models of the sample, best first.</summary>
    public IReadOnlyList<OtherModel> OtherModels { get; init; } = [];

    /// <summary>Cu on the four kinds of sites of Cu₂Se.</summary>
    public IReadOnlyList<SiteCopper> Copper => SiteCopper.Of(Fit.Best);

    /// <summary>What the fit was made from, as its file says it.</summary>
    internal FitInput Input(string programVersion, double? expectedSizeAngstrom) => new(Sha256)
    {
        Pattern = File,
        IsSimulated = Simulated,
        Model = Model,
        OtherModels = OtherModels,
        ExpectedSizeAngstrom = expectedSizeAngstrom,
        ProgramVersion = programVersion,
    };
}
