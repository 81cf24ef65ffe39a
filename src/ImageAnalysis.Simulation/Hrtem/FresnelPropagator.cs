using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation;

/// <summary>Free flight of a wave over a distance, in Fourier space: exp(−iπλΔz g²) within the grid's circle of frequencies, nothing beyond it.</summary>
internal sealed class FresnelPropagator
{
    private readonly FrequencyGrid grid;
    private readonly float[] xRe;
    private readonly float[] xIm;
    private readonly float[] yRe;
    private readonly float[] yIm;

    public FresnelPropagator(FrequencyGrid grid, double wavelengthNm, double distanceNm)
    {
        this.grid = grid;
        (xRe, xIm) = Phases(grid.X, wavelengthNm * distanceNm);
        (yRe, yIm) = Phases(grid.Y, wavelengthNm * distanceNm);
    }

    /// <summary>Multiplies a spectrum with the propagator.</summary>
    public void Apply(ComplexRaster spectrum)
    {
        int width = grid.WidthPx;
        for (int row = 0; row < grid.HeightPx; row++)
        {
            int last = grid.LastColumn(row);
            Span<float> re = spectrum.Re.Slice(row * spectrum.Stride, width);
            Span<float> im = spectrum.Im.Slice(row * spectrum.Stride, width);
            int firstNegative = last < 0 ? width : width - last;
            re[(last + 1)..firstNegative].Clear();
            im[(last + 1)..firstNegative].Clear();
            Turn(re[..(last + 1)], im[..(last + 1)], 0, row);
            Turn(re[firstNegative..], im[firstNegative..], firstNegative, row);
        }
    }

    private void Turn(Span<float> re, Span<float> im, int column, int row) =>
        WaveArithmetic.Multiply(re, im, xRe.AsSpan(column, re.Length), xIm.AsSpan(column, re.Length), yRe[row], yIm[row], re, im);

    /// <summary>exp(−iπλΔz g²) along one axis.</summary>
    internal static (float[] Re, float[] Im) Phases(double[] frequencies, double wavelengthTimesDistance)
    {
        float[] re = new float[frequencies.Length], im = new float[frequencies.Length];
        for (int i = 0; i < frequencies.Length; i++)
        {
            (double sin, double cos) = Math.SinCos(-Math.PI * wavelengthTimesDistance * frequencies[i] * frequencies[i]);
            (re[i], im[i]) = ((float)cos, (float)sin);
        }

        return (re, im);
    }
}
