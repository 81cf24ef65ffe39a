namespace ImageAnalysis.Core;

/// <summary>Bounds of an occupancy.</summary>
/// <param name="LowFraction">The smallest it may be, 0…1.</param>
/// <param name="HighFraction">The largest it may be, 0…1 and not below the smallest.</param>
public sealed record OccupancyBounds(double LowFraction, double HighFraction);
