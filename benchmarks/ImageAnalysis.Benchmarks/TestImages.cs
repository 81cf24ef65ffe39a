namespace ImageAnalysis.Benchmarks;

/// <summary>The images that the benchmarks work on: the same numbers in every run.</summary>
internal static class TestImages
{
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
}
