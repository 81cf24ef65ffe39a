using System.Globalization;
using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples;

/// <summary>An image with its measurements, handed out on the thread that measured it so that pictures can be drawn of it.</summary>
/// <param name="Sample">Name of the sample.</param>
/// <param name="Image">The image with the calibration that was used.</param>
/// <param name="Particles">The measurements of a HAADF-STEM image, by number of the particle; outlines rounded as they are stored.</param>
/// <param name="OverlayPath">Full path of the picture to draw, ending in <c>.png</c>; its folder may not exist yet. It is written after all other pictures of the image.</param>
/// <param name="ResultId">Name of the result (letters and digits), to be kept as plain text among the first <see cref="ResultsFolder.MarkBytes"/> bytes of the picture.</param>
public sealed record MeasuredImage(string Sample, Micrograph Image, IReadOnlyList<SizeMeasurement> Particles, string OverlayPath, string ResultId)
{
    /// <summary>The crystals of an HRTEM image, outlines rounded as they are stored; <c>null</c> for a HAADF-STEM image.</summary>
    public FringeAnalysis? Fringes { get; init; }

    /// <summary>The options that the fringes were measured with.</summary>
    public FringeOptions FringeOptions { get; init; } = new();

    /// <summary>Full path of the folder for the pictures of single crystals; it may not exist yet. Empty for a HAADF-STEM image.</summary>
    public string CrystalFolder { get; init; } = string.Empty;

    /// <summary>Full path of the picture of one crystal.</summary>
    /// <param name="particleId">The crystal's number.</param>
    /// <returns>The path, ending in <c>.png</c>.</returns>
    public string CrystalPath(int particleId) => Path.Combine(CrystalFolder, string.Create(CultureInfo.InvariantCulture, $"{particleId}.png"));
}
