using System.Globalization;
using ImageAnalysis.Core;
using ImageAnalysis.Formats.Powder;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Bruker;

/// <summary>RAW of version 4 (DIFFRAC.SUITE, <c>RAW4.00</c>): 61 bytes of header, then segments of a type and a length, and among them the ranges.</summary>
internal static class RawVersion4
{
    private const int FileHeaderBytes = 61;
    private const int RangeHeaderBytes = 160;
    private const int MostTags = 1000;

    private const uint TextSegment = 10;
    private const uint SourceSegment = 30;
    private const uint DriveSegment = 50;

    /// <summary>Reads the ranges and the date; the cursor stands behind <c>RAW4</c>.</summary>
    public static (IReadOnlyList<BrukerRange> Ranges, string? AcquiredAt) Decode(ByteCursor cursor, List<RawTag> tags)
    {
        cursor.Skip(8, "the version");
        string date = BrukerRange.ReadText(cursor, 12, "the date");
        string time = BrukerRange.ReadText(cursor, 10, "the time");
        cursor.Seek(FileHeaderBytes, "the first segment");
        List<BrukerRange> ranges = [];
        PowderWavelengths? wavelengths = null;
        string title = string.Empty;
        while (cursor.Remaining >= 4)
        {
            long offset = cursor.Position;
            uint type = cursor.ReadUInt32("the type of a segment");
            if (type is 0 or RangeHeaderBytes)
            {
                if (ranges.Count == BrukerRawReader.MostRanges)
                {
                    throw cursor.Problem(FileProblem.NotSupported, $"the file holds more than {BrukerRawReader.MostRanges} ranges.");
                }

                ranges.Add(DecodeRange(cursor, offset, wavelengths, title));
                continue;
            }

            ByteCursor segment = Segment(cursor, offset);
            if (type == TextSegment && segment.Length > 36)
            {
                (string name, string value) = DecodeText(segment);
                title = name.Equals("SAMPLEID", StringComparison.OrdinalIgnoreCase) ? value : title;
                if (value.Length > 0 && tags.Count < MostTags)
                {
                    tags.Add(new RawTag(name, value));
                }
            }
            else if (type == SourceSegment && segment.Length >= 120)
            {
                wavelengths = DecodeSource(segment);
            }
        }

        if (ranges.Count == 0)
        {
            throw cursor.Problem(FileProblem.Truncated, "the file holds no range; expected at least one.");
        }

        return (ranges, $"{date} {time}".Trim() is { Length: > 0 } acquiredAt ? acquiredAt : null);
    }

    /// <summary>The bytes of one segment, type and length among them.</summary>
    private static ByteCursor Segment(ByteCursor cursor, long offset)
    {
        uint length = cursor.ReadUInt32("the length of a segment");
        if (length < 8)
        {
            throw cursor.Problem(FileProblem.Corrupt, offset + 4, string.Create(CultureInfo.InvariantCulture, $"a segment has {length} bytes; expected 8 or more."));
        }

        cursor.Seek((ulong)offset, "a segment");
        return new ByteCursor(cursor.ReadBytes(length, "a segment"), BrukerRawReader.Format, littleEndian: true);
    }

    private static (string Name, string Value) DecodeText(ByteCursor segment)
    {
        segment.Seek(12, "the name of a text");
        string name = BrukerRange.ReadText(segment, 24, "the name of a text");
        return (name, BrukerRange.ReadText(segment, (int)segment.Remaining, "a text"));
    }

    private static PowderWavelengths? DecodeSource(ByteCursor segment)
    {
        segment.Seek(80, "the wavelengths");
        double alpha1 = segment.ReadFloat64("the wavelength of Kα₁");
        double alpha2 = segment.ReadFloat64("the wavelength of Kα₂");
        segment.Skip(8, "the wavelength of Kβ");
        double ratio = segment.ReadFloat64("the ratio Kα₂/Kα₁");
        segment.Skip(4, "the unit");
        return PatternFacts.Wavelengths(alpha1, alpha2, ratio, BrukerRange.ReadText(segment, 4, "the anode"));
    }

    private static BrukerRange DecodeRange(ByteCursor cursor, long offset, PowderWavelengths? wavelengths, string title)
    {
        cursor.Skip(28, "a range's header");
        string scanType = BrukerRange.ReadText(cursor, 24, "the scan type");
        cursor.Skip(16, "a range's header");
        double start = cursor.ReadFloat64("the first angle");
        double step = cursor.ReadFloat64("the step");
        uint points = cursor.ReadUInt32("the number of points");
        cursor.Skip(20, "time and generator");
        double wavelength = cursor.ReadFloat64("the wavelength");
        cursor.Skip(16, "a range's header");
        uint recordBytes = cursor.ReadUInt32("the length of a record");
        uint driveBytes = cursor.ReadUInt32("the length of the drives");
        cursor.Skip(16, "a range's header");
        if (recordBytes is < 4 or > 1024 || recordBytes % 4 != 0)
        {
            throw cursor.Problem(FileProblem.Corrupt, offset + 136, string.Create(CultureInfo.InvariantCulture, $"a record has {recordBytes} bytes; expected a multiple of 4."));
        }

        List<RawDrive> drives = DecodeDrives(cursor, driveBytes);
        return new BrukerRange
        {
            Offset = offset,
            Start = start,
            Step = step,
            Intensities = BrukerRange.ReadRecords(cursor, points, (int)recordBytes),
            OtherAxis = OtherAxis(scanType, drives, start),
            Wavelengths = wavelengths ?? PatternFacts.Wavelengths(wavelength),
            Title = title,
        };
    }

    private static List<RawDrive> DecodeDrives(ByteCursor cursor, uint bytes)
    {
        long end = cursor.Position + cursor.CheckedCount(bytes, 1, "the drives");
        List<RawDrive> drives = [];
        while (cursor.Position < end)
        {
            long offset = cursor.Position;
            uint type = cursor.ReadUInt32("the type of a drive");
            ByteCursor segment = Segment(cursor, offset);
            if (cursor.Position > end)
            {
                throw cursor.Problem(FileProblem.Corrupt, offset, $"a drive ends at byte {cursor.Position}; the drives end at byte {end}.");
            }

            if (type == DriveSegment && segment.Length >= 64)
            {
                segment.Seek(8, "a drive");
                uint flag = segment.ReadUInt32("the mark of a drive");
                string name = BrukerRange.ReadText(segment, 24, "the name of a drive");
                segment.Seek(56, "the position of a drive");
                drives.Add(new RawDrive(name, flag != 0, segment.ReadFloat64("the position of a drive")));
            }
        }

        return drives;
    }

    /// <summary>
    /// What was scanned where it is not 2θ: the drive that is marked and starts where the range does; where that is not one drive, the scan type decides, and a type that
    /// nobody has described counts as a scan of 2θ.
    /// </summary>
    private static string? OtherAxis(string scanType, List<RawDrive> drives, double start)
    {
        string[] scanned = [.. drives.Where(drive => drive.IsMarked && Math.Abs(drive.Position - start) < 1e-6).Select(drive => drive.Name)];
        if (scanned.Length == 1)
        {
            return scanned[0].Replace(" ", string.Empty, StringComparison.Ordinal).Equals("2Theta", StringComparison.OrdinalIgnoreCase)
                || scanned[0].Equals("TwoTheta", StringComparison.OrdinalIgnoreCase) ? null : $"the drive {PatternText.Shown(scanned[0])}";
        }

        string type = scanType.ToUpperInvariant();
        bool isOther = type.Contains("ROCKING", StringComparison.Ordinal) || type is "CHI SCAN" or "PHI SCAN" or "X SCAN" or "Y SCAN" or "Z SCAN" or "PSI SCAN" or "HKL SCAN" or "RECIPROCAL-SPACE SCAN"
            || type.StartsWith("PSD FIX", StringComparison.Ordinal);
        return isOther ? PatternText.Shown(scanType) : null;
    }

    /// <summary>One drive of the goniometer.</summary>
    /// <param name="Name">Its name, such as <c>2Theta</c>.</param>
    /// <param name="IsMarked">Whether it is marked as the scanned one.</param>
    /// <param name="Position">Where it stood at the start.</param>
    private sealed record RawDrive(string Name, bool IsMarked, double Position);
}
