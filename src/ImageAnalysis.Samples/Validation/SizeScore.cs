using ImageAnalysis.Core;

namespace ImageAnalysis.Samples;

/// <summary>Sizes of one sample: measured beside true.</summary>
/// <param name="Sample">Name of the sample.</param>
/// <param name="TrueCount">Particles that lie wholly in an image.</param>
/// <param name="FoundCount">Those of them that were found.</param>
/// <param name="LongAxis">Errors of the long axis, nm.</param>
/// <param name="ShortAxis">Errors of the short axis, nm.</param>
/// <param name="Diameter">Errors of the area-equivalent diameter, nm.</param>
/// <param name="Isolated">Errors of the area-equivalent diameter of particles that touch no other, nm.</param>
public sealed record SampleSizeScore(string Sample, int TrueCount, int FoundCount, ErrorSummary? LongAxis, ErrorSummary? ShortAxis, ErrorSummary? Diameter, ErrorSummary? Isolated);

/// <summary>What becomes of the particles of HAADF-STEM images whose truth is known.</summary>
/// <param name="Particles">Every true particle and everything found.</param>
public sealed record SizeScore(IReadOnlyList<ScoredParticle> Particles)
{
    /// <summary>Share of the particles that lie wholly in an image that were found.</summary>
    public FractionInterval? Recall => FractionIntervals.ClopperPearson(Particles.Count(p => p.IsExpected && p.Found is not null), Particles.Count(p => p.IsExpected));

    /// <summary>Share of what was found and counted that is a particle.</summary>
    public FractionInterval? Precision => FractionIntervals.ClopperPearson(Particles.Count(p => p.Found is { Counted: true } && p.Truth is not null), Particles.Count(p => p.Found is { Counted: true }));

    /// <summary>Errors of the long axis, nm; its pulls by the stated standard deviation of the edge.</summary>
    public ErrorSummary? LongAxis => LongAxisOf(Particles);

    /// <summary>Errors of the area-equivalent diameter, nm.</summary>
    public ErrorSummary? Diameter => DiameterOf(Particles);

    /// <summary>Errors of the long axis' direction, degree; nearly round particles left out.</summary>
    public ErrorSummary? Orientation => ErrorSummary.Of("°", Particles.Where(p => p.OrientationErrorDeg is not null).Select(p => (p.OrientationErrorDeg!.Value, (double?)null)));

    /// <summary>The samples in the order of their names.</summary>
    public IReadOnlyList<SampleSizeScore> Samples =>
    [
        .. Particles.GroupBy(p => p.Sample).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new SampleSizeScore(
            group.Key,
            group.Count(p => p.IsExpected),
            group.Count(p => p.IsExpected && p.Found is not null),
            LongAxisOf(group),
            ErrorSummary.Of("nm", group.Where(p => p.ShortAxisErrorNm is not null).Select(p => (p.ShortAxisErrorNm!.Value, (double?)null))),
            DiameterOf(group),
            DiameterOf(group.Where(p => p.IsIsolated)))),
    ];

    private static ErrorSummary? LongAxisOf(IEnumerable<ScoredParticle> particles) =>
        ErrorSummary.Of("nm", particles.Where(p => p.LongAxisErrorNm is not null).Select(p => (p.LongAxisErrorNm!.Value, Pull(p.LongAxisErrorNm, p.Found!.FeretMaxSigmaNm))));

    private static ErrorSummary? DiameterOf(IEnumerable<ScoredParticle> particles) =>
        ErrorSummary.Of("nm", particles.Where(p => p.DiameterErrorNm is not null).Select(p => (p.DiameterErrorNm!.Value, Pull(p.DiameterErrorNm, p.Found!.DiameterSigmaNm))));

    private static double? Pull(double? error, double? sigma) => sigma > 0 ? error / sigma : null;
}
