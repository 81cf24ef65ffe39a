namespace ImageAnalysis.Core;

/// <summary>What one peak adds to one column of derivatives: so many times its profile and the profile's own derivatives.</summary>
/// <param name="Column">The column.</param>
/// <param name="Value">Times the profile.</param>
/// <param name="Centre">Times the derivative by the centre.</param>
/// <param name="Width">Times the derivative by the width.</param>
/// <param name="Shape">Times the derivative by the shape (η of a pseudo-Voigt, the spread of sizes of spheres).</param>
internal readonly record struct ProfileShare(int Column, double Value, double Centre, double Width, double Shape);
