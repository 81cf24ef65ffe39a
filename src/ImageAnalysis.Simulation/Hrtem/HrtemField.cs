using ImageAnalysis.Core;

namespace ImageAnalysis.Simulation;

/// <summary>Draws the particles of an HRTEM image at random.</summary>
/// <remarks>
/// For cubic crystals whose movable atoms lie in layers half a {111} spacing apart, as Cu of antifluorite Cu₂Se does; other bodies are given to
/// <see cref="HrtemSimulator.Render"/> as they are. Ordered particles have the depleted layers along a member of {111} in the image plane, where their zone axis has one.
/// </remarks>
public static class HrtemField
{
    private const int MostAttempts = 2000;

    private static readonly (int H, int K, int L)[] Octahedral = [(1, 1, 1), (-1, 1, 1), (1, -1, 1), (1, 1, -1)];

    /// <summary>Draws particles.</summary>
    /// <param name="field">Numbers, sizes, order, orientation.</param>
    /// <param name="image">The image that they lie in; only its size counts.</param>
    /// <param name="seed">Where the randomness comes from; same seed, same particles on every platform.</param>
    /// <returns>The particles, within the image, ordered ones first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    /// <exception cref="ArgumentException">The particles do not find room, the crystal has partly filled sites, or its atoms lie in no such layers.</exception>
    public static IReadOnlyList<HrtemParticle> Draw(HrtemFieldOptions field, HrtemOptions image, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(image);
        field.Validate();
        image.Validate();
        double widthNm = image.WidthPx * image.PixelWidthNm, heightNm = image.HeightPx * image.PixelHeightNm;
        RandomStream places = new(seed, "places");
        List<(double X, double Y, double Radius)> taken = [];
        List<HrtemParticle> particles = [];
        for (int i = 0; i < field.ParticleCount; i++)
        {
            // Each particle draws from numbers of its own: one more of them changes none of the others.
            ulong own = RandomStream.Derive(seed, FormattableString.Invariant($"particle {i + 1}"));
            RandomStream random = new(own, "particle");
            double diameterNm = field.DiameterMeanNm + (field.DiameterSigmaNm * Math.Clamp(random.NextGaussian(), -2.5, 2.5));
            (double x, double y) = Place(field, places, taken, 0.5 * diameterNm, widthNm, heightNm);
            taken.Add((x, y, 0.5 * diameterNm));
            particles.Add(Particle(field, random, own, Units.NmToAngstrom(diameterNm), x, y, ordered: i < field.OrderedCount));
        }

        return particles;
    }

    private static HrtemParticle Particle(HrtemFieldOptions field, RandomStream random, ulong seed, double diameterAngstrom, double x, double y, bool ordered)
    {
        UnitCell cell = field.Crystal.Cell;
        ParticleShape shape = random.NextUniform() < field.FacettedFraction ? ParticleShape.TruncatedOctahedron(diameterAngstrom) : ParticleShape.Sphere(diameterAngstrom);
        (int u, int v, int w) = field.Zones[random.NextIndex(field.Zones.Count)];
        CartesianPosition zone = cell.ToCartesian(new(u, v, w));
        CartesianPosition anywhere = new(random.NextGaussian(), random.NextGaussian(), random.NextGaussian());
        if (random.NextUniform() < field.RandomZoneFraction && !ordered)
        {
            zone = anywhere;
        }

        double tilt = field.LargestTiltDeg * random.NextUniform(), towards = random.NextUniform(-180, 180), inPlane = random.NextUniform(-180, 180);
        (int H, int K, int L)[] across = [.. Octahedral.Where(plane => Math.Abs(LayerVacancies.Dot(LayerVacancies.Unit(Normal(cell, plane)), LayerVacancies.Unit(zone))) < 1e-6)];
        (int H, int K, int L)[] choice = across.Length > 0 ? across : Octahedral;
        double depletion = random.NextUniform(field.LeastDepletionFraction, field.LargestDepletionFraction);
        LayerVacancyOptions vacancies = field.Vacancies with
        {
            Normal = Normal(cell, choice[random.NextIndex(choice.Length)]),
            LayerSpacingAngstrom = 0.5 * cell.SpacingAngstrom(1, 1, 1),
            PeriodCount = ordered ? field.Vacancies.PeriodCount : 1,
            FirstLayer = ordered ? random.NextIndex(field.Vacancies.PeriodCount) : 0,
            DepletionFraction = ordered ? depletion : depletion / field.Vacancies.PeriodCount,
            ElongationFraction = ordered ? field.LargestElongationFraction * random.NextUniform(0.5, 1) : 0,
        };
        FilmSide side = random.NextUniform() < 0.5 ? FilmSide.Entrance : FilmSide.Exit;
        Cluster whole = ParticleCutter.Cut(field.Crystal, shape, ParticleCutter.RandomCentre(RandomStream.Derive(seed, "centre")));
        Cluster cluster = LayerVacancies.Make(whole, vacancies, RandomStream.Derive(seed, "vacancies"));
        return new HrtemParticle(new ParticlePlacement(cluster, new CrystalPose(zone, tilt, towards, inPlane), x, y, side), cell, vacancies)
        {
            FrameworkAtomicNumber = vacancies.NeighbourAtomicNumber,
        };
    }

    private static CartesianPosition Normal(UnitCell cell, (int H, int K, int L) plane) => ParticleFacet.OfPlane(cell, plane.H, plane.K, plane.L, 1).Normal;

    private static (double X, double Y) Place(HrtemFieldOptions field, RandomStream random, List<(double X, double Y, double Radius)> taken, double radius, double width, double height)
    {
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            double x = random.NextUniform(radius, width - radius), y = random.NextUniform(radius, height - radius);
            int neighbour = -1;
            if (taken.Count > 0 && random.NextUniform() < field.TouchingFraction)
            {
                neighbour = random.NextIndex(taken.Count);
                (double sin, double cos) = PortableMath.SinCos(random.NextUniform(-Math.PI, Math.PI));
                double distance = random.NextUniform(0.7, 1.02) * (radius + taken[neighbour].Radius);
                (x, y) = (taken[neighbour].X + (distance * cos), taken[neighbour].Y + (distance * sin));
            }

            bool inside = x >= radius && y >= radius && x <= width - radius && y <= height - radius;
            if (inside && taken.Where((_, i) => i != neighbour).All(other =>
                Math.Sqrt(((other.X - x) * (other.X - x)) + ((other.Y - y) * (other.Y - y))) >= radius + other.Radius + field.FreeGapNm))
            {
                return (x, y);
            }
        }

        throw new ArgumentException(
            FormattableString.Invariant($"{field.ParticleCount} particles of {field.DiameterMeanNm} nm find no room in {width:0.#} × {height:0.#} nm: fewer or smaller ones, or a larger image."), nameof(field));
    }
}
