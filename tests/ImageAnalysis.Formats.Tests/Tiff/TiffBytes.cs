using System.Buffers.Binary;
using System.Text;

namespace ImageAnalysis.Formats.Tests.Tiff;

/// <summary>Writes a TIFF field by field from the specification, in both byte orders and both offset sizes: header, then for each page its directory, values and pixels.</summary>
internal sealed class TiffBytes(bool littleEndian = true, bool big = false)
{
    public const ushort Byte = 1;
    public const ushort Ascii = 2;
    public const ushort Short = 3;
    public const ushort Long = 4;
    public const ushort Rational = 5;
    public const ushort Undefined = 7;
    public const ushort Double = 12;

    private readonly List<TiffBytesPage> _pages = [];
    private readonly List<byte[]> _tail = [];

    public bool LittleEndian => littleEndian;

    /// <summary>Adds a page whose strips (or tiles) are the given bytes.</summary>
    public TiffBytesPage Page(params byte[][] segments)
    {
        TiffBytesPage page = new(this, segments);
        _pages.Add(page);
        return page;
    }

    /// <summary>Bytes behind everything else.</summary>
    public TiffBytes Tail(byte[] bytes)
    {
        _tail.Add(bytes);
        return this;
    }

    /// <summary>The file, and the offset of the tail in it.</summary>
    public byte[] ToArray(out int tailOffset)
    {
        int entryBytes = big ? 20 : 12;
        int inline = big ? 8 : 4;
        int headerBytes = big ? 16 : 8;
        int position = headerBytes;
        List<int> directoryAt = [];
        foreach (TiffBytesPage page in _pages)
        {
            directoryAt.Add(position);
            position += (big ? 16 : 6) + (entryBytes * page.Fields.Count);
            position += page.Fields.Sum(f => f.Bytes.Length > inline ? f.Bytes.Length : 0);
            ulong[] offsets = new ulong[page.Segments.Length];
            for (int i = 0; i < offsets.Length; i++)
            {
                offsets[i] = (ulong)position;
                position += page.Segments[i].Length;
            }

            page.SetOffsets(offsets);
        }

        tailOffset = position;
        MemoryStream file = new();
        file.Write(littleEndian ? "II"u8 : "MM"u8);
        file.Write(Number(big ? 43u : 42u, 2));
        if (big)
        {
            file.Write(Number(8, 2));
            file.Write(Number(0, 2));
        }

        file.Write(Number((ulong)headerBytes, inline));
        for (int i = 0; i < _pages.Count; i++)
        {
            TiffBytesPage page = _pages[i];
            int valuesAt = directoryAt[i] + (big ? 16 : 6) + (entryBytes * page.Fields.Count);
            file.Write(Number((ulong)page.Fields.Count, big ? 8 : 2));
            foreach (TiffBytesField field in page.Fields)
            {
                file.Write(Number(field.Tag, 2));
                file.Write(Number(field.Type, 2));
                file.Write(Number((ulong)field.Count, inline));
                if (field.Bytes.Length <= inline)
                {
                    file.Write(field.Bytes);
                    file.Write(new byte[inline - field.Bytes.Length]);
                }
                else
                {
                    file.Write(Number((ulong)valuesAt, inline));
                    valuesAt += field.Bytes.Length;
                }
            }

            file.Write(Number(i + 1 < _pages.Count ? (ulong)directoryAt[i + 1] : 0, inline));
            foreach (TiffBytesField field in page.Fields.Where(f => f.Bytes.Length > inline))
            {
                file.Write(field.Bytes);
            }

            foreach (byte[] segment in page.Segments)
            {
                file.Write(segment);
            }
        }

        _tail.ForEach(bytes => file.Write(bytes));
        return file.ToArray();
    }

    public byte[] ToArray() => ToArray(out _);

    public byte[] Number(ulong value, int size)
    {
        byte[] bytes = new byte[8];
        if (littleEndian)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
            return bytes[..size];
        }

        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes[(8 - size)..];
    }
}

internal sealed record TiffBytesField(ushort Tag, ushort Type, long Count, byte[] Bytes);

/// <summary>One page; fields stay in the order in which they are set.</summary>
internal sealed class TiffBytesPage(TiffBytes file, byte[][] segments)
{
    private bool _tiled;

    public List<TiffBytesField> Fields { get; } = [];

    public byte[][] Segments { get; } = segments;

    /// <summary>The tags that every page needs, for strips.</summary>
    public TiffBytesPage Strips(int width, int height, int bits, int rowsPerStrip, int compression = 1, int photometric = 1, int samples = 1)
    {
        Common(width, height, bits, compression, photometric, samples);
        return Set(273, TiffBytes.Long, new ulong[Segments.Length]).Set(278, TiffBytes.Long, (ulong)rowsPerStrip)
            .Set(279, TiffBytes.Long, [.. Segments.Select(s => (ulong)s.Length)]);
    }

    /// <summary>The tags that every page needs, for tiles.</summary>
    public TiffBytesPage Tiles(int width, int height, int bits, int tileWidth, int tileHeight, int compression = 1, int photometric = 1, int samples = 1)
    {
        _tiled = true;
        Common(width, height, bits, compression, photometric, samples);
        return Set(322, TiffBytes.Long, (ulong)tileWidth).Set(323, TiffBytes.Long, (ulong)tileHeight)
            .Set(324, TiffBytes.Long, new ulong[Segments.Length]).Set(325, TiffBytes.Long, [.. Segments.Select(s => (ulong)s.Length)]);
    }

    public TiffBytesPage Set(ushort tag, ushort type, params ulong[] values)
    {
        int size = type switch { TiffBytes.Short => 2, TiffBytes.Long => 4, TiffBytes.Rational => 4, TiffBytes.Double => 8, _ => 1 };
        long count = type == TiffBytes.Rational ? values.Length / 2 : values.Length;
        return Set(new TiffBytesField(tag, type, count, [.. values.SelectMany(value => file.Number(value, size))]));
    }

    public TiffBytesPage Text(ushort tag, string text) => Bytes(tag, TiffBytes.Ascii, Encoding.Latin1.GetBytes(text + "\0"));

    public TiffBytesPage Number(ushort tag, double value) => Set(tag, TiffBytes.Double, BitConverter.DoubleToUInt64Bits(value));

    public TiffBytesPage Bytes(ushort tag, ushort type, byte[] bytes) => Set(new TiffBytesField(tag, type, bytes.Length, bytes));

    public TiffBytesPage Resolution(uint xNumerator, uint xDenominator, uint yNumerator, uint yDenominator, ulong unit) =>
        Set(282, TiffBytes.Rational, xNumerator, xDenominator).Set(283, TiffBytes.Rational, yNumerator, yDenominator).Set(296, TiffBytes.Short, unit);

    public TiffBytesPage Without(ushort tag)
    {
        Fields.RemoveAll(f => f.Tag == tag);
        return this;
    }

    public TiffBytesPage Set(TiffBytesField field)
    {
        int at = Fields.FindIndex(f => f.Tag == field.Tag);
        if (at >= 0)
        {
            Fields[at] = field;
        }
        else
        {
            Fields.Add(field);
        }

        return this;
    }

    public void SetOffsets(ulong[] offsets)
    {
        if (Fields.Exists(f => f.Tag == (_tiled ? 324 : 273)))
        {
            Set(_tiled ? (ushort)324 : (ushort)273, TiffBytes.Long, offsets);
        }
    }

    private void Common(int width, int height, int bits, int compression, int photometric, int samples)
    {
        Set(256, TiffBytes.Long, (ulong)width).Set(257, TiffBytes.Long, (ulong)height);
        Set(258, TiffBytes.Short, [.. Enumerable.Repeat((ulong)bits, samples)]);
        Set(259, TiffBytes.Short, (ulong)compression).Set(262, TiffBytes.Short, (ulong)photometric).Set(277, TiffBytes.Short, (ulong)samples);
    }
}
