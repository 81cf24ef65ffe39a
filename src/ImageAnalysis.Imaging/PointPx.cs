namespace ImageAnalysis.Imaging;

/// <summary>A position in an image, below the pixel: (0, 0) is the centre of the top-left pixel, x to the right, y down.</summary>
/// <param name="XPx">Column in px.</param>
/// <param name="YPx">Row in px.</param>
public readonly record struct PointPx(double XPx, double YPx);
