using ImageAnalysis.Core;

namespace ImageAnalysis.Simulation;

/// <summary>How the powder pattern of a sample of small crystals is computed.</summary>
public enum PowderMethod
{
    /// <summary>Bragg lines with Scherrer's width.</summary>
    Bragg,

    /// <summary>The Debye equation for spheres cut at random from the crystal.</summary>
    Debye,
}

/// <summary>The powder pattern of a sample: crystals, radiation, diffractometer, counts.</summary>
public sealed record PowderSampleOptions
{
    /// <summary>How it is computed; default <see cref="PowderMethod.Bragg"/>. <see cref="PowderMethod.Debye"/> is right below 5 nm.</summary>
    public PowderMethod Method { get; init; } = PowderMethod.Bragg;

    /// <summary>Size, nm, 0.5…1000 (Debye: 0.5…20); default 5. Bragg: as Scherrer's equation with K = 0.9 reads it; Debye: mean diameter of the spheres.</summary>
    public double SizeNm { get; init; } = 5;

    /// <summary>Standard deviation of the spheres' diameters, nm, 0…5; default 0. Debye only.</summary>
    public double SizeSigmaNm { get; init; }

    /// <summary>Change of all cell edges, −0.2…0.2; default 0. Negative: compressed.</summary>
    public double StrainFraction { get; init; }

    /// <summary>Standard deviation of the strain within the crystals, 0…0.05; default 0. Bragg only.</summary>
    public double MicrostrainFraction { get; init; }

    /// <summary>First angle 2θ, degree, 0.5…150; default 15.</summary>
    public double FirstTwoThetaDeg { get; init; } = 15;

    /// <summary>Last angle 2θ, degree, from the first to 160; default 65.</summary>
    public double LastTwoThetaDeg { get; init; } = 65;

    /// <summary>Step, degree, 0.005…1; default 0.04.</summary>
    public double StepDeg { get; init; } = 0.04;

    /// <summary>Radiation; default Cu Kα₁ and Kα₂.</summary>
    public PowderWavelengths Wavelengths { get; init; } = PowderWavelengths.CuKAlpha;

    /// <summary>Whether f′ and f″ (Sasaki) are in, as in real data; default true.</summary>
    public bool Anomalous { get; init; } = true;

    /// <summary>B of the sites for which the crystal has none, Å², 0…10; default 1.</summary>
    public double UnknownBAngstrom2 { get; init; } = 1;

    /// <summary>Full width at half maximum that the instrument adds, degree, 0…2; default 0.</summary>
    public double InstrumentFwhmDeg { get; init; }

    /// <summary>Shift of the zero of 2θ, degree, −1…1; default 0.</summary>
    public double ZeroShiftDeg { get; init; }

    /// <summary>Displacement s of the sample from the axis, mm, −2…2; default 0. Above 0, away from source and detector, lines move by −(180/π)(2s/R) cos θ.</summary>
    public double DisplacementMm { get; init; }

    /// <summary>Radius of the goniometer, mm, 50…1000; default 240.</summary>
    public double GoniometerRadiusMm { get; init; } = 240;

    /// <summary>Height of the highest point above background, holder and halo, counts, 1…10⁹; default 2000.</summary>
    public double PeakCounts { get; init; } = 2000;

    /// <summary>Coefficients of the background, Chebyshev polynomials over the range, counts; default 500 for the first.</summary>
    public IReadOnlyList<double> BackgroundCounts { get; init; } = [500];

    /// <summary>A peak of the sample holder; default none.</summary>
    public PatternBump? Holder { get; init; }

    /// <summary>A halo of an amorphous part; default none.</summary>
    public PatternBump? Halo { get; init; }

    /// <summary>Whether counts are drawn from Poisson distributions; default true. False: their means.</summary>
    public bool CountingNoise { get; init; } = true;

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A field is outside its limits; the message names field, value and limits.</exception>
    public void Validate()
    {
        if (!Enum.IsDefined(Method))
        {
            throw Limits.Outside(nameof(Method), Method, string.Join(", ", Enum.GetNames<PowderMethod>()));
        }

        ArgumentNullException.ThrowIfNull(Wavelengths);
        ArgumentNullException.ThrowIfNull(BackgroundCounts);
        Limits.Check(nameof(SizeNm), SizeNm, 0.5, Method == PowderMethod.Debye ? 20 : 1000);
        Limits.Check(nameof(SizeSigmaNm), SizeSigmaNm, 0, Method == PowderMethod.Debye ? Math.Min(5, 0.4 * SizeNm) : 0);
        Limits.Check(nameof(StrainFraction), StrainFraction, -0.2, 0.2);
        Limits.Check(nameof(MicrostrainFraction), MicrostrainFraction, 0, Method == PowderMethod.Debye ? 0 : 0.05);
        Limits.Check(nameof(FirstTwoThetaDeg), FirstTwoThetaDeg, 0.5, 150);
        Limits.Check(nameof(LastTwoThetaDeg), LastTwoThetaDeg, FirstTwoThetaDeg + 1, 160);
        Limits.Check(nameof(StepDeg), StepDeg, 0.005, 1);
        Limits.Check(nameof(UnknownBAngstrom2), UnknownBAngstrom2, 0, 10);
        Limits.Check(nameof(InstrumentFwhmDeg), InstrumentFwhmDeg, 0, 2);
        Limits.Check(nameof(ZeroShiftDeg), ZeroShiftDeg, -1, 1);
        Limits.Check(nameof(DisplacementMm), DisplacementMm, -2, 2);
        Limits.Check(nameof(GoniometerRadiusMm), GoniometerRadiusMm, 50, 1000);
        Limits.Check(nameof(PeakCounts), PeakCounts, 1, 1e9);
        Limits.Check(nameof(BackgroundCounts), BackgroundCounts.Count, 0, 20);
        foreach (double coefficient in BackgroundCounts)
        {
            Limits.Check(nameof(BackgroundCounts), coefficient, -1e9, 1e9);
        }

        foreach ((string name, PatternBump bump) in new[] { (nameof(Holder), Holder), (nameof(Halo), Halo) }.Where(pair => pair.Item2 is not null).Select(pair => (pair.Item1, pair.Item2!)))
        {
            Limits.Check(name + nameof(bump.HeightCounts), bump.HeightCounts, 0, 1e9);
            Limits.Check(name + nameof(bump.TwoThetaDeg), bump.TwoThetaDeg, 0, 180);
            Limits.Check(name + nameof(bump.FwhmDeg), bump.FwhmDeg, 0.01, 180);
        }
    }
}
