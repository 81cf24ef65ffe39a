namespace ImageAnalysis.Imaging;

/// <summary>The neighbourhood that a morphological operation looks at: symmetric about its centre, each row one run of pixels.</summary>
public sealed class StructuringElement
{
    private StructuringElement(int[] halfWidths, bool isSquare)
    {
        HalfWidths = halfWidths;
        IsSquare = isSquare;
    }

    /// <summary>Largest distance of a row or column from the centre, in px.</summary>
    public int RadiusPx => HalfWidths.Length / 2;

    /// <summary>Half width of the rows −radius … radius: row dy holds the pixels |dx| ≤ half width.</summary>
    internal int[] HalfWidths { get; }

    internal bool IsSquare { get; }

    /// <summary>All pixels whose centres lie within a radius: dx² + dy² ≤ r².</summary>
    /// <param name="radiusPx">Radius r in px, 0 … 1000; 1 gives the cross of five pixels, 1.5 the square of nine.</param>
    /// <returns>The disc.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The radius is outside its range.</exception>
    public static StructuringElement Disc(double radiusPx)
    {
        Guard.Within(radiusPx, 0, 1000);
        int rows = (int)Math.Floor(radiusPx);
        int[] halfWidths = new int[(2 * rows) + 1];
        for (int dy = -rows; dy <= rows; dy++)
        {
            halfWidths[dy + rows] = (int)Math.Floor(Math.Sqrt((radiusPx * radiusPx) - (dy * dy)));
        }

        return new StructuringElement(halfWidths, isSquare: false);
    }

    /// <summary>The square of 2r + 1 by 2r + 1 pixels.</summary>
    /// <param name="radiusPx">r in px, 0 … 1000.</param>
    /// <returns>The square.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The radius is outside its range.</exception>
    public static StructuringElement Square(int radiusPx)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(radiusPx);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(radiusPx, 1000);
        int[] halfWidths = new int[(2 * radiusPx) + 1];
        Array.Fill(halfWidths, radiusPx);
        return new StructuringElement(halfWidths, isSquare: true);
    }
}
