using ImageAnalysis.Imaging;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples;

/// <summary>An image with its measurements, handed out on the thread that measured it so that a picture can be drawn of it.</summary>
/// <param name="Sample">Name of the sample.</param>
/// <param name="Image">The image with the calibration that was used.</param>
/// <param name="Particles">The measurements, by number of the particle; outlines rounded as they are stored.</param>
/// <param name="OverlayPath">Full path of the picture to draw, ending in <c>.png</c>; its folder may not exist yet.</param>
/// <param name="ResultId">Name of the result (letters and digits), to be kept as plain text among the first <see cref="ResultsFolder.MarkBytes"/> bytes of the picture.</param>
public sealed record MeasuredImage(string Sample, Micrograph Image, IReadOnlyList<SizeMeasurement> Particles, string OverlayPath, string ResultId);
