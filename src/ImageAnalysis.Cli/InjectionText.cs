using System.Globalization;
using ImageAnalysis.Core;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Cli;

/// <summary>What became of superlattices put into a run's own images, as text.</summary>
internal static class InjectionText
{
    /// <summary>Writes notes to stderr and the tables to stdout; a missed bar is named on stderr even when quiet.</summary>
    public static void Write(Terminal terminal, InjectionResult result, string resultsFolder, bool quiet)
    {
        ValidationBar bar = result.Bar;
        if (bar.IsMet == false)
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

        terminal.Out.WriteLine("Superlattices put into the run's own crystals (the images on disk are unchanged)");
        TextTable amplitude = new("crystals called, amplitude put in", "n", "called superstructure, %");
        foreach (InjectionGroup group in result.ByAmplitude)
        {
            amplitude.Add(group.Name, Whole(group.Count), Share(group.Called));
        }

        amplitude.Write(terminal.Out);
        terminal.Out.WriteLine();
        terminal.Out.WriteLine("As strong as in ordered crystals, by the probability that the run stated");
        TextTable stated = new("stated", "n", "stated, mean %", "called superstructure, %");
        foreach (InjectionGroup group in result.ByProbability)
        {
            stated.Add(group.Name, Whole(group.Count), group.StatedProbability is double p ? (100 * p).ToString("0.0", CultureInfo.InvariantCulture) : "-", Share(group.Called));
        }

        stated.Write(terminal.Out);
        terminal.Out.WriteLine($"{bar.IsMet switch { true => "met   ", false => "MISSED", null => "-     " }} {bar.Name}");
        terminal.Out.WriteLine($"       {bar.Measured}; wanted {bar.Wanted}");
        terminal.Out.WriteLine(Path.Combine(resultsFolder, "validation", "injection.csv"));
    }

    private static string Share(FractionInterval? share) =>
        share is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100 * share.ValueFraction:0.0} ({100 * share.LowFraction:0.0}…{100 * share.HighFraction:0.0})");

    private static string Whole(int count) => count.ToString(CultureInfo.InvariantCulture);
}
