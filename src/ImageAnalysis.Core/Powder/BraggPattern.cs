namespace ImageAnalysis.Core;

/// <summary>Simulates powder patterns from the Bragg reflections of a crystal.</summary>
/// <remarks>The model is the one that <see cref="PowderFitter"/> fits: docs/methods/powder-patterns.md.</remarks>
public static class BraggPattern
{
    /// <summary>Lines beyond the range count where their wings reach into it: down to this part of the smallest d within the range.</summary>
    private const double SpacingBeyond = 0.6;

    /// <summary>The pattern without noise.</summary>
    /// <param name="structure">The crystal, with its occupancies and displacement parameters.</param>
    /// <param name="options">Radiation, profile and background; defaults where <c>null</c>.</param>
    /// <returns>The pattern.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    /// <exception cref="ArgumentException">A table lacks an element, or the crystal has no line that reaches the range.</exception>
    public static PowderPattern Simulate(CrystalStructure structure, BraggPatternOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(structure);
        options ??= new();
        options.Validate();
        return new Simulation(structure, options).Pattern(structure);
    }

    /// <summary>A simulation that keeps what does not depend on occupancies and displacement parameters, for many patterns of one kind of crystal.</summary>
    internal sealed class Simulation
    {
        private readonly BraggPatternOptions _options;
        private readonly PowderModel _model;
        private readonly double[] _angles;

        public Simulation(CrystalStructure structure, BraggPatternOptions options)
        {
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

        /// <summary>The pattern of a structure with the sites and cell of the one that the simulation was made for, and its own occupancies and displacements.</summary>
        public PowderPattern Pattern(CrystalStructure structure)
        {
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
            for (int site = 0; site < layout.Sites; site++)
            {
                CrystalSite one = structure.Sites[site];
                x[layout.Occupancy + site] = one.OccupancyFraction;
                x[layout.Displacement + site] = DisplacementOf(one);
            }

            SetBump(x, layout.Holder, _options.Holder);
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
}
