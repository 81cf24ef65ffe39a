using System.Globalization;
using ImageAnalysis.Core;

namespace ImageAnalysis.Samples;

/// <summary>One bar that results are held to.</summary>
/// <param name="Name">What is held to it.</param>
/// <param name="Measured">What was measured, in words with its interval.</param>
/// <param name="Wanted">What is wanted, in words.</param>
/// <param name="IsMet">Whether it is met; <c>null</c> where there is nothing to measure it by.</param>
public sealed record ValidationBar(string Name, string Measured, string Wanted, bool? IsMet);

/// <summary>Results held against known truth.</summary>
public sealed record ValidationResult
{
    /// <summary>Full path of the results folder.</summary>
    public required string ResultsFolder { get; init; }

    /// <summary>Whether all data were computed and not recorded.</summary>
    public required bool Simulated { get; init; }

    /// <summary>The bars.</summary>
    public required ValidationOptions Options { get; init; }

    /// <summary>Crystals of HRTEM images; <c>null</c> where no truth of such images fits the results.</summary>
    public FringeScore? Fringes { get; init; }

    /// <summary>Particles of HAADF-STEM images; <c>null</c> where no truth of such images fits the results.</summary>
    public SizeScore? Sizes { get; init; }

    /// <summary>What a person should know, each a sentence of its own.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Number of images compared.</summary>
    public required int ImageCount { get; init; }

    /// <summary>The bars with what was measured.</summary>
    public IReadOnlyList<ValidationBar> Bars => [.. FringeBars(), .. SizeBars()];

    /// <summary>Whether a bar is missed.</summary>
    public bool IsMissed => Bars.Any(bar => bar.IsMet == false);

    /// <summary>The errors of all quantities with their names, first all samples together, then each sample.</summary>
    public IReadOnlyList<(string Name, ErrorSummary Errors)> Errors
    {
        get
        {
            (string Name, ErrorSummary? Errors)[] all =
            [
                ("spacing", Fringes?.Spacing), ("superlattice period", Fringes?.Period), ("fringe direction", Fringes?.Angle),
                ("long axis", Sizes?.LongAxis), ("diameter", Sizes?.Diameter), ("direction of the long axis", Sizes?.Orientation),
                .. (Fringes?.Crystals ?? []).GroupBy(crystal => crystal.Sample).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => ($"{group.Key}: spacing", FringeScore.SpacingOf(group))),
                .. (Sizes?.Samples ?? []).SelectMany(s => new (string, ErrorSummary?)[] { ($"{s.Sample}: long axis", s.LongAxis), ($"{s.Sample}: short axis", s.ShortAxis), ($"{s.Sample}: diameter", s.Diameter), ($"{s.Sample}: diameter, isolated", s.Isolated) }),
            ];
            return [.. all.Where(pair => pair.Errors is not null).Select(pair => (pair.Name, pair.Errors!))];
        }
    }

    private IEnumerable<ValidationBar> FringeBars()
    {
        if (Fringes is not FringeScore f)
        {
            yield break;
        }

        yield return AtLeast("HRTEM: crystals with fringes found", f.Recall, Options.MinRecallFraction);
        yield return AtLeast(Options.SensitivityFromNm > 0 ? Text($"HRTEM: visible order found, {Options.SensitivityFromNm} nm and more") : "HRTEM: visible order found", f.SensitivityFrom(Options.SensitivityFromNm), Options.MinSensitivityFraction);
        int regular = f.Count(CrystalTruth.Regular);
        yield return new ValidationBar(
            "HRTEM: false superstructures for all regular crystals", Text($"{f.FalseSuperstructureCount} for {regular}{(regular == 0 ? string.Empty : Text($" ({100.0 * f.FalseSuperstructureCount / regular:0.0} %)"))}"), Text($"at most {100 * Options.MaxFalseFraction:0.##} %"),
            regular == 0 && f.FalseSuperstructureCount == 0 ? null : f.FalseSuperstructureCount <= (Options.MaxFalseFraction * regular) + 1e-9);
        double? worst = f.Samples.Max(sample => sample.DifferenceRatio is double d ? Math.Abs(d) : (double?)null);
        yield return new ValidationBar(
            "HRTEM: percentage of each sample", worst is double w ? Text($"off by {w:0.0} particles at most") : "nothing to compare", Text($"within {Options.MaxTableDifferenceRatio:0.##} particles"),
            worst is null ? null : worst <= Options.MaxTableDifferenceRatio + 1e-9);
        yield return AtMost("HRTEM: spacing, median error", f.Spacing, Options.MaxSpacingErrorPercent);
        yield return AtMost("HRTEM: direction, median error", f.Angle, Options.MaxAngleErrorDeg);
    }

    private IEnumerable<ValidationBar> SizeBars()
    {
        if (Sizes is SizeScore s)
        {
            yield return AtLeast("HAADF: whole particles found", s.Recall, Options.MinSizedRecallFraction);
            yield return new ValidationBar(
                "HAADF: long axis, mean error", s.LongAxis is ErrorSummary e ? Text($"{e.MeanRatio:+0.000;-0.000;0.000} nm{(e.MeanSigmaRatio is double sigma ? Text($" ± {sigma:0.000}") : string.Empty)}") : "nothing to compare", Text($"at most {Options.MaxSizeBiasNm:0.###} nm"),
                s.LongAxis is null ? null : Math.Abs(s.LongAxis.MeanRatio) <= Options.MaxSizeBiasNm);
        }
    }

    private static ValidationBar AtLeast(string name, FractionInterval? share, double least) =>
        new(name, share is null ? "nothing to compare" : Text($"{100 * share.ValueFraction:0.0} % ({100 * share.LowFraction:0.0}…{100 * share.HighFraction:0.0})"), Text($"at least {100 * least:0.##} %"), share is null ? null : share.ValueFraction >= least - 1e-9);

    private static ValidationBar AtMost(string name, ErrorSummary? errors, double most) =>
        new(name, errors is null ? "nothing to compare" : Text($"{errors.MedianAbsoluteRatio:0.00} {errors.Unit} (n = {errors.Count})"), errors is null ? Text($"at most {most:0.##}") : Text($"at most {most:0.##} {errors.Unit}"), errors is null ? null : errors.MedianAbsoluteRatio <= most);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
