using System.Numerics;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Lattice;

/// <summary>
/// The windowed spectrum of one crystal: S(g) = Σ w(x) (I(x) − plane) exp(−2πi g·x) with Hann tapers along x and y, on a grid of half the resolution (twice zero-padded) and exactly at
/// any frequency.
/// </summary>
/// <remarks>
/// In noise of power density D (counts² nm²), E|S|² = D Σw² / (pixel area); powers are given in that unit, as densities. The mean of |S|² over a large area A of the plane of frequencies has the relative variance of
/// A W_x W_y / 3.78 independent exponentials: 3.78 is the square of <see cref="CellRatio"/>.
/// </remarks>
internal sealed class CrystalWindow
{
    /// <summary>Σw⁴·N/(Σw²)² of one Hann taper, (35/128)/(3/8)².</summary>
    public const double CellRatio = 1.9444;

    private readonly float[] _data;
    private readonly int _columns;
    private readonly int _rows;
    private readonly double _stepX;
    private readonly double _stepY;
    private readonly double _originX;
    private readonly double _originY;
    private readonly double _toDensity;
    private readonly int _fftWidth;
    private readonly int _fftHeight;
    private readonly HalfSpectrum _spectrum;

    private CrystalWindow(WorkImage work, double xNm, double yNm, double widthNm, double heightNm)
    {
        XNm = xNm;
        YNm = yNm;
        WidthNm = widthNm;
        HeightNm = heightNm;
        _stepX = work.StepXNm;
        _stepY = work.StepYNm;
        int first = Math.Max(0, (int)Math.Ceiling((xNm - (0.5 * widthNm)) / _stepX)), last = Math.Min(work.Width - 1, (int)Math.Floor((xNm + (0.5 * widthNm)) / _stepX));
        int top = Math.Max(0, (int)Math.Ceiling((yNm - (0.5 * heightNm)) / _stepY)), bottom = Math.Min(work.Height - 1, (int)Math.Floor((yNm + (0.5 * heightNm)) / _stepY));
        _columns = Math.Max(1, last - first + 1);
        _rows = Math.Max(1, bottom - top + 1);
        _originX = (first * _stepX) - xNm;
        _originY = (top * _stepY) - yNm;
        _data = new float[_columns * _rows];
        float[] taperX = Hann(_columns, _originX, _stepX, widthNm), taperY = Hann(_rows, _originY, _stepY, heightNm);
        double sumSquares = Fill(work, first, top, taperX, taperY);
        _toDensity = _stepX * _stepY / Math.Max(sumSquares, 1e-30);
        _fftWidth = FftSize(2 * widthNm / _stepX);
        _fftHeight = FftSize(2 * heightNm / _stepY);
        _spectrum = Transform();
        SumOfWeights = taperX.Sum(static w => (double)w) * taperY.Sum(static w => (double)w);
        SumOfSquares = sumSquares;
    }

    public double XNm { get; }

    public double YNm { get; }

    /// <summary>Full width of the taper, nm.</summary>
    public double WidthNm { get; }

    /// <summary>Full height of the taper, nm.</summary>
    public double HeightNm { get; }

    /// <summary>Step between columns of the data, nm.</summary>
    public double StepXNm => _stepX;

    /// <summary>Step between rows of the data, nm.</summary>
    public double StepYNm => _stepY;

    public double SumOfWeights { get; }

    public double SumOfSquares { get; }

    /// <summary>Standard deviation of the Gaussian of the same bandwidth as the taper's, nm⁻¹: 1.5/W = √π σ_f.</summary>
    public double ResolutionPerNm => 1.5 / Math.Sqrt(Math.PI) / Math.Sqrt(WidthNm * HeightNm);

    /// <summary>Area of the plane of frequencies that holds one independent value, nm⁻².</summary>
    public double CellPerNm2 => CellRatio * CellRatio / (WidthNm * HeightNm);

    /// <summary>Step of the grid of frequencies along x, nm⁻¹.</summary>
    public double BinXPerNm => 1 / (_fftWidth * _stepX);

    public double BinYPerNm => 1 / (_fftHeight * _stepY);

    public static CrystalWindow Of(WorkImage work, double xNm, double yNm, double widthNm, double heightNm) => new(work, xNm, yNm, widthNm, heightNm);

    /// <summary>Power density at a bin of the grid.</summary>
    public double PowerAtBin(int u, int v)
    {
        if (u < 0)
        {
            (u, v) = (-u, -v);
        }

        v = v < 0 ? v + _fftHeight : v;
        int at = (v * _spectrum.Stride) + u;
        float re = _spectrum.Re[at], im = _spectrum.Im[at];
        return ((re * re) + (im * im)) * _toDensity;
    }

    /// <summary>Greatest bins of the grid.</summary>
    public (int U, int V) LastBin => ((_fftWidth / 2) - 1, (_fftHeight / 2) - 1);

    /// <summary>Power density at any frequency.</summary>
    public double PowerAt(double gx, double gy)
    {
        (double re, double im) = AmplitudeAt(gx, gy);
        return ((re * re) + (im * im)) * _toDensity;
    }

    /// <summary>Σ w I exp(−2πi g·(x − centre)), counts.</summary>
    public (double Re, double Im) AmplitudeAt(double gx, double gy)
    {
        Span<float> cos = stackalloc float[_columns], sin = stackalloc float[_columns];
        (double stepSin, double stepCos) = Math.SinCos(2 * Math.PI * gx * _stepX);
        (double s, double c) = Math.SinCos(2 * Math.PI * gx * _originX);
        for (int x = 0; x < _columns; x++)
        {
            cos[x] = (float)c;
            sin[x] = (float)s;
            (c, s) = ((c * stepCos) - (s * stepSin), (s * stepCos) + (c * stepSin));
        }

        double re = 0, im = 0;
        (double rowSin, double rowCos) = Math.SinCos(2 * Math.PI * gy * _stepY);
        (s, c) = Math.SinCos(2 * Math.PI * gy * _originY);
        for (int y = 0; y < _rows; y++)
        {
            ReadOnlySpan<float> row = _data.AsSpan(y * _columns, _columns);
            float a = Dot(row, cos), b = Dot(row, sin);
            re += (a * c) - (b * s);
            im -= (b * c) + (a * s);
            (c, s) = ((c * rowCos) - (s * rowSin), (s * rowCos) + (c * rowSin));
        }

        return (re, im);
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector<float> sums = Vector<float>.Zero;
        int i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            sums += new Vector<float>(a[i..]) * new Vector<float>(b[i..]);
        }

        float sum = Vector.Sum(sums);
        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static int FftSize(double least)
    {
        int size = 2 * (int)Math.Ceiling(0.5 * Math.Max(least, 16));
        while (!WorkImage.IsFast(size))
        {
            size += 2;
        }

        return size;
    }

    private static float[] Hann(int count, double origin, double step, double full)
    {
        float[] taper = new float[count];
        for (int i = 0; i < count; i++)
        {
            double c = Math.Cos(Math.PI * (origin + (i * step)) / full);
            taper[i] = (float)(c * c);
        }

        return taper;
    }

    // The weighted mean and slopes are taken off before the taper: the support's unevenness and the particle's own darkness.
    private double Fill(WorkImage work, int first, int top, float[] taperX, float[] taperY)
    {
        double sum = 0, sumX = 0, sumY = 0, weight = 0, weightX = 0, weightY = 0, weightXX = 0, weightYY = 0, squares = 0;
        for (int y = 0; y < _rows; y++)
        {
            double fy = _originY + (y * _stepY);
            for (int x = 0; x < _columns; x++)
            {
                double w = taperX[x] * taperY[y], fx = _originX + (x * _stepX), value = work.Pixels[((top + y) * work.Width) + first + x];
                sum += w * value;
                sumX += w * value * fx;
                sumY += w * value * fy;
                weight += w;
                weightX += w * fx;
                weightY += w * fy;
                weightXX += w * fx * fx;
                weightYY += w * fy * fy;
                squares += w * w;
            }
        }

        weight = Math.Max(weight, 1e-12);
        double middleX = weightX / weight, middleY = weightY / weight, mean = sum / weight;
        double slopeX = (sumX - (mean * weightX)) / Math.Max(weightXX - (middleX * weightX), 1e-12), slopeY = (sumY - (mean * weightY)) / Math.Max(weightYY - (middleY * weightY), 1e-12);
        for (int y = 0; y < _rows; y++)
        {
            double fy = _originY + (y * _stepY) - middleY;
            for (int x = 0; x < _columns; x++)
            {
                double fx = _originX + (x * _stepX) - middleX, value = work.Pixels[((top + y) * work.Width) + first + x];
                _data[(y * _columns) + x] = (float)(taperX[x] * taperY[y] * (value - mean - (slopeX * fx) - (slopeY * fy)));
            }
        }

        return squares;
    }

    private HalfSpectrum Transform()
    {
        float[] padded = new float[_fftWidth * _fftHeight];
        for (int y = 0; y < _rows; y++)
        {
            _data.AsSpan(y * _columns, _columns).CopyTo(padded.AsSpan(y * _fftWidth));
        }

        HalfSpectrum spectrum = new(_fftWidth, _fftHeight);
        RealFft2D.Plan(_fftWidth, _fftHeight).Forward(padded, spectrum);
        return spectrum;
    }
}
