namespace ImageAnalysis.Core;

/// <summary>The probability of order at one diameter.</summary>
/// <param name="DiameterNm">The diameter, nm.</param>
/// <param name="OrderProbability">The fitted probability that a particle of this diameter is ordered.</param>
/// <param name="LowProbability">Lower end of its interval, at this diameter alone.</param>
/// <param name="HighProbability">Upper end of its interval, at this diameter alone.</param>
public readonly record struct SizeOrderPoint(double DiameterNm, double OrderProbability, double LowProbability, double HighProbability);
