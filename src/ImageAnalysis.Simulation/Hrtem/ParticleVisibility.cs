using System.Globalization;
using System.Numerics;
using ImageAnalysis.Core;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation;

/// <summary>Computes what is to be seen of a particle from its atoms and the microscope's transfer, without its image.</summary>
/// <remarks>
/// <para>
/// Amplitude: F = Σ f(g) exp(−B s²) exp(2πi g·r) over the particle's atoms at the place of the fringe in the image plane, by which a tilted particle is weaker as it is in the image; kinematic, so for
/// thin particles. Expected signal to noise: (2σK |Σ f T|)² / (A · ((2σK f_C)² T̄² n_C S + 1/dose)) with K = h²/2πm₀e, the transfer T of each atom at its own depth, T̄² the mean square over the film's
/// thickness, the area A of the particle's outline, n_C atoms of carbon on a nm² and the structure factor S of atoms that keep apart, at long waves.
/// </para>
/// <para>Not in it: the particle's own shape and disorder, the film's texture, the window of an analysis, vibration and drift. Measured spectra differ by a factor of some 2.</para>
/// </remarks>
public static class ParticleVisibility
{
    /// <summary>Follows the indices of planes of a twin's turned half.</summary>
    public const string TwinMark = " twin";

    /// <summary>Atoms within such a depth are taken together, nm: a tenth of what changes a transfer.</summary>
    private const double LayerNm = 0.25;

    private const int FilmSteps = 4;

    /// <summary>What is known of a particle.</summary>
    /// <param name="particle">The particle and its place.</param>
    /// <param name="options">The planes and the microscope.</param>
    /// <returns>The truth.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    public static ParticleTruth Of(ParticlePlacement particle, ParticleTruthOptions options)
    {
        ArgumentNullException.ThrowIfNull(particle);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        SpecimenAtom[] atoms = [.. SpecimenAssembly.Atoms(particle, options.UnknownBAngstrom2)];
        double left = atoms.Min(atom => atom.XNm), right = atoms.Max(atom => atom.XNm), top = atoms.Min(atom => atom.YNm), bottom = atoms.Max(atom => atom.YNm);
        double areaNm2 = Math.PI / 4 * Math.Max(right - left, 0.3) * Math.Max(bottom - top, 0.3);
        bool ordered = options.Vacancies is { PeriodCount: > 1, DepletionFraction: > 0, OrderedFraction: > 0 };
        List<FringeTruth> fringes = [];
        foreach ((int h, int k, int l, bool twin) in Planes(options))
        {
            CartesianPosition crystal = Reciprocal(h, k, l, options);
            CartesianPosition g = particle.Pose.ToImage(twin ? Turned(crystal, options) : crystal);
            double inPlane = Math.Sqrt((g.XAngstrom * g.XAngstrom) + (g.YAngstrom * g.YAngstrom));
            double elevation = Math.Atan2(Math.Abs(g.ZAngstrom), inPlane) * 180 / Math.PI;
            if (elevation > options.HighestElevationDeg)
            {
                continue;
            }

            // Å⁻¹ to nm⁻¹.
            double gx = 10 * g.XAngstrom, gy = 10 * g.YAngstrom;
            Sight whole = See(atoms, gx, gy, areaNm2, options), half = See(atoms, 0.5 * gx, 0.5 * gy, areaNm2, options);
            double angle = Math.Atan2(-gy, gx) * 180 / Math.PI;
            angle = angle < 0 ? angle + 180 : angle;
            fringes.Add(new FringeTruth
            {
                Hkl = string.Create(CultureInfo.InvariantCulture, $"{h} {k} {l}{(twin ? TwinMark : string.Empty)}"),
                AngleDeg = angle >= 180 ? angle - 180 : angle,
                ElevationDeg = elevation,
                SpacingNm = Units.AngstromToNm(1 / g.LengthAngstrom),
                SuperlatticeAxis = ordered && IsAlongLayers(h, k, l, options),
                AmplitudeRatio = whole.Amplitude,
                TransferRatio = whole.Transfer,
                ExpectedSnr = whole.Snr,
                HalfAmplitudeRatio = half.Amplitude,
                HalfTransferRatio = half.Transfer,
                HalfExpectedSnr = half.Snr,
                HalfOverWholeRatio = whole.Magnitude > 0 ? half.Magnitude / whole.Magnitude : null,
            });
        }

        FringeTruth? carrier = fringes.Find(fringe => fringe.SuperlatticeAxis);
        return new ParticleTruth
        {
            Label = carrier is not null ? LatticeLabel.Ordered : fringes.Count > 0 ? LatticeLabel.Regular : LatticeLabel.NoFringe,
            CentrePx = new PointPx(0.5 * (left + right) / options.PixelWidthNm, 0.5 * (top + bottom) / options.PixelHeightNm),
            FirstPx = new PointPx(Math.Floor(left / options.PixelWidthNm), Math.Floor(top / options.PixelHeightNm)),
            EndPx = new PointPx(Math.Floor(right / options.PixelWidthNm) + 1, Math.Floor(bottom / options.PixelHeightNm) + 1),
            OutlinePx = Polygons.ConvexHull([.. atoms.Select(atom => new PointPx(atom.XNm / options.PixelWidthNm, atom.YNm / options.PixelHeightNm))]),
            DiameterNm = Math.Sqrt(4 * areaNm2 / Math.PI),
            TiltDeg = particle.Pose.TiltDeg,
            DefocusNm = options.Lens.DefocusNm,
            Fringes = [.. fringes.OrderByDescending(fringe => fringe.ExpectedSnr)],
            ObservableFringe = fringes.Any(fringe => fringe.ExpectedSnr >= options.ObservableSnr),
            ObservableSuperlattice = carrier is null ? null : carrier.HalfExpectedSnr >= options.HalfObservableSnr,
        };
    }

    /// <summary>The planes that are looked for: those of the crystal, and those of a twin's other half that are not the same.</summary>
    private static IEnumerable<(int H, int K, int L, bool Twin)> Planes(ParticleTruthOptions options)
    {
        foreach ((int h, int k, int l) in options.Planes)
        {
            yield return (h, k, l, false);
        }

        foreach ((int h, int k, int l) in options.TwinNormal is null ? [] : options.Planes)
        {
            CartesianPosition turned = Turned(Reciprocal(h, k, l, options), options);
            if (options.Planes.All(plane => !IsParallel(turned, Reciprocal(plane.H, plane.K, plane.L, options))))
            {
                yield return (h, k, l, true);
            }
        }
    }

    private static bool IsParallel(CartesianPosition a, CartesianPosition b) => Math.Abs(LayerVacancies.Dot(LayerVacancies.Unit(a), LayerVacancies.Unit(b))) > 0.9999;

    // g turned by 180° about the twin's normal.
    private static CartesianPosition Turned(CartesianPosition g, ParticleTruthOptions options)
    {
        CartesianPosition n = LayerVacancies.Unit(options.TwinNormal!.Value);
        double along = 2 * LayerVacancies.Dot(g, n);
        return new((along * n.XAngstrom) - g.XAngstrom, (along * n.YAngstrom) - g.YAngstrom, (along * n.ZAngstrom) - g.ZAngstrom);
    }

    /// <summary>The reciprocal vector of lattice planes, Å⁻¹ in the crystal's axes, of the stretched crystal.</summary>
    private static CartesianPosition Reciprocal(int h, int k, int l, ParticleTruthOptions options)
    {
        CartesianPosition direction = LayerVacancies.Unit(ParticleFacet.OfPlane(options.Cell, h, k, l, 1).Normal);
        double length = 1 / options.Cell.SpacingAngstrom(h, k, l);
        CartesianPosition g = new(length * direction.XAngstrom, length * direction.YAngstrom, length * direction.ZAngstrom);
        if (options.Vacancies is not { ElongationFraction: not 0 } vacancies)
        {
            return g;
        }

        // r → r + e (r·n) n takes g to g − e/(1 + e) (g·n) n.
        CartesianPosition n = LayerVacancies.Unit(vacancies.Normal);
        double lost = vacancies.ElongationFraction / (1 + vacancies.ElongationFraction) * LayerVacancies.Dot(g, n);
        return new(g.XAngstrom - (lost * n.XAngstrom), g.YAngstrom - (lost * n.YAngstrom), g.ZAngstrom - (lost * n.ZAngstrom));
    }

    private static bool IsAlongLayers(int h, int k, int l, ParticleTruthOptions options)
    {
        CartesianPosition direction = LayerVacancies.Unit(ParticleFacet.OfPlane(options.Cell, h, k, l, 1).Normal);
        return options.Vacancies is { } vacancies && IsParallel(direction, vacancies.Normal);
    }

    private static Sight See(SpecimenAtom[] atoms, double gx, double gy, double areaNm2, ParticleTruthOptions options)
    {
        double g2 = (gx * gx) + (gy * gy), g = Math.Sqrt(g2), direction = Math.Atan2(-gy, gx) * 180 / Math.PI;
        double framework = 0;
        Dictionary<(int, double), double> factors = [];
        Dictionary<int, Complex> layers = [];
        foreach (SpecimenAtom atom in atoms)
        {
            if (!factors.TryGetValue((atom.AtomicNumber, atom.DisplacementSigmaNm), out double f))
            {
                f = Factor(atom.AtomicNumber, atom.DisplacementSigmaNm, g2);
                factors.Add((atom.AtomicNumber, atom.DisplacementSigmaNm), f);
            }

            int layer = (int)Math.Round(atom.ZNm / LayerNm);
            layers[layer] = layers.GetValueOrDefault(layer) + (f * Complex.FromPolarCoordinates(1, 2 * Math.PI * ((gx * atom.XNm) + (gy * atom.YNm))));
            framework += atom.AtomicNumber == options.FrameworkAtomicNumber ? f : 0;
        }

        // Atoms further along the beam are more underfocused, by their depth.
        Complex sum = Complex.Zero, seen = Complex.Zero;
        foreach ((int layer, Complex part) in layers.OrderBy(entry => entry.Key))
        {
            sum += part;
            seen += part * Transfer(options.Lens.DefocusNm - (layer * LayerNm));
        }

        // K f with f in Å is V·nm³ · 10⁻³.
        double unit = 2 * ElectronBeam.InteractionPerVoltNm(options.VoltageKv) * ElectronScatteringFactor.PotentialConstant * 1e-3;
        double carbon = options.Film is { } film
            ? CarbonFilm.AtomsPerNm2(film) * CarbonFilm.LongWaveStructureFactor(film) * Math.Pow(unit * Factor(6, film.DisplacementSigmaNm, g2), 2) * FilmTransfer2(film)
            : 0;
        double shot = 1 / Math.Pow(Units.NmToAngstrom(1), 2) / options.DosePerAngstrom2;
        double signal = Math.Pow(unit * seen.Magnitude, 2);
        return new Sight(framework > 0 ? sum.Magnitude / framework : 0, Transfer(options.Lens.DefocusNm), signal / (areaNm2 * (carbon + shot)), sum.Magnitude);

        double Transfer(double defocusNm) => (options.Lens with { DefocusNm = defocusNm }).ContrastTransferRatio(g, direction, options.VoltageKv);

        // The mean square over the film's thickness.
        double FilmTransfer2(CarbonFilmOptions film) => Enumerable.Range(-FilmSteps, (2 * FilmSteps) + 1)
            .Average(step => Math.Pow(Transfer((options.FilmDefocusNm ?? options.Lens.DefocusNm) + (film.ThicknessNm * step / ((2 * FilmSteps) + 1))), 2));
    }

    // f · exp(−2π²u²g²).
    private static double Factor(int atomicNumber, double displacementNm, double g2) =>
        ElectronScatteringFactor.Of(atomicNumber).Factor(0.01 * g2) * Math.Exp(-2 * Math.PI * Math.PI * displacementNm * displacementNm * g2);

    private readonly record struct Sight(double Amplitude, double Transfer, double Snr, double Magnitude);
}
