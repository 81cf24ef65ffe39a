using System.Globalization;

namespace ImageAnalysis.Lattice;

/// <summary>The verdict of one crystal, with its reason.</summary>
internal static class VerdictRules
{
    public static (Verdict Verdict, string Reason, FringeDraft? Carrier) Decide(CrystalDraft draft, CrystalFinding finding, FringeOptions options, bool isCalibrated)
    {
        string family = $"{{{options.Reference.Fringe.ToString().Replace(" ", string.Empty, StringComparison.Ordinal)}}}";
        if (finding.Best is { } best && finding.PValue < options.ParticleFalseAlarmProbability)
        {
            double ratio = options.Reference.PeriodCount;
            string period = isCalibrated ? Text($", period {ratio / best.Spot.OwnFrequencyPerNm:F3} nm") : string.Empty;
            int others = best.Tests.Count - best.Test!.AxisCount;
            string satellites = others > 0 ? Text($", and {others} places beside other fringes up to {best.Tests.Skip(best.Test.AxisCount).Max(static test => test.Snr):F1} times") : string.Empty;
            return (Verdict.Superstructure, Text($"spots at 1/{ratio} of a fringe: {best.Tests.Take(best.Test.AxisCount).Max(static test => test.Snr):F1} times the background{satellites}, p = {finding.PValue:G2}{period}"), best);
        }

        if (finding.OtherPeriod is { OtherPeriod: { } other } carrier)
        {
            return (Verdict.Superstructure, Text($"spots that multiply a fringe's period by {other.Period}, not by {options.Reference.PeriodCount} as expected: {other.Test.Snr:F1} times the background, p = {other.Test.PValue:G2}"), carrier);
        }

        if (draft.Name.Kind < 0)
        {
            return (Verdict.NoFringe, $"fringes whose spacings and angles are none of {options.Reference.Name}", null);
        }

        if (finding.Tested.Count == 0)
        {
            return (Verdict.NoFringe, $"fringes in view, none of {family}", null);
        }

        FringeDraft strongest = finding.Tested.MaxBy(static fringe => fringe.Spot.Snr)!;
        if (finding.DetectionProbability is not { } probability)
        {
            return (Verdict.Undetermined, "no superlattice seen, and the transfer of the image is not known: it cannot be told whether one would have been", strongest);
        }

        if (probability >= options.MinDetectionProbability && finding.WithSatellitesOnly(options.ParticleFalseAlarmProbability) is { } beside)
        {
            return (Verdict.Undetermined, "spots beside other fringes as order gives them, too few on the fringe's own axis: faults of the stacking, twins and hexagonal packing give such spots as well", beside);
        }

        if (probability >= options.MinDetectionProbability && finding.Doubtful is { } doubtful)
        {
            PlaceTest place = doubtful.Tests[0];
            double less = finding.Outlooks[doubtful]!.LessProbability;
            return (Verdict.Undetermined, Text($"faint spots at 1/{options.Reference.PeriodCount} of a fringe ({place.Snr:F1} times the background) and beside others: order gives so little with probability {less:G2}, its absence so much with {doubtful.Test!.PValue:G2}"), doubtful);
        }

        return probability >= options.MinDetectionProbability
            ? (Verdict.Regular, Text($"no superlattice seen (p = {finding.PValue:G2}); one would have been with probability {probability:F2}"), strongest)
            : (Verdict.Undetermined, Text($"no superlattice seen (p = {finding.PValue:G2}), but one would have been with probability {probability:F2} only"), strongest);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
