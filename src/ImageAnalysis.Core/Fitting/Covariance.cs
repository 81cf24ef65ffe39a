using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace ImageAnalysis.Core;

/// <summary>
/// Uncertainties at the minimum of a constrained fit: the covariance of the parameters that are on no bound, projected onto the equations, C = Z(ZᵀHZ)⁻¹Zᵀ with Z the
/// directions that keep the equations.
/// </summary>
/// <remarks>
/// Directions in which the scaled normal matrix has an eigenvalue below 10⁻¹⁰ of the largest are not determined: parameters with a share in them have no standard deviation.
/// </remarks>
internal sealed class Covariance
{
    private const double NullFraction = 1e-10;
    private readonly double[] _covariance, _undetermined;

    private Covariance(int[] free, double[] covariance, double[] undetermined, IReadOnlyList<(double Eigenvalue, double[] Direction)> weak) =>
        (Free, _covariance, _undetermined, Weak) = (free, covariance, undetermined, weak);

    /// <summary>Numbers of the parameters that the covariance is of.</summary>
    public int[] Free { get; }

    /// <summary>Directions of the scaled parameters (each over its own conditional standard deviation) with small eigenvalues, smallest first; in the order of <see cref="Free"/>.</summary>
    public IReadOnlyList<(double Eigenvalue, double[] Direction)> Weak { get; }

    /// <summary>The covariance from a normal matrix.</summary>
    /// <param name="normal">n × n, row by row.</param>
    /// <param name="n">Number of parameters.</param>
    /// <param name="free">Parameters that may move.</param>
    /// <param name="rows">Equations.</param>
    public static Covariance Of(double[] normal, int n, int[] free, IReadOnlyList<double[]> rows)
    {
        int m = free.Length;
        double[] scale = [.. free.Select(p => normal[(p * n) + p] > 0 ? 1 / Math.Sqrt(normal[(p * n) + p]) : 0)];
        int[] seen = [.. Enumerable.Range(0, m).Where(i => scale[i] > 0)];
        double[] covariance = new double[m * m], undetermined = new double[m];
        foreach (int i in Enumerable.Range(0, m).Except(seen))
        {
            undetermined[i] = 1;
        }

        List<(double, double[])> weak = [];
        Matrix<double>? kept = seen.Length == 0 ? null : Directions(rows, [.. seen.Select(i => free[i])], [.. seen.Select(i => scale[i])]);
        if (kept is { ColumnCount: > 0 })
        {
            Matrix<double> scaled = Matrix<double>.Build.Dense(seen.Length, seen.Length, (a, b) => normal[(free[seen[a]] * n) + free[seen[b]]] * scale[seen[a]] * scale[seen[b]]);
            Evd<double> evd = (kept.TransposeThisAndMultiply(scaled) * kept).Evd(Symmetricity.Symmetric);
            double largest = evd.EigenValues.Max(value => value.Real);
            for (int k = 0; k < evd.EigenValues.Count; k++)
            {
                double eigenvalue = evd.EigenValues[k].Real;
                Vector<double> direction = kept * evd.EigenVectors.Column(k);
                weak.Add((eigenvalue, [.. Enumerable.Range(0, m).Select(i => Array.IndexOf(seen, i) is int at and >= 0 ? direction[at] : 0)]));
                for (int a = 0; a < seen.Length; a++)
                {
                    if (eigenvalue < NullFraction * largest)
                    {
                        undetermined[seen[a]] += direction[a] * direction[a];
                        continue;
                    }

                    for (int b = 0; b < seen.Length; b++)
                    {
                        covariance[(seen[a] * m) + seen[b]] += direction[a] * direction[b] / eigenvalue * scale[seen[a]] * scale[seen[b]];
                    }
                }
            }
        }

        return new(free, covariance, undetermined, [.. weak.OrderBy(one => one.Item1)]);
    }

    /// <summary>Covariance of two of the parameters of the whole list; 0 for held ones.</summary>
    public double Between(int parameter, int other)
    {
        int a = Array.IndexOf(Free, parameter), b = Array.IndexOf(Free, other);
        return a < 0 || b < 0 ? 0 : _covariance[(a * Free.Length) + b];
    }

    /// <summary>Variance of a parameter; <c>null</c> where it is held or not determined.</summary>
    public double? Variance(int parameter)
    {
        int a = Array.IndexOf(Free, parameter);
        return a < 0 || _undetermined[a] > 1e-6 ? null : _covariance[(a * Free.Length) + a];
    }

    /// <summary>An orthonormal basis of the scaled directions in which the equations keep holding.</summary>
    private static Matrix<double> Directions(IReadOnlyList<double[]> rows, int[] parameters, double[] scale)
    {
        List<Vector<double>> taken = [], kept = [];
        foreach (double[] row in rows)
        {
            Reduced(Vector<double>.Build.Dense(parameters.Length, i => row[parameters[i]] * scale[i]), taken, taken, 1e-9);
        }

        int equations = taken.Count;
        for (int i = 0; i < parameters.Length && taken.Count < parameters.Length; i++)
        {
            Reduced(Vector<double>.Build.Dense(parameters.Length, k => k == i ? 1 : 0), taken, taken, 1e-6);
        }

        kept.AddRange(taken.Skip(equations));
        return kept.Count == 0 ? Matrix<double>.Build.Dense(parameters.Length, 1).RemoveColumn(0) : Matrix<double>.Build.DenseOfColumnVectors(kept);
    }

    /// <summary>Adds what is left of a vector after the taken ones, where something is left.</summary>
    private static void Reduced(Vector<double> vector, List<Vector<double>> taken, List<Vector<double>> target, double tolerance)
    {
        double size = vector.L2Norm();
        for (int twice = 0; twice < 2; twice++)
        {
            foreach (Vector<double> other in taken)
            {
                vector -= vector.DotProduct(other) * other;
            }
        }

        double left = vector.L2Norm();
        if (size > 0 && left > tolerance * size)
        {
            target.Add(vector / left);
        }
    }
}
