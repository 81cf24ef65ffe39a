using System.Globalization;
using ImageAnalysis.Core;
using ImageAnalysis.Formats.Powder;

namespace ImageAnalysis.Formats.Bruker;

/// <summary>One range of a RAW file of any version, decoded.</summary>
internal sealed record BrukerRange
{
    /// <summary>Offset in the file of its header, for messages.</summary>
    public required long Offset { get; init; }

    /// <summary>First angle in degrees.</summary>
    public required double Start { get; init; }

    /// <summary>Step in degrees.</summary>
    public required double Step { get; init; }

    /// <summary>Intensities, at least one.</summary>
    public required IReadOnlyList<double> Intensities { get; init; }

    /// <summary>Angles as measured, one for each point, or <c>null</c> where start and step say all.</summary>
    public IReadOnlyList<double>? Measured { get; init; }

    /// <summary>What was scanned where it is not 2θ, or <c>null</c>.</summary>
    public string? OtherAxis { get; init; }

    /// <summary>Counting time of a point in s, or <c>null</c>.</summary>
    public double? CountingTimeSeconds { get; init; }

    /// <summary>The radiation, or <c>null</c>.</summary>
    public PowderWavelengths? Wavelengths { get; init; }

    /// <summary>Name of the sample; empty where none is given.</summary>
    public string Title { get; init; } = string.Empty;

    /// <summary>The range as a signal.</summary>
    /// <param name="cursor">Gives the messages their format and place.</param>
    /// <param name="acquiredAt">Date and time in the file's own words, or <c>null</c>.</param>
    public Signal ToSignal(ByteCursor cursor, string? acquiredAt)
    {
        int bad = Intensities.TakeWhile(double.IsFinite).Count();
        if (bad < Intensities.Count)
        {
            throw cursor.Problem(
                FileProblem.Corrupt,
                Offset,
                string.Create(CultureInfo.InvariantCulture, $"point {bad} (from 0) of the range has the intensity {Intensities[bad]}; expected a finite number."));
        }

        if (OtherAxis is not null)
        {
            return PowderSignals.Refused(Intensities, $"a scan of {OtherAxis}, not of 2θ", acquiredAt);
        }

        PatternPoints points = PatternPoints.OfGrid(Start, Step, Intensities, detail => cursor.Problem(FileProblem.Corrupt, Offset, detail));
        if (Measured is not null)
        {
            points.TwoThetaDeg.Clear();
            points.TwoThetaDeg.AddRange(Measured);
        }

        PowderPattern pattern = points.ToPattern(new PatternText(BrukerRawReader.Format, string.Empty)) with
        {
            Title = Title,
            IsSimulated = PatternFacts.SaysSimulated(Title),
            Wavelengths = Wavelengths,
        };
        return PowderSignals.Of(PatternFacts.WithStatedScale(pattern, saysRate: false, CountingTimeSeconds), acquiredAt);
    }

    /// <summary>Reads intensities of four bytes, each at the start of a record.</summary>
    /// <param name="cursor">At the first record.</param>
    /// <param name="count">Number of records as the file gives it.</param>
    /// <param name="recordBytes">Size of a record, 4 or more.</param>
    /// <param name="measuredAngles">Gets the angle of each record, eight bytes behind its intensity; <c>null</c> where there is none.</param>
    public static List<double> ReadRecords(ByteCursor cursor, uint count, int recordBytes, List<double>? measuredAngles = null)
    {
        int records = cursor.CheckedCount(count, recordBytes, "the intensities");
        if (records == 0)
        {
            throw cursor.Problem(FileProblem.Corrupt, "the range has no points; expected at least one.");
        }

        List<double> intensities = new(records);
        for (int i = 0; i < records; i++)
        {
            intensities.Add(cursor.ReadFloat32("an intensity"));
            measuredAngles?.Add(cursor.ReadFloat64("an angle"));
            cursor.Skip((ulong)(recordBytes - 4 - (measuredAngles is null ? 0 : 8)), "the rest of a record");
        }

        return intensities;
    }

    /// <summary>A text of fixed length: up to its first zero byte, UTF-8 where valid and else Latin-1, as one line.</summary>
    public static string ReadText(ByteCursor cursor, int length, string what)
    {
        ReadOnlySpan<byte> bytes = cursor.ReadBytes((ulong)length, what).Span;
        int end = bytes.IndexOf((byte)0);
        string text = PatternText.Decode(end < 0 ? bytes : bytes[..end], BrukerRawReader.Format).Text;
        return string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character)).Trim();
    }
}
