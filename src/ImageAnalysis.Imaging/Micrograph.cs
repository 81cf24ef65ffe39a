namespace ImageAnalysis.Imaging;

/// <summary>One of the file's own words about itself, untouched.</summary>
/// <param name="Path">Where it stands in the file, such as <c>ImageList.1.ImageTags.Microscope Info.Voltage</c>.</param>
/// <param name="Value">The value as text, numbers with a point.</param>
public sealed record RawTag(string Path, string Value);

/// <summary>What the file says about how the image was taken; whatever it does not say is <c>null</c>.</summary>
public sealed record Acquisition
{
    /// <summary>An acquisition about which nothing is known.</summary>
    public static Acquisition Unknown { get; } = new();

    /// <summary>Accelerating voltage in kV.</summary>
    public double? VoltageKv { get; init; }

    /// <summary>Spherical aberration of the objective lens in mm.</summary>
    public double? SphericalAberrationMm { get; init; }

    /// <summary>Nominal magnification, a ratio above 0.</summary>
    public double? MagnificationRatio { get; init; }

    /// <summary>Exposure, or dwell time of a scan point, in s.</summary>
    public double? ExposureSeconds { get; init; }

    /// <summary>Operation mode in the file's own words, such as <c>SCANNING</c> or <c>IMAGING</c>.</summary>
    public string? Mode { get; init; }

    /// <summary>Detector or camera in the file's own words.</summary>
    public string? Detector { get; init; }

    /// <summary>Microscope in the file's own words.</summary>
    public string? Instrument { get; init; }

    /// <summary>Date and time of the exposure in the file's own words.</summary>
    public string? AcquiredAt { get; init; }

    /// <summary>True when the file itself says that the image was computed and not recorded.</summary>
    public bool Simulated { get; init; }
}

/// <summary>One image with what is known about it: what every stage of the analysis starts from.</summary>
/// <param name="File">The path below the root of the run, with <c>/</c>; it names the image in every table.</param>
/// <param name="Frame">Number of the frame within the file, from 0.</param>
/// <param name="Pixels">Intensities in counts as stored (before any correction); shape height × width.</param>
/// <param name="Calibration">The pixel size, or <c>null</c> where nobody knows it.</param>
/// <param name="Acquisition">How the image was taken, as far as the file says.</param>
/// <param name="RawTags">The file's own words, in the file's order.</param>
public sealed record Micrograph(
    string File,
    int Frame,
    Raster<float> Pixels,
    Calibration? Calibration,
    Acquisition Acquisition,
    IReadOnlyList<RawTag> RawTags);
