namespace ImageAnalysis.Lattice;

/// <summary>One set of fringes of one crystal.</summary>
public sealed record FringeMeasurement
{
    /// <summary>Indices as assigned, such as <c>1 1 1</c>; half orders as <c>1/2 1/2 1/2</c>; <c>null</c> where the reference has none that fits.</summary>
    public string? Hkl { get; init; }

    /// <summary>True for a fringe of the family that is tested.</summary>
    public required bool IsTestedFamily { get; init; }

    /// <summary>True for a spot of the superlattice itself.</summary>
    public bool IsSuperlattice { get; init; }

    /// <summary>The crystal's own reciprocal vector: the maximum, refined below the bin, without the shift that the lens's transfer gives it.</summary>
    public required ReciprocalVector G { get; init; }

    /// <summary>Where the maximum lies in the spectrum, refined below the bin: for pictures of it.</summary>
    public required ReciprocalVector PeakG { get; init; }

    /// <summary>Spacing of the fringes, in px of the pixel's width.</summary>
    public required double SpacingPx { get; init; }

    /// <summary>One standard deviation of <see cref="SpacingPx"/>: noise and a systematic floor, without the pixel size.</summary>
    public required double SpacingSigmaPx { get; init; }

    /// <summary>Spacing of the fringes, nm; <c>null</c> without calibration.</summary>
    public double? SpacingNm { get; init; }

    /// <summary>One standard deviation of <see cref="SpacingNm"/>: noise and a systematic floor, without that of the pixel size.</summary>
    public double? SpacingSigmaNm { get; init; }

    /// <summary>Direction of the fringes' normal, counter-clockwise as seen from +x, in [0, 180).</summary>
    public required double NormalDeg { get; init; }

    /// <summary>One standard deviation of <see cref="NormalDeg"/>.</summary>
    public required double NormalSigmaDeg { get; init; }

    /// <summary>Power of the spot over the mean power of the background there.</summary>
    public required double FringeSnr { get; init; }

    /// <summary>Amplitude of the fringes in the middle of the crystal, counts.</summary>
    public required double AmplitudeCounts { get; init; }

    /// <summary>The superlattice test along this fringe; <c>null</c> where none was made.</summary>
    public SuperlatticeTest? Superlattice { get; init; }
}
