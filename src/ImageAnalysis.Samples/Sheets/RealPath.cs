namespace ImageAnalysis.Samples;

/// <summary>Where a path leads in truth, with every link on its way followed: two paths lead to one place when their real paths are equal.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>The full path without links. What does not exist, or cannot be looked at, is taken as it is written.</summary>
    /// <param name="path">Any path.</param>
    public static string Of(string path)
    {
        string real = Path.GetPathRoot(Path.GetFullPath(path))!;
        Stack<string> ahead = Parts(Path.GetFullPath(path), real);
        for (int links = 0; ahead.Count > 0;)
        {
            string next = Path.Combine(real, ahead.Pop());
            if (links < MostLinks && TargetOf(next) is string target)
            {
                links++;
                string full = Path.GetFullPath(target, real);
                real = Path.GetPathRoot(full)!;
                foreach (string part in Parts(full, real).Reverse())
                {
                    ahead.Push(part);
                }
            }
            else
            {
                real = next;
            }
        }

        return real;
    }

    /// <summary>Whether two paths lead to the same place.</summary>
    public static bool Same(string a, string b) =>
        string.Equals(Of(a), Of(b), OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    /// <summary>The names below the root, the first on top.</summary>
    private static Stack<string> Parts(string full, string root) =>
        new(full[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse());

    private static string? TargetOf(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
