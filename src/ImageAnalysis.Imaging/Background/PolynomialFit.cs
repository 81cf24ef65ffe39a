namespace ImageAnalysis.Imaging;

/// <summary>Weighted least squares for a polynomial in u and v of order 0 … 3: 1, u, v, u², uv, v², u³, u²v, uv², v³.</summary>
internal sealed class PolynomialFit
{
    private readonly int _order;
    private readonly int _terms;
    private readonly double[] _normal;
    private readonly double[] _right;

    internal PolynomialFit(int order)
    {
        _order = order;
        _terms = TermCount(order);
        _normal = new double[_terms * _terms];
        _right = new double[_terms];
    }

    internal static int TermCount(int order) => (order + 1) * (order + 2) / 2;

    internal static double Value(ReadOnlySpan<double> coefficients, int order, double u, double v)
    {
        Span<double> terms = stackalloc double[10];
        Terms(order, u, v, terms);
        double sum = 0;
        for (int i = 0; i < TermCount(order); i++)
        {
            sum += coefficients[i] * terms[i];
        }

        return sum;
    }

    internal void Add(double u, double v, double value, double weight)
    {
        if (weight == 0)
        {
            return;
        }

        Span<double> terms = stackalloc double[10];
        Terms(_order, u, v, terms);
        for (int i = 0; i < _terms; i++)
        {
            double weighted = weight * terms[i];
            _right[i] += weighted * value;
            for (int j = 0; j <= i; j++)
            {
                _normal[(i * _terms) + j] += weighted * terms[j];
            }
        }
    }

    /// <summary>The coefficients; terms that the data do not determine come out as good as 0.</summary>
    internal double[] Solve()
    {
        int n = _terms;
        double[] l = (double[])_normal.Clone();
        double[] x = (double[])_right.Clone();

        // A ridge far below any real term, against a singular matrix (an image of one row, say). The constant is not held back.
        double ridge = 1e-10 * l[0];
        for (int i = 1; i < n; i++)
        {
            l[(i * n) + i] += ridge;
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = l[(i * n) + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= l[(i * n) + k] * l[(j * n) + k];
                }

                l[(i * n) + j] = i == j ? Math.Sqrt(Math.Max(sum, double.Epsilon)) : sum / l[(j * n) + j];
            }
        }

        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < i; k++)
            {
                x[i] -= l[(i * n) + k] * x[k];
            }

            x[i] /= l[(i * n) + i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++)
            {
                x[i] -= l[(k * n) + i] * x[k];
            }

            x[i] /= l[(i * n) + i];
        }

        return x;
    }

    private static void Terms(int order, double u, double v, Span<double> terms)
    {
        terms[0] = 1;
        if (order >= 1)
        {
            terms[1] = u;
            terms[2] = v;
        }

        if (order >= 2)
        {
            terms[3] = u * u;
            terms[4] = u * v;
            terms[5] = v * v;
        }

        if (order >= 3)
        {
            terms[6] = u * u * u;
            terms[7] = u * u * v;
            terms[8] = u * v * v;
            terms[9] = v * v * v;
        }
    }
}
