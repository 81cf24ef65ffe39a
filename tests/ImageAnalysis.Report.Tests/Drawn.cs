using ImageAnalysis.Imaging;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Report.Tests;

/// <summary>Images and particles for drawing.</summary>
internal static class Drawn
{
    public static Micrograph Flat(int width, int height, Calibration? calibration = null, bool simulated = false, string file = "a/haadf/one.tif") =>
        new(file, 0, new Raster<float>(width, height, new float[width * height]), calibration, new Acquisition { Simulated = simulated }, []);

    public static Calibration Calibrated(double widthNm, double heightNm) => new(widthNm, heightNm, new CalibrationSource(CalibrationOrigin.Metadata, "ImageJ"));

    /// <summary>A square particle with sides of 2 · half px about a centre, its long axis drawn along the row.</summary>
    public static SizeMeasurement Square(int id, double x, double y, double half, bool counted = true, bool border = false, bool touching = false, params ParticleFlag[] flags) => new()
    {
        ParticleId = id,
        XPx = x,
        YPx = y,
        FeretMaxPx = half * Math.Sqrt(8),
        FeretMinPx = 2 * half,
        DiameterPx = 4 * half / Math.Sqrt(Math.PI),
        AreaPixelCount = 4 * half * half,
        HalfHeightDiameterPx = 4 * half / Math.Sqrt(Math.PI),
        BorderWeightRatio = 1,
        AspectRatio = Math.Sqrt(2),
        CircularityRatio = Math.PI / 4,
        OrientationDeg = 0,
        IntegratedIntensityCounts = 0,
        BackgroundCounts = 0,
        ContrastSnr = 10,
        TouchesBorder = border,
        TouchesNeighbour = touching,
        Counted = counted,
        Flags = flags,
        OutlinePx = [new(x - half, y - half), new(x + half, y - half), new(x + half, y + half), new(x - half, y + half)],
        LongAxisStartPx = new(x - half, y),
        LongAxisEndPx = new(x + half, y),
    };
}
