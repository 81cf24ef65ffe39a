namespace ImageAnalysis.Imaging;

/// <summary>What is measured on one labelled region by counting its pixels.</summary>
public sealed record Region
{
    /// <summary>The region's label, 1 or more.</summary>
    public required int Label { get; init; }

    /// <summary>Number of pixels; 1 or more.</summary>
    public required int PixelCount { get; init; }

    /// <summary>First column of the bounding box [x0, x1) × [y0, y1).</summary>
    public required int X0Px { get; init; }

    /// <summary>First row of the bounding box.</summary>
    public required int Y0Px { get; init; }

    /// <summary>Column after the last of the bounding box.</summary>
    public required int X1Px { get; init; }

    /// <summary>Row after the last of the bounding box.</summary>
    public required int Y1Px { get; init; }

    /// <summary>Mean position of the pixel centres, each with weight 1.</summary>
    public required PointPx Centroid { get; init; }

    /// <summary>Mean of (x − x̄)² over the pixel centres in px²; 0 for one pixel.</summary>
    public required double MomentXxPx2 { get; init; }

    /// <summary>Mean of (x − x̄)(y − ȳ) over the pixel centres in px².</summary>
    public required double MomentXyPx2 { get; init; }

    /// <summary>Mean of (y − ȳ)² over the pixel centres in px².</summary>
    public required double MomentYyPx2 { get; init; }

    /// <summary>True when a pixel of the region lies on the first or last row or column of the image.</summary>
    public required bool TouchesBorder { get; init; }

    /// <summary>Intensities within the region, or <c>null</c> where no image was given.</summary>
    public RegionIntensity? Intensity { get; init; }
}

/// <summary>Intensities within a region.</summary>
/// <param name="SumCounts">Sum over the region's pixels in counts.</param>
/// <param name="MeanCounts">Mean in counts.</param>
/// <param name="MinCounts">Smallest in counts.</param>
/// <param name="MaxCounts">Largest in counts.</param>
public sealed record RegionIntensity(double SumCounts, double MeanCounts, double MinCounts, double MaxCounts);
