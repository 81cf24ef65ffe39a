using System.Collections.Concurrent;
using ImageAnalysis.Formats.Png;
using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;
using ImageAnalysis.Report;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Review;

/// <summary>The pictures of the pages: images cut into tiles at several sizes, and the evidence of a crystal. The last few are kept in memory.</summary>
internal sealed class ImagePictures(ReviewedResults results)
{
    /// <summary>Side of a tile, px.</summary>
    public const int TilePx = 256;

    /// <summary>Side of the pictures of a spectrum, of filtered fringes and of a profile, px.</summary>
    public const int EvidencePx = 512;

    private const int PyramidsKept = 6, EvidenceKept = 60;
    private const double BlackPercent = 0.1, WhitePercent = 0.1;

    private readonly ConcurrentDictionary<string, Lazy<List<Raster<byte>>?>> _pyramids = new();
    private readonly ConcurrentDictionary<string, Lazy<byte[]?>> _evidence = new();

    /// <summary>Number of sizes of an image: each has half the width of the one before, the last fits into one tile.</summary>
    public static int LevelCount(FileResult file)
    {
        int levels = 1;
        for (int side = Math.Max(file.WidthPx ?? 1, file.HeightPx ?? 1); side > TilePx; side = (side + 1) / 2)
        {
            levels++;
        }

        return levels;
    }

    /// <summary>One tile as PNG; <c>null</c> where the image is gone or has no such tile.</summary>
    public byte[]? Tile(FileResult file, int level, int column, int row)
    {
        List<Raster<byte>>? pyramid = Kept(_pyramids, PyramidsKept, file.File, () => Pyramid(file));
        if (pyramid is null || level < 0 || level >= pyramid.Count)
        {
            return null;
        }

        Raster<byte> whole = pyramid[level];
        if (column < 0 || row < 0 || column > (whole.WidthPx - 1) / TilePx || row > (whole.HeightPx - 1) / TilePx)
        {
            return null;
        }

        int x0 = column * TilePx, y0 = row * TilePx;
        int width = Math.Min(TilePx, whole.WidthPx - x0), height = Math.Min(TilePx, whole.HeightPx - y0);
        byte[] pixels = new byte[width * height];
        for (int y = 0; y < height; y++)
        {
            whole.Row(y0 + y).Slice(x0, width).CopyTo(pixels.AsSpan(y * width));
        }

        return PngWriter.Write(new Raster<byte>(width, height, pixels));
    }

    /// <summary>The power spectrum of a crystal as PNG, without marks; they are drawn by the page, so that they can be taken away.</summary>
    public byte[]? Spectrum(ReviewItem item) => Evidence(item, "spectrum", (image, crystal) =>
    {
        Canvas canvas = new(EvidencePx, EvidencePx);
        CrystalSpectrum.Of(image, crystal).Paint(canvas, 0, 0, EvidencePx, FrequencyScale.Of(image).HighestShown(crystal, results.Options.Fringes.Reference));
        return canvas;
    });

    /// <summary>A crystal with all but its fringes filtered out, as PNG.</summary>
    public byte[]? Fringes(ReviewItem item) => Evidence(item, "fringes", (image, crystal) =>
    {
        CrystalView view = CrystalView.Of(image, crystal);
        if (view.Filtered is not Raster<float> filtered)
        {
            return null;
        }

        Canvas canvas = new(EvidencePx, EvidencePx);
        float[] sorted = filtered.ToArray();
        Array.Sort(sorted);
        double reach = Math.Max(1e-12, sorted[(int)(0.998 * (sorted.Length - 1))]);
        view.Paint(canvas, 0, 0, EvidencePx, filtered, -reach, reach);
        return canvas;
    });

    /// <summary>The profile of a crystal along the normal of its fringes with two rulers, as PNG. For a blind reviewer it is in one colour, whatever the verdict.</summary>
    public byte[]? Profile(ReviewItem item, bool blind) => Evidence(item, blind ? "profile-blind" : "profile", (image, crystal) =>
    {
        CrystalMeasurement shown = blind ? crystal with { Verdict = Verdict.Regular } : crystal;
        CrystalView view = CrystalView.Of(image, shown);
        Canvas canvas = new(EvidencePx, EvidencePx);
        ProfilePlot.Draw(canvas, 0, 0, EvidencePx, view, FrequencyScale.Of(image), results.Options.Fringes.Reference);
        return canvas;
    });

    /// <summary>Makes what a page will need, before it is asked for.</summary>
    public void Prepare(ReviewItem item)
    {
        _ = Tile(item.File, 0, 0, 0);
        if (item.Crystal is not null)
        {
            _ = (Spectrum(item), Fringes(item), Profile(item, blind: false));
        }
    }

    /// <summary>Which part of the spectrum is shown, and how its places are measured.</summary>
    public (FrequencyScale Scale, double Highest)? SpectrumScale(ReviewItem item)
    {
        if (item.Crystal is not { } crystal || results.Image(item.File) is not { } image)
        {
            return null;
        }

        FrequencyScale scale = FrequencyScale.Of(image);
        return (scale, scale.HighestShown(crystal, results.Options.Fringes.Reference));
    }

    private byte[]? Evidence(ReviewItem item, string kind, Func<Micrograph, CrystalMeasurement, Canvas?> draw) => item.Crystal is not { } crystal
        ? null
        : Kept(_evidence, EvidenceKept, $"{kind} {item.Id} {crystal.X0Px} {crystal.Y0Px} {crystal.X1Px} {crystal.Y1Px}", () =>
            results.Image(item.File) is Micrograph image && draw(WithoutHotPixels(image), crystal) is Canvas canvas ? PngWriter.Write(canvas.ToImage()) : null);

    // As the analysis saw it: a hot pixel would drown spectrum and profile.
    private static Micrograph WithoutHotPixels(Micrograph image) => image with { Pixels = OutlierFilter.Replace(image.Pixels).Image };

    private List<Raster<byte>>? Pyramid(FileResult file)
    {
        if (results.Image(file) is not { } image)
        {
            return null;
        }

        Raster<float> pixels = image.Pixels;
        GreyLevels levels = GreyLevels.Choose(pixels, [], BlackPercent, WhitePercent);
        List<Raster<byte>> sizes = [];
        for (int level = 0, count = LevelCount(file); level < count; level++)
        {
            byte[] grey = new byte[pixels.PixelCount];
            ReadOnlySpan<float> values = pixels.Pixels;
            double perCount = 255 / (levels.WhiteCounts - levels.BlackCounts);
            for (int i = 0; i < grey.Length; i++)
            {
                grey[i] = (byte)Math.Clamp((values[i] - levels.BlackCounts) * perCount, 0, 255);
            }

            sizes.Add(new Raster<byte>(pixels.WidthPx, pixels.HeightPx, grey));
            if (level + 1 < count)
            {
                pixels = Halved(pixels);
            }
        }

        return sizes;
    }

    /// <summary>Means of two by two pixels; an odd last row or column stands for itself.</summary>
    private static Raster<float> Halved(Raster<float> pixels)
    {
        int width = (pixels.WidthPx + 1) / 2, height = (pixels.HeightPx + 1) / 2;
        float[] halved = new float[width * height];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> upper = pixels.Row(2 * y), lower = pixels.Row(Math.Min((2 * y) + 1, pixels.HeightPx - 1));
            for (int x = 0; x < width; x++)
            {
                int left = 2 * x, right = Math.Min(left + 1, pixels.WidthPx - 1);
                halved[(y * width) + x] = 0.25f * (upper[left] + upper[right] + lower[left] + lower[right]);
            }
        }

        return new Raster<float>(width, height, halved);
    }

    /// <summary>Takes from a store of the last few, or makes and keeps.</summary>
    private static T? Kept<T>(ConcurrentDictionary<string, Lazy<T?>> store, int most, string key, Func<T?> make)
        where T : class
    {
        T? value = store.GetOrAdd(key, _ => new Lazy<T?>(make)).Value;
        while (store.Count > most && store.Keys.FirstOrDefault(other => other != key) is string other)
        {
            store.TryRemove(other, out _);
        }

        return value;
    }
}
