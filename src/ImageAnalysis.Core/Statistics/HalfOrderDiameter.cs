namespace ImageAnalysis.Core;

/// <summary>The diameter at which half of the particles are ordered.</summary>
/// <param name="ValueNm">The estimate, nm; <c>null</c> where it is not determined, or lies outside the diameters measured.</param>
/// <param name="LowNm">Lower end of its interval, nm; <c>null</c> where the interval is open: it would begin below the smallest diameter measured, or nothing is determined.</param>
/// <param name="HighNm">Upper end of its interval, nm; <c>null</c> where the interval is open above.</param>
/// <param name="Words">The result in words, such as "4.9 nm (4.5 to 5.4 nm)" or "not determined: …".</param>
public sealed record HalfOrderDiameter(double? ValueNm, double? LowNm, double? HighNm, string Words);
