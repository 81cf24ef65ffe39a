using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ImageAnalysis.Repository.Tests;

/// <summary>The pages of documentation hang together.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void Page_RelativeLinks_LeadToFilesAndHeadings()
    {
        List<string> broken = [];
        foreach (string page in RepositoryFiles.Ending(".md"))
        {
            foreach (string target in Links(page))
            {
                string[] parts = target.Split('#', 2);
                string file = parts[0].Length == 0 ? page : Resolve(page, parts[0]);
                bool isFolder = RepositoryFiles.All.Any(path => path.StartsWith(file.TrimEnd('/') + "/", StringComparison.Ordinal));
                if (!RepositoryFiles.All.Contains(file) && !isFolder)
                {
                    broken.Add($"{page}: {target}: no such file");
                }
                else if (parts.Length == 2 && !Anchors(file).Contains(parts[1]))
                {
                    broken.Add($"{page}: {target}: no such heading");
                }
            }
        }

        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }

    [Fact]
    public void Map_PagesOfDocs_AreAllLinked()
    {
        HashSet<string> linked = [.. Links("docs/README.md").Select(target => Resolve("docs/README.md", target.Split('#')[0]))];
        Assert.All(
            RepositoryFiles.Ending(".md").Where(path => path.StartsWith("docs/", StringComparison.Ordinal) && path != "docs/README.md"),
            page => Assert.True(linked.Contains(page), $"docs/README.md does not link to {page}."));
    }

    [Fact]
    public void Readme_Map_LeadsToTheDocs() => Assert.Contains("docs/README.md", Links("README.md"));

    [Fact]
    public void MethodPage_Source_IsNamed()
    {
        // A method without a source cannot be checked by a reader: a DOI, a standard, or a book with its page.
        foreach (string page in RepositoryFiles.Ending(".md").Where(path => path.StartsWith("docs/methods/", StringComparison.Ordinal)))
        {
            Assert.True(Source().IsMatch(RepositoryFiles.Text(page)), $"{page} names no source (doi:…, ISO …, ISBN …, or a link).");
        }
    }

    [Fact]
    public void FormatFolder_Readme_LinksToASpecification()
    {
        string[] folders = [.. RepositoryFiles.Ending("Reader.cs").Where(path => path.StartsWith("src/ImageAnalysis.Formats/", StringComparison.Ordinal) && path.Count(c => c == '/') == 3)
            .Select(path => path[..path.LastIndexOf('/')]).Distinct()];
        Assert.NotEmpty(folders);
        Assert.All(folders, folder => Assert.Contains(folder + "/README.md", RepositoryFiles.All));
        Assert.All(folders, folder => Assert.Contains("http", RepositoryFiles.Text(folder + "/README.md"), StringComparison.Ordinal));
    }

    [Fact]
    public void Decisions_Records_AreNumberedAndShort()
    {
        string[] records = [.. RepositoryFiles.Ending(".md").Where(path => path.StartsWith("docs/decisions/", StringComparison.Ordinal)).Select(path => Path.GetFileName(path))];
        Assert.NotEmpty(records);
        Assert.All(records, record => Assert.Matches("^[0-9]{3}-[a-z0-9-]+\\.md$", record));
        Assert.Equal(records.Length, records.Select(record => record[..3]).Distinct().Count());
        Assert.All(records, record => Assert.InRange(RepositoryFiles.Lines("docs/decisions/" + record).Length, 5, 40));
        Assert.All(records, record => Assert.All(
            new[] { "Context", "Choice", "Consequence" },
            part => Assert.Matches($@"(?m)^(## {part}$|\*\*{part}\.\*\*)", RepositoryFiles.Text("docs/decisions/" + record))));
    }

    [Fact]
    public void Changelog_Form_IsKeepAChangelog()
    {
        string[] lines = RepositoryFiles.Lines("CHANGELOG.md");
        Assert.Equal("# Changelog", lines[0]);
        string[] versions = [.. lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal))];
        Assert.NotEmpty(versions);
        foreach (string version in versions)
        {
            Match match = Version().Match(version);
            Assert.True(match.Success, $"CHANGELOG.md: '{version}' is neither '## [Unreleased]' nor '## [1.2.3] - 2026-01-31'.");
            Assert.True(
                !match.Groups["date"].Success || DateOnly.TryParseExact(match.Groups["date"].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
                $"CHANGELOG.md: '{version}' has no valid date.");
        }

        Assert.Equal(versions.Length, versions.Distinct().Count());
        Assert.All(
            lines.Where(line => line.StartsWith("### ", StringComparison.Ordinal)),
            line => Assert.Contains(line[4..], new[] { "Added", "Changed", "Deprecated", "Removed", "Fixed", "Security" }));
    }

    [Fact]
    public void Changelog_VersionOfTheBuild_IsItsNewestOrUnreleased()
    {
        string build = XDocument.Load(RepositoryFiles.FullPath("Directory.Build.props")).Descendants("Version").Single().Value;
        string newest = RepositoryFiles.Lines("CHANGELOG.md").First(line => line.StartsWith("## ", StringComparison.Ordinal));
        Assert.True(newest == "## [Unreleased]" || newest.StartsWith($"## [{build}]", StringComparison.Ordinal), $"The build is {build}, CHANGELOG.md starts with '{newest}'.");
    }

    private static IEnumerable<string> Links(string page) => Link().Matches(CodeBlock().Replace(RepositoryFiles.Text(page), string.Empty))
        .Select(match => match.Groups[1].Value)
        .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal));

    private static string Resolve(string page, string target)
    {
        string folder = Path.GetDirectoryName(RepositoryFiles.FullPath(page))!;
        return Path.GetRelativePath(RepositoryFiles.Root, Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(target)))).Replace('\\', '/');
    }

    /// <summary>The anchors that a page's headings get where Markdown is shown as HTML.</summary>
    private static HashSet<string> Anchors(string page) => !page.EndsWith(".md", StringComparison.Ordinal)
        ? []
        : [.. CodeBlock().Replace(RepositoryFiles.Text(page), string.Empty).Split('\n').Where(line => line.StartsWith('#'))
            .Select(line => NotInAnchor().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), string.Empty).Replace(' ', '-'))];

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^```.*?^```|`[^`\n]*`", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotInAnchor();

    [GeneratedRegex(@"doi[:.]|10\.\d{4,}/|\bISO \d|\bISBN\b|https://", RegexOptions.IgnoreCase)]
    private static partial Regex Source();

    [GeneratedRegex(@"^## \[(Unreleased\]|\d+\.\d+\.\d+\] - (?<date>\d{4}-\d\d-\d\d))$")]
    private static partial Regex Version();
}
