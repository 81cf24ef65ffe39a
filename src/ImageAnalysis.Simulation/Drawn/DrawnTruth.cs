using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation;

/// <summary>What is known of one wave of a drawn particle.</summary>
public sealed record DrawnWaveTruth
{
    /// <summary>What the wave is called.</summary>
    public required string Hkl { get; init; }

    /// <summary>Its frequency along x, cycles a pixel.</summary>
    public required double FrequencyXPerPx { get; init; }

    /// <summary>Its frequency along y (downwards), cycles a pixel.</summary>
    public required double FrequencyYPerPx { get; init; }

    /// <summary>Distance of its crests, nm.</summary>
    public required double SpacingNm { get; init; }

    /// <summary>Direction of its normal, degree, [0, 180).</summary>
    public required double NormalDeg { get; init; }

    /// <summary>The contrast transfer at its frequency, sin χ · E_t · E_s, −1…1.</summary>
    public required double TransferRatio { get; init; }

    /// <summary>Its amplitude in the image where it is strongest, as a part of the brightness without film and particles, before the camera.</summary>
    public required double PeakContrastRatio { get; init; }
}

/// <summary>What is known of a drawn particle.</summary>
public sealed record DrawnTruth
{
    /// <summary>Centre, px.</summary>
    public required PointPx CentrePx { get; init; }

    /// <summary>Left and top side of its outline's box, rounded outwards, px; it may lie beyond the image.</summary>
    public required PointPx FirstPx { get; init; }

    /// <summary>Right and bottom side, exclusive.</summary>
    public required PointPx EndPx { get; init; }

    /// <summary>Its waves, in the order in which they were given.</summary>
    public required IReadOnlyList<DrawnWaveTruth> Waves { get; init; }
}
