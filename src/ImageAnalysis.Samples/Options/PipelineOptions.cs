using ImageAnalysis.Lattice;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples;

/// <summary>The options of every stage of a run: what <c>--options</c> reads and <c>--print-options</c> writes.</summary>
public sealed record PipelineOptions
{
    /// <summary>How particles are found in HAADF-STEM images.</summary>
    public SegmentationOptions Segmentation { get; init; } = new();

    /// <summary>How particles are measured, and which of them are counted.</summary>
    public SizeOptions Size { get; init; } = new();

    /// <summary>How the size distribution of a sample is summarised. A change measures nothing again.</summary>
    public DistributionOptions Distribution { get; init; } = new();

    /// <summary>How crystals, their fringes and their superlattice are looked for in HRTEM images.</summary>
    public FringeOptions Fringes { get; init; } = new();

    /// <summary>How powder patterns are fitted.</summary>
    public PxrdOptions Pxrd { get; init; } = new();

    /// <summary>How the results of a sample from different instruments are compared. A change measures nothing again.</summary>
    public JoinOptions Join { get; init; } = new();

    /// <summary>Checks the options of every stage.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its limits; the message names it, the value and the limits.</exception>
    public void Validate()
    {
        Segmentation.Validate();
        Size.Validate();
        Distribution.Validate();
        Fringes.Validate();
        Pxrd.Validate();
        Join.Validate();
    }
}
