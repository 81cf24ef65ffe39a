namespace ImageAnalysis.Imaging;

/// <summary>The smooth background of an image with bright particles on it.</summary>
public static class BackgroundEstimator
{
    /// <summary>Estimates the background under and between bright particles.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="options">Settings, or <c>null</c> for the defaults.</param>
    /// <param name="exclude">Pixels that are not 0 here are left out (known particles, say); <c>null</c> leaves none out; of the image's shape.</param>
    /// <returns>The background in counts, of the image's shape.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite, the shapes differ, or every pixel is left out.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    /// <remarks>
    /// <para>Each cell of a coarse grid gets a level: starting from a low quantile, the mean of the pixels within ± clip · s around it, with s from the pixels below it alone, repeated until it
    /// stands still: the upper side, where particles add to the distribution, never enters the spread. Cells that lie far above what their surroundings allow (a particle covers them) are
    /// refilled from their neighbours.</para>
    /// <para>Grid: cubic convolution between the cells' centres (Keys 1981, doi 10.1109/TASSP.1981.1163711), straight on beyond the outermost. Polynomial: least squares on a regular sample of
    /// at most 32,768 pixels, reweighted with Tukey's biweight, started from the cells' levels.</para>
    /// </remarks>
    public static Raster<float> Estimate(Raster<float> image, BackgroundOptions? options = null, Raster<byte>? exclude = null)
    {
        options ??= new BackgroundOptions();
        options.Validate();
        Guard.Finite(image);
        if (exclude is not null)
        {
            Guard.SameShape(image, exclude);
            if (!exclude.Pixels.Contains((byte)0))
            {
                throw new ArgumentException("Every pixel is left out; a background needs some.", nameof(exclude));
            }
        }

        BackgroundGrid grid = BackgroundGrid.Measure(image, options, exclude);
        return options.Form == BackgroundForm.Grid
            ? grid.Interpolate(image.WidthPx, image.HeightPx)
            : BackgroundPolynomial.Fit(image, options, exclude, grid).Evaluate(image.WidthPx, image.HeightPx);
    }
}
