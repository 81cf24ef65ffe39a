using System.IO.Compression;
using System.Runtime.InteropServices;
using ImageAnalysis.Formats.Png;

namespace ImageAnalysis.Formats.Zip;

/// <summary>The table of contents of a ZIP archive, from which single entries are unpacked within bounds.</summary>
/// <param name="Format">Name of the format that the archive carries, for messages.</param>
/// <param name="Archive">The whole archive.</param>
/// <param name="Entries">Its entries in the order of the central directory, folders left out.</param>
internal sealed record ZipDirectory(string Format, ReadOnlyMemory<byte> Archive, IReadOnlyList<ZipEntry> Entries)
{
    /// <summary>Largest entry that is unpacked: 64 MB, a hundred times what a pattern with its description takes.</summary>
    private const int LargestEntryBytes = 64 << 20;

    private const int EndRecordBytes = 22;
    private const int LongestComment = ushort.MaxValue;

    private static ReadOnlySpan<byte> LocalSignature => "PK\x3\x4"u8;

    private static ReadOnlySpan<byte> EndSignature => "PK\x5\x6"u8;

    /// <summary>Whether content starts as a ZIP archive does.</summary>
    public static bool IsZip(ReadOnlySpan<byte> bytes) => bytes.StartsWith(LocalSignature);

    /// <summary>Reads the central directory.</summary>
    public static ZipDirectory Decode(ReadOnlyMemory<byte> archive, string format)
    {
        ByteCursor cursor = new(archive, format, littleEndian: true);
        cursor.Seek((ulong)EndRecord(archive.Span, cursor), "the end of the central directory");
        cursor.Skip(4, "the signature of the end record");
        uint disks = cursor.ReadUInt32("the disk numbers");
        cursor.Skip(2, "the number of entries on this disk");
        ushort count = cursor.ReadUInt16("the number of entries");
        cursor.Skip(4, "the size of the central directory");
        uint offset = cursor.ReadUInt32("the offset of the central directory");
        if (disks != 0 || count == ushort.MaxValue || offset == uint.MaxValue)
        {
            throw cursor.Problem(FileProblem.NotSupported, "the archive is spread over several files or larger than 4 GB (ZIP64); neither is read.");
        }

        cursor.Seek(offset, "the central directory");
        List<ZipEntry> entries = [];
        for (int i = 0; i < count; i++)
        {
            ZipEntry entry = ZipEntry.Decode(cursor);
            if (!entry.Name.EndsWith('/'))
            {
                entries.Add(entry);
            }
        }

        return new ZipDirectory(format, archive, entries);
    }

    /// <summary>The first entry whose name fulfils a condition, or <c>null</c>.</summary>
    public ZipEntry? Find(Func<string, bool> isWanted) => Entries.FirstOrDefault(entry => isWanted(entry.Name));

    /// <summary>Unpacks an entry and holds it against its size and checksum.</summary>
    public ReadOnlyMemory<byte> Unpack(ZipEntry entry)
    {
        ByteCursor cursor = new(Archive, Format, littleEndian: true) { Place = entry.Name };
        cursor.Seek(entry.HeaderOffset, "a local header");
        long at = cursor.Position;
        if (!cursor.ReadBytes(4, "a local header").Span.SequenceEqual(LocalSignature))
        {
            throw cursor.Problem(FileProblem.Corrupt, at, "no local header stands where the central directory says.");
        }

        cursor.Skip(22, "a local header");
        ushort nameBytes = cursor.ReadUInt16("the length of a name");
        ushort extraBytes = cursor.ReadUInt16("the length of an extra field");
        cursor.Skip((ulong)nameBytes + extraBytes, "a name and its extra field");
        at = cursor.Position;
        ReadOnlyMemory<byte> packed = cursor.ReadBytes(entry.PackedBytes, "the packed content");
        if ((entry.Flags & 1) != 0 || entry.Method is not (0 or 8))
        {
            string found = (entry.Flags & 1) != 0 ? "encrypted" : $"packed with method {entry.Method}";
            throw cursor.Problem(FileProblem.NotSupported, at, $"the content is {found}; expected stored (0) or Deflate (8), unencrypted.");
        }

        if (entry.UnpackedBytes > LargestEntryBytes)
        {
            throw cursor.Problem(FileProblem.NotSupported, at, $"the content takes {entry.UnpackedBytes} bytes unpacked; at most {LargestEntryBytes} are read.");
        }

        ReadOnlyMemory<byte> content = entry.Method == 0 ? packed : Inflate(packed, entry, cursor, at);
        if (content.Length != entry.UnpackedBytes)
        {
            throw cursor.Problem(FileProblem.Corrupt, at, $"the content has {content.Length} bytes unpacked; the central directory says {entry.UnpackedBytes}.");
        }

        uint crc = Crc32.Of(content.Span);
        return crc == entry.Crc
            ? content
            : throw cursor.Problem(FileProblem.Corrupt, at, $"the content's checksum is 0x{crc:X8}; expected 0x{entry.Crc:X8}.");
    }

    /// <summary>Unpacks no more than the stated size and one byte; memory grows with what really comes out, not with what is claimed.</summary>
    private static ReadOnlyMemory<byte> Inflate(ReadOnlyMemory<byte> packed, ZipEntry entry, ByteCursor cursor, long at)
    {
        ArraySegment<byte> source = MemoryMarshal.TryGetArray(packed, out ArraySegment<byte> segment) ? segment : new ArraySegment<byte>(packed.ToArray());
        using MemoryStream stream = new(source.Array!, source.Offset, source.Count, writable: false);
        using DeflateStream deflate = new(stream, CompressionMode.Decompress);
        byte[] content = new byte[Math.Min((long)entry.UnpackedBytes + 1, 16384)];
        int filled = 0;
        try
        {
            while (true)
            {
                int read = deflate.Read(content, filled, content.Length - filled);
                filled += read;
                if (read == 0 || filled > entry.UnpackedBytes)
                {
                    return content.AsMemory(0, filled);
                }

                if (filled == content.Length)
                {
                    Array.Resize(ref content, (int)Math.Min((long)entry.UnpackedBytes + 1, 2L * content.Length));
                }
            }
        }
        catch (InvalidDataException problem)
        {
            throw cursor.Problem(FileProblem.Corrupt, at, $"the packed content cannot be unpacked ({problem.Message}).");
        }
    }

    /// <summary>Offset of the end record: the last place where its signature stands and its comment fills the rest of the file.</summary>
    private static int EndRecord(ReadOnlySpan<byte> archive, ByteCursor cursor)
    {
        int first = Math.Max(0, archive.Length - EndRecordBytes - LongestComment);
        for (int at = archive.Length - EndRecordBytes; at >= first; at--)
        {
            if (archive[at..].StartsWith(EndSignature) && archive[at + 20] + (256 * archive[at + 21]) == archive.Length - at - EndRecordBytes)
            {
                return at;
            }
        }

        throw cursor.Problem(FileProblem.Truncated, archive.Length, "the archive has no end record; a copy that was cut short has none.");
    }
}
