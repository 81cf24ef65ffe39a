namespace ImageAnalysis.Imaging;

/// <summary>Morphological operations on masks (0 and 1) and on images. Pixels outside the image never decide.</summary>
public static partial class Morphology
{
    /// <summary>Shrinks a mask: a pixel stays where the whole element around it lies inside (or outside the image).</summary>
    /// <param name="mask">0 or 1, any shape.</param>
    /// <param name="element">The neighbourhood.</param>
    /// <returns>The eroded mask, of the same shape.</returns>
    public static Raster<byte> Erode(Raster<byte> mask, StructuringElement element)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(element);
        return ExtremumFilter.Apply<byte, SmallerByte>(mask, element);
    }

    /// <summary>Grows a mask: a pixel is inside where any pixel of the element around it is.</summary>
    /// <param name="mask">0 or 1, any shape.</param>
    /// <param name="element">The neighbourhood.</param>
    /// <returns>The dilated mask, of the same shape.</returns>
    public static Raster<byte> Dilate(Raster<byte> mask, StructuringElement element)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(element);
        return ExtremumFilter.Apply<byte, LargerByte>(mask, element);
    }

    /// <summary>Erodes, then dilates a mask: what the element does not fit into goes.</summary>
    /// <param name="mask">0 or 1, any shape.</param>
    /// <param name="element">The neighbourhood.</param>
    /// <returns>The opened mask, a part of the mask.</returns>
    public static Raster<byte> Open(Raster<byte> mask, StructuringElement element)
    {
        Raster<byte> half = Erode(mask, element);
        Raster<byte> result = Dilate(half, element);
        half.Recycle();
        return result;
    }

    /// <summary>Dilates, then erodes a mask: gaps that the element does not fit into are closed.</summary>
    /// <param name="mask">0 or 1, any shape.</param>
    /// <param name="element">The neighbourhood.</param>
    /// <returns>The closed mask, which contains the mask.</returns>
    public static Raster<byte> Close(Raster<byte> mask, StructuringElement element)
    {
        Raster<byte> half = Dilate(mask, element);
        Raster<byte> result = Erode(half, element);
        half.Recycle();
        return result;
    }

    /// <summary>The smallest intensity within the element around each pixel.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="element">The neighbourhood.</param>
    /// <returns>The eroded image in counts, of the same shape.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite.</exception>
    public static Raster<float> Erode(Raster<float> image, StructuringElement element)
    {
        Guard.Finite(image);
        ArgumentNullException.ThrowIfNull(element);
        return ExtremumFilter.Apply<float, SmallerFloat>(image, element);
    }

    /// <summary>The largest intensity within the element around each pixel.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="element">The neighbourhood.</param>
    /// <returns>The dilated image in counts, of the same shape.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite.</exception>
    public static Raster<float> Dilate(Raster<float> image, StructuringElement element)
    {
        Guard.Finite(image);
        ArgumentNullException.ThrowIfNull(element);
        return ExtremumFilter.Apply<float, LargerFloat>(image, element);
    }

    /// <summary>Erodes, then dilates an image: bright detail smaller than the element goes.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="element">The neighbourhood.</param>
    /// <returns>The opened image in counts, nowhere above the image.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite.</exception>
    public static Raster<float> Open(Raster<float> image, StructuringElement element)
    {
        Raster<float> half = Erode(image, element);
        Raster<float> result = Dilate(half, element);
        half.Recycle();
        return result;
    }

    /// <summary>Dilates, then erodes an image: dark detail smaller than the element goes.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="element">The neighbourhood.</param>
    /// <returns>The closed image in counts, nowhere below the image.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite.</exception>
    public static Raster<float> Close(Raster<float> image, StructuringElement element)
    {
        Raster<float> half = Dilate(image, element);
        Raster<float> result = Erode(half, element);
        half.Recycle();
        return result;
    }

    /// <summary>Fills the holes of a mask: pixels outside it from which no path leads to the edge of the image.</summary>
    /// <param name="mask">0 or 1, any shape.</param>
    /// <param name="connectivity">How the mask's own pixels are connected; the background's paths take the other kind, so that no path slips through a closed line.</param>
    /// <returns>The filled mask of 0 and 1, of the same shape.</returns>
    public static Raster<byte> FillHoles(Raster<byte> mask, Connectivity connectivity = Connectivity.Eight)
    {
        ArgumentNullException.ThrowIfNull(mask);
        using RunTable gaps = RunTable.Find(mask, ofZeros: true);
        gaps.Join(connectivity == Connectivity.Eight ? Connectivity.Four : Connectivity.Eight);
        int[] labels = new int[gaps.Count];
        bool[] open = new bool[gaps.Number(labels) + 1];
        int width = mask.WidthPx;
        int height = mask.HeightPx;
        for (int y = 0; y < height; y++)
        {
            for (int i = gaps.RowStarts[y]; i < gaps.RowStarts[y + 1]; i++)
            {
                open[labels[i]] |= y == 0 || y == height - 1 || gaps.Starts[i] == 0 || gaps.Ends[i] == width;
            }
        }

        Raster<byte> result = Raster<byte>.Unfilled(width, height, out Span<byte> filled);
        filled.Fill(1);
        for (int y = 0; y < height; y++)
        {
            for (int i = gaps.RowStarts[y]; i < gaps.RowStarts[y + 1]; i++)
            {
                if (open[labels[i]])
                {
                    filled.Slice((y * width) + gaps.Starts[i], gaps.Ends[i] - gaps.Starts[i]).Clear();
                }
            }
        }

        return result;
    }
}
