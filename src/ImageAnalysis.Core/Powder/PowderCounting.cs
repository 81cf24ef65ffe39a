namespace ImageAnalysis.Core;

/// <summary>What the standard deviations of a pattern rest on.</summary>
public enum SigmaBasis
{
    /// <summary>The file gives them.</summary>
    File,

    /// <summary>Counting statistics, from counts or from a known factor between counts and intensity.</summary>
    Counting,

    /// <summary>Counting statistics with a factor estimated from the scatter of neighbouring points, since the scale of the intensities is not known.</summary>
    Scatter,

    /// <summary>Counting statistics as if the intensities were counts: the scale is not known and the curve is too smooth to tell. Only ratios of such weights mean something.</summary>
    AsIfCounts,
}

/// <summary>Counting statistics of powder patterns: the standard deviation of each intensity.</summary>
/// <remarks>
/// N counts of a detector have the variance N (Poisson). An intensity of k·N, with k the intensity that one count stands for, has the variance
/// k²·N = k·intensity. Dead time, and what monitors and detectors add to it, are not treated.
/// </remarks>
public static class PowderCounting
{
    /// <summary>Median of χ² with one degree of freedom.</summary>
    private const double MedianChiSquared = 0.454936;

    /// <summary>Below this estimated factor, relative to the mean intensity, a curve is smooth: counting 10⁶ a point would scatter as little.</summary>
    private const double SmoothestFraction = 1e-6;

    /// <summary>Sets the floor of the variance of a curve whose scale nobody knows, relative to its largest intensity.</summary>
    private const double AsIfFloorFraction = 1e-3;

    /// <summary>What the standard deviations of a pattern rest on.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <returns>The first that applies: the file's own, the known scale, the scatter, counts in name only.</returns>
    public static SigmaBasis Basis(PowderPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (SmallestGivenSigma(pattern) is not null)
        {
            return SigmaBasis.File;
        }

        return pattern.IntensityPerCountRatio is not null
            ? SigmaBasis.Counting
            : UsableScatter(pattern) is not null ? SigmaBasis.Scatter : SigmaBasis.AsIfCounts;
    }

    /// <summary>Standard deviation of each intensity, for weights 1/σ²; all finite and above 0.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <returns>As many values as the pattern has points, in the unit of its intensities.</returns>
    /// <remarks>
    /// As <see cref="Basis"/> says. The file's own are taken as they are, but for a 0, which becomes the smallest that is above 0. With a known k the
    /// variance is k·max(intensity, k): a point without counts is as sure as one with a single count. With k from the scatter the same holds, and
    /// the variance is nowhere below that of the median point where a background was taken off (intensities of 0 and less).
    /// Weights from measured counts pull a fit towards points that happen to be low, by about one count a point; a fit of weak data had better take
    /// <see cref="ExpectedSigmaCounts"/> of its own curve and repeat.
    /// </remarks>
    public static double[] SigmaCounts(PowderPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (SmallestGivenSigma(pattern) is double smallest)
        {
            return [.. pattern.IntensitySigmaCounts!.Select(sigma => sigma > 0 ? sigma : smallest)];
        }

        return ExpectedSigmaCounts(pattern, pattern.IntensityCounts);
    }

    /// <summary>Standard deviation of each intensity where the true curve is known or fitted: counting statistics of that curve instead of the measured one.</summary>
    /// <param name="pattern">The pattern; standard deviations that its file gives are kept.</param>
    /// <param name="expectedCounts">The curve, one finite intensity for each point, in the unit of the pattern's intensities.</param>
    /// <returns>As many values as the pattern has points, all finite and above 0.</returns>
    /// <exception cref="ArgumentException">The curve has another number of points, or a value is not finite.</exception>
    public static double[] ExpectedSigmaCounts(PowderPattern pattern, IReadOnlyList<double> expectedCounts)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(expectedCounts);
        if (expectedCounts.Count != pattern.PointCount || !expectedCounts.All(double.IsFinite))
        {
            throw new ArgumentException($"The curve has {expectedCounts.Count} values; expected {pattern.PointCount} finite ones.", nameof(expectedCounts));
        }

        if (SmallestGivenSigma(pattern) is not null)
        {
            return SigmaCounts(pattern);
        }

        (double perCount, double floor) = VarianceOf(pattern);
        return [.. expectedCounts.Select(intensity => Math.Sqrt(Math.Max(perCount * intensity, floor)))];
    }

    /// <summary>
    /// Intensity that one count stands for, as the scatter of neighbouring points tells it: near 1 for true counts. A value far from the
    /// stated scale says that a pattern was scaled or smoothed on its way.
    /// </summary>
    /// <param name="pattern">The pattern.</param>
    /// <returns>The estimate, 0 for a smooth curve; <c>null</c> where fewer than 20 points have a positive intensity with its neighbours.</returns>
    /// <remarks>
    /// The median of d²/(6·m), d the second difference of three neighbours and m their mean, over the median of χ² with one degree of freedom
    /// (0.4549): peaks are few enough to leave a median alone where points are dense. For a Poisson pattern of 1000 points with 20 counts or more a point the
    /// estimate is good to about 10 %.
    /// </remarks>
    public static double? ScatterPerCountRatio(PowderPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        const int fewest = 20;
        IReadOnlyList<double> intensity = pattern.IntensityCounts;
        List<double> ratios = [];
        for (int i = 1; i + 1 < intensity.Count; i++)
        {
            double mean = (intensity[i - 1] + intensity[i] + intensity[i + 1]) / 3;
            if (mean > 0)
            {
                double difference = intensity[i - 1] - (2 * intensity[i]) + intensity[i + 1];
                ratios.Add(difference * (difference / (6 * mean)));
            }
        }

        return ratios.Count < fewest ? null : Median(ratios) / MedianChiSquared;
    }

    private static double? SmallestGivenSigma(PowderPattern pattern)
    {
        double smallest = double.PositiveInfinity;
        foreach (double sigma in pattern.IntensitySigmaCounts ?? [])
        {
            smallest = sigma > 0 ? Math.Min(smallest, sigma) : smallest;
        }

        return double.IsFinite(smallest) ? smallest : null;
    }

    /// <summary>The variance is max(perCount · intensity, floor).</summary>
    private static (double PerCount, double Floor) VarianceOf(PowderPattern pattern)
    {
        if (pattern.IntensityPerCountRatio is double known)
        {
            return (known, known * known);
        }

        double largest = pattern.IntensityCounts.Max();
        if (UsableScatter(pattern) is double perCount)
        {
            double smallest = pattern.IntensityCounts.Min();
            return (perCount, smallest > 0 ? perCount * Math.Min(smallest, perCount) : ScatterVariance(pattern.IntensityCounts, perCount * perCount));
        }

        return (1, largest > 0 ? largest * AsIfFloorFraction : 1);
    }

    private static double? UsableScatter(PowderPattern pattern)
    {
        double positive = pattern.IntensityCounts.Where(intensity => intensity > 0).DefaultIfEmpty(0).Average();
        return ScatterPerCountRatio(pattern) is double ratio && double.IsFinite(ratio) && ratio > SmoothestFraction * positive ? ratio : null;
    }

    /// <summary>Variance of the median point, from second differences.</summary>
    private static double ScatterVariance(IReadOnlyList<double> intensity, double atLeast)
    {
        List<double> squares = [];
        for (int i = 1; i + 1 < intensity.Count; i++)
        {
            double difference = intensity[i - 1] - (2 * intensity[i]) + intensity[i + 1];
            squares.Add(difference * difference / 6);
        }

        double variance = Median(squares) / MedianChiSquared;
        return double.IsFinite(variance) && variance > 0 ? variance : atLeast;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        int half = values.Count / 2;
        return values.Count % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }
}
