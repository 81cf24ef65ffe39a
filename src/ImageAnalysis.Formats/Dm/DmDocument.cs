using System.Globalization;

namespace ImageAnalysis.Formats.Dm;

/// <summary>A whole DM3 or DM4 file: header and tag tree over bytes that stay where they are.</summary>
/// <param name="Header">The header.</param>
/// <param name="Root">The root group.</param>
/// <param name="Bytes">The whole file.</param>
internal sealed record DmDocument(DmHeader Header, DmTagGroup Root, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Name of the format: DM3 or DM4.</summary>
    public string Format => Header.Version == 4 ? "DM4" : "DM3";

    public static DmDocument Decode(ReadOnlyMemory<byte> bytes)
    {
        // Only the last byte of the big-endian version tells the two formats apart.
        bool isWide = bytes.Length >= 4 && bytes.Span[3] == 4;
        var cursor = new ByteCursor(bytes, isWide ? "DM4" : "DM3", littleEndian: false);
        DmHeader header = DmHeader.Decode(cursor);
        DmTagGroup root = DmTagGroup.Decode(new DmSource(cursor, isWide), depth: 1);
        return new DmDocument(header, root, bytes);
    }

    /// <summary>The tag at a path below a group, or <c>null</c> where a part of it is missing.</summary>
    public static DmTag? Find(DmTagGroup? group, params ReadOnlySpan<string> path)
    {
        DmTag? tag = null;
        foreach (string name in path)
        {
            tag = group?.Find(name);
            group = tag?.Group;
        }

        return tag;
    }

    /// <summary>
    /// A value as a number: as stored, or a text that is a number with point or comma (some instruments write numbers as text in the words
    /// of the computer's locale); <c>null</c> for anything else and for what is not finite.
    /// </summary>
    public double? Number(DmTag? tag)
    {
        if (tag?.Type is not DmType type)
        {
            return null;
        }

        if (DmValues.IsNumber(type.Encoding))
        {
            double value = DmValues.ToDouble(type.Encoding, ValueOf(tag), Header.LittleEndian);
            return double.IsFinite(value) ? value : null;
        }

        string? text = Text(tag)?.Replace(',', '.');
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) && double.IsFinite(parsed) ? parsed : null;
    }

    /// <summary>A value as text, without surrounding white space; <c>null</c> where it is no text or empty.</summary>
    public string? Text(DmTag? tag)
    {
        if (tag?.Type is not DmType type || !DmValues.IsText(type))
        {
            return null;
        }

        string text = DmValues.ToText(type, ValueOf(tag), Header.LittleEndian).Trim();
        return text.Length == 0 ? null : text;
    }

    /// <summary>The bytes of a value.</summary>
    public ReadOnlySpan<byte> ValueOf(DmTag tag) => tag.Type is DmType type ? Bytes.Span.Slice((int)tag.Offset, (int)type.SizeBytes) : [];

    /// <summary>A problem with the content of a tag, to be thrown.</summary>
    public MicroscopeFileException Problem(FileProblem problem, DmTag? tag, string detail) =>
        new(problem, Format, tag is { Type: not null } ? tag.Offset : null, detail);
}
