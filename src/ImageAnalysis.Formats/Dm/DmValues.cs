using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace ImageAnalysis.Formats.Dm;

/// <summary>Values of tags as numbers and as words.</summary>
internal static class DmValues
{
    /// <summary>Elements of an array that are written out; of the rest only the number is told.</summary>
    public const int ElementsShown = 16;

    /// <summary>Characters of a structure or array after which no further element is written out.</summary>
    private const int LongestWords = 1000;

    public static bool IsNumber(DmEncoding encoding) => encoding <= DmEncoding.UInt64;

    /// <summary>Whether a value is text: an array of 16-bit units (UTF-16), or the rare string type.</summary>
    public static bool IsText(DmType type) => type.Encoding == DmEncoding.String || type is { Encoding: DmEncoding.Array, Element.Encoding: DmEncoding.UInt16 };

    public static double ToDouble(DmEncoding encoding, ReadOnlySpan<byte> value, bool littleEndian) => encoding switch
    {
        DmEncoding.Int16 => (short)Bits16(value, littleEndian),
        DmEncoding.Int32 => (int)Bits32(value, littleEndian),
        DmEncoding.UInt16 => Bits16(value, littleEndian),
        DmEncoding.UInt32 => Bits32(value, littleEndian),
        DmEncoding.Float32 => BitConverter.UInt32BitsToSingle(Bits32(value, littleEndian)),
        DmEncoding.Float64 => BitConverter.UInt64BitsToDouble(Bits64(value, littleEndian)),
        DmEncoding.Int8 => (sbyte)value[0],
        DmEncoding.Int64 => (long)Bits64(value, littleEndian),
        DmEncoding.UInt64 => Bits64(value, littleEndian),
        _ => value[0],
    };

    /// <summary>A text value, up to the first NUL.</summary>
    public static string ToText(DmType type, ReadOnlySpan<byte> value, bool littleEndian)
    {
        // The string type is seen in no file at hand; a zero byte can only come from 16-bit characters.
        bool isWide = type.Encoding == DmEncoding.Array || value.Contains((byte)0);
        Encoding encoding = isWide ? (littleEndian ? Encoding.Unicode : Encoding.BigEndianUnicode) : Encoding.Latin1;
        string text = encoding.GetString(isWide ? value[..(value.Length & ~1)] : value);
        int end = text.IndexOf('\0', StringComparison.Ordinal);
        return end < 0 ? text : text[..end];
    }

    /// <summary>Appends any value in words: numbers with a point, structures in round, arrays in square brackets and shortened.</summary>
    public static void Describe(DmType type, ReadOnlySpan<byte> value, bool littleEndian, StringBuilder words)
    {
        if (IsText(type))
        {
            words.Append(ToText(type, value, littleEndian));
            return;
        }

        if (IsNumber(type.Encoding))
        {
            words.Append(DescribeNumber(type.Encoding, value, littleEndian));
            return;
        }

        bool isArray = type.Encoding == DmEncoding.Array;
        long count = isArray ? type.Count : type.Fields!.Count;
        int shown = 0;
        int at = 0;
        words.Append(isArray ? '[' : '(');
        for (int i = 0; i < Math.Min(count, ElementsShown) && words.Length < LongestWords; i++, shown++)
        {
            DmType element = isArray ? type.Element! : type.Fields![i];
            words.Append(i == 0 ? string.Empty : ", ");
            Describe(element, value.Slice(at, (int)element.SizeBytes), littleEndian, words);
            at += (int)element.SizeBytes;
        }

        if (shown < count)
        {
            words.Append(CultureInfo.InvariantCulture, $", … {count} in all");
        }

        words.Append(isArray ? ']' : ')');
    }

    private static string DescribeNumber(DmEncoding encoding, ReadOnlySpan<byte> value, bool littleEndian)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        return encoding switch
        {
            // Neither 64-bit integers nor single precision go through double: every digit stays as stored.
            DmEncoding.Int64 => ((long)Bits64(value, littleEndian)).ToString(invariant),
            DmEncoding.UInt64 => Bits64(value, littleEndian).ToString(invariant),
            DmEncoding.Float32 => BitConverter.UInt32BitsToSingle(Bits32(value, littleEndian)).ToString(invariant),
            DmEncoding.Bool => value[0] == 0 ? "false" : "true",
            _ => ToDouble(encoding, value, littleEndian).ToString(invariant),
        };
    }

    private static ushort Bits16(ReadOnlySpan<byte> value, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(value) : BinaryPrimitives.ReadUInt16BigEndian(value);

    private static uint Bits32(ReadOnlySpan<byte> value, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(value) : BinaryPrimitives.ReadUInt32BigEndian(value);

    private static ulong Bits64(ReadOnlySpan<byte> value, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt64LittleEndian(value) : BinaryPrimitives.ReadUInt64BigEndian(value);
}
