namespace ImageAnalysis.Lattice;

/// <summary>The test of one fringe for a superlattice: the power at fractions of its vector against the background there.</summary>
public sealed record SuperlatticeTest
{
    /// <summary>By what the period along the fringe's normal is multiplied: 2 for spots at g/2.</summary>
    public required double PeriodRatio { get; init; }

    /// <summary>The place that stands for the fringe: g/n, or the one that says most where order is called and that says nothing by itself.</summary>
    public required ReciprocalVector Place { get; init; }

    /// <summary>All places tested (g/2, 3g/2, and beside other fringes): the same as <see cref="Place"/> for one of them.</summary>
    public required IReadOnlyList<ReciprocalVector> TestedPlaces { get; init; }

    /// <summary>Places off the axis at the same |g| that served as the local background (the controls).</summary>
    public required IReadOnlyList<ReciprocalVector> Controls { get; init; }

    /// <summary>Power at <see cref="Place"/> over the mean power of the background there; 1 on average where nothing is.</summary>
    public required double Snr { get; init; }

    /// <summary>The largest such ratio among the controls; <c>null</c> without controls.</summary>
    public double? LargestControlSnr { get; init; }

    /// <summary>Probability that a crystal without order gives as much at all places of this fringe together, the search about each and the uncertainty of its background included.</summary>
    public required double PValue { get; init; }

    /// <summary>The smallest <see cref="Snr"/> that would have been called a superlattice here (at the particle's level, shared among its fringes), the other places having what order of that strength gives them.</summary>
    public required double LimitSnr { get; init; }

    /// <summary>The <see cref="Snr"/> to be expected of an ordered crystal of this size and fringe; <c>null</c> where it cannot be told.</summary>
    public double? ExpectedSnr { get; init; }

    /// <summary>The same at each of <see cref="TestedPlaces"/>; <c>null</c> where it cannot be told.</summary>
    public IReadOnlyList<double>? ExpectedPlacesSnr { get; init; }

    /// <summary>Probability that order along this fringe would have been called; <c>null</c> where it cannot be told.</summary>
    public double? DetectionProbability { get; init; }

    /// <summary>Contrast transfer at the fringe, 0…1 without its sign; <c>null</c> where the transfer is not known.</summary>
    public double? FringeTransferRatio { get; init; }

    /// <summary>Contrast transfer at the tested place, 0…1 without its sign; <c>null</c> where the transfer is not known.</summary>
    public double? TransferRatio { get; init; }

    /// <summary>True when the p-value is below the level.</summary>
    public required bool Called { get; init; }
}
