namespace ImageAnalysis.Core;

/// <summary>Logistic regression by Firth's penalised likelihood, for any number of covariates.</summary>
/// <remarks>
/// Maximises l*(β) = Σ[y ln π + (1 − y) ln(1 − π)] + ½ ln |XᵀWX|, W = diag π(1 − π): D. Firth, Biometrika 80 (1993) 27, doi:10.1093/biomet/80.1.27. Its gradient is Σ(y − π + h(½ − π))x with the leverages h (G. Heinze and M. Schemper,
/// Stat. Med. 21 (2002) 2409, doi:10.1002/sim.1047, equation 3; neither opened). Profiles hold one coefficient and maximise the same l*, penalty of all coefficients included, over the others.
/// </remarks>
internal sealed class FirthLogit
{
    private const int MostSteps = 500;

    /// <summary>The largest change of the linear predictor of any particle in one step: further out the quadratic model means nothing.</summary>
    private const double LongestStep = 2;

    /// <summary>
    /// Where l* can gain less than half of this, the curvature seen between steps takes the place of the information, which lacks the penalty's part and would make the last steps of few particles many.
    /// </summary>
    private const double NearDecrement = 0.1;

    private readonly double[][] _x;
    private readonly bool[] _y;
    private readonly int _size;

    /// <param name="x">A row of covariates for each observation; the intercept's 1 included where one is wanted.</param>
    /// <param name="y">The outcomes.</param>
    public FirthLogit(double[][] x, bool[] y)
    {
        (_x, _y, _size) = (x, y, x[0].Length);
    }

    /// <summary>The maximum of l*, with some coefficients held at where they start.</summary>
    public (double[] Coefficients, double LogLikelihood) Maximise(double[] start, int held = -1)
    {
        double[] beta = [.. start];
        int[] free = [.. Enumerable.Range(0, _size).Where(j => j != held)];
        (double value, double[] score, double[,] information) = Evaluate(beta);
        double[][]? seen = null;
        for (int step = 0; step < MostSteps && free.Length > 0; step++)
        {
            double[] slope = [.. free.Select(j => score[j])];
            double[][]? inverse = seen ?? (Cholesky(information, free) is { } factor ? Inverse(factor) : null);
            if (inverse is null)
            {
                break;
            }

            // Twice what l* can still gain. Below 10⁻⁹ a comparison of l* would be one of rounding errors, and full steps are safe.
            double[] move = [.. inverse.Select(row => Dot(row, slope))];
            double decrement = Dot(move, slope);
            if (decrement < 1e-22)
            {
                break;
            }

            double share = Math.Min(1, LongestStep / LargestChange(free, move));
            bool better = false;
            for (int halving = 0; halving < 40 && !better; halving++, share /= 2)
            {
                double[] trial = [.. beta];
                for (int a = 0; a < free.Length; a++)
                {
                    trial[free[a]] += share * move[a];
                }

                (double trialValue, double[] trialScore, double[,] trialInformation) = Evaluate(trial);
                if (trialValue > value || (decrement < 1e-9 && trialValue > value - 1e-6))
                {
                    double[] went = [.. free.Select(j => trial[j] - beta[j])], fell = [.. free.Select(j => score[j] - trialScore[j])];
                    seen = decrement < NearDecrement ? Updated(inverse, went, fell) : null;
                    (beta, value, score, information, better) = (trial, trialValue, trialScore, trialInformation, true);
                }
            }

            if (!better)
            {
                break;
            }
        }

        return (beta, value);
    }

    /// <summary>The largest change of the linear predictor of any observation that a step makes.</summary>
    private double LargestChange(int[] free, double[] move)
    {
        double largest = 0;
        foreach (double[] row in _x)
        {
            double change = 0;
            for (int a = 0; a < free.Length; a++)
            {
                change += row[free[a]] * move[a];
            }

            largest = Math.Max(largest, Math.Abs(change));
        }

        return largest;
    }

    /// <summary>The ends of the profile interval of one coefficient: where l*, maximised over the others, has fallen by a given amount.</summary>
    /// <returns>An end is infinite where l* never falls so far.</returns>
    public (double Low, double High) Profile(int coefficient, double[] best, double bestValue, double fall)
    {
        double sigma = Math.Sqrt(Inverse(Cholesky(Evaluate(best).Information, [.. Enumerable.Range(0, _size)])!)[coefficient][coefficient]);
        return (End(-sigma), End(sigma));

        double End(double step)
        {
            double[] at = best;
            double inside = best[coefficient], outside = inside, fallen = 0;
            for (int stretch = 0; ; stretch++)
            {
                outside += step * Math.Pow(2, stretch);
                (double[] trial, double value) = Held(at, outside);
                if (bestValue - value > fall)
                {
                    return Crossing(c => bestValue - Held(at, c).Item2, inside, fallen, outside, bestValue - value, fall, 1e-10 * Math.Abs(step));
                }

                (inside, fallen, at) = (outside, bestValue - value, trial);
                if (stretch == 30)
                {
                    return step < 0 ? double.NegativeInfinity : double.PositiveInfinity;
                }
            }
        }

        (double[], double) Held(double[] from, double value)
        {
            double[] start = [.. from];
            start[coefficient] = value;
            return Maximise(start, coefficient);
        }
    }

    /// <summary>Where a fall of l* reaches a given amount, between a place where it is less and one where it is more.</summary>
    /// <remarks>The fall is nearly a square, so its root is nearly straight: false position with the Illinois rule ends in a few steps.</remarks>
    internal static double Crossing(Func<double, double> fallAt, double inside, double fallInside, double outside, double fallOutside, double fall, double tolerance)
    {
        double low = Math.Sqrt(Math.Max(0, fallInside)) - Math.Sqrt(fall), high = Root(fallOutside) - Math.Sqrt(fall);
        int side = 0;
        for (int step = 0; step < 200 && Math.Abs(outside - inside) > tolerance; step++)
        {
            double at = inside + ((outside - inside) * (step % 8 == 7 ? 0.5 : -low / (high - low)));
            double value = Root(fallAt(at)) - Math.Sqrt(fall);
            if (value == 0)
            {
                return at;
            }

            if (value > 0)
            {
                (outside, high) = (at, value);
                low = side == 1 ? low / 2 : low;
                side = 1;
            }
            else
            {
                (inside, low) = (at, value);
                high = side == -1 ? high / 2 : high;
                side = -1;
            }
        }

        return (inside + outside) / 2;

        // Where l* is nothing at all, any large number will do.
        static double Root(double value) => Math.Sqrt(Math.Clamp(value, 0, 1e6));
    }

    /// <summary>l*, its gradient, and the information XᵀWX.</summary>
    private (double Value, double[] Score, double[,] Information) Evaluate(double[] beta)
    {
        int n = _x.Length;
        double[] p = new double[n], w = new double[n];
        double[,] information = new double[_size, _size];
        double value = 0;
        for (int i = 0; i < n; i++)
        {
            double eta = 0;
            for (int j = 0; j < _size; j++)
            {
                eta += beta[j] * _x[i][j];
            }

            // ln(1 + e^η) without overflow; π(1 − π) without the rounding of 1 − π.
            double small = Math.Exp(-Math.Abs(eta));
            p[i] = eta >= 0 ? 1 / (1 + small) : small / (1 + small);
            w[i] = small / ((1 + small) * (1 + small));
            value -= Math.Log(1 + small) + Math.Max(0, _y[i] ? -eta : eta);
            for (int a = 0; a < _size; a++)
            {
                for (int b = 0; b <= a; b++)
                {
                    information[a, b] += w[i] * _x[i][a] * _x[i][b];
                }
            }
        }

        // Far from the data the information is zero to all digits; such a place is never better than the last.
        double[,]? factor = Cholesky(information, [.. Enumerable.Range(0, _size)]);
        if (factor is null)
        {
            return (double.NegativeInfinity, new double[_size], information);
        }

        double[][] inverse = Inverse(factor);
        double[] score = new double[_size];
        for (int i = 0; i < n; i++)
        {
            double leverage = 0;
            for (int a = 0; a < _size; a++)
            {
                for (int b = 0; b < _size; b++)
                {
                    leverage += w[i] * _x[i][a] * inverse[a][b] * _x[i][b];
                }
            }

            double residual = (_y[i] ? 1 : 0) - p[i] + (leverage * (0.5 - p[i]));
            for (int j = 0; j < _size; j++)
            {
                score[j] += residual * _x[i][j];
            }
        }

        for (int a = 0; a < _size; a++)
        {
            value += Math.Log(factor[a, a]);
        }

        return (value, score, information);
    }

    /// <summary>The lower factor L of a matrix L Lᵀ, of the named rows and columns; <c>null</c> where they depend on one another.</summary>
    private static double[,]? Cholesky(double[,] matrix, int[] rows)
    {
        double[,] factor = new double[rows.Length, rows.Length];
        for (int a = 0; a < rows.Length; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double sum = matrix[rows[a], rows[b]];
                for (int k = 0; k < b; k++)
                {
                    sum -= factor[a, k] * factor[b, k];
                }

                if (a != b)
                {
                    factor[a, b] = sum / factor[b, b];
                }
                else if (sum > 1e-14 * matrix[rows[a], rows[a]])
                {
                    factor[a, a] = Math.Sqrt(sum);
                }
                else
                {
                    return null;
                }
            }
        }

        return factor;
    }

    private static double[][] Inverse(double[,] factor)
    {
        int n = factor.GetLength(0);
        return [.. Enumerable.Range(0, n).Select(a => Solve(factor, [.. Enumerable.Range(0, n).Select(b => a == b ? 1.0 : 0)]))];
    }

    /// <summary>The inverse curvature corrected by one step, as Broyden, Fletcher, Goldfarb and Shanno do; <c>null</c> where the step saw no curvature.</summary>
    private static double[][]? Updated(double[][] inverse, double[] went, double[] fell)
    {
        double curvature = Dot(went, fell);
        if (!(curvature > 0))
        {
            return null;
        }

        double[] turned = [.. inverse.Select(row => Dot(row, fell))];
        double scale = (1 + (Dot(fell, turned) / curvature)) / curvature;
        return [.. inverse.Select((row, a) => row.Select((value, b) => value + (scale * went[a] * went[b]) - (((turned[a] * went[b]) + (went[a] * turned[b])) / curvature)).ToArray())];
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static double[] Solve(double[,] factor, double[] right)
    {
        int n = right.Length;
        double[] solution = [.. right];
        for (int a = 0; a < n; a++)
        {
            for (int k = 0; k < a; k++)
            {
                solution[a] -= factor[a, k] * solution[k];
            }

            solution[a] /= factor[a, a];
        }

        for (int a = n - 1; a >= 0; a--)
        {
            for (int k = a + 1; k < n; k++)
            {
                solution[a] -= factor[k, a] * solution[k];
            }

            solution[a] /= factor[a, a];
        }

        return solution;
    }
}
