using System.Globalization;
using ImageAnalysis.Core;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Report;

/// <summary>The plots of a validation.</summary>
internal static class ValidationPlots
{
    /// <summary>All plots that there is something for: name of the file, plot, caption.</summary>
    public static IReadOnlyList<(string Name, Markup Plot, string Caption)> All(ValidationResult result)
    {
        List<(string, Markup, string)> plots = [];
        if (result.Fringes is FringeScore fringes)
        {
            int number = 0;
            foreach (IGrouping<string, SensitivityGroup> group in fringes.Groups.Where(group => group.EndToEnd is not null).GroupBy(group => group.Quantity))
            {
                number++;
                plots.Add(($"sensitivity-{number}", Sensitivity(group.Key, [.. group], number, result.Options.MinSensitivityFraction), $"Visible order called superstructure, found or not, against {group.Key}, with exact 95 % intervals. Dashed: the bar."));
            }

            Add(plots, "spacing-error", "Error of the spacing against the diameter. Open: superstructure.", "diameter (nm)", "error of d (%)",
                fringes.Crystals.Where(c => c.SpacingErrorRatio is not null).Select(c => new PlotPoint(c.Truth!.DiameterNm, 100 * c.SpacingErrorRatio!.Value, Note: c.Truth.Id, Open: c.Answer == CrystalAnswer.Superstructure)));
            Add(plots, "direction-error", "Error of the fringes' direction against the diameter. Open: superstructure.", "diameter (nm)", "error of direction (°)",
                fringes.Crystals.Where(c => c.AngleErrorDeg is not null).Select(c => new PlotPoint(c.Truth!.DiameterNm, c.AngleErrorDeg!.Value, Note: c.Truth.Id, Open: c.Answer == CrystalAnswer.Superstructure)));
        }

        if (result.Sizes is SizeScore sizes)
        {
            Add(plots, "size-error", "Error of the long axis against the true one. Open: particles that touch others.", "true long axis (nm)", "measured less true (nm)",
                sizes.Particles.Where(p => p.LongAxisErrorNm is not null).Select(p => new PlotPoint(p.Truth!.LongAxisNm, p.LongAxisErrorNm!.Value, Note: p.Truth.Id, Open: !p.IsIsolated)));
        }

        return plots;
    }

    private static Markup Sensitivity(string quantity, SensitivityGroup[] groups, int number, double bar) => new PointPlot
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"sensitivity-{number}"),
        Title = $"Sensitivity against {quantity}",
        Description = string.Join("; ", groups.Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Range}: {100 * group.EndToEnd!.ValueFraction:0} % of {group.EndToEndCount}"))),
        XLabel = quantity,
        YLabel = "called superstructure (%)",
        YRange = (0, 100),
        References = [100 * bar],
        Points =
        [
            .. groups.Select(group => (group, share: group.EndToEnd!)).Select(g => new PlotPoint(
                (double)g.group.Middle, 100 * g.share.ValueFraction, 100 * g.share.LowFraction, 100 * g.share.HighFraction,
                string.Create(CultureInfo.InvariantCulture, $"{g.group.Range}: {100 * g.share.ValueFraction:0} % of {g.group.EndToEndCount}"))),
        ],
    }.Draw();

    private static void Add(List<(string, Markup, string)> plots, string name, string caption, string x, string y, IEnumerable<PlotPoint> points)
    {
        PlotPoint[] all = [.. points];
        if (all.Length > 0)
        {
            plots.Add((name, new PointPlot { Id = name, Title = caption.Split('.')[0], Description = string.Create(CultureInfo.InvariantCulture, $"{all.Length} points."), XLabel = x, YLabel = y, References = [0], Points = all }.Draw(), caption));
        }
    }
}
