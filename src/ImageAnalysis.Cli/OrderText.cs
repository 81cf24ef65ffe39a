using System.Globalization;
using System.Text;
using ImageAnalysis.Core;
using ImageAnalysis.Particles;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Cli;

/// <summary>The table of order as text of 80 columns: the published percentages beside those measured, and what they mean.</summary>
internal static class OrderText
{
    private const string Missing = "-";

    /// <summary>Writes the table and the sentences below it.</summary>
    public static void Write(TextWriter output, RunResult run, OrderTable order)
    {
        string family = run.Options.Fringes.Reference.Fringe.ToString().Replace(" ", string.Empty, StringComparison.Ordinal);
        bool hasPublished = order.Rows.Any(row => row.Published is not null), hasSizes = run.Samples.Any(sample => sample.FeretMax is not null);
        foreach (string line in Wrapped(
            $"HRTEM: superstructure in % of the n crystals that show {{{family}}} fringes, with the exact 95 % interval. undet.: undetermined; % both ways: if none or all of them were ordered.{(hasPublished ? " paper: the published % (see below)." : string.Empty)}"))
        {
            output.WriteLine(line);
        }

        List<string> header = ["sample", "n", "% (95 %)", "undet.", "% both ways"];
        if (hasPublished)
        {
            header.Add("paper");
        }

        if (hasSizes)
        {
            header.Add("long axis (nm)");
        }

        TextTable table = new([.. header, "d (nm)"]);
        foreach (OrderRow row in order.Rows)
        {
            SampleSummary s = run.Samples.First(sample => sample.Sample == row.Sample);
            string published = row.Published is PublishedRow p ? p.SuperstructurePercent.ToString("0", CultureInfo.InvariantCulture) : Missing;
            table.Add(
            [
                Printable.Line(row.Sample), Whole(row.Fraction.AllCount), Percent(row.Fraction.Exact), Whole(row.Fraction.UndeterminedCount), OrderWords.BothWays(row) is { Length: > 0 } both ? both : Missing,
                .. hasPublished ? new[] { published } : [],
                .. hasSizes ? new[] { s.FeretMax is SizeDistribution d ? Text($"{d.Mean.ValueNm:0.00}{(d.Sd is SizeEstimate sd ? Text($" ± {sd.ValueNm:0.00}") : string.Empty)}") : Missing } : [],
                s.Fringes?.Spacing is { } spacing ? ResultText.Bracketed(spacing.MeanNm, spacing.SigmaNm, 4) : Missing,
            ]);
        }

        table.Write(output);
        foreach (string sentence in Sentences(run, order))
        {
            foreach (string line in Wrapped(Printable.Line(sentence)))
            {
                output.WriteLine(line);
            }
        }

        if (hasPublished)
        {
            foreach (string line in Wrapped("paper: " + PublishedTable.Source + ", of about 30 particles each."))
            {
                output.WriteLine(line);
            }
        }
    }

    /// <summary>A text in lines of at most 80 columns; words that are longer stand alone.</summary>
    internal static IEnumerable<string> Wrapped(string text)
    {
        StringBuilder line = new();
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > Terminal.FixedWidth)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : string.Empty).Append(word);
        }

        yield return line.ToString();
    }

    private static IEnumerable<string> Sentences(RunResult run, OrderTable order)
    {
        string[] review = [.. run.Samples.Where(sample => sample.Fringes is { ReviewCount: > 0 }).Select(sample => $"{sample.Sample} {Whole(sample.Fringes!.ReviewCount)}")];
        string[] toReview = review.Length == 0 ? [] : [$"Crystals that a person should look at (ima review): {string.Join(", ", review)}."];
        return [.. OrderWords.Of(order), .. order.Rows.Select(row => OrderWords.Corrected(row, order.RatesSimulated)).OfType<string>(), .. toReview];
    }

    private static string Percent(FractionInterval? share) => share is null ? Missing : Text($"{100 * share.ValueFraction:0} ({100 * share.LowFraction:0}…{100 * share.HighFraction:0})");

    private static string Whole(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
