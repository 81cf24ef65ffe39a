using System.Globalization;
using static System.FormattableString;

namespace ImageAnalysis.Lattice;

/// <summary>What a person should know about a crystal or an image, each with its reason.</summary>
internal static class CrystalFlags
{
    private const double ScaleConflict = 0.03;
    private const double LowTransfer = 0.15;

    public static IReadOnlyList<CrystalFlag> Of(
        CrystalDraft draft, CrystalFinding finding, Verdict verdict, FringeDraft? carrier, FringeOptions options, ReflectionTable table, Frame frame, ScaleEstimate scale, bool touchesBorder)
    {
        List<CrystalFlag> flags = [];
        double level = options.ParticleFalseAlarmProbability;
        if (finding.Tested.Count > 0 && finding.PValue < 10 * level && finding.PValue > 0.1 * level)
        {
            flags.Add(Flag("near-threshold", $"p = {finding.PValue:G2} lies within a factor of ten of the level {level:G2}", true));
        }

        bool wasVisible = finding.DetectionProbability >= options.MinDetectionProbability;
        if (verdict == Verdict.Undetermined && wasVisible && finding.Doubtful is { } doubtful)
        {
            flags.Add(Flag("faint-half-order", $"a spot of {doubtful.Tests[0].Snr:F1} times the background at a half order of {doubtful.Hkl ?? "the fringe"} is too faint to be called and too strong to be denied", true));
        }

        if (verdict == Verdict.Undetermined && wasVisible && finding.WithSatellitesOnly(level) is { } beside)
        {
            flags.Add(Flag("satellites-only", $"spots beside other fringes at half of {beside.Hkl ?? "the fringe"} without enough on its own axis: order gives them, and so do stacking faults, twins and hexagonal packing", true));
        }

        if (verdict == Verdict.Undetermined && !wasVisible)
        {
            flags.Add(finding.DetectionProbability is { } chance
                ? Flag("low-detection", $"order would have been seen with probability {chance:F2}; {options.MinDetectionProbability:F2} is wanted", true)
                : Flag("transfer-unknown", $"defocus and transfer could not be found out from the support", true));
        }

        AddStreak(flags, finding, verdict, options);
        AddTransfer(flags, finding);
        AddFringes(flags, draft, finding, verdict, carrier);
        if (draft.Seed.Twin is { } twin)
        {
            flags.Add(Flag("twinned", $"fringes of {1 / twin.FrequencyPerNm:F3} nm (nominal) in one part are the mirror image of those in the other: one particle, a twin", false));
        }

        if (draft.Seed.Overlaps)
        {
            flags.Add(Flag("overlap", $"another crystal's box reaches into this one's: spots of one may stand in the other's spectrum", verdict == Verdict.Superstructure));
        }

        if (touchesBorder)
        {
            flags.Add(Flag("border", $"the crystal reaches the border of the image", false));
        }

        if (verdict == Verdict.Superstructure && finding.OtherPeriod is { OtherPeriod: { } other } && finding.PValue >= level)
        {
            flags.Add(Flag("unknown-period", $"the period is {other.Period} times the fringes', not {table.Period} times", true));
        }

        if (ScaleFlag(scale, frame) is { } conflict)
        {
            flags.Add(conflict);
        }

        return flags;
    }

    public static IReadOnlyList<CrystalFlag> OfImage(Frame frame, ScaleEstimate scale, int layers)
    {
        List<CrystalFlag> flags = [];
        if (!frame.IsCalibrated)
        {
            flags.Add(Flag("uncalibrated", $"no pixel size: spacings are in px, names rest on ratios and angles", false));
        }

        if (layers > 0)
        {
            flags.Add(Flag("layered-texture", $"{layers} areas of fringes of one spacing turn from one to the next, as bent or turbostratic layers do: they are no crystals", false));
        }

        if (ScaleFlag(scale, frame) is { } conflict)
        {
            flags.Add(conflict);
        }

        return flags;
    }

    // A spot that would be believed if nothing flat lay across the fringe: a person should look.
    private static void AddStreak(List<CrystalFlag> flags, CrystalFinding finding, Verdict verdict, FringeOptions options)
    {
        foreach (FringeDraft fringe in finding.Tested)
        {
            double level = options.ParticleFalseAlarmProbability / finding.Tested.Count;
            FringeTest all = fringe.Test!;
            PlaceTest test = all.Places.MinBy(static place => place.PValueOffAxis)!;
            bool wasStopped = verdict != Verdict.Superstructure && all.PValue >= level && all.PValueOffAxis < level;
            if (wasStopped || (verdict == Verdict.Superstructure && all.PValue < level && test.Axis.StreakProbability > 0.5))
            {
                string beside = test.Axis.ControlRatio is { } ratio ? Invariant($"beside the place it is {ratio:F1} times the background") : "places beside it tell nothing";
                flags.Add(Flag("streak", $"power at a half order of {fringe.Hkl ?? "the fringe"} ({test.Snr:F1} times the background) that a twin boundary or another fault across the fringe gives as well: {beside}", true));
                return;
            }
        }
    }

    private static void AddTransfer(List<CrystalFlag> flags, CrystalFinding finding)
    {
        foreach ((FringeDraft fringe, DetectionOutlook? outlook) in finding.Outlooks)
        {
            if (outlook is null)
            {
                continue;
            }

            if (outlook.PlaceTransfer < LowTransfer)
            {
                flags.Add(Flag("transfer-zero", $"the microscope transfers {outlook.PlaceTransfer:F2} of the contrast at the superlattice's spot of {fringe.Hkl ?? "the fringe"}", true));
                return;
            }

            if (outlook.FringeTransfer < LowTransfer)
            {
                flags.Add(Flag("transfer-zero", $"the microscope transfers {outlook.FringeTransfer:F2} of the contrast at {fringe.Hkl ?? "the fringe"} itself", true));
                return;
            }
        }
    }

    private static void AddFringes(List<CrystalFlag> flags, CrystalDraft draft, CrystalFinding finding, Verdict verdict, FringeDraft? carrier)
    {
        WindowSpot strongest = draft.Spots[0].Spot;
        if (draft.Name.Kind < 0)
        {
            flags.Add(Flag("other-lattice", $"spacings, ratios and angles of its fringes fit no reflections of the reference", verdict == Verdict.Superstructure));
        }
        else if (draft.Name.Pair is null)
        {
            flags.Add(Flag("phase-assumed", $"fringes in one direction only: by its spacing alone the crystal may be something else", false));
        }

        if (draft.Name.Kind >= 0 && draft.Name.Probability < 0.9)
        {
            flags.Add(Flag("name-uncertain", $"the fringes' indices are right with probability {draft.Name.Probability:F2} only", true));
        }

        // Strong fringes off the crystal's own lattice; at high frequencies transfer moves spots, so these say little.
        FringeDraft? stranger = draft.Spots.FirstOrDefault(spot => draft.Name.Kind >= 0 && spot.Reference is null && spot.Spot.FrequencyPerNm < 4.2 && spot.Spot.Power > 0.2 * strongest.Power);
        if (stranger is not null)
        {
            flags.Add(Flag("conflicting-fringes", $"fringes of {1 / stranger.Spot.FrequencyPerNm:F3} nm (nominal) are not on the crystal's lattice", true));
        }

        if (verdict == Verdict.Superstructure && finding.Tested.Count(fringe => fringe.Test?.PValue < 1e-3) > 1)
        {
            flags.Add(Flag("conflicting-fringes", $"more than one set of fringes carries a superlattice", true));
        }

        if (carrier is not null && carrier.Spot.Snr < CrystalMeasuring.LeastSnr)
        {
            flags.Add(Flag("fringe-not-seen", $"the half order stands out but its own fringe {carrier.Hkl} does not: the transfer is near a zero there, or the crystal is tilted", true));
        }
    }

    private static CrystalFlag? ScaleFlag(ScaleEstimate scale, Frame frame)
    {
        if (!frame.IsCalibrated)
        {
            return null;
        }

        double common = 0.5 * Math.Log(scale.ScaleX * scale.ScaleY), aspect = Math.Log(scale.ScaleX / scale.ScaleY);
        if (scale.PairCount > 0 && Math.Abs(aspect) > ScaleConflict && Math.Abs(aspect) > 2 * scale.SigmaAspect)
        {
            return Flag("calibration-conflict", $"angles and ratios of the fringes ask for a pixel width {100 * (scale.ScaleX - 1):+0.0;-0.0} % and height {100 * (scale.ScaleY - 1):+0.0;-0.0} % off the calibration's", true);
        }

        return Math.Abs(common) > ScaleConflict && Math.Abs(common) > 2 * scale.SigmaCommon
            ? Flag("calibration-conflict", $"the fringes ask for pixels {100 * (Math.Exp(common) - 1):+0.0;-0.0} % off the calibration's", true)
            : null;
    }

    private static CrystalFlag Flag(string name, FormattableString reason, bool review) => new(name, reason.ToString(CultureInfo.InvariantCulture), review);
}
