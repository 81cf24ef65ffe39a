using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

/// <summary>Steps within bounds and on equations, and the fits made of them.</summary>
public sealed class QuadraticProgramTests
{
    [Fact]
    public void Solve_WithoutLimits_IsTheMinimum()
    {
        // ½(2x² + 2y²) + xy − 3x − 3y: gradient 2x + y = 3, x + 2y = 3, so x = y = 1.
        (double[] step, int[] held) = Solve([2, 1, 1, 2], [3, 3], -9, 9, [], []);
        Assert.Equal(1, step[0], 1e-12);
        Assert.Equal(1, step[1], 1e-12);
        Assert.Equal([0, 0], held);
    }

    [Fact]
    public void Solve_WithABound_StopsThereAndTheOtherFollows()
    {
        // With x ≤ ½ the other equation gives y = (3 − ½)/2 = 1.25.
        (double[] step, int[] held) = Solve([2, 1, 1, 2], [3, 3], -9, 0.5, 9, [], []);
        Assert.Equal(0.5, step[0], 1e-12);
        Assert.Equal(1.25, step[1], 1e-12);
        Assert.Equal([1, 0], held);
    }

    [Fact]
    public void Solve_WithAnEquation_KeepsIt()
    {
        // x + y = 1 with weights 1 and 3 about (1, 1): x − 1 = −μ, 3(y − 1) = −μ; −μ(1 + 1/3) = −1, so μ = ¾, x = ¼, y = ¾.
        (double[] step, _) = Solve([1, 0, 0, 3], [1, 3], -9, 9, [[1, 1]], [1]);
        Assert.Equal(0.25, step[0], 1e-12);
        Assert.Equal(0.75, step[1], 1e-12);
    }

    [Fact]
    public void Solve_RandomProblems_SatisfyTheConditionsOfAMinimum()
    {
        var random = new Random(7);
        for (int trial = 0; trial < 300; trial++)
        {
            int n = 2 + random.Next(8);
            double[] root = [.. Enumerable.Range(0, n * n).Select(_ => random.NextDouble() - 0.5)], normal = new double[n * n], right = [.. Enumerable.Range(0, n).Select(_ => 4 * (random.NextDouble() - 0.5))];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    normal[(i * n) + j] = Enumerable.Range(0, n).Sum(k => root[(k * n) + i] * root[(k * n) + j]) + (i == j ? 0.01 : 0);
                }
            }

            double[] row = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble())], lower = [.. row.Select(_ => -random.NextDouble())], upper = [.. row.Select(_ => random.NextDouble())];
            double[] step = new double[n];
            int[] held = new int[n];
            Assert.True(QuadraticProgram.Solve(normal, right, lower, upper, [row], [0], step, held));

            // On the equation, within the bounds, and with one multiplier μ: slope + μ·row is 0 for free variables, above 0 on lower and below 0 on upper bounds.
            Assert.Equal(0, step.Zip(row, (a, b) => a * b).Sum(), 1e-9);
            double[] slope = [.. Enumerable.Range(0, n).Select(i => -right[i] + Enumerable.Range(0, n).Sum(j => normal[(i * n) + j] * step[j]))];
            int[] free = [.. Enumerable.Range(0, n).Where(i => held[i] == 0)];
            double multiplier = free.Length == 0 ? 0 : -free.Sum(i => slope[i] * row[i]) / free.Sum(i => row[i] * row[i]);
            for (int i = 0; i < n; i++)
            {
                Assert.InRange(step[i], lower[i] - 1e-12, upper[i] + 1e-12);
                double left = slope[i] + (multiplier * row[i]);
                Assert.True(held[i] == 0 ? Math.Abs(left) < 1e-8 : free.Length == 0 || held[i] * left < 1e-8, $"trial {trial}, variable {i}: {left} with {held[i]}");
            }
        }
    }

    [Fact]
    public void Fit_OfRosenbrocksValley_ReachesItsEndOrTheBoundOnTheWay()
    {
        // Residuals 1 − x and 10(y − x²): the minimum is at (1, 1); with x ≤ 0.6 it is at (0.6, 0.36) with the sum 0.16.
        Assert.Equal([1, 1], Rosenbrock(9).X.Select(value => Math.Round(value, 6)));
        LeastSquaresResult bounded = Rosenbrock(0.6);
        Assert.Equal([0.6, 0.36], bounded.X.Select(value => Math.Round(value, 6)));
        Assert.Equal(0.16, bounded.Squares, 1e-6);
        Assert.Equal([1, 0], bounded.Held);
    }

    [Fact]
    public void Into_StartOutside_LandsOnTheEquationWithinTheBounds()
    {
        // Σ 8a + 4b + 24c + 32d = 8 from far outside of it.
        FitLimits limits = new([0, 0, 0, 0], [1, 1, 1, 1], [[8, 4, 24, 32]], [8]);
        double[] x = LeastSquares.Into([1, 1, 1, 1], limits);
        Assert.Equal(8, (8 * x[0]) + (4 * x[1]) + (24 * x[2]) + (32 * x[3]), 1e-9);
        Assert.All(x, value => Assert.InRange(value, 0, 1));
    }

    private static LeastSquaresResult Rosenbrock(double largestX) => LeastSquares.Fit(
        (x, normal, right) =>
        {
            double[] residuals = [1 - x[0], 10 * (x[1] - (x[0] * x[0]))];
            double[][] jacobian = [[-1, 0], [-20 * x[0], 10]];
            for (int i = 0; i < 2; i++)
            {
                right[i] = -residuals.Select((value, k) => value * jacobian[k][i]).Sum();
                for (int j = 0; j < 2; j++)
                {
                    normal[(i * 2) + j] = jacobian.Sum(row => row[i] * row[j]);
                }
            }

            return residuals.Sum(value => value * value);
        },
        [-1.2, 1],
        new FitLimits([-9, -9], [largestX, 9], [], []),
        200,
        1e-14);

    private static (double[] Step, int[] Held) Solve(double[] normal, double[] right, double low, double high, double[][] rows, double[] values) =>
        Solve(normal, right, low, high, high, rows, values);

    private static (double[] Step, int[] Held) Solve(double[] normal, double[] right, double low, double firstHigh, double high, double[][] rows, double[] values)
    {
        double[] step = new double[2];
        int[] held = new int[2];
        Assert.True(QuadraticProgram.Solve(normal, right, [low, low], [firstHigh, high], rows, values, step, held));
        return (step, held);
    }
}
