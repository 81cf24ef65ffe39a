namespace ImageAnalysis.Core;

/// <summary>The points of a pattern as the fit uses them: padded to a multiple of four by points without weight; excluded points have none either.</summary>
internal sealed class PatternPoints
{
    private PatternPoints(double[] x, double[] y, double[] rootWeight, int count) =>
        (X, Y, RootWeight, Count, UsedCount) = (x, y, rootWeight, count, rootWeight.Count(root => root > 0));

    /// <summary>2θ, degrees.</summary>
    public double[] X { get; }

    /// <summary>Intensities, counts.</summary>
    public double[] Y { get; }

    /// <summary>1/σ of each point; 0 for excluded points and padding.</summary>
    public double[] RootWeight { get; }

    /// <summary>Number of real points.</summary>
    public int Count { get; }

    /// <summary>Number of points with a weight.</summary>
    public int UsedCount { get; }

    /// <summary>The points of a pattern.</summary>
    public static PatternPoints Of(PowderPattern pattern, IReadOnlyList<double> sigmaCounts, IReadOnlyList<TwoThetaRange>? excluded = null)
    {
        int count = pattern.PointCount, padded = Padded(count);
        double[] x = new double[padded], y = new double[padded], root = new double[padded];
        for (int i = 0; i < padded; i++)
        {
            x[i] = pattern.TwoThetaDeg[Math.Min(i, count - 1)];
            y[i] = pattern.IntensityCounts[Math.Min(i, count - 1)];
            bool isOut = i >= count || (excluded ?? []).Any(range => x[i] >= range.FirstTwoThetaDeg && x[i] <= range.LastTwoThetaDeg);
            root[i] = isOut ? 0 : 1 / sigmaCounts[i];
        }

        return new(x, y, root, count);
    }

    /// <summary>The same points with other standard deviations.</summary>
    public PatternPoints WithSigma(IReadOnlyList<double> sigmaCounts) => new(X, Y, [.. RootWeight.Select((root, i) => root > 0 ? 1 / sigmaCounts[i] : 0)], Count);

    /// <summary>The same points with other intensities.</summary>
    public PatternPoints WithIntensities(double[] intensities) => new(X, intensities, RootWeight, Count);

    /// <summary>Weighted means of neighbouring points, with the weight of all of them.</summary>
    public PatternPoints Binned(int pointsPerBin)
    {
        int bins = (Count + pointsPerBin - 1) / pointsPerBin, padded = Padded(bins);
        double[] x = new double[padded], y = new double[padded], root = new double[padded];
        for (int bin = 0; bin < bins; bin++)
        {
            int first = bin * pointsPerBin, end = Math.Min(Count, first + pointsPerBin);
            double weights = 0;
            for (int i = first; i < end; i++)
            {
                double weight = RootWeight[i] * RootWeight[i];
                weights += weight;
                x[bin] += weight * X[i];
                y[bin] += weight * Y[i];
            }

            x[bin] = weights > 0 ? x[bin] / weights : (X[first] + X[end - 1]) / 2;
            y[bin] = weights > 0 ? y[bin] / weights : 0;
            root[bin] = Math.Sqrt(weights);
        }

        for (int i = bins; i < padded; i++)
        {
            (x[i], y[i]) = (x[bins - 1], y[bins - 1]);
        }

        return new(x, y, root, bins);
    }

    private static int Padded(int count) => (count + 3) / 4 * 4;
}
