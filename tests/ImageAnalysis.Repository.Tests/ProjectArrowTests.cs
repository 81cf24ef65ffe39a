using System.Xml.Linq;

namespace ImageAnalysis.Repository.Tests;

/// <summary>References between projects point one way, as the table in docs/architecture.md says.</summary>
public sealed class ProjectArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = MarkdownTable.Rows("docs/architecture.md", "project").ToDictionary(
        row => row[0],
        row => row[2] == "–" ? [] : row[2].Split(", "));

    [Fact]
    public void Table_ProjectsInSrc_AreItsRowsExactly() => Assert.Equal(Allowed.Keys.Order(), RepositoryFiles.SourceProjects.Order());

    [Fact]
    public void Table_Rows_ReferToEarlierRowsOnly()
    {
        List<string> seen = [];
        foreach ((string project, string[] references) in Allowed)
        {
            Assert.All(references, reference => Assert.Contains(reference, seen));
            seen.Add(project);
        }
    }

    [Fact]
    public void SourceProject_References_AreAllowed()
    {
        foreach ((string project, string[] allowed) in Allowed)
        {
            IEnumerable<string> references = References($"src/ImageAnalysis.{project}/ImageAnalysis.{project}.csproj");
            Assert.True(!references.Except(allowed).Any(), $"{project} references {string.Join(", ", references.Except(allowed))}; docs/architecture.md does not allow it.");
        }
    }

    [Fact]
    public void SourceProject_Content_IsThere()
    {
        foreach (string project in RepositoryFiles.SourceProjects)
        {
            Assert.True(
                RepositoryFiles.Ending(".cs").Any(path => path.StartsWith($"src/ImageAnalysis.{project}/", StringComparison.Ordinal)),
                $"The project {project} is an empty shell.");
        }
    }

    [Fact]
    public void SourceProject_Tests_AreThere() => Assert.All(
        RepositoryFiles.SourceProjects,
        project => Assert.Contains($"tests/ImageAnalysis.{project}.Tests/ImageAnalysis.{project}.Tests.csproj", RepositoryFiles.All));

    [Fact]
    public void Solution_Projects_AreAllOfThem()
    {
        string solution = RepositoryFiles.Text("ImageAnalysis.sln");
        Assert.All(RepositoryFiles.Ending(".csproj"), path => Assert.Contains(path.Replace('/', '\\'), solution, StringComparison.Ordinal));
    }

    private static List<string> References(string projectFile)
    {
        XDocument project = XDocument.Load(RepositoryFiles.FullPath(projectFile));
        return [.. project.Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)["ImageAnalysis.".Length..])];
    }
}
