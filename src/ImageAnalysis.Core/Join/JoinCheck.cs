namespace ImageAnalysis.Core;

/// <summary>What the functions of the join refuse, and how they add errors.</summary>
internal static class JoinCheck
{
    public static void Positive(double value, string name)
    {
        if (!(value > 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} is {value}; expected a finite number above 0."));
        }
    }

    public static void Finite(double value, string name)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} is {value}; expected a finite number."));
        }
    }

    public static void Sigma(double? value, string name)
    {
        if (value is double sigma && !(sigma >= 0 && double.IsFinite(sigma)))
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} is {sigma}; expected a finite standard deviation, 0 or more, or null."));
        }
    }

    /// <summary>√(a² + b²): two errors that do not depend on each other.</summary>
    public static double Quadrature(double a, double b) => Math.Sqrt((a * a) + (b * b));
}
