namespace ImageAnalysis.Simulation;

/// <summary>
/// Elementary functions from additions, multiplications, divisions and square roots alone. IEEE 754 fixes those to the last bit, while
/// the C library behind <see cref="Math.Exp"/> and its kind differs between platforms: simulated files must not.
/// </summary>
internal static class PortableMath
{
    private const double Ln2High = 6.93147180369123816490e-01; // ln 2 with the last 32 bits of the mantissa zero: k·Ln2High is exact
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double HalfPiHigh = 1.57079632673412561417e+00;
    private const double HalfPiLow = 6.07710050650619224932e-11;

    /// <summary>e to the power x; 0 below −745, infinite above 709.7. Within 2 units of the last place.</summary>
    public static double Exp(double x)
    {
        if (x < -745.0)
        {
            return 0.0;
        }

        if (x > 709.7)
        {
            return double.PositiveInfinity;
        }

        // x = k·ln 2 + r with |r| ≤ 0.347: the Taylor series to r^13 leaves 0.347^14/14! = 4e-18.
        double k = Math.Round(x / (Ln2High + Ln2Low));
        double r = x - (k * Ln2High) - (k * Ln2Low);
        double sum = 1.0;
        for (int n = 13; n >= 1; n--)
        {
            sum = 1.0 + (r / n * sum);
        }

        return Math.ScaleB(sum, (int)k);
    }

    /// <summary>Natural logarithm of a finite x above 0.</summary>
    public static double Log(double x)
    {
        int k = Math.ILogB(x);
        double m = Math.ScaleB(x, -k);
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            k++;
        }

        // ln m = 2 artanh s, s = (m − 1)/(m + 1), |s| ≤ 0.1716: the term s^25/25 is below 3e-21.
        double s = (m - 1.0) / (m + 1.0);
        double s2 = s * s;
        double sum = 0.0;
        for (int n = 23; n >= 1; n -= 2)
        {
            sum = (sum * s2) + (1.0 / n);
        }

        return (k * Ln2High) + ((k * Ln2Low) + (2.0 * s * sum));
    }

    /// <summary>x to the power y for x above 0.</summary>
    public static double Pow(double x, double y) => Exp(y * Log(x));

    /// <summary>x to a whole power, by repeated squaring.</summary>
    public static double Pow(double x, int n)
    {
        double result = 1.0;
        while (n > 0)
        {
            if ((n & 1) != 0)
            {
                result *= x;
            }

            x *= x;
            n >>= 1;
        }

        return result;
    }

    /// <summary>Sine and cosine of an angle in radians, |angle| up to 1e6.</summary>
    public static (double Sin, double Cos) SinCos(double angleRadians)
    {
        double k = Math.Round(angleRadians / (HalfPiHigh + HalfPiLow));
        double r = angleRadians - (k * HalfPiHigh) - (k * HalfPiLow);
        double r2 = r * r;

        // |r| ≤ π/4: the terms r^19/19! and r^18/18! are below 1e-18.
        double sin = 0.0;
        double cos = 0.0;
        for (int n = 8; n >= 1; n--)
        {
            sin = (1.0 + sin) * (-r2 / (2 * n * ((2 * n) + 1)));
            cos = (1.0 + cos) * (-r2 / (2 * n * ((2 * n) - 1)));
        }

        sin = r * (1.0 + sin);
        cos += 1.0;
        return ((int)(k - (4.0 * Math.Floor(k / 4.0)))) switch
        {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        };
    }
}
