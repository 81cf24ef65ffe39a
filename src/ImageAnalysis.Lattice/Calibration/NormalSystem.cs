namespace ImageAnalysis.Lattice;

/// <summary>Normal equations of a few unknowns, gathered row by row.</summary>
internal sealed class NormalSystem(int size)
{
    private readonly double[] _matrix = new double[size * size];
    private readonly double[] _right = new double[size];
    private readonly double[] _inverse = new double[size * size];

    public double[] Solution { get; } = new double[size];

    public void Clear()
    {
        Array.Clear(_matrix);
        Array.Clear(_right);
    }

    public void Add(ReadOnlySpan<double> row, double residual)
    {
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                _matrix[(size * i) + j] += row[i] * row[j];
            }

            _right[i] += row[i] * residual;
        }
    }

    /// <summary>Solves by Gauss-Jordan elimination; false where the rows leave an unknown open.</summary>
    public bool Solve()
    {
        double[] work = [.. _matrix];
        Array.Clear(_inverse);
        for (int i = 0; i < size; i++)
        {
            _inverse[(size * i) + i] = 1;
        }

        for (int i = 0; i < size; i++)
        {
            // The matrix is positive: its diagonal needs no exchange of rows.
            double pivot = work[(size * i) + i];
            if (!(pivot > 1e-14 * _matrix[(size * i) + i]) || !double.IsFinite(pivot))
            {
                return false;
            }

            for (int j = 0; j < size; j++)
            {
                work[(size * i) + j] /= pivot;
                _inverse[(size * i) + j] /= pivot;
            }

            for (int row = 0; row < size; row++)
            {
                double factor = row == i ? 0 : work[(size * row) + i];
                for (int j = 0; j < size; j++)
                {
                    work[(size * row) + j] -= factor * work[(size * i) + j];
                    _inverse[(size * row) + j] -= factor * _inverse[(size * i) + j];
                }
            }
        }

        for (int i = 0; i < size; i++)
        {
            Solution[i] = 0;
            for (int j = 0; j < size; j++)
            {
                Solution[i] += _inverse[(size * i) + j] * _right[j];
            }
        }

        return true;
    }

    /// <summary>Variance of an unknown, for rows in units of their errors.</summary>
    public double Variance(int unknown) => _inverse[(size * unknown) + unknown];
}
