using ImageAnalysis.Core;

namespace ImageAnalysis.Samples;

/// <summary>What the HRTEM images of one sample say: how many crystals are ordered, and their {111} spacing. The join takes it where it is there.</summary>
public sealed record FringeSummary
{
    /// <summary>Crystals with ⟨111⟩ fringes that carry the superlattice.</summary>
    public required int SuperstructureCount { get; init; }

    /// <summary>Crystals with ⟨111⟩ fringes without it.</summary>
    public required int RegularCount { get; init; }

    /// <summary>Crystals with ⟨111⟩ fringes of which it cannot be said.</summary>
    public required int UndeterminedCount { get; init; }

    /// <summary>Mean spacing of {111}, nm; <c>null</c> where no pixel size is known.</summary>
    public double? D111MeanNm { get; init; }

    /// <summary>One standard deviation of <see cref="D111MeanNm"/>, without that of the pixel size.</summary>
    public double? D111SigmaNm { get; init; }

    /// <summary>Mean spacing of {111} along directions without order, nm: ordered crystals are elongated by 1 to 2.5 % along theirs. <c>null</c> where there are none.</summary>
    public double? RegularD111MeanNm { get; init; }

    /// <summary>One standard deviation of <see cref="RegularD111MeanNm"/>, without that of the pixel size.</summary>
    public double? RegularD111SigmaNm { get; init; }

    /// <summary>The count that fractions are taken of, or <c>null</c> where no crystal shows ⟨111⟩ fringes.</summary>
    public OrderedCount? Ordered => SuperstructureCount + RegularCount + UndeterminedCount is > 0 and int all ? new(SuperstructureCount, all) : null;
}
