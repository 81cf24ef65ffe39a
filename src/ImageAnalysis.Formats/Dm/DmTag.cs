using System.Text;

namespace ImageAnalysis.Formats.Dm;

/// <summary>A tag: a name with either a group of further tags or a typed value, whose bytes stay where they are.</summary>
/// <param name="Name">Its name; empty for the members of a list.</param>
/// <param name="Group">The group, or <c>null</c> for a value.</param>
/// <param name="Type">The type of the value, or <c>null</c> for a group.</param>
/// <param name="Offset">Offset in the file of the value's first byte; 0 for a group.</param>
internal sealed record DmTag(string Name, DmTagGroup? Group, DmType? Type, long Offset)
{
    private const byte GroupMark = 20;
    private const byte DataMark = 21;

    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static ReadOnlySpan<byte> Delimiter => "%%%%"u8;

    /// <summary>The least number of bytes that a tag takes: an empty group without a name.</summary>
    public static int LeastBytes(bool isWide) => isWide ? 21 : 9;

    public static DmTag Decode(DmSource source, int depth)
    {
        ByteCursor cursor = source.Cursor;
        source.CountTag();
        long at = cursor.Position;
        byte mark = cursor.ReadUInt8("a tag");
        if (mark is not (GroupMark or DataMark))
        {
            throw cursor.Problem(FileProblem.Corrupt, at, $"a tag starts with {mark}; expected {GroupMark} (group) or {DataMark} (value).");
        }

        ushort nameLength = cursor.ReadUInt16("the length of a tag's name");
        string name = NameOf(cursor.ReadBytes(nameLength, "a tag's name").Span);
        cursor.Place = name;
        long? end = null;
        if (source.IsWide)
        {
            ulong size = cursor.ReadUInt64("the size of a tag");
            end = cursor.Position + cursor.CheckedCount(size, 1, "a tag");
        }

        DmTag tag = mark == GroupMark
            ? new DmTag(name, DmTagGroup.Decode(source, depth + 1), null, 0)
            : DecodeValue(source, name);
        if (end is long expected && cursor.Position != expected)
        {
            throw cursor.Problem(FileProblem.Corrupt, $"tag '{name}' ends here; by its size it ends at byte {expected}.");
        }

        return tag;
    }

    private static DmTag DecodeValue(DmSource source, string name)
    {
        ByteCursor cursor = source.Cursor;
        long at = cursor.Position;
        if (!cursor.ReadBytes((ulong)Delimiter.Length, "the delimiter before a value").Span.SequenceEqual(Delimiter))
        {
            throw cursor.Problem(FileProblem.Corrupt, at, "the delimiter %%%% before a value is missing.");
        }

        DmType type = DmType.Decode(source);
        long offset = cursor.Position;
        cursor.Skip((ulong)type.SizeBytes, "a value");
        return new DmTag(name, null, type, offset);
    }

    /// <summary>Names are Latin-1 in files of older versions (as in "Emission Current (µA)") and may be UTF-8 in newer ones.</summary>
    private static string NameOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF) < 0)
        {
            return Encoding.ASCII.GetString(bytes);
        }

        try
        {
            return _strictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }
}
