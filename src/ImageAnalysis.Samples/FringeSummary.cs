using ImageAnalysis.Core;
using ImageAnalysis.Lattice;

namespace ImageAnalysis.Samples;

/// <summary>The verdicts on the crystals of a sample's HRTEM images, counted.</summary>
public sealed record FringeSummary
{
    /// <summary>Number of images that were measured.</summary>
    public required int ImageCount { get; init; }

    /// <summary>Number of crystals that show the superlattice.</summary>
    public required int SuperstructureCount { get; init; }

    /// <summary>Number of crystals without it, where it would have been seen.</summary>
    public required int RegularCount { get; init; }

    /// <summary>Number of crystals where it was not seen and could not have been.</summary>
    public required int UndeterminedCount { get; init; }

    /// <summary>Number of crystals that show other fringes only; they are outside the percentage.</summary>
    public required int NoFringeCount { get; init; }

    /// <summary>Number of crystals, of all four kinds, that a person should look at.</summary>
    public required int ReviewCount { get; init; }

    /// <summary>Number of crystals that noise alone is expected to make superstructures; not a whole number.</summary>
    public required double ExpectedFalseCallsRatio { get; init; }

    /// <summary>Mean spacing of the fringes that stand for the crystals; <c>null</c> where none has a spacing in nm.</summary>
    public SpacingMean? Spacing { get; init; }

    /// <summary>The same of each crystal's strongest fringe that carries no superlattice: ordered crystals are stretched along the others. <c>null</c> where none has a spacing in nm.</summary>
    public SpacingMean? UnmodulatedSpacing { get; init; }

    /// <summary>Number of crystals in the percentage: superstructure, regular and undetermined.</summary>
    public int Count => SuperstructureCount + RegularCount + UndeterminedCount;

    /// <summary>Share of crystals with the superlattice with its exact 95 % interval (Clopper-Pearson); <c>null</c> where <see cref="Count"/> is 0.</summary>
    public OrderedCount? Superstructure => Count == 0 ? null : new OrderedCount(SuperstructureCount, Count);

    /// <summary>The same if every undetermined crystal were ordered.</summary>
    public OrderedCount? IfUndeterminedOrdered => Count == 0 ? null : new OrderedCount(SuperstructureCount + UndeterminedCount, Count);
}
