using ImageAnalysis.Core;

namespace ImageAnalysis.Samples;

/// <summary>The lattice parameter by the old way, from the maximum of one peak; given only to show how far it can be from that of the whole pattern.</summary>
internal static class PeakEdge
{
    private const double WidestRatio = 0.1;
    private const double CubicRatio = 1e-6;

    /// <summary>a = √3·d₁₁₁ at the highest point of the fitted curve less its background near the {111} line, refined by the parabola through its neighbours.</summary>
    /// <returns>a in Å, or <c>null</c> where the crystal is not cubic or the peak does not lie within the pattern.</returns>
    public static double? Of(PowderFit fit)
    {
        UnitCell cell = fit.Best.Structure.Cell;
        bool isCubic = Math.Abs((cell.BAngstrom / cell.AAngstrom) - 1) < CubicRatio && Math.Abs((cell.CAngstrom / cell.AAngstrom) - 1) < CubicRatio
            && new[] { cell.AlphaDeg, cell.BetaDeg, cell.GammaDeg }.All(angle => Math.Abs(angle - 90) < CubicRatio);
        PowderTick? line = fit.Ticks.FirstOrDefault(tick => (tick.H, tick.K, tick.L) is (1, 1, 1));
        if (!isCubic || line is null)
        {
            return null;
        }

        IReadOnlyList<double> angles = fit.Curve.TwoThetaDeg;
        double[] net = [.. fit.Curve.CalculatedCounts.Zip(fit.Curve.BackgroundCounts, (all, below) => all - below)];
        int best = -1;
        for (int i = 1; i < net.Length - 1; i++)
        {
            bool near = Math.Abs((angles[i] / line.TwoThetaDeg) - 1) < WidestRatio;
            best = near && net[i] >= net[i - 1] && net[i] >= net[i + 1] && (best < 0 || net[i] > net[best]) ? i : best;
        }

        if (best < 0 || net[best] <= 0)
        {
            return null;
        }

        double curvature = net[best - 1] - (2 * net[best]) + net[best + 1];
        double shift = curvature < 0 ? 0.5 * (net[best - 1] - net[best + 1]) / curvature : 0;
        double angle = angles[best] + (shift * (angles[best + 1] - angles[best - 1]) / 2);
        PowderWavelengths radiation = fit.Wavelengths;
        double ratio = radiation.Alpha2Ratio ?? 0.5;
        double wavelength = radiation.Alpha2Angstrom is double second ? (radiation.Alpha1Angstrom + (ratio * second)) / (1 + ratio) : radiation.Alpha1Angstrom;
        return Math.Sqrt(3) * wavelength / (2 * Math.Sin(angle * Math.PI / 360));
    }
}
