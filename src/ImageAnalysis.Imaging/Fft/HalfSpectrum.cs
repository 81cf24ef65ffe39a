using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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

    /// <summary>Writes the whole spectrum, both halves, for filters that are not symmetric about frequency zero.</summary>
    /// <param name="whole">Takes the spectrum; of the image's width and height.</param>
    /// <exception cref="ArgumentException">The raster has another size.</exception>
    public void CopyTo(ComplexRaster whole)
    {
        ArgumentNullException.ThrowIfNull(whole);
        if (whole.WidthPx != WidthPx || whole.HeightPx != HeightPx)
        {
            throw new ArgumentException($"The spectrum is of {WidthPx} × {HeightPx} px, but the raster has {whole.WidthPx} × {whole.HeightPx} px.", nameof(whole));
        }

        for (int v = 0; v < HeightPx; v++)
        {
            ReadOnlySpan<float> re = Re.Slice(v * Stride, ColumnCount);
            ReadOnlySpan<float> im = Im.Slice(v * Stride, ColumnCount);
            re.CopyTo(whole.Re[(v * whole.Stride)..]);
            im.CopyTo(whole.Im[(v * whole.Stride)..]);

            // F(−u, −v) = F(u, v)*: this row's other half goes to the row of the opposite frequency.
            int opposite = Modulo(-v, HeightPx);
            Span<float> wholeRe = whole.Re.Slice(opposite * whole.Stride, WidthPx);
            Span<float> wholeIm = whole.Im.Slice(opposite * whole.Stride, WidthPx);
            for (int u = 1; u < WidthPx - ColumnCount + 1; u++)
            {
                wholeRe[WidthPx - u] = re[u];
                wholeIm[WidthPx - u] = -im[u];
            }
        }
    }

    /// <summary>Writes the power of the whole spectrum, with frequency zero in the middle.</summary>
    /// <param name="power">
    /// Takes width × height values, row by row: at x = ⌊width/2⌋ + u, y = ⌊height/2⌋ + v stands |F(u, v)|², unscaled (their sum is
    /// width·height times the sum of the squared pixels).
    /// </param>
    /// <exception cref="ArgumentException">The length is not width × height.</exception>
    public void CopyPowerTo(Span<float> power)
    {
        if ((long)WidthPx * HeightPx != power.Length)
        {
            throw new ArgumentException($"The spectrum is of {WidthPx} × {HeightPx} px, but there is room for {power.Length}.", nameof(power));
        }

        int middle = WidthPx / 2;
        Vector256<int> backwards = Vector256.Create(7, 6, 5, 4, 3, 2, 1, 0);
        for (int y = 0; y < HeightPx; y++)
        {
            // Frequencies from zero up are stored; those below zero are the powers of the opposite row, backwards.
            int v = Modulo(y - (HeightPx / 2), HeightPx);
            int opposite = Modulo(-v, HeightPx);
            ref float re = ref Re[v * Stride];
            ref float im = ref Im[v * Stride];
            ref float oppositeRe = ref Re[opposite * Stride];
            ref float oppositeIm = ref Im[opposite * Stride];
            ref float line = ref power[y * WidthPx];
            int positive = WidthPx - middle;
            int u = 0;
            for (; u <= positive - Vector256<float>.Count; u += Vector256<float>.Count)
            {
                Vector256<float> a = Vector256.LoadUnsafe(ref re, (nuint)u), b = Vector256.LoadUnsafe(ref im, (nuint)u);
                ((a * a) + (b * b)).StoreUnsafe(ref line, (nuint)(middle + u));
            }

            for (; u < positive; u++)
            {
                float a = Unsafe.Add(ref re, u), b = Unsafe.Add(ref im, u);
                Unsafe.Add(ref line, middle + u) = (a * a) + (b * b);
            }

            u = 1;
            for (; u <= middle - Vector256<float>.Count + 1; u += Vector256<float>.Count)
            {
                Vector256<float> a = Vector256.LoadUnsafe(ref oppositeRe, (nuint)u), b = Vector256.LoadUnsafe(ref oppositeIm, (nuint)u);
                Vector256.Shuffle((a * a) + (b * b), backwards).StoreUnsafe(ref line, (nuint)(middle - u - Vector256<float>.Count + 1));
            }

            for (; u <= middle; u++)
            {
                float a = Unsafe.Add(ref oppositeRe, u), b = Unsafe.Add(ref oppositeIm, u);
                Unsafe.Add(ref line, middle - u) = (a * a) + (b * b);
            }
        }
    }

    private static int Modulo(int value, int size) => ((value % size) + size) % size;
}
