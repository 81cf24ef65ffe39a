using ImageAnalysis.Particles;

namespace ImageAnalysis.Report;

/// <summary>How a particle is drawn and counted, in the order of the legend.</summary>
public enum ParticleState
{
    /// <summary>In the distribution, nothing odd.</summary>
    Counted,

    /// <summary>In the distribution, though another particle touches it.</summary>
    Touching,

    /// <summary>In the distribution, with a flag that a person should look at.</summary>
    Flagged,

    /// <summary>Not in the distribution, because part of it may lie outside the image.</summary>
    Border,

    /// <summary>Not in the distribution for another reason.</summary>
    NotCounted,
}

/// <summary>Which state a particle has.</summary>
public static class ParticleStates
{
    /// <summary>All states, in the order of the legend.</summary>
    public static IReadOnlyList<ParticleState> All { get; } = Enum.GetValues<ParticleState>();

    /// <summary>The state of a particle. Of several that apply, the one that matters most to the count wins.</summary>
    /// <param name="particle">The particle.</param>
    /// <returns>One state.</returns>
    public static ParticleState Of(SizeMeasurement particle)
    {
        ArgumentNullException.ThrowIfNull(particle);
        if (!particle.Counted)
        {
            return particle.TouchesBorder ? ParticleState.Border : ParticleState.NotCounted;
        }

        if (particle.Flags.Count > 0)
        {
            return ParticleState.Flagged;
        }

        return particle.TouchesNeighbour ? ParticleState.Touching : ParticleState.Counted;
    }

    /// <summary>The state in plain words, as legends and tables give it.</summary>
    /// <param name="state">The state.</param>
    /// <returns>A few words.</returns>
    public static string Words(ParticleState state) => state switch
    {
        ParticleState.Counted => "counted",
        ParticleState.Touching => "counted, touching",
        ParticleState.Flagged => "counted, flagged",
        ParticleState.Border => "at the border, not counted",
        ParticleState.NotCounted => "not counted",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Unknown state."),
    };

    // Okabe and Ito's colours, told apart by people with any of the usual colour deficiencies; strokes say the same without colour.
    internal static Colour ColourOf(ParticleState state) => state switch
    {
        ParticleState.Counted => new Colour(0x56, 0xB4, 0xE9),
        ParticleState.Touching => new Colour(0xE6, 0x9F, 0x00),
        ParticleState.Flagged => new Colour(0xF0, 0xE4, 0x42),
        ParticleState.Border => new Colour(0xCC, 0x79, 0xA7),
        _ => new Colour(0xD5, 0x5E, 0x00),
    };

    internal static Dash DashOf(ParticleState state) => state switch
    {
        ParticleState.Border => new Dash(8, 5),
        ParticleState.NotCounted => new Dash(3, 4),
        _ => Dash.None,
    };
}
