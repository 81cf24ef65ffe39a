namespace ImageAnalysis.Core;

/// <summary>Where a line of the crystal lies in the fitted pattern.</summary>
/// <param name="H">Miller index h.</param>
/// <param name="K">Miller index k.</param>
/// <param name="L">Miller index l.</param>
/// <param name="TwoThetaDeg">Its place for the first wavelength, zero shift and displacement included, degrees.</param>
public sealed record PowderTick(int H, int K, int L, double TwoThetaDeg);
