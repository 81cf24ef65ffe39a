namespace ImageAnalysis.Core;

/// <summary>
/// Finds the step d that makes ½ dᵀH d − rᵀd smallest while lower ≤ d ≤ upper and A d = b: the primal active-set method for convex problems,
/// J. Nocedal and S. J. Wright, Numerical Optimization (2006), doi:10.1007/978-0-387-40065-5, algorithm 16.3.
/// </summary>
/// <remarks>For the few dozen parameters of a fit; d = 0 has to be within the bounds and is moved onto the equations first.</remarks>
internal static class QuadraticProgram
{
    /// <summary>Solves the problem; <paramref name="held"/> says on return which variables rest on a bound (−1 lower, +1 upper, 0 neither).</summary>
    /// <returns>False where the matrix is not positive definite on the free variables: more damping is needed.</returns>
    public static bool Solve(
        double[] normal, double[] right, double[] lower, double[] upper, IReadOnlyList<double[]> rows, double[] values, double[] step, int[] held)
    {
        int n = right.Length;
        Array.Clear(step);
        for (int i = 0; i < n; i++)
        {
            held[i] = lower[i] >= upper[i] ? -1 : 0;
            step[i] = Math.Clamp(0, lower[i], upper[i]);
        }

        var solver = new EqualitySolver(normal, n, rows);
        double[] towards = new double[n], multipliers = new double[rows.Count];
        for (int round = 0; round < 20 * (n + 2); round++)
        {
            if (!solver.Solve(right, step, values, held, towards, multipliers))
            {
                return false;
            }

            // How far along the way to the minimum of the free variables before one of them meets its bound?
            double share = 1;
            int blocking = -1;
            for (int i = 0; i < n; i++)
            {
                if (held[i] == 0)
                {
                    double limit = towards[i] < 0 ? lower[i] : upper[i];
                    if (towards[i] != 0 && Math.Abs(towards[i]) * share > Math.Abs(limit - step[i]))
                    {
                        share = Math.Abs(limit - step[i]) / Math.Abs(towards[i]);
                        blocking = i;
                    }
                }
            }

            for (int i = 0; i < n; i++)
            {
                step[i] += held[i] == 0 ? share * towards[i] : 0;
            }

            if (blocking >= 0)
            {
                held[blocking] = towards[blocking] < 0 ? -1 : 1;
                step[blocking] = towards[blocking] < 0 ? lower[blocking] : upper[blocking];
            }
            else
            {
                int released = MostEager(normal, right, lower, upper, rows, step, held, multipliers);
                if (released < 0)
                {
                    return true;
                }

                held[released] = 0;
            }
        }

        return true;
    }

    /// <summary>The variable on a bound that would lower the sum most by leaving it, or −1.</summary>
    private static int MostEager(
        double[] normal, double[] right, double[] lower, double[] upper, IReadOnlyList<double[]> rows, double[] step, int[] held, double[] multipliers)
    {
        int n = right.Length, best = -1;
        double most = 1e-10;
        for (int i = 0; i < n; i++)
        {
            if (held[i] != 0 && lower[i] < upper[i])
            {
                double slope = -right[i];
                for (int j = 0; j < n; j++)
                {
                    slope += normal[(i * n) + j] * step[j];
                }

                for (int k = 0; k < rows.Count; k++)
                {
                    slope += multipliers[k] * rows[k][i];
                }

                // A slope counts in units of the variable's own curvature.
                double eager = slope * held[i] / Math.Sqrt(Math.Max(normal[(i * n) + i], 1e-300));
                if (eager > most)
                {
                    most = eager;
                    best = i;
                }
            }
        }

        return best;
    }
}
