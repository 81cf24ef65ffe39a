using System.Globalization;

namespace ImageAnalysis.Formats.Png;

/// <summary>Reads PNG images of every colour type, bit depth and interlace method.</summary>
/// <remarks>
/// Source: Portable Network Graphics (PNG) Specification, third edition, W3C Recommendation, 2025 (https://www.w3.org/TR/png-3/), and its
/// registered extension sCAL. Of an animated PNG the default image is read. Gamma and colour profiles are not applied: pixels are the
/// stored numbers.
/// </remarks>
public static class PngReader
{
    internal const string FormatName = "PNG";

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Whether a file begins as a PNG does; a signature damaged by a transfer as text is recognised too, and refused by <see cref="Read"/>.</summary>
    /// <param name="start">The first bytes of the file.</param>
    /// <returns>True for the first four bytes of the signature.</returns>
    public static bool Recognises(ReadOnlySpan<byte> start) => start.StartsWith(Signature[..4]);

    /// <summary>Reads a whole file. Structure and checksums are checked at once; grey pixels are decoded on demand.</summary>
    /// <param name="file">All bytes of the file.</param>
    /// <returns>One signal of one frame.</returns>
    /// <exception cref="MicroscopeFileException">The file is no PNG, ends too early or contradicts the specification.</exception>
    public static MicroscopeFile Read(ReadOnlyMemory<byte> file)
    {
        CheckSignature(file.Span);
        PngContent content = PngContent.Decode(file, Signature.Length);
        PngHeader header = content.Header;
        PngSurvey survey = PngSurvey.Of(content, file);
        PngScale scale = content.Scale();
        PixelType type = survey.IsGrey
            ? header.BitDepth switch { 16 => PixelType.UInt16, 1 when header.Colour == PngColour.Grey => PixelType.Bool, _ => PixelType.UInt8 }
            : header.BitDepth == 16 ? PixelType.Rgb16 : PixelType.Rgb8;
        Signal signal = new()
        {
            Kind = scale.IsAngle ? SignalKind.Diffraction : SignalKind.Image,
            FrameCount = 1,
            WidthPx = header.WidthPx,
            HeightPx = header.HeightPx,
            Type = type,
            Calibration = scale.Calibration,
            UnitAsStored = scale.Unit,
            NotMeasurableReason = Reason(survey, scale),
            Acquisition = content.Acquisition(),
            Decode = frame => frame == 0
                ? PngPixels.Decode(content, file, type)
                : throw new ArgumentOutOfRangeException(nameof(frame), frame, "A PNG image has frame 0 only."),
        };
        return new MicroscopeFile(FormatName, [signal], content.RawTags);
    }

    private static void CheckSignature(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith(Signature))
        {
            return;
        }

        if (Signature.StartsWith(file))
        {
            throw new MicroscopeFileException(FileProblem.Truncated, FormatName, 0, $"the file has {file.Length} bytes; the signature alone has {Signature.Length}.");
        }

        throw Recognises(file)
            ? new MicroscopeFileException(FileProblem.Corrupt, FormatName, 4, "the line ends in the signature were changed: the file went through a transfer as text. Copy it again in binary mode.")
            : new MicroscopeFileException(FileProblem.NotRecognised, FormatName, 0, "the file does not begin with the signature of PNG.");
    }

    private static string? Reason(PngSurvey survey, PngScale scale)
    {
        string Percent(double fraction) => (100 * fraction).ToString("0.#", CultureInfo.InvariantCulture);
        if (scale.IsAngle)
        {
            return "its scale is an angle (sCAL in radian), so that it shows no lengths";
        }

        if (!survey.IsGrey)
        {
            return $"a colour image: red, green and blue differ in {Percent(survey.ColouredFraction)} % of its pixels";
        }

        return survey.HiddenFraction > PngSurvey.Tolerance
            ? $"{Percent(survey.HiddenFraction)} % of its pixels are fully transparent, so that their intensities are not known"
            : null;
    }
}
