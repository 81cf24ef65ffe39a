namespace ImageAnalysis.Core;

/// <summary>Bounds of all parameters of the powder model, and where parts begin when they are switched on.</summary>
internal sealed class ModelBounds
{
    /// <summary>How far from its place the holder's peak may be found, degrees.</summary>
    public const double HolderReachDeg = 1.5;

    /// <summary>How far from its place the line ½½½ may be found, as a part of the angle: as far as the cell is searched, and the elongation of ordered crystals.</summary>
    private const double HalfOrderReach = 0.09;

    private const double WidestHalfOrderDeg = 6;
    private const double LargestSizeAngstrom = 50_000, SmallestSizeAngstrom = 4, LargestStrain = 0.05, LargestOffsetMm = 1, MostDiffuse = 2;
    private readonly PowderLayout _layout;
    private readonly PowderFitOptions _options;
    private readonly double[] _startEdges;
    private readonly PatternPoints _points;
    private readonly PeakShape _shape;

    public ModelBounds(PowderLayout layout, double[] startEdges, PatternPoints points, PowderFitOptions options, PeakShape shape) =>
        (_layout, _startEdges, _points, _options, _shape) = (layout, startEdges, points, options, shape);

    /// <summary>Smallest full width of the halo, degrees.</summary>
    public double SmallestHaloDeg { get; set; } = 5;

    /// <summary>Where the line ½½½ of vacancy order is expected for the start of the cell, degrees; <c>null</c> where there is none or the pattern does not reach it.</summary>
    public double? HalfOrderTwoThetaDeg { get; init; }

    /// <summary>The limits for a choice of parts and a family; with free strengths of lines there is no family.</summary>
    public FitLimits Of(FitComponents components, FamilySetup? family)
    {
        double[] lower = new double[_layout.Count], upper = new double[_layout.Count];
        void Set(int parameter, double low, double high) => (lower[parameter], upper[parameter]) = (low, high);
        Set(PowderLayout.Scale, family is null ? 1 : 1e-30, family is null ? 1 : double.PositiveInfinity);
        double reach = (_options.CellSearchPercent + 2) / 100;
        for (int edge = 0; edge < _layout.Edges; edge++)
        {
            Set(_layout.Edge + edge, _startEdges[edge] * (1 - reach), _startEdges[edge] * (1 + reach));
        }

        Set(_layout.Zero, components.Zero ? -1 : 0, components.Zero ? 1 : 0);
        Set(_layout.Offset, components.Offset ? -LargestOffsetMm : 0, components.Offset ? LargestOffsetMm : 0);
        Set(_layout.InverseSize, 1 / LargestSizeAngstrom, 1 / SmallestSizeAngstrom);
        Set(_layout.Strain, 0, components.Strain && _shape != PeakShape.Spheres ? LargestStrain : 0);
        Set(_layout.Shape, _shape == PeakShape.Spheres ? 0.03 : 0, _shape == PeakShape.Spheres ? 0.6 : 1);
        double mostDiffuse = !components.Diffuse ? 0 : family is null ? double.PositiveInfinity : MostDiffuse;
        Set(_layout.Diffuse, 0, mostDiffuse);
        Set(_layout.Holder, 0, components.Holder ? double.PositiveInfinity : 0);
        Set(_layout.Holder + 1, _options.HolderTwoThetaDeg - (components.Holder ? HolderReachDeg : 0), _options.HolderTwoThetaDeg + (components.Holder ? HolderReachDeg : 0));
        double step = (_points.X[_points.Count - 1] - _points.X[0]) / Math.Max(1, _points.Count - 1);
        Set(_layout.Holder + 2, components.Holder ? Math.Max(0.1, 2 * step) : 0.5, components.Holder ? 3 : 0.5);
        double half = HalfOrderTwoThetaDeg ?? 13;
        Set(_layout.HalfOrder, 0, components.HalfOrder ? double.PositiveInfinity : 0);
        Set(_layout.HalfOrder + 1, components.HalfOrder ? half * (1 - HalfOrderReach) : half, components.HalfOrder ? half * (1 + HalfOrderReach) : half);
        Set(_layout.HalfOrder + 2, components.HalfOrder ? Math.Max(0.1, 2 * step) : 1, components.HalfOrder ? WidestHalfOrderDeg : 1);
        Set(_layout.Halo, 0, components.Halo ? double.PositiveInfinity : 0);
        Set(_layout.Halo + 1, components.Halo ? 8 : 22, components.Halo ? 50 : 22);
        Set(_layout.Halo + 2, components.Halo ? SmallestHaloDeg : 9, components.Halo ? 20 : 9);
        for (int term = 0; term < components.BackgroundTerms; term++)
        {
            Set(_layout.Background + term, double.NegativeInfinity, double.PositiveInfinity);
        }

        for (int line = 0; line < _layout.FreeLines; line++)
        {
            Set(_layout.Line + line, 0, double.PositiveInfinity);
        }

        if (_layout.FreeLines > 0)
        {
            Set(_layout.Centre, 0, _shape == PeakShape.Spheres ? double.PositiveInfinity : 0);
        }

        return family is null ? new(lower, upper, [], []) : WithFamily(lower, upper, family);
    }

    /// <summary>Start values of the parts that <paramref name="to"/> has and <paramref name="from"/> has not; all others stay.</summary>
    public double[] Start(double[] x, FitComponents from, FitComponents to)
    {
        double[] start = [.. x];
        start[_layout.Diffuse] = to.Diffuse && !from.Diffuse ? _layout.FreeLines > 0 ? 0 : 1 : start[_layout.Diffuse];
        double noise = 1 / _points.RootWeight.Take(_points.Count).Average();
        if (to.Holder && !from.Holder)
        {
            (start[_layout.Holder], start[_layout.Holder + 1], start[_layout.Holder + 2]) = (noise, _options.HolderTwoThetaDeg, 0.5);
        }

        if (to.HalfOrder && !from.HalfOrder)
        {
            // As wide as the lines of the crystal: 0.9 λ/(L cos θ), with λ = 4 d sin θ of this very line and d = a/√3.
            double half = HalfOrderTwoThetaDeg ?? 13, width = 0.9 * 4 * _startEdges[0] / Math.Sqrt(3) * Math.Tan(half * Math.PI / 360) * start[_layout.InverseSize] * 180 / Math.PI;
            (start[_layout.HalfOrder], start[_layout.HalfOrder + 1], start[_layout.HalfOrder + 2]) = (noise, half * _startEdges[0] / start[_layout.Edge], Math.Clamp(width, 0.3, WidestHalfOrderDeg));
        }

        if (to.Halo && !from.Halo)
        {
            (start[_layout.Halo], start[_layout.Halo + 1], start[_layout.Halo + 2]) = (noise, 22, 9);
        }

        return start;
    }

    /// <summary>How far one step of a fit may take a parameter: places and widths of lines must not leave the neighbourhood in which their derivatives mean something.</summary>
    public double LargestStep(int parameter, double value) =>
        parameter == _layout.InverseSize ? 0.4 * value
        : parameter == _layout.Shape ? 0.25
        : parameter >= _layout.Edge && parameter < _layout.Zero ? 0.02 * value
        : parameter == _layout.Strain ? 0.005
        : parameter == _layout.Holder + 1 || parameter == _layout.Holder + 2 ? 0.4
        : parameter == _layout.HalfOrder + 1 || parameter == _layout.HalfOrder + 2 ? 0.4
        : parameter == _layout.Halo + 1 || parameter == _layout.Halo + 2 ? 3
        : double.PositiveInfinity;

    private FitLimits WithFamily(double[] lower, double[] upper, FamilySetup family)
    {
        family.Limits.Lower.CopyTo(lower, _layout.Occupancy);
        family.Limits.Upper.CopyTo(upper, _layout.Occupancy);
        for (int group = 0; group < _layout.Displacements; group++)
        {
            (lower[_layout.Displacement + group], upper[_layout.Displacement + group]) = (_options.MinBAngstrom2, _options.MaxBAngstrom2);
        }

        double[][] rows = [.. family.Limits.Rows.Select(row =>
        {
            double[] wide = new double[_layout.Count];
            row.CopyTo(wide, _layout.Occupancy);
            return wide;
        })];
        return new(lower, upper, rows, family.Limits.Values);
    }
}
