using System.Numerics;

namespace ImageAnalysis.Imaging;

/// <summary>
/// A grid of complex values, such as a wave or its Fourier transform: two planes of floats, real and imaginary parts. A buffer to be filled,
/// changed and used again; not to be written to by two threads at once.
/// </summary>
/// <remarks>
/// Row by row, <see cref="Stride"/> floats from one row to the next: <c>Re[y * Stride + x]</c>, <c>Im[y * Stride + x]</c>. What lies between
/// <see cref="WidthPx"/> and <see cref="Stride"/> has no meaning, so that loops may run over whole planes. As a Fourier transform, x is
/// the frequency u and y the frequency v; above half the width or height they are the negative frequencies u − width, v − height.
/// </remarks>
public sealed class ComplexRaster
{
    private readonly SplitPlanes _planes;

    /// <summary>Makes a raster of zeros.</summary>
    /// <param name="widthPx">Width in px; 1 or more.</param>
    /// <param name="heightPx">Height in px; 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width or height is below 1.</exception>
    public ComplexRaster(int widthPx, int heightPx)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(widthPx, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heightPx, 1);
        WidthPx = widthPx;
        HeightPx = heightPx;
        _planes = new SplitPlanes(widthPx, heightPx);
    }

    /// <summary>Width in px.</summary>
    public int WidthPx { get; }

    /// <summary>Height in px.</summary>
    public int HeightPx { get; }

    /// <summary>Floats from the start of a row to the start of the next, in each plane.</summary>
    public int Stride => _planes.Stride;

    /// <summary>The plane of real parts: height × stride values.</summary>
    public Span<float> Re => _planes.Re;

    /// <summary>The plane of imaginary parts: height × stride values.</summary>
    public Span<float> Im => _planes.Im;

    internal SplitPlanes Planes => _planes;

    /// <summary>One value.</summary>
    /// <param name="x">Column, 0 … <see cref="WidthPx"/> − 1.</param>
    /// <param name="y">Row, 0 … <see cref="HeightPx"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The place is outside the raster.</exception>
    public Complex this[int x, int y]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(x);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(x, WidthPx);
            ArgumentOutOfRangeException.ThrowIfNegative(y);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(y, HeightPx);
            return _planes[x, y];
        }
    }
}
