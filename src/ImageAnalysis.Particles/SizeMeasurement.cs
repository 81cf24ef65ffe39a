using ImageAnalysis.Imaging;

namespace ImageAnalysis.Particles;

/// <summary>Something about a particle that a person should know, with the reason.</summary>
/// <param name="Name">Short fixed word for tables, such as <c>saturated</c> or <c>overlap</c>.</param>
/// <param name="Reason">The reason in plain words, with the numbers.</param>
public sealed record ParticleFlag(string Name, string Reason);

/// <summary>
/// The size and shape of one particle of a HAADF-STEM image. Lengths are given in px of the pixel's width (rows are scaled by the
/// pixel's aspect ratio where the two sizes of a pixel differ) and, where the image is calibrated, in nm.
/// </summary>
public sealed record SizeMeasurement
{
    /// <summary>Number of the particle within its image, from 1, in reading order of the centroids.</summary>
    public required int ParticleId { get; init; }

    /// <summary>Centroid of the outline, column in px.</summary>
    public required double XPx { get; init; }

    /// <summary>Centroid of the outline, row in px.</summary>
    public required double YPx { get; init; }

    /// <summary>Long axis: the largest distance between two parallel tangents of the outline (maximum Feret diameter), px.</summary>
    public required double FeretMaxPx { get; init; }

    /// <summary>The smallest distance between two parallel tangents of the outline (minimum Feret diameter), px.</summary>
    public required double FeretMinPx { get; init; }

    /// <summary>Diameter of the circle of the same area, px.</summary>
    public required double DiameterPx { get; init; }

    /// <summary>Area inside the outline, in pixels (pixel width squared where the two sizes of a pixel differ).</summary>
    public required double AreaPixelCount { get; init; }

    /// <summary>One standard deviation of <see cref="FeretMaxPx"/> (noise as the profile fit sees it, and 1 % of the axis for what real bodies differ from the model), px; <c>null</c> where no profile could be fitted.</summary>
    public double? FeretMaxSigmaPx { get; init; }

    /// <summary>One standard deviation of <see cref="DiameterPx"/> (noise as the profile fit sees it, and 0.7 % of the diameter for what real bodies differ from the model), px; <c>null</c> where no profile could be fitted.</summary>
    public double? DiameterSigmaPx { get; init; }

    /// <summary>Maximum Feret diameter in nm, or <c>null</c> without calibration.</summary>
    public double? FeretMaxNm { get; init; }

    /// <summary>Minimum Feret diameter in nm, or <c>null</c> without calibration.</summary>
    public double? FeretMinNm { get; init; }

    /// <summary>Area-equivalent diameter in nm, or <c>null</c> without calibration.</summary>
    public double? DiameterNm { get; init; }

    /// <summary>Area inside the outline in nm², or <c>null</c> without calibration.</summary>
    public double? AreaNm2 { get; init; }

    /// <summary>One standard deviation of <see cref="FeretMaxNm"/>, nm.</summary>
    public double? FeretMaxSigmaNm { get; init; }

    /// <summary>One standard deviation of <see cref="DiameterNm"/>, nm.</summary>
    public double? DiameterSigmaNm { get; init; }

    /// <summary>
    /// Diameter of the circle whose area is that inside the half height of the particle's profile, px: what a threshold at half height would
    /// give. Smaller than <see cref="DiameterPx"/> wherever particles are thinner at their edge; for comparison with sizes by thresholds only.
    /// </summary>
    public required double HalfHeightDiameterPx { get; init; }

    /// <summary><see cref="HalfHeightDiameterPx"/> in nm, or <c>null</c> without calibration.</summary>
    public double? HalfHeightDiameterNm { get; init; }

    /// <summary>
    /// Weight that makes up for particles of this size lost at the border: image area over the area in which its centre may lie so that it
    /// is wholly inside; a ratio of 1 or more.
    /// </summary>
    public required double BorderWeightRatio { get; init; }

    /// <summary>Maximum over minimum Feret diameter; 1 or more.</summary>
    public required double AspectRatio { get; init; }

    /// <summary>4π area over perimeter squared; 1 for a circle, less for anything else.</summary>
    public required double CircularityRatio { get; init; }

    /// <summary>Direction of the long axis, counter-clockwise as seen from +x, in [0, 180).</summary>
    public required double OrientationDeg { get; init; }

    /// <summary>Sum of the intensity above background and neighbours, out to three blurs from the outline, counts.</summary>
    public required double IntegratedIntensityCounts { get; init; }

    /// <summary>Mean of the local background under the particle, counts.</summary>
    public required double BackgroundCounts { get; init; }

    /// <summary>Height of the particle's profile over the standard deviation of the noise around it.</summary>
    public required double ContrastSnr { get; init; }

    /// <summary>Blur of the edge (standard deviation of the fitted probe), px; <c>null</c> where no profile could be fitted.</summary>
    public double? EdgeBlurSigmaPx { get; init; }

    /// <summary>True when the outline reaches the image's edge, so that part of the particle may lie outside.</summary>
    public required bool TouchesBorder { get; init; }

    /// <summary>True when another particle touches or overlaps this one.</summary>
    public required bool TouchesNeighbour { get; init; }

    /// <summary>True when the particle enters the size distribution.</summary>
    public required bool Counted { get; init; }

    /// <summary>What a person should know; empty where nothing is odd.</summary>
    public required IReadOnlyList<ParticleFlag> Flags { get; init; }

    /// <summary>The closed outline below the pixel, counter-clockwise or clockwise, first point not repeated.</summary>
    public required IReadOnlyList<PointPx> OutlinePx { get; init; }

    /// <summary>One end of the long axis.</summary>
    public required PointPx LongAxisStartPx { get; init; }

    /// <summary>The other end of the long axis.</summary>
    public required PointPx LongAxisEndPx { get; init; }
}
