namespace ImageAnalysis.Samples;

/// <summary>
/// Which particle a decision is about, in terms of its image and not of a run: so it is found again after a run with other options, on another machine, or under
/// another name of the file.
/// </summary>
public sealed record ParticleKey
{
    /// <summary>SHA-256 of the image file's bytes, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Number of the frame within the file, from 0; <c>null</c> for the only one.</summary>
    public int? Frame { get; init; }

    /// <summary>The stage that measured it.</summary>
    public required ReviewStage Stage { get; init; }

    /// <summary>Centre, column in px.</summary>
    public required double XPx { get; init; }

    /// <summary>Centre, row in px.</summary>
    public required double YPx { get; init; }

    /// <summary>Left edge of the box around it, px.</summary>
    public required double X0Px { get; init; }

    /// <summary>Upper edge of the box, px.</summary>
    public required double Y0Px { get; init; }

    /// <summary>Right edge of the box, px.</summary>
    public required double X1Px { get; init; }

    /// <summary>Lower edge of the box, px.</summary>
    public required double Y1Px { get; init; }

    /// <summary>Whether another key is of the same image and stage.</summary>
    /// <param name="other">The other key.</param>
    /// <returns>True for the same bytes, frame and stage.</returns>
    public bool IsSameImage(ParticleKey other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Stage == other.Stage && Sha256 == other.Sha256 && (Frame ?? 0) == (other.Frame ?? 0);
    }

    /// <summary>Distance of two centres, px.</summary>
    /// <param name="other">The other key.</param>
    /// <returns>The distance.</returns>
    internal double DistancePx(ParticleKey other) => Math.Sqrt(((XPx - other.XPx) * (XPx - other.XPx)) + ((YPx - other.YPx) * (YPx - other.YPx)));

    /// <summary>Area that two boxes share over the area that they cover together, 0…1.</summary>
    /// <param name="other">The other key.</param>
    /// <returns>The share.</returns>
    public double OverlapFraction(ParticleKey other)
    {
        double width = Math.Min(X1Px, other.X1Px) - Math.Max(X0Px, other.X0Px), height = Math.Min(Y1Px, other.Y1Px) - Math.Max(Y0Px, other.Y0Px);
        double both = Math.Max(0, width) * Math.Max(0, height), all = Area() + other.Area() - both;
        return all > 0 ? both / all : 0;
    }

    /// <summary>The shorter side of the box, px.</summary>
    internal double ShortSidePx => Math.Min(X1Px - X0Px, Y1Px - Y0Px);

    private double Area() => Math.Max(0, X1Px - X0Px) * Math.Max(0, Y1Px - Y0Px);
}
