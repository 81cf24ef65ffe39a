namespace ImageAnalysis.Core;

/// <summary>
/// The profile of spherical crystals (<see cref="SphereProfile"/>) and its derivatives on a fine grid of s, interpolated by cubics through four nodes: as good as the formula to
/// 10⁻⁵ of the maximum and many times faster.
/// </summary>
internal sealed class SphereTable
{
    /// <summary>Distance of nodes times the mean diameter.</summary>
    private const double NodePhase = 0.05;

    private const int Rows = 4;
    private double[] _table = [];
    private double _perNode;
    private int _last;

    /// <summary>Fills the table up to |s| = <paramref name="reach"/> (1/Å).</summary>
    public void Fill(double meanAngstrom, double spread, double reach)
    {
        _perNode = meanAngstrom / NodePhase;
        _last = (int)Math.Ceiling(reach * _perNode) + 3;
        int needed = (_last + 2) * Rows;
        if (_table.Length < needed)
        {
            _table = new double[needed];
        }

        var profile = new SphereProfile(meanAngstrom, spread);
        for (int node = -1; node <= _last; node++)
        {
            profile.At(node / _perNode, out double value, out double byS, out double byMean, out double bySpread);
            int at = (node + 1) * Rows;
            (_table[at], _table[at + 1], _table[at + 2], _table[at + 3]) = (value, byS, byMean, bySpread);
        }
    }

    /// <summary>The profile at s, and its derivatives by s, by the mean diameter and by the spread of diameters.</summary>
    public double At(double s, out double byS, out double byMean, out double bySpread)
    {
        double place = Math.Min(Math.Abs(s) * _perNode, _last - 2);
        int node = (int)place;
        double f = place - node;

        // Lagrange's cubic through the nodes −1, 0, 1, 2.
        double w0 = -f * (f - 1) * (f - 2) / 6, w1 = (f + 1) * (f - 1) * (f - 2) / 2, w2 = -(f + 1) * f * (f - 2) / 2, w3 = (f + 1) * f * (f - 1) / 6;
        ReadOnlySpan<double> t = _table.AsSpan(node * Rows, 4 * Rows);
        byS = (w0 * t[1]) + (w1 * t[5]) + (w2 * t[9]) + (w3 * t[13]);
        byS = s < 0 ? -byS : byS;
        byMean = (w0 * t[2]) + (w1 * t[6]) + (w2 * t[10]) + (w3 * t[14]);
        bySpread = (w0 * t[3]) + (w1 * t[7]) + (w2 * t[11]) + (w3 * t[15]);
        return (w0 * t[0]) + (w1 * t[4]) + (w2 * t[8]) + (w3 * t[12]);
    }
}
