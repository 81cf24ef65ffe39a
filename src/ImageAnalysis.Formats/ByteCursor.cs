using System.Buffers.Binary;

namespace ImageAnalysis.Formats;

/// <summary>
/// Reads numbers one after another from the bytes of a file. Nothing is read, and no length is believed, before it has been checked
/// against the bytes that remain; whatever does not fit throws <see cref="MicroscopeFileException"/> with the offset.
/// </summary>
internal sealed class ByteCursor
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly string _format;

    /// <summary>Starts at byte 0 of a file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="format">Name of the format, for error messages.</param>
    /// <param name="littleEndian">Byte order of the first numbers; see <see cref="LittleEndian"/>.</param>
    public ByteCursor(ReadOnlyMemory<byte> bytes, string format, bool littleEndian)
    {
        _bytes = bytes;
        _format = format;
        LittleEndian = littleEndian;
    }

    /// <summary>Byte order of the numbers that follow; may change on the way.</summary>
    public bool LittleEndian { get; set; }

    /// <summary>Offset in the file of the next byte to be read.</summary>
    public long Position { get; private set; }

    /// <summary>Name of the part of the file that is being read, for messages; empty where the format has no names.</summary>
    public string Place { get; set; } = string.Empty;

    /// <summary>Number of bytes of the file.</summary>
    public long Length => _bytes.Length;

    /// <summary>Number of bytes from <see cref="Position"/> to the end.</summary>
    public long Remaining => _bytes.Length - Position;

    /// <summary>Goes to an offset counted from the start of the file; the end itself is allowed.</summary>
    /// <param name="offset">The offset as the file gives it.</param>
    /// <param name="what">What is expected there, for the message.</param>
    public void Seek(ulong offset, string what)
    {
        if (offset > (ulong)_bytes.Length)
        {
            throw Problem(FileProblem.Truncated, $"{what} should stand at byte {offset}; the file has {_bytes.Length} bytes.");
        }

        Position = (long)offset;
    }

    /// <summary>Passes over bytes.</summary>
    /// <param name="count">Number of bytes.</param>
    /// <param name="what">What they are, for the message.</param>
    public void Skip(ulong count, string what) => Position += CheckedCount(count, 1, what);

    /// <summary>Checks that a number of items fits into the bytes that remain. Call it before allocating anything for them.</summary>
    /// <param name="count">Number of items as the file gives it.</param>
    /// <param name="bytesEach">Least number of bytes that one item takes; 1 or more.</param>
    /// <param name="what">What the items are, for the message.</param>
    /// <returns>The number of items.</returns>
    public int CheckedCount(ulong count, int bytesEach, string what)
    {
        if (count > (ulong)Remaining / (ulong)bytesEach)
        {
            string size = bytesEach == 1 ? $"{count} bytes" : $"{count} items of {bytesEach} bytes";
            throw Problem(FileProblem.Truncated, $"{what} takes {size}; {Remaining} bytes remain.");
        }

        return (int)count;
    }

    /// <summary>A view of the next bytes; nothing is copied.</summary>
    /// <param name="count">Number of bytes as the file gives it.</param>
    /// <param name="what">What they are, for the message.</param>
    /// <returns>The bytes.</returns>
    public ReadOnlyMemory<byte> ReadBytes(ulong count, string what)
    {
        int checkedCount = CheckedCount(count, 1, what);
        ReadOnlyMemory<byte> taken = _bytes.Slice((int)Position, checkedCount);
        Position += checkedCount;
        return taken;
    }

    public byte ReadUInt8(string what) => Take(1, what)[0];

    public sbyte ReadInt8(string what) => (sbyte)Take(1, what)[0];

    public ushort ReadUInt16(string what)
    {
        ReadOnlySpan<byte> taken = Take(2, what);
        return LittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(taken) : BinaryPrimitives.ReadUInt16BigEndian(taken);
    }

    public short ReadInt16(string what) => (short)ReadUInt16(what);

    public uint ReadUInt32(string what)
    {
        ReadOnlySpan<byte> taken = Take(4, what);
        return LittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(taken) : BinaryPrimitives.ReadUInt32BigEndian(taken);
    }

    public int ReadInt32(string what) => (int)ReadUInt32(what);

    public ulong ReadUInt64(string what)
    {
        ReadOnlySpan<byte> taken = Take(8, what);
        return LittleEndian ? BinaryPrimitives.ReadUInt64LittleEndian(taken) : BinaryPrimitives.ReadUInt64BigEndian(taken);
    }

    public long ReadInt64(string what) => (long)ReadUInt64(what);

    public float ReadFloat32(string what) => BitConverter.UInt32BitsToSingle(ReadUInt32(what));

    public double ReadFloat64(string what) => BitConverter.UInt64BitsToDouble(ReadUInt64(what));

    /// <summary>A problem met at the current position, to be thrown.</summary>
    /// <param name="problem">The kind of problem.</param>
    /// <param name="detail">What was found and what was expected.</param>
    /// <returns>The exception.</returns>
    public MicroscopeFileException Problem(FileProblem problem, string detail) => Problem(problem, Position, detail);

    /// <summary>A problem met at a given offset, to be thrown.</summary>
    /// <param name="problem">The kind of problem.</param>
    /// <param name="offset">Offset in the file.</param>
    /// <param name="detail">What was found and what was expected.</param>
    /// <returns>The exception.</returns>
    public MicroscopeFileException Problem(FileProblem problem, long offset, string detail)
    {
        const int longestShown = 60;
        if (Place.Length == 0)
        {
            return new MicroscopeFileException(problem, _format, offset, detail);
        }

        // A spoilt file names its parts with anything.
        string shown = Place.Length > longestShown ? Place[..longestShown] + "…" : Place;
        shown = string.Concat(shown.Select(character => char.IsControl(character) ? '?' : character));
        return new MicroscopeFileException(problem, _format, offset, $"in or after '{shown}': {detail}");
    }

    private ReadOnlySpan<byte> Take(int count, string what)
    {
        if (Remaining < count)
        {
            throw Problem(FileProblem.Truncated, $"{what} takes {count} bytes; {Remaining} remain.");
        }

        ReadOnlySpan<byte> taken = _bytes.Span.Slice((int)Position, count);
        Position += count;
        return taken;
    }
}
