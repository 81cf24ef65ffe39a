namespace ImageAnalysis.Imaging;

/// <summary>Smoothing with a Gaussian.</summary>
public static class GaussianFilter
{
    /// <summary>Largest σ that is accepted, in px.</summary>
    internal const double LargestSigmaPx = 4096;

    /// <summary>Smooths an image with a round Gaussian; see the overload with two widths.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="sigmaPx">Standard deviation of the Gaussian in px, 0 … 4096; 0 returns the image unchanged.</param>
    /// <returns>The smoothed image in counts, of the same shape.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">σ is outside its range.</exception>
    public static Raster<float> Smooth(Raster<float> image, double sigmaPx) => Smooth(image, sigmaPx, sigmaPx);

    /// <summary>Smooths an image with a Gaussian whose widths along x and y may differ.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="sigmaXPx">Standard deviation along x in px, 0 … 4096; 0 leaves this direction alone.</param>
    /// <param name="sigmaYPx">Standard deviation along y in px, 0 … 4096; 0 leaves this direction alone.</param>
    /// <returns>The smoothed image in counts, of the same shape.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A σ is outside its range.</exception>
    /// <remarks>
    /// Samples of the Gaussian at the integers out to ⌈4σ⌉, scaled to a sum of 1, along x and along y. Beyond the edge the image is mirrored at the centre of
    /// the edge pixel, which is not repeated (OpenCV's BORDER_REFLECT_101). From σ = 8 px on, three narrower Gaussians in a row on a coarser grid, which differ from the
    /// Gaussian by less than 1e-4 of the image's range (docs/methods/imaging-primitives.md).
    /// </remarks>
    public static Raster<float> Smooth(Raster<float> image, double sigmaXPx, double sigmaYPx)
    {
        Guard.Finite(image);
        Guard.Within(sigmaXPx, 0, LargestSigmaPx);
        Guard.Within(sigmaYPx, 0, LargestSigmaPx);
        Raster<float> filtered = Raster<float>.Unfilled(image.WidthPx, image.HeightPx, out Span<float> result);
        if (Math.Max(sigmaXPx, sigmaYPx) >= CoarseFilter.SmallestSigma)
        {
            CoarseFilter.Smooth(image.Pixels, image.WidthPx, image.HeightPx, sigmaXPx, sigmaYPx, result);
            return filtered;
        }

        SeparableTerm term = new(GaussianKernel.Single(Kernel(sigmaXPx)), GaussianKernel.Single(Kernel(sigmaYPx)));
        SeparableFilter.Apply(image.Pixels, image.WidthPx, image.HeightPx, [term], result);
        return filtered;
    }

    /// <summary>The weights that <see cref="Smooth(Raster{float}, double)"/> uses along one direction.</summary>
    /// <param name="sigmaPx">Standard deviation in px, 0 … 4096.</param>
    /// <returns>2⌈4σ⌉ + 1 weights from −⌈4σ⌉ to ⌈4σ⌉ px with a sum of 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">σ is outside its range.</exception>
    public static double[] Kernel(double sigmaPx)
    {
        Guard.Within(sigmaPx, 0, LargestSigmaPx);
        return GaussianKernel.Smoothing(sigmaPx, (int)Math.Ceiling(4 * sigmaPx));
    }
}
