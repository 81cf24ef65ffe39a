namespace ImageAnalysis.Formats.Tiff;

/// <summary>One directory (IFD): the tags of one page.</summary>
/// <param name="Offset">Offset in the file.</param>
/// <param name="Entries">The tags, in the file's order; of repeated tags the first.</param>
/// <param name="Next">Offset of the next directory; 0 after the last.</param>
internal sealed record TiffDirectory(long Offset, IReadOnlyList<TiffEntry> Entries, ulong Next)
{
    private const int MostEntries = 1024;

    /// <summary>Reads all directories: the chain from the header, and those that SubIFDs of a page point to, behind their page.</summary>
    /// <exception cref="MicroscopeFileException">The chain loops, leaves the file or holds no directory.</exception>
    public static IReadOnlyList<TiffDirectory> DecodeAll(ReadOnlyMemory<byte> file, TiffHeader header)
    {
        List<TiffDirectory> all = [];
        HashSet<ulong> seen = [];
        long bytes = 0;
        ulong next = header.FirstDirectory;
        if (next == 0)
        {
            throw new MicroscopeFileException(FileProblem.Corrupt, TiffHeader.Format, 4, "the file has no directory, so no image.");
        }

        while (next != 0)
        {
            TiffDirectory directory = DecodeOnce(next);
            next = directory.Next;
            if (directory.Find(TiffTag.SubIfds) is { } children)
            {
                for (int i = 0; i < children.Available; i++)
                {
                    if (children.WholeAt(i) is var child and not 0)
                    {
                        DecodeOnce(child);
                    }
                }
            }
        }

        return all;

        TiffDirectory DecodeOnce(ulong offset)
        {
            if (!seen.Add(offset))
            {
                throw new MicroscopeFileException(FileProblem.Corrupt, TiffHeader.Format, (long)Math.Min(offset, long.MaxValue), "the chain of directories loops.");
            }

            TiffDirectory directory = Decode(file, header, offset);
            // Honest directories do not overlap: their bytes together fit into the file. This bounds time and memory for hostile chains.
            bytes += directory.Entries.Count * (header.Big ? 20L : 12L);
            if (bytes > file.Length)
            {
                throw new MicroscopeFileException(FileProblem.Corrupt, TiffHeader.Format, (long)offset, "the directories overlap one another.");
            }

            all.Add(directory);
            return directory;
        }
    }

    /// <summary>The tag, or <c>null</c>.</summary>
    public TiffEntry? Find(ushort tag)
    {
        foreach (TiffEntry entry in Entries)
        {
            if (entry.Tag == tag)
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>The tag's first value, or a default where the tag is missing.</summary>
    public ulong Whole(ushort tag, ulong missing) => Find(tag) is { Count: > 0 } entry ? entry.WholeAt(0) : missing;

    /// <summary>The tag's text, or <c>null</c> where the tag is missing or empty.</summary>
    public string? Text(ushort tag) => Find(tag)?.Text().Trim() is { Length: > 0 } text ? text : null;

    /// <summary>The tag, which must be there.</summary>
    public TiffEntry Required(ushort tag) => Find(tag) is { Count: > 0 } entry
        ? entry
        : throw new MicroscopeFileException(FileProblem.Corrupt, TiffHeader.Format, Offset, $"the directory has no tag {TiffTag.NameOf(tag)}.");

    private static TiffDirectory Decode(ReadOnlyMemory<byte> file, TiffHeader header, ulong offset)
    {
        ByteCursor cursor = new(file, TiffHeader.Format, header.LittleEndian);
        cursor.Seek(offset, "directory");
        ulong count = header.Big ? cursor.ReadUInt64("number of tags") : cursor.ReadUInt16("number of tags");
        if (count is 0 or > MostEntries)
        {
            throw cursor.Problem(FileProblem.Corrupt, (long)offset, $"a directory of {count} tags; expected 1…{MostEntries}.");
        }

        int entries = cursor.CheckedCount(count, header.Big ? 20 : 12, "tags of a directory");
        List<TiffEntry> decoded = new(entries);
        int largest = -1;
        for (int i = 0; i < entries; i++)
        {
            // Tags ascend; where they do not, one may be there already.
            TiffEntry entry = TiffEntry.Decode(cursor, header, file);
            if (entry.Tag > largest || !decoded.Exists(before => before.Tag == entry.Tag))
            {
                decoded.Add(entry);
            }

            largest = Math.Max(largest, entry.Tag);
        }

        // Some writers leave out the offset behind the last directory of a file.
        bool cut = cursor.Remaining < (header.Big ? 8 : 4);
        ulong next = cut ? 0 : header.Big ? cursor.ReadUInt64("offset of the next directory") : cursor.ReadUInt32("offset of the next directory");
        return new TiffDirectory((long)offset, decoded, next);
    }
}
