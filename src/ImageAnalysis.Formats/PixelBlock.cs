namespace ImageAnalysis.Formats;

/// <summary>The number type of stored pixels.</summary>
public enum PixelType
{
    /// <summary>One byte a pixel, 0 or 1.</summary>
    Bool,

    /// <summary>Unsigned 8-bit integer.</summary>
    UInt8,

    /// <summary>Signed 8-bit integer.</summary>
    Int8,

    /// <summary>Unsigned 16-bit integer.</summary>
    UInt16,

    /// <summary>Signed 16-bit integer.</summary>
    Int16,

    /// <summary>Unsigned 32-bit integer.</summary>
    UInt32,

    /// <summary>Signed 32-bit integer.</summary>
    Int32,

    /// <summary>Unsigned 64-bit integer.</summary>
    UInt64,

    /// <summary>Signed 64-bit integer.</summary>
    Int64,

    /// <summary>Half precision.</summary>
    Float16,

    /// <summary>Single precision.</summary>
    Float32,

    /// <summary>Double precision.</summary>
    Float64,

    /// <summary>Two single-precision numbers a pixel: real, imaginary.</summary>
    Complex64,

    /// <summary>Two double-precision numbers a pixel: real, imaginary.</summary>
    Complex128,

    /// <summary>True colour, 8 bits a channel.</summary>
    Rgb8,

    /// <summary>True colour, 16 bits a channel.</summary>
    Rgb16,
}

/// <summary>
/// Extreme values and sums of stored pixels, computed in double precision from the stored numbers. Pixels that are not finite are left out and counted apart.
/// </summary>
/// <param name="MinCounts">Smallest finite value, or <c>null</c> where there is none.</param>
/// <param name="MaxCounts">Largest finite value, or <c>null</c> where there is none.</param>
/// <param name="SumCounts">Sum of all finite values, or <c>null</c> where there is none.</param>
/// <param name="CornersCounts">Values at top-left, top-right, bottom-left, bottom-right; <c>null</c> for one that is not finite.</param>
/// <param name="NonFinitePixelCount">Number of pixels that are NaN or infinite.</param>
public sealed record PixelStatistics(
    double? MinCounts,
    double? MaxCounts,
    double? SumCounts,
    IReadOnlyList<double?> CornersCounts,
    int NonFinitePixelCount);

/// <summary>One decoded frame in its stored number type.</summary>
/// <param name="Type">The number type of a pixel.</param>
/// <param name="WidthPx">Width in px.</param>
/// <param name="HeightPx">Height in px.</param>
/// <param name="LittleEndianBytes">The pixels, row by row from the top, little-endian, without padding.</param>
public sealed record PixelBlock(PixelType Type, int WidthPx, int HeightPx, ReadOnlyMemory<byte> LittleEndianBytes);
