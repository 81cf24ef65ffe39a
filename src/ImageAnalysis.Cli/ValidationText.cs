using System.Globalization;
using ImageAnalysis.Core;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Cli;

/// <summary>A validation as text.</summary>
internal static class ValidationText
{
    private const string Missing = "-";

    /// <summary>Writes notes to stderr, tables to stdout; where bars are missed, they are named on stderr even when quiet.</summary>
    public static void Write(Terminal terminal, ValidationResult result, string resultsFolder, bool quiet)
    {
        foreach (ValidationBar bar in result.Bars.Where(bar => bar.IsMet == false))
        {
            terminal.Err.WriteLine($"bar missed: {bar.Name}: {bar.Measured}; wanted {bar.Wanted}");
        }

        if (quiet)
        {
            return;
        }

        foreach (string note in result.Notes)
        {
            terminal.Err.WriteLine(Printable.Line("note: " + note));
        }

        TextWriter output = terminal.Out;
        if (result.Simulated)
        {
            output.WriteLine("Simulated data, not recorded by an instrument.");
        }

        if (result.Fringes is FringeScore fringes)
        {
            WriteFringes(output, fringes);
        }

        if (result.Sizes is SizeScore sizes)
        {
            WriteSizes(output, sizes);
        }

        output.WriteLine();
        output.WriteLine("Bars");
        foreach (ValidationBar bar in result.Bars)
        {
            output.WriteLine($"  {bar.IsMet switch { true => "met   ", false => "MISSED", null => "-     " }} {bar.Name}");
            output.WriteLine($"         {bar.Measured}; wanted {bar.Wanted}");
        }

        output.WriteLine(Path.Combine(resultsFolder, "validation", "validation.html"));
    }

    private static void WriteFringes(TextWriter output, FringeScore score)
    {
        output.WriteLine("HRTEM: crystals by truth (rows) and verdict (columns)");
        TextTable matrix = new("truth", "superstr.", "regular", "undeterm.", "no-fringe", "not found", "n");
        foreach (CrystalTruth truth in Enum.GetValues<CrystalTruth>())
        {
            matrix.Add([ValidationWords.Of(truth), .. Enum.GetValues<CrystalAnswer>().Select(answer => truth == CrystalTruth.Nothing && answer == CrystalAnswer.NotFound ? Missing : Whole(score.Count(truth, answer))), Whole(score.Count(truth))]);
        }

        matrix.Write(output);
        output.WriteLine();
        output.WriteLine("Shares in % with exact 95 % intervals");
        foreach ((string name, FractionInterval? share) in new[]
        {
            ("crystals with fringes found", score.Recall), ("found crystals that are such", score.Precision), ("visible order called superstructure", score.Sensitivity),
            ("regular crystals called superstructure", score.FalseAlarms), ("ordered crystals called regular", score.Denied),
        })
        {
            output.WriteLine($"  {name,-40} {Share(share)}");
        }

        output.WriteLine();
        TextTable samples = new("sample", "n true", "ordered", "n found", "superstr.", "true %", "found %", "off by");
        foreach (SampleScore s in score.Samples)
        {
            samples.Add(
                Printable.Line(s.Sample), Whole(s.TrueCount), Whole(s.TrueOrderedCount), Whole(s.FoundCount), Whole(s.CalledCount), Percent(s.TrueOrderedCount, s.TrueCount), Percent(s.CalledCount, s.FoundCount),
                s.DifferenceRatio is double d ? string.Create(CultureInfo.InvariantCulture, $"{d:+0.0;-0.0;0.0}") : Missing);
        }

        samples.Write(output);
        output.WriteLine();
        TextTable groups = new("visible order called superstructure", "n", "% (95 %)", "regular", "false");
        foreach (SensitivityGroup group in score.Groups.Where(group => group.Quantity.StartsWith("diameter", StringComparison.Ordinal) || group.Quantity.StartsWith("transfer", StringComparison.Ordinal)))
        {
            groups.Add($"{group.Quantity} {group.Range}", EndToEndCount(group), Share(group.EndToEnd), Whole(group.Rates.RegularAllCount), Whole(group.Rates.RegularCalledCount));
        }

        groups.Write(output);
        output.WriteLine();
        WriteErrors(output, [("spacing", score.Spacing), ("superlattice period", score.Period), ("fringe direction", score.Angle)]);
    }

    private static void WriteSizes(TextWriter output, SizeScore score)
    {
        output.WriteLine();
        output.WriteLine("HAADF-STEM, shares in % with exact 95 % intervals");
        output.WriteLine($"  {"whole particles found",-40} {Share(score.Recall)}");
        output.WriteLine($"  {"counted that are particles",-40} {Share(score.Precision)}");
        WriteErrors(output,
        [
            ("long axis", score.LongAxis), ("diameter", score.Diameter), ("direction", score.Orientation),
            .. score.Samples.SelectMany(sample => new (string, ErrorSummary?)[] { ($"{Printable.Line(sample.Sample)}: long axis", sample.LongAxis), ($"{Printable.Line(sample.Sample)}: diameter", sample.Diameter) }),
        ]);
    }

    private static void WriteErrors(TextWriter output, IReadOnlyList<(string Name, ErrorSummary? Errors)> errors)
    {
        TextTable table = new("errors (measured - true)", "n", "mean", "median", "|median|", "s.d.", "pull", "spread");
        foreach ((string name, ErrorSummary? e) in errors)
        {
            if (e is not null)
            {
                table.Add($"{name} ({e.Unit})", Whole(e.Count), Signed(e.MeanRatio), Signed(e.MedianRatio), Number(e.MedianAbsoluteRatio), Number(e.SdRatio), Pull(e.PullMeanRatio), Pull(e.PullSpreadRatio));
            }
        }

        table.Write(output);
    }

    private static string EndToEndCount(SensitivityGroup group) => group.EndToEnd is null ? "0" : Whole(group.EndToEndCount);

    private static string Share(FractionInterval? share) =>
        share is null ? Missing : string.Create(CultureInfo.InvariantCulture, $"{100 * share.ValueFraction:0.0} ({100 * share.LowFraction:0.0}…{100 * share.HighFraction:0.0})");

    private static string Percent(int part, int all) => all == 0 ? Missing : (100.0 * part / all).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Signed(double value) => value.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture);

    private static string Number(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? Missing;

    private static string Pull(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? Missing;

    private static string Whole(int count) => count.ToString(CultureInfo.InvariantCulture);
}
