using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation;

/// <summary>What is known of one particle of a simulated image, from its noise-free outline (the boundary where its thickness reaches 0).</summary>
public sealed record HaadfParticleTruth
{
    /// <summary>Number of the particle in its image, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Centroid of the outline, px, where it appears in the image (drift included); may lie outside the image.</summary>
    public required PointPx CentrePx { get; init; }

    /// <summary>Long axis: maximum Feret diameter of the outline, nm.</summary>
    public required double LongAxisNm { get; init; }

    /// <summary>Short axis: minimum Feret diameter of the outline, nm.</summary>
    public required double ShortAxisNm { get; init; }

    /// <summary>Direction of the long axis, counter-clockwise as seen from +x, in [0, 180).</summary>
    public required double LongAxisAngleDeg { get; init; }

    /// <summary>Area inside the outline, nm².</summary>
    public required double AreaNm2 { get; init; }

    /// <summary>True when part of the outline lies outside the image.</summary>
    public required bool OnEdge { get; init; }

    /// <summary>Numbers of the particles that touch or overlap this one.</summary>
    public required IReadOnlyList<int> Touches { get; init; }

    /// <summary>The closed outline, px, first point not repeated.</summary>
    public required IReadOnlyList<PointPx> OutlinePx { get; init; }
}

/// <summary>A piece of debris in a simulated image.</summary>
/// <param name="CentrePx">Its middle, px.</param>
/// <param name="ExtentNm">Diameter of the circle about its middle that holds it, nm.</param>
public sealed record HaadfDebrisTruth(PointPx CentrePx, double ExtentNm);

/// <summary>What is known of a simulated image.</summary>
/// <param name="Particles">All particles that lie wholly or in part in the image.</param>
/// <param name="Debris">What else lies there.</param>
public sealed record HaadfTruth(IReadOnlyList<HaadfParticleTruth> Particles, IReadOnlyList<HaadfDebrisTruth> Debris);
