namespace ImageAnalysis.Lattice;

/// <summary>The size of an image's pixels as a crystal of known lattice in it tells.</summary>
public sealed record LatticeScale
{
    /// <summary>Width of a pixel, nm.</summary>
    public required double PixelWidthNm { get; init; }

    /// <summary>Height of a pixel, nm.</summary>
    public required double PixelHeightNm { get; init; }

    /// <summary>One standard deviation of <see cref="PixelWidthNm"/>: that of the spots; the crystal's own strain comes on top.</summary>
    public required double PixelWidthSigmaNm { get; init; }

    /// <summary>One standard deviation of <see cref="PixelHeightNm"/>.</summary>
    public required double PixelHeightSigmaNm { get; init; }

    /// <summary>Spots that were used, with the indices that they got.</summary>
    public required IReadOnlyList<LatticeSpot> Spots { get; init; }

    /// <summary>Root mean square distance of measured from fitted spots, as a share of |g|.</summary>
    public required double ResidualFraction { get; init; }

    /// <summary>Probability that the indices are right, against all others of the reference and against none.</summary>
    public required double NameProbability { get; init; }
}

/// <summary>One spot of the fit.</summary>
/// <param name="Hkl">Its indices.</param>
/// <param name="SpacingNm">Its spacing in the crystal, nm.</param>
/// <param name="MeasuredSpacingPx">As measured, in px of the pixel's width, before the fit.</param>
/// <param name="ResidualFraction">Distance of measured from fitted spot, as a share of |g|.</param>
public sealed record LatticeSpot(string Hkl, double SpacingNm, double MeasuredSpacingPx, double ResidualFraction);
