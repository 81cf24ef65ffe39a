namespace ImageAnalysis.Core;

/// <summary>What a powder pattern says of the structure: the best solution, its rivals, and what it does not say.</summary>
public sealed record PowderFit
{
    /// <summary>The solution with the lowest information criterion.</summary>
    public required PowderSolution Best { get; init; }

    /// <summary>Other solutions that fit nearly as well, nearest first; at most five.</summary>
    public required IReadOnlyList<RivalSolution> Rivals { get; init; }

    /// <summary>All families that were compared, best first.</summary>
    public required IReadOnlyList<FamilyComparison> Families { get; init; }

    /// <summary>95 % intervals of the occupancies, where they were asked for (<see cref="PowderFitOptions.Intervals"/>).</summary>
    public required IReadOnlyList<OccupancyInterval> Intervals { get; init; }

    /// <summary>What the pattern does not determine, in words.</summary>
    public required IReadOnlyList<string> NotIdentifiable { get; init; }

    /// <summary>What to know before using the numbers: parameters on bounds, doubtful weights, impossible contacts, a bad fit.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Why the numbers mean nothing: the pattern shows no sign of the crystal, or the model does not describe it; the first of <see cref="Warnings"/> then. <c>null</c> for a fit that can be used.</summary>
    public string? Failure { get; init; }

    /// <summary>Which tables of scattering factors were used, and whether f′ and f″ are in.</summary>
    public required string Scattering { get; init; }

    /// <summary>Radiation that was used.</summary>
    public required PowderWavelengths Wavelengths { get; init; }

    /// <summary>What the weights rest on.</summary>
    public required SigmaBasis SigmaBasis { get; init; }

    /// <summary>Factor on all standard deviations because of misfit: √(reduced χ²), at least 1.</summary>
    public required double ErrorFactorRatio { get; init; }

    /// <summary>The measured and the fitted pattern.</summary>
    public required PowderCurve Curve { get; init; }

    /// <summary>The line ½½½ of vacancy order, expected or found; <c>null</c> for a crystal in which it means nothing.</summary>
    public HalfOrderLine? HalfOrder { get; init; }

    /// <summary>Lines of the crystal within the pattern.</summary>
    public required IReadOnlyList<PowderTick> Ticks { get; init; }
}
