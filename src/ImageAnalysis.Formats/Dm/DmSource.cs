namespace ImageAnalysis.Formats.Dm;

/// <summary>The bytes of a DM file while its tags are being read, with what keeps a hostile file in bounds.</summary>
/// <param name="cursor">The bytes; big-endian, as every length and type in the tag tree is.</param>
/// <param name="isWide">True for DM4, whose lengths are 64-bit; false for DM3 with 32-bit lengths.</param>
internal sealed class DmSource(ByteCursor cursor, bool isWide)
{
    /// <summary>Groups within groups; instruments write about ten.</summary>
    public const int DeepestGroup = 64;

    /// <summary>Tags in a file; instruments write some hundreds to some thousands. It keeps the tree's memory in proportion to the file.</summary>
    public const int MostTags = 100_000;

    private int _tagCount;

    public ByteCursor Cursor { get; } = cursor;

    public bool IsWide { get; } = isWide;

    /// <summary>Number of bytes of a length or type in the tag tree.</summary>
    public int WordBytes => IsWide ? 8 : 4;

    /// <summary>A length, count or type of the tag tree.</summary>
    public ulong ReadWord(string what) => IsWide ? Cursor.ReadUInt64(what) : Cursor.ReadUInt32(what);

    public void CountTag()
    {
        if (++_tagCount > MostTags)
        {
            throw Cursor.Problem(FileProblem.NotSupported, $"the file has more than {MostTags} tags.");
        }
    }
}
