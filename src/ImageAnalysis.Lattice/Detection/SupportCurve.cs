namespace ImageAnalysis.Lattice;

/// <summary>The power density of the support at one width of filter, fitted to the medians of many filters.</summary>
/// <remarks>
/// At nodes along |g| a plane in |g| with an elliptical part, ln D = c₀ + c₁(|g| − g_n) + c₂ cos 2φ + c₃ sin 2φ, is fitted to the logarithms of the filters' densities with Tukey's weights, so that
/// filters at crystals' spots count for nothing.
/// </remarks>
internal sealed class SupportCurve
{
    private const int Terms = 5;
    private const double NodeStepPerNm = 0.1;

    private readonly double _first;
    private readonly double _step;
    private readonly double[] _nodes; // c₀, c₂, c₃ of each node

    private SupportCurve(double first, double step, double[] nodes, double resolutionPerNm)
    {
        _first = first;
        _step = step;
        _nodes = nodes;
        ResolutionPerNm = resolutionPerNm;
    }

    /// <summary>Standard deviation of the Gaussian over which it is smoothed, nm⁻¹.</summary>
    public double ResolutionPerNm { get; }

    public static SupportCurve Fit(ReadOnlySpan<FilterPower> filters, double resolutionPerNm)
    {
        FilterPower[] sorted = filters.ToArray();
        Array.Sort(sorted, static (a, b) => a.FrequencyPerNm.CompareTo(b.FrequencyPerNm));
        double first = sorted[0].FrequencyPerNm, last = sorted[^1].FrequencyPerNm;
        int count = Math.Max(2, (int)Math.Ceiling((last - first) / NodeStepPerNm) + 1);
        double step = Math.Max((last - first) / (count - 1), 1e-9);
        double[] nodes = new double[3 * count];
        double width = Math.Max(NodeStepPerNm, 0.7 * resolutionPerNm);
        for (int n = 0; n < count; n++)
        {
            FitNode(sorted, first + (n * step), width, nodes.AsSpan(3 * n, 3));
        }

        return new SupportCurve(first, step, nodes, resolutionPerNm);
    }

    /// <summary>The mean power density of the support, counts² nm².</summary>
    public double DensityAt(double gx, double gy)
    {
        double g2 = (gx * gx) + (gy * gy), g = Math.Sqrt(g2);
        double at = Math.Clamp((g - _first) / _step, 0, (_nodes.Length / 3) - 1.000001);
        int n = (int)at;
        double t = at - n, cos = g2 > 0 ? ((gx * gx) - (gy * gy)) / g2 : 0, sin = g2 > 0 ? 2 * gx * gy / g2 : 0;
        double low = _nodes[3 * n] + (cos * _nodes[(3 * n) + 1]) + (sin * _nodes[(3 * n) + 2]);
        double high = _nodes[(3 * n) + 3] + (cos * _nodes[(3 * n) + 4]) + (sin * _nodes[(3 * n) + 5]);
        return Math.Exp(low + (t * (high - low)));
    }

    private static void FitNode(FilterPower[] sorted, double node, double width, Span<double> into)
    {
        int from = LowerBound(sorted, node - (2.5 * width)), to = LowerBound(sorted, node + (2.5 * width));
        while (to - from < 12 && (from > 0 || to < sorted.Length))
        {
            from = Math.Max(0, from - 3);
            to = Math.Min(sorted.Length, to + 3);
            width *= 1.2;
        }

        Span<double> x = stackalloc double[Terms];
        Span<double> solution = stackalloc double[Terms];
        Span<double> matrix = stackalloc double[Terms * (Terms + 1)];
        double[] residuals = new double[to - from];
        for (int i = from; i < to; i++)
        {
            residuals[i - from] = sorted[i].LogDensity;
        }

        Array.Sort(residuals);
        solution[0] = residuals[residuals.Length / 2];
        double scale = 0.4;
        for (int turn = 0; turn < 6; turn++)
        {
            matrix.Clear();
            double sumAbs = 0, sumWeight = 0;
            for (int i = from; i < to; i++)
            {
                Row(sorted[i], node, width, x);
                double residual = sorted[i].LogDensity - Dot(x, solution);
                double far = (sorted[i].FrequencyPerNm - node) / width, r = residual / (4 * scale);
                double tukey = Math.Abs(r) < 1 ? (1 - (r * r)) * (1 - (r * r)) : 0;
                double near = Math.Exp(-0.5 * far * far), weight = near * tukey;
                sumAbs += near * Math.Min(Math.Abs(residual), 4 * scale);
                sumWeight += near;
                for (int a = 0; a < Terms; a++)
                {
                    for (int b = 0; b < Terms; b++)
                    {
                        matrix[(a * (Terms + 1)) + b] += weight * x[a] * x[b];
                    }

                    matrix[(a * (Terms + 1)) + Terms] += weight * x[a] * sorted[i].LogDensity;
                }
            }

            // The terms beside the constant are held towards zero, so that few filters on one side cannot turn the ellipse.
            for (int a = 1; a < Terms; a++)
            {
                matrix[(a * (Terms + 1)) + a] += 0.5;
            }

            matrix[0] += 1e-9;
            Solve(matrix, solution);
            scale = Math.Clamp(1.25 * sumAbs / Math.Max(sumWeight, 1e-9), 0.05, 1);
        }

        into[0] = solution[0];
        into[1] = solution[2];
        into[2] = solution[3];
    }

    private static void Row(FilterPower filter, double node, double width, Span<double> x)
    {
        double g2 = (filter.Gx * filter.Gx) + (filter.Gy * filter.Gy);
        x[0] = 1;
        x[1] = (filter.FrequencyPerNm - node) / width;
        x[2] = ((filter.Gx * filter.Gx) - (filter.Gy * filter.Gy)) / g2;
        x[3] = 2 * filter.Gx * filter.Gy / g2;
        x[4] = 0.5 * x[1] * x[1];
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static void Solve(Span<double> m, Span<double> solution)
    {
        const int Stride = Terms + 1;
        for (int c = 0; c < Terms; c++)
        {
            for (int r = c + 1; r < Terms; r++)
            {
                double factor = m[(r * Stride) + c] / m[(c * Stride) + c];
                for (int k = c; k < Stride; k++)
                {
                    m[(r * Stride) + k] -= factor * m[(c * Stride) + k];
                }
            }
        }

        for (int r = Terms - 1; r >= 0; r--)
        {
            double sum = m[(r * Stride) + Terms];
            for (int k = r + 1; k < Terms; k++)
            {
                sum -= m[(r * Stride) + k] * solution[k];
            }

            solution[r] = sum / m[(r * Stride) + r];
        }
    }

    private static int LowerBound(FilterPower[] sorted, double frequency)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle].FrequencyPerNm < frequency)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}

/// <summary>What one filter says of the support.</summary>
/// <param name="Gx">Frequency along x, nm⁻¹.</param>
/// <param name="Gy">Frequency along y, nm⁻¹.</param>
/// <param name="LogDensity">Logarithm of the median power density, as a mean (divided by ln 2).</param>
internal readonly record struct FilterPower(double Gx, double Gy, double LogDensity)
{
    public double FrequencyPerNm { get; } = Math.Sqrt((Gx * Gx) + (Gy * Gy));
}
