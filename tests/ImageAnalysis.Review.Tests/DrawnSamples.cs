using ImageAnalysis.Formats.Png;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Review.Tests;

/// <summary>Images drawn for these tests, marked as simulated: twelve crystals with fringes, half of them with a doubled period; and particles, some of which touch.</summary>
internal static class DrawnSamples
{
    public const int CrystalsAcross = 4, CrystalsDown = 3;
    private const double FringePixelNm = 0.04, SpacingNm = 0.3377;

    /// <summary>
    /// Discs with fringes of 0.3377 nm (copper selenide's {111}) in noise. Every second one carries the doubled period as well, weaker from disc to disc, so that some verdicts are in doubt.
    /// </summary>
    public static byte[] Crystals(int seed)
    {
        const int cell = 170, width = CrystalsAcross * cell, height = CrystalsDown * cell;
        Random random = new(seed);
        ushort[] pixels = new ushort[width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int number = (y / cell * CrystalsAcross) + (x / cell);
                double dx = x - ((x / cell) + 0.5) * cell, dy = y - ((y / cell) + 0.5) * cell, r = Math.Sqrt((dx * dx) + (dy * dy)), radius = 46 + (3 * (number % 4));
                double envelope = 1 / (1 + Math.Exp((r - radius) / 2)), angle = (15 + (37 * number) + seed) * Math.PI / 180;
                double along = 2 * Math.PI * ((dx * Math.Cos(angle)) + (dy * Math.Sin(angle))) * FringePixelNm / SpacingNm;
                double second = number % 2 == 0 ? 120.0 / (1 + number) : 0;
                pixels[(y * width) + x] = (ushort)Math.Round(2000 + (envelope * ((160 * Math.Cos(along)) + (second * Math.Cos(along / 2)))) + Noise(random, 90));
            }
        }

        return Png(pixels, width, height, FringePixelNm);
    }

    /// <summary>Spheres of about 40 px seen by a blurred probe. Of the last row, each two overlap by a quarter of their diameter; of the first, one is a faint blot that is no particle.</summary>
    public static byte[] Particles(int seed)
    {
        const int side = 420;
        Random random = new(seed);
        List<(double X, double Y, double Radius, double Height)> discs = [];
        for (int row = 0; row < 4; row++)
        {
            for (int column = 0; column < 5; column++)
            {
                discs.Add((46 + (80 * column) + (4 * random.NextDouble()), 50 + (74 * row) + (4 * random.NextDouble()), 17 + (5 * random.NextDouble()), 2400));
            }
        }

        foreach (double x in (ReadOnlySpan<double>)[70, 200, 330])
        {
            discs.Add((x, 360, 19, 2400));
            discs.Add((x + 29, 360, 19, 2400));
        }

        double[] sums = new double[side * side];
        foreach ((double cx, double cy, double radius, double top) in discs)
        {
            for (int y = (int)(cy - radius - 4); y <= cy + radius + 4; y++)
            {
                for (int x = (int)(cx - radius - 4); x <= cx + radius + 4; x++)
                {
                    // Mean thickness over a small square stands for the probe's blur.
                    double sum = 0;
                    for (int k = 0; k < 25; k++)
                    {
                        double dx = x + (0.5 * ((k % 5) - 2)) - cx, dy = y + (0.5 * ((k / 5) - 2)) - cy;
                        sum += Math.Sqrt(Math.Max(0, (radius * radius) - (dx * dx) - (dy * dy))) / 20;
                    }

                    sums[(y * side) + x] += top * sum / 25;
                }
            }
        }

        return Png([.. sums.Select(value => (ushort)Math.Round(1000 + value + Noise(random, 60)))], side, side, 0.1);
    }

    private static double Noise(Random random, double sigma) => sigma * (random.NextDouble() + random.NextDouble() + random.NextDouble() + random.NextDouble() - 2) * Math.Sqrt(3);

    private static byte[] Png(ushort[] pixels, int width, int height, double pixelNm) => PngWriter.Write(
        new Raster<ushort>(width, height, pixels), new Calibration(pixelNm, pixelNm, new CalibrationSource(CalibrationOrigin.Metadata, "test")), [new PngTextEntry("Simulated", "yes")]);
}
