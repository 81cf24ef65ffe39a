using ImageAnalysis.Imaging;

namespace ImageAnalysis.Lattice;

/// <summary>
/// The mean power spectrum of an image's amorphous support: Hann-windowed tiles that overlap by half, averaged at each frequency without the strongest values, which are those of crystals.
/// </summary>
internal sealed class SupportSpectrum
{
    // Power of neighbouring frequencies under a Hann window is correlated by 4/9 and 1/36: sums of many are worth 1/(1 + 2·(4/9 + 1/36)) = 18/35 of their number along each axis.
    private const double WindowWorth = 18.0 / 35 * 18 / 35;
    private const double KeptFraction = 0.75;
    private const int MostTiles = 144;
    private const int FewestTilePx = 64;

    private SupportSpectrum(RingData fine, RingData coarse, double tileWidthNm, double tileHeightNm, int tileCount, double perValue) =>
        (Fine, Coarse, TileWidthNm, TileHeightNm, TileCount, PerValue) = (fine, coarse, tileWidthNm, tileHeightNm, tileCount, perValue);

    /// <summary>One value a frequency of the half plane up to the highest with rings, and rings of the rest.</summary>
    public RingData Fine { get; }

    /// <summary>Averages over all directions.</summary>
    public RingData Coarse { get; }

    public double TileWidthNm { get; }

    public double TileHeightNm { get; }

    public int TileCount { get; }

    /// <summary>Independent exponentially distributed values that one mean is worth.</summary>
    public double PerValue { get; }

    /// <summary>Takes the spectrum, or returns <c>null</c> where the image is too small or has no contrast.</summary>
    public static SupportSpectrum? Of(Raster<float> image, Calibration calibration, TransferOptions options)
    {
        int width = TileSize(image.WidthPx, calibration.PixelWidthNm, options.TileNm), height = TileSize(image.HeightPx, calibration.PixelHeightNm, options.TileNm);
        if (width < 16 || height < 16)
        {
            return null;
        }

        (int X, int Y)[] places = Places(image.WidthPx, image.HeightPx, width, height);
        double widthNm = width * calibration.PixelWidthNm, heightNm = height * calibration.PixelHeightNm;
        double nyquist = 0.5 / Math.Max(calibration.PixelWidthNm, calibration.PixelHeightNm);

        // Three widths of the window's main lobe keep the brightness of the whole out.
        double lowest = Math.Max(options.LowestPerNm, 2.5 / Math.Min(widthNm, heightNm)), highest = Math.Min(options.HighestPerNm, 0.95 * nyquist);
        double floorEnd = Math.Min(0.95 * nyquist, 2 * options.HighestPerNm);
        if (highest < 2 * lowest)
        {
            return null;
        }

        List<Frequency> wanted = Frequencies(width, height, widthNm, heightNm, lowest, highest, floorEnd);
        float[] values = TilePowers(image, width, height, places, wanted);
        int[] kept = KeptTiles(values, wanted, places.Length, highest);
        int takenCount = kept.Length >= 4 ? (int)Math.Ceiling(KeptFraction * kept.Length) : kept.Length;
        double correction = 1 / LowestMean(kept.Length, takenCount), perValue = Math.Max(1, 0.85 * kept.Length);
        double[] means = new double[wanted.Count];
        float[] sorted = new float[kept.Length];
        for (int i = 0; i < means.Length; i++)
        {
            // Beyond the rings there are no spots to leave out.
            bool ring = wanted[i].G2 < highest * highest;
            for (int k = 0; k < kept.Length; k++)
            {
                sorted[k] = values[(i * places.Length) + kept[k]];
            }

            if (ring)
            {
                Array.Sort(sorted);
            }

            int count = ring ? takenCount : kept.Length;
            double sum = 0;
            for (int k = 0; k < count; k++)
            {
                sum += sorted[k];
            }

            means[i] = (ring ? correction : 1) * sum / count;
        }

        double step = 1 / Math.Max(widthNm, heightNm);
        RingData fine = Collect(wanted, means, perValue, highest, 4 * step, floorEnd, each: true), coarse = Collect(wanted, means, perValue, highest, 4 * step, floorEnd, each: false);
        return fine.Count < 40 || fine.MeanPower <= 0 ? null : new SupportSpectrum(fine, coarse, widthNm, heightNm, kept.Length, perValue);

        RingData Collect(List<Frequency> frequencies, double[] power, double worth, double highestRing, double floorStep, double end, bool each) =>
            RingData.Of(frequencies, power, worth, WindowWorth, lowest, highestRing, each ? null : step, floorStep, end);
    }

    private static int TileSize(int imagePx, double pixelNm, double tileNm)
    {
        int size = Math.Min(imagePx, Math.Max(FewestTilePx, (int)Math.Round(tileNm / pixelNm)));

        // Even, and a product of 2, 3 and 5: transforms of such sizes are fast.
        for (; size > 16; size--)
        {
            int rest = size;
            foreach (int factor in (ReadOnlySpan<int>)[2, 3, 5])
            {
                while (rest % factor == 0)
                {
                    rest /= factor;
                }
            }

            if (rest == 1 && size % 2 == 0)
            {
                return size;
            }
        }

        return size;
    }

    /// <summary>Top left corners of tiles that overlap by half, spread evenly from side to side; fewer in very large images.</summary>
    private static (int X, int Y)[] Places(int imageWidth, int imageHeight, int width, int height)
    {
        int columns = 1 + (int)Math.Ceiling((imageWidth - width) / (0.5 * width)), rows = 1 + (int)Math.Ceiling((imageHeight - height) / (0.5 * height));
        double thin = Math.Max(1, Math.Sqrt((double)columns * rows / MostTiles));
        (columns, rows) = (Math.Max(1, (int)(columns / thin)), Math.Max(1, (int)(rows / thin)));
        return [.. Enumerable.Range(0, columns * rows).Select(i => (Place(i % columns, columns, imageWidth - width), Place(i / columns, rows, imageHeight - height)))];

        static int Place(int i, int count, int room) => count == 1 ? room / 2 : (int)Math.Round((double)i * room / (count - 1));
    }

    private static List<Frequency> Frequencies(int width, int height, double widthNm, double heightNm, double lowest, double highest, double floorEnd)
    {
        List<Frequency> wanted = [];
        for (int v = -(height / 2) + 1; v < height / 2; v++)
        {
            for (int u = 0; u < width / 2; u++)
            {
                double gx = u / widthNm, gy = v / heightNm, g2 = (gx * gx) + (gy * gy);

                // Lines and columns of constant brightness (readout, scan) lie on the axes. Of the floor beyond the rings a quarter is enough.
                if (u == 0 || v == 0 || g2 < lowest * lowest || g2 > floorEnd * floorEnd || (g2 >= highest * highest && (((u | v) & 1) != 0)))
                {
                    continue;
                }

                wanted.Add(new Frequency(u, v, gx, gy, Math.Pow((double)u / width, 2) + Math.Pow((double)v / height, 2)));
            }
        }

        return wanted;
    }

    /// <summary>Power of every tile at every wanted frequency: all tiles of a frequency side by side.</summary>
    private static float[] TilePowers(Raster<float> image, int width, int height, (int X, int Y)[] places, List<Frequency> wanted)
    {
        float[] across = Hann(width), down = Hann(height), tile = new float[width * height];
        float[] values = new float[wanted.Count * places.Length];
        HalfSpectrum spectrum = new(width, height);
        RealFft2D plan = RealFft2D.Plan(width, height);
        int[] at = [.. wanted.Select(frequency => ((frequency.V < 0 ? frequency.V + height : frequency.V) * spectrum.Stride) + frequency.U)];
        for (int k = 0; k < places.Length; k++)
        {
            double sum = 0, weights = 0;
            for (int y = 0; y < height; y++)
            {
                ReadOnlySpan<float> row = image.Row(places[k].Y + y).Slice(places[k].X, width);
                float inRow = 0, ofRow = 0;
                for (int x = 0; x < width; x++)
                {
                    inRow += across[x] * row[x];
                    ofRow += across[x];
                }

                sum += down[y] * inRow;
                weights += down[y] * ofRow;
            }

            float mean = (float)(sum / weights);
            for (int y = 0; y < height; y++)
            {
                ReadOnlySpan<float> row = image.Row(places[k].Y + y).Slice(places[k].X, width);
                Span<float> line = tile.AsSpan(y * width, width);
                float w = down[y];
                for (int x = 0; x < width; x++)
                {
                    line[x] = w * across[x] * (row[x] - mean);
                }
            }

            plan.Forward(tile, spectrum);
            ReadOnlySpan<float> re = spectrum.Re, im = spectrum.Im;
            for (int i = 0; i < at.Length; i++)
            {
                float a = re[at[i]], b = im[at[i]];
                values[(i * places.Length) + k] = (a * a) + (b * b);
            }
        }

        return values;

        static float[] Hann(int size) => [.. Enumerable.Range(0, size).Select(i => (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / size))))];
    }

    /// <summary>
    /// Tiles without much more power than most at frequencies of rings, where particles and thick places stand out. At least half of them.
    /// </summary>
    private static int[] KeptTiles(float[] values, List<Frequency> wanted, int tiles, double highest)
    {
        int[] all = [.. Enumerable.Range(0, tiles)];
        if (tiles < 6)
        {
            return all;
        }

        double[] score = new double[tiles];
        float[] sorted = new float[tiles];
        for (int i = 0; i < wanted.Count; i += 3)
        {
            if (wanted[i].G2 > highest * highest)
            {
                continue;
            }

            ReadOnlySpan<float> here = values.AsSpan(i * tiles, tiles);
            here.CopyTo(sorted);
            Array.Sort(sorted);

            // A spot counts as much as ten means and no more, or one bright spot would rule.
            double scale = Math.Max(sorted[tiles / 2], float.Epsilon) / Math.Log(2);
            for (int k = 0; k < tiles; k++)
            {
                score[k] += Math.Min(10, here[k] / scale);
            }
        }

        double[] ordered = [.. score.Order()];
        double median = ordered[tiles / 2], deviation = 1.4826 * score.Select(value => Math.Abs(value - median)).Order().ElementAt(tiles / 2);
        int[] kept = [.. all.Where(k => score[k] <= median + (2.5 * deviation))];
        return kept.Length >= tiles / 2 ? kept : [.. all.OrderBy(k => score[k]).Take((tiles + 1) / 2)];
    }

    /// <summary>Expected mean of the lowest m of n exponentially distributed values of mean 1.</summary>
    private static double LowestMean(int n, int m)
    {
        double sum = 0, expected = 0;
        for (int k = 0; k < m; k++)
        {
            expected += 1.0 / (n - k);
            sum += expected;
        }

        return sum / m;
    }

    /// <summary>A frequency of the tiles: periods over width and height, nm⁻¹ (y down), and the square of cycles a pixel.</summary>
    internal readonly record struct Frequency(int U, int V, double Gx, double Gy, double Nu2)
    {
        public double G2 => (Gx * Gx) + (Gy * Gy);
    }
}
