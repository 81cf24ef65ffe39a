namespace ImageAnalysis.Formats;

/// <summary>A picture for people in red, green and blue: row-major, (0, 0) top left.</summary>
public sealed class RgbImage
{
    /// <summary>Takes ownership of the pixels.</summary>
    /// <param name="widthPx">Width in px; 1 or more.</param>
    /// <param name="heightPx">Height in px; 1 or more.</param>
    /// <param name="pixels">Red, green, blue of each pixel, row by row: exactly 3 × width × height bytes; not to be written to afterwards.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width or height is below 1.</exception>
    /// <exception cref="ArgumentException">The number of bytes is not 3 × width × height.</exception>
    public RgbImage(int widthPx, int heightPx, ReadOnlyMemory<byte> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(widthPx, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heightPx, 1);
        if (3L * widthPx * heightPx != pixels.Length)
        {
            throw new ArgumentException($"A picture of {widthPx} × {heightPx} px needs {3L * widthPx * heightPx} bytes; got {pixels.Length}.", nameof(pixels));
        }

        WidthPx = widthPx;
        HeightPx = heightPx;
        Pixels = pixels;
    }

    /// <summary>Width in px.</summary>
    public int WidthPx { get; }

    /// <summary>Height in px.</summary>
    public int HeightPx { get; }

    /// <summary>Red, green, blue of each pixel, row by row.</summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <summary>Red, green and blue of one pixel, 0…255.</summary>
    /// <param name="x">Column, 0 … <see cref="WidthPx"/> − 1.</param>
    /// <param name="y">Row, 0 … <see cref="HeightPx"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The place is outside the picture.</exception>
    public (byte Red, byte Green, byte Blue) this[int x, int y]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(x);
            ArgumentOutOfRangeException.ThrowIfNegative(y);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(x, WidthPx);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(y, HeightPx);
            ReadOnlySpan<byte> pixel = Pixels.Span.Slice(3 * ((y * WidthPx) + x), 3);
            return (pixel[0], pixel[1], pixel[2]);
        }
    }
}
