namespace ImageAnalysis.Core;

/// <summary>The sum of squares at <paramref name="x"/>; fills the normal matrix JᵀJ (row by row) and JᵀR, the way down, of the residuals R.</summary>
internal delegate double NormalEquations(double[] x, double[] normal, double[] right);

/// <summary>Bounds and linear equations that the parameters of a fit obey.</summary>
/// <param name="Lower">Lower bounds; equal to the upper one for a parameter that is held.</param>
/// <param name="Upper">Upper bounds.</param>
/// <param name="Rows">Coefficients of the linear equations.</param>
/// <param name="Values">Right-hand sides of the linear equations.</param>
internal sealed record FitLimits(double[] Lower, double[] Upper, IReadOnlyList<double[]> Rows, double[] Values);

/// <summary>Where a least-squares fit ended.</summary>
/// <param name="X">The parameters.</param>
/// <param name="Squares">The sum of squares there.</param>
/// <param name="Normal">JᵀJ there.</param>
/// <param name="Right">JᵀR there: 0 for free parameters at a minimum.</param>
/// <param name="Held">−1 or +1 for a parameter on its lower or upper bound, 0 elsewhere.</param>
/// <param name="Iterations">Evaluations that were needed.</param>
/// <param name="Settled">Whether the fit converged within the allowed number of evaluations.</param>
internal sealed record LeastSquaresResult(double[] X, double Squares, double[] Normal, double[] Right, int[] Held, int Iterations, bool Settled);

/// <summary>
/// Levenberg-Marquardt with bounds and linear equations: each step is the minimum of the damped quadratic model within the limits, found exactly
/// (<see cref="QuadraticProgram"/>), so that parameters stop at their bounds and leave them again as the data ask. Damping by
/// H. B. Nielsen's rule: K. Madsen, H. B. Nielsen and O. Tingleff, Methods for Non-Linear Least Squares Problems (2004), section 3.2.
/// </summary>
internal static class LeastSquares
{
    /// <summary>Fits from a start, which is moved into the limits first.</summary>
    /// <param name="evaluate">The sum of squares and its derivatives.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="limits">Bounds and equations.</param>
    /// <param name="most">Largest number of evaluations.</param>
    /// <param name="tolerance">The fit has settled when no step promises to lower the sum of squares by more than this.</param>
    /// <param name="largestStep">How far a parameter (by number and value) may move in one step; no limit where <c>null</c>.</param>
    public static LeastSquaresResult Fit(
        NormalEquations evaluate, double[] start, FitLimits limits, int most, double tolerance, Func<int, double, double>? largestStep = null)
    {
        int n = start.Length;
        double[] x = Into(start, limits), normal = new double[n * n], right = new double[n];
        double squares = evaluate(x, normal, right);
        double[] trial = new double[n], trialNormal = new double[n * n], trialRight = new double[n], damped = new double[n * n];
        double[] lower = new double[n], upper = new double[n], values = new double[limits.Rows.Count], step = new double[n];
        int[] held = new int[n];
        double damping = 1e-4, growth = 2;
        bool settled = false;
        int used = 1;
        while (used < most && !settled)
        {
            for (int i = 0; i < n; i++)
            {
                lower[i] = limits.Lower[i] - x[i];
                upper[i] = limits.Upper[i] - x[i];
                if (largestStep is not null)
                {
                    double largest = largestStep(i, x[i]);
                    (lower[i], upper[i]) = (Math.Max(lower[i], -largest), Math.Min(upper[i], largest));
                }
            }

            for (int k = 0; k < values.Length; k++)
            {
                values[k] = limits.Values[k] - Dot(limits.Rows[k], x);
            }

            normal.CopyTo(damped, 0);
            for (int i = 0; i < n; i++)
            {
                // A parameter without any influence (a zero column) must not make the matrix singular.
                damped[(i * n) + i] += (damping * normal[(i * n) + i]) + 1e-30;
            }

            if (!QuadraticProgram.Solve(damped, right, lower, upper, limits.Rows, values, step, held))
            {
                damping *= 10;
                used++;
                continue;
            }

            double promised = Promise(normal, right, step);
            settled = promised <= tolerance;
            for (int i = 0; i < n; i++)
            {
                trial[i] = Math.Clamp(x[i] + step[i], limits.Lower[i], limits.Upper[i]);
            }

            double next = evaluate(trial, trialNormal, trialRight);
            used++;
            if (next <= squares)
            {
                double gain = promised > 0 ? (squares - next) / promised : 1;
                (x, trial) = (trial, x);
                (normal, trialNormal) = (trialNormal, normal);
                (right, trialRight) = (trialRight, right);
                squares = next;
                double easing = (2 * gain) - 1;
                damping = Math.Max(1e-12, damping * Math.Clamp(1 - (easing * easing * easing), 1.0 / 9, 3));
                growth = 2;
            }
            else
            {
                damping *= growth;
                growth *= 2;
                settled |= damping > 1e12;
            }
        }

        MarkHeld(x, limits, right, normal, held);
        return new LeastSquaresResult(x, squares, normal, right, held, used, settled);
    }

    /// <summary>The point within the bounds and on the equations that is nearest to a start.</summary>
    public static double[] Into(double[] start, FitLimits limits)
    {
        int n = start.Length;
        double[] x = new double[n], unit = new double[n * n], lower = new double[n], upper = new double[n], step = new double[n];
        for (int i = 0; i < n; i++)
        {
            x[i] = Math.Clamp(start[i], limits.Lower[i], limits.Upper[i]);
            unit[(i * n) + i] = 1;
            lower[i] = limits.Lower[i] - x[i];
            upper[i] = limits.Upper[i] - x[i];
        }

        // The way onto the equations may be stopped by bounds several times.
        for (int round = 0; round < 8 && limits.Rows.Count > 0; round++)
        {
            double[] values = [.. limits.Rows.Select((row, k) => limits.Values[k] - Dot(row, x))];
            if (values.All(value => Math.Abs(value) < 1e-12))
            {
                break;
            }

            QuadraticProgram.Solve(unit, new double[n], lower, upper, limits.Rows, values, step, new int[n]);
            for (int i = 0; i < n; i++)
            {
                x[i] = Math.Clamp(x[i] + step[i], limits.Lower[i], limits.Upper[i]);
                lower[i] = limits.Lower[i] - x[i];
                upper[i] = limits.Upper[i] - x[i];
            }
        }

        return x;
    }

    private static double Promise(double[] normal, double[] right, double[] step)
    {
        int n = step.Length;
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            double curved = 0;
            for (int j = 0; j < n; j++)
            {
                curved += normal[(i * n) + j] * step[j];
            }

            sum += step[i] * ((2 * right[i]) - curved);
        }

        return sum;
    }

    private static void MarkHeld(double[] x, FitLimits limits, double[] right, double[] normal, int[] held)
    {
        int n = x.Length;
        for (int i = 0; i < n; i++)
        {
            double near = 1e-9 * (1 + Math.Abs(x[i]));
            held[i] = x[i] <= limits.Lower[i] + near ? -1 : x[i] >= limits.Upper[i] - near ? 1 : 0;
        }
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
}
