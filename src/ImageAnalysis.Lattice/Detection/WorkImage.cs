using ImageAnalysis.Imaging;

namespace ImageAnalysis.Lattice;

/// <summary>
/// The image as the search sees it: without its mean, tapered at the border, its spectrum cut at the highest frequency of interest, and by that resampled to pixels of about 0.08 nm.
/// </summary>
/// <remarks>Lengths are nm of the nominal pixel size: the calibration's, or for an uncalibrated image one that was assumed, whose results are given in px only.</remarks>
internal sealed class WorkImage
{
    private const double TaperNm = 0.5;

    /// <summary>Zeros beside and below the image, so that filters at one side do not see what lies at the other, nm.</summary>
    private const double PaddingNm = 2.4;

    private WorkImage(int width, int height, double pixelWidthNm, double pixelHeightNm, int imageWidthPx, int imageHeightPx, int paddedWidthPx, int paddedHeightPx)
    {
        PaddedWidthPx = paddedWidthPx;
        PaddedHeightPx = paddedHeightPx;
        Width = width;
        Height = height;
        PixelWidthNm = pixelWidthNm;
        PixelHeightNm = pixelHeightNm;
        ImageWidthPx = imageWidthPx;
        ImageHeightPx = imageHeightPx;
        Re = new float[width * height];
        Im = new float[width * height];
    }

    /// <summary>Columns of spectrum and resampled image; even.</summary>
    public int Width { get; }

    /// <summary>Rows of spectrum and resampled image; even.</summary>
    public int Height { get; }

    /// <summary>Width of a pixel of the original image, nm.</summary>
    public double PixelWidthNm { get; }

    /// <summary>Height of a pixel of the original image, nm.</summary>
    public double PixelHeightNm { get; }

    public int ImageWidthPx { get; }

    public int ImageHeightPx { get; }

    /// <summary>Width of the image with the zeros beside it, px.</summary>
    public int PaddedWidthPx { get; }

    public int PaddedHeightPx { get; }

    /// <summary>Area of the image itself, nm².</summary>
    public double ImageAreaNm2 => ImageWidthPx * PixelWidthNm * ImageHeightPx * PixelHeightNm;

    /// <summary>Width of the field that is transformed: the image with zeros beside it, nm.</summary>
    public double FieldWidthNm => PaddedWidthPx * PixelWidthNm;

    public double FieldHeightNm => PaddedHeightPx * PixelHeightNm;

    /// <summary>Width of a resampled pixel, nm.</summary>
    public double StepXNm => FieldWidthNm / Width;

    /// <summary>Height of a resampled pixel, nm.</summary>
    public double StepYNm => FieldHeightNm / Height;

    /// <summary>Highest frequency that is whole in all directions, nm⁻¹.</summary>
    public double HighestPerNm => 0.5 * Math.Min(Width / FieldWidthNm, Height / FieldHeightNm);

    /// <summary>Spectrum with frequency zero in the middle, divided by the number of pixels: F(u, v) at [(v + Height/2) Width + u + Width/2].</summary>
    public float[] Re { get; }

    public float[] Im { get; }

    /// <summary>The resampled image, counts.</summary>
    public float[] Pixels { get; private set; } = [];

    /// <summary>Share of the border's taper, along x and along y, at each resampled pixel.</summary>
    public float[] TaperX { get; private set; } = [];

    public float[] TaperY { get; private set; } = [];

    public static WorkImage Make(Raster<float> image, double pixelWidthNm, double pixelHeightNm, double highestPerNm)
    {
        int paddedWidth = Fast(image.WidthPx + (int)Math.Ceiling(PaddingNm / pixelWidthNm)), paddedHeight = Fast(image.HeightPx + (int)Math.Ceiling(PaddingNm / pixelHeightNm));
        int width = SizeFor(paddedWidth, pixelWidthNm, highestPerNm), height = SizeFor(paddedHeight, pixelHeightNm, highestPerNm);
        WorkImage work = new(width, height, pixelWidthNm, pixelHeightNm, image.WidthPx, image.HeightPx, paddedWidth, paddedHeight);
        float[] taperX = Taper(image.WidthPx, paddedWidth, pixelWidthNm), taperY = Taper(image.HeightPx, paddedHeight, pixelHeightNm);
        HalfSpectrum spectrum = Transform(image, taperX, taperY);
        work.Cut(spectrum);
        work.Resample();
        work.TaperX = Sample(taperX, width);
        work.TaperY = Sample(taperY, height);
        return work;
    }

    // Even, with small prime factors, never finer than the image itself.
    private static int SizeFor(int imagePx, double pixelNm, double highestPerNm)
    {
        int least = (int)Math.Ceiling(2 * highestPerNm * imagePx * pixelNm);
        if (least >= imagePx - 1)
        {
            return imagePx - (imagePx % 2);
        }

        int size = Math.Max(16, least + (least % 2));
        while (!IsFast(size))
        {
            size += 2;
        }

        return Math.Min(size, imagePx - (imagePx % 2));
    }

    private static int Fast(int least)
    {
        int size = least + (least % 2);
        while (!IsFast(size))
        {
            size += 2;
        }

        return size;
    }

    internal static bool IsFast(int size)
    {
        foreach (int factor in (ReadOnlySpan<int>)[2, 3, 5])
        {
            while (size % factor == 0)
            {
                size /= factor;
            }
        }

        return size == 1;
    }

    private static float[] Taper(int count, int padded, double pixelNm)
    {
        int edge = Math.Clamp((int)Math.Round(TaperNm / pixelNm), 1, Math.Max(1, count / 8));
        float[] taper = new float[padded];
        for (int i = 0; i < count; i++)
        {
            double from = Math.Min(i, count - 1 - i) + 0.5;
            taper[i] = from >= edge ? 1 : (float)(0.5 - (0.5 * Math.Cos(Math.PI * from / edge)));
        }

        return taper;
    }

    private static float[] Sample(float[] taper, int count) => [.. Enumerable.Range(0, count).Select(i => taper[Math.Min(taper.Length - 1, (int)((double)i * taper.Length / count))])];

    private static HalfSpectrum Transform(Raster<float> image, float[] taperX, float[] taperY)
    {
        int width = image.WidthPx, height = image.HeightPx, paddedWidth = taperX.Length, paddedHeight = taperY.Length;
        double sum = 0;
        for (int y = 0; y < height; y++)
        {
            float rowSum = 0;
            foreach (float value in image.Row(y))
            {
                rowSum += value;
            }

            sum += rowSum;
        }

        float mean = (float)(sum / image.PixelCount);
        float[] flat = new float[paddedWidth * paddedHeight];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> from = image.Row(y);
            Span<float> to = flat.AsSpan(y * paddedWidth, width);
            float factor = taperY[y];
            for (int x = 0; x < width; x++)
            {
                to[x] = (from[x] - mean) * (factor * taperX[x]);
            }
        }

        HalfSpectrum spectrum = new(paddedWidth, paddedHeight);
        RealFft2D.Plan(paddedWidth, paddedHeight).Forward(flat, spectrum);
        return spectrum;
    }

    private void Cut(HalfSpectrum spectrum)
    {
        int halfWidth = Width / 2, halfHeight = Height / 2;
        float scale = 1f / (PaddedWidthPx * (float)PaddedHeightPx);
        ReadOnlySpan<float> re = spectrum.Re, im = spectrum.Im;
        for (int v = -halfHeight + 1; v < halfHeight; v++)
        {
            int plus = (v < 0 ? v + PaddedHeightPx : v) * spectrum.Stride, minus = (v > 0 ? PaddedHeightPx - v : -v) * spectrum.Stride;
            int row = ((v + halfHeight) * Width) + halfWidth;
            for (int u = 0; u < halfWidth; u++)
            {
                Re[row + u] = re[plus + u] * scale;
                Im[row + u] = im[plus + u] * scale;
                Re[row - u] = re[minus + u] * scale;
                Im[row - u] = -im[minus + u] * scale;
            }

            // u = 0 was written twice; the row's own value stands.
            Re[row] = re[plus] * scale;
            Im[row] = im[plus] * scale;
        }
    }

    private void Resample()
    {
        HalfSpectrum small = new(Width, Height);
        int halfWidth = Width / 2, halfHeight = Height / 2;
        float scale = Width * (float)Height;
        for (int v = -halfHeight + 1; v < halfHeight; v++)
        {
            int to = (v < 0 ? v + Height : v) * small.Stride, from = ((v + halfHeight) * Width) + halfWidth;
            for (int u = 0; u < halfWidth; u++)
            {
                small.Re[to + u] = Re[from + u] * scale;
                small.Im[to + u] = Im[from + u] * scale;
            }
        }

        float[] pixels = new float[Width * Height];
        RealFft2D.Plan(Width, Height).Inverse(small, pixels);
        Pixels = pixels;
    }
}
