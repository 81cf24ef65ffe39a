using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation;

/// <summary>What a particle shows in an image.</summary>
public enum LatticeLabel
{
    /// <summary>None of the planes that are looked for is in view.</summary>
    NoFringe,

    /// <summary>Planes are in view, none of which carries the superlattice.</summary>
    Regular,

    /// <summary>The planes along which layers are depleted in order are in view.</summary>
    Ordered,
}

/// <summary>What is known of a particle in an HRTEM image.</summary>
public sealed record ParticleTruth
{
    /// <summary>What it shows.</summary>
    public required LatticeLabel Label { get; init; }

    /// <summary>Centre of the box of its atoms, px.</summary>
    public required PointPx CentrePx { get; init; }

    /// <summary>Left and top side of the box of its atoms, rounded outwards, px; it may lie beyond the image.</summary>
    public required PointPx FirstPx { get; init; }

    /// <summary>Right and bottom side, exclusive.</summary>
    public required PointPx EndPx { get; init; }

    /// <summary>Corners of the convex outline of its atoms' centres in the image, px.</summary>
    public required IReadOnlyList<PointPx> OutlinePx { get; init; }

    /// <summary>Diameter of the circle with the area of the box's ellipse, nm.</summary>
    public required double DiameterNm { get; init; }

    /// <summary>Angle between its zone axis and the beam, degree.</summary>
    public required double TiltDeg { get; init; }

    /// <summary>Defocus that its transfer was computed with, nm: that of its own middle where <see cref="HrtemSimulator"/> gives it.</summary>
    public required double DefocusNm { get; init; }

    /// <summary>The planes in view, strongest first.</summary>
    public required IReadOnlyList<FringeTruth> Fringes { get; init; }

    /// <summary>Whether a fringe can be expected to stand out.</summary>
    public required bool ObservableFringe { get; init; }

    /// <summary>Whether the half order of the superlattice can be expected to stand out; <c>null</c> where there is none in view.</summary>
    public required bool? ObservableSuperlattice { get; init; }
}
