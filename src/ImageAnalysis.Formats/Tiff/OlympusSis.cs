using System.Globalization;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Tiff;

/// <summary>The structure that Olympus Soft Imaging Solutions cameras leave in tag 33560: pixel size and magnification.</summary>
/// <param name="PixelWidthM">Pixel width in m.</param>
/// <param name="PixelHeightM">Pixel height in m.</param>
/// <param name="Magnification">Nominal magnification.</param>
/// <param name="Camera">Name of the camera; often empty.</param>
/// <param name="AcquiredAt">Date and time, as year-month-day hour:minute.</param>
/// <remarks>
/// No specification is published; the layout is the one that tifffile reads (read_sis): at the tag's value a header <c>SIS0</c> of 60 bytes with the
/// number of entries, then entries of 8 bytes; entry 1 points to the general data. Always little-endian.
/// </remarks>
internal sealed record OlympusSis(double PixelWidthM, double PixelHeightM, double Magnification, string Camera, string AcquiredAt)
{
    private const int HeaderBytes = 60;
    private const int GeneralDataBytes = 112;
    private const int GeneralData = 1;

    /// <summary>The structure that a page points to, or <c>null</c> where there is none, or none that makes sense.</summary>
    public static OlympusSis? Decode(ReadOnlyMemory<byte> file, TiffDirectory directory)
    {
        if (directory.Find(TiffTag.OlympusSis) is not { Count: > 0 } entry || Header(file, entry) is not { Length: >= HeaderBytes } header)
        {
            return null;
        }

        ReadOnlySpan<byte> start = header.Span;
        TiffHeader little = entry.Header with { LittleEndian = true };
        int entries = little.UInt16(start[58..]);
        string acquired = string.Create(
            CultureInfo.InvariantCulture,
            $"{1900 + little.UInt16(start[18..])}-{1 + little.UInt16(start[16..]):00}-{little.UInt16(start[14..]):00} {little.UInt16(start[12..]):00}:{little.UInt16(start[10..]):00}");
        for (int i = 0; i < entries && HeaderBytes + (8 * i) + 8 <= header.Length; i++)
        {
            ReadOnlySpan<byte> at = start[(HeaderBytes + (8 * i))..];
            long offset = little.UInt32(at[4..]);
            if (little.UInt16(at) == GeneralData && offset + GeneralDataBytes <= file.Length)
            {
                ReadOnlySpan<byte> data = file.Span.Slice((int)offset, GeneralDataBytes);
                double unitM = Math.Pow(10, (short)little.UInt16(data[10..]));
                return new OlympusSis(
                    unitM * BitConverter.UInt64BitsToDouble(little.UInt64(data[12..])),
                    unitM * BitConverter.UInt64BitsToDouble(little.UInt64(data[20..])),
                    BitConverter.UInt64BitsToDouble(little.UInt64(data[36..])),
                    TiffEntry.TextOf(data[46..80]),
                    acquired);
            }
        }

        return null;
    }

    public TiffClaim Claim(TiffDirectory directory) => new TiffClaim("Olympus SIS")
    {
        Acquisition = new Acquisition
        {
            MagnificationRatio = TiffClaim.Positive(Magnification),
            // The tags Make and Model of these files name the camera, too.
            Detector = Camera.Length > 0 ? Camera : directory.Text(TiffTag.Model),
            AcquiredAt = AcquiredAt,
        },
        Tags =
        [
            new("OlympusSIS.PixelSizeX", Shown(PixelWidthM)),
            new("OlympusSIS.PixelSizeY", Shown(PixelHeightM)),
            new("OlympusSIS.Magnification", Shown(Magnification)),
            new("OlympusSIS.CameraName", Camera),
            new("OlympusSIS.DateTime", AcquiredAt),
        ],
    }.WithPixel(PixelWidthM, PixelHeightM, "m");

    // The tag holds the offset of the structure (type LONG), or the structure itself.
    private static ReadOnlyMemory<byte> Header(ReadOnlyMemory<byte> file, TiffEntry entry)
    {
        if (entry.Available == 0)
        {
            return default;
        }

        ReadOnlyMemory<byte> found = entry.Type is TiffType.Long or TiffType.Ifd
            ? entry.WholeAt(0) is var offset && offset + HeaderBytes <= (ulong)file.Length ? file[(int)offset..] : default
            : entry.Bytes ?? default;
        return found.Span.StartsWith("SIS0"u8) ? found : default;
    }

    private static string Shown(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
