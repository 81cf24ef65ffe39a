using System.Collections.Concurrent;

namespace ImageAnalysis.Imaging;

/// <summary>
/// The two-dimensional Fourier transform of complex rasters of one size, float32, and its inverse. A plan is immutable: several threads may
/// use it at once for different rasters.
/// </summary>
/// <remarks>
/// Forward, unscaled: F(u, v) = Σ_y Σ_x f(x, y) exp(−2πi(ux/width + vy/height)). The inverse divides by width·height, so that it undoes the
/// forward transform. Real and imaginary parts lie in separate planes (<see cref="ComplexRaster"/>). Any size; fast where width and
/// height have only small prime factors, fastest for powers of two. A height or width of 1 makes it the transform of a line.
/// Method, sources, accuracy and speed: docs/methods/fft.md.
/// </remarks>
public sealed unsafe class ComplexFft2D
{
    private static readonly ConcurrentDictionary<(int WidthPx, int HeightPx), ComplexFft2D> Plans = new();

    private readonly LineFft _rows;
    private readonly LineFft _columns;

    private ComplexFft2D(int widthPx, int heightPx)
    {
        WidthPx = widthPx;
        HeightPx = heightPx;
        _rows = LineFft.Of(widthPx);
        _columns = LineFft.Of(heightPx);
    }

    /// <summary>Width of the rasters in px.</summary>
    public int WidthPx { get; }

    /// <summary>Height of the rasters in px.</summary>
    public int HeightPx { get; }

    private int LineFloats => WidthPx * Lines.PackedStride;

    private int WorkFloats => Math.Max(LineFloats + _rows.WorkFloats, _columns.WorkFloats);

    /// <summary>The plan for rasters of one size: made when it is first asked for, kept from then on.</summary>
    /// <param name="widthPx">Width in px; 1 or more.</param>
    /// <param name="heightPx">Height in px; 1 or more.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The width or height is below 1.</exception>
    public static ComplexFft2D Plan(int widthPx, int heightPx)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(widthPx, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heightPx, 1);
        return Plans.GetOrAdd((widthPx, heightPx), static size => new ComplexFft2D(size.WidthPx, size.HeightPx));
    }

    /// <summary>The transform, unscaled.</summary>
    /// <param name="image">The input; left as it is, unless it is also the output.</param>
    /// <param name="spectrum">Takes the result; may be the input itself.</param>
    /// <exception cref="ArgumentException">A size is not the plan's, or the input holds NaN or infinity.</exception>
    public void Forward(ComplexRaster image, ComplexRaster spectrum) => Transform(image, spectrum, inverse: false);

    /// <summary>The inverse transform, scaled by 1/(width·height).</summary>
    /// <param name="spectrum">The input; left as it is, unless it is also the output.</param>
    /// <param name="image">Takes the result; may be the input itself.</param>
    /// <exception cref="ArgumentException">A size is not the plan's, or the input holds NaN or infinity.</exception>
    public void Inverse(ComplexRaster spectrum, ComplexRaster image) => Transform(spectrum, image, inverse: true);

    /// <summary>
    /// The inverse transform of a band of columns: of all others, whatever the spectrum holds there counts as zero. For filters that pass a
    /// band only, and faster the narrower it is.
    /// </summary>
    /// <param name="spectrum">The input; left as it is, unless it is also the output.</param>
    /// <param name="firstColumn">First frequency u of the band; negative frequencies −1, −2… are the columns width − 1, width − 2….</param>
    /// <param name="columnCount">Number of columns, 1 … width; the band may reach from negative to positive frequencies.</param>
    /// <param name="image">Takes the result, scaled by 1/(width·height); may be the input itself.</param>
    /// <exception cref="ArgumentOutOfRangeException">The band is empty or wider than the spectrum, or begins outside −width … width − 1.</exception>
    /// <exception cref="ArgumentException">A size is not the plan's, or the band holds NaN or infinity.</exception>
    public void InverseOfBand(ComplexRaster spectrum, int firstColumn, int columnCount, ComplexRaster image)
    {
        Check(spectrum, nameof(spectrum));
        Check(image, nameof(image));
        ArgumentOutOfRangeException.ThrowIfLessThan(firstColumn, -WidthPx);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(firstColumn, WidthPx);
        ArgumentOutOfRangeException.ThrowIfLessThan(columnCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columnCount, WidthPx);

        // A band beyond the last column goes on at the first: two pieces, the second often empty.
        int first = firstColumn < 0 ? firstColumn + WidthPx : firstColumn;
        int firstLength = Math.Min(columnCount, WidthPx - first);
        int wrapped = columnCount - firstLength;

        using FftWork between = new(ColumnPanels.FloatsFor(WidthPx, HeightPx));
        using FftWork work = new(WorkFloats);
        ColumnPanels panels = new(between.Start, HeightPx);
        fixed (float* from = spectrum.Re, to = image.Re)
        {
            Lines planes = new(from, spectrum.Planes.ImOffset, spectrum.Stride);
            int firstPanel = first / Lines.Count;
            int lastPanel = (first + firstLength - 1) / Lines.Count;
            int wrappedPanels = (wrapped + Lines.Count - 1) / Lines.Count;
            panels.TransformFrom(_columns, firstPanel, lastPanel + 1, inverse: true, planes, work.Start);
            panels.TransformFrom(_columns, 0, Math.Min(wrappedPanels, firstPanel), inverse: true, planes, work.Start);

            float scale = (float)(1.0 / ((double)WidthPx * HeightPx));
            for (int y = 0; y < HeightPx; y += Lines.Count)
            {
                int rows = Math.Min(Lines.Count, HeightPx - y);
                new Span<float>(work.Start, LineFloats).Clear();
                panels.LoadLines(y, rows, first, first + firstLength, scale, work.Start);
                panels.LoadLines(y, rows, 0, wrapped, scale, work.Start);
                float* lines = _rows.TransformPacked(work.Start, work.Start + LineFloats, inverse: true);
                float* row = to + ((nint)y * image.Stride);
                LineBlock.Store(lines, row, image.Stride, rows, WidthPx);
                LineBlock.Store(lines + Lines.Count, row + image.Planes.ImOffset, image.Stride, rows, WidthPx);
            }

            CheckFinite(to, image, nameof(spectrum));
        }
    }

    private void Transform(ComplexRaster input, ComplexRaster output, bool inverse)
    {
        Check(input, inverse ? "spectrum" : "image");
        Check(output, inverse ? "image" : "spectrum");
        using FftWork between = new(ColumnPanels.FloatsFor(WidthPx, HeightPx));
        using FftWork work = new(WorkFloats);
        ColumnPanels panels = new(between.Start, HeightPx);
        float scale = inverse ? (float)(1.0 / ((double)WidthPx * HeightPx)) : 1;
        fixed (float* from = input.Re, to = output.Re)
        {
            for (int y = 0; y < HeightPx; y += Lines.Count)
            {
                int rows = Math.Min(Lines.Count, HeightPx - y);
                float* row = from + ((nint)y * input.Stride);
                LineBlock.Load(row, input.Stride, rows, WidthPx, work.Start);
                LineBlock.Load(row + input.Planes.ImOffset, input.Stride, rows, WidthPx, work.Start + Lines.Count);
                float* lines = _rows.TransformPacked(work.Start, work.Start + LineFloats, inverse);
                panels.StoreLines(y, rows, WidthPx, scale, lines);
            }

            panels.TransformTo(_columns, WidthPx, inverse, new Lines(to, output.Planes.ImOffset, output.Stride), work.Start);
            CheckFinite(to, output, inverse ? "spectrum" : "image");
        }
    }

    private void Check(ComplexRaster raster, string name)
    {
        ArgumentNullException.ThrowIfNull(raster, name);
        if (raster.WidthPx != WidthPx || raster.HeightPx != HeightPx)
        {
            throw new ArgumentException($"The plan is for {WidthPx} × {HeightPx} px, but the raster has {raster.WidthPx} × {raster.HeightPx} px.", name);
        }
    }

    // Every value of the input is a term of every value of the output.
    private static void CheckFinite(float* first, ComplexRaster output, string name)
    {
        if (!float.IsFinite(first[0]) || !float.IsFinite(first[output.Planes.ImOffset]))
        {
            throw new ArgumentException("The input holds NaN, infinity or numbers too large for a transform in single precision.", name);
        }
    }
}
