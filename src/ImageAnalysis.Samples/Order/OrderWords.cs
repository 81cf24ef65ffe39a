using System.Globalization;
using ImageAnalysis.Core;

namespace ImageAnalysis.Samples;

/// <summary>The table of order in sentences, the same in terminal and report. Every number in them is computed.</summary>
public static class OrderWords
{
    /// <summary>What stands below the table.</summary>
    /// <param name="table">The table.</param>
    /// <returns>The sentences, in the order in which they are read.</returns>
    public static IReadOnlyList<string> Of(OrderTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return [.. table.Comparison?.Sentences ?? [], .. SizeOrder(table), .. Published(table)];
    }

    /// <summary>How far undetermined crystals could move a percentage.</summary>
    /// <param name="row">A row.</param>
    /// <returns>Such as <c>10…33</c>; a single number where no crystal is undetermined; empty without crystals.</returns>
    public static string BothWays(OrderRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Fraction.Exact is not FractionInterval low || row.Fraction.IfUndeterminedOrdered is not FractionInterval high ? string.Empty
            : row.Fraction.UndeterminedCount == 0 ? Text($"{100 * low.ValueFraction:0}") : Text($"{100 * low.ValueFraction:0}…{100 * high.ValueFraction:0}");
    }

    /// <summary>The corrected fraction of a row in a sentence; <c>null</c> where none was asked for.</summary>
    /// <param name="row">A row.</param>
    /// <param name="isSimulated">Whether the rates come from computed images.</param>
    /// <returns>The sentence.</returns>
    public static string? Corrected(OrderRow row, bool isSimulated)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Rates is not DetectionRates rates)
        {
            return null;
        }

        string of = Text($"{row.Sample}: in {(isSimulated ? "simulated " : string.Empty)}crystals of known truth{(row.RatesOfThisSize ? " and this size" : " of all sizes")}, {rates.OrderedCalledCount} of {rates.OrderedAllCount} ordered and {rates.RegularCalledCount} of {rates.RegularAllCount} regular ones were called superstructure");
        return row.Corrected is CorrectedFraction c
            ? Text($"{of}; corrected for that, {100 * c.Corrected.ValueFraction:0} % are ordered ({100 * c.Corrected.LowFraction:0} to {100 * c.Corrected.HighFraction:0} %).")
            : of + "; that is no ground for a correction.";
    }

    private static IEnumerable<string> SizeOrder(OrderTable table)
    {
        if (table.SizeOrder is not SizeOrderFit fit || table.Particles.Count == 0)
        {
            yield break;
        }

        string slope = fit.SlopePValue <= 1 - fit.LevelFraction
            ? Text($"order {(fit.SlopePerNm > 0 ? "rises" : "falls")} with size (p {PValue(fit.SlopePValue)}, {fit.AllCount} determined crystals of all samples)")
            : Text($"order does not depend on size significantly (p {PValue(fit.SlopePValue)}, {fit.AllCount} determined crystals of all samples)");
        yield return $"Order against size: {slope}; the size at which half are ordered: {fit.Half.Words}.";
    }

    private static IEnumerable<string> Published(OrderTable table)
    {
        foreach (OrderRow row in table.Rows)
        {
            if (row.Published is PublishedRow p && row.PublishedPValue is double value)
            {
                yield return Text($"{row.Sample} beside the published {p.Name} ({p.SuperstructurePercent:0} % of about {p.Count}): {(value > 0.05 ? "no significant difference" : "significantly different")} (p {PValue(value)}, Fisher).");
            }
        }
    }

    private static string PValue(double p) => p < 0.001 ? "< 0.001" : p < 0.095 ? Text($"= {p:0.000}") : Text($"= {p:0.00}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
