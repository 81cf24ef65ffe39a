namespace ImageAnalysis.Core;

/// <summary>One parameter of a powder fit.</summary>
/// <param name="Name">Its name, such as <c>a</c>, <c>size</c>, <c>occupancy Cu1</c> or <c>B Cu</c>.</param>
/// <param name="Value">Its value in the unit <paramref name="Unit"/>.</param>
/// <param name="Sigma">
/// One standard deviation in the same unit, from the normal matrix with the equations taken into account; on a bound, the distance into the allowed range over which χ² rises by as much as one
/// standard deviation does elsewhere. <c>null</c> for a parameter that is not refined or that the pattern does not determine at all.
/// </param>
/// <param name="Unit">The unit; empty for a ratio.</param>
/// <param name="IsFixed">Whether it was held.</param>
/// <param name="IsAtBound">Whether it rests on one of its bounds.</param>
public sealed record FitParameter(string Name, double Value, double? Sigma, string Unit, bool IsFixed, bool IsAtBound);
