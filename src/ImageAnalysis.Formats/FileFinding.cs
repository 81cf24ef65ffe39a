namespace ImageAnalysis.Formats;

/// <summary>Something about a file that a person should know, though its image can be measured.</summary>
/// <param name="Name">Short fixed word for tables: one of the constants.</param>
/// <param name="Reason">The reason in plain words, with the numbers.</param>
public sealed record FileFinding(string Name, string Reason)
{
    /// <summary>Sources of the pixel size disagree by more than 3 %.</summary>
    public const string CalibrationConflict = "calibration-conflict";

    /// <summary>The file's pixel size cannot be that of an electron micrograph, and is not used.</summary>
    public const string CalibrationNotCredible = "calibration-not-credible";

    /// <summary>Every pixel of the image has the same value.</summary>
    public const string Constant = "constant";

    /// <summary>The file holds another data set, such as a page in a compression that is not read, which was passed over.</summary>
    public const string PassedOver = "passed-over";

    /// <summary>Pixels that were not finite were replaced from their neighbours.</summary>
    public const string PixelsReplaced = "pixels-replaced";
}
