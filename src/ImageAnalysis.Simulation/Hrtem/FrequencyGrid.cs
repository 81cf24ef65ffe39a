namespace ImageAnalysis.Simulation;

/// <summary>The spatial frequencies of a grid, in nm⁻¹, in the order of its Fourier transform, and the circle that they are cut off at.</summary>
internal sealed class FrequencyGrid
{
    public FrequencyGrid(int widthPx, int heightPx, double pixelWidthNm, double pixelHeightNm, double bandLimitFraction)
    {
        (WidthPx, HeightPx) = (widthPx, heightPx);
        (PixelWidthNm, PixelHeightNm) = (pixelWidthNm, pixelHeightNm);
        X = Frequencies(widthPx, pixelWidthNm);
        Y = Frequencies(heightPx, pixelHeightNm);
        Limit = bandLimitFraction * 0.5 / Math.Max(pixelWidthNm, pixelHeightNm);
    }

    public int WidthPx { get; }

    public int HeightPx { get; }

    public double PixelWidthNm { get; }

    public double PixelHeightNm { get; }

    /// <summary>Frequencies of the columns; negative ones behind.</summary>
    public double[] X { get; }

    /// <summary>Frequencies of the rows; positive ones point down.</summary>
    public double[] Y { get; }

    /// <summary>Radius of the circle.</summary>
    public double Limit { get; }

    /// <summary>The last column of a row that lies inside the circle, on the side of positive frequencies; −1 where none does. On the other side there are as many, without 0.</summary>
    public int LastColumn(int row) => LastColumn(row, Limit);

    /// <summary>The same for a circle of another radius.</summary>
    public int LastColumn(int row, double radius)
    {
        double rest = (radius * radius) - (Y[row] * Y[row]);
        return rest < 0 ? -1 : Math.Min((int)Math.Floor(Math.Sqrt(rest) * WidthPx * PixelWidthNm * (1 + 1e-12)), (WidthPx - 1) / 2);
    }

    private static double[] Frequencies(int count, double pixelNm)
    {
        double[] frequencies = new double[count];
        for (int i = 0; i < count; i++)
        {
            frequencies[i] = (i <= count / 2 ? i : i - count) / (count * pixelNm);
        }

        return frequencies;
    }
}
