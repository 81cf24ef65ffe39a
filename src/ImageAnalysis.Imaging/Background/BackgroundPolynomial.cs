using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <summary>A polynomial background, fitted robustly.</summary>
internal sealed class BackgroundPolynomial
{
    private const int MostSamples = 1 << 15;

    private readonly int _order;
    private readonly double[] _coefficients;

    private BackgroundPolynomial(int order, double[] coefficients)
    {
        _order = order;
        _coefficients = coefficients;
    }

    internal static BackgroundPolynomial Fit(Raster<float> image, BackgroundOptions options, Raster<byte>? exclude, BackgroundGrid start)
    {
        int order = options.PolynomialOrder;
        int width = image.WidthPx;
        int height = image.HeightPx;
        PolynomialFit first = new(order);
        for (int i = 0; i < start.Levels.Length; i++)
        {
            double x = (((i % start.Columns) + 0.5) * width / start.Columns) - 0.5;
            double y = (((i / start.Columns) + 0.5) * height / start.Rows) - 0.5;
            first.Add(Centred(x, width), Centred(y, height), start.Levels[i], 1);
        }

        double[] coefficients = first.Solve();
        int step = (int)Math.Max(1, Math.Ceiling(Math.Sqrt((double)image.PixelCount / MostSamples)));
        List<(float U, float V, float Value)> samples = [];
        for (int y = step / 2 % height; y < height; y += step)
        {
            for (int x = step / 2 % width; x < width; x += step)
            {
                if (exclude is null || exclude[x, y] == 0)
                {
                    samples.Add(((float)Centred(x, width), (float)Centred(y, height), image[x, y]));
                }
            }
        }

        float[] lower = new float[samples.Count];
        for (int pass = 0; pass < 20 && samples.Count > 0; pass++)
        {
            // The spread comes from the pixels below the surface: particles only add above it.
            int n = 0;
            foreach ((float u, float v, float value) in samples)
            {
                double difference = value - PolynomialFit.Value(coefficients, order, u, v);
                if (difference < 0)
                {
                    lower[n++] = (float)-difference;
                }
            }

            if (n < samples.Count / 20)
            {
                // A start below all pixels: then all of them tell how far.
                n = 0;
                foreach ((float u, float v, float value) in samples)
                {
                    lower[n++] = (float)Math.Abs(value - PolynomialFit.Value(coefficients, order, u, v));
                }
            }

            double spread = n > 0 ? OrderStatistics.Median(lower.AsSpan(0, n)) / 0.6744898 : 0;
            if (spread == 0)
            {
                break;
            }

            PolynomialFit fit = new(order);
            double limit = 2 * options.ClipRatio * spread;
            foreach ((float u, float v, float value) in samples)
            {
                double r = (value - PolynomialFit.Value(coefficients, order, u, v)) / limit;
                fit.Add(u, v, value, Math.Abs(r) < 1 ? (1 - (r * r)) * (1 - (r * r)) : 0);
            }

            double[] next = fit.Solve();
            double change = 0;
            for (int i = 0; i < next.Length; i++)
            {
                change = Math.Max(change, Math.Abs(next[i] - coefficients[i]));
            }

            coefficients = next;
            if (change < 1e-3 * spread)
            {
                break;
            }
        }

        return new BackgroundPolynomial(order, coefficients);
    }

    internal Raster<float> Evaluate(int width, int height)
    {
        Raster<float> background = Raster<float>.Unfilled(width, height, out Span<float> result);
        double[] places = new double[width];
        for (int x = 0; x < width; x++)
        {
            places[x] = Centred(x, width);
        }

        ReadOnlySpan<double> c = _coefficients;
        for (int y = 0; y < height; y++)
        {
            // For one row, a polynomial in u alone.
            double v = Centred(y, height);
            double c0 = c[0], c1 = 0, c2 = 0, c3 = 0;
            if (_order >= 1)
            {
                c0 += c[2] * v;
                c1 += c[1];
            }

            if (_order >= 2)
            {
                c0 += c[5] * v * v;
                c1 += c[4] * v;
                c2 += c[3];
            }

            if (_order >= 3)
            {
                c0 += c[9] * v * v * v;
                c1 += c[8] * v * v;
                c2 += c[7] * v;
                c3 += c[6];
            }

            Cubic(places, c0, c1, c2, c3, result.Slice(y * width, width));
        }

        return background;
    }

    private static void Cubic(ReadOnlySpan<double> places, double c0, double c1, double c2, double c3, Span<float> result)
    {
        ref double from = ref MemoryMarshal.GetReference(places);
        ref float to = ref MemoryMarshal.GetReference(result);
        int x = 0;
        for (; x <= result.Length - 8; x += 8)
        {
            Vector256.Narrow(Value(Vector256.LoadUnsafe(ref from, (nuint)x)), Value(Vector256.LoadUnsafe(ref from, (nuint)(x + 4)))).StoreUnsafe(ref to, (nuint)x);
        }

        for (; x < result.Length; x++)
        {
            double u = places[x];
            result[x] = (float)Math.FusedMultiplyAdd(Math.FusedMultiplyAdd(Math.FusedMultiplyAdd(c3, u, c2), u, c1), u, c0);
        }

        Vector256<double> Value(Vector256<double> u)
        {
            Vector256<double> value = Vector256.FusedMultiplyAdd(Vector256.Create(c3), u, Vector256.Create(c2));
            value = Vector256.FusedMultiplyAdd(value, u, Vector256.Create(c1));
            return Vector256.FusedMultiplyAdd(value, u, Vector256.Create(c0));
        }
    }

    private static double Centred(double i, int n) => n == 1 ? 0 : (2 * i / (n - 1)) - 1;
}
