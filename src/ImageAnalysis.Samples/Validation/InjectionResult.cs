using ImageAnalysis.Core;
using ImageAnalysis.Lattice;

namespace ImageAnalysis.Samples;

/// <summary>A superlattice that was put into one crystal of a run's own images.</summary>
public sealed record InjectedCrystal
{
    /// <summary>Name of the sample.</summary>
    public required string Sample { get; init; }

    /// <summary>The image file as in the tables.</summary>
    public required string File { get; init; }

    /// <summary>Number of the crystal in the run.</summary>
    public required int ParticleId { get; init; }

    /// <summary>Its diameter, nm; <c>null</c> without calibration.</summary>
    public double? DiameterNm { get; init; }

    /// <summary>What the run said of it: regular or undetermined.</summary>
    public required Verdict Before { get; init; }

    /// <summary>Whether the strength is that of ordered crystals (drawn from the analysis' model), and not a given share of the fringe's.</summary>
    public required bool IsOfModel { get; init; }

    /// <summary>Amplitude put in over that of the crystal's own fringe in the image.</summary>
    public required double AmplitudeRatio { get; init; }

    /// <summary>The probability of seeing order that the run stated for the crystal; <c>null</c> where it stated none.</summary>
    public double? StatedProbability { get; init; }

    /// <summary>Power at the half order over the background after it was put in; <c>null</c> where the crystal was not found again.</summary>
    public double? Snr { get; init; }

    /// <summary>What is said of it afterwards.</summary>
    public required CrystalAnswer After { get; init; }
}

/// <summary>How often superlattices were called that something has in common.</summary>
/// <param name="Name">What they have in common.</param>
/// <param name="Count">Their number.</param>
/// <param name="Called">Share that was called superstructure, with its exact 95 % interval; the crystals of one image and its repeats are not independent.</param>
/// <param name="StatedProbability">Mean of the probabilities that the run stated; <c>null</c> where it stated none.</param>
public sealed record InjectionGroup(string Name, int Count, FractionInterval? Called, double? StatedProbability);

/// <summary>What became of superlattices that were put into a run's own images.</summary>
/// <param name="ResultsFolder">Full path of the results folder.</param>
/// <param name="Crystals">Every superlattice put in.</param>
/// <param name="MinDetectionProbability">What the run asked of a crystal to call it regular.</param>
/// <param name="Notes">What a person should know.</param>
public sealed record InjectionResult(string ResultsFolder, IReadOnlyList<InjectedCrystal> Crystals, double MinDetectionProbability, IReadOnlyList<string> Notes)
{
    private static readonly double[] _edges = [0, 0.2, 0.4, 0.6, 0.8, 0.9, 1.0001];

    /// <summary>Sensitivity against the amplitude put in, in crystals that the run called regular, then in undetermined ones.</summary>
    public IReadOnlyList<InjectionGroup> ByAmplitude =>
    [
        .. new[] { Verdict.Regular, Verdict.Undetermined }.SelectMany(before => Crystals.Where(c => !c.IsOfModel && c.Before == before).GroupBy(c => c.AmplitudeRatio).OrderBy(group => group.Key)
            .Select(group => Group(FormattableString.Invariant($"{VerdictWords.Of(before)}, {group.Key:0.###} of the fringe"), group))),
    ];

    /// <summary>Sensitivity against the probability that the run stated, for superlattices as strong as those of ordered crystals.</summary>
    public IReadOnlyList<InjectionGroup> ByProbability =>
    [
        .. Enumerable.Range(0, _edges.Length - 1).Select(i => Group(
            FormattableString.Invariant($"{_edges[i]:0.#} to {Math.Min(1, _edges[i + 1]):0.#}"), Crystals.Where(c => c.IsOfModel && c.StatedProbability >= _edges[i] && c.StatedProbability < _edges[i + 1])))
            .Where(group => group.Count > 0),
    ];

    /// <summary>The claim behind <c>regular</c>: order as strong as that of ordered crystals would have been called in at least the share of crystals that the options ask for. Missed only where the interval excludes it.</summary>
    public ValidationBar Bar
    {
        get
        {
            InjectionGroup regular = Group(string.Empty, Crystals.Where(c => c.IsOfModel && c.Before == Verdict.Regular));
            string wanted = FormattableString.Invariant($"at least {100 * MinDetectionProbability:0.##} %, or not excluded by the interval");
            return regular.Called is FractionInterval called
                ? new ValidationBar("order put into crystals called regular is found", FormattableString.Invariant($"{100 * called.ValueFraction:0.0} % ({100 * called.LowFraction:0.0}…{100 * called.HighFraction:0.0}) of {regular.Count}"), wanted, called.HighFraction >= MinDetectionProbability)
                : new ValidationBar("order put into crystals called regular is found", "no regular crystals", wanted, null);
        }
    }

    private static InjectionGroup Group(string name, IEnumerable<InjectedCrystal> crystals)
    {
        InjectedCrystal[] all = [.. crystals];
        double[] stated = [.. all.Where(c => c.StatedProbability is not null).Select(c => c.StatedProbability!.Value)];
        return new InjectionGroup(name, all.Length, FractionIntervals.ClopperPearson(all.Count(c => c.After == CrystalAnswer.Superstructure), all.Length), stated.Length > 0 ? stated.Average() : null);
    }
}
