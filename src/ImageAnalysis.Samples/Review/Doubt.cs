using System.Globalization;
using ImageAnalysis.Lattice;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples;

/// <summary>Ranks particles by how much a person's look at them is worth. The numbers order a list; they are no probabilities that were measured.</summary>
internal static class Doubt
{
    /// <summary>Doubt from which a particle is proposed for review.</summary>
    public const double Flagged = 0.25;

    /// <summary>A p-value within a factor e of the level is as doubtful as this many decades say.</summary>
    private const double DecadesOfDoubt = 1.0, UndeterminedScore = 0.7, ReviewFlagScore = 0.6, OtherFlagScore = 0.2;

    private static readonly Dictionary<string, double> _ofFlag = new()
    {
        ["stacked"] = 0.7,
        ["dented"] = 0.7,
        ["poor-fit"] = 0.6,
        ["no-edge"] = 0.6,
        ["over-debris"] = 0.6,
        ["overlap"] = 0.45,
        ["saturated"] = 0.4,
        ["bright"] = 0.45,
        ["thin"] = 0.3,
        ["faint"] = 0.3,
        ["uncertain"] = 0.3,
        ["small"] = 0.1,
        ["border"] = 0.02,
    };

    public static double OfSize(SizeMeasurement size) => Any(size.Flags.Select(flag => size.TouchesBorder && flag.Name == "uncertain" ? 0.02 : _ofFlag.GetValueOrDefault(flag.Name, 0.3)));

    public static double OfCrystal(CrystalMeasurement crystal)
    {
        IEnumerable<double> scores = crystal.Flags.Select(flag => flag.NeedsReview ? ReviewFlagScore : OtherFlagScore);
        double ofVerdict = crystal.Verdict switch
        {
            Verdict.Undetermined => UndeterminedScore,
            Verdict.Superstructure when crystal.CrystalPValue is double p => 0.5 * Math.Exp(Math.Min(0, Math.Log10(Math.Max(p, 1e-300) / 2e-3)) / DecadesOfDoubt),
            Verdict.Regular when crystal.DetectionProbability is double seen => Math.Min(0.5, 2 * (1 - seen)),
            _ => 0.1,
        };
        return Any(scores.Append(ofVerdict));
    }

    public static IReadOnlyList<string> ReasonsOf(SizeMeasurement size) => [.. size.Flags.Select(flag => Sentence(flag.Reason))];

    public static IReadOnlyList<string> ReasonsOf(CrystalMeasurement crystal)
    {
        List<string> reasons = [Sentence(crystal.Reason)];
        if (crystal.Verdict == Verdict.Undetermined && crystal.DetectionProbability is double seen)
        {
            reasons.Add(string.Create(CultureInfo.InvariantCulture, $"Order would have been called here with a probability of only {100 * seen:F0} %, so its absence says little."));
        }

        reasons.AddRange(crystal.Flags.OrderByDescending(flag => flag.NeedsReview).Select(flag => Sentence(flag.Reason)));
        return [.. reasons.Where(reason => reason.Length > 0).Distinct()];
    }

    /// <summary>The chance that at least one of several independent doubts is right.</summary>
    private static double Any(IEnumerable<double> scores) => 1 - scores.Aggregate(1.0, (product, score) => product * (1 - score));

    private static string Sentence(string reason)
    {
        string text = reason.Trim();
        return text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..] + (text[^1] is '.' or '!' or '?' ? string.Empty : ".");
    }
}
