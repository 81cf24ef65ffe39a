using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ImageAnalysis.Repository.Tests;

/// <summary>The commands of README are run as they stand there; only the results and the files that they make lie in another folder.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    private readonly string _results = Path.Combine(Path.GetTempPath(), "ima-readme-" + Guid.NewGuid().ToString("N"));

    /// <summary>README's blocks that start with <c>```bash run</c>; the commands of a block build on one another.</summary>
    public static TheoryData<string> Blocks => [.. Marked];

    private static IEnumerable<string> Marked => RunBlock().Matches(RepositoryFiles.Text("README.md")).Select(block => block.Groups[1].Value);

    public void Dispose()
    {
        if (Directory.Exists(_results))
        {
            Directory.Delete(_results, recursive: true);
        }
    }

    [Fact]
    public void Readme_MarkedCommands_AreThere() => Assert.Contains(Marked, command => command.Contains(" run sample-images --out ", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Readme_Block_DoesItsWork(string block)
    {
        foreach (string command in block.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            (int exitCode, string output, string errors) = Run(command);
            // Validation says by 3 that a bar is missed; which one README names.
            Assert.True(exitCode == 0 || (exitCode == 3 && command.Contains(" validate ", StringComparison.Ordinal)), $"{command}\nleft with {exitCode}:\n{output}\n{errors}");

            // What a program reads from the output must not begin with words of the build.
            Assert.DoesNotContain("->", output, StringComparison.Ordinal);
            Assert.DoesNotContain("Determining projects to restore", output, StringComparison.Ordinal);
            if (command.Contains(" -- run ", StringComparison.Ordinal) && command.Contains(" --out ", StringComparison.Ordinal))
            {
                AssertTableAndReport(output);
            }

            if (command.Contains(" validate ", StringComparison.Ordinal))
            {
                AssertValidation(output);
            }

            Assert.All(command.Split(' ').Where(IsOwnFile), file => Assert.True(File.Exists(Placed(file)), file));
        }
    }

    private void AssertTableAndReport(string output)
    {
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string report = Path.Combine(_results, "report.html");
        Assert.Equal(report, lines[^1]);
        Assert.True(new FileInfo(report).Length > 1000, "The report is empty.");
        string[] samples = [.. RepositoryFiles.All.Select(path => SampleFolder().Match(path)).Where(match => match.Success).Select(match => match.Groups[1].Value).Distinct()];
        Assert.NotEmpty(samples);
        Assert.All(samples, sample => Assert.Contains(lines, line => line.StartsWith(sample + " ", StringComparison.Ordinal)));
        Assert.All(new[] { "sizes.csv", "samples.csv", "files.csv", "results.sqlite", "run.json" }, file => Assert.True(File.Exists(Path.Combine(_results, file)), file));
    }

    /// <summary>What README says of the bars: one false superstructure for 63 regular crystals, all else met.</summary>
    private static void AssertValidation(string output)
    {
        string[] lines = output.Split('\n', StringSplitOptions.TrimEntries);
        int missed = Array.FindIndex(lines, line => line.StartsWith("MISSED", StringComparison.Ordinal));
        Assert.Single(lines, line => line.StartsWith("MISSED", StringComparison.Ordinal));
        Assert.Equal("MISSED HRTEM: false superstructures for all regular crystals", lines[missed]);
        Assert.StartsWith("1 for 63 ", lines[missed + 1], StringComparison.Ordinal);
    }

    private (int ExitCode, string Output, string Errors) Run(string command)
    {
        string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var start = new ProcessStartInfo(words[0]) { WorkingDirectory = RepositoryFiles.Root, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        for (int i = 1; i < words.Length; i++)
        {
            start.ArgumentList.Add(Placed(words[i]));
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }

    /// <summary>A file that README's commands make and read.</summary>
    private static bool IsOwnFile(string word) => word.StartsWith("my-pattern.", StringComparison.Ordinal);

    private string Placed(string word) => word == "results" ? _results : IsOwnFile(word) ? Path.Combine(_results, word) : word;

    [GeneratedRegex("^```bash run\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex RunBlock();

    [GeneratedRegex("^sample-images/([^/]+)/haadf/")]
    private static partial Regex SampleFolder();
}
