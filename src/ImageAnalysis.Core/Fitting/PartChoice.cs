namespace ImageAnalysis.Core;

/// <summary>Which parts of the model a pattern may ask for, given how broad its lines are.</summary>
/// <param name="Options">What the user allows.</param>
/// <param name="MostBackgroundTerms">Most terms of the background.</param>
/// <param name="SmallestHaloDeg">Smallest full width of the halo, degrees.</param>
internal sealed record PartChoice(PowderFitOptions Options, int MostBackgroundTerms, double SmallestHaloDeg)
{
    /// <summary>A background, or a halo, that bends as sharply as the lines would eat them: its waves stay more than twice, the halo more than one and a half times as broad.</summary>
    private const double WaveWidths = 2, HaloWidths = 1.5;

    /// <summary>The choice for lines of a width.</summary>
    public static PartChoice For(PowderFitOptions options, double rangeDeg, double lineWidthDeg) => new(
        options,
        Math.Clamp((int)(1 + (rangeDeg / (WaveWidths * lineWidthDeg))), Math.Min(3, options.MostBackgroundTerms), options.MostBackgroundTerms),
        Math.Clamp(HaloWidths * lineWidthDeg, 5, 15));
}
