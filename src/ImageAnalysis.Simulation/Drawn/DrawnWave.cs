namespace ImageAnalysis.Simulation;

/// <summary>One plane wave of the projected potential of a drawn particle: a set of lattice planes, or a superlattice.</summary>
/// <remarks>
/// The potential is A e(x, y) cos(2πg·r + φ), r from the particle's centre, with e = sin(πζt)/(πζ) for the thickness t(x, y) and the component ζ of g along the beam: the exact projection of the wave
/// over a body that is symmetric about its middle plane. At ζ = 0, e = t.
/// </remarks>
public sealed record DrawnWave
{
    /// <summary>What the wave is called in the truth, such as <c>1 1 1</c> or <c>1/2 1/2 1/2</c>; default empty.</summary>
    public string Hkl { get; init; } = string.Empty;

    /// <summary>Distance of its crests in the image, nm, 0.05…10; default 0.3378, d₁₁₁ of Cu₂Se.</summary>
    public double SpacingNm { get; init; } = 0.3378;

    /// <summary>Direction of g in the image, counter-clockwise as seen from +x, degree, −360…360; default 0.</summary>
    public double NormalDeg { get; init; }

    /// <summary>Amplitude A of the potential, V, 0…1000; default 8. {111} of antifluorite Cu₂Se has 8.</summary>
    public double AmplitudeVolt { get; init; } = 8;

    /// <summary>Phase φ at the particle's centre, degree, −360…360; default 0.</summary>
    public double PhaseDeg { get; init; }

    /// <summary>Component ζ of g along the beam, nm⁻¹, −5…5; default 0. Raised (a tilted crystal): the wave cancels itself where the particle is thick.</summary>
    public double AlongBeamPerNm { get; init; }

    /// <summary>
    /// Share of the particle's width, along <see cref="DomainDeg"/>, that has the wave, 0…1; default 1, all of it. A half-ordered crystal has a superlattice with 0.5.
    /// </summary>
    public double DomainFraction { get; init; } = 1;

    /// <summary>Direction from the part with the wave to the part without it, degree, −360…360; default 0.</summary>
    public double DomainDeg { get; init; }

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A field is outside its limits; the message names field, value and limits.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Hkl);
        Limits.Check(nameof(SpacingNm), SpacingNm, 0.05, 10);
        Limits.Check(nameof(NormalDeg), NormalDeg, -360, 360);
        Limits.Check(nameof(AmplitudeVolt), AmplitudeVolt, 0, 1000);
        Limits.Check(nameof(PhaseDeg), PhaseDeg, -360, 360);
        Limits.Check(nameof(AlongBeamPerNm), AlongBeamPerNm, -5, 5);
        Limits.Check(nameof(DomainFraction), DomainFraction, 0, 1);
        Limits.Check(nameof(DomainDeg), DomainDeg, -360, 360);
    }
}
