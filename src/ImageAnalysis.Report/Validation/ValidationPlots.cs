using System.Globalization;
using ImageAnalysis.Lattice;
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

    /// <summary>The plots of an injection: name of the file and plot.</summary>
    public static IReadOnlyList<(string Name, Markup Plot)> All(InjectionResult result)
    {
        List<(string, Markup)> plots = [];
        PlotPoint Point(double x, InjectionGroup group, bool open) => new(x, 100 * group.Called!.ValueFraction, 100 * group.Called.LowFraction, 100 * group.Called.HighFraction, $"{group.Name}: n = {group.Count.ToString(CultureInfo.InvariantCulture)}", open);
        void Plot(string name, string title, string xLabel, IReadOnlyList<PlotPoint> points)
        {
            if (points.Count > 0)
            {
                plots.Add((name, new PointPlot { Id = name, Title = title, Description = title, XLabel = xLabel, YLabel = "called superstructure (%)", YRange = (0, 100), Points = points }.Draw()));
            }
        }

        Plot("injection-amplitude", "Superlattices put into the run's own crystals, called, against their amplitude", "amplitude over that of the fringe (filled: regular, open: undetermined)",
            [.. result.Crystals.Where(c => !c.IsOfModel).GroupBy(c => (c.AmplitudeRatio, c.Before)).Select(group => Point(group.Key.AmplitudeRatio, result.ByAmplitude.First(g => g.Name.StartsWith(VerdictWords.Of(group.Key.Before), StringComparison.Ordinal) && g.Name.Contains(FormattableString.Invariant($" {group.Key.AmplitudeRatio:0.###} "), StringComparison.Ordinal)), group.Key.Before == Verdict.Undetermined))]);
        Plot("injection-probability", "Superlattices as strong as those of ordered crystals, called, against the stated probability", "stated probability (%)", [.. result.ByProbability.Select(group => Point(100 * group.StatedProbability!.Value, group, open: false))]);
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
