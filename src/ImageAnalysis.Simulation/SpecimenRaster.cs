namespace ImageAnalysis.Simulation;

/// <summary>
/// The specimen on a grid finer than the image and with a margin about it: at each point the share of the beam that is scattered onto the detector.
/// </summary>
internal sealed class SpecimenRaster
{
    private readonly float[] _values;
    private readonly HaadfOptions _options;

    public SpecimenRaster(HaadfOptions options, int oversampling, int marginPx)
    {
        _options = options;
        Oversampling = oversampling;
        MarginPx = marginPx;
        Width = (options.WidthPx + (2 * marginPx)) * oversampling;
        Height = (options.HeightPx + (2 * marginPx)) * oversampling;
        _values = new float[(long)Width * Height];
    }

    /// <summary>Fine points per px along x and along y.</summary>
    public int Oversampling { get; }

    /// <summary>Pixels about the image that are kept too, since the probe brings in what lies there.</summary>
    public int MarginPx { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>One row of fine points.</summary>
    public ReadOnlySpan<float> Row(int y) => _values.AsSpan(y * Width, Width);

    /// <summary>Position of a pixel's centre (or a place between) on the fine grid.</summary>
    public double ToFine(double px) => ((px + MarginPx + 0.5) * Oversampling) - 0.5;

    /// <summary>Adds a body: thickness along the beam times scattering per nm.</summary>
    public void Add(HaadfParticle particle)
    {
        double perNm = _options.ParticleScatteringPerNm;
        double stepX = _options.PixelWidthNm / Oversampling;
        double stepY = _options.PixelHeightNm / Oversampling;
        double radius = particle.Outline.RadiusNm;
        double x0 = ToFine(particle.OriginPx.XPx);
        double y0 = ToFine(particle.OriginPx.YPx);
        int top = (int)Math.Max(0.0, Math.Ceiling(y0 - (radius / stepY)));
        int bottom = (int)Math.Min(Height - 1.0, Math.Floor(y0 + (radius / stepY)));
        ConvexBody.LineState state = default;
        for (int row = top; row <= bottom; row++)
        {
            double y = (row - y0) * stepY;
            double half = Math.Sqrt(Math.Max(0.0, (radius * radius) - (y * y))) / stepX;
            int left = (int)Math.Max(0.0, Math.Ceiling(x0 - half));
            int right = (int)Math.Min(Width - 1.0, Math.Floor(x0 + half));
            Span<float> line = _values.AsSpan(row * Width, Width);
            for (int column = left; column <= right; column++)
            {
                double thickness = particle.Body.Thickness((column - x0) * stepX, y, radius, ref state);
                line[column] += (float)(thickness * perNm);
            }
        }
    }

    /// <summary>
    /// Adds the film's atomic-scale texture: for each pixel the deviation of the number of atoms from its mean. The mean itself is smooth and
    /// needs no fine grid. A deviation sits on one fine point, with the weight of all of its pixel.
    /// </summary>
    public void AddGrain(RandomStream random)
    {
        double areaNm2 = _options.PixelWidthNm * _options.PixelHeightNm;

        // Atoms at random: N ± √N in a pixel's column of thickness t, so that t scatters by √(t / (density · area)).
        double sigmaNm = _options.SupportGrainFraction * Math.Sqrt(_options.SupportThicknessNm / (_options.Support.NumberDensity() * areaNm2));
        double weight = sigmaNm * _options.SupportScatteringPerNm * Oversampling * Oversampling;
        if (weight == 0.0)
        {
            return;
        }

        for (int y = Oversampling / 2; y < Height; y += Oversampling)
        {
            for (int x = Oversampling / 2; x < Width; x += Oversampling)
            {
                _values[(y * Width) + x] += (float)(weight * random.NextGaussian());
            }
        }
    }
}
