using ImageAnalysis.Imaging;

namespace ImageAnalysis.Particles;

/// <summary>All particles of an image fitted together: each in turn, with its neighbours' models taken out.</summary>
internal sealed class FieldFit
{
    private const double StartingBlurPx = 1.2, StartingShape = 0.45;
    private const double HopelessFraction = 0.5, OverlookedRadiusRatio = 0.45, SuspiciousMisfit = 1.8, SuspiciousStretch = 0.12, SplitGain = 0.62, ClearOverlap = 0.7, ClearGain = 0.4;
    private const double CoarseTolerancePx = 0.03, FineTolerancePx = 0.004, TeacherTolerancePx = 0.001, SettledPx = 0.05;
    private const int FirstIterations = 8, LaterIterations = 6, TeacherIterations = 40, FirstPixels = 480, MostTeachers = 64;
    private static readonly (double U, double C, double S)[] _areaPoints = AreaPoints();
    /// <summary>Smallest height, against a particle's own, of what can contest its place.</summary>
    public const double RivalHeightRatio = 0.5;

    private readonly Segmentation _segmentation;
    private readonly SizeOptions _options;
    private readonly double _aspect;
    private readonly ProfileFit _fit;
    private readonly RowBuffers _row = new();
    private readonly List<int> _numbers = [];
    private readonly HashSet<(ParticleProfile, ParticleProfile)> _resolved = [];
    private List<ParticleProfile> _particles = [];
    private NeighbourGrid _grid = new(1);

    private FieldFit(Segmentation segmentation, double aspect, SizeOptions options)
    {
        _segmentation = segmentation;
        _options = options;
        _aspect = aspect;
        _fit = new ProfileFit(segmentation.Pixels, segmentation.Saturated, aspect, segmentation.NoiseSigmaCounts);
    }

    /// <summary>The fitted particles.</summary>
    public IReadOnlyList<ParticleProfile> Particles => _particles;

    /// <summary>The particles that a person has pointed out, in the order given, fitted or not.</summary>
    public IReadOnlyList<ParticleProfile> Chosen { get; private set; } = [];

    /// <summary>Median height over radius of the particles, counts per px.</summary>
    public double TypicalThickness { get; private set; }

    /// <summary>Median residual over height of the particles.</summary>
    public double TypicalMisfit { get; private set; }

    /// <summary>Fits all particles of a segmentation, drops double claims and looks once for what was overlooked.</summary>
    /// <param name="segmentation">The particles found.</param>
    /// <param name="aspect">Height of a row over width of a column.</param>
    /// <param name="options">How to measure.</param>
    /// <param name="chosen">Particles that a person has pointed out: neither split nor dropped for another's claim.</param>
    public static FieldFit Run(Segmentation segmentation, double aspect, SizeOptions options, IReadOnlyList<Particle>? chosen = null)
    {
        FieldFit field = new(segmentation, aspect, options);
        field.Chosen = [.. (chosen ?? []).Select(particle => field.Start(particle.XPx, particle.YPx, particle.RadiusPx, particle.HeightCounts, isChosen: true))];
        field._particles.AddRange(field.Chosen);
        foreach (Particle particle in segmentation.Particles)
        {
            field._particles.Add(field.Start(particle.XPx, particle.YPx, particle.RadiusPx, particle.HeightCounts));
        }

        ProfilePriors priors = new(StartingBlurPx, 0.7, StartingShape, 0.2);
        field.Index();
        field.FitAll(field._particles, subtract: false, priors, FirstIterations);
        field.DropDoubleClaims();
        priors = field.CommonPriors(priors);
        field.SplitWhereTwoFitBetter(priors);
        if (options.FitPasses > 1)
        {
            field.FitAll(field._particles, subtract: true, priors, LaterIterations);
            field.DropDoubleClaims();
            field.SplitWhereTwoFitBetter(priors);
        }

        field.Settle(priors, options.FitPasses - 2);
        field.AddOverlooked(priors);
        field.TypicalThickness = field.Median(static p => p.P[ParticleProfile.Height] / p.P[ParticleProfile.Radius]);
        field.TypicalMisfit = field.Median(static p => p.ResidualRms / p.P[ParticleProfile.Height]);
        return field;
    }

    /// <summary>Other particles whose surroundings reach a particle's own.</summary>
    public List<ParticleProfile> NeighboursOf(ParticleProfile particle, double reachRatio, double marginPx = 3)
    {
        List<ParticleProfile> near = [];
        _grid.Near(particle.P[0], particle.P[1] * _aspect, _numbers);
        foreach (int number in _numbers)
        {
            ParticleProfile other = _particles[number];
            double dx = other.P[0] - particle.P[0], dy = (other.P[1] - particle.P[1]) * _aspect;
            double reach = (reachRatio * (particle.LargestRadius + other.LargestRadius)) + (marginPx > 0 ? (3 * other.Blur) + marginPx : 0);
            if (!ReferenceEquals(other, particle) && (dx * dx) + (dy * dy) < reach * reach)
            {
                near.Add(other);
            }
        }

        return near;
    }

    /// <summary>Covariance of a particle's parameters, row by row.</summary>
    public double[]? Covariance(ParticleProfile particle) => _fit.Covariance(particle);

    /// <summary>Share of a particle's area that lies inside another's outline.</summary>
    public static double OverlapFraction(ParticleProfile particle, ParticleProfile other)
    {
        double dx = other.P[0] - particle.P[0], dy = (other.P[1] - particle.P[1]) * particle.Aspect, far = particle.LargestRadius + other.LargestRadius;
        if ((dx * dx) + (dy * dy) >= far * far)
        {
            return 0;
        }

        int both = 0;
        foreach ((double u, double c, double s) in _areaPoints)
        {
            double r = u * particle.RadiusAt(c, s);
            if (other.NormalDistance(particle.P[0] + (r * c), particle.P[1] + (r * s / particle.Aspect)) < 1)
            {
                both++;
            }
        }

        return (double)both / _areaPoints.Length;
    }

    /// <summary>Points that stand for equal shares of a disc's area: distance over the radius, and direction.</summary>
    private static (double U, double C, double S)[] AreaPoints()
    {
        List<(double, double, double)> points = [];
        for (int ring = 0; ring < 6; ring++)
        {
            for (int spoke = 0; spoke < 16; spoke++)
            {
                (double s, double c) = Math.SinCos((spoke + (0.5 * (ring & 1))) * Math.PI / 8);
                points.Add((Math.Sqrt((ring + 0.5) / 6), c, s));
            }
        }

        return [.. points];
    }

    private ParticleProfile Start(double x, double y, double radius, double height, bool isChosen = false)
    {
        ParticleProfile particle = new() { Aspect = _aspect, AnchorX = x, AnchorY = y, IsChosen = isChosen };
        particle.P[0] = x;
        particle.P[1] = y;
        particle.P[ParticleProfile.Radius] = radius;
        particle.P[ParticleProfile.Height] = height;
        particle.P[ParticleProfile.Shape] = StartingShape;
        particle.P[ParticleProfile.LogBlur] = Math.Log(Math.Min(StartingBlurPx, 0.4 * radius));
        particle.P[ParticleProfile.Background] = RingLevel(x, y, radius);
        particle.Refresh();
        return particle;
    }

    /// <summary>The lower quartile of the pixels on a ring of 1.3 radii: the background beside a particle even where others are near.</summary>
    private double RingLevel(double x, double y, double radius)
    {
        Span<float> ring = stackalloc float[32];
        Raster<float> pixels = _segmentation.Pixels;
        for (int k = 0; k < ring.Length; k++)
        {
            (double s, double c) = Math.SinCos(2 * Math.PI * k / ring.Length);
            int px = Math.Clamp((int)Math.Round(x + (1.3 * radius * c)), 0, pixels.WidthPx - 1);
            int py = Math.Clamp((int)Math.Round(y + (1.3 * radius * s / _aspect)), 0, pixels.HeightPx - 1);
            ring[k] = pixels.Row(py)[px];
        }

        ring.Sort();
        return ring[ring.Length / 4];
    }

    private void Index()
    {
        double largest = 1, blur = 1;
        foreach (ParticleProfile particle in _particles)
        {
            largest = Math.Max(largest, particle.LargestRadius);
            blur = Math.Max(blur, particle.Blur);
        }

        _grid = new NeighbourGrid((2.6 * largest) + (3 * blur) + 3);
        for (int i = 0; i < _particles.Count; i++)
        {
            _grid.Add(i, _particles[i].P[0], _particles[i].P[1] * _aspect);
        }
    }

    private void FitAll(IReadOnlyList<ParticleProfile> particles, bool subtract, ProfilePriors priors, int iterations)
    {
        foreach (ParticleProfile particle in particles)
        {
            _fit.Fit(particle, NeighboursOf(particle, 1.3), subtract, priors, iterations, subtract ? FineTolerancePx : CoarseTolerancePx, subtract ? ProfileFit.MaxPixels : FirstPixels);
        }
    }

    /// <summary>Fits particles that touch others again, in turns, as long as they or their neighbours move.</summary>
    private void Settle(ProfilePriors priors, int passes)
    {
        for (int pass = 0; pass < passes; pass++)
        {
            List<ParticleProfile> again = _particles.FindAll(p => NeighboursOf(p, 1.02, 0) is { Count: > 0 } near && (pass == 0 || p.MovedPx > SettledPx || near.Exists(static other => other.MovedPx > SettledPx)));
            if (again.Count == 0)
            {
                break;
            }

            FitAll(again, subtract: true, priors, LaterIterations);
            DropDoubleClaims();
        }
    }

    /// <summary>Drops a particle whose outline lies mostly inside that of one with more intensity, or that shrank to nothing. A wide faint hump takes no clear particle away.</summary>
    private void DropDoubleClaims()
    {
        _particles.Sort(static (a, b) => Volume(b) != Volume(a) ? Volume(b).CompareTo(Volume(a)) : a.P[1] != b.P[1] ? a.P[1].CompareTo(b.P[1]) : a.P[0].CompareTo(b.P[0]));
        Index();
        List<ParticleProfile> kept = [];
        HashSet<ParticleProfile> alive = [];
        foreach (ParticleProfile particle in _particles)
        {
            bool keep = particle.P[ParticleProfile.Radius] > 1 && Plausible(particle) && Significance(particle) > HopelessFraction * _options.MinSnr;
            foreach (ParticleProfile other in NeighboursOf(particle, 1.0))
            {
                keep &= particle.IsChosen || !alive.Contains(other) || other.P[ParticleProfile.Height] < RivalHeightRatio * particle.P[ParticleProfile.Height] || OverlapFraction(particle, other) < Math.Max(_options.MaxOverlapFraction, _resolved.Contains((particle, other)) || _resolved.Contains((other, particle)) ? ClearOverlap : 0);
            }

            if (keep)
            {
                kept.Add(particle);
                alive.Add(particle);
            }
        }

        _particles = kept;
        Index();
    }

    /// <summary>
    /// Whether the image shows enough of a particle to speak of it: its centre is at most half a radius outside, and it is not larger than the image.
    /// </summary>
    private bool Plausible(ParticleProfile p)
    {
        double r = p.P[ParticleProfile.Radius], width = _segmentation.Pixels.WidthPx - 1, height = (_segmentation.Pixels.HeightPx - 1) * _aspect, y = p.P[1] * _aspect;
        return p.P[0] > -r / 2 && p.P[0] < width + (r / 2) && y > -r / 2 && y < height + (r / 2) && 2 * r < Math.Max(width, height);
    }

    /// <summary>Height times the root of the number of pixels, over the noise.</summary>
    private double Significance(ParticleProfile p) =>
        p.P[ParticleProfile.Height] * Math.Sqrt(Math.PI) * p.P[ParticleProfile.Radius] / Math.Max(p.ResidualRms, _segmentation.NoiseSigmaCounts);

    private static double Volume(ParticleProfile p) => p.P[ParticleProfile.Height] * p.P[ParticleProfile.Radius] * p.P[ParticleProfile.Radius];

    /// <summary>Puts two particles where one fits badly or is long, and keeps them where they explain the pixels clearly better.</summary>
    private void SplitWhereTwoFitBetter(ProfilePriors priors)
    {
        double typical = Median(static p => p.ResidualRms / p.P[ParticleProfile.Height]);
        List<ParticleProfile> result = [];
        foreach (ParticleProfile particle in _particles)
        {
            double misfit = particle.ResidualRms / particle.P[ParticleProfile.Height];
            double stretch = Math.Sqrt((particle.P[ParticleProfile.Harmonic] * particle.P[ParticleProfile.Harmonic]) + (particle.P[ParticleProfile.Harmonic + 1] * particle.P[ParticleProfile.Harmonic + 1]));
            bool suspicious = !particle.IsChosen && (misfit > SuspiciousMisfit * typical || stretch > SuspiciousStretch) && particle.P[ParticleProfile.Radius] > 4 && Significance(particle) > 2 * _options.MinSnr;
            if (suspicious && Split(particle, priors) is { } halves)
            {
                _resolved.Add((halves[0], halves[1]));
                result.AddRange(halves);
            }
            else
            {
                result.Add(particle);
            }
        }

        if (result.Count > _particles.Count)
        {
            _particles = result;
            DropDoubleClaims();
        }
    }

    /// <summary>Two particles in the place of one, or <c>null</c> where one explains the pixels as well.</summary>
    private ParticleProfile[]? Split(ParticleProfile one, ProfilePriors priors)
    {
        List<ParticleProfile> others = NeighboursOf(one, 1.3);
        double angle = 0.5 * Math.Atan2(one.P[ParticleProfile.Harmonic + 1], one.P[ParticleProfile.Harmonic]);
        (double sine, double cosine) = Math.SinCos(angle);
        double longHalf = one.RadiusAt(cosine, sine), shortHalf = one.RadiusAt(-sine, cosine), offset = Math.Max(longHalf - shortHalf, 0.4 * shortHalf);
        ParticleProfile[] pair = new ParticleProfile[2];
        for (int k = 0; k < 2; k++)
        {
            double to = k == 0 ? offset : -offset;
            pair[k] = Start(one.P[0] + (to * cosine), one.P[1] + (to * sine / _aspect), 0.95 * shortHalf, 0.75 * one.P[ParticleProfile.Height]);
            pair[k].P[ParticleProfile.Background] = one.P[ParticleProfile.Background];
        }

        // Round discs of about the right size first, so that neither swallows the other; then free outlines.
        ProfilePriors stiff = priors with { ShapeSd = 0.02, LogBlurSd = 0.02, HarmonicRatio = 0.1, Radius = pair[0].P[ParticleProfile.Radius], LogRadiusSd = 0.1 };
        for (int round = 0; round < 8; round++)
        {
            for (int k = 0; k < 2; k++)
            {
                _fit.Fit(pair[k], [.. others, pair[1 - k]], subtract: true, round < 4 ? stiff : priors, round < 4 ? 3 : LaterIterations, round < 6 ? CoarseTolerancePx : FineTolerancePx, round < 6 ? FirstPixels : ProfileFit.MaxPixels);
            }
        }

        double smaller = Math.Min(Volume(pair[0]), Volume(pair[1])) / Math.Max(Volume(pair[0]), Volume(pair[1]));
        double overlap = Math.Max(OverlapFraction(pair[0], pair[1]), OverlapFraction(pair[1], pair[0]));
        bool bothThere = smaller > 0.15 && pair[0].P[ParticleProfile.Height] > 0;
        double gain = Misfit(one, pair, others) / Misfit(one, [one], others);
        return bothThere && ((overlap < _options.MaxOverlapFraction && gain < SplitGain) || (overlap < ClearOverlap && gain < ClearGain)) ? pair : null;
    }

    /// <summary>Sum of squares that models leave over in the surroundings of a particle, each pixel on the background of the nearest model.</summary>
    private double Misfit(ParticleProfile place, ParticleProfile[] models, List<ParticleProfile> others)
    {
        Raster<float> pixels = _segmentation.Pixels;
        double reach = place.LargestRadius + (2 * place.Blur) + 2, sum = 0;
        int x0 = Math.Max(0, (int)(place.P[0] - reach)), x1 = Math.Min(pixels.WidthPx - 1, (int)(place.P[0] + reach) + 1), across = x1 - x0 + 1;
        int y0 = Math.Max(0, (int)(place.P[1] - (reach / _aspect))), y1 = Math.Min(pixels.HeightPx - 1, (int)(place.P[1] + (reach / _aspect)) + 1);
        if (across <= 0)
        {
            return 0;
        }

        _row.Hold(across);
        int[] owner = new int[across];
        for (int y = y0; y <= y1; y++)
        {
            Span<float> nearest = _row.Own(across), value = _row.Value(across), distance = _row.Distance(across), added = _row.Added(across);
            pixels.Row(y).Slice(x0, across).CopyTo(value);
            for (int i = 0; i < across && _segmentation.Saturated is { } saturated; i++)
            {
                value[i] = saturated.Row(y)[x0 + i] != 0 ? float.NaN : value[i];
            }

            foreach (ParticleProfile other in others)
            {
                ProfileRow.Distances(other, y, x0, 1, distance);
                for (int i = 0; i < across; i++)
                {
                    value[i] = distance[i] < 1.2f ? float.NaN : value[i];
                }
            }

            nearest.Fill(float.PositiveInfinity);
            for (int m = 0; m < models.Length; m++)
            {
                ProfileRow.Contributions(models[m], y, x0, 1, distance, added);
                for (int i = 0; i < across; i++)
                {
                    value[i] -= added[i];
                    if (distance[i] < nearest[i])
                    {
                        nearest[i] = distance[i];
                        owner[i] = m;
                    }
                }
            }

            double dy = (y - place.P[1]) * _aspect, across2 = (reach * reach) - (dy * dy);
            for (int i = 0; i < across; i++)
            {
                double dx = x0 + i - place.P[0];
                if (dx * dx <= across2 && !float.IsNaN(value[i]))
                {
                    double left = value[i] - models[owner[i]].Plane(x0 + i, y);
                    sum += left * left;
                }
            }
        }

        return sum;
    }

    /// <summary>
    /// Blur and shape that the particles share, from those that stand alone and are fitted well. Some of them are fitted to the end for this, on all their pixels: radius, blur and
    /// shape stand in for each other, and a fit that stops early stays near the shape it began with.
    /// </summary>
    private ProfilePriors CommonPriors(ProfilePriors before)
    {
        List<ParticleProfile> alone = _particles.FindAll(particle => NeighboursOf(particle, 1.1).Count == 0 && particle.ResidualRms < 0.25 * particle.P[ParticleProfile.Height] && Inside(particle));
        if (alone.Count < 5)
        {
            return before;
        }

        int every = (alone.Count + MostTeachers - 1) / MostTeachers;
        List<ParticleProfile> teachers = alone.Where((_, number) => number % every == 0).ToList();
        foreach (ParticleProfile particle in teachers)
        {
            _fit.Fit(particle, NeighboursOf(particle, 1.3), subtract: true, before, TeacherIterations, TeacherTolerancePx, ProfileFit.MaxPixels);
        }

        double blur = Middle(teachers, static p => p.P[ParticleProfile.LogBlur]), shape = Middle(teachers, static p => p.P[ParticleProfile.Shape]);
        return new ProfilePriors(Math.Exp(blur), 0.03, shape, 0.05);
    }

    private bool Inside(ParticleProfile particle)
    {
        double r = particle.LargestRadius + 2;
        return particle.P[0] > r && particle.P[1] > r / _aspect && particle.P[0] < _segmentation.Pixels.WidthPx - 1 - r && particle.P[1] < _segmentation.Pixels.HeightPx - 1 - (r / _aspect);
    }

    /// <summary>Looks for blobs in what the models leave over, and fits those with the strength of a particle.</summary>
    private void AddOverlooked(ProfilePriors priors)
    {
        if (_particles.Count == 0)
        {
            return;
        }

        double typicalRadius = Median(static p => p.P[ParticleProfile.Radius]), typicalHeight = Median(static p => p.P[ParticleProfile.Height]);
        int shrink = Math.Clamp((int)(OverlookedRadiusRatio * typicalRadius / 3), 1, Math.Max(1, Math.Min(_segmentation.Pixels.WidthPx, _segmentation.Pixels.HeightPx) / 16));
        Raster<float> rest = shrink > 1 ? Resample.Downsample(Rest(), shrink) : Rest();
        double noise = _segmentation.NoiseSigmaCounts / shrink, centre = 0.5 * (shrink - 1);
        List<ParticleProfile> added = [];
        foreach (Blob blob in BlobFinder.Distinct(BlobFinder.Find(rest, _aspect, 2 * typicalRadius / shrink, noise, 8), _aspect))
        {
            if (blob.HeightCounts > 0.4 * typicalHeight && blob.RadiusPx * shrink > OverlookedRadiusRatio * typicalRadius)
            {
                added.Add(Start((blob.XPx * shrink) + centre, (blob.YPx * shrink) + centre, blob.RadiusPx * shrink, blob.HeightCounts));
            }
        }

        if (added.Count == 0)
        {
            return;
        }

        _particles.AddRange(added);
        Index();
        FitAll(added, subtract: true, priors, FirstIterations);
        DropDoubleClaims();
        HashSet<ParticleProfile> affected = [];
        foreach (ParticleProfile particle in added)
        {
            if (_particles.Contains(particle))
            {
                affected.Add(particle);
                affected.UnionWith(NeighboursOf(particle, 1.1));
            }
        }

        List<ParticleProfile> again = _particles.FindAll(affected.Contains);
        FitAll(again, subtract: true, priors, LaterIterations);
        FitAll(again, subtract: true, priors, LaterIterations);
        DropDoubleClaims();
    }

    private Raster<float> Rest()
    {
        Raster<float> pixels = _segmentation.Pixels;
        float[] rest = pixels.ToArray();
        foreach (ParticleProfile particle in _particles)
        {
            double reach = particle.Reach;
            int x0 = Math.Max(0, (int)(particle.P[0] - reach)), x1 = Math.Min(pixels.WidthPx - 1, (int)(particle.P[0] + reach) + 1), across = x1 - x0 + 1;
            int y0 = Math.Max(0, (int)(particle.P[1] - (reach / _aspect))), y1 = Math.Min(pixels.HeightPx - 1, (int)(particle.P[1] + (reach / _aspect)) + 1);
            _row.Hold(Math.Max(0, across));
            for (int y = y0; y <= y1 && across > 0; y++)
            {
                Span<float> added = _row.Added(across);
                ProfileRow.Contributions(particle, y, x0, 1, _row.Distance(across), added);
                Span<float> row = rest.AsSpan((y * pixels.WidthPx) + x0, across);
                for (int i = 0; i < across; i++)
                {
                    row[i] -= added[i];
                }
            }
        }

        return new Raster<float>(pixels.WidthPx, pixels.HeightPx, rest);
    }

    private double Median(Func<ParticleProfile, double> of) => _particles.Count == 0 ? 0 : Middle(_particles, of);

    private static double Middle(List<ParticleProfile> particles, Func<ParticleProfile, double> of)
    {
        List<double> values = particles.ConvertAll(p => of(p));
        values.Sort();
        return values[values.Count / 2];
    }
}
