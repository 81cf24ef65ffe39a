using System.Globalization;
using ImageAnalysis.Core;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Cli;

/// <summary>A powder fit as text of 80 columns.</summary>
internal static class PxrdFitText
{
    private const string Missing = "-";
    private static readonly string[] _pieces = ["occupancy ", "background "];

    /// <summary>Writes the whole result.</summary>
    public static void Write(TextWriter output, PatternFit result, PowderFitOptions options, ExpectedSize? expected)
    {
        PowderFit fit = result.Best.Fit;
        WriteHead(output, result);
        WriteSites(output, fit, options);
        WriteParameters(output, fit.Best);
        WriteRivals(output, fit);
        WriteModels(output, result);
        WriteSizes(output, fit.Best, expected);
        if (fit.HalfOrder is HalfOrderLine line)
        {
            Wrapped(output, string.Empty, string.Empty, line.Words);
            output.WriteLine();
        }

        WriteTexts(output, "What this pattern does not tell:", fit.NotIdentifiable);
        WriteTexts(output, "Beware:", [.. fit.Warnings.Where(warning => warning != fit.Failure)]);
    }

    private static void WriteHead(TextWriter output, PatternFit result)
    {
        PowderFit fit = result.Best.Fit;
        PowderPattern pattern = result.Pattern.Pattern;
        if (pattern.IsSimulated)
        {
            output.WriteLine("Simulated pattern, not measured by an instrument.");
        }

        Fact(output, "pattern", Text($"{Path.GetFileName(result.Pattern.Path)}: {pattern.PointCount} points, 2θ {pattern.TwoThetaDeg[0]:0.###}…{pattern.TwoThetaDeg[^1]:0.###}°"));
        Fact(output, "model", $"{result.Best.Model.Name}: {result.Best.Model.Structure.Name}");
        Fact(output, "radiation", fit.Wavelengths.ToString());
        Fact(output, "scattering", fit.Scattering);
        Fact(output, "weights", fit.SigmaBasis switch
        {
            SigmaBasis.Counting => "counting statistics",
            SigmaBasis.Scatter => "scatter of neighbouring points",
            SigmaBasis.AsIfCounts => "as if the intensities were counts: errors have no absolute meaning",
            _ => "standard deviations of the file",
        });
        Fact(output, "best", Text($"atoms on {fit.Best.Name}; χ² {fit.Best.Chi2:0.0} (reduced {fit.Best.ReducedChi2:0.00}), Rwp {fit.Best.RwpPercent:0.00} %, BIC {fit.Best.Bic:0.0}"));
        output.WriteLine();
        if (fit.Failure is string failure)
        {
            Wrapped(output, string.Empty, string.Empty, failure);
            output.WriteLine();
        }
    }

    private static void WriteSites(TextWriter output, PowderFit fit, PowderFitOptions options)
    {
        bool withIntervals = fit.Intervals.Count > 0;
        string[] header = ["site", "atom", "atoms per cell", "±", "occupancy", withIntervals ? "95 %" : "state"];
        TextTable table = new(header);
        foreach (SiteOccupancy site in fit.Best.Sites)
        {
            OccupancyInterval? interval = fit.Intervals.FirstOrDefault(one => one.Label == site.Label);
            // An error beyond all that the site can hold is no number.
            (string value, string sigma) = site.AtomsSigmaPerCell > site.MultiplicityCount ? (Text($"{site.AtomsPerCell:0.00}"), "large") : Pair(site.AtomsPerCell, site.AtomsSigmaPerCell, 3);
            string state = withIntervals
                ? interval is null ? Missing : Text($"{interval.LowPerCell:0.00}…{interval.HighPerCell:0.00}")
                : StateOf(site);
            table.Add(site.Group, site.Element, value, sigma, Text($"{site.OccupancyFraction:0.0000}"), state);
        }

        foreach (string element in fit.Best.Sites.Where(site => site.IsFree || site.OccupancySigmaFraction is not null).Select(site => site.Element).Distinct())
        {
            double sum = fit.Best.Sites.Where(site => site.Element == element).Sum(site => site.AtomsPerCell);
            table.Add("total", element, Text($"{sum:0.000}"), TotalError(options, element), string.Empty, TotalState(options, element));
        }

        table.Write(output);
        output.WriteLine();
    }

    private static string StateOf(SiteOccupancy site) =>
        site.OccupancySigmaFraction is null or 0 ? "held" : !site.IsFree ? "left empty" : site.IsAtBound ? "at its bound" : "fitted";

    private static string TotalError(PowderFitOptions options, string element) =>
        options.Totals?.FirstOrDefault(total => total.Element == element)?.SigmaPerCell is double sigma ? Text($"({sigma:0.###})") : Missing;

    private static string TotalState(PowderFitOptions options, string element) => options.Totals switch
    {
        null => "held",
        { } totals when totals.FirstOrDefault(total => total.Element == element) is { } total => total.SigmaPerCell is null ? "held" : "measured",
        _ => "free",
    };

    private static void WriteParameters(TextWriter output, PowderSolution best)
    {
        TextTable table = new("parameter", "value", "±", "unit", "state");
        foreach (FitParameter parameter in best.Parameters.Where(parameter => !(parameter.IsFixed && parameter.Value == 0) && !_pieces.Any(piece => parameter.Name.StartsWith(piece, StringComparison.Ordinal))))
        {
            (string value, string sigma) = Pair(parameter.Value, parameter.IsFixed ? null : parameter.Sigma, 5);
            table.Add(parameter.Name, value, sigma, parameter.Unit.Length == 0 ? string.Empty : parameter.Unit, parameter.IsFixed ? "held" : parameter.IsAtBound ? "at its bound" : "fitted");
        }

        foreach (DerivedValue derived in best.Derived)
        {
            (string value, string sigma) = Pair(derived.ValueRatio, derived.SigmaRatio, 5);
            table.Add(derived.Name, value, sigma, string.Empty, "derived");
        }

        table.Write(output);
        int terms = best.Parameters.Count(parameter => parameter.Name.StartsWith(_pieces[1], StringComparison.Ordinal));
        output.WriteLine(Text($"Lines: {(best.Shape == PeakShape.Spheres ? "of spheres; the size is their mean diameter" : "pseudo-Voigt; the size is Scherrer's, K = 0.9")}. Background: {terms} {(terms == 1 ? "term" : "terms")}."));
        output.WriteLine();
    }

    private static void WriteRivals(TextWriter output, PowderFit fit)
    {
        if (fit.Rivals.Count == 0)
        {
            output.WriteLine("Rivals: no other solution fits nearly as well.");
            output.WriteLine();
            return;
        }

        output.WriteLine("Rivals, which fit nearly as well (atoms per cell):");
        string[] groups = [.. fit.Best.Sites.Where(site => site.IsFree || site.OccupancySigmaFraction is not null).Select(site => site.Group).Distinct().Take(5)];
        TextTable table = new(["atoms on", "Δχ²", "ΔBIC", .. groups, "a (Å)"]);
        foreach (RivalSolution rival in fit.Rivals)
        {
            table.Add([
                rival.Solution.Name, Text($"{rival.DeltaChi2:0.0}"), Text($"{rival.DeltaBic:0.0}"),
                .. groups.Select(group => Text($"{rival.Solution.Sites.Where(site => site.Group == group).Sum(site => site.AtomsPerCell):0.00}")),
                Text($"{rival.Solution.AAngstrom:0.0000}")]);
        }

        table.Write(output);
        output.WriteLine();
    }

    private static void WriteModels(TextWriter output, PatternFit result)
    {
        if (result.Models.Count == 1)
        {
            return;
        }

        output.WriteLine("Models, best first:");
        TextTable table = new("model", "atoms on", "χ²", "ΔBIC", "a (Å)");
        foreach (ModelFit model in result.Models)
        {
            PowderSolution best = model.Fit.Best;
            table.Add(model.Model.Name, best.Name, Text($"{best.Chi2:0.0}"), Text($"{best.Bic - result.Best.Fit.Best.Bic:0.0}"), Text($"{best.AAngstrom:0.0000}"));
        }

        table.Write(output);
        output.WriteLine();
    }

    private static void WriteSizes(TextWriter output, PowderSolution best, ExpectedSize? expected)
    {
        if (expected is null)
        {
            return;
        }

        (string size, string sigma) = Pair(best.SizeAngstrom, best.SizeSigmaAngstrom, 4);
        string fitted = sigma == Missing ? $"{size} Å" : $"{size} ± {sigma} Å";
        output.WriteLine("Size, microscope against pattern:");
        Fact(output, "microscope", Text($"{expected.Sample}: diameter {expected.MeanNm:0.00} ± {expected.SdNm:0.00} nm (mean, s.d.), n = {expected.ParticleCount}"));
        if (best.Shape == PeakShape.Spheres)
        {
            Fact(output, "expected", Text($"mean diameter of spheres {expected.MeanNm * Units.AngstromPerNmRatio:0.0} Å"));
        }
        else
        {
            Fact(output, "expected", Text($"Scherrer size of spheres of these diameters {expected.ScherrerSizeAngstrom:0.0} Å (K = 0.9)"));
        }

        Fact(output, "fitted", fitted);
        output.WriteLine();
    }

    private static void WriteTexts(TextWriter output, string heading, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }

        output.WriteLine(heading);
        foreach (string text in texts)
        {
            Wrapped(output, "- ", "  ", text);
        }

        output.WriteLine();
    }

    private static void Fact(TextWriter output, string name, string value) => Wrapped(output, name.PadRight(12), new string(' ', 12), value);

    private static void Wrapped(TextWriter output, string first, string next, string text)
    {
        string line = first;
        bool isEmpty = true;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > Terminal.FixedWidth)
            {
                output.WriteLine(line);
                (line, isEmpty) = (next, true);
            }

            line += isEmpty ? word : " " + word;
            isEmpty = false;
        }

        output.WriteLine(line);
    }

    /// <summary>A value and its error with the same decimals: two digits of the error, or some of the value where it has none.</summary>
    private static (string Value, string Sigma) Pair(double value, double? sigma, int digits)
    {
        if (sigma is not double known || !double.IsFinite(known) || known <= 0)
        {
            return (Significant(value, digits), Missing);
        }

        int decimals = Math.Clamp(1 - (int)Math.Floor(Math.Log10(known)), 0, 8);
        string format = "F" + decimals.ToString(CultureInfo.InvariantCulture);
        return Math.Abs(value) >= 1e7 || known >= 1e7
            ? (Significant(value, digits), Significant(known, 2))
            : (value.ToString(format, CultureInfo.InvariantCulture), known.ToString(format, CultureInfo.InvariantCulture));
    }

    private static string Significant(double value, int digits) => value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
