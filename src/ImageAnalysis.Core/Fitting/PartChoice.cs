namespace ImageAnalysis.Core;

/// <summary>Which parts of the model a pattern may ask for, given how broad its lines are.</summary>
/// <param name="Options">What the user allows.</param>
/// <param name="MostBackgroundTerms">Most terms of the background.</param>
/// <param name="SmallestHaloDeg">Smallest full width of the halo, degrees.</param>
/// <param name="HasRoomForHolder">Whether a holder's peak would be no stand-in for the shape of a sharp line.</param>
internal sealed record PartChoice(PowderFitOptions Options, int MostBackgroundTerms, double SmallestHaloDeg, bool HasRoomForHolder)
{
    /// <summary>Whether the pattern reaches down to the line ½½½ of vacancy order, and the crystal may have it.</summary>
    public bool HasHalfOrder { get; init; }

    /// <summary>Whether the model has diffuse scattering: that of spheres has.</summary>
    public bool HasDiffuse { get; init; }

    /// <summary>A background, or a halo, that bends as sharply as the lines would eat them: its waves stay more than twice, the halo more than one and a half times as broad.</summary>
    private const double WaveWidths = 2, HaloWidths = 1.5;

    /// <summary>Lines narrower than this show their own shape so well that a holder's peak beneath one of them would only mend that shape, degrees.</summary>
    private const double SharpDeg = 1;

    /// <summary>The choice for lines of a width and at certain angles.</summary>
    public static PartChoice For(PowderFitOptions options, double rangeDeg, double lineWidthDeg, IEnumerable<double> lineTwoThetaDeg) => new(
        options,
        Math.Clamp((int)(1 + (rangeDeg / (WaveWidths * lineWidthDeg))), Math.Min(3, options.MostBackgroundTerms), options.MostBackgroundTerms),
        Math.Clamp(HaloWidths * lineWidthDeg, 5, 15),
        lineWidthDeg > SharpDeg || lineTwoThetaDeg.All(place => Math.Abs(place - options.HolderTwoThetaDeg) > ModelBounds.HolderReachDeg + SharpDeg));
}
