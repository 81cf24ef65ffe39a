namespace ImageAnalysis.Imaging;

/// <summary>The image smoothed a little minus the image smoothed a lot: a band of sizes.</summary>
public static class DifferenceOfGaussians
{
    /// <summary>Subtracts the image smoothed with the larger Gaussian from the image smoothed with the smaller one.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="sigmaSmallPx">Standard deviation of the narrow Gaussian in px, 0 … 4096; 0 leaves the image as it is.</param>
    /// <param name="sigmaLargePx">Standard deviation of the wide Gaussian in px, above the narrow one, at most 4096.</param>
    /// <returns>G(small)∗I − G(large)∗I in counts, of the image's shape: positive in bright blobs.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A σ is outside its range.</exception>
    public static Raster<float> Filter(Raster<float> image, double sigmaSmallPx, double sigmaLargePx)
    {
        Guard.Finite(image);
        Guard.Within(sigmaSmallPx, 0, GaussianFilter.LargestSigmaPx);
        Guard.Within(sigmaLargePx, 0, GaussianFilter.LargestSigmaPx);
        if (sigmaLargePx <= sigmaSmallPx)
        {
            throw new ArgumentOutOfRangeException(nameof(sigmaLargePx), sigmaLargePx, $"Expected more than the smaller σ, {sigmaSmallPx}.");
        }

        Raster<float> filtered = Raster<float>.Unfilled(image.WidthPx, image.HeightPx, out Span<float> result);
        if (sigmaLargePx < CoarseFilter.SmallestSigma)
        {
            // Both in one go through the image.
            float[] small = GaussianKernel.Single(GaussianFilter.Kernel(sigmaSmallPx));
            double[] large = GaussianFilter.Kernel(sigmaLargePx);
            SeparableFilter.Apply(image.Pixels, image.WidthPx, image.HeightPx, [new(small, small), new(GaussianKernel.Single(large, -1), GaussianKernel.Single(large))], result);
            return filtered;
        }

        Raster<float> little = GaussianFilter.Smooth(image, sigmaSmallPx);
        Raster<float> lot = GaussianFilter.Smooth(image, sigmaLargePx);
        VectorMath.Subtract(little.Pixels, lot.Pixels, result);
        little.Recycle();
        lot.Recycle();
        return filtered;
    }
}
