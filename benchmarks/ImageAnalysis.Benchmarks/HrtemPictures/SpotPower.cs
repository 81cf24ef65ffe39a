using ImageAnalysis.Imaging;

namespace ImageAnalysis.Benchmarks;

/// <summary>
/// Power of spots in windows of an image, as the comparison of simulated images takes it: counts over their mean, a plane taken out, a Hann window, zero-padded; power in nm² (power spectral density).
/// </summary>
internal sealed class SpotPower
{
    private const int Padded = 512;
    private const int SupportPx = 96;
    private const int MostSupportWindows = 40;

    private readonly float[] pixels;
    private readonly int width;
    private readonly int height;
    private readonly double pixelNm;
    private readonly (double X0, double Y0, double X1, double Y1)[] boxes;
    private readonly Lazy<float[]> support;

    public SpotPower(Raster<float> image, double offsetCounts, double pixelNm, IEnumerable<(double X0, double Y0, double X1, double Y1)> boxes)
    {
        (width, height, this.pixelNm) = (image.WidthPx, image.HeightPx, pixelNm);
        double mean = 0;
        foreach (float value in image.Pixels)
        {
            mean += value - offsetCounts;
        }

        mean /= image.PixelCount;
        pixels = new float[image.PixelCount];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (float)((image.Pixels[i] - offsetCounts) / mean);
        }

        this.boxes = [.. boxes];
        support = new(Support);
    }

    /// <summary>The strongest power near a frequency (x right, y down, nm⁻¹) in a window of 1.15 boxes, over the mean power of the support at that frequency.</summary>
    public double Snr((double X0, double Y0, double X1, double Y1) box, double gx, double gy)
    {
        int w = (int)(1.15 * (box.X1 - box.X0)), h = (int)(1.15 * (box.Y1 - box.Y0));
        int x = Math.Clamp((int)Math.Round((0.5 * (box.X0 + box.X1)) - (0.5 * w)), 0, Math.Max(0, width - w)), y = Math.Clamp((int)Math.Round((0.5 * (box.Y0 + box.Y1)) - (0.5 * h)), 0, Math.Max(0, height - h));
        float[] power = Power(x, y, Math.Min(w, width), Math.Min(h, height));
        double reach = 0.8 / (Math.Min(w, h) * pixelNm);
        double best = 0;
        ForEach((fx, fy, at) =>
        {
            if (((fx - gx) * (fx - gx)) + ((fy - gy) * (fy - gy)) <= reach * reach)
            {
                best = Math.Max(best, power[at]);
            }
        });
        return best / SupportAt(Math.Sqrt((gx * gx) + (gy * gy)));
    }

    /// <summary>Mean power of the support at a frequency, nm².</summary>
    public double SupportAt(double gPerNm)
    {
        double sum = 0;
        int count = 0;
        ForEach((fx, fy, at) =>
        {
            if (Math.Abs(Math.Sqrt((fx * fx) + (fy * fy)) - gPerNm) < 0.12)
            {
                sum += support.Value[at];
                count++;
            }
        });
        return sum / count;
    }

    // Mean over windows at fixed pseudo-random places clear of all boxes.
    private float[] Support()
    {
        float[] sum = new float[Padded * Padded];
        Random random = new(1);
        int found = 0;
        for (int attempt = 0; attempt < 4000 && found < MostSupportWindows; attempt++)
        {
            int x = random.Next(width - SupportPx), y = random.Next(height - SupportPx);
            if (boxes.Any(box => x + SupportPx > box.X0 - 20 && x < box.X1 + 20 && y + SupportPx > box.Y0 - 20 && y < box.Y1 + 20))
            {
                continue;
            }

            float[] power = Power(x, y, SupportPx, SupportPx);
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += power[i];
            }

            found++;
        }

        return found == 0 ? throw new InvalidOperationException("The image has no room for a window beside its particles.") : [.. sum.Select(value => value / found)];
    }

    private float[] Power(int left, int top, int w, int h)
    {
        // Means and slopes of the window; columns and rows are independent of each other over a rectangle.
        double mean = 0, slopeX = 0, slopeY = 0, x2 = 0, y2 = 0;
        for (int y = 0; y < h; y++)
        {
            for (int x = 0; x < w; x++)
            {
                double value = pixels[((top + y) * width) + left + x], u = x - (0.5 * (w - 1)), v = y - (0.5 * (h - 1));
                (mean, slopeX, slopeY, x2, y2) = (mean + value, slopeX + (u * value), slopeY + (v * value), x2 + (u * u), y2 + (v * v));
            }
        }

        (mean, slopeX, slopeY) = (mean / (w * h), slopeX / x2, slopeY / y2);
        float[] padded = new float[Padded * Padded];
        double weights = 0;
        for (int y = 0; y < h; y++)
        {
            for (int x = 0; x < w; x++)
            {
                double window = Hann(x, w) * Hann(y, h);
                weights += window * window;
                double flat = pixels[((top + y) * width) + left + x] - mean - (slopeX * (x - (0.5 * (w - 1)))) - (slopeY * (y - (0.5 * (h - 1))));
                padded[(y * Padded) + x] = (float)(flat * window);
            }
        }

        HalfSpectrum spectrum = new(Padded, Padded);
        RealFft2D.Plan(Padded, Padded).Forward(padded, spectrum);
        float[] power = new float[Padded * Padded];
        spectrum.CopyPowerTo(power);
        double scale = pixelNm * pixelNm / weights;
        for (int i = 0; i < power.Length; i++)
        {
            power[i] = (float)(power[i] * scale);
        }

        return power;
    }

    private static double Hann(int i, int n) => 0.5 - (0.5 * Math.Cos(2 * Math.PI * (i + 1) / (n + 1)));

    private void ForEach(Action<double, double, int> visit)
    {
        for (int row = 0; row < Padded; row++)
        {
            double fy = (row - (Padded / 2)) / (Padded * pixelNm);
            for (int column = 0; column < Padded; column++)
            {
                visit((column - (Padded / 2)) / (Padded * pixelNm), fy, (row * Padded) + column);
            }
        }
    }
}
