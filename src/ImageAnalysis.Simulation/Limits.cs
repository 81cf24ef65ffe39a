using System.Globalization;

namespace ImageAnalysis.Simulation;

/// <summary>Checks of options: every message names the field, the value and what is allowed; what is allowed also stands in the exception's data.</summary>
internal static class Limits
{
    /// <summary>Key of the allowed values in the exception's data.</summary>
    public const string AllowedKey = "allowed";

    public static void Check(string field, double value, double low, double high)
    {
        if (!(value >= low && value <= high))
        {
            throw Outside(field, value, string.Create(CultureInfo.InvariantCulture, $"{low:0.######}…{high:0.######}"));
        }
    }

    public static void Check(string field, int value, int low, int high)
    {
        if (value < low || value > high)
        {
            throw Outside(field, value, string.Create(CultureInfo.InvariantCulture, $"{low}…{high}"));
        }
    }

    public static ArgumentOutOfRangeException Outside(string field, object value, string allowed)
    {
        var exception = new ArgumentOutOfRangeException(field, value, string.Create(CultureInfo.InvariantCulture, $"{field} is {value}; allowed: {allowed}."));
        exception.Data[AllowedKey] = allowed;
        return exception;
    }
}
