using ImageAnalysis.Imaging;

namespace ImageAnalysis.Lattice;

/// <summary>The nominal scale of an image: the calibration's, or for an uncalibrated image one that makes its strongest fringes those of the tested family, with all that leaves open.</summary>
internal sealed class Frame
{
    private const double OpenScaleSigma = 0.35;

    private Frame(double pixelWidthNm, double pixelHeightNm, bool isCalibrated, double scaleSigma)
    {
        PixelWidthNm = pixelWidthNm;
        PixelHeightNm = pixelHeightNm;
        IsCalibrated = isCalibrated;
        ScaleSigma = scaleSigma;
    }

    public double PixelWidthNm { get; }

    public double PixelHeightNm { get; }

    public bool IsCalibrated { get; }

    /// <summary>Relative uncertainty of the scale.</summary>
    public double ScaleSigma { get; }

    /// <summary>How far spacings may be off for a name.</summary>
    public double ScaleTolerance => Math.Min(0.9, (4 * ScaleSigma) + 0.01);

    public static Frame Of(Raster<float> pixels, Calibration? known, FringeOptions options) => known is { } calibration
        ? new Frame(calibration.PixelWidthNm, calibration.PixelHeightNm, true, options.ScaleSigmaFraction)
        : Assumed(pixels, options);

    private static Frame Assumed(Raster<float> pixels, FringeOptions options)
    {
        double pixelNm = AssumedScale.PixelNm(pixels, options);
        return new Frame(pixelNm, pixelNm, false, OpenScaleSigma);
    }
}
