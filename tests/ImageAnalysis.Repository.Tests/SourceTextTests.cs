using System.Text.RegularExpressions;

namespace ImageAnalysis.Repository.Tests;

/// <summary>Rules that are seen in the text of the files.</summary>
public sealed partial class SourceTextTests
{
    private const int MostLines = 500;

    /// <summary>Files that hold a long table of constants, each with the reason.</summary>
    private static readonly Dictionary<string, string> LongTables = [];

    [Fact]
    public void SourceFile_Length_IsAtMostFiveHundredLines()
    {
        string[] tooLong = [.. RepositoryFiles.Ending(".cs").Where(path => !LongTables.ContainsKey(path))
            .Select(path => (path, count: RepositoryFiles.Lines(path).Length)).Where(file => file.count > MostLines)
            .Select(file => $"{file.path}: {file.count}")];
        Assert.True(tooLong.Length == 0, $"Longer than {MostLines} lines:\n{string.Join('\n', tooLong)}");
    }

    [Fact]
    public void LongTables_Files_ExistAndAreLong() => Assert.All(LongTables.Keys, path => Assert.True(RepositoryFiles.Lines(path).Length > MostLines, path));

    [Fact]
    public void SourceFile_PublicTypes_AreOneClassOrRecordsAndTheirEnums()
    {
        foreach (string path in RepositoryFiles.Ending(".cs").Where(path => path.StartsWith("src/", StringComparison.Ordinal)))
        {
            Match[] types = PublicType().Matches(RepositoryFiles.Text(path)).ToArray();
            Match[] classes = [.. types.Where(type => type.Groups["kind"].Value is "class" or "interface")];
            Assert.True(classes.Length <= 1, $"{path} holds {classes.Length} public classes: {string.Join(", ", classes.Select(type => type.Groups["name"].Value))}.");
            string fileName = Path.GetFileName(path).Split('.')[0];
            Assert.True(
                types.Length == 0 || types.Any(type => type.Groups["name"].Value == fileName
                    || (type.Value.Contains(" partial ", StringComparison.Ordinal) && fileName.StartsWith(type.Groups["name"].Value, StringComparison.Ordinal))),
                $"{path} is not named after a public type in it: {string.Join(", ", types.Select(type => type.Groups["name"].Value))}.");
        }
    }

    [Fact]
    public void Types_Names_AreNounsOfTheField()
    {
        string[] vague = [.. SourceAssemblies.PublicTypes.Select(type => type.Name.Split('`')[0]).Where(name => VagueName().IsMatch(name))];
        Assert.True(vague.Length == 0, $"Names that say nothing: {string.Join(", ", vague)}.");
    }

    [Fact]
    public void SourceFile_LeftOvers_AreNone()
    {
        string[] found = [.. RepositoryFiles.Ending(".cs")
            .Where(path => !path.StartsWith("benchmarks/", StringComparison.Ordinal) && !path.EndsWith(nameof(SourceTextTests) + ".cs", StringComparison.Ordinal))
            .SelectMany(path => RepositoryFiles.Lines(path).Select((line, index) => (path, line, index)))
            .Where(place => LeftOver().IsMatch(place.line)).Select(place => $"{place.path}:{place.index + 1}: {place.line.Trim()}")];
        Assert.True(found.Length == 0, string.Join('\n', found));
    }

    [Fact]
    public void TrackedText_HostsOfRegistriesAndPathsOfOneMachine_AreNone()
    {
        string[] found = [.. RepositoryFiles.All.Where(path => IsText(path) && !path.EndsWith(nameof(SourceTextTests) + ".cs", StringComparison.Ordinal))
            .SelectMany(path => RepositoryFiles.Lines(path).Select((line, index) => (path, line, index)))
            .Where(place => OneMachine().IsMatch(place.line)).Select(place => $"{place.path}:{place.index + 1}: {place.line.Trim()}")];
        Assert.True(found.Length == 0, string.Join('\n', found));
    }

    [Fact]
    public void TrackedText_PagesThatAreNamed_Exist()
    {
        string[] missing = [.. RepositoryFiles.All.Where(path => IsText(path) && !path.StartsWith("tests/", StringComparison.Ordinal))
            .SelectMany(path => PageName().Matches(RepositoryFiles.Text(path)).Select(match => (path, page: match.Value)))
            .Where(place => !RepositoryFiles.All.Any(path => path == place.page || path.EndsWith("/" + place.page, StringComparison.Ordinal)))
            .Select(place => $"{place.path} names {place.page}").Distinct()];
        Assert.True(missing.Length == 0, string.Join('\n', missing));
    }

    [Fact]
    public void TrackedFile_Size_IsModest() => Assert.All(
        RepositoryFiles.All,
        path => Assert.True(new FileInfo(RepositoryFiles.FullPath(path)).Length <= 20_000_000, $"{path} is larger than 20 MB."));

    private static bool IsText(string path) => Path.GetExtension(path) is ".cs" or ".csproj" or ".props" or ".targets" or ".json" or ".md" or ".sh" or ".ps1" or ".py"
        or ".yml" or ".cif" or ".html" or ".css" or ".js" or ".sln" or "" or ".editorconfig" or ".gitattributes" or ".gitignore" or ".config" or ".csv";

    [GeneratedRegex(@"^public (?:(?:sealed|static|abstract|readonly|partial|ref|unsafe) )*(?<kind>class|interface|enum|struct|record struct|record)\s+(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"\bdocs/[\w/-]+\.md\b|\b[A-Z]{3,}\.md\b")]
    private static partial Regex PageName();

    [GeneratedRegex("(Manager|Helper|Helpers|Service|Util|Utils|Utility|Base|Impl)$")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException|\[.*Skip\s*=\s*""|Thread\.Sleep|throw new Exception\(")]
    private static partial Regex LeftOver();

    [GeneratedRegex(@"nuget\.org/|npmjs\.(org|com)|pypi\.org|pythonhosted\.org|deb\.debian\.org|/(work|root|home)/[a-z]|[A-Z]:\\Users\\")]
    private static partial Regex OneMachine();
}
