using System.Globalization;
using System.Xml.Linq;
using ImageAnalysis.Core;
using ImageAnalysis.Formats.Powder;

namespace ImageAnalysis.Formats.Bruker;

/// <summary>One scan of a BRML file: an element <c>DataRoute</c> with its rows.</summary>
/// <param name="Columns">Which number of a row is what.</param>
/// <param name="Rows">The rows.</param>
/// <param name="IsMeasured">Whether the route holds what was measured, and not what was made of it.</param>
/// <param name="Flag">The route's flag in the file's words.</param>
internal sealed record BrmlRoute(BrmlColumns Columns, IReadOnlyList<double[]> Rows, bool IsMeasured, string Flag)
{
    /// <summary>Reads a route; <c>null</c> for one without rows.</summary>
    /// <param name="route">The element.</param>
    /// <param name="isOnly">Whether it is the only one, which then is what was measured whatever its flag says.</param>
    /// <param name="text">Gives the messages their format.</param>
    public static BrmlRoute? Decode(XElement route, bool isOnly, PatternText text)
    {
        List<double[]> rows = [];
        foreach (XElement datum in route.Children("Datum"))
        {
            rows.Add(Row(datum.Value, rows.Count, text));
        }

        string flag = route.AttributeText("RouteFlag") ?? string.Empty;
        return rows.Count == 0 ? null : new BrmlRoute(BrmlColumns.Decode(route, text), rows, isOnly || flag == "Measured", flag);
    }

    /// <summary>The scan as a signal.</summary>
    /// <param name="wavelengths">The radiation.</param>
    /// <param name="title">The sample's name.</param>
    /// <param name="startedAt">Date and time in the file's own words, or <c>null</c>.</param>
    /// <param name="text">Gives the messages their format.</param>
    public Signal ToSignal(PowderWavelengths? wavelengths, string title, string? startedAt, PatternText text)
    {
        int needed = Math.Max(Columns.Intensity + Columns.IntensityCount, Math.Max((Columns.TwoTheta ?? 0) + 1, (Columns.Absorption ?? 0) + 1));
        for (int i = 0; i < Rows.Count; i++)
        {
            if (Rows[i].Length < needed)
            {
                throw text.Problem(FileProblem.Corrupt, string.Create(CultureInfo.InvariantCulture, $"row {i} (from 0) has {Rows[i].Length} numbers; its description needs {needed}."));
            }
        }

        double[] intensities = [.. Rows.Select(row => row[Columns.Intensity])];
        if (WhyNone() is string reason)
        {
            return PowderSignals.Refused(intensities, reason, startedAt);
        }

        PatternPoints points = new();
        points.TwoThetaDeg.AddRange(Rows.Select(row => row[Columns.TwoTheta ?? 0]));
        points.Intensities.AddRange(intensities);
        double[] factors = [.. Rows.Select(row => Columns.Absorption is int place && row[place] > 0 ? row[place] : 1)];
        bool isAbsorbed = factors.Any(factor => factor != 1);
        if (isAbsorbed)
        {
            // Stored is factor · N, with the standard deviation factor · √N.
            points.Sigmas.AddRange(intensities.Select((intensity, i) => factors[i] * Math.Sqrt(Math.Max(intensity / factors[i], 1))));
        }

        PowderPattern pattern = points.ToPattern(text) with { Title = title, IsSimulated = PatternFacts.SaysSimulated(title), Wavelengths = wavelengths };
        return PowderSignals.Of(isAbsorbed ? pattern : PatternFacts.WithEvidentScale(pattern), startedAt);
    }

    private static double[] Row(string datum, int number, PatternText text)
    {
        string[] words = datum.Split(',');
        double[] row = new double[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            if (!PatternText.TryNumber(words[i].AsSpan().Trim(), out row[i]) || !double.IsFinite(row[i]))
            {
                throw text.Problem(
                    FileProblem.Corrupt,
                    string.Create(CultureInfo.InvariantCulture, $"number {i} of row {number} (from 0) is '{PatternText.Shown(words[i])}'; expected a finite number."));
            }
        }

        return row;
    }

    private string? WhyNone()
    {
        if (!IsMeasured)
        {
            return $"processed data ({(Flag.Length == 0 ? "no flag" : PatternText.Shown(Flag))}) beside what was measured";
        }

        if (Columns.IntensityCount != 1)
        {
            return string.Create(CultureInfo.InvariantCulture, $"pictures of a detector with {Columns.IntensityCount} channels: export the scan that was made of them");
        }

        bool isOther = Columns.TwoTheta is null || (Columns.Axes.Count > 0 && !Columns.Axes.Any(axis => axis.Equals("TwoTheta", StringComparison.OrdinalIgnoreCase)));
        return isOther ? $"a scan of {(Columns.Axes.Count == 0 ? "an axis that is not named" : PatternText.Shown(string.Join(", ", Columns.Axes)))}, not of 2θ" : null;
    }
}
