namespace ImageAnalysis.Core;

/// <summary>How the chance of being ordered depends on a particle's diameter.</summary>
public sealed record SizeOrderFit
{
    /// <summary>Particles fitted.</summary>
    public required int AllCount { get; init; }

    /// <summary>Ordered ones among them.</summary>
    public required int OrderedCount { get; init; }

    /// <summary>Mean diameter, nm: where <see cref="MiddleLogOdds"/> belongs to.</summary>
    public required double MeanDiameterNm { get; init; }

    /// <summary>ln(p/(1 − p)) of the chance p of order at the mean diameter.</summary>
    public required double MiddleLogOdds { get; init; }

    /// <summary>Rise of ln(p/(1 − p)) with the diameter, nm⁻¹.</summary>
    public required double SlopePerNm { get; init; }

    /// <summary>Lower end of the slope's interval (profile of the penalised likelihood), nm⁻¹.</summary>
    public required double SlopeLowPerNm { get; init; }

    /// <summary>Upper end of the slope's interval, nm⁻¹.</summary>
    public required double SlopeHighPerNm { get; init; }

    /// <summary>p-value of the hypothesis that order does not depend on size: penalised likelihood ratio against slope 0.</summary>
    public required double SlopePValue { get; init; }

    /// <summary>Confidence level of intervals and band.</summary>
    public required double LevelFraction { get; init; }

    /// <summary>Whether a size parts ordered from other particles.</summary>
    public required SizeSeparation Separation { get; init; }

    /// <summary>Where half of the particles are ordered.</summary>
    public required HalfOrderDiameter Half { get; init; }

    /// <summary>The probability of order with its band, from the smallest to the largest diameter measured.</summary>
    public required IReadOnlyList<SizeOrderPoint> Band { get; init; }
}
