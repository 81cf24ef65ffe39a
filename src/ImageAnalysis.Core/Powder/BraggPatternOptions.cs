namespace ImageAnalysis.Core;

/// <summary>How a powder pattern is simulated from Bragg reflections.</summary>
public sealed record BraggPatternOptions
{
    /// <summary>First angle 2θ, degrees; default 15, above 0.</summary>
    public double FirstTwoThetaDeg { get; init; } = 15;

    /// <summary>Last angle 2θ, degrees; default 65, below 175.</summary>
    public double LastTwoThetaDeg { get; init; } = 65;

    /// <summary>Step of 2θ, degrees; default 0.04, 0.001 to 1. Lowered: more points.</summary>
    public double StepDeg { get; init; } = 0.04;

    /// <summary>Radiation; default Cu Kα₁ and Kα₂, 2 : 1.</summary>
    public PowderWavelengths Wavelengths { get; init; } = PowderWavelengths.CuKAlpha;

    /// <summary>Scattering factors, f′ and f″, and B of sites that have none of their own. Its wavelength and smallest spacing are not looked at: the pattern decides both.</summary>
    public ReflectionOptions Scattering { get; init; } = new();

    /// <summary>Shape of the lines, pseudo-Voigt (default) or spheres.</summary>
    public PeakShape Shape { get; init; } = PeakShape.PseudoVoigt;

    /// <summary>Size of the crystals, Å: Scherrer's for pseudo-Voigts, the mean diameter by number for spheres; default 1000, 5 to 50,000. Lowered: broader lines.</summary>
    public double SizeAngstrom { get; init; } = 1000;

    /// <summary>K of Scherrer's equation; default 0.9, 0.5 to 1.5.</summary>
    public double ScherrerKRatio { get; init; } = 0.9;

    /// <summary>Lorentzian part η of a pseudo-Voigt; default 0.5, 0 to 1. Raised: longer wings.</summary>
    public double EtaFraction { get; init; } = 0.5;

    /// <summary>Relative standard deviation of the diameters of spheres (gamma distribution); default 0.1, 0.03 to 0.6.</summary>
    public double SizeSpreadFraction { get; init; } = 0.1;

    /// <summary>Diffuse scattering of spheres over that of atoms that fill their sites and vibrate independently; default 1, 0 to 10; 0 leaves it out. Pseudo-Voigts have none.</summary>
    public double DiffuseRatio { get; init; } = 1;

    /// <summary>Microstrain ε of pseudo-Voigts, which broadens lines by 4ε tan θ; default 0, 0 to 0.05.</summary>
    public double MicrostrainFraction { get; init; }

    /// <summary>Full width at half maximum that the instrument alone gives a line, degrees; default 0, 0 to 2.</summary>
    public double InstrumentFwhmDeg { get; init; }

    /// <summary>2θ of a monochromator crystal, degrees; default 0, none.</summary>
    public double MonochromatorTwoThetaDeg { get; init; }

    /// <summary>Shift of the scale of 2θ, degrees, added to all angles; default 0.</summary>
    public double ZeroShiftDeg { get; init; }

    /// <summary>Displacement s of the sample from the goniometer's axis, mm, above 0 away from source and detector: lines shift by −(180/π)(2s/R) cos θ; default 0.</summary>
    public double DisplacementMm { get; init; }

    /// <summary>Radius R of the goniometer, mm; default 240.</summary>
    public double GoniometerRadiusMm { get; init; } = 240;

    /// <summary>Height of the highest point above the background, counts; default 2000, above 0.</summary>
    public double PeakCounts { get; init; } = 2000;

    /// <summary>Chebyshev coefficients of the background over the range (<see cref="ChebyshevBackground"/>), counts; default one of 0.</summary>
    public IReadOnlyList<double> BackgroundCounts { get; init; } = [0];

    /// <summary>A sharp peak of the holder, half Lorentzian and half Gaussian, with its Kα₂ partner; default none.</summary>
    public PatternBump? Holder { get; init; }

    /// <summary>A broad amorphous halo, Gaussian; default none.</summary>
    public PatternBump? Halo { get; init; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its limits; the message names it, the value and the limits.</exception>
    public void Validate()
    {
        OptionCheck.Within(FirstTwoThetaDeg, 0.1, 174, nameof(FirstTwoThetaDeg));
        OptionCheck.Within(LastTwoThetaDeg, FirstTwoThetaDeg, 175, nameof(LastTwoThetaDeg));
        OptionCheck.Within(StepDeg, 0.001, 1, nameof(StepDeg));
        OptionCheck.Within(SizeAngstrom, 5, 50_000, nameof(SizeAngstrom));
        OptionCheck.Within(ScherrerKRatio, 0.5, 1.5, nameof(ScherrerKRatio));
        OptionCheck.Within(EtaFraction, 0, 1, nameof(EtaFraction));
        OptionCheck.Within(SizeSpreadFraction, 0.03, 0.6, nameof(SizeSpreadFraction));
        OptionCheck.Within(DiffuseRatio, 0, 10, nameof(DiffuseRatio));
        OptionCheck.Within(MicrostrainFraction, 0, 0.05, nameof(MicrostrainFraction));
        OptionCheck.Within(InstrumentFwhmDeg, 0, 2, nameof(InstrumentFwhmDeg));
        OptionCheck.Within(MonochromatorTwoThetaDeg, 0, 180, nameof(MonochromatorTwoThetaDeg));
        OptionCheck.Within(ZeroShiftDeg, -5, 5, nameof(ZeroShiftDeg));
        OptionCheck.Within(DisplacementMm, -5, 5, nameof(DisplacementMm));
        OptionCheck.Within(GoniometerRadiusMm, 20, 2000, nameof(GoniometerRadiusMm));
        OptionCheck.Within(PeakCounts, 1e-6, 1e12, nameof(PeakCounts));
        OptionCheck.Within(BackgroundCounts.Count, 0, 50, nameof(BackgroundCounts));
        foreach (PatternBump bump in new[] { Holder, Halo }.OfType<PatternBump>())
        {
            OptionCheck.Within(bump.HeightCounts, 0, 1e12, nameof(PatternBump.HeightCounts));
            OptionCheck.Within(bump.TwoThetaDeg, 0, 180, nameof(PatternBump.TwoThetaDeg));
            OptionCheck.Within(bump.FwhmDeg, 1e-3, 180, nameof(PatternBump.FwhmDeg));
        }
    }
}
