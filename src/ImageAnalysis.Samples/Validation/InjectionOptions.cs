namespace ImageAnalysis.Samples;

/// <summary>How superlattices are put into a run's own images.</summary>
public sealed record InjectionOptions
{
    /// <summary>Amplitudes of the superlattice in the image over that of the crystal's own fringe, each above 0 and at most 5; default 0.05 to 0.8. Each costs one analysis of every image.</summary>
    public IReadOnlyList<double> AmplitudeRatios { get; init; } = [0.05, 0.1, 0.2, 0.4, 0.8];

    /// <summary>How often superlattices of the strength that ordered crystals have are put in, 0…1000; default 4. Each costs one analysis of every image.</summary>
    public int ModelRepeatCount { get; init; } = 4;

    /// <summary>Where phases and strengths come from; default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its limits; the message names it.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(AmplitudeRatios);
        foreach (double ratio in AmplitudeRatios)
        {
            if (!(ratio > 0 && ratio <= 5))
            {
                throw new ArgumentOutOfRangeException(nameof(AmplitudeRatios), ratio, FormattableString.Invariant($"{nameof(AmplitudeRatios)} holds {ratio}; expected numbers above 0 and up to 5."));
            }
        }

        if (ModelRepeatCount is < 0 or > 1000 || (ModelRepeatCount == 0 && AmplitudeRatios.Count == 0))
        {
            throw new ArgumentOutOfRangeException(nameof(ModelRepeatCount), ModelRepeatCount, $"{nameof(ModelRepeatCount)} is {ModelRepeatCount}; expected 0 to 1000, and 1 or more without amplitudes.");
        }
    }
}
