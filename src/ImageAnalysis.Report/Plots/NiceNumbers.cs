using System.Globalization;

namespace ImageAnalysis.Report;

/// <summary>Round numbers for axes and scale bars: 1, 2 or 5 times a power of ten.</summary>
internal static class NiceNumbers
{
    private static readonly double[] _digits = [1, 2, 5];

    /// <summary>The largest nice number that is not above a limit.</summary>
    /// <param name="limit">A finite number above 0.</param>
    public static double AtMost(double limit)
    {
        Check(limit);
        double decade = PowerOfTen((int)Math.Floor(Math.Log10(limit)) - 1);
        double best = decade;
        for (int i = 0; i < 3; i++, decade = PowerOfTen((int)Math.Round(Math.Log10(decade)) + 1))
        {
            foreach (double digit in _digits)
            {
                // A hair of slack: 0.1 + 0.2 is meant to be 0.3.
                best = digit * decade <= limit * (1 + 1e-12) ? digit * decade : best;
            }
        }

        return best;
    }

    /// <summary>The smallest nice number that is not below a limit.</summary>
    /// <param name="limit">A finite number above 0.</param>
    public static double AtLeast(double limit)
    {
        double below = AtMost(limit);
        if (below >= limit * (1 - 1e-12))
        {
            return below;
        }

        // 1 → 2 → 5 → 10: the factor never exceeds 2.5.
        return AtMost(below * 2.5);
    }

    /// <summary>Ticks of an axis: multiples of a nice step inside [low, high], about as many as asked for.</summary>
    /// <param name="low">Lower end.</param>
    /// <param name="high">Upper end; above the lower.</param>
    /// <param name="about">Number of steps that would be right; 1 or more.</param>
    public static IReadOnlyList<double> Ticks(double low, double high, int about)
    {
        double step = AtLeast((high - low) / about);
        List<double> ticks = [];
        long last = (long)Math.Floor((high / step) + 1e-9);
        for (long i = (long)Math.Ceiling((low / step) - 1e-9); i <= last; i++)
        {
            ticks.Add(Multiple(i, step));
        }

        return ticks;
    }

    /// <summary>A number as people write it: up to 12 digits, without trailing zeros, with a point.</summary>
    public static string Text(double value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    // i · 0.1 is off in the last bit for i = 3; i / 10 is the nearest number.
    private static double Multiple(long i, double step) => step < 1 ? i / Math.Round(1 / step, 6) : i * step;

    private static double PowerOfTen(int exponent) => exponent < 0 ? 1 / Math.Pow(10, -exponent) : Math.Pow(10, exponent);

    private static void Check(double limit)
    {
        if (!double.IsFinite(limit) || limit <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, "A nice number is sought near a finite number above 0.");
        }
    }
}
