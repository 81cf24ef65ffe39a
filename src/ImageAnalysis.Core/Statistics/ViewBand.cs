namespace ImageAnalysis.Core;

/// <summary>Lattice planes that show fringes while their normal lies near the image plane.</summary>
/// <param name="H">Miller index h.</param>
/// <param name="K">Miller index k.</param>
/// <param name="L">Miller index l; not all three 0.</param>
/// <param name="TiltDeg">The fringes show while the normal is tilted out of the image plane by at most this, degrees; 0 … 90.</param>
public readonly record struct ViewBand(int H, int K, int L, double TiltDeg);
