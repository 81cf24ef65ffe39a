namespace ImageAnalysis.Imaging;

/// <summary>Where a pixel size was taken from.</summary>
public enum CalibrationOrigin
{
    /// <summary>The file's own metadata.</summary>
    Metadata,

    /// <summary>A scale bar burned into the picture.</summary>
    ScaleBar,

    /// <summary>A lattice of known spacing in the picture.</summary>
    Lattice,

    /// <summary>A person: the sample sheet or the command line.</summary>
    User,
}

/// <summary>Where a pixel size was taken from, with the place's own name.</summary>
/// <param name="Origin">The kind of source.</param>
/// <param name="Detail">The place within it, such as <c>ImageJ</c>, <c>DigitalMicrograph</c>, <c>samples.json</c> or <c>--pixel-nm</c>.</param>
public sealed record CalibrationSource(CalibrationOrigin Origin, string Detail)
{
    /// <summary>The source as written to tables: <c>metadata:ImageJ</c>, <c>scale-bar:…</c>, <c>lattice:…</c> or <c>user:…</c>.</summary>
    /// <returns>The kind and the detail, separated by a colon.</returns>
    public override string ToString() => Origin switch
    {
        CalibrationOrigin.Metadata => "metadata:" + Detail,
        CalibrationOrigin.ScaleBar => "scale-bar:" + Detail,
        CalibrationOrigin.Lattice => "lattice:" + Detail,
        CalibrationOrigin.User => "user:" + Detail,
        _ => throw new InvalidOperationException($"Unknown calibration origin {Origin}."),
    };
}

/// <summary>The size of a pixel in the specimen plane. Width and height are kept apart, since instruments write unequal ones.</summary>
public sealed record Calibration
{
    /// <summary>Makes a calibration.</summary>
    /// <param name="pixelWidthNm">Distance between the centres of horizontal neighbours in nm; finite and above 0.</param>
    /// <param name="pixelHeightNm">Distance between the centres of vertical neighbours in nm; finite and above 0.</param>
    /// <param name="source">Where the numbers come from.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not finite or not above 0.</exception>
    public Calibration(double pixelWidthNm, double pixelHeightNm, CalibrationSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        PixelWidthNm = Checked(pixelWidthNm, nameof(pixelWidthNm));
        PixelHeightNm = Checked(pixelHeightNm, nameof(pixelHeightNm));
        Source = source;
    }

    /// <summary>Distance between the centres of horizontal neighbours in nm; above 0.</summary>
    public double PixelWidthNm { get; }

    /// <summary>Distance between the centres of vertical neighbours in nm; above 0.</summary>
    public double PixelHeightNm { get; }

    /// <summary>Where the numbers come from.</summary>
    public CalibrationSource Source { get; }

    private static double Checked(double sizeNm, string name) => double.IsFinite(sizeNm) && sizeNm > 0
        ? sizeNm
        : throw new ArgumentOutOfRangeException(name, sizeNm, "A pixel size is a finite number of nm above 0.");
}
