namespace ImageAnalysis.Core;

/// <summary>How fast sin(x)/x and its derivatives can change: what the error bounds of the binned sums rest on.</summary>
internal static class SincBounds
{
    /// <summary>An upper bound of |j₃(x)/x³| that does not grow with x, with j₃ the spherical Bessel function.</summary>
    /// <remarks>
    /// With t = r², (d/dt)ⁿ sin(qr)/(qr) = (−q²/2)ⁿ jₙ(qr)/(qr)ⁿ (NIST Digital Library of Mathematical Functions, 10.51.3). |jₙ(x)| ≤ xⁿ/(2n+1)!! (10.14.4), and
    /// x²(j₃² + y₃²) = 1 + 6/x² + 45/x⁴ + 225/x⁶ (10.49.18), both for all x above 0.
    /// </remarks>
    public static double ThirdOrder(double x)
    {
        if (x < 1)
        {
            return 1.0 / 105;
        }

        double u = 1 / (x * x);
        double far = Math.Sqrt(1 + (u * (6 + (u * (45 + (225 * u)))))) * u * u;
        return Math.Min(1.0 / 105, far);
    }
}
