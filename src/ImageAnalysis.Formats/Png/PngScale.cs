using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Png;

/// <summary>What the file says about the size of a pixel. README.md of this folder says what is believed, and why.</summary>
/// <param name="Calibration">The pixel size, if one of the places gives it.</param>
/// <param name="Unit">The unit in the file's own words; empty where it gives none.</param>
/// <param name="IsAngle">True when the scale is an angle, so that the image shows no lengths.</param>
internal sealed record PngScale(Calibration? Calibration, string Unit, bool IsAngle)
{
    /// <summary>A file that says nothing.</summary>
    public static PngScale None { get; } = new(null, string.Empty, false);

    // No printer, plotter or screen has pixels below 1 µm (25,400 per inch): only beyond this can a resolution be that of a specimen.
    private const double FinestPrintPerMetre = 1e6;

    private const double NmPerMetre = 1e9;

    // Two numbers and what separates them; more is no scale.
    private const int MaxSubjectScaleBytes = 200;

    /// <summary>sCAL, the physical scale of the image's subject: unit (1 metre, 2 radian), then width and height of a pixel as text.</summary>
    public static PngScale? DecodeSubjectScale(ReadOnlySpan<byte> data)
    {
        if (data.Length is < 4 or > MaxSubjectScaleBytes || data[0] is not (1 or 2))
        {
            return null;
        }

        ReadOnlySpan<byte> sizes = data[1..];
        int separator = sizes.IndexOf((byte)0);
        if (separator < 0 || Positive(Encoding.ASCII.GetString(sizes[..separator])) is not double width
            || Positive(Encoding.ASCII.GetString(sizes[(separator + 1)..])) is not double height)
        {
            return null;
        }

        return data[0] == 2 ? new PngScale(null, "radian", true) : InMetres(width, height, "PNG sCAL");
    }

    /// <summary>What a chunk sCAL says, as text.</summary>
    public static string Words(ReadOnlySpan<byte> data) => data.Length is > 0 and <= MaxSubjectScaleBytes
        ? $"{data[0]} {Encoding.Latin1.GetString(data[1..]).Replace('\0', ' ')}"
        : "(malformed)";

    /// <summary>pHYs, pixels per metre of the shown picture: a size in the specimen only where no picture is ever shown so small.</summary>
    public static PngScale? DecodeResolution(ReadOnlySpan<byte> data)
    {
        if (data.Length != 9 || data[8] != 1)
        {
            return null;
        }

        uint x = BinaryPrimitives.ReadUInt32BigEndian(data);
        uint y = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);

        // 2³¹ − 1 is the largest number allowed: a program that meant more has cut it off there.
        bool ofSpecimen = x > FinestPrintPerMetre && y > FinestPrintPerMetre && x < int.MaxValue && y < int.MaxValue;
        return ofSpecimen ? InMetres(1.0 / x, 1.0 / y, "PNG pHYs") : null;
    }

    /// <summary>Texts of Gwyddion: width and height of the whole image, in metres where the unit says so.</summary>
    public static PngScale? FromTexts(IReadOnlyList<PngText> texts, PngHeader header)
    {
        string? Value(string keyword) => texts.FirstOrDefault(text => text.Keyword == keyword)?.Value.Trim();
        return Value("Gwy::XYUnit") == "m" && Positive(Value("Gwy::XReal")) is double width && Positive(Value("Gwy::YReal")) is double height
            ? InMetres(width / header.WidthPx, height / header.HeightPx, "Gwyddion")
            : null;
    }

    private static PngScale? InMetres(double width, double height, string detail)
    {
        double widthNm = width * NmPerMetre;
        double heightNm = height * NmPerMetre;
        return widthNm > 0 && heightNm > 0 && double.IsFinite(widthNm) && double.IsFinite(heightNm)
            ? new PngScale(new Calibration(widthNm, heightNm, new CalibrationSource(CalibrationOrigin.Metadata, detail)), "m", false)
            : null;
    }

    private static double? Positive(string? text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double value)
        && double.IsFinite(value) && value > 0
            ? value
            : null;
}
