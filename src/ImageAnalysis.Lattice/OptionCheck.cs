namespace ImageAnalysis.Lattice;

/// <summary>The one wording of a bad option.</summary>
internal static class OptionCheck
{
    public static void Within(double value, double low, double high, string name)
    {
        if (!(value >= low && value <= high))
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} is {value}; expected {low}…{high}."));
        }
    }
}
