namespace ImageAnalysis.Simulation;

/// <summary>The smooth part of the support film: mean, ramp, slow waves, contamination.</summary>
internal static class SupportFilm
{
    private const int WaveCount = 96;

    /// <summary>Adds thickness times scattering per nm to an image.</summary>
    public static void Add(HaadfOptions options, ulong seed, float[] image)
    {
        int width = options.WidthPx, height = options.HeightPx;
        double perNm = options.SupportScatteringPerNm;
        double mean = options.SupportThicknessNm;
        (double sin, double cos) = PortableMath.SinCos(options.SupportRampDeg * Math.PI / 180.0);

        // Half the image's extent along the ramp, so that the film changes by the whole ramp from side to side; y points down.
        double halfX = 0.5 * (width - 1), halfY = 0.5 * (height - 1);
        double halfExtentNm = (halfX * options.PixelWidthNm * Math.Abs(cos)) + (halfY * options.PixelHeightNm * Math.Abs(sin));
        double perX = options.SupportRampFraction * 0.5 * options.PixelWidthNm * cos / halfExtentNm;
        double perY = -options.SupportRampFraction * 0.5 * options.PixelHeightNm * sin / halfExtentNm;
        var waves = new Waves(options, new RandomStream(seed, "film"));
        var patch = new Patch(options, new RandomStream(seed, "contamination"));
        double[] waviness = new double[width];
        for (int y = 0; y < height; y++)
        {
            Array.Clear(waviness);
            waves.AddRow(y, waviness);
            Span<float> line = image.AsSpan(y * width, width);
            for (int x = 0; x < width; x++)
            {
                double relative = 1.0 + (perX * (x - halfX)) + (perY * (y - halfY)) + waviness[x];
                double thickness = (mean * Math.Max(0.05, relative)) + patch.Thickness(x, y);
                line[x] += (float)(thickness * perNm);
            }
        }
    }

    /// <summary>
    /// A Gaussian random field as a sum of plane waves with random phases: wave vectors normally distributed give a Gaussian autocorrelation
    /// exp(−r²/L²) for a standard deviation of √2/L of each component.
    /// </summary>
    private sealed class Waves
    {
        private readonly (double Ky, double Phase)[] _rows = new (double, double)[WaveCount];
        private readonly double[] _cos;
        private readonly double[] _sin;
        private readonly double _amplitude;
        private readonly int _width;

        public Waves(HaadfOptions options, RandomStream random)
        {
            _width = options.WidthPx;
            _amplitude = options.SupportWavinessFraction * Math.Sqrt(2.0 / WaveCount);
            _cos = new double[WaveCount * _width];
            _sin = new double[WaveCount * _width];
            double sigma = Math.Sqrt(2.0) / options.SupportWavinessNm;
            for (int wave = 0; wave < WaveCount; wave++)
            {
                double kx = sigma * random.NextGaussian() * options.PixelWidthNm;
                double ky = sigma * random.NextGaussian() * options.PixelHeightNm;
                _rows[wave] = (ky, random.NextUniform(0.0, 2.0 * Math.PI));
                for (int x = 0; x < _width; x++)
                {
                    (_sin[(wave * _width) + x], _cos[(wave * _width) + x]) = PortableMath.SinCos(kx * x);
                }
            }
        }

        public void AddRow(int y, double[] row)
        {
            if (_amplitude == 0.0)
            {
                return;
            }

            for (int wave = 0; wave < WaveCount; wave++)
            {
                // cos(kx x + ky y + φ) = cos(kx x) cos(ky y + φ) − sin(kx x) sin(ky y + φ)
                (double sin, double cos) = PortableMath.SinCos((_rows[wave].Ky * y) + _rows[wave].Phase);
                ReadOnlySpan<double> c = _cos.AsSpan(wave * _width, _width);
                ReadOnlySpan<double> s = _sin.AsSpan(wave * _width, _width);
                double a = _amplitude * cos, b = _amplitude * sin;
                for (int x = 0; x < row.Length; x++)
                {
                    row[x] += (a * c[x]) - (b * s[x]);
                }
            }
        }
    }

    /// <summary>A rectangle of grown carbon; its sides fall off over a thirtieth of the image.</summary>
    private sealed class Patch
    {
        private readonly double[] _alongX;
        private readonly double[] _alongY;
        private readonly double _thicknessNm;

        public Patch(HaadfOptions options, RandomStream random)
        {
            _thicknessNm = options.ContaminationNm;
            _alongX = Profile(options.WidthPx, random);
            _alongY = Profile(options.HeightPx, random);
        }

        public double Thickness(int x, int y) => _thicknessNm * _alongX[x] * _alongY[y];

        private static double[] Profile(int length, RandomStream random)
        {
            double low = random.NextUniform(-0.1, 0.6) * length;
            double high = low + (random.NextUniform(0.25, 0.5) * length);
            double soft = length / 60.0;
            double[] profile = new double[length];
            for (int i = 0; i < length; i++)
            {
                profile[i] = 1.0 / ((1.0 + PortableMath.Exp((low - i) / soft)) * (1.0 + PortableMath.Exp((i - high) / soft)));
            }

            return profile;
        }
    }
}
