namespace ImageAnalysis.Core;

/// <summary>Small linear least-squares problems of three unknowns.</summary>
internal static class LineFit
{
    /// <summary>The sum of squares that remains of a pattern when a model, times a factor, and a straight background are taken off.</summary>
    public static double Residual(PowderPattern pattern, PowderPattern model)
    {
        int count = pattern.PointCount;
        Span<double> normal = stackalloc double[12];
        double square = 0;
        double scale = model.IntensityCounts.Max();
        for (int i = 0; i < count; i++)
        {
            double y = pattern.IntensityCounts[i];
            AddRow(normal, model.IntensityCounts[i] / scale, 1, (2.0 * i / count) - 1, y);
            square += y * y;
        }

        (double a, double b, double c) = Solve(normal);
        // |y − Ax|² = |y|² − xᵀAᵀy at the solution.
        return square - ((a * normal[3]) + (b * normal[7]) + (c * normal[11]));
    }

    /// <summary>The top of the parabola through points of a pattern.</summary>
    public static double ParabolaTop(PowderPattern pattern, int first, int last)
    {
        double middle = (pattern.TwoThetaDeg[first] + pattern.TwoThetaDeg[last]) / 2;
        double half = (pattern.TwoThetaDeg[last] - pattern.TwoThetaDeg[first]) / 2;
        Span<double> normal = stackalloc double[12];
        for (int i = first; i <= last; i++)
        {
            double t = (pattern.TwoThetaDeg[i] - middle) / half;
            AddRow(normal, t * t, t, 1, pattern.IntensityCounts[i]);
        }

        (double a, double b, _) = Solve(normal);
        return middle + (half * Math.Clamp(-b / (2 * a), -1, 1));
    }

    private static void AddRow(Span<double> normal, double a, double b, double c, double y)
    {
        ReadOnlySpan<double> row = [a, b, c, y];
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 4; j++)
            {
                normal[(4 * i) + j] += row[i] * row[j];
            }
        }
    }

    // Cramer's rule on the normal equations.
    private static (double A, double B, double C) Solve(ReadOnlySpan<double> n)
    {
        double whole = Determinant(n[0], n[1], n[2], n[4], n[5], n[6], n[8], n[9], n[10]);
        return (
            Determinant(n[3], n[1], n[2], n[7], n[5], n[6], n[11], n[9], n[10]) / whole,
            Determinant(n[0], n[3], n[2], n[4], n[7], n[6], n[8], n[11], n[10]) / whole,
            Determinant(n[0], n[1], n[3], n[4], n[5], n[7], n[8], n[9], n[11]) / whole);
    }

    private static double Determinant(double a, double b, double c, double d, double e, double f, double g, double h, double i) =>
        (a * ((e * i) - (f * h))) - (b * ((d * i) - (f * g))) + (c * ((d * h) - (e * g)));
}
