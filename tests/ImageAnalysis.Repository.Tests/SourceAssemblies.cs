using System.Reflection;

namespace ImageAnalysis.Repository.Tests;

/// <summary>The compiled projects of <c>src</c>, found beside the tests.</summary>
internal static class SourceAssemblies
{
    /// <summary>Path of a project's compiled file.</summary>
    public static string PathOf(string project) => Path.Combine(AppContext.BaseDirectory, project == "Cli" ? "ima.dll" : $"ImageAnalysis.{project}.dll");

    /// <summary>All public types of all projects.</summary>
    public static IReadOnlyList<Type> PublicTypes { get; } =
        [.. RepositoryFiles.SourceProjects.SelectMany(project => Assembly.LoadFrom(PathOf(project)).GetExportedTypes())];
}
