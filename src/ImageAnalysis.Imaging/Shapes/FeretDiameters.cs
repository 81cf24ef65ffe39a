namespace ImageAnalysis.Imaging;

/// <summary>The largest and the smallest distance of two parallel lines that hold a shape between them.</summary>
/// <param name="MaxPx">Largest distance of two of the shape's points, in px (pixel widths).</param>
/// <param name="MaxDirectionDeg">Direction of the line through these two points: counter-clockwise as seen from +x, 0 … 180 (180 excluded).</param>
/// <param name="MaxFrom">One of the two points.</param>
/// <param name="MaxTo">The other.</param>
/// <param name="MinPx">Smallest width over all directions, in px (pixel widths).</param>
/// <param name="MinDirectionDeg">Direction along which this width is measured: counter-clockwise as seen from +x, 0 … 180 (180 excluded).</param>
public sealed record FeretDiameters(double MaxPx, double MaxDirectionDeg, PointPx MaxFrom, PointPx MaxTo, double MinPx, double MinDirectionDeg);
