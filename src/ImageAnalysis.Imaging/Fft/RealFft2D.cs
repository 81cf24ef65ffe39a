using System.Collections.Concurrent;

namespace ImageAnalysis.Imaging;

/// <summary>
/// The two-dimensional Fourier transform of real images of one size, float32, and its inverse. A plan is immutable: several threads may use
/// it at once for different images.
/// </summary>
/// <remarks>
/// Forward, unscaled: F(u, v) = Σ_y Σ_x f(x, y) exp(−2πi(ux/width + vy/height)). The inverse divides by width·height, so that it undoes the
/// forward transform. Any size; fast where width and height have only small prime factors, fastest for powers of two.
/// Method, sources, accuracy and speed: docs/methods/fft.md. It does not window, pad or centre the image.
/// </remarks>
public sealed unsafe class RealFft2D
{
    private static readonly ConcurrentDictionary<(int WidthPx, int HeightPx), RealFft2D> Plans = new();

    private readonly LineFft _rows;
    private readonly LineFft _columns;

    private RealFft2D(int widthPx, int heightPx)
    {
        WidthPx = widthPx;
        HeightPx = heightPx;
        _rows = LineFft.Of(widthPx);
        _columns = LineFft.Of(heightPx);
    }

    /// <summary>Width of the images in px.</summary>
    public int WidthPx { get; }

    /// <summary>Height of the images in px.</summary>
    public int HeightPx { get; }

    /// <summary>The plan for images of one size: made when it is first asked for, kept from then on.</summary>
    /// <param name="widthPx">Width in px; 1 or more.</param>
    /// <param name="heightPx">Height in px; 1 or more.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The width or height is below 1.</exception>
    public static RealFft2D Plan(int widthPx, int heightPx)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(widthPx, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heightPx, 1);
        return Plans.GetOrAdd((widthPx, heightPx), static size => new RealFft2D(size.WidthPx, size.HeightPx));
    }

    /// <summary>The transform of an image.</summary>
    /// <param name="image">The image; any size.</param>
    /// <returns>A new spectrum, unscaled.</returns>
    /// <exception cref="ArgumentException">The image holds NaN or infinity.</exception>
    public static HalfSpectrum Forward(Raster<float> image)
    {
        ArgumentNullException.ThrowIfNull(image);
        HalfSpectrum spectrum = new(image.WidthPx, image.HeightPx);
        Plan(image.WidthPx, image.HeightPx).Forward(image.Pixels, spectrum);
        return spectrum;
    }

    /// <summary>The image of a spectrum, scaled by 1/(width·height).</summary>
    /// <param name="spectrum">The spectrum; left as it is.</param>
    /// <returns>A new image of the spectrum's width and height.</returns>
    /// <exception cref="ArgumentException">The spectrum holds NaN or infinity.</exception>
    public static Raster<float> Inverse(HalfSpectrum spectrum)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        float[] image = new float[spectrum.WidthPx * spectrum.HeightPx];
        Plan(spectrum.WidthPx, spectrum.HeightPx).Inverse(spectrum, image);
        return new Raster<float>(spectrum.WidthPx, spectrum.HeightPx, image);
    }

    /// <summary>The power spectrum of an image, with frequency zero in the middle.</summary>
    /// <param name="image">The image; any size. Not windowed here.</param>
    /// <returns>A raster of the image's size, as <see cref="HalfSpectrum.CopyPowerTo"/> writes it.</returns>
    /// <exception cref="ArgumentException">The image holds NaN or infinity.</exception>
    public static Raster<float> PowerSpectrumOf(Raster<float> image)
    {
        HalfSpectrum spectrum = Forward(image);
        float[] power = new float[image.PixelCount];
        spectrum.CopyPowerTo(power);
        return new Raster<float>(image.WidthPx, image.HeightPx, power);
    }

    /// <summary>The transform of an image, unscaled.</summary>
    /// <param name="image">Width × height pixels, row by row.</param>
    /// <param name="spectrum">Takes the result; made for the plan's width and height.</param>
    /// <exception cref="ArgumentException">A size is not the plan's, or the image holds NaN or infinity.</exception>
    public void Forward(ReadOnlySpan<float> image, HalfSpectrum spectrum)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        Check(image.Length, spectrum);
        using FftWork between = new(ColumnPanels.FloatsFor(spectrum.ColumnCount, HeightPx));
        using FftWork work = new(Math.Max(RowFloats, _columns.WorkFloats));
        ColumnPanels panels = new(between.Start, HeightPx);
        fixed (float* pixels = image, re = spectrum.Re)
        {
            for (int y = 0; y < HeightPx; y += RealRows.Count)
            {
                int rows = Math.Min(RealRows.Count, HeightPx - y);
                RealRows.Load(pixels + ((nint)y * WidthPx), WidthPx, rows, work.Start);
                float* lines = _rows.TransformPacked(work.Start, work.Start + (WidthPx * Lines.PackedStride), inverse: false);
                RealRows.StoreSpectra(lines, WidthPx, rows, panels.Row(y), panels.Step);
            }

            Lines planes = new(re, spectrum.Planes.ImOffset, spectrum.Stride);
            panels.TransformTo(_columns, spectrum.ColumnCount, inverse: false, planes, work.Start);

            // Every pixel is a term of F(0, 0).
            if (!float.IsFinite(re[0]))
            {
                throw new ArgumentException("The image holds NaN, infinity or numbers too large for a transform in single precision.", nameof(image));
            }
        }
    }

    /// <summary>The image of a spectrum, scaled by 1/(width·height).</summary>
    /// <param name="spectrum">
    /// The spectrum, left as it is. Where its columns u = 0 and u = width/2 are not those of a real image (F(u, −v) = F(u, v)*), what
    /// contradicts this is left out.
    /// </param>
    /// <param name="image">Takes the width × height pixels, row by row.</param>
    /// <exception cref="ArgumentException">A size is not the plan's, or the spectrum holds NaN or infinity.</exception>
    public void Inverse(HalfSpectrum spectrum, Span<float> image)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        Check(image.Length, spectrum);
        using FftWork between = new(ColumnPanels.FloatsFor(spectrum.ColumnCount, HeightPx));
        using FftWork work = new(Math.Max(RowFloats, _columns.WorkFloats));
        ColumnPanels panels = new(between.Start, HeightPx);
        fixed (float* re = spectrum.Re, pixels = image)
        {
            Lines planes = new(re, spectrum.Planes.ImOffset, spectrum.Stride);
            int panelCount = (spectrum.ColumnCount + Lines.Count - 1) / Lines.Count;
            panels.TransformFrom(_columns, 0, panelCount, inverse: true, planes, work.Start);

            float scale = (float)(1.0 / ((double)WidthPx * HeightPx));
            for (int y = 0; y < HeightPx; y += RealRows.Count)
            {
                int rows = Math.Min(RealRows.Count, HeightPx - y);
                RealRows.LoadSpectra(panels.Row(y), panels.Step, WidthPx, rows, scale, work.Start);
                float* lines = _rows.TransformPacked(work.Start, work.Start + (WidthPx * Lines.PackedStride), inverse: true);
                RealRows.Store(lines, pixels + ((nint)y * WidthPx), WidthPx, rows);
            }

            // Every value of the spectrum is a term of every pixel.
            if (!float.IsFinite(pixels[0]))
            {
                throw new ArgumentException("The spectrum holds NaN, infinity or numbers too large for a transform in single precision.", nameof(spectrum));
            }
        }
    }

    private int RowFloats => (WidthPx * Lines.PackedStride) + _rows.WorkFloats;

    private void Check(int pixels, HalfSpectrum spectrum)
    {
        if ((long)WidthPx * HeightPx != pixels)
        {
            throw new ArgumentException($"The plan is for {WidthPx} × {HeightPx} px, but the image has {pixels} px.");
        }

        if (spectrum.WidthPx != WidthPx || spectrum.HeightPx != HeightPx)
        {
            throw new ArgumentException(
                $"The plan is for {WidthPx} × {HeightPx} px, but the spectrum for {spectrum.WidthPx} × {spectrum.HeightPx} px.", nameof(spectrum));
        }
    }
}
