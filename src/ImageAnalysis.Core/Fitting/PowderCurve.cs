namespace ImageAnalysis.Core;

/// <summary>The measured and the fitted pattern, point by point.</summary>
/// <param name="TwoThetaDeg">Scattering angles, degrees.</param>
/// <param name="ObservedCounts">Measured intensities.</param>
/// <param name="CalculatedCounts">Fitted intensities.</param>
/// <param name="BackgroundCounts">Fitted background, holder's peak and halo included.</param>
/// <param name="SigmaCounts">Standard deviations that the weights rest on.</param>
public sealed record PowderCurve(
    IReadOnlyList<double> TwoThetaDeg, IReadOnlyList<double> ObservedCounts, IReadOnlyList<double> CalculatedCounts, IReadOnlyList<double> BackgroundCounts, IReadOnlyList<double> SigmaCounts);
