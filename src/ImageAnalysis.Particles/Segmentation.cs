using ImageAnalysis.Imaging;

namespace ImageAnalysis.Particles;

/// <summary>A particle as found: where it is and about how large; its size is measured later.</summary>
/// <param name="XPx">Column of the centre in px.</param>
/// <param name="YPx">Row of the centre in px.</param>
/// <param name="RadiusPx">Radius of the disc that answers most strongly, in pixel widths.</param>
/// <param name="HeightCounts">Height of that disc above its surroundings, counts.</param>
public sealed record Particle(double XPx, double YPx, double RadiusPx, double HeightCounts);

/// <summary>An image made ready for measuring, and the particles found in it.</summary>
/// <param name="Pixels">The image without outliers and scan-line offsets, counts; shape as the micrograph's.</param>
/// <param name="NoiseSigmaCounts">Standard deviation of the noise from pixel to pixel, counts.</param>
/// <param name="OutlierCount">Number of pixels replaced by the median of their neighbours.</param>
/// <param name="ScanLineSigmaCounts">Standard deviation of the offsets of scan lines that were removed, counts; 0 where none were.</param>
/// <param name="Saturated">1 where the detector was at its limit (the highest value of the image, where many pixels have it), or <c>null</c> where it nowhere was.</param>
/// <param name="Particles">The particles found, strongest first.</param>
public sealed record Segmentation(
    Raster<float> Pixels,
    double NoiseSigmaCounts,
    int OutlierCount,
    double ScanLineSigmaCounts,
    Raster<byte>? Saturated,
    IReadOnlyList<Particle> Particles);
