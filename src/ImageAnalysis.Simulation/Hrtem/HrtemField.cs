using ImageAnalysis.Core;

namespace ImageAnalysis.Simulation;

/// <summary>Draws the particles of an HRTEM image at random.</summary>
/// <remarks>
/// The default options are those of antifluorite Cu₂Se, whose Cu lies in layers half a {111} spacing apart; planes, layers and zones of another crystal are options. Ordered particles have the
/// depleted layers along a plane of the family that contains their zone axis, where there is one.
/// </remarks>
public static class HrtemField
{
    private const int MostAttempts = 2000;

    /// <summary>Planes that are not to be seen lie at least so far from edge on, degree: 3 more than what counts as in view.</summary>
    private const double HiddenDeg = 11;

    private static readonly double SinOfHidden = Math.Sin(HiddenDeg * Math.PI / 180);

    /// <summary>Draws particles, <see cref="HrtemFieldOptions.OrderedCount"/> of them ordered and the others disordered.</summary>
    /// <param name="field">Numbers, sizes, order, orientation.</param>
    /// <param name="image">The image that they lie in; only its size counts.</param>
    /// <param name="seed">Where the randomness comes from; same seed, same particles on every platform.</param>
    /// <returns>The particles, within the image, ordered ones first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    /// <exception cref="ArgumentException">The particles do not find room, the crystal has partly filled sites, or its atoms lie in no such layers.</exception>
    public static IReadOnlyList<HrtemParticle> Draw(HrtemFieldOptions field, HrtemOptions image, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(field);
        field.Validate();
        HrtemParticleChoice[] kinds = [.. Enumerable.Range(0, field.ParticleCount)
            .Select(i => new HrtemParticleChoice(i < field.OrderedCount ? HrtemParticleKind.Ordered : HrtemParticleKind.Disordered))];
        return Draw(field, kinds, image, seed);
    }

    /// <summary>Draws particles of given kinds.</summary>
    /// <param name="field">Sizes, order, orientation; its numbers of particles and <see cref="HrtemFieldOptions.RandomZoneFraction"/> are not looked at.</param>
    /// <param name="kinds">What each particle is, as <see cref="HrtemPopulation.Deal"/> gives it.</param>
    /// <param name="image">The image that they lie in; only its size counts.</param>
    /// <param name="seed">Where the randomness comes from; same seed, same particles on every platform.</param>
    /// <returns>The particles, within the image, in the order of the kinds.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    /// <exception cref="ArgumentException">
    /// The particles do not find room, the crystal has partly filled sites, its atoms lie in no such layers, or a kind asks for a crystal that the options do not have.
    /// </exception>
    public static IReadOnlyList<HrtemParticle> DrawKinds(HrtemFieldOptions field, IReadOnlyList<HrtemParticleChoice> kinds, HrtemOptions image, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(kinds);
        field.Validate();
        return Draw(field with { RandomZoneFraction = 0 }, kinds, image, seed);
    }

    private static List<HrtemParticle> Draw(HrtemFieldOptions field, IReadOnlyList<HrtemParticleChoice> kinds, HrtemOptions image, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(image);
        image.Validate();
        double widthNm = image.WidthPx * image.PixelWidthNm, heightNm = image.HeightPx * image.PixelHeightNm;
        RandomStream places = new(seed, "places");
        List<(double X, double Y, double Radius)> taken = [];
        List<HrtemParticle> particles = [];
        for (int i = 0; i < kinds.Count; i++)
        {
            // Each particle draws from numbers of its own: one more of them changes none of the others.
            ulong own = RandomStream.Derive(seed, FormattableString.Invariant($"particle {i + 1}"));
            RandomStream random = new(own, "particle");
            double diameter = Units.NmToAngstrom(field.DiameterMeanNm + (field.DiameterSigmaNm * Math.Clamp(random.NextGaussian(), -2.5, 2.5)));
            bool facetted = random.NextUniform() < field.FacettedFraction;
            ParticleShape shape = facetted ? ParticleShape.TruncatedOctahedron(diameter) : ParticleShape.Sphere(diameter);
            double radius = Units.AngstromToNm(shape.RadiusAngstrom);
            (double x, double y) = Place(field, places, taken, radius, widthNm, heightNm);
            taken.Add((x, y, radius));
            HrtemParticle particle = kinds[i].Kind switch
            {
                HrtemParticleKind.Statistical => OfCrystal(field.Statistical ?? throw Missing("no crystal for statistical particles"), shape, random, own, Strained, field.LargestTiltDeg),
                HrtemParticleKind.Other => OfCrystal(
                    kinds[i].OtherIndex < field.Others.Count ? field.Others[kinds[i].OtherIndex] : throw Missing($"no other crystal {kinds[i].OtherIndex}"),
                    shape, random, own, (crystal, _) => crystal, field.LargestTiltDeg),
                HrtemParticleKind kind => WithVacancies(field, kind, shape, random, own),
            };
            FilmSide side = random.NextUniform() < 0.5 ? FilmSide.Entrance : FilmSide.Exit;
            particles.Add(particle with { Kind = kinds[i].Kind, ShapeName = facetted ? "truncated octahedron" : "sphere", Placement = particle.Placement with { XNm = x, YNm = y, Side = side } });
        }

        return particles;

        CrystalStructure Strained(CrystalStructure crystal, RandomStream random) => Strain(field, crystal, random);
    }

    private static ArgumentException Missing(string what) => new($"A particle asks for what the options do not have: {what}.");

    private static CrystalStructure Strain(HrtemFieldOptions field, CrystalStructure crystal, RandomStream random)
    {
        double ratio = 1 + field.StrainMeanFraction + (field.StrainSigmaFraction * Math.Clamp(random.NextGaussian(), -2.5, 2.5));
        UnitCell cell = crystal.Cell;
        return ratio == 1 ? crystal : crystal.WithCell(new(cell.AAngstrom * ratio, cell.BAngstrom * ratio, cell.CAngstrom * ratio, cell.AlphaDeg, cell.BetaDeg, cell.GammaDeg));
    }

    /// <summary>A particle of a crystal as it is.</summary>
    private static HrtemParticle OfCrystal(
        HrtemCrystal kind, ParticleShape shape, RandomStream random, ulong seed, Func<CrystalStructure, RandomStream, CrystalStructure> strain, double largestTiltDeg)
    {
        CrystalStructure crystal = strain(kind.Crystal, random);
        (int U, int V, int W) zone = kind.Zones[random.NextIndex(kind.Zones.Count)];
        CrystalPose pose = Turned(crystal.Cell.ToCartesian(new(zone.U, zone.V, zone.W)), largestTiltDeg, random);
        Cluster cluster = ParticleCutter.Cut(crystal, shape, ParticleCutter.RandomCentre(RandomStream.Derive(seed, "centre")));
        if (!cluster.IsExplicit)
        {
            cluster = SiteFilling.Fill(cluster, RandomStream.Derive(seed, "filling"), new SiteFillingOptions { ShortestDistanceAngstrom = kind.ShortestDistanceAngstrom }).Cluster;
        }

        // The measure of amplitudes: the heaviest element.
        return new HrtemParticle(new ParticlePlacement(cluster, pose, 0, 0, FilmSide.Entrance), crystal.Cell, null)
        {
            Planes = kind.Planes,
            CrystalName = crystal.Name,
            ZoneName = NameOf(zone),
            FrameworkAtomicNumber = cluster.Sites.Max(site => site.Species.AtomicNumber),
        };
    }

    /// <summary>A particle with vacancies in order or at random.</summary>
    private static HrtemParticle WithVacancies(HrtemFieldOptions field, HrtemParticleKind kind, ParticleShape shape, RandomStream random, ulong seed)
    {
        CrystalStructure crystal = Strain(field, field.Crystal, random);
        UnitCell cell = crystal.Cell;
        bool ordered = kind is HrtemParticleKind.Ordered or HrtemParticleKind.HiddenOrder;
        bool anywhere = random.NextUniform() < field.RandomZoneFraction && kind == HrtemParticleKind.Disordered;
        (int U, int V, int W) zoneAxis = field.Zones[random.NextIndex(field.Zones.Count)];
        CartesianPosition zone = anywhere ? Direction(random) : cell.ToCartesian(new(zoneAxis.U, zoneAxis.V, zoneAxis.W));
        CrystalPose pose = kind == HrtemParticleKind.NoFringe ? Hiding(field, cell, random) : Turned(zone, field.LargestTiltDeg, random);
        (int H, int K, int L) plane = PlaneFor(field, cell, kind, zone, random);
        double depletion = random.NextUniform(field.LeastDepletionFraction, field.LargestDepletionFraction);
        double part = random.NextUniform() < field.HalfOrderedFraction ? random.NextUniform(0.4, 0.6) : 1;
        LayerVacancyOptions vacancies = field.Vacancies with
        {
            Normal = Normal(cell, plane),
            LayerSpacingAngstrom = cell.SpacingAngstrom(plane.H, plane.K, plane.L) / field.LayersPerSpacingCount,
            PeriodCount = ordered ? field.Vacancies.PeriodCount : 1,
            FirstLayer = ordered ? random.NextIndex(field.Vacancies.PeriodCount) : 0,
            DepletionFraction = ordered ? depletion : depletion / field.Vacancies.PeriodCount,
            OrderedFraction = ordered ? part : 1,
            ElongationFraction = ordered ? field.LargestElongationFraction * random.NextUniform(0.5, 1) : 0,
        };
        Cluster cluster = ParticleCutter.Cut(crystal, shape, ParticleCutter.RandomCentre(RandomStream.Derive(seed, "centre")));
        if (vacancies.DepletionFraction > 0 || vacancies.ElongationFraction > 0)
        {
            cluster = LayerVacancies.Make(cluster, vacancies, RandomStream.Derive(seed, "vacancies"));
        }

        bool twinned = kind == HrtemParticleKind.Twinned;
        if (twinned)
        {
            cluster = CrystalTwin.Make(cluster, vacancies.Normal, vacancies.NeighbourAtomicNumber, vacancies.ShortestDistanceAngstrom, RandomStream.Derive(seed, "twin"));
        }

        return new HrtemParticle(new ParticlePlacement(cluster, pose, 0, 0, FilmSide.Entrance), cell, vacancies)
        {
            Planes = field.Planes,
            CrystalName = crystal.Name,
            ZoneName = anywhere || kind == HrtemParticleKind.NoFringe ? string.Empty : NameOf(zoneAxis),
            TwinNormal = twinned ? vacancies.Normal : null,
            FrameworkAtomicNumber = vacancies.NeighbourAtomicNumber,
        };
    }

    /// <summary>The plane that layers lie along: one that contains the zone axis, or for hidden order one far from it, where there is one.</summary>
    private static (int H, int K, int L) PlaneFor(HrtemFieldOptions field, UnitCell cell, HrtemParticleKind kind, CartesianPosition zone, RandomStream random)
    {
        // Tilted by the largest angle it still has to be hidden.
        double hidden = Math.Sin((HiddenDeg + field.LargestTiltDeg) * Math.PI / 180);
        (int H, int K, int L)[] fitting = [.. field.Planes.Where(plane => kind == HrtemParticleKind.HiddenOrder ? Sine(cell, plane, zone) > hidden : Sine(cell, plane, zone) < 1e-6)];
        IReadOnlyList<(int H, int K, int L)> choice = fitting.Length > 0 ? fitting : field.Planes;
        return choice[random.NextIndex(choice.Count)];
    }

    /// <summary>A pose in which none of the planes is in view.</summary>
    private static CrystalPose Hiding(HrtemFieldOptions field, UnitCell cell, RandomStream random)
    {
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            CartesianPosition zone = Direction(random);
            if (field.Planes.All(plane => Sine(cell, plane, zone) > SinOfHidden))
            {
                return new CrystalPose(zone, 0, 0, random.NextUniform(-180, 180));
            }
        }

        throw new ArgumentException("No direction was found along which none of the planes is in view.", nameof(field));
    }

    private static CrystalPose Turned(CartesianPosition zone, double largestTiltDeg, RandomStream random)
    {
        double tilt = largestTiltDeg * random.NextUniform(), towards = random.NextUniform(-180, 180);
        return new CrystalPose(zone, tilt, towards, random.NextUniform(-180, 180));
    }

    private static CartesianPosition Direction(RandomStream random) => new(random.NextGaussian(), random.NextGaussian(), random.NextGaussian());

    // Sine of the angle between a direction and a plane: 0 where it lies within the plane.
    private static double Sine(UnitCell cell, (int H, int K, int L) plane, CartesianPosition zone) =>
        Math.Abs(LayerVacancies.Dot(LayerVacancies.Unit(Normal(cell, plane)), LayerVacancies.Unit(zone)));

    private static CartesianPosition Normal(UnitCell cell, (int H, int K, int L) plane) => ParticleFacet.OfPlane(cell, plane.H, plane.K, plane.L, 1).Normal;

    private static string NameOf((int U, int V, int W) zone) => FormattableString.Invariant($"{zone.U} {zone.V} {zone.W}");

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
            FormattableString.Invariant($"A particle of {2 * radius:0.0} nm finds no room among {taken.Count} others in {width:0.#} × {height:0.#} nm: take fewer or smaller ones, or a larger image."), nameof(field));
    }
}
