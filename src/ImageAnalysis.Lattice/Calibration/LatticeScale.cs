namespace ImageAnalysis.Lattice;

/// <summary>The pixel size that a crystal of known cell gives an image.</summary>
public sealed record LatticeScale
{
    /// <summary>Width of a pixel, nm.</summary>
    public required double PixelWidthNm { get; init; }

    /// <summary>One standard deviation of <see cref="PixelWidthNm"/>: fit and scatter between crystals; the cell is taken as exact.</summary>
    public required double PixelWidthSigmaNm { get; init; }

    /// <summary>Height of a pixel, nm.</summary>
    public required double PixelHeightNm { get; init; }

    /// <summary>One standard deviation of <see cref="PixelHeightNm"/>.</summary>
    public required double PixelHeightSigmaNm { get; init; }

    /// <summary>Angle on the specimen between the directions in which the image's columns and rows follow one another, less 90°, degree, by the crystal with the most spots: drift shears scanned images.</summary>
    public required double ShearDeg { get; init; }

    /// <summary>Number of crystals in the mean.</summary>
    public required int CrystalCount { get; init; }

    /// <summary>Number of spots that the known cell explains.</summary>
    public required int SpotCount { get; init; }

    /// <summary>Number of spots, in the same crystals, that it does not explain.</summary>
    public required int UnexplainedCount { get; init; }

    /// <summary>Root mean square distance of the explained spots from their places, over their spatial frequency.</summary>
    public required double MisfitFraction { get; init; }

    /// <summary>Zone axes of the crystals, as <c>[1 1 0]</c>, most spots first.</summary>
    public required IReadOnlyList<string> Zones { get; init; }

    /// <summary>Other pixel sizes with which the cell explains the spots nearly as well, best first; empty where there is none.</summary>
    public required IReadOnlyList<OtherScale> Others { get; init; }
}

/// <summary>Another pixel size that is nearly as likely.</summary>
/// <param name="PixelWidthNm">Width of a pixel, nm.</param>
/// <param name="PixelHeightNm">Height of a pixel, nm.</param>
/// <param name="Zone">The zone axis that it needs.</param>
public sealed record OtherScale(double PixelWidthNm, double PixelHeightNm, string Zone);
