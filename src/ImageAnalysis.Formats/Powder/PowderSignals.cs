using System.Runtime.InteropServices;
using ImageAnalysis.Core;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Powder;

/// <summary>Makes signals of the ranges of a pattern file.</summary>
internal static class PowderSignals
{
    /// <summary>Why no powder pattern is measured as an image.</summary>
    private const string NoImage = "a powder diffraction pattern, no image of particles";

    /// <summary>A range over 2θ.</summary>
    /// <param name="pattern">The range.</param>
    /// <param name="acquiredAt">Date and time in the file's own words, or <c>null</c>.</param>
    /// <param name="unit">Unit of the angle in the file's own words; empty where it gives none.</param>
    public static Signal Of(PowderPattern pattern, string? acquiredAt = null, string unit = "") => new()
    {
        Kind = SignalKind.Powder,
        FrameCount = 1,
        WidthPx = pattern.PointCount,
        HeightPx = 1,
        Type = PixelType.Float64,
        UnitAsStored = unit,
        NotMeasurableReason = NoImage,
        Pattern = pattern,
        Acquisition = new Acquisition { AcquiredAt = acquiredAt, ExposureSeconds = pattern.CountingTimeSeconds, Simulated = pattern.IsSimulated },
        Decode = frame => Block(frame, [.. pattern.IntensityCounts]),
    };

    /// <summary>A range that is no powder pattern, such as a rocking curve; listed, and not measurable.</summary>
    /// <param name="intensities">Its intensities; at least one.</param>
    /// <param name="reason">Why it is no powder pattern.</param>
    /// <param name="acquiredAt">Date and time in the file's own words, or <c>null</c>.</param>
    public static Signal Refused(IReadOnlyList<double> intensities, string reason, string? acquiredAt = null) => new()
    {
        Kind = SignalKind.Other,
        FrameCount = 1,
        WidthPx = intensities.Count,
        HeightPx = 1,
        Type = PixelType.Float64,
        NotMeasurableReason = reason,
        Acquisition = new Acquisition { AcquiredAt = acquiredAt },
        Decode = frame => Block(frame, [.. intensities]),
    };

    private static PixelBlock Block(int frame, double[] intensities)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame, 0);
        if (!BitConverter.IsLittleEndian)
        {
            Span<long> words = MemoryMarshal.Cast<double, long>(intensities.AsSpan());
            System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(words, words);
        }

        return new PixelBlock(PixelType.Float64, intensities.Length, 1, MemoryMarshal.AsBytes(intensities.AsSpan()).ToArray());
    }
}
