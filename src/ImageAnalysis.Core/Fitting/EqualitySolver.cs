namespace ImageAnalysis.Core;

/// <summary>
/// Solves H d = r − Aᵀμ, A d = b for the variables that are free, by Cholesky's decomposition of H and of A H⁻¹ Aᵀ
/// (Nocedal and Wright, Numerical Optimization (2006), doi:10.1007/978-0-387-40065-5, equations 16.5 and 16.16).
/// </summary>
internal sealed class EqualitySolver(double[] normal, int n, IReadOnlyList<double[]> rows)
{
    private readonly double[] _factor = new double[n * n], _work = new double[n], _schur = new double[rows.Count * rows.Count];
    private readonly double[][] _solved = [.. rows.Select(_ => new double[n])];
    private readonly int[] _free = new int[n];

    /// <summary>The further step <paramref name="towards"/> from <paramref name="at"/> to the minimum over the free variables, and the constraints' multipliers.</summary>
    /// <returns>False where H is not positive definite on the free variables.</returns>
    public bool Solve(double[] right, double[] at, double[] values, int[] held, double[] towards, double[] multipliers)
    {
        int count = 0;
        for (int i = 0; i < n; i++)
        {
            towards[i] = 0;
            if (held[i] == 0)
            {
                _free[count++] = i;
            }
        }

        if (!Factorise(count))
        {
            return false;
        }

        // Step without the constraints: H d = r − H·at.
        for (int a = 0; a < count; a++)
        {
            double sum = right[_free[a]];
            for (int j = 0; j < n; j++)
            {
                sum -= normal[(_free[a] * n) + j] * at[j];
            }

            _work[a] = sum;
        }

        Substitute(_work, count);
        for (int a = 0; a < count; a++)
        {
            towards[_free[a]] = _work[a];
        }

        Array.Clear(multipliers);
        return rows.Count == 0 || Constrain(at, values, towards, multipliers, count);
    }

    private bool Constrain(double[] at, double[] values, double[] towards, double[] multipliers, int count)
    {
        int m = rows.Count;
        double[] missing = new double[m];
        for (int k = 0; k < m; k++)
        {
            double[] solved = _solved[k];
            for (int a = 0; a < count; a++)
            {
                solved[a] = rows[k][_free[a]];
            }

            Substitute(solved, count);
            missing[k] = -values[k];
            for (int j = 0; j < n; j++)
            {
                missing[k] += rows[k][j] * (at[j] + towards[j]);
            }
        }

        for (int k = 0; k < m; k++)
        {
            for (int l = 0; l < m; l++)
            {
                double sum = 0;
                for (int a = 0; a < count; a++)
                {
                    sum += rows[k][_free[a]] * _solved[l][a];
                }

                _schur[(k * m) + l] = sum;
            }
        }

        SmallSystem.SolveSemidefinite(_schur, missing, multipliers, m);
        for (int k = 0; k < m; k++)
        {
            for (int a = 0; a < count; a++)
            {
                towards[_free[a]] -= multipliers[k] * _solved[k][a];
            }
        }

        return true;
    }

    private bool Factorise(int count)
    {
        for (int a = 0; a < count; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double sum = normal[(_free[a] * n) + _free[b]];
                for (int k = 0; k < b; k++)
                {
                    sum -= _factor[(a * n) + k] * _factor[(b * n) + k];
                }

                if (a == b)
                {
                    if (!(sum > 1e-14 * normal[(_free[a] * n) + _free[a]]))
                    {
                        return false;
                    }

                    _factor[(a * n) + a] = Math.Sqrt(sum);
                }
                else
                {
                    _factor[(a * n) + b] = sum / _factor[(b * n) + b];
                }
            }
        }

        return true;
    }

    private void Substitute(double[] vector, int count)
    {
        for (int a = 0; a < count; a++)
        {
            double sum = vector[a];
            for (int k = 0; k < a; k++)
            {
                sum -= _factor[(a * n) + k] * vector[k];
            }

            vector[a] = sum / _factor[(a * n) + a];
        }

        for (int a = count - 1; a >= 0; a--)
        {
            double sum = vector[a];
            for (int k = a + 1; k < count; k++)
            {
                sum -= _factor[(k * n) + a] * vector[k];
            }

            vector[a] = sum / _factor[(a * n) + a];
        }
    }
}
