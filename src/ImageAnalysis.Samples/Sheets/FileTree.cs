using System.Text.RegularExpressions;

namespace ImageAnalysis.Samples;

/// <summary>A file below a root, or a folder that could not be entered.</summary>
/// <param name="Path">Path below the root, with <c>/</c>.</param>
/// <param name="Problem">Why it could not be entered, or <c>null</c>.</param>
internal sealed record TreeFile(string Path, string? Problem);

/// <summary>
/// Lists the files of a folder in a fixed order, passing over what is never input: hidden files, results folders, <c>truth/</c> and sidecars.
/// Links to folders are followed, but never in a circle.
/// </summary>
internal static partial class FileTree
{
    private const string ResultsMark = "results.sqlite";

    /// <summary>All input files below a folder, by ordinal order of their paths.</summary>
    /// <param name="root">Full path of the root.</param>
    /// <param name="below">Path of the folder below the root with <c>/</c>, or empty for the root itself.</param>
    /// <param name="results">Full path of the results folder, or <c>null</c>.</param>
    public static List<TreeFile> Walk(string root, string below, string? results)
    {
        List<TreeFile> found = [];

        // A link that leads back to the folder itself or to one above it goes in a circle.
        HashSet<string> above = [];
        for (string? at = Path.GetDirectoryName(RealPath.Of(FolderOf(root, below))); at is not null; at = Path.GetDirectoryName(at))
        {
            above.Add(at);
        }

        Collect(root, below, results, above, found);
        found.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return found;
    }

    /// <summary>Whether a folder can be listed; where it cannot, why not.</summary>
    public static string? ProblemOf(string folder)
    {
        try
        {
            _ = Directory.EnumerateFileSystemEntries(folder).Any();
            return null;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return e is UnauthorizedAccessException ? "this folder cannot be read: access is denied" : $"this folder cannot be read: {e.Message}";
        }
    }

    /// <summary>The name of something in a folder that is not hidden, or <c>null</c> where it is empty or not there.</summary>
    /// <exception cref="InputException">The folder cannot be read.</exception>
    public static string? SomethingIn(string folder)
    {
        return !Directory.Exists(folder) ? null
            : ProblemOf(folder) is string problem ? throw new InputException($"{folder}: {problem}.")
            : Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal).FirstOrDefault(name => !name.StartsWith('.'));
    }

    /// <summary>Input files directly in a folder, by ordinal order of their paths below the root.</summary>
    public static List<string> FilesIn(string root, string below)
    {
        string[] names = [.. Names(Path.Combine(root, below))];
        List<string> found = [.. names.Where(name => !IsSidecar(name, names)).Select(name => Join(below, name))];
        found.Sort(string.CompareOrdinal);
        return found;
    }

    /// <summary>Names of the folders directly in a folder that may hold input, in natural order.</summary>
    public static List<string> Folders(string folder, string? results)
    {
        List<string> names = [.. Directory.EnumerateDirectories(folder)
            .Where(path => !IsPassedOver(path, results))
            .Select(path => Path.GetFileName(path))];
        names.Sort(NaturalOrder.Compare);
        return names;
    }

    private static bool IsHiddenName(string name) =>
        name.StartsWith('.') || name.Equals("Thumbs.db", StringComparison.OrdinalIgnoreCase) || name.Equals("desktop.ini", StringComparison.OrdinalIgnoreCase);

    private static void Collect(string root, string below, string? results, HashSet<string> above, List<TreeFile> found)
    {
        string folder = FolderOf(root, below);
        string real = RealPath.Of(folder);
        if (!above.Add(real))
        {
            return;
        }

        try
        {
            string[] names = [.. Names(folder)];
            found.AddRange(names.Where(name => !IsSidecar(name, names)).Select(name => new TreeFile(Join(below, name), null)));
            foreach (string path in Directory.EnumerateDirectories(folder).Where(path => !IsPassedOver(path, results)))
            {
                Collect(root, Join(below, Path.GetFileName(path)), results, above, found);
            }
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            found.Add(new TreeFile(below, ProblemOf(folder) ?? $"this folder cannot be read: {e.Message}"));
        }

        above.Remove(real);
    }

    private static string FolderOf(string root, string below) => Path.Combine(root, below.Replace('/', Path.DirectorySeparatorChar));

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(folder).Where(path => !IsHidden(path)).Select(path => Path.GetFileName(path));

    private static string Join(string below, string name) => below.Length == 0 ? name : below + "/" + name;

    private static bool IsPassedOver(string folder, string? results) =>
        IsHidden(folder)
        || Path.GetFileName(folder).Equals("truth", StringComparison.OrdinalIgnoreCase)
        || string.Equals(Path.GetFullPath(folder), results, StringComparison.Ordinal)
        || File.Exists(Path.Combine(folder, ResultsMark));

    private static bool IsHidden(string path) =>
        IsHiddenName(Path.GetFileName(path)) || (OperatingSystem.IsWindows() && File.GetAttributes(path).HasFlag(FileAttributes.Hidden));

    /// <summary>An EMI (TIA) file only describes the SER files beside it: <c>scan.emi</c> those named <c>scan_1.ser</c>, <c>scan_2.ser</c> …</summary>
    private static bool IsSidecar(string name, string[] beside)
    {
        if (!name.EndsWith(".emi", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        string stem = name[..^4];
        return beside.Any(other => SerName().Match(other) is { Success: true } ser && ser.Groups[1].Value.Equals(stem, StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"^(.*)_\d+\.ser$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SerName();
}
