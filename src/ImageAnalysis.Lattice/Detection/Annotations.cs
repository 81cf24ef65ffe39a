using ImageAnalysis.Imaging;

namespace ImageAnalysis.Lattice;

/// <summary>Levels what is written into a picture (scale bars, letters) and what is saturated: runs of exactly the smallest or largest value.</summary>
internal static class Annotations
{
    private const int LeastRun = 4;
    private const int Margin = 2;

    /// <summary>The image with such places replaced by the mean; the image itself where there are none.</summary>
    /// <param name="image">The image.</param>
    /// <returns>The image without them.</returns>
    public static Raster<float> Level(Raster<float> image)
    {
        int width = image.WidthPx, height = image.HeightPx;
        ReadOnlySpan<float> pixels = image.Pixels;
        float low = float.MaxValue, high = float.MinValue;
        double sum = 0;
        foreach (float value in pixels)
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
            sum += value;
        }

        byte[]? mask = null;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> row = image.Row(y);
            for (int x = 0; x < width;)
            {
                float value = row[x];
                int end = x + 1;
                if (value == low || value == high)
                {
                    while (end < width && row[end] == value)
                    {
                        end++;
                    }

                    if (end - x >= LeastRun)
                    {
                        mask ??= new byte[pixels.Length];
                        Mark(mask, width, height, x, end, y);
                    }
                }

                x = end;
            }
        }

        if (mask is null || low == high)
        {
            return image;
        }

        float mean = (float)(sum / pixels.Length);
        float[] levelled = image.ToArray();
        for (int i = 0; i < levelled.Length; i++)
        {
            levelled[i] = mask[i] != 0 ? mean : levelled[i];
        }

        return new Raster<float>(width, height, levelled);
    }

    private static void Mark(byte[] mask, int width, int height, int x0, int x1, int y)
    {
        for (int yy = Math.Max(0, y - Margin); yy <= Math.Min(height - 1, y + Margin); yy++)
        {
            mask.AsSpan((yy * width) + Math.Max(0, x0 - Margin), Math.Min(width, x1 + Margin) - Math.Max(0, x0 - Margin)).Fill(1);
        }
    }
}
