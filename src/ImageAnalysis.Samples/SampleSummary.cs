using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples;

/// <summary>What a run says about one sample: a row of <c>samples.csv</c>.</summary>
public sealed record SampleSummary
{
    /// <summary>Name of the sample.</summary>
    public required string Sample { get; init; }

    /// <summary>Number of its input files.</summary>
    public required int FileCount { get; init; }

    /// <summary>Number of its files that are bad or that the program failed on.</summary>
    public required int BadFileCount { get; init; }

    /// <summary>Number of particles found in its HAADF images.</summary>
    public required int ParticleCount { get; init; }

    /// <summary>Number of them that carry a flag.</summary>
    public required int FlaggedCount { get; init; }

    /// <summary>Number of particles in the size distribution: counted, and with a size in nm.</summary>
    public required int SizedCount { get; init; }

    /// <summary>Number of counted particles without a size in nm, since nobody knows the pixel size of their image.</summary>
    public required int UncalibratedCount { get; init; }

    /// <summary>Distribution of the long axis (maximum Feret diameter), or <c>null</c> where no particle has a size in nm.</summary>
    public SizeDistribution? FeretMax { get; init; }

    /// <summary>Distribution of the area-equivalent diameter, or <c>null</c> where no particle has a size in nm.</summary>
    public SizeDistribution? Diameter { get; init; }

    /// <summary>Verdicts on the crystals of its HRTEM images; <c>null</c> where none was measured.</summary>
    public FringeSummary? Fringes { get; init; }

    /// <summary>What people have made of its particles; <c>null</c> where nobody has decided on one.</summary>
    public ReviewSummary? Review { get; init; }

    /// <summary>Its sizes after review; <c>null</c> where nobody has decided on a particle, or none is counted.</summary>
    public SizeDistribution? ReviewedFeretMax { get; init; }

    /// <summary>Its area-equivalent diameters after review; <c>null</c> where nobody has decided on a particle, or none is counted.</summary>
    public SizeDistribution? ReviewedDiameter { get; init; }

    /// <summary>Number of its powder patterns that were fitted.</summary>
    public int PatternCount { get; init; }

    /// <summary>The fit of its first pattern, in the order of paths; <c>null</c> where none was fitted.</summary>
    public SampleFit? Pattern { get; init; }

    /// <summary>What its instruments say together; <c>null</c> where it has neither a fit nor a phonon nor fringes.</summary>
    public SampleJoin? Join { get; init; }
}
