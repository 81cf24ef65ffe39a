namespace ImageAnalysis.Imaging;

/// <summary>Refills cells of a background grid that a particle covers, or of which nothing is known, from their surroundings.</summary>
internal static class BackgroundRepair
{
    private const double LimitRatio = 4;

    internal static void Repair(double[] levels, bool[] known, int columns, int rows, double leastSpread)
    {
        bool[] trusted = (bool[])known.Clone();

        // First against one smooth surface through the whole image, which a particle of many cells cannot pull up; then, on top of that surface,
        // against the neighbours.
        double[] surface = Surface(levels, trusted, columns, rows);
        double[] residuals = new double[levels.Length];
        for (int i = 0; i < levels.Length; i++)
        {
            residuals[i] = levels[i] - surface[i];
        }

        Reject(residuals, new double[levels.Length], known, trusted, leastSpread);
        for (int pass = 0; pass < 3; pass++)
        {
            Reject(residuals, Neighbours(residuals, trusted, columns, rows), known, trusted, leastSpread);
        }

        double[] filled = Neighbours(residuals, trusted, columns, rows);
        for (int i = 0; i < levels.Length; i++)
        {
            levels[i] = trusted[i] ? levels[i] : surface[i] + filled[i];
        }
    }

    // Trusts the known cells that do not lie far above the reference; far is measured by the cells below it, which no particle made.
    private static void Reject(double[] levels, double[] reference, bool[] known, bool[] trusted, double leastSpread)
    {
        List<float> lower = [];
        for (int i = 0; i < levels.Length; i++)
        {
            double difference = levels[i] - reference[i];
            if (trusted[i] && difference <= 0)
            {
                lower.Add((float)-difference);
            }
        }

        if (lower.Count < 4)
        {
            return;
        }

        double spread = Math.Max(OrderStatistics.Median(lower.ToArray()) / 0.6744898, leastSpread);
        bool any = false;
        bool[] next = new bool[known.Length];
        for (int i = 0; i < levels.Length; i++)
        {
            next[i] = known[i] && levels[i] - reference[i] <= LimitRatio * spread;
            any |= next[i];
        }

        if (any)
        {
            next.CopyTo(trusted, 0);
        }
    }

    // A polynomial of second order through the trusted cells, cells above it losing weight step by step.
    private static double[] Surface(double[] levels, bool[] trusted, int columns, int rows)
    {
        int order = trusted.Count(cell => cell) >= 12 ? 2 : 0;
        double[] weights = Array.ConvertAll(trusted, cell => cell ? 1.0 : 0.0);
        double[] reference = new double[levels.Length];
        for (int pass = 0; pass < 10; pass++)
        {
            PolynomialFit fit = new(order);
            for (int i = 0; i < levels.Length; i++)
            {
                fit.Add(Centred(i % columns, columns), Centred(i / columns, rows), levels[i], weights[i]);
            }

            double[] coefficients = fit.Solve();
            List<float> lower = [];
            for (int i = 0; i < levels.Length; i++)
            {
                reference[i] = PolynomialFit.Value(coefficients, order, Centred(i % columns, columns), Centred(i / columns, rows));
                if (trusted[i] && levels[i] <= reference[i])
                {
                    lower.Add((float)(reference[i] - levels[i]));
                }
            }

            double spread = lower.Count > 0 ? OrderStatistics.Median(lower.ToArray()) / 0.6744898 : 0;
            if (spread == 0)
            {
                break;
            }

            for (int i = 0; i < levels.Length; i++)
            {
                // Biweight above the surface, full weight below it.
                double r = Math.Max(0, levels[i] - reference[i]) / (LimitRatio * spread);
                weights[i] = !trusted[i] || r >= 1 ? 0 : (1 - (r * r)) * (1 - (r * r));
            }
        }

        return reference;
    }

    private static double Centred(int i, int n) => n == 1 ? 0 : (2.0 * i / (n - 1)) - 1;

    // A weighted mean of the trusted cells around each cell, the cell itself left out; wider where there are none near.
    private static double[] Neighbours(double[] levels, bool[] trusted, int columns, int rows)
    {
        double[] result = new double[levels.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                int i = (row * columns) + column;
                result[i] = levels[i];
                for (int reach = 2; ; reach *= 2)
                {
                    double sum = 0;
                    double total = 0;
                    for (int r = Math.Max(0, row - reach); r <= Math.Min(rows - 1, row + reach); r++)
                    {
                        for (int c = Math.Max(0, column - reach); c <= Math.Min(columns - 1, column + reach); c++)
                        {
                            if (trusted[(r * columns) + c] && (r != row || c != column))
                            {
                                double distance2 = ((r - row) * (r - row)) + ((c - column) * (c - column));
                                double weight = Math.Exp(-2 * distance2 / (reach * reach));
                                sum += weight * levels[(r * columns) + c];
                                total += weight;
                            }
                        }
                    }

                    if (total > 0)
                    {
                        result[i] = sum / total;
                        break;
                    }

                    if (reach > columns + rows)
                    {
                        break;
                    }
                }
            }
        }

        return result;
    }
}
