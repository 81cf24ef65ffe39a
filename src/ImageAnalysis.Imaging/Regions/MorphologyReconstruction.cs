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
        Raster<byte> kept = Raster<byte>.Unfilled(width, mask.HeightPx, out Span<byte> result);
        result.Clear();
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
                    result.Slice((y * width) + runs.Starts[i], runs.Ends[i] - runs.Starts[i]).Fill(1);
                }
            }
        }

        return kept;
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
        Raster<float> grown = Raster<float>.Unfilled(mask.WidthPx, mask.HeightPx, out Span<float> result);
        marker.Pixels.CopyTo(result);
        ExtremumFilter.Into<float, SmallerFloat>(mask.Pixels, result);
        Reconstruction.Grow(result, mask.Pixels, mask.WidthPx, mask.HeightPx, connectivity);
        return grown;
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
        Raster<float> lowered = Raster<float>.Unfilled(image.WidthPx, image.HeightPx, out Span<float> result);
        VectorMath.Subtract(image.Pixels, (float)heightCounts, result);
        Reconstruction.Grow(result, image.Pixels, image.WidthPx, image.HeightPx, connectivity);
        return lowered;
    }

    /// <summary>The tops of all domes that rise at least h above the pass to a higher one.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="heightCounts">h in counts, above 0.</param>
    /// <param name="connectivity">Which pixels are neighbours.</param>
    /// <returns>A mask of 0 and 1: the regional maxima of <see cref="HMaxima"/>. An image that is level everywhere is one maximum.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">h is not finite or not above 0.</exception>
    public static Raster<byte> ExtendedMaxima(Raster<float> image, double heightCounts, Connectivity connectivity = Connectivity.Eight)
    {
        Raster<float> domes = HMaxima(image, heightCounts, connectivity);
        Raster<byte> maxima = RegionalMaxima(domes, connectivity);
        domes.Recycle();
        return maxima;
    }

    /// <summary>Connected plateaus of equal intensity all of whose outer neighbours are lower.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="connectivity">Which pixels are neighbours.</param>
    /// <returns>A mask of 0 and 1. An image that is level everywhere is one maximum.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite.</exception>
    public static Raster<byte> RegionalMaxima(Raster<float> image, Connectivity connectivity = Connectivity.Eight)
    {
        StructuringElement neighbourhood = connectivity == Connectivity.Eight ? StructuringElement.Square(1) : StructuringElement.Disc(1);
        Raster<float> highest = Dilate(image, neighbourhood);
        int width = image.WidthPx;
        int height = image.HeightPx;
        Raster<byte> result = Raster<byte>.Unfilled(width, height, out Span<byte> maxima);
        VectorMath.Equal(image.Pixels, highest.Pixels, maxima);
        highest.Recycle();

        // A candidate beside an equal pixel that is none (since that one has a higher neighbour) is none either: this spreads over its plateau.
        ReadOnlySpan<float> pixels = image.Pixels;
        Stack<int> lower = new();
        for (int start = 0; start < maxima.Length;)
        {
            int next = maxima[start..].IndexOf((byte)1);
            if (next < 0)
            {
                break;
            }

            int p = start + next;
            start = p + 1;
            if (HasEqualNonCandidate(pixels, maxima, p))
            {
                maxima[p] = 0;
                lower.Push(p);
            }

            while (lower.TryPop(out int q))
            {
                (int x0, int x1, int y0, int y1) = Around(q);
                for (int y = y0; y <= y1; y++)
                {
                    for (int x = x0; x <= x1; x++)
                    {
                        int r = (y * width) + x;
                        if (maxima[r] != 0 && pixels[r] == pixels[q] && AreNeighbours(q, r))
                        {
                            maxima[r] = 0;
                            lower.Push(r);
                        }
                    }
                }
            }
        }

        return result;

        (int X0, int X1, int Y0, int Y1) Around(int p) =>
            (Math.Max(0, (p % width) - 1), Math.Min(width - 1, (p % width) + 1), Math.Max(0, (p / width) - 1), Math.Min(height - 1, (p / width) + 1));

        bool AreNeighbours(int p, int q) => connectivity == Connectivity.Eight || p % width == q % width || p / width == q / width;

        bool HasEqualNonCandidate(ReadOnlySpan<float> values, ReadOnlySpan<byte> candidates, int p)
        {
            (int x0, int x1, int y0, int y1) = Around(p);
            for (int y = y0; y <= y1; y++)
            {
                for (int x = x0; x <= x1; x++)
                {
                    int q = (y * width) + x;
                    if (candidates[q] == 0 && values[q] == values[p] && AreNeighbours(p, q))
                    {
                        return true;
                    }
                }
            }

            return false;
        }
    }
}
