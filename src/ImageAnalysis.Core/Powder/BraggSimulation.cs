namespace ImageAnalysis.Core;

/// <summary>Bragg patterns of one kind of crystal with many occupancies and displacement parameters: what does not depend on those is kept. Not for several threads at once.</summary>
public sealed class BraggSimulation
{
    /// <summary>Lines beyond the range count where their wings reach into it: down to this part of the smallest d within the range.</summary>
    private const double SpacingBeyond = 0.6;

    private readonly BraggPatternOptions _options;
    private readonly PowderModel _model;
    private readonly double[] _angles;

    /// <summary>Prepares the simulation.</summary>
    /// <param name="structure">The crystal: cell, sites and kinds of atoms.</param>
    /// <param name="options">Radiation, profile and background.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    /// <exception cref="ArgumentException">A table lacks an element, or the crystal has no line that reaches the range.</exception>
    public BraggSimulation(CrystalStructure structure, BraggPatternOptions options)
    {
        ArgumentNullException.ThrowIfNull(structure);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        int count = (int)Math.Round((options.LastTwoThetaDeg - options.FirstTwoThetaDeg) / options.StepDeg) + 1;
        _angles = [.. Enumerable.Range(0, count).Select(i => Math.Round(options.FirstTwoThetaDeg + (i * options.StepDeg), 9))];
        double wavelength = options.Wavelengths.Alpha1Angstrom, inside = wavelength / 2 / Math.Sin(_angles[^1] * Math.PI / 360);
        ReflectionOptions scattering = options.Scattering with { WavelengthAngstrom = wavelength, SmallestSpacingAngstrom = Math.Max(inside * SpacingBeyond, wavelength / 2 * 1.001) };
        var lines = new LineStrengths(structure, scattering, [.. Enumerable.Range(0, structure.Sites.Count)]);
        if (lines.Count == 0)
        {
            throw new ArgumentException($"'{structure.Name}' has no line that reaches the range of the pattern.", nameof(structure));
        }

        var layout = new PowderLayout(lines.Axes.Names.Length, lines.SiteCount, lines.SiteCount, options.BackgroundCounts.Count, 0);
        PatternPoints points = PatternPoints.Of(new PowderPattern(_angles, _angles), _angles);
        InstrumentGeometry instrument = InstrumentGeometry.Of(options.Wavelengths, options.ScherrerKRatio, options.GoniometerRadiusMm, options.MonochromatorTwoThetaDeg, options.InstrumentFwhmDeg);
        _model = new PowderModel(points, lines, instrument, layout, options.Shape == PeakShape.Spheres ? PeakShape.Spheres : PeakShape.PseudoVoigt);
    }

    /// <summary>The pattern without noise.</summary>
    /// <param name="structure">The crystal that the simulation was made for, with occupancies and displacement parameters of its own; its cell is not looked at.</param>
    /// <returns>The pattern.</returns>
    /// <exception cref="ArgumentException">The crystal has another number of sites.</exception>
    public PowderPattern Pattern(CrystalStructure structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        if (structure.Sites.Count != _model.Layout.Sites)
        {
            throw new ArgumentException($"'{structure.Name}' has {structure.Sites.Count} sites; the simulation was made for {_model.Layout.Sites}.", nameof(structure));
        }

        double[] x = Parameters(structure), curve = _model.Curve(x), dark = _model.DarkCurve(x);
        double highest = 0;
        for (int i = 0; i < curve.Length; i++)
        {
            highest = Math.Max(highest, curve[i] - dark[i]);
        }

        double factor = highest > 0 ? _options.PeakCounts / highest : 0;
        double[] counts = [.. curve.Zip(dark, (all, below) => below + (factor * (all - below)))];
        return new PowderPattern(_angles, counts) { Wavelengths = _options.Wavelengths, IsSimulated = true, Title = structure.Name };
    }

    private double[] Parameters(CrystalStructure structure)
    {
        PowderLayout layout = _model.Layout;
        double[] x = new double[layout.Count];
        x[PowderLayout.Scale] = 1;
        _model.Lines.Axes.StartAngstrom.CopyTo(x, layout.Edge);
        x[layout.Zero] = _options.ZeroShiftDeg;
        x[layout.Offset] = _options.DisplacementMm;
        x[layout.InverseSize] = 1 / _options.SizeAngstrom;
        x[layout.Strain] = _options.MicrostrainFraction;
        x[layout.Shape] = _options.Shape == PeakShape.Spheres ? _options.SizeSpreadFraction : _options.EtaFraction;
        x[layout.Diffuse] = _options.Shape == PeakShape.Spheres ? _options.DiffuseRatio : 0;
        for (int site = 0; site < layout.Sites; site++)
        {
            CrystalSite one = structure.Sites[site];
            x[layout.Occupancy + site] = one.OccupancyFraction;
            x[layout.Displacement + site] = DisplacementOf(one);
        }

        SetBump(x, layout.Holder, _options.Holder);
        SetBump(x, layout.HalfOrder, null);
        SetBump(x, layout.Halo, _options.Halo);
        for (int k = 0; k < _options.BackgroundCounts.Count; k++)
        {
            x[layout.Background + k] = _options.BackgroundCounts[k];
        }

        return x;
    }

    private double DisplacementOf(CrystalSite site) => SiteScattering.Of(site, _options.Scattering with { WavelengthAngstrom = _options.Wavelengths.Alpha1Angstrom }).BIsoAngstrom2;

    private static void SetBump(double[] x, int parameter, PatternBump? bump) =>
        (x[parameter], x[parameter + 1], x[parameter + 2]) = bump is null ? (0, 1, 1) : (bump.HeightCounts, bump.TwoThetaDeg, bump.FwhmDeg);
}
