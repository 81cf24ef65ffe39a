namespace ImageAnalysis.Core;

/// <summary>A fraction with its confidence interval.</summary>
/// <param name="ValueFraction">The estimate.</param>
/// <param name="LowFraction">Lower end of the interval.</param>
/// <param name="HighFraction">Upper end of the interval.</param>
/// <param name="LevelFraction">Confidence level of the interval, such as 0.95.</param>
public sealed record FractionInterval(double ValueFraction, double LowFraction, double HighFraction, double LevelFraction);
