namespace ImageAnalysis.Imaging;

/// <summary>The median of a square window around each pixel.</summary>
public static class MedianFilter
{
    /// <summary>Replaces each pixel by the median of the square around it.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="radiusPx">The square reaches this far to each side, in px: 1 for 3 × 3, 2 for 5 × 5; 0 … 255.</param>
    /// <returns>The filtered image in counts, of the same shape; every value occurs in the image.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The radius is outside its range.</exception>
    /// <remarks>
    /// Beyond the edge the edge pixel is repeated, as in OpenCV's medianBlur. 3 × 3 and 5 × 5 run through sorting networks, eight pixels at a time; larger windows slide over ranks within
    /// blocks (Suomela 2014, arXiv:1406.1717).
    /// </remarks>
    public static Raster<float> Filter(Raster<float> image, int radiusPx)
    {
        Guard.Finite(image);
        ArgumentOutOfRangeException.ThrowIfNegative(radiusPx);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(radiusPx, 255);
        Raster<float> filtered = Raster<float>.Unfilled(image.WidthPx, image.HeightPx, out Span<float> result);
        switch (radiusPx)
        {
            case 0:
                image.Pixels.CopyTo(result);
                break;
            case 1:
                MedianNetworks.Filter3(image, result);
                break;
            case 2:
                MedianNetworks.Filter5(image, result);
                break;
            default:
                MedianBlocks.Filter(image, radiusPx, result);
                break;
        }

        return filtered;
    }
}
