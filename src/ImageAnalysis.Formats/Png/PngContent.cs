using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Png;

/// <summary>Everything in the file but the pixels.</summary>
internal sealed partial record PngContent
{
    public required PngHeader Header { get; init; }

    public required PngPalette Palette { get; init; }

    public required IReadOnlyList<PngChunk> DataChunks { get; init; }

    public required IReadOnlyList<PngText> Texts { get; init; }

    public required IReadOnlyList<RawTag> RawTags { get; init; }

    // More tags than this say nothing to a person; the limit keeps a hostile file's from filling the memory.
    private const int MaxTags = 1000;

    private PngScale? SubjectScale { get; init; }

    private PngScale? Resolution { get; init; }

    /// <summary>The pixel size: the scale of the subject is worth more than a program's own texts, and these more than a resolution.</summary>
    public PngScale Scale() => SubjectScale ?? PngScale.FromTexts(Texts, Header) ?? Resolution ?? PngScale.None;

    /// <summary>What the texts say about how the image was taken; keywords of PNG (third edition), section 11.3.3.1.</summary>
    public Acquisition Acquisition()
    {
        string? Value(string keyword) => Texts.FirstOrDefault(text => text.Keyword == keyword)?.Value.Trim() is { Length: > 0 } value ? value : null;
        return new Acquisition { Instrument = Value("Source"), AcquiredAt = Value("Creation Time"), Simulated = Texts.Any(SaysSimulated) };
    }

    /// <summary>Walks over the chunks, checking lengths, order and checksums.</summary>
    public static PngContent Decode(ReadOnlyMemory<byte> memory, int start)
    {
        ReadOnlySpan<byte> file = memory.Span;
        PngHeader? header = null;
        PngPalette palette = PngPalette.None;
        List<PngChunk> dataChunks = [];
        List<PngText> texts = [];
        List<RawTag> tags = [];
        PngScale? subjectScale = null;
        PngScale? resolution = null;
        bool dataOver = false;
        int textBudget = PngText.UnpackedLimit;
        int at = start;
        while (true)
        {
            PngChunk chunk = PngChunk.Decode(file, at);
            at += PngChunk.Frame + chunk.Length;
            if (!chunk.ChecksumHolds(file))
            {
                if (chunk.IsCritical)
                {
                    throw Bad(chunk, $"the checksum of chunk {chunk.Type} does not hold.");
                }

                // What does not concern the pixels is left out and named.
                Add(tags, chunk.Type, "(not used: its checksum does not hold)");
                continue;
            }

            if (header is null)
            {
                header = PngHeader.Decode(file, chunk);
                Describe(header, tags);
                continue;
            }

            dataOver |= dataChunks.Count > 0 && chunk.Type != "IDAT";
            ReadOnlySpan<byte> data = chunk.Data(file);
            switch (chunk.Type)
            {
                case "IHDR":
                    throw Bad(chunk, "a second IHDR; expected one.");
                case "PLTE":
                    palette = palette.WithEntries(memory, chunk);
                    break;
                case "tRNS":
                    palette = palette.WithTransparency(memory, chunk, header);
                    Add(tags, "tRNS", $"{chunk.Length} bytes");
                    break;
                case "IDAT" when dataOver:
                    throw Bad(chunk, "an IDAT stands apart from the others; expected all in one row.");
                case "IDAT":
                    dataChunks.Add(chunk);
                    break;
                case "IEND":
                    CheckComplete(header, palette, dataChunks, chunk);
                    return new PngContent
                    {
                        Header = header,
                        Palette = palette,
                        DataChunks = dataChunks,
                        Texts = texts,
                        RawTags = tags,
                        SubjectScale = subjectScale,
                        Resolution = resolution,
                    };
                case "tEXt" or "zTXt" or "iTXt":
                    if (tags.Count < MaxTags && PngText.Decode(memory, chunk, ref textBudget) is PngText text)
                    {
                        texts.Add(text);
                        Add(tags, $"{chunk.Type}.{text.Keyword}", text.Value);
                    }
                    else
                    {
                        Add(tags, chunk.Type, "(malformed)");
                    }

                    break;
                case "sCAL":
                    subjectScale ??= PngScale.DecodeSubjectScale(data);
                    Add(tags, "sCAL", PngScale.Words(data));
                    break;
                case "pHYs":
                    resolution ??= PngScale.DecodeResolution(data);
                    Add(tags, "pHYs", Numbers(data, 4, 4, 1));
                    break;
                case "gAMA":
                    Add(tags, "gAMA", Numbers(data, 4));
                    break;
                case "sBIT":
                    Add(tags, "sBIT", Numbers(data, 1, 1, 1, 1));
                    break;
                case "tIME":
                    Add(tags, "tIME", Numbers(data, 2, 1, 1, 1, 1, 1));
                    break;
                default:
                    if (chunk.IsCritical)
                    {
                        throw new MicroscopeFileException(FileProblem.NotSupported, PngReader.FormatName, chunk.Offset, $"chunk {chunk.Type} is none of the specification's, and the image cannot be shown without it.");
                    }

                    break;
            }
        }
    }

    private static void Add(List<RawTag> tags, string path, string value)
    {
        if (tags.Count < MaxTags)
        {
            tags.Add(new RawTag(path, value));
        }
        else if (tags.Count == MaxTags)
        {
            tags.Add(new RawTag("…", "(more chunks, not listed)"));
        }
    }

    private static void CheckComplete(PngHeader header, PngPalette palette, List<PngChunk> dataChunks, PngChunk end)
    {
        if (dataChunks.Count == 0)
        {
            throw Bad(end, "the file ends without image data (IDAT).");
        }

        if (header.Colour == PngColour.Palette && palette.Count == 0)
        {
            throw Bad(end, "an image of palette colours without a palette (PLTE).");
        }
    }

    private static void Describe(PngHeader header, List<RawTag> tags)
    {
        Add(tags, "IHDR.BitDepth", header.BitDepth.ToString(CultureInfo.InvariantCulture));
        Add(tags, "IHDR.ColourType", ((int)header.Colour).ToString(CultureInfo.InvariantCulture));
        Add(tags, "IHDR.Interlace", header.Interlaced ? "1" : "0");
    }

    // Unsigned big-endian numbers of the given widths in bytes, as far as there are bytes.
    private static string Numbers(ReadOnlySpan<byte> data, params ReadOnlySpan<int> widths)
    {
        List<uint> numbers = [];
        foreach (int width in widths)
        {
            if (data.Length < width)
            {
                break;
            }

            numbers.Add(width switch { 4 => BinaryPrimitives.ReadUInt32BigEndian(data), 2 => BinaryPrimitives.ReadUInt16BigEndian(data), _ => data[0] });
            data = data[width..];
        }

        return string.Join(' ', numbers);
    }

    private static bool SaysSimulated(PngText text) => string.Equals(text.Keyword, "Simulated", StringComparison.OrdinalIgnoreCase)
        ? text.Value.Trim().ToUpperInvariant() is not ("FALSE" or "NO" or "0" or "")
        : SimulatedWord().IsMatch(text.Value);

    // Not "not simulated", and not "simulated=false" or "\"simulated\": false".
    [GeneratedRegex(@"(?<!\bnot[ -]|\bnon-)\bsimulated\b(?![\s""':=]*false)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SimulatedWord();

    private static MicroscopeFileException Bad(PngChunk chunk, string detail) => new(FileProblem.Corrupt, PngReader.FormatName, chunk.Offset, detail);
}
