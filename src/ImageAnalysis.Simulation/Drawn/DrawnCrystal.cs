using System.Globalization;
using System.Numerics;
using ImageAnalysis.Core;

namespace ImageAnalysis.Simulation;

/// <summary>The waves of the projected potential of a crystal, for drawn particles.</summary>
/// <remarks>
/// V(r) = Σ V_g exp(−2πi g·r), V_g = (K/Ω) Σ occ f(g) exp(−B s²) exp(2πi g·r_atom), K = h²/2πm₀e = 47.878 V·Å²: the amplitude of the wave of g and −g together is 2|V_g|. Free neutral atoms, as in
/// <see cref="ElectronScatteringFactor"/>; docs/methods/hrtem-drawn.md.
/// </remarks>
public static class DrawnCrystal
{
    /// <summary>All waves in view.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="pose">How it is turned.</param>
    /// <param name="options">Limits, strain, superlattice.</param>
    /// <returns>The waves, one of each pair g, −g, by frequency; those of the superlattice last. Waves weaker than 0.01 V are left out.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    public static IReadOnlyList<DrawnWave> Waves(CrystalStructure crystal, CrystalPose pose, DrawnCrystalOptions options)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        ArgumentNullException.ThrowIfNull(pose);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        List<DrawnWave> waves = [];
        UnitCell cell = crystal.Cell;
        double longest = 0.1 * options.HighestPerNm * (1 + options.StrainFraction);
        int most = (int)Math.Ceiling(longest * Math.Max(cell.AAngstrom, Math.Max(cell.BAngstrom, cell.CAngstrom)));
        IReadOnlyList<CrystalAtom> atoms = crystal.Atoms();
        List<(int H, int K, int L)> reflections = [];
        for (int h = 0; h <= most; h++)
        {
            for (int k = -most; k <= most; k++)
            {
                for (int l = -most; l <= most; l++)
                {
                    if ((h == 0 && (k < 0 || (k == 0 && l <= 0))) || 1 / cell.SpacingAngstrom(h, k, l) > longest)
                    {
                        continue;
                    }

                    Complex potential = Potential(crystal, atoms, (h, k, l), options);
                    string name = string.Create(CultureInfo.InvariantCulture, $"{h} {k} {l}");
                    if (2 * potential.Magnitude < 0.01)
                    {
                        continue;
                    }

                    reflections.Add((h, k, l));
                    if (Wave(cell, pose, (h, k, l), 1, options) is { } wave)
                    {
                        waves.Add(wave with { Hkl = name, AmplitudeVolt = 2 * potential.Magnitude, PhaseDeg = -potential.Phase * 180 / Math.PI });
                    }
                }
            }
        }

        waves.Sort((a, b) => b.SpacingNm.CompareTo(a.SpacingNm));
        AddSuperlattice(crystal, atoms, reflections, pose, options, waves);
        return waves;
    }

    // Orders of the ordered planes, and satellites G ± k of all other reflections: what is missing from layers is missing from the whole crystal.
    private static void AddSuperlattice(
        CrystalStructure crystal, IReadOnlyList<CrystalAtom> atoms, IReadOnlyList<(int H, int K, int L)> reflections, CrystalPose pose, DrawnCrystalOptions options, List<DrawnWave> waves)
    {
        if (options.SuperlatticeRatio == 0 || options.DomainFraction == 0)
        {
            return;
        }

        double spacing = crystal.Cell.SpacingAngstrom(options.OrderedPlane.H, options.OrderedPlane.K, options.OrderedPlane.L);
        double fundamental = 2 * Potential(crystal, atoms, options.OrderedPlane, options).Magnitude;
        ElectronScatteringFactor depleted = ElectronScatteringFactor.Of(options.DepletedAtomicNumber);
        int n = options.PeriodCount;
        double first = depleted.Factor(1 / (n * n * spacing * spacing));
        for (int order = 1; order / (n * spacing) <= 0.1 * options.HighestPerNm; order++)
        {
            if (order % n != 0)
            {
                Add(options.OrderedPlane, order, order);
            }
        }

        (int p, int q, int r) = options.OrderedPlane;
        HashSet<(int, int, int)> known = [];
        foreach ((int h, int k, int l) in reflections)
        {
            for (int order = 1 - n; order < n; order++)
            {
                // In n-th parts. One of each pair, and none on the axis of the ordered planes.
                (int H, int K, int L) parts = ((n * h) + (order * p), (n * k) + (order * q), (n * l) + (order * r));
                bool isOnAxis = (h * q) == (k * p) && (h * r) == (l * p) && (k * r) == (l * q);
                if (order != 0 && !isOnAxis && !known.Contains((-parts.H, -parts.K, -parts.L)) && known.Add(parts) && 1 / crystal.Cell.SpacingAngstrom(parts.H, parts.K, parts.L) <= 0.1 * n * options.HighestPerNm)
                {
                    Add(parts, 1, order);
                }
            }
        }

        void Add((int H, int K, int L) plane, int order, int phaseOrder)
        {
            if (Wave(crystal.Cell, pose, plane, (double)order / n, options) is not { } wave)
            {
                return;
            }

            double g = order / (n * crystal.Cell.SpacingAngstrom(plane.H, plane.K, plane.L)), phase = options.SuperlatticePhaseDeg * phaseOrder;
            waves.Add(wave with
            {
                Hkl = string.Create(CultureInfo.InvariantCulture, $"{order}/{n} ({plane.H} {plane.K} {plane.L})"),
                AmplitudeVolt = fundamental * options.SuperlatticeRatio * depleted.Factor(g * g) / first,
                PhaseDeg = phase - (360 * Math.Floor(phase / 360)),
                DomainFraction = options.DomainFraction,
                DomainDeg = options.DomainDeg,
            });
        }
    }

    // V_g with the chosen place of the cell as origin, V.
    private static Complex Potential(CrystalStructure crystal, IReadOnlyList<CrystalAtom> atoms, (int H, int K, int L) plane, DrawnCrystalOptions options)
    {
        double spacing = crystal.Cell.SpacingAngstrom(plane.H, plane.K, plane.L);
        double g2 = 1 / (spacing * spacing);
        Complex sum = Complex.Zero;
        foreach (CrystalAtom atom in atoms)
        {
            double b = atom.Site.BIsoAngstrom2 ?? options.UnknownBAngstrom2;
            double f = atom.Site.OccupancyFraction * ElectronScatteringFactor.Of(atom.Site.Species.AtomicNumber).Factor(g2) * Math.Exp(-0.25 * b * g2);
            double turn = (plane.H * (atom.Position.XFraction - options.Centre.XFraction)) + (plane.K * (atom.Position.YFraction - options.Centre.YFraction))
                + (plane.L * (atom.Position.ZFraction - options.Centre.ZFraction));
            sum += Complex.FromPolarCoordinates(f, 2 * Math.PI * turn);
        }

        return sum * (ElectronScatteringFactor.PotentialConstant / crystal.Cell.VolumeAngstrom3);
    }

    private static DrawnWave? Wave(UnitCell cell, CrystalPose pose, (int H, int K, int L) plane, double order, DrawnCrystalOptions options)
    {
        CartesianPosition normal = LayerVacancies.Unit(ParticleFacet.OfPlane(cell, plane.H, plane.K, plane.L, 1).Normal);
        CartesianPosition direction = pose.ToImage(normal);
        double g = 10 * order / cell.SpacingAngstrom(plane.H, plane.K, plane.L) / (1 + options.StrainFraction);
        double inPlane = Math.Sqrt((direction.XAngstrom * direction.XAngstrom) + (direction.YAngstrom * direction.YAngstrom));
        if (Math.Atan2(Math.Abs(direction.ZAngstrom), inPlane) * 180 / Math.PI > options.HighestElevationDeg)
        {
            return null;
        }

        return new DrawnWave
        {
            SpacingNm = 1 / (g * inPlane),
            NormalDeg = Math.Atan2(-direction.YAngstrom, direction.XAngstrom) * 180 / Math.PI,
            AlongBeamPerNm = g * direction.ZAngstrom,
        };
    }
}
