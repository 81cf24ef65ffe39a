namespace ImageAnalysis.Samples;

/// <summary>What is known about an input file after a run: a row of <c>files.csv</c>.</summary>
public sealed record FileResult
{
    /// <summary>The path below the root, with <c>/</c>.</summary>
    public required string File { get; init; }

    /// <summary>Name of the sample.</summary>
    public required string Sample { get; init; }

    /// <summary>What it is measured for.</summary>
    public required FileRole Role { get; init; }

    /// <summary>What became of it, or <c>null</c> where a run was interrupted before its turn.</summary>
    public FileOutcome? Outcome { get; init; }

    /// <summary>SHA-256 of its bytes in lower-case hexadecimal, or <c>null</c> where it could not be opened.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Number of the frame that was measured, from 0, or <c>null</c> where none was.</summary>
    public int? Frame { get; init; }

    /// <summary>Width of the image in px, or <c>null</c> where it was not read.</summary>
    public int? WidthPx { get; init; }

    /// <summary>Height of the image in px, or <c>null</c> where it was not read.</summary>
    public int? HeightPx { get; init; }

    /// <summary>Width of a pixel in nm as used, or <c>null</c> where nobody knows it.</summary>
    public double? PixelWidthNm { get; init; }

    /// <summary>Height of a pixel in nm as used, or <c>null</c> where nobody knows it.</summary>
    public double? PixelHeightNm { get; init; }

    /// <summary>Where the pixel size comes from, such as <c>metadata:ImageJ</c> or <c>user:samples.json</c>.</summary>
    public string? CalibrationSource { get; init; }

    /// <summary>True when the sheet or the file itself says that the data were computed and not recorded.</summary>
    public bool Simulated { get; init; }

    /// <summary>Time that reading and measuring took, in s; that of the earlier run where its result was taken.</summary>
    public double? Seconds { get; init; }

    /// <summary>Number of crystals found in an HRTEM image.</summary>
    public int CrystalCount { get; init; }

    /// <summary>Number of them that show fringes of the tested family (or their superlattice), and so have a verdict on it.</summary>
    public int FringeCount { get; init; }

    /// <summary>Number of crystals that a person should look at.</summary>
    public int ReviewCount { get; init; }

    /// <summary>Defocus of an HRTEM image by its own Thon rings, nm, underfocus negative; <c>null</c> where it could not be found.</summary>
    public double? DefocusNm { get; init; }

    /// <summary>One standard deviation of <see cref="DefocusNm"/>, nm.</summary>
    public double? DefocusSigmaNm { get; init; }

    /// <summary>Number of particles found in a HAADF-STEM image.</summary>
    public int ParticleCount { get; init; }

    /// <summary>Number of them that enter the size distribution.</summary>
    public int CountedCount { get; init; }

    /// <summary>Number of them that carry a flag.</summary>
    public int FlaggedCount { get; init; }
}
