namespace ImageAnalysis.Core;

/// <summary>Linear systems of a few unknowns that may have dependent rows, as the constraints of a fit do when all their sites rest on bounds.</summary>
internal static class SmallSystem
{
    /// <summary>Solves S x = b for a positive semidefinite S by Cholesky's decomposition; an unknown whose row depends on those before it is set to 0.</summary>
    public static void SolveSemidefinite(double[] matrix, double[] right, double[] solution, int n)
    {
        double[] factor = new double[n * n];
        bool[] dependent = new bool[n];
        double largest = 0;
        for (int i = 0; i < n; i++)
        {
            largest = Math.Max(largest, matrix[(i * n) + i]);
        }

        for (int a = 0; a < n; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double sum = matrix[(a * n) + b];
                for (int k = 0; k < b; k++)
                {
                    sum -= factor[(a * n) + k] * factor[(b * n) + k];
                }

                if (a == b)
                {
                    dependent[a] = !(sum > 1e-10 * matrix[(a * n) + a]) || !(matrix[(a * n) + a] > 1e-14 * largest);
                    factor[(a * n) + a] = dependent[a] ? 0 : Math.Sqrt(sum);
                }
                else
                {
                    factor[(a * n) + b] = dependent[b] ? 0 : sum / factor[(b * n) + b];
                }
            }

            if (dependent[a])
            {
                for (int b = 0; b < a; b++)
                {
                    factor[(a * n) + b] = 0;
                }
            }
        }

        for (int a = 0; a < n; a++)
        {
            double sum = right[a];
            for (int k = 0; k < a; k++)
            {
                sum -= factor[(a * n) + k] * solution[k];
            }

            solution[a] = dependent[a] ? 0 : sum / factor[(a * n) + a];
        }

        for (int a = n - 1; a >= 0; a--)
        {
            double sum = solution[a];
            for (int k = a + 1; k < n; k++)
            {
                sum -= factor[(k * n) + a] * solution[k];
            }

            solution[a] = dependent[a] ? 0 : sum / factor[(a * n) + a];
        }
    }
}
