using System.Globalization;
using ImageAnalysis.Core;
using ImageAnalysis.Formats.Powder;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Bruker;

/// <summary>RAW of version 3 (DIFFRACplus, <c>RAW1.01</c>): 712 bytes of header, then each range with 304 bytes of header, supplementary headers and records.</summary>
internal static class RawVersion3
{
    private const int FileHeaderBytes = 712;
    private const int RangeHeaderBytes = 304;

    /// <summary>Bit of the varying parameters that says that the measured 2θ stands behind each intensity.</summary>
    private const uint MeasuredTwoTheta = 1;

    /// <summary>Reads the ranges and the date; the cursor stands behind <c>RAW1</c>.</summary>
    public static (IReadOnlyList<BrukerRange> Ranges, string? AcquiredAt) Decode(ByteCursor cursor, List<RawTag> tags)
    {
        cursor.Skip(8, "the version and the file's state");
        uint count = cursor.ReadUInt32("the number of ranges");
        string date = BrukerRange.ReadText(cursor, 10, "the date");
        string time = BrukerRange.ReadText(cursor, 10, "the time");
        string user = BrukerRange.ReadText(cursor, 72, "the user");
        string site = BrukerRange.ReadText(cursor, 218, "the site");
        string title = BrukerRange.ReadText(cursor, 60, "the sample's name");
        string comment = BrukerRange.ReadText(cursor, 160, "the comment");
        cursor.Seek(608, "the anode");
        string anode = BrukerRange.ReadText(cursor, 4, "the anode");
        cursor.Skip(12, "the mean wavelength");
        double alpha1 = cursor.ReadFloat64("the wavelength of Kα₁");
        double alpha2 = cursor.ReadFloat64("the wavelength of Kα₂");
        cursor.Skip(8, "the wavelength of Kβ");
        double ratio = cursor.ReadFloat64("the ratio Kα₂/Kα₁");
        if (count is 0 or > BrukerRawReader.MostRanges)
        {
            throw cursor.Problem(FileProblem.Corrupt, 12, string.Create(CultureInfo.InvariantCulture, $"the number of ranges is {count}; expected 1…{BrukerRawReader.MostRanges}."));
        }

        foreach ((string key, string value) in (ReadOnlySpan<(string, string)>)
            [("Date", date), ("Time", time), ("User", user), ("Site", site), ("SampleId", title), ("Comment", comment), ("Anode", anode)])
        {
            if (value.Length > 0)
            {
                tags.Add(new RawTag(key, value));
            }
        }

        PowderWavelengths? wavelengths = PatternFacts.Wavelengths(alpha1, alpha2, ratio, anode);
        cursor.Seek(FileHeaderBytes, "the first range");
        List<BrukerRange> ranges = [];
        for (uint i = 0; i < count; i++)
        {
            ranges.Add(DecodeRange(cursor, wavelengths, title));
        }

        return (ranges, $"{date} {time}".Trim() is { Length: > 0 } acquiredAt ? acquiredAt : null);
    }

    private static BrukerRange DecodeRange(ByteCursor cursor, PowderWavelengths? wavelengths, string title)
    {
        long offset = cursor.Position;
        uint headerBytes = cursor.ReadUInt32("the length of a range's header");
        if (headerBytes < RangeHeaderBytes)
        {
            throw cursor.Problem(FileProblem.Corrupt, offset, string.Create(CultureInfo.InvariantCulture, $"a range's header has {headerBytes} bytes; expected {RangeHeaderBytes} or more."));
        }

        uint points = cursor.ReadUInt32("the number of points");
        cursor.Skip(8, "the first theta");
        double start = cursor.ReadFloat64("the first 2θ");
        cursor.Skip(152, "the positions of the other drives and the detector");
        double step = cursor.ReadFloat64("the step");
        cursor.Skip(8, "the increment of a second drive");
        double time = cursor.ReadFloat32("the counting time");
        uint scanType = cursor.ReadUInt32("the scan type");
        cursor.Skip(48, "temperature and generator");
        uint varying = cursor.ReadUInt32("the varying parameters");
        uint recordBytes = cursor.ReadUInt32("the length of a record");
        uint supplementary = cursor.ReadUInt32("the length of the supplementary headers");
        cursor.Skip((ulong)headerBytes - 260 + supplementary, "the rest of a range's header");
        // Old files leave the length of a record empty.
        int stride = recordBytes switch
        {
            0 => 4,
            >= 4 and <= 1024 => (int)recordBytes,
            _ => throw cursor.Problem(FileProblem.Corrupt, offset + 252, string.Create(CultureInfo.InvariantCulture, $"a record has {recordBytes} bytes; expected 4 or more.")),
        };
        List<double>? measured = (varying & MeasuredTwoTheta) != 0 && stride >= 12 ? [] : null;
        return new BrukerRange
        {
            Offset = offset,
            Start = start,
            Step = step,
            Intensities = BrukerRange.ReadRecords(cursor, points, stride, measured),
            Measured = measured,
            OtherAxis = OtherAxis(scanType),
            CountingTimeSeconds = PatternFacts.CountingTime(time),
            Wavelengths = wavelengths,
            Title = title,
        };
    }

    /// <summary>What a scan type moves where it is not 2θ. Types that nobody has described count as scans of 2θ, which all but a few are.</summary>
    private static string? OtherAxis(uint scanType) => scanType switch
    {
        3 => "θ with the detector at rest (a rocking curve)",
        4 => "χ",
        5 => "φ",
        6 => "the sample in x",
        7 => "the sample in y",
        8 => "the sample in z",
        12 => "ψ",
        13 => "hkl",
        14 => "reciprocal space",
        _ => null,
    };
}
