using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Bruker;

/// <summary>Reads RAW, the binary format of Siemens' and Bruker's DIFFRAC programs, versions 1 to 4.</summary>
/// <remarks>Bruker does not publish the format of version 4; README.md beside this file says what the reading rests on and where it is in doubt.</remarks>
public static class BrukerRawReader
{
    internal const string Format = "Bruker RAW";

    /// <summary>Ranges beyond this number are refused: maps, not patterns.</summary>
    internal const int MostRanges = 10_000;

    /// <summary>Whether a file starts as one of the versions does.</summary>
    /// <param name="start">The first bytes of the file.</param>
    /// <returns>True for <c>RAW </c>, <c>RAW2</c>, <c>RAW1.01</c> (version 3) and <c>RAW4.0</c>; false for STOE's <c>RAW_</c>.</returns>
    public static bool Recognises(ReadOnlySpan<byte> start) =>
        start.StartsWith("RAW1.0"u8) || start.StartsWith("RAW4.0"u8) || start.StartsWith("RAW2"u8) || start.StartsWith("RAW "u8);

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <returns>A signal for each range; those that are no scan of 2θ are not measurable.</returns>
    /// <exception cref="MicroscopeFileException">The file is cut short or contradicts itself, or holds no range.</exception>
    public static MicroscopeFile Read(ReadOnlyMemory<byte> bytes)
    {
        ByteCursor cursor = new(bytes, Format, littleEndian: true);
        string magic = BrukerRange.ReadText(cursor, 4, "the version");
        List<RawTag> tags = [new("Version", magic)];
        (IReadOnlyList<BrukerRange> ranges, string? acquiredAt) = magic switch
        {
            "RAW" => (RawVersion1.Decode(cursor, tags), null),
            "RAW2" => RawVersion2.Decode(cursor, tags),
            "RAW1" => RawVersion3.Decode(cursor, tags),
            "RAW4" => RawVersion4.Decode(cursor, tags),
            _ => throw cursor.Problem(FileProblem.NotSupported, 0, $"the version is '{magic}'; RAW, RAW2, RAW1.01 and RAW4.00 are read."),
        };
        return new MicroscopeFile(Format, [.. ranges.Select(range => range.ToSignal(cursor, acquiredAt))], tags);
    }
}
