namespace ImageAnalysis.Formats.Tiff;

/// <summary>The resolution tags of TIFF itself (282, 283, 296), where they can be a calibration: pixels per centimetre.</summary>
/// <param name="X">Pixel width in cm.</param>
/// <param name="Y">Pixel height in cm.</param>
internal sealed record TiffResolution(double X, double Y)
{
    private const double CmPerInch = 2.54;
    private const double PrinterTolerance = 0.005;

    // What graphics programs write for screens and printers, also when they convert it to centimetres: it says nothing about the specimen.
    private static readonly double[] PrinterDpi = [72, 75, 90, 96, 100, 120, 144, 150, 180, 200, 240, 250, 288, 300, 350, 360, 400, 600, 720, 1200, 1440, 2400, 2880, 4800];

    /// <summary>The resolution per centimetre, or <c>null</c> where there is none, where it is per inch, or where it is one of a printer or a screen.</summary>
    public static TiffResolution? PerCentimetre(TiffDirectory directory)
    {
        const ulong centimetre = 3;
        double? x = TiffClaim.Positive(directory.Find(TiffTag.XResolution)?.NumberAt(0));
        double? y = TiffClaim.Positive(directory.Find(TiffTag.YResolution)?.NumberAt(0));
        if (directory.Find(TiffTag.ResolutionUnit)?.NumberAt(0) != centimetre || x is null || y is null || (x == 1 && y == 1) || IsPrinters(x.Value) || IsPrinters(y.Value))
        {
            return null;
        }

        return new TiffResolution(1 / x.Value, 1 / y.Value);
    }

    public TiffClaim Claim() => new TiffClaim("TIFF resolution").WithPixel(X, Y, "cm");

    private static bool IsPrinters(double perCm) => PrinterDpi.Any(dpi => Math.Abs((perCm * CmPerInch) - dpi) <= PrinterTolerance * dpi);
}
