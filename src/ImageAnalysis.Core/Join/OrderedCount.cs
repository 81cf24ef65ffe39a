using MathNet.Numerics.Distributions;

namespace ImageAnalysis.Core;

/// <summary>How many of a number of particles were found in one of two states, such as ordered.</summary>
/// <param name="InStateCount">Particles in the state, 0 to <paramref name="AllCount"/>.</param>
/// <param name="AllCount">All particles, 1 or more.</param>
public sealed record OrderedCount(int InStateCount, int AllCount)
{
    private const double TailProbability = 0.025;

    /// <summary>The fraction in the state.</summary>
    public double ValueFraction => (double)InStateCount / AllCount;

    /// <summary>Lower end of the exact 95 % interval (Clopper-Pearson) of the fraction.</summary>
    /// <remarks>C. J. Clopper and E. S. Pearson, Biometrika 26 (1934) 404, doi:10.1093/biomet/26.4.404, by quantiles of the beta distribution.</remarks>
    public double LowFraction => InStateCount == 0 ? 0 : Beta.InvCDF(InStateCount, AllCount - InStateCount + 1, TailProbability);

    /// <summary>Upper end of the exact 95 % interval (Clopper-Pearson) of the fraction.</summary>
    public double HighFraction => InStateCount == AllCount ? 1 : Beta.InvCDF(InStateCount + 1, AllCount - InStateCount, 1 - TailProbability);

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(AllCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(InStateCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(InStateCount, AllCount);
    }
}
