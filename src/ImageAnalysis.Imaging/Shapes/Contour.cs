namespace ImageAnalysis.Imaging;

/// <summary>A line of equal intensity, or the outline of a region.</summary>
/// <param name="Points">The corners of the line in order; a closed line does not repeat its first point.</param>
/// <param name="IsClosed">True when the last point is joined to the first; false when both ends lie on the image's edge.</param>
public sealed record Contour(IReadOnlyList<PointPx> Points, bool IsClosed);
