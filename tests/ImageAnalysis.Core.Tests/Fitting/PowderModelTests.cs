using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

/// <summary>The derivatives of the powder model against differences of the model itself.</summary>
public sealed class PowderModelTests
{
    private static readonly InstrumentGeometry Instrument = new([(1.540593, 2.0 / 3), (1.544427, 1.0 / 3)], 0.9, 240, 0.8, 0.05);

    [Theory]
    [InlineData(0, PeakShape.PseudoVoigt)]
    [InlineData(4, PeakShape.PseudoVoigt)]
    [InlineData(0, PeakShape.Spheres)]
    [InlineData(4, PeakShape.Spheres)]
    public void Derivatives_EveryParameter_MatchDifferences(int freeLines, PeakShape shape)
    {
        CrystalStructure crystal = CopperSelenide.Of(0.4, 0.1, 0.05, 0.1);
        var lines = new LineStrengths(crystal, new ReflectionOptions { SmallestSpacingAngstrom = 1.2 }, [0, 1, 1, 1, 1]);
        var layout = new PowderLayout(lines.Axes.Names.Length, lines.SiteCount, 2, 5, freeLines);
        var model = new PowderModel(Points(), lines, Instrument, layout, shape);
        double[] x = Parameters(layout);
        FitLimits limits = new([.. x.Select(v => v - 1)], [.. x.Select(v => v + 1)], [], []);
        double[] normal = new double[layout.Count * layout.Count], right = new double[layout.Count];
        model.Evaluate(x, limits, normal, right);
        for (int p = 0; p < layout.Count; p++)
        {
            double[] derivative = model.WeightedDerivative(p)!;

            // Five-point differences; with steps of 1e-3 of the parameter's size their error is about 1e-9 of the largest value.
            double step = p == PowderLayout.Scale ? 1e-5 : p == layout.InverseSize ? 1e-5 : p == layout.Strain ? 1e-5 : 1e-4 * Math.Max(1, Math.Abs(x[p]));
            double[] difference = new double[derivative.Length];
            foreach ((int k, double weight) in new[] { (-2, 1.0 / 12), (-1, -2.0 / 3), (1, 2.0 / 3), (2, -1.0 / 12) })
            {
                double[] moved = [.. x];
                moved[p] += k * step;
                double[] curve = model.Curve(moved);
                for (int i = 0; i < curve.Length; i++)
                {
                    difference[i] += weight * curve[i] / step * model.Points.RootWeight[i];
                }
            }

            double largest = difference.Max(Math.Abs);
            double worst = derivative.Zip(difference).Max(pair => Math.Abs(pair.First - pair.Second));

            // The profile of spheres is interpolated in a table, which adds up to 1e-5.
            Assert.True(worst <= ((shape == PeakShape.Spheres ? 2e-5 : 2e-6) * largest) + 1e-9, $"parameter {p}: differs by {worst} of {largest}");
            model.Evaluate(x, limits, normal, right);
        }
    }

    private static double[] Parameters(PowderLayout layout)
    {
        double[] x = new double[layout.Count];
        x[PowderLayout.Scale] = 0.002;
        x[layout.Edge] = 5.8;
        x[layout.Zero] = 0.03;
        x[layout.Offset] = 0.2;
        x[layout.InverseSize] = 1 / 30.0;
        x[layout.Strain] = 0.004;
        x[layout.Shape] = 0.4;
        x[layout.Diffuse] = layout.FreeLines > 0 ? 300 : 0.7;
        new[] { 1, 0.4, 0.1, 0.05, 0.1 }.CopyTo(x, layout.Occupancy);
        new[] { 1.2, 2.3 }.CopyTo(x, layout.Displacement);
        new[] { 80, 59.2, 0.8 }.CopyTo(x, layout.Holder);
        new[] { 40, 17.0, 1.5 }.CopyTo(x, layout.HalfOrder);
        new[] { 60, 25.0, 7 }.CopyTo(x, layout.Halo);
        new[] { 500, 20.0, -10, 5, 2 }.CopyTo(x, layout.Background);
        for (int line = 0; line < layout.FreeLines; line++)
        {
            x[layout.Line + line] = 1000 * (line + 1);
        }

        return x;
    }

    private static PatternPoints Points()
    {
        double[] angles = [.. Enumerable.Range(0, 251).Select(i => 15 + (0.2 * i))];
        return PatternPoints.Of(new PowderPattern(angles, [.. angles.Select(angle => 600 - angle)]), [.. angles.Select(angle => 20 + (0.1 * angle))]);
    }
}
