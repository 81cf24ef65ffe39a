namespace ImageAnalysis.Lattice;

/// <summary>The crystals of one HRTEM image with what was found out about the image.</summary>
public sealed record FringeAnalysis
{
    /// <summary>The crystals in reading order of their centres.</summary>
    public required IReadOnlyList<CrystalMeasurement> Crystals { get; init; }

    /// <summary>Mean power of the support against |g|; it is shown beside the spectra.</summary>
    public required IReadOnlyList<SupportPower> Support { get; init; }

    /// <summary>The microscope's contrast transfer, as the support's Thon rings tell.</summary>
    public required TransferEstimate Transfer { get; init; }

    /// <summary>Number of crystals that noise alone is expected to make superstructures in this image: tested crystals that are not ordered, times the level.</summary>
    public required double ExpectedFalseCallsRatio { get; init; }

    /// <summary>What a person should know about the image as a whole.</summary>
    public required IReadOnlyList<CrystalFlag> Flags { get; init; }
}

/// <summary>Mean power of the support at one spatial frequency.</summary>
/// <param name="FrequencyPerPx">Spatial frequency, cycles a pixel (of the pixel's width).</param>
/// <param name="FrequencyPerNm">The same, nm⁻¹; <c>null</c> without calibration.</param>
/// <param name="PowerRatio">Power spectral density over that of white noise of the image's own variance.</param>
public sealed record SupportPower(double FrequencyPerPx, double? FrequencyPerNm, double PowerRatio);
