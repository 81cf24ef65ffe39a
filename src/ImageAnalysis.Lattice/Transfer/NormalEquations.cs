using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Lattice;

/// <summary>Half the negative gradient and half the expected second derivatives of a fit's cost.</summary>
internal sealed class NormalEquations(int count)
{
    // Rows are padded to whole vectors.
    private readonly int stride = (count + 3) / 4 * 4;
    private readonly double[] gradient = new double[(count + 3) / 4 * 4];
    private readonly double[] matrix = new double[count * ((count + 3) / 4 * 4)];
    private readonly double[] slope = new double[(count + 3) / 4 * 4];

    /// <summary>Fills them at a set of parameters.</summary>
    /// <param name="model">The model with its data.</param>
    /// <param name="p">The parameters.</param>
    /// <param name="misfit">What the data tell counts so many times less.</param>
    /// <returns>The cost there.</returns>
    public double Fill(RingModel model, ReadOnlySpan<double> p, double misfit = 1)
    {
        RingData data = model.Data;
        Array.Clear(gradient);
        Array.Clear(matrix);
        RingModel.Shared shared = model.SharedOf(p);
        double sum = 0;
        ref double row = ref MemoryMarshal.GetArrayDataReference(slope);
        for (int i = 0; i < data.Count; i++)
        {
            double log = model.LogPower(i, p, shared, slope), ratio = data.Power[i] * Math.Exp(-log), weight = data.Weight[i] / misfit;
            (double deviance, double pull) = RingFit.Deviance(ratio, RingFit.Limit(data.Independent[i]));
            sum += 2 * weight * deviance;

            // A spot's information falls as its pull does.
            double information = ratio - 1 > pull ? weight * pull / (ratio - 1) : weight;
            for (int k = 0; k < count; k++)
            {
                double own = Unsafe.Add(ref row, k);
                if (own == 0)
                {
                    continue;
                }

                gradient[k] += weight * pull * own;
                Vector256<double> factor = Vector256.Create(information * own);
                ref double line = ref matrix[k * stride];

                // The lower triangle, rounded up to whole vectors.
                for (int l = 0; l <= k; l += Vector256<double>.Count)
                {
                    Vector256<double> product = Vector256.LoadUnsafe(ref line, (nuint)l) + (factor * Vector256.LoadUnsafe(ref row, (nuint)l));
                    product.StoreUnsafe(ref line, (nuint)l);
                }
            }
        }

        for (int k = 0; k < count; k++)
        {
            (double mean, double sigma) = model.Prior[k];
            if (double.IsFinite(sigma))
            {
                gradient[k] -= (p[k] - mean) / (sigma * sigma);
                matrix[(k * stride) + k] += 1 / (sigma * sigma);
            }
        }

        return sum + RingFit.PriorCost(model, p);
    }

    /// <summary>Solves (A + damping · diag A) x = b for the moving parameters by Cholesky's decomposition; <c>null</c> where A is not positive.</summary>
    /// <param name="moving">Which parameters move.</param>
    /// <param name="damping">Marquardt's damping.</param>
    /// <param name="right">The right side b; the gradient where it is <c>null</c>.</param>
    public double[]? Solve(int[] moving, double damping, double[]? right = null)
    {
        int n = moving.Length;
        double[] a = new double[n * n], x = new double[n], b = right ?? gradient;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[(moving[i] * stride) + moving[j]] + (i == j ? (damping * matrix[(moving[i] * stride) + moving[i]]) + 1e-12 : 0);
                for (int k = 0; k < j; k++)
                {
                    sum -= a[(i * n) + k] * a[(j * n) + k];
                }

                if (i == j)
                {
                    if (!(sum > 0))
                    {
                        return null;
                    }

                    a[(i * n) + i] = Math.Sqrt(sum);
                }
                else
                {
                    a[(i * n) + j] = sum / a[(j * n) + j];
                }
            }
        }

        for (int i = 0; i < n; i++)
        {
            double sum = b[moving[i]];
            for (int k = 0; k < i; k++)
            {
                sum -= a[(i * n) + k] * x[k];
            }

            x[i] = sum / a[(i * n) + i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            double sum = x[i];
            for (int k = i + 1; k < n; k++)
            {
                sum -= a[(k * n) + i] * x[k];
            }

            x[i] = sum / a[(i * n) + i];
        }

        return x;
    }
}
