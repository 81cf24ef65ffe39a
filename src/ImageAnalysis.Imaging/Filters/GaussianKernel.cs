namespace ImageAnalysis.Imaging;

/// <summary>Sampled Gaussians and their second derivatives, corrected so that the moments that matter are exact.</summary>
internal static class GaussianKernel
{
    /// <summary>Samples of a Gaussian at the integers −radius … radius, scaled to a sum of 1.</summary>
    internal static double[] Smoothing(double sigma, int radius)
    {
        double[] kernel = new double[(2 * radius) + 1];
        double sum = 0;
        for (int i = -radius; i <= radius; i++)
        {
            double value = sigma > 0 ? Math.Exp(-0.5 * i * i / (sigma * sigma)) : i == 0 ? 1 : 0;
            kernel[i + radius] = value;
            sum += value;
        }

        for (int i = 0; i < kernel.Length; i++)
        {
            kernel[i] /= sum;
        }

        return kernel;
    }

    /// <summary>
    /// Samples of σ² · d²G/dx², with a sum of exactly 0 (a constant gives 0) and a second moment of exactly 2σ² (x² gives 2σ²).
    /// </summary>
    internal static double[] SecondDerivative(double sigma, int radius)
    {
        double[] g = Smoothing(sigma, radius);
        double[] kernel = new double[g.Length];
        double sum = 0;
        for (int i = -radius; i <= radius; i++)
        {
            kernel[i + radius] = ((i * i / (sigma * sigma)) - 1) * g[i + radius];
            sum += kernel[i + radius];
        }

        double second = 0;
        for (int i = -radius; i <= radius; i++)
        {
            kernel[i + radius] -= sum * g[i + radius];
            second += kernel[i + radius] * i * i;
        }

        for (int i = 0; i < kernel.Length; i++)
        {
            kernel[i] *= 2 * sigma * sigma / second;
        }

        return kernel;
    }

    internal static float[] Single(double[] kernel, double factor = 1) => Array.ConvertAll(kernel, value => (float)(value * factor));
}
