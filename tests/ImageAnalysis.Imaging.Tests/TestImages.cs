namespace ImageAnalysis.Imaging.Tests;

/// <summary>Small images for tests: written out as text, drawn, or random from a seed.</summary>
internal static class TestImages
{
    /// <summary>Shapes down to a single pixel, narrow, wide, and around the widths that vectors have.</summary>
    internal static readonly (int Width, int Height)[] Shapes =
        [(1, 1), (1, 7), (7, 1), (2, 2), (3, 5), (5, 5), (8, 3), (15, 16), (16, 15), (17, 9), (31, 33), (33, 31), (40, 12), (65, 20)];

    internal static Raster<byte> Mask(params string[] rows)
    {
        byte[] pixels = new byte[rows.Length * rows[0].Length];
        for (int y = 0; y < rows.Length; y++)
        {
            for (int x = 0; x < rows[y].Length; x++)
            {
                pixels[(y * rows[0].Length) + x] = rows[y][x] == '#' ? (byte)1 : (byte)0;
            }
        }

        return new Raster<byte>(rows[0].Length, rows.Length, pixels);
    }

    internal static string[] Text(Raster<byte> mask)
    {
        string[] rows = new string[mask.HeightPx];
        for (int y = 0; y < rows.Length; y++)
        {
            rows[y] = string.Concat(mask.Row(y).ToArray().Select(pixel => pixel == 0 ? '.' : '#'));
        }

        return rows;
    }

    internal static Raster<float> Image(int width, params float[] pixels) => new(width, pixels.Length / width, pixels);

    internal static Raster<float> Drawn(int width, int height, Func<int, int, double> value)
    {
        float[] pixels = new float[width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                pixels[(y * width) + x] = (float)value(x, y);
            }
        }

        return new Raster<float>(width, height, pixels);
    }

    internal static Raster<float> Random(int width, int height, int seed)
    {
        Random random = new(seed);
        return Drawn(width, height, (_, _) => random.NextDouble() * 100);
    }

    /// <summary>A random image of few levels: many ties.</summary>
    internal static Raster<float> Levels(int width, int height, int levels, int seed)
    {
        Random random = new(seed);
        return Drawn(width, height, (_, _) => random.Next(levels));
    }

    internal static Raster<byte> RandomMask(int width, int height, double density, int seed)
    {
        Random random = new(seed);
        byte[] pixels = new byte[width * height];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = random.NextDouble() < density ? (byte)1 : (byte)0;
        }

        return new Raster<byte>(width, height, pixels);
    }

    /// <summary>Normal deviates of mean 0 and s.d. 1 (Box and Muller).</summary>
    internal static Func<double> Normal(int seed)
    {
        Random random = new(seed);
        return () => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    internal static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs((double)expected[i] - actual[i]) <= tolerance, $"Pixel {i}: expected {expected[i]}, got {actual[i]}, tolerance {tolerance}.");
        }
    }
}
