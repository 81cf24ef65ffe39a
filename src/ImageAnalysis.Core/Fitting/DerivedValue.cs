namespace ImageAnalysis.Core;

/// <summary>A number that follows from the occupancies of a fit.</summary>
/// <param name="Name">Its name (<see cref="DerivedQuantity"/>).</param>
/// <param name="ValueRatio">The value.</param>
/// <param name="SigmaRatio">One standard deviation; <c>null</c> where it is held.</param>
public sealed record DerivedValue(string Name, double ValueRatio, double? SigmaRatio);
