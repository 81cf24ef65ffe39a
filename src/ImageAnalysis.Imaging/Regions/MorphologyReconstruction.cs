namespace ImageAnalysis.Imaging;

/// <content>Geodesic operations: reconstruction and the maxima built on it.</content>
public static partial class Morphology
{
    /// <summary>Keeps the regions of a mask that hold a marker.</summary>
    /// <param name="marker">0 or 1; only its pixels inside the mask count; of the mask's shape.</param>
    /// <param name="mask">0 or 1, any shape.</param>
    /// <param name="connectivity">How the mask's pixels are connected.</param>
    /// <returns>The marked regions of the mask, of 0 and 1.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Raster<byte> Reconstruct(Raster<byte> marker, Raster<byte> mask, Connectivity connectivity = Connectivity.Eight)
    {
        ArgumentNullException.ThrowIfNull(mask);
        Guard.SameShape(mask, marker);
        using RunTable runs = RunTable.Find(mask, ofZeros: false);
        runs.Join(connectivity);
        int[] labels = new int[runs.Count];
        bool[] marked = new bool[runs.Number(labels) + 1];
        int width = mask.WidthPx;
        byte[] result = new byte[mask.PixelCount];
        for (int y = 0; y < mask.HeightPx; y++)
        {
            for (int i = runs.RowStarts[y]; i < runs.RowStarts[y + 1]; i++)
            {
                marked[labels[i]] |= marker.Row(y)[runs.Starts[i]..runs.Ends[i]].ContainsAnyExcept((byte)0);
            }
        }

        for (int y = 0; y < mask.HeightPx; y++)
        {
            for (int i = runs.RowStarts[y]; i < runs.RowStarts[y + 1]; i++)
            {
                if (marked[labels[i]])
                {
                    result.AsSpan((y * width) + runs.Starts[i], runs.Ends[i] - runs.Starts[i]).Fill(1);
                }
            }
        }

        return new Raster<byte>(width, mask.HeightPx, result);
    }

    /// <summary>Reconstruction by dilation: the marker grows under the mask until nothing changes.</summary>
    /// <param name="marker">Start in counts; where it is above the mask, the mask counts; of the mask's shape.</param>
    /// <param name="mask">The ceiling in counts, any shape.</param>
    /// <param name="connectivity">Which pixels are neighbours.</param>
    /// <returns>The reconstruction in counts: nowhere above the mask, nowhere below the smaller of marker and mask.</returns>
    /// <exception cref="ArgumentException">The shapes differ or a pixel is not finite.</exception>
    /// <remarks>The fast hybrid algorithm of Vincent 1993, doi 10.1109/83.217222: one sweep down, one sweep up, then a queue for what is left.</remarks>
    public static Raster<float> Reconstruct(Raster<float> marker, Raster<float> mask, Connectivity connectivity = Connectivity.Eight)
    {
        Guard.Finite(mask);
        Guard.Finite(marker);
        Guard.SameShape(mask, marker);
        float[] result = GC.AllocateUninitializedArray<float>(mask.PixelCount);
        ReadOnlySpan<float> ceiling = mask.Pixels;
        ReadOnlySpan<float> start = marker.Pixels;
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = start[i] < ceiling[i] ? start[i] : ceiling[i];
        }

        Reconstruction.Grow(result, ceiling, mask.WidthPx, mask.HeightPx, connectivity);
        return new Raster<float>(mask.WidthPx, mask.HeightPx, result);
    }

    /// <summary>The h-maxima transform: every bright dome is lowered by h, and domes that rise less than h above their surroundings vanish.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="heightCounts">h in counts, above 0.</param>
    /// <param name="connectivity">Which pixels are neighbours.</param>
    /// <returns>The transformed <i>image</i> in counts, nowhere above the image; its maxima as a mask are <see cref="ExtendedMaxima"/>.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">h is not finite or not above 0.</exception>
    /// <remarks>Reconstruction of image − h under the image; Soille, Morphological Image Analysis, 2nd ed. 2003, doi 10.1007/978-3-662-05088-0, section 6.3.4.</remarks>
    public static Raster<float> HMaxima(Raster<float> image, double heightCounts, Connectivity connectivity = Connectivity.Eight)
    {
        Guard.Finite(image);
        Guard.Above(heightCounts, 0);
        float[] result = GC.AllocateUninitializedArray<float>(image.PixelCount);
        ReadOnlySpan<float> ceiling = image.Pixels;
        float h = (float)heightCounts;
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = ceiling[i] - h;
        }

        Reconstruction.Grow(result, ceiling, image.WidthPx, image.HeightPx, connectivity);
        return new Raster<float>(image.WidthPx, image.HeightPx, result);
    }

    /// <summary>The tops of all domes that rise at least h above the pass to a higher one.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="heightCounts">h in counts, above 0.</param>
    /// <param name="connectivity">Which pixels are neighbours.</param>
    /// <returns>A mask of 0 and 1: the regional maxima of <see cref="HMaxima"/>. An image that is level everywhere is one maximum.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">h is not finite or not above 0.</exception>
    public static Raster<byte> ExtendedMaxima(Raster<float> image, double heightCounts, Connectivity connectivity = Connectivity.Eight) =>
        RegionalMaxima(HMaxima(image, heightCounts, connectivity), connectivity);

    /// <summary>Connected plateaus of equal intensity all of whose outer neighbours are lower.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="connectivity">Which pixels are neighbours.</param>
    /// <returns>A mask of 0 and 1. An image that is level everywhere is one maximum.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite.</exception>
    public static Raster<byte> RegionalMaxima(Raster<float> image, Connectivity connectivity = Connectivity.Eight)
    {
        StructuringElement neighbourhood = connectivity == Connectivity.Eight ? StructuringElement.Square(1) : StructuringElement.Disc(1);
        ReadOnlySpan<float> highest = Dilate(image, neighbourhood).Pixels;
        ReadOnlySpan<float> pixels = image.Pixels;
        byte[] maxima = new byte[image.PixelCount];
        for (int i = 0; i < maxima.Length; i++)
        {
            maxima[i] = pixels[i] == highest[i] ? (byte)1 : (byte)0;
        }

        // A plateau with one pixel that has a higher neighbour is none: that knowledge spreads over it.
        int width = image.WidthPx;
        int height = image.HeightPx;
        Stack<int> lower = new();
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int p = (y * width) + x;
                if (maxima[p] == 0)
                {
                    Spread(p);
                    while (lower.TryPop(out int q))
                    {
                        Spread(q);
                    }
                }
            }
        }

        return new Raster<byte>(width, height, maxima);

        void Spread(int p)
        {
            int px = p % width;
            int py = p / width;
            float level = image.Pixels[p];
            for (int y = Math.Max(0, py - 1); y <= Math.Min(height - 1, py + 1); y++)
            {
                for (int x = Math.Max(0, px - 1); x <= Math.Min(width - 1, px + 1); x++)
                {
                    int q = (y * width) + x;
                    if (maxima[q] != 0 && image.Pixels[q] == level && (connectivity == Connectivity.Eight || x == px || y == py))
                    {
                        maxima[q] = 0;
                        lower.Push(q);
                    }
                }
            }
        }
    }
}
