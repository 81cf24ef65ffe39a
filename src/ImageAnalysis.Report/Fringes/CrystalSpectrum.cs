using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;

namespace ImageAnalysis.Report;

/// <summary>The power spectrum of one crystal as it is shown: of the same window as was measured, without its mean and slope, zero-padded to three times (large ones to less).</summary>
internal sealed class CrystalSpectrum
{
    private const double Padding = 3;
    private const double LeastPadding = 1.25;
    private const int EnoughPx = 2048;
    private const int MostPx = 4096;

    private readonly float[] _power;
    private readonly int _width;
    private readonly int _height;
    private readonly FrequencyScale _scale;

    private CrystalSpectrum(float[] power, int width, int height, FrequencyScale scale)
    {
        (_power, _width, _height, _scale) = (power, width, height, scale);
    }

    /// <summary>Computes the spectrum.</summary>
    public static CrystalSpectrum Of(Micrograph micrograph, CrystalMeasurement crystal)
    {
        Raster<float> pixels = micrograph.Pixels;
        double halfWidth = Math.Max(2, 0.5 * crystal.WindowWidthPx), halfHeight = Math.Max(2, 0.5 * crystal.WindowHeightPx);
        int x0 = Math.Clamp((int)Math.Ceiling(crystal.XPx - halfWidth), 0, pixels.WidthPx - 1), x1 = Math.Clamp((int)Math.Floor(crystal.XPx + halfWidth), x0, pixels.WidthPx - 1);
        int y0 = Math.Clamp((int)Math.Ceiling(crystal.YPx - halfHeight), 0, pixels.HeightPx - 1), y1 = Math.Clamp((int)Math.Floor(crystal.YPx + halfHeight), y0, pixels.HeightPx - 1);
        double[] taperX = Taper(x0, x1, crystal.XPx, halfWidth), taperY = Taper(y0, y1, crystal.YPx, halfHeight);
        (double mean, double slopeX, double slopeY) = Plane(pixels, x0, y0, taperX, taperY);

        int width = Padded(Times(taperX.Length) * taperX.Length), height = Padded(Times(taperY.Length) * taperY.Length);
        float[] padded = new float[width * height];
        for (int y = 0; y < taperY.Length; y++)
        {
            for (int x = 0; x < taperX.Length; x++)
            {
                double plane = mean + (slopeX * (x0 + x - crystal.XPx)) + (slopeY * (y0 + y - crystal.YPx));
                padded[(y * width) + x] = (float)(taperX[x] * taperY[y] * (pixels[x0 + x, y0 + y] - plane));
            }
        }

        HalfSpectrum spectrum = new(width, height);
        RealFft2D.Plan(width, height).Forward(padded, spectrum);
        spectrum.CopyPowerTo(padded);
        return new CrystalSpectrum(padded, width, height, FrequencyScale.Of(micrograph));

        (double Mean, double SlopeX, double SlopeY) Plane(Raster<float> image, int left, int top, double[] across, double[] down)
        {
            double sum = 0, sumX = 0, sumY = 0, weight = 0, weightXX = 0, weightYY = 0;
            for (int y = 0; y < down.Length; y++)
            {
                for (int x = 0; x < across.Length; x++)
                {
                    double w = across[x] * down[y], fx = left + x - crystal.XPx, fy = top + y - crystal.YPx, value = image[left + x, top + y];
                    weight += w;
                    sum += w * value;
                    sumX += w * value * fx;
                    sumY += w * value * fy;
                    weightXX += w * fx * fx;
                    weightYY += w * fy * fy;
                }
            }

            return (sum / Math.Max(weight, 1e-12), sumX / Math.Max(weightXX, 1e-12), sumY / Math.Max(weightYY, 1e-12));
        }
    }

    /// <summary>Paints the logarithm of the power into a square, frequency zero in its middle. Black is the background, white the strongest spot away from the middle.</summary>
    /// <param name="canvas">The picture.</param>
    /// <param name="left">First column of the square.</param>
    /// <param name="top">First row of the square.</param>
    /// <param name="side">Its side in px.</param>
    /// <param name="highest">Frequency at the middle of its edges, cycles a unit.</param>
    public void Paint(Canvas canvas, int left, int top, int side, double highest)
    {
        double[] logs = new double[side * side];
        List<double> away = [];
        double step = 2 * highest / side, middle = 0.18 * highest;
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                double gx = (x + 0.5 - (0.5 * side)) * step, gy = (y + 0.5 - (0.5 * side)) * step;
                double log = Math.Log(PowerAt(gx * _scale.WidthOfPixel, gy * _scale.HeightOfPixel) + 1e-30);
                logs[(y * side) + x] = log;
                if ((gx * gx) + (gy * gy) > middle * middle)
                {
                    away.Add(log);
                }
            }
        }

        away.Sort();
        double black = away[(int)(0.3 * away.Count)], white = Math.Max(away[^1], black + 1);
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                byte level = (byte)(255 * Math.Clamp((logs[(y * side) + x] - black) / (white - black), 0, 1));
                canvas.Blend(left + x, top + y, new Colour(level, level, level), 1);
            }
        }
    }

    // Windows of large crystals have fine bins without much padding.
    private static double Times(int length) => Math.Clamp((double)EnoughPx / length, LeastPadding, Padding);

    /// <summary>Lengths that the Fourier transform does quickly: even, of the factors 2, 3 and 5.</summary>
    internal static int Padded(double least)
    {
        int size = 2 * (int)Math.Ceiling(0.5 * Math.Clamp(least, 16, MostPx));
        while (!IsFast(size))
        {
            size += 2;
        }

        return size;
    }

    private static bool IsFast(int size)
    {
        foreach (int factor in (ReadOnlySpan<int>)[2, 3, 5])
        {
            while (size % factor == 0)
            {
                size /= factor;
            }
        }

        return size == 1;
    }

    private static double[] Taper(int first, int last, double centre, double half)
    {
        double[] taper = new double[last - first + 1];
        for (int i = 0; i < taper.Length; i++)
        {
            double c = Math.Cos(0.5 * Math.PI * Math.Clamp((first + i - centre) / half, -1, 1));
            taper[i] = c * c;
        }

        return taper;
    }

    /// <summary>Power at a frequency in cycles a pixel, linear between bins.</summary>
    private double PowerAt(double fx, double fy)
    {
        double u = (fx * _width) + (_width / 2), v = (fy * _height) + (_height / 2);
        int u0 = (int)Math.Floor(u), v0 = (int)Math.Floor(v);
        double tu = u - u0, tv = v - v0;
        double above = ((1 - tu) * Bin(u0, v0)) + (tu * Bin(u0 + 1, v0)), below = ((1 - tu) * Bin(u0, v0 + 1)) + (tu * Bin(u0 + 1, v0 + 1));
        return ((1 - tv) * above) + (tv * below);
    }

    private float Bin(int u, int v) => _power[(Wrapped(v, _height) * _width) + Wrapped(u, _width)];

    private static int Wrapped(int at, int size) => ((at % size) + size) % size;
}
