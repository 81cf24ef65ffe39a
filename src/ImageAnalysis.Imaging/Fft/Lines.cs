namespace ImageAnalysis.Imaging;

/// <summary>
/// Eight complex lines side by side, one per SIMD lane: element i of all eight has its real parts in the eight floats from
/// <c>Re + i·Stride</c> and its imaginary parts <c>Im</c> floats further on.
/// </summary>
/// <remarks>
/// Lines in a work buffer are [8 real parts][8 imaginary parts] for each element, which is one cache line (<see cref="Packed"/>).
/// Eight neighbouring columns of an image with split real and imaginary planes are such lines too, without any copying.
/// </remarks>
internal readonly unsafe struct Lines
{
    /// <summary>Number of lines, and of floats in a vector.</summary>
    internal const int Count = 8;

    /// <summary>Floats of an element in a work buffer: eight real parts and eight imaginary parts.</summary>
    internal const int PackedStride = 2 * Count;

    internal readonly float* Re;
    internal readonly nint Im;
    internal readonly nint Stride;

    internal Lines(float* re, nint im, nint stride)
    {
        Re = re;
        Im = im;
        Stride = stride;
    }

    internal static Lines Packed(float* buffer) => new(buffer, Count, PackedStride);

    /// <summary>The eight lines that begin a number of floats further on: in planes, that number of columns to the right.</summary>
    internal Lines From(int floats) => new(Re + floats, Im, Stride);

    /// <summary>
    /// The same lines with real and imaginary parts exchanged. A forward transform of exchanged lines into exchanged lines is the inverse
    /// transform without its factor 1/N: swap(z) = i·conj(z), hence swap(F(swap(z))) = conj(F(conj(z))) = N·F⁻¹(z).
    /// </summary>
    internal Lines Swapped() => new(Re + Im, -Im, Stride);
}
