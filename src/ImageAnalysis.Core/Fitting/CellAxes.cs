namespace ImageAnalysis.Core;

/// <summary>Which edges of a unit cell are fitted on their own: those of equal length go together, angles stay as they are.</summary>
/// <remarks>1/d² = Σ hᵢhⱼ G*ᵢⱼ with the reciprocal metric tensor G*; an edge that becomes sᵢ times as long divides G*ᵢⱼ by sᵢ, so angles are kept.</remarks>
internal sealed class CellAxes
{
    private readonly UnitCell _cell;

    public CellAxes(UnitCell cell)
    {
        _cell = cell;
        double a = cell.AAngstrom, b = cell.BAngstrom, c = cell.CAngstrom;
        bool ab = Same(a, b) && Same(cell.AlphaDeg, cell.BetaDeg);
        bool cubicLike = ab && Same(b, c) && Same(cell.AlphaDeg, cell.GammaDeg);
        Of = cubicLike ? [0, 0, 0] : ab ? [0, 0, 1] : [0, 1, 2];
        StartAngstrom = cubicLike ? [a] : ab ? [a, c] : [a, b, c];
        Names = cubicLike ? ["a"] : ab ? ["a", "c"] : ["a", "b", "c"];
    }

    /// <summary>Number of the fitted edge that each of a, b, c follows.</summary>
    public int[] Of { get; }

    /// <summary>The fitted edges of the given cell, Å.</summary>
    public double[] StartAngstrom { get; }

    /// <summary>Names of the fitted edges.</summary>
    public string[] Names { get; }

    /// <summary>The cell with other edges.</summary>
    public UnitCell With(ReadOnlySpan<double> edges) =>
        new(edges[Of[0]], edges[Of[1]], edges[Of[2]], _cell.AlphaDeg, _cell.BetaDeg, _cell.GammaDeg);

    /// <summary>1/d² of a plane as the sum of G*ᵢⱼhᵢhⱼ of the given cell, in parts by pair of edges: row i, column j of a 3×3 table.</summary>
    public double[] PartsOf(int h, int k, int l)
    {
        double hh = Inverse(1, 0, 0), kk = Inverse(0, 1, 0), ll = Inverse(0, 0, 1);
        double hk = (Inverse(1, 1, 0) - hh - kk) / 2, hl = (Inverse(1, 0, 1) - hh - ll) / 2, kl = (Inverse(0, 1, 1) - kk - ll) / 2;
        return [h * h * hh, h * k * hk, h * l * hl, h * k * hk, k * k * kk, k * l * kl, h * l * hl, k * l * kl, l * l * ll];
    }

    /// <summary>1/d² and its derivatives by the fitted edges.</summary>
    public double InverseSquare(double[] parts, ReadOnlySpan<double> edges, Span<double> byEdge)
    {
        double sum = 0;
        byEdge.Clear();
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                double part = parts[(3 * i) + j] * StartAngstrom[Of[i]] * StartAngstrom[Of[j]] / (edges[Of[i]] * edges[Of[j]]);
                sum += part;
                byEdge[Of[i]] -= part / edges[Of[i]];
                byEdge[Of[j]] -= part / edges[Of[j]];
            }
        }

        return sum;
    }

    private double Inverse(int h, int k, int l)
    {
        double spacing = _cell.SpacingAngstrom(h, k, l);
        return 1 / (spacing * spacing);
    }

    private static bool Same(double first, double second) => Math.Abs(first - second) <= 1e-6 * Math.Abs(first);
}
