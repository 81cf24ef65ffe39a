using System.Numerics;

namespace ImageAnalysis.Imaging.Tests;

/// <summary>The transform by its definition, in double precision: rows, then columns, each a plain sum.</summary>
internal static class DirectTransform
{
    internal static Complex[,] Forward(Complex[,] image)
    {
        int height = image.GetLength(0);
        int width = image.GetLength(1);
        Complex[,] rows = new Complex[height, width];
        Complex[] line = new Complex[width];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                line[x] = image[y, x];
            }

            Complex[] transform = Forward(line);
            for (int u = 0; u < width; u++)
            {
                rows[y, u] = transform[u];
            }
        }

        Complex[,] spectrum = new Complex[height, width];
        line = new Complex[height];
        for (int u = 0; u < width; u++)
        {
            for (int y = 0; y < height; y++)
            {
                line[y] = rows[y, u];
            }

            Complex[] transform = Forward(line);
            for (int v = 0; v < height; v++)
            {
                spectrum[v, u] = transform[v];
            }
        }

        return spectrum;
    }

    // In plain doubles, since this is most of the tests' time.
    private static Complex[] Forward(Complex[] line)
    {
        int n = line.Length;
        double[] re = [.. line.Select(value => value.Real)];
        double[] im = [.. line.Select(value => value.Imaginary)];
        double[] cos = [.. Enumerable.Range(0, n).Select(k => Math.Cos(2 * Math.PI * k / n))];
        double[] sin = [.. Enumerable.Range(0, n).Select(k => -Math.Sin(2 * Math.PI * k / n))];
        Complex[] transform = new Complex[n];
        for (int u = 0; u < n; u++)
        {
            double sumRe = 0;
            double sumIm = 0;
            int angle = 0;
            for (int x = 0; x < n; x++)
            {
                sumRe += (re[x] * cos[angle]) - (im[x] * sin[angle]);
                sumIm += (re[x] * sin[angle]) + (im[x] * cos[angle]);
                angle += u;
                angle -= angle >= n ? n : 0;
            }

            transform[u] = new Complex(sumRe, sumIm);
        }

        return transform;
    }

    internal static Complex[,] Forward(ReadOnlySpan<float> image, int width, int height)
    {
        Complex[,] values = new Complex[height, width];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                values[y, x] = image[(y * width) + x];
            }
        }

        return Forward(values);
    }

    /// <summary>Root mean square of the difference over root mean square of the expected values.</summary>
    internal static double RelativeError(Complex[,] expected, Func<int, int, Complex> actual)
    {
        double difference = 0;
        double size = 0;
        for (int v = 0; v < expected.GetLength(0); v++)
        {
            for (int u = 0; u < expected.GetLength(1); u++)
            {
                Complex d = expected[v, u] - actual(u, v);
                difference += (d.Real * d.Real) + (d.Imaginary * d.Imaginary);
                size += (expected[v, u].Real * expected[v, u].Real) + (expected[v, u].Imaginary * expected[v, u].Imaginary);
            }
        }

        return Math.Sqrt(difference / size);
    }

    internal static float[] Noise(int count, int seed)
    {
        Random random = new(seed);
        float[] values = new float[count];
        foreach (ref float value in values.AsSpan())
        {
            value = random.NextSingle() - 0.5f;
        }

        return values;
    }
}
