namespace ImageAnalysis.Core;

/// <summary>Means of neighbouring points, for patterns so dense that a line has hundreds of points and a fit would take minutes.</summary>
internal static class PatternMeans
{
    /// <summary>As many points as 100° in steps of 0.005°, finer than any line of a laboratory diffractometer.</summary>
    public const int MostPoints = 20_000;

    /// <summary>How many neighbours are taken together; 1 for patterns of ordinary size.</summary>
    public static int PointsPerMean(PowderPattern pattern) => (pattern.PointCount + MostPoints - 1) / MostPoints;

    /// <summary>The pattern of means; the same where there is nothing to take together. A last group that is not full is left out.</summary>
    public static PowderPattern Of(PowderPattern pattern)
    {
        int each = PointsPerMean(pattern), count = pattern.PointCount / each;
        if (each == 1)
        {
            return pattern;
        }

        double[] Mean(IReadOnlyList<double> values) => [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(i * each, each).Average(k => values[k]))];
        double[]? sigma = pattern.IntensitySigmaCounts is { } given
            ? [.. Enumerable.Range(0, count).Select(i => Math.Sqrt(Enumerable.Range(i * each, each).Sum(k => given[k] * given[k])) / each)]
            : null;
        PowderPattern means = new(Mean(pattern.TwoThetaDeg), Mean(pattern.IntensityCounts), sigma)
        {
            CountingTimeSeconds = pattern.CountingTimeSeconds,
            Wavelengths = pattern.Wavelengths,
            Title = pattern.Title,
            IsSimulated = pattern.IsSimulated,
        };

        // The mean of n counts varies as if one count stood for 1/n.
        return pattern.IntensityPerCountRatio is double perCount ? means with { Scale = IntensityScale.ScaledCounts, IntensityPerCountRatio = perCount / each } : means;
    }
}
