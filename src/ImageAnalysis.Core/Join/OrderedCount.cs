namespace ImageAnalysis.Core;

/// <summary>How many of a number of particles were found in one of two states, such as ordered.</summary>
/// <param name="InStateCount">Particles in the state, 0 to <paramref name="AllCount"/>.</param>
/// <param name="AllCount">All particles, 1 or more.</param>
public sealed record OrderedCount(int InStateCount, int AllCount)
{
    /// <summary>The fraction in the state.</summary>
    public double ValueFraction => (double)InStateCount / AllCount;

    /// <summary>Lower end of the exact 95 % interval (Clopper-Pearson) of the fraction.</summary>
    /// <remarks><see cref="FractionIntervals.ClopperPearson"/>.</remarks>
    public double LowFraction => FractionIntervals.ClopperPearson(InStateCount, AllCount)!.LowFraction;

    /// <summary>Upper end of the exact 95 % interval (Clopper-Pearson) of the fraction.</summary>
    public double HighFraction => FractionIntervals.ClopperPearson(InStateCount, AllCount)!.HighFraction;

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(AllCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(InStateCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(InStateCount, AllCount);
    }
}
