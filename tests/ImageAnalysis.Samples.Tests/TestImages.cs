using ImageAnalysis.Formats.Png;
using ImageAnalysis.Formats.Tiff;
using ImageAnalysis.Imaging;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples.Tests;

/// <summary>Small images, and a stand-in for the measuring stages that is quick and depends on the pixels alone.</summary>
internal static class TestImages
{
    public const double PixelNm = 0.1;

    /// <summary>A calibrated 32 × 24 PNG whose first pixel is the seed, so that every seed has its own bytes.</summary>
    public static byte[] Png(int seed, double? pixelNm = PixelNm)
    {
        ushort[] pixels = new ushort[32 * 24];
        Random random = new(seed);
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (ushort)random.Next(100, 200);
        }

        pixels[0] = (ushort)seed;
        Calibration? calibration = pixelNm is double nm ? new Calibration(nm, nm, new CalibrationSource(CalibrationOrigin.Metadata, "test")) : null;
        return PngWriter.Write(new Raster<ushort>(32, 24, pixels), calibration);
    }

    /// <summary>A TIFF with two pixel sizes: 0.5 nm as ImageJ writes it, and 2 pixels per centimetre by the resolution tags themselves.</summary>
    public static byte[] TiffWithTwoPixelSizes()
    {
        Calibration half = new(0.5, 0.5, new CalibrationSource(CalibrationOrigin.Metadata, "test"));
        byte[] tiff = TiffWriter.Write(new Raster<ushort>(32, 24, [.. Enumerable.Range(0, 32 * 24).Select(i => (ushort)i)]), new TiffWriteOptions { Calibration = half });

        // The directory's entry of tag 296 (ResolutionUnit), one short: ImageJ's "none" (1) becomes "centimetre" (3).
        int unit = tiff.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x28, 0x01, 3, 0, 1, 0, 0, 0, 1, 0]);
        tiff[unit + 8] = 3;
        return tiff;
    }

    /// <summary>Three particles an image: their sizes follow from the first pixel (the seed). The third is not counted and carries a flag.</summary>
    public static IReadOnlyList<SizeMeasurement> Measure(Micrograph image, PipelineOptions options) =>
        [.. Enumerable.Range(1, 3).Select(id => Particle(id, 20 + image.Pixels[0, 0] + id + options.Size.MinDiameterPx - 6, image.Calibration))];

    internal static SizeMeasurement Particle(int id, double diameterPx, Calibration? calibration)
    {
        double? nm = calibration?.PixelWidthNm;
        double area = Math.PI * diameterPx * diameterPx / 4;
        return new SizeMeasurement
        {
            ParticleId = id,
            XPx = 5.25 * id,
            YPx = 1.0 / 3,
            FeretMaxPx = diameterPx,
            FeretMinPx = diameterPx - 1,
            DiameterPx = diameterPx - 0.5,
            AreaPixelCount = area,
            FeretMaxNm = diameterPx * nm,
            FeretMinNm = (diameterPx - 1) * nm,
            DiameterNm = (diameterPx - 0.5) * nm,
            AreaNm2 = area * nm * nm,
            FeretMaxSigmaPx = id == 1 ? null : 0.05,
            FeretMaxSigmaNm = id == 1 ? null : 0.05 * nm,
            HalfHeightDiameterPx = diameterPx - 0.75,
            HalfHeightDiameterNm = (diameterPx - 0.75) * nm,
            BorderWeightRatio = 1 + (0.125 * id),
            AspectRatio = diameterPx / (diameterPx - 1),
            CircularityRatio = 0.95,
            OrientationDeg = id == 2 ? 179.999 : 30 * id,
            IntegratedIntensityCounts = 1234567.25,
            BackgroundCounts = 0.1,
            ContrastSnr = 25,
            TouchesBorder = false,
            TouchesNeighbour = id == 2,
            Counted = id < 3,
            Flags = id < 3 ? [] : [new ParticleFlag("saturated", "3 pixels, at 65535"), new ParticleFlag("overlap", "20 % \"shared\"")],
            OutlinePx = [new PointPx(0.1, 0.2), new PointPx(1.0 / 3, 4), new PointPx(2, 3)],
            LongAxisStartPx = new PointPx(1, 2),
            LongAxisEndPx = new PointPx(3.3, 4.4),
        };
    }
}
