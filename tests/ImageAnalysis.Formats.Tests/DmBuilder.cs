using System.Buffers.Binary;
using System.Text;

namespace ImageAnalysis.Tests;

/// <summary>
/// Builds DM3 and DM4 files field by field from the published descriptions of the format, without a line of the reader. A part is a
/// function that writes one tag; <see cref="File"/> puts the header before and the end mark behind.
/// </summary>
internal sealed class DmBuilder(int version, bool littleEndian)
{
    public delegate void Part(List<byte> to);

    public int Version { get; } = version;

    public bool LittleEndian { get; } = littleEndian;

    public byte[] File(params Part[] parts)
    {
        List<byte> root = [];
        WriteGroup(root, parts);
        List<byte> file = [0, 0, 0, (byte)Version];
        Word(file, (ulong)root.Count + 4);
        file.AddRange([0, 0, 0, (byte)(LittleEndian ? 1 : 0)]);
        file.AddRange(root);
        file.AddRange(new byte[8]);
        return [.. file];
    }

    /// <summary>A named group; an empty name for a member of a list.</summary>
    public Part Group(string name, params Part[] parts) => to =>
    {
        List<byte> body = [];
        WriteGroup(body, parts);
        Tag(to, 20, name, body);
    };

    /// <summary>A value of any type: its type words and its bytes, as they are to stand in the file.</summary>
    public Part Value(string name, ulong[] typeWords, byte[] bytes) => to =>
    {
        List<byte> body = [.. "%%%%"u8];
        Word(body, (ulong)typeWords.Length);
        foreach (ulong word in typeWords)
        {
            Word(body, word);
        }

        body.AddRange(bytes);
        Tag(to, 21, name, body);
    };

    public Part Int32(string name, int value) => Value(name, [3], Ordered(BitConverter.GetBytes(value)));

    public Part UInt32(string name, uint value) => Value(name, [5], Ordered(BitConverter.GetBytes(value)));

    public Part Float32(string name, float value) => Value(name, [6], Ordered(BitConverter.GetBytes(value)));

    public Part Float64(string name, double value) => Value(name, [7], Ordered(BitConverter.GetBytes(value)));

    public Part Bool(string name, bool value) => Value(name, [8], [(byte)(value ? 1 : 0)]);

    /// <summary>A text: an array (20) of 16-bit units (4).</summary>
    public Part Text(string name, string text) =>
        Value(name, [20, 4, (ulong)text.Length], (LittleEndian ? Encoding.Unicode : Encoding.BigEndianUnicode).GetBytes(text));

    /// <summary>An array of numbers of <paramref name="size"/> bytes, given in little-endian order.</summary>
    public Part Numbers(string name, ulong code, int size, byte[] littleEndianBytes) =>
        Value(name, [20, code, (ulong)(littleEndianBytes.Length / size)], Ordered(littleEndianBytes, size));

    /// <summary>An array of structures of two numbers, as complex pixels are stored.</summary>
    public Part Pairs(string name, ulong code, int size, byte[] littleEndianBytes) =>
        Value(name, [20, 15, 0, 2, 0, code, 0, code, (ulong)(littleEndianBytes.Length / (2 * size))], Ordered(littleEndianBytes, size));

    public Part Axis(double scale, string unit) => Group(string.Empty, Float32("Origin", 0), Float64("Scale", scale), Text("Units", unit));

    /// <summary>A member of ImageList.</summary>
    public Part Image(uint dataType, uint[] dimensions, Part data, Part[]? axes = null, Part[]? tags = null) => Group(
        string.Empty,
        Group(
            "ImageData",
            Group("Calibrations", Group("Brightness", Float32("Scale", 1)), Group("Dimension", axes ?? [])),
            data,
            UInt32("DataType", dataType),
            Group("Dimensions", [.. dimensions.Select(size => UInt32(string.Empty, size))])),
        Group("ImageTags", tags ?? []));

    /// <summary>A member of ImageList of 16-bit unsigned pixels.</summary>
    public Part Image(ushort[] pixels, uint[] dimensions, Part[]? axes = null, Part[]? tags = null) =>
        Image(10, dimensions, Numbers("Data", 4, 2, [.. pixels.SelectMany(BitConverter.GetBytes)]), axes, tags);

    /// <summary>Numbers of <paramref name="size"/> bytes (0: all bytes are one) from little-endian to the file's order.</summary>
    public byte[] Ordered(byte[] littleEndianBytes, int size = 0)
    {
        byte[] ordered = (byte[])littleEndianBytes.Clone();
        int step = size == 0 ? ordered.Length : size;
        for (int at = 0; !LittleEndian && at < ordered.Length; at += step)
        {
            ordered.AsSpan(at, step).Reverse();
        }

        return ordered;
    }

    private void WriteGroup(List<byte> to, Part[] parts)
    {
        to.AddRange([1, 0]);
        Word(to, (ulong)parts.Length);
        foreach (Part part in parts)
        {
            part(to);
        }
    }

    private void Tag(List<byte> to, byte mark, string name, List<byte> body)
    {
        byte[] nameBytes = Encoding.Latin1.GetBytes(name);
        to.Add(mark);
        to.AddRange([(byte)(nameBytes.Length >> 8), (byte)nameBytes.Length]);
        to.AddRange(nameBytes);
        if (Version == 4)
        {
            Word(to, (ulong)body.Count);
        }

        to.AddRange(body);
    }

    /// <summary>Lengths and types are big-endian, 32-bit in DM3 and 64-bit in DM4.</summary>
    private void Word(List<byte> to, ulong value)
    {
        byte[] word = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(word, value);
        to.AddRange(Version == 4 ? word : word[4..]);
    }
}
