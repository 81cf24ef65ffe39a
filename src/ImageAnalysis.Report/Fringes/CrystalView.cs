using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;

namespace ImageAnalysis.Report;

/// <summary>The square about one crystal that its picture shows, as an image and with all but its fringes filtered out.</summary>
internal sealed class CrystalView
{
    private const double Margin = 1.12; // of the window of the spectrum, so that its rim is seen
    private readonly FrequencyScale _scale;
    private readonly int _leftPx;
    private readonly int _topPx;

    private CrystalView(FrequencyScale scale, CrystalMeasurement crystal, double side, int leftPx, int topPx, Raster<float> pixels, Raster<float>? filtered)
    {
        (_scale, Crystal, Side, _leftPx, _topPx, Pixels, Filtered) = (scale, crystal, side, leftPx, topPx, pixels, filtered);
    }

    /// <summary>The crystal.</summary>
    public CrystalMeasurement Crystal { get; }

    /// <summary>Side of the square in the scale's unit.</summary>
    public double Side { get; }

    /// <summary>The image about the crystal, mirrored where it reaches beyond the border.</summary>
    public Raster<float> Pixels { get; }

    /// <summary>The same with the frequencies of the fringes only; <c>null</c> for a crystal without fringes.</summary>
    public Raster<float>? Filtered { get; }

    /// <summary>The fringe that is filtered and whose profile is drawn: the carrier, else the strongest.</summary>
    public static FringeMeasurement? Shown(CrystalMeasurement crystal) => crystal.Carrier ?? (crystal.Fringes.Count > 0 ? crystal.Fringes[0] : null);

    /// <summary>Cuts the view out.</summary>
    public static CrystalView Of(Micrograph micrograph, CrystalMeasurement crystal)
    {
        FrequencyScale scale = FrequencyScale.Of(micrograph);
        double side = Margin * Math.Max(crystal.WindowWidthPx * scale.WidthOfPixel, crystal.WindowHeightPx * scale.HeightOfPixel);
        side = Math.Max(side, 1.2 * Math.Max((crystal.X1Px - crystal.X0Px) * scale.WidthOfPixel, (crystal.Y1Px - crystal.Y0Px) * scale.HeightOfPixel));

        // A rim of a quarter on each side keeps the filter's wrapping round out of sight.
        int width = CrystalSpectrum.Padded(1.5 * side / scale.WidthOfPixel), height = CrystalSpectrum.Padded(1.5 * side / scale.HeightOfPixel);
        int left = (int)Math.Round(crystal.XPx) - (width / 2), top = (int)Math.Round(crystal.YPx) - (height / 2);
        float[] cut = new float[width * height];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> row = micrograph.Pixels.Row(Mirrored(top + y, micrograph.Pixels.HeightPx));
            for (int x = 0; x < width; x++)
            {
                cut[(y * width) + x] = row[Mirrored(left + x, micrograph.Pixels.WidthPx)];
            }
        }

        Raster<float> pixels = new(width, height, cut);
        return new CrystalView(scale, crystal, side, left, top, pixels, Shown(crystal) is FringeMeasurement fringe ? Filter(pixels, crystal, fringe, scale) : null);
    }

    /// <summary>Where a point of the micrograph lies in the square, 0…1 from its top left.</summary>
    public (double X, double Y) Place(PointPx point) =>
        (0.5 + ((point.XPx - Crystal.XPx) * _scale.WidthOfPixel / Side), 0.5 + ((point.YPx - Crystal.YPx) * _scale.HeightOfPixel / Side));

    /// <summary>Paints one of the two images into a square.</summary>
    public void Paint(Canvas canvas, int left, int top, int side, Raster<float> image, double black, double white)
    {
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                double value = At(image, (((x + 0.5) / side) - 0.5) * Side, (((y + 0.5) / side) - 0.5) * Side);
                byte level = (byte)(245 * Math.Clamp((value - black) / (white - black), 0, 1));
                canvas.Blend(left + x, top + y, new Colour(level, level, level), 1);
            }
        }
    }

    /// <summary>Means of an image across a strip, along a direction through the crystal's centre.</summary>
    /// <param name="image">One of the two images.</param>
    /// <param name="direction">Unit vector along the profile; y down.</param>
    /// <param name="length">Length of the profile in the scale's unit.</param>
    /// <param name="strip">Width of the strip in the same unit.</param>
    /// <param name="count">Number of values.</param>
    public double[] Profile(Raster<float> image, (double X, double Y) direction, double length, double strip, int count)
    {
        double step = Math.Min(_scale.WidthOfPixel, _scale.HeightOfPixel);
        int across = Math.Max(1, (int)Math.Round(strip / step));
        double[] profile = new double[count];
        for (int i = 0; i < count; i++)
        {
            double along = (((i + 0.5) / count) - 0.5) * length, sum = 0;
            for (int j = 0; j < across; j++)
            {
                double off = (j + 0.5 - (0.5 * across)) * step;
                sum += At(image, (along * direction.X) - (off * direction.Y), (along * direction.Y) + (off * direction.X));
            }

            profile[i] = sum / across;
        }

        return profile;
    }

    // The value at a place given from the crystal's centre in the scale's unit.
    private double At(Raster<float> image, double x, double y) => Resample.Bilinear(
        image, Crystal.XPx + (x / _scale.WidthOfPixel) - _leftPx, Crystal.YPx + (y / _scale.HeightOfPixel) - _topPx);

    private static int Mirrored(int at, int size)
    {
        int period = Math.Max(1, 2 * (size - 1));
        int within = ((at % period) + period) % period;
        return within < size ? within : period - within;
    }

    /// <summary>
    /// Keeps the frequencies near the fringe and near the tested fractions of it, whether or not a superlattice was found there: what noise gives at those places is to be seen as well.
    /// The apertures are Gaussian; in space they blur by a sixth of the crystal.
    /// </summary>
    private static Raster<float> Filter(Raster<float> pixels, CrystalMeasurement crystal, FringeMeasurement fringe, FrequencyScale scale)
    {
        (double X, double Y)[] places = [scale.Of(fringe.PeakG), .. (fringe.Superlattice?.TestedPlaces ?? []).Select(scale.Of)];
        double diameter = Math.Max(crystal.DiameterPx * scale.WidthOfPixel, 1e-9);
        double sigma = Math.Min(6 / (2 * Math.PI * diameter), scale.LengthOf(fringe.G) / 10);
        double mean = 0;
        foreach (float value in pixels.Pixels)
        {
            mean += value;
        }

        mean /= pixels.PixelCount;
        float[] even = pixels.ToArray();
        for (int i = 0; i < even.Length; i++)
        {
            even[i] -= (float)mean;
        }

        HalfSpectrum spectrum = RealFft2D.Forward(new Raster<float>(pixels.WidthPx, pixels.HeightPx, even));
        Span<float> re = spectrum.Re, im = spectrum.Im;
        double stepX = 1 / (pixels.WidthPx * scale.WidthOfPixel), stepY = 1 / (pixels.HeightPx * scale.HeightOfPixel);
        for (int v = 0; v < pixels.HeightPx; v++)
        {
            double gy = (v <= pixels.HeightPx / 2 ? v : v - pixels.HeightPx) * stepY;
            for (int u = 0; u < spectrum.ColumnCount; u++)
            {
                double pass = 0;
                foreach ((double x, double y) in places)
                {
                    pass = Math.Max(pass, Math.Max(Aperture((u * stepX) - x, gy - y), Aperture((u * stepX) + x, gy + y)));
                }

                re[(v * spectrum.Stride) + u] *= (float)pass;
                im[(v * spectrum.Stride) + u] *= (float)pass;
            }
        }

        return RealFft2D.Inverse(spectrum);

        double Aperture(double dx, double dy)
        {
            double r2 = ((dx * dx) + (dy * dy)) / (2 * sigma * sigma);
            return r2 > 12 ? 0 : Math.Exp(-r2);
        }
    }
}
