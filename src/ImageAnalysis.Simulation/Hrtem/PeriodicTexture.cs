namespace ImageAnalysis.Simulation;

/// <summary>
/// A smooth random function of mean 0 and standard deviation 1 over a rectangle that repeats itself: plane waves whose wave vectors are normally distributed give a Gaussian
/// autocorrelation; the lengths of the waves are spread over two octaves.
/// </summary>
internal sealed class PeriodicTexture
{
    private const int WaveCount = 192;
    private const int PointsPerLength = 4;
    private const int MostPoints = 1024;

    private readonly double[] values;
    private readonly int columns;
    private readonly int rows;
    private readonly double perX;
    private readonly double perY;

    public PeriodicTexture(double width, double height, double length, RandomStream random)
    {
        columns = Math.Clamp((int)Math.Ceiling(PointsPerLength * width / length), 4, MostPoints);
        rows = Math.Clamp((int)Math.Ceiling(PointsPerLength * height / length), 4, MostPoints);
        (perX, perY) = (columns / width, rows / height);
        values = new double[columns * rows];
        for (int wave = 0; wave < WaveCount; wave++)
        {
            // Autocorrelation exp(−r²/2L²) has wave vectors of standard deviation 1/(2πL) along each axis. Wave numbers are whole, and none is the mean.
            double scale = length * (1 << (wave % 3));
            int u, v;
            do
            {
                u = (int)Math.Round(width * random.NextGaussian() / (2 * Math.PI * scale));
                v = (int)Math.Round(height * random.NextGaussian() / (2 * Math.PI * scale));
            }
            while ((u == 0 && v == 0 && width + height > 2 * scale) || Math.Abs(u) > columns / 2 || Math.Abs(v) > rows / 2);
            AddWave(u, v, random.NextUniform());
        }

        double mean = values.Average();
        double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = deviation > 0 ? (values[i] - mean) / deviation : 0;
        }

        Largest = values.Max();
    }

    /// <summary>The largest value.</summary>
    public double Largest { get; }

    /// <summary>The mean of a function of the values.</summary>
    public double Mean(Func<double, double> function) => values.Average(function);

    /// <summary>The value at a place within the rectangle, between points of a grid in straight lines.</summary>
    public double At(double x, double y)
    {
        double column = x * perX, row = y * perY;
        int i = Math.Min((int)column, columns - 1), j = Math.Min((int)row, rows - 1);
        double fx = column - i, fy = row - j;
        int right = i + 1 == columns ? 0 : i + 1, down = j + 1 == rows ? 0 : j + 1;
        double upper = values[(j * columns) + i] + (fx * (values[(j * columns) + right] - values[(j * columns) + i]));
        double lower = values[(down * columns) + i] + (fx * (values[(down * columns) + right] - values[(down * columns) + i]));
        return upper + (fy * (lower - upper));
    }

    // cos(a + b) from cosines and sines of both, so that there is one evaluation a column and a row.
    private void AddWave(int u, int v, double phase)
    {
        (double Sin, double Cos)[] across = [.. Enumerable.Range(0, columns).Select(i => PortableMath.SinCos(2 * Math.PI * (((double)u * i / columns) + phase)))];
        for (int j = 0; j < rows; j++)
        {
            (double sin, double cos) = PortableMath.SinCos(2 * Math.PI * v * j / rows);
            for (int i = 0; i < columns; i++)
            {
                values[(j * columns) + i] += (across[i].Cos * cos) - (across[i].Sin * sin);
            }
        }
    }
}
