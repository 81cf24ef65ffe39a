using System.Globalization;
using ImageAnalysis.Core;
using ImageAnalysis.Formats.Powder;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Bruker;

/// <summary>RAW of version 2 (DIFFRAC-AT 3): 256 bytes of header, then each range with a header of its own length.</summary>
internal static class RawVersion2
{
    private const int FileHeaderBytes = 256;
    private const int FewestHeaderBytes = 48;

    /// <summary>Reads the ranges and the date; the cursor stands behind the version.</summary>
    public static (IReadOnlyList<BrukerRange> Ranges, string? AcquiredAt) Decode(ByteCursor cursor, List<RawTag> tags)
    {
        ushort count = cursor.ReadUInt16("the number of ranges");
        cursor.Skip(162, "user and site");
        string date = BrukerRange.ReadText(cursor, 20, "the date");
        string anode = BrukerRange.ReadText(cursor, 2, "the anode");
        double alpha1 = RawVersion1.Decimals(cursor.ReadFloat32("the wavelength of Kα₁"));
        double alpha2 = RawVersion1.Decimals(cursor.ReadFloat32("the wavelength of Kα₂"));
        double ratio = RawVersion1.Decimals(cursor.ReadFloat32("the ratio Kα₂/Kα₁"));
        if (count is 0 or > BrukerRawReader.MostRanges)
        {
            throw cursor.Problem(FileProblem.Corrupt, 4, string.Create(CultureInfo.InvariantCulture, $"the number of ranges is {count}; expected 1…{BrukerRawReader.MostRanges}."));
        }

        PowderWavelengths? wavelengths = PatternFacts.Wavelengths(alpha1, alpha2, ratio, anode);
        tags.Add(new RawTag("DateTime", date));
        tags.Add(new RawTag("Anode", anode));
        tags.Add(new RawTag("Ranges", count.ToString(CultureInfo.InvariantCulture)));
        cursor.Seek(FileHeaderBytes, "the first range");
        List<BrukerRange> ranges = [];
        for (int i = 0; i < count; i++)
        {
            ranges.Add(DecodeRange(cursor, wavelengths));
        }

        return (ranges, date.Length == 0 ? null : date);
    }

    private static BrukerRange DecodeRange(ByteCursor cursor, PowderWavelengths? wavelengths)
    {
        long offset = cursor.Position;
        ushort headerBytes = cursor.ReadUInt16("the length of a range's header");
        if (headerBytes < FewestHeaderBytes)
        {
            throw cursor.Problem(FileProblem.Corrupt, offset, string.Create(CultureInfo.InvariantCulture, $"a range's header has {headerBytes} bytes; expected {FewestHeaderBytes} or more."));
        }

        ushort points = cursor.ReadUInt16("the number of points");
        cursor.Skip(4, "the scan mode");
        double time = cursor.ReadFloat32("the counting time");
        double step = cursor.ReadFloat32("the step");
        double start = cursor.ReadFloat32("the first angle");
        cursor.Skip((ulong)(headerBytes - 20), "the rest of a range's header");
        return new BrukerRange
        {
            Offset = offset,
            Start = RawVersion1.Decimals(start),
            Step = RawVersion1.Decimals(step),
            Intensities = BrukerRange.ReadRecords(cursor, points, 4),
            CountingTimeSeconds = PatternFacts.CountingTime(time),
            Wavelengths = wavelengths,
        };
    }
}
