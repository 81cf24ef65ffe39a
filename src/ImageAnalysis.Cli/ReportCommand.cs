using System.CommandLine;
using ImageAnalysis.Report;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Cli;

/// <summary><c>ima report</c>: writes tables, overlays and report again from the store.</summary>
internal static class ReportCommand
{
    private const string About = "Write the tables, overlays and report of a results folder again, without measuring.";

    private const string More = """
        Everything comes from results.sqlite. The overlays are drawn again where the
        images are still where they were and have not changed; the others stay.

        Examples:
          ima report results
          ima report results --quiet
          ima report results --rates other/validation/rates.json

        Exit codes:
          0 all measured   3 some files bad   2 bug   64 wrong usage   130 interrupted
        """;

    /// <summary>Makes the command.</summary>
    public static Command Make(Terminal terminal)
    {
        Argument<string> results = new("RESULTS") { Description = "Results folder of an earlier ima run." };
        Option<int?> jobs = CommonOptions.Jobs("Overlays drawn at the same time; default: the number of cores.");
        Option<string?> rates = CommonOptions.Rates();
        Option<bool> quiet = CommonOptions.Quiet();
        TaughtCommand command = new("report", About, More) { results.Named(), jobs, rates.Named(), quiet };
        command.SetAction((parsed, cancel) =>
        {
            string folder = parsed.GetValue(results)!;
            RunResult result = ProgressLine.Show(
                terminal,
                parsed.GetValue(quiet),
                report => StoredResults.Rewrite(folder, parsed.GetValue(jobs) ?? Environment.ProcessorCount, report, OverlayFile.Write, ReportFile.Write, parsed.GetValue(rates), cancel));
            ResultText.Write(terminal, result, folder, tablesWritten: true, parsed.GetValue(quiet));
            return Task.FromResult(ResultText.ExitCodeOf(result));
        });
        return command;
    }
}
