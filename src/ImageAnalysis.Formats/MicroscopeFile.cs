using ImageAnalysis.Core;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats;

/// <summary>What a signal in a file shows.</summary>
public enum SignalKind
{
    /// <summary>An image of the specimen.</summary>
    Image,

    /// <summary>A diffraction pattern: its axes are reciprocal lengths or angles.</summary>
    Diffraction,

    /// <summary>A spectrum or line profile.</summary>
    Spectrum,

    /// <summary>A powder diffraction pattern.</summary>
    Powder,

    /// <summary>Anything else, such as a complex image or a Fourier transform.</summary>
    Other,
}

/// <summary>One data set of a file: an image or a stack of equal images, described without decoding its pixels, or a powder pattern.</summary>
public sealed record Signal
{
    /// <summary>What it shows.</summary>
    public required SignalKind Kind { get; init; }

    /// <summary>Number of frames; 1 for a single image.</summary>
    public required int FrameCount { get; init; }

    /// <summary>Width of a frame in px.</summary>
    public required int WidthPx { get; init; }

    /// <summary>Height of a frame in px.</summary>
    public required int HeightPx { get; init; }

    /// <summary>The number type of a stored pixel; grey images stored as equal colour channels have the type of one channel.</summary>
    public required PixelType Type { get; init; }

    /// <summary>The pixel size, or <c>null</c> where the file gives none in units of length.</summary>
    public Calibration? Calibration { get; init; }

    /// <summary>The unit in the file's own words (x, or x and y as <c>x|y</c> where they differ); empty where it gives none.</summary>
    public string UnitAsStored { get; init; } = string.Empty;

    /// <summary>Why it cannot be measured as an image of particles, or <c>null</c> where it can.</summary>
    public string? NotMeasurableReason { get; init; }

    /// <summary>
    /// The powder pattern over 2θ, or <c>null</c> for anything else. Its intensities are also what <see cref="Decode"/> gives, as one row of px.
    /// </summary>
    public PowderPattern? Pattern { get; init; }

    /// <summary>How it was taken.</summary>
    public Acquisition Acquisition { get; init; } = Acquisition.Unknown;

    /// <summary>
    /// Decodes one frame, numbered from 0. Throws <see cref="MicroscopeFileException"/> for bad content and
    /// <see cref="ArgumentOutOfRangeException"/> for a frame outside 0 … <see cref="FrameCount"/> − 1.
    /// </summary>
    public required Func<int, PixelBlock> Decode { get; init; }
}

/// <summary>A file as read: its signals (thumbnails left out) and its own words.</summary>
/// <param name="Format">Name of the format, such as <c>DM3</c> or <c>TIFF</c>.</param>
/// <param name="Signals">The data sets, in the file's order; at least one.</param>
/// <param name="RawTags">The file's own words, in the file's order.</param>
public sealed record MicroscopeFile(string Format, IReadOnlyList<Signal> Signals, IReadOnlyList<RawTag> RawTags);
