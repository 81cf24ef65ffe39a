namespace ImageAnalysis.Core;

/// <summary>How order is related to size.</summary>
public sealed record SizeOrderOptions
{
    /// <summary>Confidence level of every interval and of the band; default 0.95. Higher makes them wider.</summary>
    public double LevelFraction { get; init; } = 0.95;

    /// <summary>Points of the band, evenly from the smallest to the largest diameter; default 61. More make a smoother plot and take longer.</summary>
    public int PointCount { get; init; } = 61;

    /// <summary>Checks all options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is NaN or outside its limits.</exception>
    public void Validate()
    {
        OptionCheck.Within(LevelFraction, 0.5, 0.9999, nameof(LevelFraction));
        OptionCheck.Within(PointCount, 2, 1000, nameof(PointCount));
    }
}
