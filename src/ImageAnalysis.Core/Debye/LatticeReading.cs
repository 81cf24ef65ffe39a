namespace ImageAnalysis.Core;

/// <summary>
/// Reads the cell from patterns of very small particles in two ways. Below some 4 nm the maximum of a peak is no measure of strain: neighbouring lines overlap it, and
/// scattering factors and small-angle scattering fall across its width, which moves it by percents up or down (docs/methods/debye-scattering.md has the numbers). The whole pattern has no such error.
/// </summary>
public static class LatticeReading
{
    private const double WidestRatio = 0.1;

    /// <summary>Reads the cell from one pattern.</summary>
    /// <param name="pattern">The pattern, measured or simulated; its background may be any straight line.</param>
    /// <param name="spheres">The distances of the crystal, for diameters 10 % above the largest and scattering vectors 10 % above the largest.</param>
    /// <param name="sizes">The diameters.</param>
    /// <param name="h">Miller index h of the peak whose maximum is read.</param>
    /// <param name="k">Miller index k.</param>
    /// <param name="l">Miller index l.</param>
    /// <param name="options">Radiation, tables, displacements and instrument; angles, scale and cell are not looked at. Defaults where <c>null</c>.</param>
    /// <returns>Both readings.</returns>
    /// <exception cref="ArgumentException">The pattern does not reach from 10 % below to 10 % above the peak, has uneven steps, or the distances do not reach far enough.</exception>
    /// <remarks>
    /// The maximum is the highest point within 10 % of the expected sin θ, refined by the parabola through the points above 97 % of it. For the whole pattern, scale and straight background are solved for at each
    /// cell by linear least squares, and the cell is searched between 0.9 and 1.1 of the structure's by golden section to 10⁻⁶.
    /// </remarks>
    public static ApparentLattice Read(PowderPattern pattern, SphereAverage spheres, DiameterDistribution sizes, int h, int k, int l, DebyePatternOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(spheres);
        if (pattern.StepDeg is not double step)
        {
            throw new ArgumentException("The pattern has uneven steps; expected even ones.", nameof(pattern));
        }

        options = (options ?? new()) with
        {
            FirstTwoThetaDeg = pattern.TwoThetaDeg[0],
            LastTwoThetaDeg = pattern.TwoThetaDeg[^1] + (0.1 * step),
            StepDeg = step,
            ScaleRatio = 1,
        };
        options.Validate();
        double mean = options.Lines().Sum(line => line.Share * line.Wavelength);
        double spacing = spheres.Structure.Cell.SpacingAngstrom(h, k, l);
        double peak = Maximum(pattern, mean / 2 / spacing);
        double peakRatio = mean / 2 / Math.Sin(peak * Math.PI / 360) / spacing;
        double Misfit(double ratio) => LineFit.Residual(pattern, DebyePattern.OfSpheres(spheres, sizes, options with { CellScaleRatio = ratio }));
        return new(peak, peakRatio, GoldenSection(Misfit, 1 - WidestRatio, 1 + WidestRatio));
    }

    private static double Maximum(PowderPattern pattern, double sine)
    {
        double low = 2 * Math.Asin(sine * (1 - WidestRatio)) * 180 / Math.PI;
        double high = 2 * Math.Asin(Math.Min(1, sine * (1 + WidestRatio))) * 180 / Math.PI;
        if (pattern.TwoThetaDeg[0] > low || pattern.TwoThetaDeg[^1] < high)
        {
            throw new ArgumentException(FormattableString.Invariant($"The pattern covers {pattern.TwoThetaDeg[0]}°…{pattern.TwoThetaDeg[^1]}°; the peak needs {low:0.0}°…{high:0.0}°."), nameof(pattern));
        }

        int best = Enumerable.Range(0, pattern.PointCount).Where(i => pattern.TwoThetaDeg[i] >= low && pattern.TwoThetaDeg[i] <= high).MaxBy(i => pattern.IntensityCounts[i]);
        double top = pattern.IntensityCounts[best];
        int first = best;
        int last = best;
        while (first > 0 && (pattern.IntensityCounts[first - 1] >= 0.97 * top || best - first < 1))
        {
            first--;
        }

        while (last < pattern.PointCount - 1 && (pattern.IntensityCounts[last + 1] >= 0.97 * top || last - best < 1))
        {
            last++;
        }

        return LineFit.ParabolaTop(pattern, first, last);
    }

    private static double GoldenSection(Func<double, double> misfit, double low, double high)
    {
        // A coarse search first: the misfit may have side valleys.
        const int coarse = 41;
        double spacing = (high - low) / (coarse - 1);
        double start = Enumerable.Range(0, coarse).Select(i => low + (i * spacing)).MinBy(misfit);
        (double a, double b) = (Math.Max(low, start - spacing), Math.Min(high, start + spacing));
        double golden = (Math.Sqrt(5) - 1) / 2;
        double x = b - (golden * (b - a));
        double y = a + (golden * (b - a));
        (double atX, double atY) = (misfit(x), misfit(y));
        while (b - a > 1e-6)
        {
            if (atX < atY)
            {
                (b, y, atY) = (y, x, atX);
                x = b - (golden * (b - a));
                atX = misfit(x);
            }
            else
            {
                (a, x, atX) = (x, y, atY);
                y = a + (golden * (b - a));
                atY = misfit(y);
            }
        }

        return (a + b) / 2;
    }
}
