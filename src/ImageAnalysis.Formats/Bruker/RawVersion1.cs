using System.Globalization;
using ImageAnalysis.Formats.Powder;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Bruker;

/// <summary>RAW of version 1 (DIFFRAC-AT): ranges of 156 bytes of header and their intensities, until one says that none follows.</summary>
internal static class RawVersion1
{
    /// <summary>Reads the ranges; the cursor stands behind the first <c>RAW </c>.</summary>
    public static IReadOnlyList<BrukerRange> Decode(ByteCursor cursor, List<RawTag> tags)
    {
        List<BrukerRange> ranges = [];
        bool follows = true;
        while (follows)
        {
            if (ranges.Count == BrukerRawReader.MostRanges)
            {
                throw cursor.Problem(FileProblem.NotSupported, $"the file holds more than {BrukerRawReader.MostRanges} ranges.");
            }

            ranges.Add(DecodeRange(cursor, isFirst: ranges.Count == 0, out follows));
        }

        if (ranges[0].Title.Length > 0)
        {
            tags.Add(new RawTag("SampleName", ranges[0].Title));
        }

        tags.Add(new RawTag("Ranges", ranges.Count.ToString(CultureInfo.InvariantCulture)));
        return ranges;
    }

    private static BrukerRange DecodeRange(ByteCursor cursor, bool isFirst, out bool follows)
    {
        long offset = cursor.Position - (isFirst ? 4 : 0);
        uint points = cursor.ReadUInt32("the number of points");
        if (!isFirst && points == 0x20574152)
        {
            // Later programs repeat "RAW " before each range.
            points = cursor.ReadUInt32("the number of points");
        }

        double time = cursor.ReadFloat32("the counting time");
        double step = cursor.ReadFloat32("the step");
        cursor.Skip(8, "the scan mode");
        double start = cursor.ReadFloat32("the first angle");
        cursor.Skip(12, "the positions of the other drives");
        string title = BrukerRange.ReadText(cursor, 32, "the sample's name");
        double alpha1 = cursor.ReadFloat32("the wavelength of Kα₁");
        double alpha2 = cursor.ReadFloat32("the wavelength of Kα₂");
        cursor.Skip(72, "unused bytes");
        follows = cursor.ReadUInt32("the mark of a following range") != 0;
        return new BrukerRange
        {
            Offset = offset,
            Start = Decimals(start),
            Step = Decimals(step),
            Intensities = BrukerRange.ReadRecords(cursor, points, 4),
            CountingTimeSeconds = PatternFacts.CountingTime(time),
            Wavelengths = PatternFacts.Wavelengths(Decimals(alpha1), Decimals(alpha2)),
            Title = title,
        };
    }

    /// <summary>The decimal number that was stored in single precision: 0.02 and not 0.019999999552965164, which would shift the end of a range.</summary>
    internal static double Decimals(double stored) => double.IsFinite(stored) && Math.Abs(stored) < 1e6 ? Math.Round(stored, 6) : stored;
}
