using System.Buffers;

namespace ImageAnalysis.Imaging;

/// <summary>
/// A rectangular grid of values: row-major, y outside and x inside, (0, 0) the centre of the top-left pixel, x to the right, y down.
/// </summary>
/// <typeparam name="T">The type of a pixel: <c>float</c> for intensities, <c>byte</c> for masks (0 or 1), <c>int</c> for labels.</typeparam>
/// <remarks>
/// The raster owns its array and shows it read-only. An algorithm fills an array of its own and hands it over with
/// <see cref="Raster{T}(int, int, T[])"/>; from then on nobody writes to it.
/// </remarks>
public sealed class Raster<T>
    where T : unmanaged
{
    private readonly int _pixelCount;
    private readonly bool _isRented;
    private T[]? _pixels;

    /// <summary>Takes ownership of an array of pixels.</summary>
    /// <param name="widthPx">Width in px; 1 or more.</param>
    /// <param name="heightPx">Height in px; 1 or more.</param>
    /// <param name="pixels">Exactly width × height values, row by row; not to be written to afterwards.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width or height is below 1.</exception>
    /// <exception cref="ArgumentException">The array's length is not width × height.</exception>
    public Raster(int widthPx, int heightPx, T[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentOutOfRangeException.ThrowIfLessThan(widthPx, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heightPx, 1);
        if ((long)widthPx * heightPx != pixels.Length)
        {
            throw new ArgumentException($"A raster of {widthPx} × {heightPx} px needs {(long)widthPx * heightPx} values; got {pixels.Length}.", nameof(pixels));
        }

        WidthPx = widthPx;
        HeightPx = heightPx;
        _pixelCount = pixels.Length;
        _pixels = pixels;
    }

    private Raster(int widthPx, int heightPx)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(widthPx, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heightPx, 1);
        WidthPx = widthPx;
        HeightPx = heightPx;
        _pixelCount = checked(widthPx * heightPx);
        _isRented = true;
        _pixels = ArrayPool<T>.Shared.Rent(_pixelCount);
    }

    /// <summary>Width in px.</summary>
    public int WidthPx { get; }

    /// <summary>Height in px.</summary>
    public int HeightPx { get; }

    /// <summary>Number of pixels: width × height.</summary>
    public int PixelCount => _pixelCount;

    /// <summary>True once <see cref="Guard.Finite"/> has searched the pixels and found neither NaN nor infinity: they never change, so once is enough.</summary>
    internal bool IsKnownFinite { get; set; }

    /// <summary>All pixels, row by row.</summary>
    public ReadOnlySpan<T> Pixels => Memory.AsSpan(0, _pixelCount);

    private T[] Memory => _pixels ?? throw new ObjectDisposedException(nameof(Raster<T>), "This raster was recycled; it holds no pixels any more.");

    /// <summary>The value of one pixel.</summary>
    /// <param name="x">Column, 0 … <see cref="WidthPx"/> − 1.</param>
    /// <param name="y">Row, 0 … <see cref="HeightPx"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The place is outside the raster.</exception>
    public T this[int x, int y]
    {
        get
        {
            if ((uint)x >= (uint)WidthPx)
            {
                throw new ArgumentOutOfRangeException(nameof(x), x, $"x is outside 0…{WidthPx - 1}.");
            }

            if ((uint)y >= (uint)HeightPx)
            {
                throw new ArgumentOutOfRangeException(nameof(y), y, $"y is outside 0…{HeightPx - 1}.");
            }

            return Memory[(y * WidthPx) + x];
        }
    }

    /// <summary>One row of pixels, from left to right.</summary>
    /// <param name="y">Row, 0 … <see cref="HeightPx"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The row is outside the raster.</exception>
    public ReadOnlySpan<T> Row(int y) => (uint)y < (uint)HeightPx
        ? Memory.AsSpan(y * WidthPx, WidthPx)
        : throw new ArgumentOutOfRangeException(nameof(y), y, $"y is outside 0…{HeightPx - 1}.");

    /// <summary>A copy of the pixels that the caller may change.</summary>
    /// <returns>A new array of <see cref="PixelCount"/> values, row by row.</returns>
    public T[] ToArray() => Pixels.ToArray();

    /// <summary>Cuts out a rectangle.</summary>
    /// <param name="x0Px">First column.</param>
    /// <param name="y0Px">First row.</param>
    /// <param name="widthPx">Width of the rectangle in px.</param>
    /// <param name="heightPx">Height of the rectangle in px.</param>
    /// <returns>A new raster of the given size.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rectangle is empty or reaches outside the raster.</exception>
    public Raster<T> Crop(int x0Px, int y0Px, int widthPx, int heightPx)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(x0Px);
        ArgumentOutOfRangeException.ThrowIfNegative(y0Px);
        ArgumentOutOfRangeException.ThrowIfLessThan(widthPx, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heightPx, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(widthPx, WidthPx - x0Px);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(heightPx, HeightPx - y0Px);
        T[] cut = new T[widthPx * heightPx];
        for (int y = 0; y < heightPx; y++)
        {
            Memory.AsSpan(((y0Px + y) * WidthPx) + x0Px, widthPx).CopyTo(cut.AsSpan(y * widthPx));
        }

        return new Raster<T>(widthPx, heightPx, cut);
    }

    /// <summary>
    /// Gives the raster's memory back for the next one: worth it for large intermediate results, since fresh memory costs as much time as a filter. It may be
    /// left out. Only the owner may do it, and nobody may use the raster afterwards: every access to a pixel then throws.
    /// </summary>
    /// <remarks>Memory that a caller brought along with <see cref="Raster{T}(int, int, T[])"/> is only let go, never handed to others.</remarks>
    public void Recycle()
    {
        T[]? pixels = Interlocked.Exchange(ref _pixels, null);
        if (pixels is not null && _isRented)
        {
            ArrayPool<T>.Shared.Return(pixels);
        }
    }

    /// <summary>A raster of any values whatever, to be filled before anybody sees it.</summary>
    /// <param name="widthPx">Width in px; 1 or more.</param>
    /// <param name="heightPx">Height in px; 1 or more.</param>
    /// <param name="pixels">All its pixels, row by row, to be written to.</param>
    internal static Raster<T> Unfilled(int widthPx, int heightPx, out Span<T> pixels)
    {
        Raster<T> raster = new(widthPx, heightPx);
        pixels = raster._pixels.AsSpan(0, raster._pixelCount);
        return raster;
    }
}
