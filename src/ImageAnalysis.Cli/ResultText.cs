using System.Globalization;
using ImageAnalysis.Core;
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

        bool hasFringes = result.Samples.Any(sample => sample.Fringes is not null);
        bool hasSizes = !hasFringes || result.Files.Any(file => file.Role == FileRole.Haadf);
        if (result.Order is OrderTable order)
        {
            OrderText.Write(terminal.Out, result, order);
            terminal.Out.Write(hasSizes ? terminal.Out.NewLine : string.Empty);
        }

        if (hasSizes)
        {
            TableOf(result).Write(terminal.Out);
        }

        if (result.Fits.Count > 0)
        {
            terminal.Out.WriteLine();
            terminal.Out.WriteLine("Powder patterns (in brackets: standard deviation in units of the last digit)");
            PowderTableOf(result).Write(terminal.Out);
            foreach (SampleSummary sample in result.Samples)
            {
                foreach (JoinFlag flag in sample.Join?.Flags ?? [])
                {
                    terminal.Err.WriteLine($"note: {sample.Sample}: {flag.Reason}.");
                }
            }
        }

        terminal.Out.WriteLine(Path.Combine(resultsFolder, "report.html"));
    }

    /// <summary>130 when interrupted; 2 after a crash; 3 for bad files; 0 when every file was measured.</summary>
    public static int ExitCodeOf(RunResult result) =>
        result.Interrupted ? ExitCode.Interrupted
        : result.Files.Any(file => file.Outcome?.Kind == OutcomeKind.Crashed) ? ExitCode.Bug
        : result.Files.Any(file => IsBad(file.Outcome)) ? ExitCode.SomeFilesBad
        : ExitCode.Done;

    private static bool IsBad(FileOutcome? outcome) => outcome is { Kind: not OutcomeKind.Measured };

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

    private static TextTable PowderTableOf(RunResult result)
    {
        TextTable table = new("sample", "a (Å)", "size (nm)", "Cu 8c", "4b", "24e", "32f", "strain (%)");
        foreach (SampleSummary s in result.Samples.Where(sample => sample.Pattern is not null))
        {
            PowderSolution best = s.Pattern!.Fit.Best;
            SizeAgreement? sizes = s.Join?.Sizes;
            IReadOnlyList<SiteCopper> copper = s.Pattern.Copper;
            table.Add(
                [s.Sample,
                Bracketed(best.AAngstrom, best.ASigmaAngstrom, 4),
                Bracketed((sizes?.FittedAngstrom ?? best.SizeAngstrom) / 10, (sizes is null ? best.SizeSigmaAngstrom : sizes.FittedSigmaAngstrom) / 10, 2),
                .. copper.Select(site => site.AtomsPerCell is double atoms ? Bracketed(atoms, site.SigmaPerCell, 2) : Missing),
                s.Join?.Strain is LatticeStrain strain ? Bracketed(100 * strain.LinearRatio, 100 * strain.LinearSigmaRatio, 2) : Missing]);
        }

        return table;
    }

    /// <summary>A number as crystallographers write it: 5.8501(3) is 5.8501 ± 0.0003; an error below the last digit is given as 1 of it.</summary>
    public static string Bracketed(double value, double? sigma, int decimals)
    {
        string text = value.ToString("F" + Whole(decimals), CultureInfo.InvariantCulture);
        text = text.Trim('-', '0', '.').Length == 0 ? text.TrimStart('-') : text;
        return sigma is double s && double.IsFinite(s) ? $"{text}({Math.Max(1, Math.Round(s * Math.Pow(10, decimals))).ToString("F0", CultureInfo.InvariantCulture)})" : text;
    }

    private static string Spread(SizeDistribution? d) =>
        d is null ? Missing : d.Sd is null ? Nm(d.Mean.ValueNm) : $"{Nm(d.Mean.ValueNm)} ± {Nm(d.Sd.ValueNm)}";

    private static string Nm(double valueNm) => valueNm.ToString("F2", CultureInfo.InvariantCulture);

    private static string Whole(int count) => count.ToString(CultureInfo.InvariantCulture);
}
