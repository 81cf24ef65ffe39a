namespace ImageAnalysis.Imaging;

/// <summary>The scale-normalised Laplacian of the image smoothed with a Gaussian: the classical detector of blobs of one size.</summary>
public static class LaplacianOfGaussian
{
    /// <summary>Filters with a round Gaussian; see the overload with two widths.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="sigmaPx">Standard deviation of the Gaussian in px, 0.3 … 4096.</param>
    /// <returns>σ²∇²(G∗I) in counts, of the image's shape: <b>negative in bright blobs</b>, positive in dark ones.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">σ is outside its range.</exception>
    public static Raster<float> Filter(Raster<float> image, double sigmaPx) => Filter(image, sigmaPx, sigmaPx);

    /// <summary>Filters with a Gaussian whose widths along x and y may differ, as non-square pixels ask for.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="sigmaXPx">Standard deviation along x in px, 0.3 … 4096.</param>
    /// <param name="sigmaYPx">Standard deviation along y in px, 0.3 … 4096.</param>
    /// <returns>(σx²∂²/∂x² + σy²∂²/∂y²)(G∗I) in counts, of the image's shape: <b>negative in bright blobs</b>, positive in dark ones.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A σ is outside its range.</exception>
    /// <remarks>
    /// Lindeberg, Int. J. Comput. Vision 30 (1998) 79, doi 10.1023/A:1008045108935, with γ = 1: a bright disc of radius r answers strongest, at its centre, at σ = r/√2, there with
    /// −2/e ≈ −0.74 of its height. A constant gives 0 and a parabola its own second derivative exactly. Mirrored at the edge as in <see cref="GaussianFilter"/>.
    /// </remarks>
    public static Raster<float> Filter(Raster<float> image, double sigmaXPx, double sigmaYPx)
    {
        Guard.Finite(image);
        Guard.Within(sigmaXPx, 0.3, GaussianFilter.LargestSigmaPx);
        Guard.Within(sigmaYPx, 0.3, GaussianFilter.LargestSigmaPx);

        Raster<float> filtered = Raster<float>.Unfilled(image.WidthPx, image.HeightPx, out Span<float> result);
        if (Math.Max(sigmaXPx, sigmaYPx) >= CoarseFilter.SmallestSigma)
        {
            CoarseFilter.Laplacian(image.Pixels, image.WidthPx, image.HeightPx, sigmaXPx, sigmaYPx, result);
            return filtered;
        }

        // The second derivative reaches further than the Gaussian: 5σ leaves as little outside as 4σ does there.
        int radiusX = (int)Math.Ceiling(5 * sigmaXPx);
        int radiusY = (int)Math.Ceiling(5 * sigmaYPx);
        float[] gx = GaussianKernel.Single(GaussianKernel.Smoothing(sigmaXPx, radiusX));
        float[] gy = GaussianKernel.Single(GaussianKernel.Smoothing(sigmaYPx, radiusY));
        float[] gxx = GaussianKernel.Single(GaussianKernel.SecondDerivative(sigmaXPx, radiusX));
        float[] gyy = GaussianKernel.Single(GaussianKernel.SecondDerivative(sigmaYPx, radiusY));
        SeparableFilter.Apply(image.Pixels, image.WidthPx, image.HeightPx, [new(gxx, gy), new(gx, gyy)], result);
        return filtered;
    }
}
