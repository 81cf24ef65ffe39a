using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ImageAnalysis.Repository.Tests;

/// <summary>Packages are pinned and locked, the compiler is strict everywhere, and scripts can be run.</summary>
public sealed partial class BuildRuleTests
{
    private static readonly Dictionary<string, string> CentralVersions = XDocument.Load(RepositoryFiles.FullPath("Directory.Packages.props"))
        .Descendants("PackageVersion").ToDictionary(package => package.Attribute("Include")!.Value, package => package.Attribute("Version")!.Value);

    public static TheoryData<string> Projects => [.. RepositoryFiles.Ending(".csproj")];

    [Fact]
    public void CentralVersions_Numbers_AreExact() => Assert.All(CentralVersions, package => Assert.Matches(ExactVersion(), package.Value));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_Rules_AreNotLoosened(string project)
    {
        XDocument xml = XDocument.Load(RepositoryFiles.FullPath(project));
        string[] loosening = ["NoWarn", "TreatWarningsAsErrors", "Nullable", "AnalysisLevel", "AnalysisMode", "EnforceCodeStyleInBuild", "WarningsNotAsErrors",
            "RestorePackagesWithLockFile", "GenerateDocumentationFile", "Deterministic", "DisableTransitiveProjectReferences", "RunAnalyzers", "WarningLevel"];
        Assert.DoesNotContain(xml.Descendants(), element => loosening.Contains(element.Name.LocalName));
        Assert.DoesNotContain(xml.Descendants("PackageReference"), package => package.Attribute("Version") is not null || package.Attribute("VersionOverride") is not null);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_LockFile_NamesItsPackagesAtTheirCentralVersions(string project)
    {
        string lockFile = Path.GetDirectoryName(project)!.Replace('\\', '/') + "/packages.lock.json";
        Assert.Contains(lockFile, RepositoryFiles.All);
        using JsonDocument json = JsonDocument.Parse(RepositoryFiles.Text(lockFile));
        Dictionary<string, JsonElement> direct = json.RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject()
            .Where(package => package.Value.GetProperty("type").GetString() == "Direct").ToDictionary(package => package.Name, package => package.Value);
        foreach ((string name, JsonElement package) in direct)
        {
            Assert.True(CentralVersions.TryGetValue(name, out string? version), $"{lockFile}: {name} is not in Directory.Packages.props.");
            Assert.Equal(version, package.GetProperty("resolved").GetString());
        }

        IEnumerable<string> wanted = PackageReferences(project);
        if (project.StartsWith("tests/", StringComparison.Ordinal))
        {
            wanted = wanted.Concat(PackageReferences("tests/Directory.Build.props"));
        }

        Assert.Equal(wanted.Order(), direct.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_Packages_AreUsedInItsCode(string project)
    {
        // Packages that no line of code names: the native SQLite library, and what the test runner finds by itself.
        string[] silent = ["SQLitePCLRaw.bundle_e_sqlite3", "SQLitePCLRaw.core"];
        string folder = Path.GetDirectoryName(project)!.Replace('\\', '/') + "/";
        string code = string.Concat(RepositoryFiles.Ending(".cs").Where(path => path.StartsWith(folder, StringComparison.Ordinal)).Select(RepositoryFiles.Text));
        foreach (string package in PackageReferences(project).Except(silent))
        {
            string ns = package == "BenchmarkDotNet" ? "BenchmarkDotNet." : package;
            Assert.True(code.Contains($"using {ns}", StringComparison.Ordinal), $"{project} references {package}, but no line of its code uses it.");
        }
    }

    [Fact]
    public void CentralVersions_Packages_AreUsedBySomeProject() => Assert.Empty(CentralVersions.Keys.Except(
        RepositoryFiles.Ending(".csproj").Append("tests/Directory.Build.props").SelectMany(PackageReferences)));

    [Fact]
    public void Notices_PackagesInTheProgram_AreAllNamed()
    {
        using JsonDocument json = JsonDocument.Parse(RepositoryFiles.Text("src/ImageAnalysis.Cli/packages.lock.json"));
        string notices = RepositoryFiles.Text("THIRD-PARTY-NOTICES.txt");
        Assert.All(
            json.RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject().Where(package => package.Value.GetProperty("type").GetString() != "Project"),
            package => Assert.Contains("  " + package.Name + " ", notices, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("test.sh")]
    [InlineData("publish.sh")]
    [InlineData(".ci/run")]
    public void Script_Mode_IsExecutable(string script)
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = RepositoryFiles.Root, RedirectStandardOutput = true, ArgumentList = { "ls-files", "-s", script } };
        using Process git = Process.Start(start)!;
        string line = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.StartsWith("100755 ", line, StringComparison.Ordinal);
    }

    private static IEnumerable<string> PackageReferences(string projectFile) =>
        XDocument.Load(RepositoryFiles.FullPath(projectFile)).Descendants("PackageReference").Select(package => package.Attribute("Include")!.Value);

    [GeneratedRegex(@"^\d+\.\d+\.\d+(\.\d+)?$")]
    private static partial Regex ExactVersion();
}
