using System.Globalization;

namespace ImageAnalysis.Simulation;

/// <summary>Checks of options: every message names the field, the value and what is allowed.</summary>
internal static class Limits
{
    public static void Check(string field, double value, double low, double high)
    {
        if (!(value >= low && value <= high))
        {
            throw new ArgumentOutOfRangeException(field, value, string.Create(CultureInfo.InvariantCulture, $"{field} is {value}; allowed: {low}…{high}."));
        }
    }

    public static void Check(string field, int value, int low, int high)
    {
        if (value < low || value > high)
        {
            throw new ArgumentOutOfRangeException(field, value, string.Create(CultureInfo.InvariantCulture, $"{field} is {value}; allowed: {low}…{high}."));
        }
    }
}
