using ImageAnalysis.Imaging;

namespace ImageAnalysis.Lattice;

/// <summary>One crystal of an HRTEM image.</summary>
public sealed record CrystalMeasurement
{
    /// <summary>Number of the crystal within its image, from 1, in reading order of the centres.</summary>
    public required int ParticleId { get; init; }

    /// <summary>Centre of the crystalline region, column in px.</summary>
    public required double XPx { get; init; }

    /// <summary>Centre of the crystalline region, row in px.</summary>
    public required double YPx { get; init; }

    /// <summary>First column of the box.</summary>
    public required int X0Px { get; init; }

    /// <summary>First row of the box.</summary>
    public required int Y0Px { get; init; }

    /// <summary>Column after the last of the box.</summary>
    public required int X1Px { get; init; }

    /// <summary>Row after the last of the box.</summary>
    public required int Y1Px { get; init; }

    /// <summary>Diameter of the crystal, without the widths of filter and lens (that of the box has them), in px of the pixel's width.</summary>
    public required double DiameterPx { get; init; }

    /// <summary>The same in nm; <c>null</c> without calibration.</summary>
    public double? DiameterNm { get; init; }

    /// <summary>Outline of the crystalline region, closed, first point not repeated.</summary>
    public required IReadOnlyList<PointPx> OutlinePx { get; init; }

    /// <summary>The window of the spectrum: a Hann taper in both directions about the centre; its full width along x, px.</summary>
    public required double WindowWidthPx { get; init; }

    /// <summary>Full height of the window, px.</summary>
    public required double WindowHeightPx { get; init; }

    /// <summary>All fringes measured, strongest first.</summary>
    public required IReadOnlyList<FringeMeasurement> Fringes { get; init; }

    /// <summary>The fringe that stands for the crystal: the one that carries the superlattice, else the strongest of the tested family; <c>null</c> where there is none.</summary>
    public FringeMeasurement? Carrier { get; init; }

    /// <summary>The superlattice's period in px of the pixel's width; <c>null</c> where none was found.</summary>
    public double? SuperlatticePeriodPx { get; init; }

    /// <summary>The superlattice's period, nm; <c>null</c> where none was found or without calibration.</summary>
    public double? SuperlatticePeriodNm { get; init; }

    /// <summary>Smallest p-value among the fringes times the number of fringes tested: that of the whole crystal; <c>null</c> where nothing was tested.</summary>
    public double? CrystalPValue { get; init; }

    /// <summary>Probability that order along any tested fringe in view would have been called (the least of those that could carry it); <c>null</c> where nothing was tested.</summary>
    public double? DetectionProbability { get; init; }

    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Why, in one plain sentence with the numbers.</summary>
    public required string Reason { get; init; }

    /// <summary>What a person should know; empty where nothing is odd.</summary>
    public required IReadOnlyList<CrystalFlag> Flags { get; init; }
}
