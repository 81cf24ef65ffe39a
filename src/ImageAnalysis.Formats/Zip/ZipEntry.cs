namespace ImageAnalysis.Formats.Zip;

/// <summary>One row of an archive's central directory.</summary>
/// <param name="Name">Path within the archive, with <c>/</c>.</param>
/// <param name="Flags">General purpose flags; bit 0 says that the content is encrypted.</param>
/// <param name="Method">0 stored, 8 Deflate.</param>
/// <param name="Crc">Checksum of the unpacked content.</param>
/// <param name="PackedBytes">Size in the archive.</param>
/// <param name="UnpackedBytes">Size of the content.</param>
/// <param name="HeaderOffset">Offset of the local header in the archive.</param>
internal sealed record ZipEntry(string Name, ushort Flags, ushort Method, uint Crc, uint PackedBytes, uint UnpackedBytes, uint HeaderOffset)
{
    /// <summary>Signature of a row.</summary>
    private const uint Signature = 0x02014B50;

    public static ZipEntry Decode(ByteCursor cursor)
    {
        long at = cursor.Position;
        uint signature = cursor.ReadUInt32("an entry of the central directory");
        if (signature != Signature)
        {
            throw cursor.Problem(FileProblem.Corrupt, at, $"an entry of the central directory starts with 0x{signature:X8}; expected 0x{Signature:X8}.");
        }

        cursor.Skip(4, "the versions of an entry");
        ushort flags = cursor.ReadUInt16("the flags of an entry");
        ushort method = cursor.ReadUInt16("the method of an entry");
        cursor.Skip(4, "the time of an entry");
        uint crc = cursor.ReadUInt32("the checksum of an entry");
        uint packed = cursor.ReadUInt32("the size of an entry");
        uint unpacked = cursor.ReadUInt32("the unpacked size of an entry");
        ushort nameBytes = cursor.ReadUInt16("the length of a name");
        ushort extraBytes = cursor.ReadUInt16("the length of an extra field");
        ushort commentBytes = cursor.ReadUInt16("the length of a comment");
        cursor.Skip(8, "the attributes of an entry");
        uint header = cursor.ReadUInt32("the offset of a local header");
        string name = System.Text.Encoding.UTF8.GetString(cursor.ReadBytes(nameBytes, "a name").Span);
        cursor.Skip((ulong)extraBytes + commentBytes, "the extra field and comment of an entry");
        return new ZipEntry(name.Replace('\\', '/'), flags, method, crc, packed, unpacked, header);
    }
}
