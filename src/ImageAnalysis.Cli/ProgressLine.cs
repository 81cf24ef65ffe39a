using System.Globalization;
using ImageAnalysis.Samples;
using Spectre.Console;

namespace ImageAnalysis.Cli;

/// <summary>Shows how far a run is, on stderr: a bar on a terminal, else a line for every tenth of the files.</summary>
internal static class ProgressLine
{
    private const int Lines = 10;

    /// <summary>Runs the work, and shows its progress.</summary>
    public static T Show<T>(Terminal terminal, bool quiet, Func<Action<RunProgress>?, T> work)
    {
        if (quiet)
        {
            return work(null);
        }

        return terminal.ErrIsTerminal ? Bar(terminal, work) : Plain(terminal, work);
    }

    /// <summary>Says every tenth of some work, for work that is no batch of files.</summary>
    public static Action<int, int> Tenths(Terminal terminal, string what)
    {
        Lock gate = new();
        int shown = 0;
        return (done, all) =>
        {
            lock (gate)
            {
                if (done * Lines / all > shown)
                {
                    shown = done * Lines / all;
                    terminal.Err.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done} of {all} {what}"));
                }
            }
        };
    }

    private static T Bar<T>(Terminal terminal, Func<Action<RunProgress>?, T> work) => terminal.ErrConsole
        .Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .Start(context =>
        {
            ProgressTask bar = context.AddTask("files");
            return work(progress =>
            {
                bar.MaxValue = progress.Total;
                bar.Description = string.Create(CultureInfo.InvariantCulture, $"{progress.Done} of {progress.Total} files");
                bar.Value = Math.Max(bar.Value, progress.Done);
            });
        });

    private static T Plain<T>(Terminal terminal, Func<Action<RunProgress>?, T> work)
    {
        Lock gate = new();
        int shown = 0;
        return work(progress =>
        {
            lock (gate)
            {
                // Workers may arrive in another order than they counted.
                if (progress.Done > shown && (shown == 0 || progress.Done * Lines / progress.Total > shown * Lines / progress.Total || progress.Done == progress.Total))
                {
                    shown = progress.Done;
                    terminal.Err.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{progress.Done} of {progress.Total} files"));
                }
            }
        });
    }
}
