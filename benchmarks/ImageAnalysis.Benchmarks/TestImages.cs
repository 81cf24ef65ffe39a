using ImageAnalysis.Imaging;

namespace ImageAnalysis.Benchmarks;

/// <summary>The images that the benchmarks work on: the same numbers in every run.</summary>
internal static class TestImages
{
    private const int SceneSizePx = 2048;

    /// <summary>Uniform noise between 0 and 1 from a fixed seed.</summary>
    /// <param name="widthPx">Width in px.</param>
    /// <param name="heightPx">Height in px.</param>
    /// <returns>Width × height values, row by row.</returns>
    internal static float[] Noise(int widthPx, int heightPx)
    {
        Random random = new(20240229);
        float[] pixels = new float[widthPx * heightPx];
        foreach (ref float pixel in pixels.AsSpan())
        {
            pixel = random.NextSingle();
        }

        return pixels;
    }

    /// <summary>2048 × 2048 px with 1,369 bright half spheres of 8 … 18 px radius on a level of 60 counts, some touching, with noise of ±15 counts.</summary>
    /// <returns>Counts between 45 and 195; yardsticks/scene.py makes the same numbers.</returns>
    internal static Raster<float> Particles()
    {
        float[] pixels = new float[SceneSizePx * SceneSizePx];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (float)(60 + (30 * (Hash((uint)i + 100000) - 0.5)));
        }

        Draw((i, height) => pixels[i] += (float)(120 * height));
        return new Raster<float>(SceneSizePx, SceneSizePx, pixels);
    }

    /// <summary>The same scene without noise as a mask: 1 in the particles, 0 between them.</summary>
    /// <param name="shrinkPx">Radii are smaller by this many px.</param>
    /// <returns>The mask.</returns>
    internal static Raster<byte> ParticleMask(double shrinkPx = 0)
    {
        byte[] pixels = new byte[SceneSizePx * SceneSizePx];
        Draw((i, _) => pixels[i] = 1, shrinkPx);
        return new Raster<byte>(SceneSizePx, SceneSizePx, pixels);
    }

    /// <summary>The scene rounded to 8 bits.</summary>
    /// <returns>Values 0 … 255.</returns>
    internal static Raster<byte> ParticleBytes() =>
        new(SceneSizePx, SceneSizePx, Array.ConvertAll(Particles().ToArray(), value => (byte)Math.Clamp(Math.Round(value), 0, 255)));

    private static void Draw(Action<int, double> set, double shrinkPx = 0)
    {
        const int Across = 37;
        const double PitchPx = (double)SceneSizePx / Across;
        for (int g = 0; g < Across * Across; g++)
        {
            double centreX = (((g % Across) + 0.5) * PitchPx) + (40 * (Hash((uint)(3 * g)) - 0.5));
            double centreY = (((g / Across) + 0.5) * PitchPx) + (40 * (Hash((uint)((3 * g) + 1)) - 0.5));
            double radius = 8 + (10 * Hash((uint)((3 * g) + 2))) - shrinkPx;
            for (int y = (int)Math.Max(0, centreY - 20); y <= Math.Min(SceneSizePx - 1, centreY + 20); y++)
            {
                for (int x = (int)Math.Max(0, centreX - 20); x <= Math.Min(SceneSizePx - 1, centreX + 20); x++)
                {
                    double d2 = ((x - centreX) * (x - centreX)) + ((y - centreY) * (y - centreY));
                    if (d2 < radius * radius)
                    {
                        set((y * SceneSizePx) + x, Math.Sqrt(1 - (d2 / (radius * radius))));
                    }
                }
            }
        }
    }

    // A number from 0 to 1 that depends on the index as if by chance, the same in any language with 32-bit integers.
    private static double Hash(uint index)
    {
        uint h = index * 2654435761u;
        h = (h ^ (h >> 15)) * 2246822519u;
        h = (h ^ (h >> 13)) * 3266489917u;
        return (h ^ (h >> 16)) / 4294967296.0;
    }
}
