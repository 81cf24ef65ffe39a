using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <summary>Checks at the public boundary: what an image must be before it is computed with.</summary>
public static class Guard
{
    /// <summary>Throws where an image holds a NaN or an infinity. A raster that has passed is not searched again.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="name">The parameter's name for the message; the compiler fills it in.</param>
    /// <exception cref="ArgumentNullException">The image is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">A pixel is not finite; the message names the first such pixel.</exception>
    public static void Finite(Raster<float> image, [CallerArgumentExpression(nameof(image))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(image, name);
        if (image.IsKnownFinite)
        {
            return;
        }

        ReadOnlySpan<float> pixels = image.Pixels;
        if (!AllFinite(pixels))
        {
            int at = 0;
            while (float.IsFinite(pixels[at]))
            {
                at++;
            }

            throw new ArgumentException(
                $"The pixel at x = {at % image.WidthPx}, y = {at / image.WidthPx} is {(float.IsNaN(pixels[at]) ? "not a number" : "infinite")}; expected finite counts.",
                name);
        }

        image.IsKnownFinite = true;
    }

    /// <summary>Throws where two rasters that belong together differ in shape.</summary>
    /// <typeparam name="T">Type of the first raster's pixels.</typeparam>
    /// <typeparam name="TOther">Type of the other raster's pixels.</typeparam>
    /// <param name="image">The raster that gives the shape.</param>
    /// <param name="other">The raster that must have it too.</param>
    /// <param name="name">The other parameter's name for the message; the compiler fills it in.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static void SameShape<T, TOther>(Raster<T> image, Raster<TOther> other, [CallerArgumentExpression(nameof(other))] string? name = null)
        where T : unmanaged
        where TOther : unmanaged
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(other, name);
        if (image.WidthPx != other.WidthPx || image.HeightPx != other.HeightPx)
        {
            throw new ArgumentException($"The raster is {other.WidthPx} × {other.HeightPx} px; expected {image.WidthPx} × {image.HeightPx}.", name);
        }
    }

    /// <summary>Throws where a parameter is not a finite number above a limit.</summary>
    internal static void Above(double value, double limit, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(double.IsFinite(value) && value > limit))
        {
            throw new ArgumentOutOfRangeException(name, value, $"Expected a finite number above {limit}.");
        }
    }

    /// <summary>Throws where a parameter is not a finite number in a closed range.</summary>
    internal static void Within(double value, double low, double high, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(value >= low && value <= high && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(name, value, $"Expected a finite number from {low} to {high}.");
        }
    }

    private static bool AllFinite(ReadOnlySpan<float> values)
    {
        // |v| ≤ MaxValue is false for NaN and for both infinities.
        Vector256<float> largest = Vector256.Create(float.MaxValue);
        Vector256<float> good = Vector256<float>.AllBitsSet;
        ref float first = ref MemoryMarshal.GetReference(values);
        int i = 0;
        for (; i <= values.Length - (2 * Vector256<float>.Count); i += 2 * Vector256<float>.Count)
        {
            Vector256<float> a = Vector256.Abs(Vector256.LoadUnsafe(ref first, (nuint)i));
            Vector256<float> b = Vector256.Abs(Vector256.LoadUnsafe(ref first, (nuint)(i + Vector256<float>.Count)));
            good &= Vector256.LessThanOrEqual(a, largest) & Vector256.LessThanOrEqual(b, largest);
        }

        bool all = good.ExtractMostSignificantBits() == 0xFFu;
        for (; i < values.Length; i++)
        {
            all &= float.IsFinite(values[i]);
        }

        return all;
    }
}
