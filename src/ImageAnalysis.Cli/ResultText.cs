using System.Globalization;
using ImageAnalysis.Particles;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Cli;

/// <summary>The end of a run as text: what was bad, what to know, and a table of the samples.</summary>
internal static class ResultText
{
    private const string Missing = "-";

    /// <summary>Writes bad files and notes to stderr, the table and the place of the report to stdout.</summary>
    public static void Write(Terminal terminal, RunResult result, string resultsFolder, bool tablesWritten, bool quiet)
    {
        foreach (FileResult file in result.Files.Where(file => IsBad(file.Outcome)))
        {
            terminal.Err.WriteLine(Printable.Line($"{file.Outcome!.Word}: {file.File}: {file.Outcome.Message}"));
        }

        if (result.Interrupted)
        {
            int done = result.Files.Count(file => file.Outcome is not null);
            terminal.Err.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Interrupted: {done} of {result.Files.Count} files are done and kept. {(tablesWritten ? "The same ima run goes on from there." : $"The same command goes on from there and writes the tables (for what is done: ima report \"{resultsFolder}\").")}"));
        }

        if (quiet || !tablesWritten)
        {
            return;
        }

        foreach (string warning in result.Warnings)
        {
            terminal.Err.WriteLine(Printable.Line("note: " + warning));
        }

        if (result.Simulated)
        {
            terminal.Out.WriteLine("Simulated data, not recorded by an instrument.");
        }

        TableOf(result).Write(terminal.Out);
        terminal.Out.WriteLine(Path.Combine(resultsFolder, "report.html"));
    }

    /// <summary>130 when interrupted; 2 after a crash; 3 for bad files; 0 when every file was measured or is of a kind that this version never measures.</summary>
    public static int ExitCodeOf(RunResult result) =>
        result.Interrupted ? ExitCode.Interrupted
        : result.Files.Any(file => file.Outcome?.Kind == OutcomeKind.Crashed) ? ExitCode.Bug
        : result.Files.Any(file => IsBad(file.Outcome)) ? ExitCode.SomeFilesBad
        : ExitCode.Done;

    private static bool IsBad(FileOutcome? outcome) => outcome is { Kind: not OutcomeKind.Measured, IsLaterWork: false };

    private static TextTable TableOf(RunResult result)
    {
        TextTable table = new("sample", "files", "n", "long axis (nm)", "95 % of mean", "diameter (nm)", "flagged");
        foreach (SampleSummary s in result.Samples)
        {
            table.Add(
                Printable.Line(s.Sample),
                s.BadFileCount == 0 ? Whole(s.FileCount) : $"{Whole(s.FileCount)} ({Whole(s.BadFileCount)} bad)",
                Whole(s.SizedCount),
                Spread(s.FeretMax),
                s.FeretMax is { } d ? $"{Nm(d.Mean.LowNm)}…{Nm(d.Mean.HighNm)}" : Missing,
                Spread(s.Diameter),
                Whole(s.FlaggedCount));
        }

        return table;
    }

    private static string Spread(SizeDistribution? d) =>
        d is null ? Missing : d.Sd is null ? Nm(d.Mean.ValueNm) : $"{Nm(d.Mean.ValueNm)} ± {Nm(d.Sd.ValueNm)}";

    private static string Nm(double valueNm) => valueNm.ToString("F2", CultureInfo.InvariantCulture);

    private static string Whole(int count) => count.ToString(CultureInfo.InvariantCulture);
}
