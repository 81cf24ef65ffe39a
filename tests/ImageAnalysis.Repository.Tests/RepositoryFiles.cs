using System.Diagnostics;
using ImageAnalysis.Tests;

namespace ImageAnalysis.Repository.Tests;

/// <summary>The files of this repository, as the tests see them.</summary>
internal static class RepositoryFiles
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = RepositoryFolder.Root;

    /// <summary>
    /// All files that are in the repository or would be with the next commit (git's ignore rules hold), relative to <see cref="Root"/>, with <c>/</c>.
    /// </summary>
    public static IReadOnlyList<string> All { get; } = List();

    /// <summary>Files whose name ends so, such as <c>.cs</c>.</summary>
    public static IReadOnlyList<string> Ending(string ending) => [.. All.Where(path => path.EndsWith(ending, StringComparison.Ordinal))];

    /// <summary>The full text of a file.</summary>
    public static string Text(string relativePath) => File.ReadAllText(FullPath(relativePath));

    /// <summary>The lines of a file.</summary>
    public static string[] Lines(string relativePath) => File.ReadAllLines(FullPath(relativePath));

    /// <summary>The path of a file on this machine.</summary>
    public static string FullPath(string relativePath) => Path.Combine(Root, relativePath);

    /// <summary>Names of the projects in <c>src</c>, such as <c>Core</c>.</summary>
    public static IReadOnlyList<string> SourceProjects { get; } =
        [.. All.Where(path => path.StartsWith("src/", StringComparison.Ordinal) && path.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path)["ImageAnalysis.".Length..])];

    private static List<string> List()
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = Root, RedirectStandardOutput = true };
        foreach (string argument in new[] { "ls-files", "-z", "--cached", "--others", "--exclude-standard" })
        {
            start.ArgumentList.Add(argument);
        }

        using Process git = Process.Start(start)!;
        string output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        List<string> files = [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct()
            .Where(path => File.Exists(Path.Combine(Root, path))).Order(StringComparer.Ordinal)];
        return git.ExitCode == 0 && files.Count > 0 ? files : throw new InvalidOperationException($"git lists no files in {Root}.");
    }
}
