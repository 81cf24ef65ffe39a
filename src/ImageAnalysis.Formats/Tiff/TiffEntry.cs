using System.Globalization;
using System.Text;

namespace ImageAnalysis.Formats.Tiff;

/// <summary>The number types of tag values: TIFF 6.0 section 2, and BigTIFF.</summary>
internal enum TiffType
{
    Byte = 1,
    Ascii = 2,
    Short = 3,
    Long = 4,
    Rational = 5,
    SByte = 6,
    Undefined = 7,
    SShort = 8,
    SLong = 9,
    SRational = 10,
    Float = 11,
    Double = 12,
    Ifd = 13,
    Long8 = 16,
    SLong8 = 17,
    Ifd8 = 18,
}

/// <summary>One tag of a directory. Its values are looked up when asked for; a value outside the file does no harm until then.</summary>
/// <param name="Header">Byte order and kind of file.</param>
/// <param name="Tag">The tag's number.</param>
/// <param name="Type">The number type of the values; unknown numbers are kept and have no values.</param>
/// <param name="Count">Number of values, as the file says.</param>
/// <param name="Offset">Offset of the values in the file.</param>
/// <param name="Bytes">The values, or <c>null</c> where they do not lie inside the file.</param>
internal readonly record struct TiffEntry(TiffHeader Header, ushort Tag, TiffType Type, ulong Count, ulong Offset, ReadOnlyMemory<byte>? Bytes)
{
    private const int LongestShown = 500;

    /// <summary>Name of the tag, or its number.</summary>
    public string Name => TiffTag.NameOf(Tag);

    /// <summary>Reads the entry at the cursor and goes to the next.</summary>
    public static TiffEntry Decode(ByteCursor cursor, TiffHeader header, ReadOnlyMemory<byte> file)
    {
        ushort tag = cursor.ReadUInt16("tag number");
        TiffType type = (TiffType)cursor.ReadUInt16("tag type");
        ulong count = header.Big ? cursor.ReadUInt64("tag count") : cursor.ReadUInt32("tag count");
        int inlineBytes = header.Big ? 8 : 4;
        ulong valueAt = (ulong)cursor.Position;
        ReadOnlyMemory<byte> inline = cursor.ReadBytes((ulong)inlineBytes, "tag value");
        int size = SizeOf(type);
        if (size == 0)
        {
            return new TiffEntry(header, tag, type, count, valueAt, null);
        }

        if (count <= (ulong)(inlineBytes / size))
        {
            return new TiffEntry(header, tag, type, count, valueAt, inline[..((int)count * size)]);
        }

        ulong offset = header.Big ? header.UInt64(inline.Span) : header.UInt32(inline.Span);
        bool inside = offset <= (ulong)file.Length && count <= ((ulong)file.Length - offset) / (ulong)size;
        // A plain null would turn into an empty memory here, which is a value.
        return new TiffEntry(header, tag, type, count, offset, inside ? file.Slice((int)offset, (int)count * size) : default(ReadOnlyMemory<byte>?));
    }

    /// <summary>Number of values that can be read.</summary>
    public int Available => Bytes is { } bytes ? bytes.Length / SizeOf(Type) : 0;

    /// <summary>A value as a whole number of 0 or more.</summary>
    /// <exception cref="MicroscopeFileException">There is no such value, or it is no whole number of 0 or more.</exception>
    public ulong WholeAt(int index)
    {
        ReadOnlySpan<byte> at = At(index);
        long signed = Type switch
        {
            TiffType.Byte or TiffType.Undefined => at[0],
            TiffType.Short => Header.UInt16(at),
            TiffType.Long or TiffType.Ifd => Header.UInt32(at),
            TiffType.Long8 or TiffType.Ifd8 => (long)Math.Min(Header.UInt64(at), long.MaxValue),
            TiffType.SByte => (sbyte)at[0],
            TiffType.SShort => (short)Header.UInt16(at),
            TiffType.SLong => (int)Header.UInt32(at),
            TiffType.SLong8 => (long)Header.UInt64(at),
            _ => -1,
        };
        return signed >= 0
            ? (ulong)signed
            : throw Problem(FileProblem.Corrupt, $"value {index} is no whole number of 0 or more (type {(int)Type}).");
    }

    /// <summary>A value as a number, or <c>null</c> where there is none, or none that is finite.</summary>
    public double? NumberAt(int index)
    {
        if (index >= Available)
        {
            return null;
        }

        ReadOnlySpan<byte> at = At(index);
        double value = Type switch
        {
            TiffType.Byte or TiffType.Undefined => at[0],
            TiffType.Short => Header.UInt16(at),
            TiffType.Long or TiffType.Ifd => Header.UInt32(at),
            TiffType.Long8 or TiffType.Ifd8 => Header.UInt64(at),
            TiffType.SByte => (sbyte)at[0],
            TiffType.SShort => (short)Header.UInt16(at),
            TiffType.SLong => (int)Header.UInt32(at),
            TiffType.SLong8 => (long)Header.UInt64(at),
            TiffType.Rational => (double)Header.UInt32(at) / Header.UInt32(at[4..]),
            TiffType.SRational => (double)(int)Header.UInt32(at) / (int)Header.UInt32(at[4..]),
            TiffType.Float => BitConverter.UInt32BitsToSingle(Header.UInt32(at)),
            TiffType.Double => BitConverter.UInt64BitsToDouble(Header.UInt64(at)),
            _ => double.NaN,
        };
        return double.IsFinite(value) ? value : null;
    }

    /// <summary>The value as text up to its first NUL: UTF-8 where it is valid, else Latin-1, as instruments write µ and Å.</summary>
    public string Text() => Bytes is { } bytes ? TextOf(bytes.Span) : string.Empty;

    /// <summary>Whether another entry has the same values in the same type.</summary>
    public bool SaysTheSame(TiffEntry other) =>
        Type == other.Type && Count == other.Count && Bytes is { } own && other.Bytes is { } others && own.Span.SequenceEqual(others.Span);

    /// <summary>The values as text for the list of raw tags; long ones shortened with their length stated.</summary>
    public string Shown()
    {
        if (Bytes is not { } bytes)
        {
            return $"(type {(int)Type}, {Count} values at byte {Offset}: not readable)";
        }

        if (Type == TiffType.Ascii)
        {
            int cut = Math.Min(bytes.Length, LongestShown);
            while (cut < bytes.Length && cut > 0 && (bytes.Span[cut] & 0xC0) == 0x80)
            {
                // Not within a character of UTF-8.
                cut--;
            }

            string text = TextOf(bytes.Span[..cut]).Trim();
            return cut == bytes.Length ? text : string.Create(CultureInfo.InvariantCulture, $"{text}… ({bytes.Length} bytes)");
        }

        StringBuilder shown = new();
        int length = Available;
        for (int i = 0; i < length; i++)
        {
            if (shown.Length > 100)
            {
                return shown.Append(CultureInfo.InvariantCulture, $" … ({length} values)").ToString();
            }

            shown.Append(i == 0 ? "" : " ").Append(ShownAt(i));
        }

        return shown.ToString();
    }

    /// <summary>A problem with this tag, to be thrown.</summary>
    public MicroscopeFileException Problem(FileProblem problem, string detail) => new(problem, TiffHeader.Format, (long)Math.Min(Offset, long.MaxValue), $"tag {Name}: {detail}");

    /// <summary>Text up to the first NUL: UTF-8 where it is valid, else Latin-1.</summary>
    public static string TextOf(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        ReadOnlySpan<byte> text = end < 0 ? bytes : bytes[..end];
        return System.Text.Unicode.Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : Encoding.Latin1.GetString(text);
    }

    private static int SizeOf(TiffType type) => type switch
    {
        TiffType.Byte or TiffType.Ascii or TiffType.SByte or TiffType.Undefined => 1,
        TiffType.Short or TiffType.SShort => 2,
        TiffType.Long or TiffType.SLong or TiffType.Float or TiffType.Ifd => 4,
        TiffType.Rational or TiffType.SRational or TiffType.Double or TiffType.Long8 or TiffType.SLong8 or TiffType.Ifd8 => 8,
        _ => 0,
    };

    private string ShownAt(int index)
    {
        if (Type is TiffType.Rational or TiffType.SRational)
        {
            ReadOnlySpan<byte> at = At(index);
            (uint numerator, uint denominator) = (Header.UInt32(at), Header.UInt32(at[4..]));
            return Type == TiffType.Rational
                ? string.Create(CultureInfo.InvariantCulture, $"{numerator}/{denominator}")
                : string.Create(CultureInfo.InvariantCulture, $"{(int)numerator}/{(int)denominator}");
        }

        return NumberAt(index)?.ToString("R", CultureInfo.InvariantCulture) ?? "not finite";
    }

    private ReadOnlySpan<byte> At(int index)
    {
        if (Bytes is not { } bytes)
        {
            throw SizeOf(Type) == 0
                ? Problem(FileProblem.Corrupt, $"unknown type {(int)Type}.")
                : Problem(FileProblem.Truncated, $"its {Count} values should stand at byte {Offset}, outside the file.");
        }

        int size = SizeOf(Type);
        return (uint)index < (uint)(bytes.Length / size)
            ? bytes.Span.Slice(index * size, size)
            : throw Problem(FileProblem.Corrupt, $"has {bytes.Length / size} values; value {index} is needed.");
    }
}
