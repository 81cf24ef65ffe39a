namespace ImageAnalysis.Simulation;

/// <summary>One set of lattice planes of a particle, seen nearly edge on.</summary>
public sealed record FringeTruth
{
    /// <summary>Indices, such as <c>-1 1 1</c>.</summary>
    public required string Hkl { get; init; }

    /// <summary>Angle of the planes' normal in the image, degree, [0, 180).</summary>
    public required double AngleDeg { get; init; }

    /// <summary>Angle between the normal and the image plane, degree, 0…90.</summary>
    public required double ElevationDeg { get; init; }

    /// <summary>Spacing of the planes, nm, with the particle's stretch; their distance in the image is longer by 1/cos of the elevation.</summary>
    public required double SpacingNm { get; init; }

    /// <summary>Whether the depleted layers are stacked along this normal.</summary>
    public required bool SuperlatticeAxis { get; init; }

    /// <summary>The kinematic amplitude at the fringe's place in the Fourier transform of the projected particle, over that of its framework atoms all in phase.</summary>
    public required double AmplitudeRatio { get; init; }

    /// <summary>The contrast transfer there, −1 to 1.</summary>
    public required double TransferRatio { get; init; }

    /// <summary>Power that is expected of the fringe over that of film and shot noise beneath it.</summary>
    public required double ExpectedSnr { get; init; }

    /// <summary>The kinematic amplitude at half the frequency, over that of the framework atoms all in phase.</summary>
    public required double HalfAmplitudeRatio { get; init; }

    /// <summary>The contrast transfer at half the frequency, −1 to 1.</summary>
    public required double HalfTransferRatio { get; init; }

    /// <summary>Power that is expected at half the frequency over that of film and shot noise beneath it.</summary>
    public required double HalfExpectedSnr { get; init; }

    /// <summary>The kinematic amplitude at half the frequency over that at the whole; <c>null</c> where there is none at the whole.</summary>
    public required double? HalfOverWholeRatio { get; init; }
}
