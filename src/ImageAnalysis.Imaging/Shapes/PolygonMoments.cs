namespace ImageAnalysis.Imaging;

/// <summary>Area, centroid and second moments of the plane inside a polygon.</summary>
/// <param name="AreaPx2">Area in px² (squares of the pixel width); 0 or more.</param>
/// <param name="Centroid">Centre of mass in pixel coordinates.</param>
/// <param name="MomentXxPx2">Mean of (x − x̄)² over the area, in px².</param>
/// <param name="MomentXyPx2">Mean of (x − x̄)(y − ȳ) over the area, in px², y down.</param>
/// <param name="MomentYyPx2">Mean of (y − ȳ)² over the area, in px².</param>
public sealed record PolygonMoments(double AreaPx2, PointPx Centroid, double MomentXxPx2, double MomentXyPx2, double MomentYyPx2);
