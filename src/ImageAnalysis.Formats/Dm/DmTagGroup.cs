namespace ImageAnalysis.Formats.Dm;

/// <summary>A group of tags: two flags (sorted, open), a count, and the tags.</summary>
/// <param name="Tags">The tags, in the file's order.</param>
internal sealed record DmTagGroup(IReadOnlyList<DmTag> Tags)
{
    public static DmTagGroup Empty { get; } = new([]);

    public static DmTagGroup Decode(DmSource source, int depth)
    {
        ByteCursor cursor = source.Cursor;
        if (depth > DmSource.DeepestGroup)
        {
            throw cursor.Problem(FileProblem.Corrupt, $"groups are nested more than {DmSource.DeepestGroup} deep.");
        }

        cursor.Skip(2, "a group's flags");
        ulong declared = source.ReadWord("a group's number of tags");
        int count = cursor.CheckedCount(declared, DmTag.LeastBytes(source.IsWide), "the tags of a group");
        if (count == 0)
        {
            return Empty;
        }

        // The list grows with the tags that are really there: hostile counts in nested groups would add up.
        var tags = new List<DmTag>();
        for (int i = 0; i < count; i++)
        {
            tags.Add(DmTag.Decode(source, depth));
        }

        return new DmTagGroup(tags);
    }

    /// <summary>The first tag of a name, or <c>null</c>.</summary>
    public DmTag? Find(string name)
    {
        foreach (DmTag tag in Tags)
        {
            if (tag.Name == name)
            {
                return tag;
            }
        }

        return null;
    }
}
