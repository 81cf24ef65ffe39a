using ImageAnalysis.Imaging;

namespace ImageAnalysis.Report;

/// <summary>Which intensity is shown black and which white.</summary>
/// <param name="BlackCounts">Intensity shown black.</param>
/// <param name="WhiteCounts">Intensity shown white; above the other.</param>
internal sealed record GreyLevels(double BlackCounts, double WhiteCounts)
{
    // White lines and letters have to stand out from the brightest particle.
    private const double Brightest = 230;

    // Enough for a quantile of 0.1 % to rest on hundreds of pixels.
    private const int SampleCount = 400_000;

    /// <summary>
    /// Chooses by quantiles, so that single hot or dead pixels have no say. Particles that are rarer than the share of white pixels would
    /// be shown all white; so the intensities at their centres have a say too.
    /// </summary>
    /// <param name="pixels">The image.</param>
    /// <param name="centres">Centres of the particles.</param>
    /// <param name="blackPercent">Share of pixels shown black, percent.</param>
    /// <param name="whitePercent">Share of pixels shown white, percent.</param>
    /// <exception cref="ArgumentException">A pixel is not a finite number.</exception>
    public static GreyLevels Choose(Raster<float> pixels, IEnumerable<PointPx> centres, double blackPercent, double whitePercent)
    {
        // A step that shares no divisor with the width meets every column.
        int step = Math.Max(1, pixels.PixelCount / SampleCount);
        while (Divisor(step, pixels.WidthPx) > 1)
        {
            step++;
        }

        float[] sample = new float[((pixels.PixelCount - 1) / step) + 1];
        for (int i = 0; i < sample.Length; i++)
        {
            sample[i] = pixels.Pixels[i * step];
        }

        Array.Sort(sample);
        if (!float.IsFinite(sample[0]) || !float.IsFinite(sample[^1]))
        {
            throw new ArgumentException("The image has pixels that are not finite numbers.", nameof(pixels));
        }

        double black = Quantile(sample, blackPercent / 100);
        double white = Quantile(sample, 1 - (whitePercent / 100));
        float[] peaks =
        [
            .. centres.Select(c => ((int)Math.Round(c.XPx), (int)Math.Round(c.YPx)))
                .Where(c => c.Item1 >= 0 && c.Item2 >= 0 && c.Item1 < pixels.WidthPx && c.Item2 < pixels.HeightPx)
                .Select(c => pixels[c.Item1, c.Item2]).Order(),
        ];
        if (peaks.Length > 0)
        {
            white = Math.Max(white, Quantile(peaks, 0.95));
        }

        return new GreyLevels(black, white > black ? white : black + 1);
    }

    /// <summary>The grey level of an intensity, 0…230.</summary>
    public byte LevelOf(double counts) => (byte)Math.Round(Brightest * Math.Clamp((counts - BlackCounts) / (WhiteCounts - BlackCounts), 0, 1));

    private static double Quantile(float[] sorted, double fraction) => sorted[(int)Math.Round(fraction * (sorted.Length - 1))];

    private static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);
}
