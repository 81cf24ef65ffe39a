using ImageAnalysis.Imaging;

namespace ImageAnalysis.Lattice;

/// <summary>
/// A bank of complex Gabor filters of one width: for each of many frequencies g the amplitude a_g(x) = (I ∗ [G_σ e^(2πig·x)]) with its carrier taken off, on a coarse grid, since it is limited to
/// the band of the Gaussian.
/// </summary>
/// <remarks>
/// The filter's transform is exp(−|f − g|²/2σ_f²), σ_f = 1/(2πσ). In white noise of power density D (counts² nm²), E|a|² = π σ_f² D. D. Gabor, J. IEE 93 (1946) 429, doi 10.1049/ji-3-2.1946.0074 (not
/// opened).
/// </remarks>
internal sealed class GaborLevel
{
    private const double Reach = 3.2; // the band is cut at this many σ_f

    private readonly WorkImage _work;
    private readonly float[] _gaussX;
    private readonly float[] _gaussY;
    private readonly int _reachX;
    private readonly int _reachY;
    private readonly ComplexRaster _buffer;
    private readonly float[] _coverage;

    public GaborLevel(WorkImage work, double sigmaNm, int refine = 1)
    {
        _work = work;
        SigmaNm = sigmaNm;
        SigmaPerNm = 1 / (2 * Math.PI * sigmaNm);
        _reachX = Math.Max(1, (int)(Reach * SigmaPerNm * work.FieldWidthNm));
        _reachY = Math.Max(1, (int)(Reach * SigmaPerNm * work.FieldHeightNm));
        GridWidth = Fast(((2 * _reachX) + 1) * refine);
        GridHeight = Fast(((2 * _reachY) + 1) * refine);
        _gaussX = Gauss(_reachX, work.FieldWidthNm, SigmaPerNm);
        _gaussY = Gauss(_reachY, work.FieldHeightNm, SigmaPerNm);
        _buffer = new ComplexRaster(GridWidth, GridHeight);
        _coverage = Coverage();
    }

    /// <summary>Standard deviation of the filters' envelope, nm.</summary>
    public double SigmaNm { get; }

    /// <summary>Standard deviation of the filters' transform, nm⁻¹.</summary>
    public double SigmaPerNm { get; }

    public int GridWidth { get; }

    public int GridHeight { get; }

    public double StepXNm => _work.FieldWidthNm / GridWidth;

    public double StepYNm => _work.FieldHeightNm / GridHeight;

    /// <summary>The share of a filter's noise power that lies within the untapered image, at each place of the grid.</summary>
    public ReadOnlySpan<float> CoverageFraction => _coverage;

    /// <summary>The latest answer.</summary>
    public ComplexRaster Answer => _buffer;

    /// <summary>The bin nearest to a frequency.</summary>
    public (int U, int V) BinOf(double gx, double gy) => ((int)Math.Round(gx * _work.FieldWidthNm), (int)Math.Round(gy * _work.FieldHeightNm));

    /// <summary>Computes the amplitudes of the filter at a bin into <see cref="Answer"/>.</summary>
    /// <param name="u">Periods over the width.</param>
    /// <param name="v">Periods over the height.</param>
    public void Filter(int u, int v)
    {
        int halfWidth = _work.Width / 2, halfHeight = _work.Height / 2, stride = _buffer.Stride;
        Span<float> re = _buffer.Re, im = _buffer.Im;
        re.Clear();
        im.Clear();

        // The inverse transform divides by the number of its points; the spectrum is divided by that of the image already.
        float scale = GridWidth * (float)GridHeight;
        for (int dv = -_reachY; dv <= _reachY; dv++)
        {
            int row = v + dv + halfHeight;
            if (row <= 0 || row >= _work.Height)
            {
                continue;
            }

            float factor = scale * _gaussY[dv + _reachY];
            int to = (dv < 0 ? dv + GridHeight : dv) * stride;
            int from = (row * _work.Width) + u + halfWidth;
            int first = Math.Max(-_reachX, 1 - halfWidth - u), last = Math.Min(_reachX, halfWidth - 1 - u);
            for (int du = first; du <= last; du++)
            {
                float weight = factor * _gaussX[du + _reachX];
                int at = to + (du < 0 ? du + GridWidth : du);
                re[at] = _work.Re[from + du] * weight;
                im[at] = _work.Im[from + du] * weight;
            }
        }

        ComplexFft2D.Plan(GridWidth, GridHeight).Inverse(_buffer, _buffer);
    }

    /// <summary>Writes |a|² of the latest answer.</summary>
    /// <param name="power">Takes grid width × height values.</param>
    public void CopyPower(Span<float> power)
    {
        ReadOnlySpan<float> re = _buffer.Re, im = _buffer.Im;
        for (int y = 0; y < GridHeight; y++)
        {
            ReadOnlySpan<float> rowRe = re.Slice(y * _buffer.Stride, GridWidth), rowIm = im.Slice(y * _buffer.Stride, GridWidth);
            Span<float> to = power.Slice(y * GridWidth, GridWidth);
            for (int x = 0; x < to.Length; x++)
            {
                to[x] = (rowRe[x] * rowRe[x]) + (rowIm[x] * rowIm[x]);
            }
        }
    }

    private static int Fast(int least)
    {
        int size = Math.Max(4, least + (least % 2));
        while (!WorkImage.IsFast(size))
        {
            size += 2;
        }

        return size;
    }

    private static float[] Gauss(int reach, double fieldNm, double sigmaPerNm)
    {
        float[] values = new float[(2 * reach) + 1];
        for (int i = -reach; i <= reach; i++)
        {
            double f = i / fieldNm / sigmaPerNm;
            values[i + reach] = (float)Math.Exp(-0.5 * f * f);
        }

        return values;
    }

    private float[] Coverage()
    {
        // |G|² has the standard deviation σ/√2.
        double[] x = Covered(_work.TaperX, GridWidth, _work.FieldWidthNm), y = Covered(_work.TaperY, GridHeight, _work.FieldHeightNm);
        float[] coverage = new float[GridWidth * GridHeight];
        for (int j = 0; j < GridHeight; j++)
        {
            for (int i = 0; i < GridWidth; i++)
            {
                coverage[(j * GridWidth) + i] = (float)(x[i] * y[j]);
            }
        }

        return coverage;
    }

    // The field repeats itself as the transform does: what lies beyond one side comes in at the other, and is noise as good as any.
    private double[] Covered(float[] taper, int count, double fieldNm)
    {
        double[] covered = new double[count];
        double step = fieldNm / taper.Length, sigma = SigmaNm / Math.Sqrt(2);
        int reach = Math.Min(taper.Length / 2, (int)Math.Ceiling(3 * sigma / step));
        for (int i = 0; i < count; i++)
        {
            int middle = (int)Math.Round((double)i * taper.Length / count);
            double sum = 0, all = 0;
            for (int k = -reach; k <= reach; k++)
            {
                double weight = Math.Exp(-0.5 * k * step * k * step / (sigma * sigma));
                float t = taper[(((middle + k) % taper.Length) + taper.Length) % taper.Length];
                sum += weight * t * t;
                all += weight;
            }

            covered[i] = sum / all;
        }

        return covered;
    }
}
