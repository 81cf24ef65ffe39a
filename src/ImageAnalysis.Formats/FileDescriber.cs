using ImageAnalysis.Core;

namespace ImageAnalysis.Formats;

/// <summary>Describes a file for <c>ima inspect</c>.</summary>
public static class FileDescriber
{
    /// <summary>Decodes every frame of a file once and says what it holds.</summary>
    /// <param name="path">The path as it is to be shown.</param>
    /// <param name="file">The file as read.</param>
    /// <returns>The description.</returns>
    /// <exception cref="MicroscopeFileException">
    /// The pixels cannot be decoded. (Those of a form that is not read, beside an image that is, only have no statistics.)
    /// </exception>
    public static FileDescription Describe(string path, MicroscopeFile file)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(file);
        List<SignalDescription> signals = [.. file.Signals.Select(Describe)];
        Signal leading = file.Signals.FirstOrDefault(signal => signal.NotMeasurableReason is null)
            ?? file.Signals.FirstOrDefault(signal => signal.Pattern is not null) ?? file.Signals[0];
        string? reason = leading.Pattern is null
            ? (MicrographReader.ToMicrograph(file, path, frame: null) as MicrographResult.NotMeasurable)?.Reason
            : (PowderPatternReader.ToPattern(file, range: null) as PowderPatternResult.NotMeasurable)?.Reason;
        return new FileDescription(path, file.Format, leading.Kind.ToString().ToLowerInvariant(), signals, reason is null, reason, file.RawTags);
    }

    private static SignalDescription Describe(Signal signal)
    {
        PixelStatistics? all = PixelBlocks.IsScalar(signal.Type) ? StatisticsOf(signal) : null;
        bool isDiffraction = signal.Kind == SignalKind.Diffraction;
        return new SignalDescription(
            signal.FrameCount,
            signal.WidthPx,
            signal.HeightPx,
            signal.Type.ToString().ToLowerInvariant(),
            isDiffraction ? null : signal.Calibration?.PixelWidthNm,
            isDiffraction ? null : signal.Calibration?.PixelHeightNm,
            isDiffraction ? null : signal.Calibration?.Source.ToString(),
            signal.UnitAsStored.Length == 0 ? null : signal.UnitAsStored,
            signal.Acquisition.Mode,
            all?.MinCounts,
            all?.MaxCounts,
            all?.SumCounts,
            signal.Pattern is null ? all?.CornersCounts : null,
            signal.Pattern is null ? null : Describe(signal.Pattern));
    }

    private static PowderDescription Describe(PowderPattern pattern) => new(
        pattern.PointCount,
        pattern.TwoThetaDeg[0],
        pattern.TwoThetaDeg[^1],
        pattern.StepDeg,
        pattern.Wavelengths?.Alpha1Angstrom,
        pattern.Wavelengths?.Alpha2Angstrom,
        pattern.Wavelengths?.Anode,
        pattern.CountingTimeSeconds,
        pattern.Scale switch
        {
            IntensityScale.Counts => "counts",
            IntensityScale.ScaledCounts => "scaled-counts",
            _ => "unknown",
        },
        pattern.IntensitySigmaCounts is not null,
        pattern.Title.Length == 0 ? null : pattern.Title,
        pattern.IsSimulated);

    /// <summary>Statistics over all frames; <c>null</c> for a signal that says itself that its pixels are in a form that is not read.</summary>
    private static PixelStatistics? StatisticsOf(Signal signal)
    {
        try
        {
            PixelStatistics all = PixelBlocks.Statistics(signal.Decode(0));
            for (int frame = 1; frame < signal.FrameCount; frame++)
            {
                all = Merge(all, PixelBlocks.Statistics(signal.Decode(frame)));
            }

            return all;
        }
        catch (MicroscopeFileException problem) when (problem.Problem == FileProblem.NotSupported && signal.NotMeasurableReason is not null)
        {
            return null;
        }
    }

    private static PixelStatistics Merge(PixelStatistics all, PixelStatistics one) => new(
        Both(all.MinCounts, one.MinCounts, Math.Min),
        Both(all.MaxCounts, one.MaxCounts, Math.Max),
        Both(all.SumCounts, one.SumCounts, (a, b) => a + b),
        all.CornersCounts,
        all.NonFinitePixelCount + one.NonFinitePixelCount);

    private static double? Both(double? a, double? b, Func<double, double, double> join) =>
        a is double left && b is double right ? join(left, right) : a ?? b;
}
