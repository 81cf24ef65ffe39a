namespace ImageAnalysis.Core;

/// <summary>Which contacts count as impossible.</summary>
public sealed record ContactOptions
{
    /// <summary>
    /// Part of the sum of the covalent radii below which two atoms can not be neighbours; default 0.7, 0.1 to 1. Raised: also the shortest bonds
    /// (titanyl Ti=O, vanadyl V=O, near 0.72) are named. Lowered: disorder of less than an Å only.
    /// </summary>
    public double SmallestRatio { get; init; } = 0.7;

    /// <summary>
    /// The same for two metals, which are not bonded but repel one another as cations; default 0.8, 0.1 to 1. Raised: also real metal-metal bonds
    /// (Mo-Mo of MoO₂ at 0.82) are named.
    /// </summary>
    public double SmallestMetalRatio { get; init; } = 0.8;

    /// <summary>Whether sites with occupancy 0 are looked at too; default no.</summary>
    public bool IncludeEmptySites { get; init; }

    /// <summary>Throws where a value is outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the value and its limits.</exception>
    public void Validate()
    {
        foreach ((double value, string name) in (ReadOnlySpan<(double, string)>)[(SmallestRatio, nameof(SmallestRatio)), (SmallestMetalRatio, nameof(SmallestMetalRatio))])
        {
            if (value is not (>= 0.1 and <= 1))
            {
                throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} is {value}; expected 0.1…1."));
            }
        }
    }
}
