namespace ImageAnalysis.Formats.Dm;

/// <summary>The first 12 (DM3) or 16 (DM4) bytes of a file.</summary>
/// <param name="Version">3 or 4.</param>
/// <param name="RootBytes">Size of the root group in bytes, as written; programs disagree on what it counts, so nothing rests on it.</param>
/// <param name="LittleEndian">Byte order of the values of tags. Lengths and types of the tag tree are big-endian always.</param>
internal sealed record DmHeader(int Version, ulong RootBytes, bool LittleEndian)
{
    public static DmHeader Decode(ByteCursor cursor)
    {
        uint version = cursor.ReadUInt32("the version");
        if (version is not (3 or 4))
        {
            throw cursor.Problem(FileProblem.NotSupported, 0, $"version {version} is not read; expected 3 or 4.");
        }

        ulong rootBytes = version == 4 ? cursor.ReadUInt64("the size of the root group") : cursor.ReadUInt32("the size of the root group");
        long at = cursor.Position;
        uint order = cursor.ReadUInt32("the byte order");
        if (order > 1)
        {
            throw cursor.Problem(FileProblem.Corrupt, at, $"the byte order is {order}; expected 0 (big-endian) or 1 (little-endian).");
        }

        return new DmHeader((int)version, rootBytes, order == 1);
    }
}
