using System.Diagnostics;

namespace ImageAnalysis.Cli.Tests;

/// <summary>The program as a process of its own: what a shell sees, and what a kill leaves behind.</summary>
public class ProcessTests
{
    private static readonly string[] Tables = ["sizes.csv", "samples.csv", "run.json"];

    [Fact]
    public void Ima_WithoutArguments_Is64AndWritesToStderr()
    {
        using Process process = Start();
        string output = process.StandardOutput.ReadToEnd();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.Equal((64, ""), (process.ExitCode, output));
        Assert.StartsWith("ima: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_KilledInTheMiddle_GoesOnWhereItStopped()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // The last file is a pipe that nobody writes to: the run stands still there, so that the kill comes in the middle and not by luck.
        using TempSamples samples = new(8);
        string pipe = MakePipe(samples, 99);
        using (Process process = Start("run", samples.Root, "--out", samples.Results, "--jobs", "1"))
        {
            WaitForLine(process, "8 of 9 files");
            process.Kill();
            process.WaitForExit();
        }

        File.Delete(pipe);
        samples.Write(TempSamples.Name(99), TempSamples.Image(99));
        Assert.False(File.Exists(Path.Combine(samples.Results, "sizes.csv")));
        CapturedTerminal second = CapturedTerminal.Run("run", samples.Root, "--out", samples.Results);
        Assert.Equal(0, second.Code);
        byte[][] resumed = [.. Tables.Select(samples.Result)];
        Directory.Delete(samples.Results, recursive: true);
        CapturedTerminal straight = CapturedTerminal.Run("run", samples.Root, "--out", samples.Results);

        Assert.Equal(straight.Out, second.Out);
        Assert.Equal([.. Tables.Select(samples.Result)], resumed);
    }

    [Fact]
    public void Run_InterruptSignal_FinishesTheFileInWorkAndIs130()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // The run stands still at the third file, a pipe, until somebody writes to it; two files are to come after that.
        using TempSamples samples = new(2);
        string pipe = MakePipe(samples, 50);
        samples.Write(TempSamples.Name(60), TempSamples.Image(60));
        samples.Write(TempSamples.Name(61), TempSamples.Image(61));
        using Process process = Start("run", samples.Root, "--out", samples.Results, "--jobs", "1");
        WaitForLine(process, "2 of 5 files");
        using (Process kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        WaitForLine(process, "Stopping after the files in work (again: at once).");
        File.WriteAllText(pipe, "no image");
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.Equal(130, process.ExitCode);
        Assert.Contains("bad-file: s/haadf/50.png: unknown format", error, StringComparison.Ordinal);
        Assert.Contains("Interrupted: 3 of 5 files are done and kept.", error, StringComparison.Ordinal);
    }

    private static string MakePipe(TempSamples samples, int number)
    {
        string pipe = Path.Combine(samples.Root, TempSamples.Name(number));
        using Process mkfifo = Process.Start("mkfifo", [pipe]);
        mkfifo.WaitForExit();
        return pipe;
    }

    private static void WaitForLine(Process process, string expected)
    {
        while (process.StandardError.ReadLine() is string line)
        {
            if (line == expected)
            {
                return;
            }
        }

        Assert.Fail($"The program ended without writing \"{expected}\".");
    }

    private static Process Start(params ReadOnlySpan<string> args)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(typeof(Ima).Assembly.Location);
        foreach (string arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        return Process.Start(start)!;
    }
}
