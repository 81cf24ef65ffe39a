using System.Numerics;
using System.Runtime.CompilerServices;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Particles;

/// <summary>A bright round region as scale space shows it: a place to start from, not a measurement.</summary>
/// <param name="XPx">Column of the centre in px.</param>
/// <param name="YPx">Row of the centre in px.</param>
/// <param name="RadiusPx">Radius of the disc that answers most strongly at this scale, in pixel widths.</param>
/// <param name="HeightCounts">Height of that disc above its surroundings, counts.</param>
internal readonly record struct Blob(double XPx, double YPx, double RadiusPx, double HeightCounts);

/// <summary>
/// Bright blobs of any size: maxima over place and scale of the scale-normalised Laplacian −σ²∇²(G_σ ∗ I).
/// </summary>
/// <remarks>
/// T. Lindeberg, Int. J. Comput. Vis. 30, 79 (1998), doi 10.1023/A:1008045108935, section 5. A disc of radius R and height A answers most
/// strongly at σ = R/√2, with 2A/e at its centre. Three scales an octave; each octave on an image of half the size. The finest scale, σ = 2 px, needs no more than
/// half of the image's pixels in each direction: the search begins on means of 2 × 2 pixels.
/// </remarks>
internal static class BlobFinder
{
    private const int ScalesPerOctave = 3;
    private const double FirstSigmaPx = 2.0;
    private const double DiscAnswer = 2 / Math.E;

    /// <summary>Standard deviation of a mean over 2 × 2 pixels, in px of the smaller image: the positions are ±1/4.</summary>
    private const double BinnedSigmaPx = 0.25;

    /// <summary>Pixels longer or shorter than this are not joined before the search: the finest scale would be too narrow for the larger ones.</summary>
    private const double LargestAspect = 1.5;

    /// <summary>Images smaller than this in one direction are not reduced before the search.</summary>
    private const int SmallImagePx = 64;

    /// <summary>Smallest radius of a member of a group against the group's.</summary>
    private const double MemberRadiusRatio = 0.3;

    private const double NoiseAnswer = 0.3989422804014327;

    /// <summary>One scale: the answers of an octave's image.</summary>
    private sealed record Layer(float[] Answers, int Width, int Height, int Shrink, double OriginPx, double SigmaPx);

    /// <summary>Finds blobs from about 6 px in diameter up to the largest asked for, strongest first.</summary>
    public static List<Blob> Find(Raster<float> image, double aspect, double maxRadiusPx, double noiseCounts, double significanceSnr)
    {
        List<Blob> found = [];
        int finest = Math.Min(image.WidthPx, image.HeightPx) < SmallImagePx || aspect is < 1 / LargestAspect or > LargestAspect ? 1 : 2;
        Raster<float> level = finest == 1 ? image : Resample.Downsample(image, finest);
        double firstSigma = FirstSigmaPx / finest, alreadyX = finest == 1 ? 0 : BinnedSigmaPx, alreadyY = alreadyX;
        Layer? before = null, current = null;
        for (int shrink = finest; ; shrink *= 2)
        {
            Raster<float> smooth = level;
            for (int k = 0; k < ScalesPerOctave; k++)
            {
                double sigma = firstSigma * Math.Pow(2, (double)k / ScalesPerOctave);
                double sigmaY = sigma / aspect;
                smooth = GaussianFilter.Smooth(smooth, Math.Sqrt((sigma * sigma) - (alreadyX * alreadyX)), Math.Sqrt((sigmaY * sigmaY) - (alreadyY * alreadyY)));
                (alreadyX, alreadyY) = (sigma, sigmaY);
                Layer next = new(Laplacian(smooth, sigma, aspect), smooth.WidthPx, smooth.HeightPx, shrink, 0.5 * (finest - 1), sigma * shrink);
                if (current is not null)
                {
                    Collect(found, before, current, next, aspect, significanceSnr * noiseCounts * NoiseAnswer / current.SigmaPx);
                }

                before = current;
                current = next;
            }

            bool last = firstSigma * shrink * 2 > maxRadiusPx / Math.Sqrt(2) * Math.Pow(2, 1.0 / ScalesPerOctave) || Math.Min(level.WidthPx, level.HeightPx) < 16;
            if (last)
            {
                break;
            }

            level = Halve(smooth);
            (alreadyX, alreadyY) = (alreadyX / 2, alreadyY / 2);
        }

        Collect(found, before, current!, null, aspect, significanceSnr * noiseCounts * NoiseAnswer / current!.SigmaPx);
        found.Sort(static (a, b) => b.HeightCounts != a.HeightCounts ? b.HeightCounts.CompareTo(a.HeightCounts) : a.YPx != b.YPx ? a.YPx.CompareTo(b.YPx) : a.XPx.CompareTo(b.XPx));
        return found;
    }

    /// <summary>Keeps the strongest of blobs that claim the same place.</summary>
    /// <param name="blobs">Blobs, strongest first.</param>
    /// <param name="aspect">Height of a row over width of a column.</param>
    /// <returns>The blobs kept, strongest first.</returns>
    public static List<Blob> Distinct(IReadOnlyList<Blob> blobs, double aspect)
    {
        List<Blob> kept = [];
        double largest = 1;
        foreach (Blob blob in blobs)
        {
            largest = Math.Max(largest, blob.RadiusPx);
        }

        NeighbourGrid grid = new(1.2 * largest);
        List<int> near = [];
        foreach (Blob blob in blobs)
        {
            bool free = true;
            int within = 0;
            grid.Near(blob.XPx, blob.YPx * aspect, near);
            foreach (int other in near)
            {
                Blob strong = kept[other];
                double dx = blob.XPx - strong.XPx, dy = (blob.YPx - strong.YPx) * aspect, distance = Math.Sqrt((dx * dx) + (dy * dy));
                bool same = distance < 0.75 * Math.Max(blob.RadiusPx, strong.RadiusPx);
                bool rim = distance < 1.2 * strong.RadiusPx && blob.RadiusPx < 0.5 * strong.RadiusPx && blob.HeightCounts < 0.5 * strong.HeightCounts;

                // Two or more taller blobs inside a wider one: a group of particles, of which each has its own blob.
                within += distance < blob.RadiusPx && strong.RadiusPx > MemberRadiusRatio * blob.RadiusPx && strong.RadiusPx < blob.RadiusPx ? 1 : 0;
                if (same || rim || within > 1)
                {
                    free = false;
                    break;
                }
            }

            if (free)
            {
                grid.Add(kept.Count, blob.XPx, blob.YPx * aspect);
                kept.Add(blob);
            }
        }

        return kept;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float[] Laplacian(Raster<float> smooth, double sigma, double aspect)
    {
        int w = smooth.WidthPx, h = smooth.HeightPx;
        float[] answers = GC.AllocateUninitializedArray<float>(w * h);
        float fx = (float)(sigma * sigma / DiscAnswer), fy = (float)(sigma * sigma / DiscAnswer / (aspect * aspect));
        for (int y = 0; y < h; y++)
        {
            ReadOnlySpan<float> here = smooth.Row(y), up = smooth.Row(y == 0 ? Math.Min(1, h - 1) : y - 1), down = smooth.Row(y == h - 1 ? Math.Max(0, h - 2) : y + 1);
            Span<float> to = answers.AsSpan(y * w, w);
            int x = 1;
            Vector<float> vx = new(fx), vy = new(fy), two = new(2f);
            for (; x + Vector<float>.Count < w; x += Vector<float>.Count)
            {
                Vector<float> centre = two * new Vector<float>(here[x..]);
                Vector<float> across = centre - new Vector<float>(here[(x - 1)..]) - new Vector<float>(here[(x + 1)..]);
                Vector<float> along = centre - new Vector<float>(up[x..]) - new Vector<float>(down[x..]);
                ((vx * across) + (vy * along)).CopyTo(to[x..]);
            }

            for (; x < w; x++)
            {
                Single(here, up, down, to, x);
            }

            Single(here, up, down, to, 0);
        }

        return answers;

        void Single(ReadOnlySpan<float> here, ReadOnlySpan<float> up, ReadOnlySpan<float> down, Span<float> to, int x)
        {
            float left = here[x == 0 ? Math.Min(1, w - 1) : x - 1], right = here[x == w - 1 ? Math.Max(0, w - 2) : x + 1];
            to[x] = (fx * ((2 * here[x]) - left - right)) + (fy * ((2 * here[x]) - up[x] - down[x]));
        }
    }

    private static Raster<float> Halve(Raster<float> smooth)
    {
        int w = (smooth.WidthPx + 1) / 2, h = (smooth.HeightPx + 1) / 2;
        float[] half = GC.AllocateUninitializedArray<float>(w * h);
        for (int y = 0; y < h; y++)
        {
            ReadOnlySpan<float> row = smooth.Row(2 * y);
            for (int x = 0; x < w; x++)
            {
                half[(y * w) + x] = row[2 * x];
            }
        }

        return new Raster<float>(w, h, half);
    }

    /// <summary>Adds the maxima of one layer that beat their neighbours in place and scale.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Collect(List<Blob> found, Layer? finer, Layer layer, Layer? coarser, double aspect, double gateCounts)
    {
        int w = layer.Width, h = layer.Height;
        float gate = (float)(gateCounts / DiscAnswer);
        float[] a = layer.Answers;
        for (int y = 0; y < h; y++)
        {
            ReadOnlySpan<float> row = a.AsSpan(y * w, w);
            for (int x = NextAbove(row, 0, gate); x < w; x = NextAbove(row, x + 1, gate))
            {
                float v = row[x];
                if (!Highest(layer, x, y, v))
                {
                    continue;
                }

                float below = finer is null ? v * 0.999f : AnswerNear(finer, layer, x, y), above = coarser is null ? v * 0.999f : AnswerNear(coarser, layer, x, y);
                if (below > v || above > v)
                {
                    continue;
                }

                // The vertex of a parabola through the three scales, and of one through three pixels each way.
                double curve = below + above - (2.0 * v), shift = finer is null || coarser is null || curve >= 0 ? 0 : Math.Clamp(0.5 * (below - above) / curve, -0.5, 0.5);
                double sigma = layer.SigmaPx * Math.Pow(2, shift / ScalesPerOctave);
                double px = x + Vertex(a, (y * w) + x, 1, x > 0 && x < w - 1), py = y + Vertex(a, (y * w) + x, w, y > 0 && y < h - 1);
                found.Add(new Blob((px * layer.Shrink) + layer.OriginPx, (py * layer.Shrink) + layer.OriginPx, sigma * Math.Sqrt(2), v));
            }
        }
    }

    /// <summary>The first place from <paramref name="x"/> on whose value is above the gate, or the length of the row.</summary>
    private static int NextAbove(ReadOnlySpan<float> row, int x, float gate)
    {
        Vector<float> gates = new(gate);
        for (; x + Vector<float>.Count <= row.Length; x += Vector<float>.Count)
        {
            if (Vector.GreaterThanAny(new Vector<float>(row[x..]), gates))
            {
                break;
            }
        }

        while (x < row.Length && row[x] <= gate)
        {
            x++;
        }

        return x;
    }

    private static double Vertex(float[] a, int at, int stride, bool inside)
    {
        if (!inside)
        {
            return 0;
        }

        double low = a[at - stride], here = a[at], high = a[at + stride], curve = low + high - (2 * here);
        return curve >= 0 ? 0 : Math.Clamp(0.5 * (low - high) / curve, -0.5, 0.5);
    }

    private static bool Highest(Layer layer, int x, int y, float value)
    {
        int w = layer.Width;
        for (int dy = -1; dy <= 1; dy++)
        {
            int yy = y + dy;
            if ((uint)yy >= (uint)layer.Height)
            {
                continue;
            }

            for (int dx = -1; dx <= 1; dx++)
            {
                int xx = x + dx;
                if ((dx | dy) == 0 || (uint)xx >= (uint)w)
                {
                    continue;
                }

                float other = layer.Answers[(yy * w) + xx];
                bool earlier = dy < 0 || (dy == 0 && dx < 0);
                if (other > value || (earlier && other == value))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The highest answer of another layer within one of its pixels of a place.</summary>
    private static float AnswerNear(Layer other, Layer layer, int x, int y)
    {
        int cx = Math.Clamp((int)Math.Round((double)x * layer.Shrink / other.Shrink), 0, other.Width - 1);
        int cy = Math.Clamp((int)Math.Round((double)y * layer.Shrink / other.Shrink), 0, other.Height - 1);
        float best = float.NegativeInfinity;
        for (int yy = Math.Max(0, cy - 1); yy <= Math.Min(other.Height - 1, cy + 1); yy++)
        {
            for (int xx = Math.Max(0, cx - 1); xx <= Math.Min(other.Width - 1, cx + 1); xx++)
            {
                best = Math.Max(best, other.Answers[(yy * other.Width) + xx]);
            }
        }

        return best;
    }
}
