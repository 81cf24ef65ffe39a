namespace ImageAnalysis.Lattice;

/// <summary>Bessel functions of the first kind, to 1e-7: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 9.4.1 and 9.4.3 to 9.4.6.</summary>
internal static class Bessel
{
    public static double J0(double x)
    {
        double a = Math.Abs(x);
        if (a <= 3)
        {
            double y = a * a / 9;
            return 1 + (y * (-2.2499997 + (y * (1.2656208 + (y * (-0.3163866 + (y * (0.0444479 + (y * (-0.0039444 + (y * 0.00021)))))))))));
        }

        double z = 3 / a;
        double size = 0.79788456 + (z * (-0.00000077 + (z * (-0.0055274 + (z * (-0.00009512 + (z * (0.00137237 + (z * (-0.00072805 + (z * 0.00014476)))))))))));
        double phase = a - 0.78539816 + (z * (-0.04166397 + (z * (-0.00003954 + (z * (0.00262573 + (z * (-0.00054125 + (z * (-0.00029333 + (z * 0.00013558)))))))))));
        return size * Math.Cos(phase) / Math.Sqrt(a);
    }

    public static double J1(double x)
    {
        double a = Math.Abs(x);
        if (a <= 3)
        {
            double y = a * a / 9;
            return x * (0.5 + (y * (-0.56249985 + (y * (0.21093573 + (y * (-0.03954289 + (y * (0.00443319 + (y * (-0.00031761 + (y * 0.00001109))))))))))));
        }

        double z = 3 / a;
        double size = 0.79788456 + (z * (0.00000156 + (z * (0.01659667 + (z * (0.00017105 + (z * (-0.00249511 + (z * (0.00113653 - (z * 0.00020033)))))))))));
        double phase = a - 2.35619449 + (z * (0.12499612 + (z * (0.0000565 + (z * (-0.00637879 + (z * (0.00074348 + (z * (0.00079824 - (z * 0.00029166)))))))))));
        return Math.Sign(x) * size * Math.Cos(phase) / Math.Sqrt(a);
    }
}
