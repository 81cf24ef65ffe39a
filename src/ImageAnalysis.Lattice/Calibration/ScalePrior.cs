using ImageAnalysis.Imaging;

namespace ImageAnalysis.Lattice;

/// <summary>What is believed of a pixel size before the crystal is looked at; it decides between names of the spots, and hardly moves a fit.</summary>
/// <param name="LogSize">Logarithm of √(width · height) in nm; <c>null</c> without calibration.</param>
/// <param name="SizeSigma">Its standard deviation.</param>
/// <param name="Aspect">Logarithm of width over height.</param>
/// <param name="AspectSigma">Its standard deviation.</param>
internal sealed record ScalePrior(double? LogSize, double SizeSigma, double Aspect, double AspectSigma)
{
    /// <summary>What a spot costs that the cell does not explain: as much as one that lies five standard deviations off.</summary>
    public const double UnexplainedFee = 25;

    /// <summary>What a name costs for planes that are closer than the crystal's widest by a factor of e.</summary>
    public const double IndexFee = 12;

    /// <summary>Expected shear of the axes, one standard deviation: a degree, as drift in scans gives.</summary>
    public const double ShearSigma = 0.02;

    // Calibrations of instruments are off by 2-6 % in a spacing with as much between the axes; a forgotten camera setting by more.
    private const double SizeSigmaOfFiles = 0.08;
    private const double AspectSigmaOfFiles = 0.04;

    // Farther off than any calibration: a factor that names spots of a superlattice, or of another zone, as planes.
    private const double MostSizeLog = 0.25;
    private const double MostAspectLog = 0.16;

    /// <summary>Whether a pixel size can be believed at all.</summary>
    public bool Allows(double logWidth, double logHeight) =>
        Math.Abs(logWidth - logHeight - Aspect) < MostAspectLog && (LogSize is not double size || Math.Abs((0.5 * (logWidth + logHeight)) - size) < MostSizeLog);

    public static ScalePrior Of(Calibration? nominal) => nominal is null
        ? new ScalePrior(null, 1, 0, AspectSigmaOfFiles)
        : new ScalePrior(0.5 * Math.Log(nominal.PixelWidthNm * nominal.PixelHeightNm), SizeSigmaOfFiles, Math.Log(nominal.PixelWidthNm / nominal.PixelHeightNm), AspectSigmaOfFiles);
}
