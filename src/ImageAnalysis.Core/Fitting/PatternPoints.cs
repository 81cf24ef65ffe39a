namespace ImageAnalysis.Core;

/// <summary>The points of a pattern as the fit uses them: padded to a multiple of four by points without weight.</summary>
internal sealed class PatternPoints
{
    private PatternPoints(double[] x, double[] y, double[] rootWeight, int count) => (X, Y, RootWeight, Count) = (x, y, rootWeight, count);

    /// <summary>2θ, degrees.</summary>
    public double[] X { get; }

    /// <summary>Intensities, counts.</summary>
    public double[] Y { get; }

    /// <summary>1/σ of each point; 0 for padding.</summary>
    public double[] RootWeight { get; }

    /// <summary>Number of real points.</summary>
    public int Count { get; }

    public static PatternPoints Of(PowderPattern pattern, IReadOnlyList<double> sigmaCounts)
    {
        int count = pattern.PointCount, padded = (count + 3) / 4 * 4;
        double[] x = new double[padded], y = new double[padded], root = new double[padded];
        for (int i = 0; i < padded; i++)
        {
            x[i] = pattern.TwoThetaDeg[Math.Min(i, count - 1)];
            y[i] = pattern.IntensityCounts[Math.Min(i, count - 1)];
            root[i] = i < count ? 1 / sigmaCounts[i] : 0;
        }

        return new(x, y, root, count);
    }

    /// <summary>The same points with other standard deviations.</summary>
    public PatternPoints WithSigma(IReadOnlyList<double> sigmaCounts)
    {
        double[] root = new double[X.Length];
        for (int i = 0; i < Count; i++)
        {
            root[i] = 1 / sigmaCounts[i];
        }

        return new(X, Y, root, Count);
    }

    /// <summary>Weighted means of neighbouring points, with the weight of all of them.</summary>
    public PatternPoints Binned(int pointsPerBin)
    {
        int bins = (Count + pointsPerBin - 1) / pointsPerBin, padded = (bins + 3) / 4 * 4;
        double[] x = new double[padded], y = new double[padded], root = new double[padded];
        for (int bin = 0; bin < bins; bin++)
        {
            double weights = 0;
            for (int i = bin * pointsPerBin; i < Math.Min(Count, (bin + 1) * pointsPerBin); i++)
            {
                double weight = RootWeight[i] * RootWeight[i];
                weights += weight;
                x[bin] += weight * X[i];
                y[bin] += weight * Y[i];
            }

            x[bin] /= weights;
            y[bin] /= weights;
            root[bin] = Math.Sqrt(weights);
        }

        for (int i = bins; i < padded; i++)
        {
            (x[i], y[i]) = (x[bins - 1], y[bins - 1]);
        }

        return new(x, y, root, bins);
    }
}
