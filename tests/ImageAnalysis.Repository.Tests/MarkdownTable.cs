namespace ImageAnalysis.Repository.Tests;

/// <summary>Tables of a page in docs.</summary>
internal static class MarkdownTable
{
    /// <summary>The rows below the header whose first cell starts with the given words; each row as its trimmed cells.</summary>
    public static IReadOnlyList<string[]> Rows(string relativePath, string headerStart)
    {
        string[] lines = RepositoryFiles.Lines(relativePath);
        int header = Array.FindIndex(lines, line => line.StartsWith("| " + headerStart, StringComparison.Ordinal));
        Assert.True(header >= 0, $"{relativePath} has no table whose header starts with '{headerStart}'.");
        return [.. lines.Skip(header + 2).TakeWhile(line => line.StartsWith('|')).Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))];
    }
}
