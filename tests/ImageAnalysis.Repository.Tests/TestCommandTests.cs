using System.Diagnostics;

namespace ImageAnalysis.Repository.Tests;

/// <summary>
/// The closing line and the exit code of <c>test.sh</c>, with a small script in place of <c>dotnet</c> that writes prepared result files.
/// </summary>
public sealed class TestCommandTests : IDisposable
{
    private const string PassedResult = "<UnitTestResult testName=\"A\" outcome=\"Passed\" />";
    private const string FailedResult = "<UnitTestResult testName=\"B &gt; outcome=&quot;Passed&quot;\" outcome=\"Failed\" />";
    private const string SkippedResult = "<UnitTestResult testName=\"C\" outcome=\"NotExecuted\" />";

    private readonly string _folder = Directory.CreateTempSubdirectory("ima-test-command-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [ShellFact]
    public void TestCommand_AllPassed_SaysSoAndSucceeds()
    {
        Project("One", 0, PassedResult + PassedResult);
        Project("Two", 0, PassedResult);
        AssertEnd(0, "3 passed, 0 failed");
    }

    [ShellFact]
    public void TestCommand_SomeSkipped_CountsThem()
    {
        Project("One", 0, PassedResult + SkippedResult + "<StdOut> outcome=\"Failed\" \"</StdOut>");
        AssertEnd(0, "1 passed, 0 failed, 1 skipped");
    }

    [ShellFact]
    public void TestCommand_OneFailed_Fails()
    {
        Project("One", 1, PassedResult + FailedResult);
        Project("Two", 0, PassedResult);
        AssertEnd(1, "2 passed, 1 failed");
    }

    [ShellFact]
    public void TestCommand_RunBrokeOff_CountsAsFailure()
    {
        // A crash leaves the results so far, none of them failed.
        Project("One", 134, PassedResult);
        AssertEnd(1, "1 passed, 1 failed");
    }

    [ShellFact]
    public void TestCommand_RunBrokeOffWithoutResults_CountsAsFailure()
    {
        Project("One", 134, null);
        Project("Two", 0, PassedResult);
        AssertEnd(1, "1 passed, 1 failed");
    }

    [ShellFact]
    public void TestCommand_ProjectWithoutTests_CountsAsFailure()
    {
        Project("One", 0, string.Empty);
        Project("Two", 0, PassedResult);
        AssertEnd(1, "1 passed, 1 failed");
    }

    [ShellFact]
    public void TestCommand_FilterThatLeavesAProjectOut_Succeeds()
    {
        Project("One", 0, string.Empty);
        Project("Two", 0, PassedResult);
        AssertEnd(0, "1 passed, 0 failed", "--filter", "Name~A");
        Assert.Contains("--filter Name~A", File.ReadAllText(Path.Combine(_folder, "calls.txt")), StringComparison.Ordinal);
    }

    [ShellFact]
    public void TestCommand_FilterThatLeavesNothing_Fails()
    {
        Project("One", 0, string.Empty);
        AssertEnd(1, "0 passed, 1 failed", "--filter", "Name~Nothing");
    }

    [ShellFact]
    public void TestCommand_BuildFailed_RunsNoTest()
    {
        Project("One", 0, PassedResult);
        File.WriteAllText(Path.Combine(_folder, "build.code"), "1");
        AssertEnd(1, "0 passed, 1 failed");
    }

    [ShellFact]
    public void TestCommand_ResultsOfAnEarlierRun_AreNotCounted()
    {
        Project("One", 0, PassedResult);
        Project("Two", 134, null);
        string results = Directory.CreateDirectory(Path.Combine(_folder, "artifacts", "test-results")).FullName;
        File.WriteAllText(Path.Combine(results, "Two.Tests.trx"), PassedResult);
        AssertEnd(1, "1 passed, 1 failed");
    }

    private void Project(string name, int exitCode, string? results)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "tests", name + ".Tests")).FullName;
        File.WriteAllText(Path.Combine(folder, name + ".Tests.csproj"), "<Project />");
        File.WriteAllText(Path.Combine(_folder, name + ".Tests.code"), exitCode.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (results is not null)
        {
            File.WriteAllText(Path.Combine(_folder, name + ".Tests.prepared"), $"<TestRun><Results>{results}</Results></TestRun>");
        }
    }

    private void AssertEnd(int exitCode, string closingLine, params string[] arguments)
    {
        File.Copy(RepositoryFiles.FullPath("test.sh"), Path.Combine(_folder, "test.sh"));
        string programs = Directory.CreateDirectory(Path.Combine(_folder, "programs")).FullName;
        string dotnet = Path.Combine(programs, "dotnet");
        File.WriteAllText(dotnet, """
            #!/bin/sh
            echo "$*" >>calls.txt
            if [ "$1" = build ]; then [ ! -f build.code ]; exit; fi
            name=$(basename "$2" .dll)
            [ -f "$name.prepared" ] && cp "$name.prepared" "artifacts/test-results/$name.trx"
            echo "Passed!  - some summary"
            exit "$(cat "$name.code")"
            """.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var start = new ProcessStartInfo("bash", [Path.Combine(_folder, "test.sh"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = programs + Path.PathSeparator + start.Environment["PATH"];
        using Process shell = Process.Start(start)!;
        Task<string> errors = shell.StandardError.ReadToEndAsync();
        string output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        string everything = output + errors.Result;
        Assert.True(shell.ExitCode == exitCode, $"Exit code {shell.ExitCode}, expected {exitCode}:\n{everything}");
        Assert.True(output.EndsWith("\n" + closingLine + "\n", StringComparison.Ordinal) || output == closingLine + "\n", everything);
    }
}

/// <summary>A test that needs a Unix shell, skipped on Windows (where <c>test.ps1</c> is the test command).</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ShellFactAttribute : FactAttribute
{
    public ShellFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "test.sh needs a Unix shell";
        }
    }
}
