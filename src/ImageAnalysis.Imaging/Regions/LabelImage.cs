namespace ImageAnalysis.Imaging;

/// <summary>An image cut into numbered regions.</summary>
/// <param name="Labels">0 in the background, 1 … <paramref name="Count"/> in the regions.</param>
/// <param name="Count">Number of regions; the largest label.</param>
public sealed record LabelImage(Raster<int> Labels, int Count);
