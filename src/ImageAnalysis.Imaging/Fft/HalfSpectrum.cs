using System.Numerics;

namespace ImageAnalysis.Imaging;

/// <summary>
/// The Fourier transform of a real image: the columns u = 0…⌊width/2⌋ of all rows v, since the rest follows from
/// F(−u, −v) = F(u, v)*. A buffer to be filled, changed and used again; not to be written to by two threads at once.
/// </summary>
/// <remarks>
/// F(u, v) has u periods over the image's width and v over its height; rows v above height/2 are the negative frequencies v − height.
/// Real and imaginary parts lie in two planes, row by row, <see cref="Stride"/> floats from one row to the next:
/// <c>Re[v * Stride + u]</c>, <c>Im[v * Stride + u]</c>. What lies between <see cref="ColumnCount"/> and <see cref="Stride"/> has no meaning,
/// so that loops may run over whole planes.
/// </remarks>
public sealed class HalfSpectrum
{
    private readonly SplitPlanes _planes;

    /// <summary>Makes a spectrum of zeros for images of one size.</summary>
    /// <param name="widthPx">Width of the image in px; 1 or more.</param>
    /// <param name="heightPx">Height of the image in px; 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width or height is below 1.</exception>
    public HalfSpectrum(int widthPx, int heightPx)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(widthPx, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heightPx, 1);
        WidthPx = widthPx;
        HeightPx = heightPx;
        ColumnCount = (widthPx / 2) + 1;
        _planes = new SplitPlanes(ColumnCount, heightPx);
    }

    /// <summary>Width of the image in px.</summary>
    public int WidthPx { get; }

    /// <summary>Height of the image in px: the number of rows v.</summary>
    public int HeightPx { get; }

    /// <summary>Number of columns u: ⌊width/2⌋ + 1.</summary>
    public int ColumnCount { get; }

    /// <summary>Floats from the start of a row to the start of the next, in each plane.</summary>
    public int Stride => _planes.Stride;

    /// <summary>The plane of real parts: height × stride values.</summary>
    public Span<float> Re => _planes.Re;

    /// <summary>The plane of imaginary parts: height × stride values.</summary>
    public Span<float> Im => _planes.Im;

    internal SplitPlanes Planes => _planes;

    /// <summary>One value of the whole spectrum.</summary>
    /// <param name="u">Periods over the width, of either sign; taken modulo the width.</param>
    /// <param name="v">Periods over the height, of either sign; taken modulo the height.</param>
    /// <returns>F(u, v), or for the half that is not stored F(−u, −v)*.</returns>
    public Complex this[int u, int v]
    {
        get
        {
            int column = Modulo(u, WidthPx);
            int row = Modulo(v, HeightPx);
            if (column < ColumnCount)
            {
                return _planes[column, row];
            }

            return Complex.Conjugate(_planes[WidthPx - column, Modulo(-row, HeightPx)]);
        }
    }

    private static int Modulo(int value, int size) => ((value % size) + size) % size;
}
