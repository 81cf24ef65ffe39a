using System.Numerics;

namespace ImageAnalysis.Imaging.Tests;

/// <summary>The transform by its definition, in double precision: rows, then columns, each a plain sum.</summary>
internal static class DirectTransform
{
    internal static Complex[,] Forward(Complex[,] image)
    {
        int height = image.GetLength(0);
        int width = image.GetLength(1);
        Complex[] rowRoots = Roots(width);
        Complex[] columnRoots = Roots(height);
        Complex[,] rows = new Complex[height, width];
        for (int y = 0; y < height; y++)
        {
            for (int u = 0; u < width; u++)
            {
                Complex sum = 0;
                for (int x = 0; x < width; x++)
                {
                    sum += image[y, x] * rowRoots[(int)((long)u * x % width)];
                }

                rows[y, u] = sum;
            }
        }

        Complex[,] spectrum = new Complex[height, width];
        for (int v = 0; v < height; v++)
        {
            for (int u = 0; u < width; u++)
            {
                Complex sum = 0;
                for (int y = 0; y < height; y++)
                {
                    sum += rows[y, u] * columnRoots[(int)((long)v * y % height)];
                }

                spectrum[v, u] = sum;
            }
        }

        return spectrum;
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

    private static Complex[] Roots(int n) => [.. Enumerable.Range(0, n).Select(k => Complex.FromPolarCoordinates(1, -2 * Math.PI * k / n))];
}
