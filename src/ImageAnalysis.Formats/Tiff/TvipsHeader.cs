using System.Globalization;
using System.Text;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Tiff;

/// <summary>The structure that TVIPS EM-MENU leaves in tag 37706, versions 1 and 2.</summary>
/// <param name="Version">1 or 2.</param>
/// <param name="VoltageKv">Accelerating voltage in kV.</param>
/// <param name="Magnification">Nominal magnification.</param>
/// <param name="ExposureSeconds">Exposure in s.</param>
/// <param name="PixelWidthNm">Pixel width in nm; version 2 only.</param>
/// <param name="PixelHeightNm">Pixel height in nm; version 2 only.</param>
/// <param name="Camera">Camera; version 2 only.</param>
/// <param name="Microscope">Microscope; version 2 only.</param>
/// <param name="Comment">The operator's comment.</param>
/// <remarks>
/// The layout is that of the EM-MENU help file as tifffile gives it (TVIPS_HEADER_V1, TVIPS_HEADER_V2). Version 1 stores whole numbers; that they count tenths of
/// a volt, tenths of the magnification and tenths of a microsecond is read off a file that holds both versions.
/// </remarks>
internal sealed record TvipsHeader(
    int Version,
    double? VoltageKv,
    double? Magnification,
    double? ExposureSeconds,
    double? PixelWidthNm,
    double? PixelHeightNm,
    string Camera,
    string Microscope,
    string Comment)
{
    private const int FirstBytes = 244;
    private const int SecondBytes = 6068;

    /// <summary>The structure that a page points to, or <c>null</c> where there is none, or none that makes sense.</summary>
    public static TvipsHeader? Decode(ReadOnlyMemory<byte> file, TiffDirectory directory)
    {
        if (directory.Find(TiffTag.Tvips) is not { Available: > 0 } entry)
        {
            return null;
        }

        // As with Olympus SIS, the tag is of type LONG with one value, the offset of the structure.
        ReadOnlyMemory<byte> data = entry is { Count: 1, Type: TiffType.Long or TiffType.Ifd }
            ? entry.WholeAt(0) is var offset && offset < (ulong)file.Length ? file[(int)offset..] : default
            : entry.Bytes ?? default;
        if (data.Length < FirstBytes)
        {
            return null;
        }

        ReadOnlySpan<byte> bytes = data.Span;
        TiffHeader header = entry.Header;
        int version = (int)header.UInt32(bytes);
        int Whole(int at, ReadOnlySpan<byte> from) => (int)header.UInt32(from[at..]);
        if (version is not (1 or 2))
        {
            return null;
        }

        TvipsHeader first = new(
            version,
            TiffClaim.Positive(Whole(84, bytes) / 1e4),
            TiffClaim.Positive(Whole(96, bytes) / 10.0),
            TiffClaim.Positive(Whole(196, bytes) * 1e-7),
            null,
            null,
            string.Empty,
            string.Empty,
            TiffEntry.TextOf(bytes.Slice(4, 80)).Trim());
        ReadOnlySpan<byte> second = bytes[FirstBytes..];
        return version == 2 && second.Length >= SecondBytes && header.UInt32(second[(SecondBytes - 4)..]) == 0xAAAAAAAA
            ? OfSecond(first, header, second)
            : first with { Version = 1 };
    }

    public TiffClaim Claim(TiffDirectory directory)
    {
        TiffClaim claim = new("TVIPS")
        {
            Acquisition = new Acquisition
            {
                VoltageKv = VoltageKv,
                MagnificationRatio = Magnification,
                ExposureSeconds = ExposureSeconds,
                Detector = Camera.Length > 0 ? Camera : null,
                Instrument = Microscope.Length > 0 ? Microscope : null,
            },
            Tags =
            [
                new("TVIPS.Version", Shown(Version)),
                new("TVIPS.HighTensionKv", Shown(VoltageKv)),
                new("TVIPS.Magnification", Shown(Magnification)),
                new("TVIPS.ExposureSeconds", Shown(ExposureSeconds)),
                new("TVIPS.PixelSizeX", Shown(PixelWidthNm)),
                new("TVIPS.PixelSizeY", Shown(PixelHeightNm)),
                new("TVIPS.CameraType", Camera),
                new("TVIPS.TemType", Microscope),
                new("TVIPS.Comment", Comment),
            ],
        };
        if (PixelWidthNm is not null)
        {
            return claim.WithPixel(PixelWidthNm, PixelHeightNm, "nm");
        }

        // Version 1 leaves the pixel size to the resolution tags.
        return TiffResolution.PerCentimetre(directory) is { } resolution ? claim.WithPixel(resolution.X, resolution.Y, "cm") : claim;
    }

    // Offsets count up the fields of TVIPS_HEADER_V2: names and folder, sizes, date, comment and history, scaling, statistics, image type, pixel size …
    private static TvipsHeader OfSecond(TvipsHeader first, TiffHeader header, ReadOnlySpan<byte> bytes)
    {
        double? Single(int at, ReadOnlySpan<byte> from) => TiffClaim.Positive(BitConverter.UInt32BitsToSingle(header.UInt32(from[at..])));
        return first with
        {
            PixelWidthNm = Single(2724, bytes),
            PixelHeightNm = Single(2728, bytes),
            Microscope = Utf16(bytes.Slice(2868, 160), header),
            VoltageKv = Single(3028, bytes) / 1000 ?? first.VoltageKv,
            Magnification = Single(3292, bytes) ?? first.Magnification,
            Camera = Utf16(bytes.Slice(3524, 160), header),
            ExposureSeconds = Single(3708, bytes) / 1000 ?? first.ExposureSeconds,
            Comment = Utf16(bytes.Slice(348, 1024), header) is { Length: > 0 } comment ? comment : first.Comment,
        };
    }

    private static string Utf16(ReadOnlySpan<byte> bytes, TiffHeader header)
    {
        string text = (header.LittleEndian ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(bytes);
        int end = text.IndexOf('\0', StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).Trim();
    }

    private static string Shown(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? string.Empty;
}
