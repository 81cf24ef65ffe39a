namespace ImageAnalysis.Core;

/// <summary>How a powder pattern is computed from the Debye equation.</summary>
public sealed record DebyePatternOptions
{
    /// <summary>First angle 2θ in degrees; default 15, 0.5 to below the last.</summary>
    public double FirstTwoThetaDeg { get; init; } = 15;

    /// <summary>Last angle 2θ in degrees; default 65, above the first, at most 170. A last step that does not fit is left out.</summary>
    public double LastTwoThetaDeg { get; init; } = 65;

    /// <summary>Step in degrees; default 0.04, 0.001 to 10.</summary>
    public double StepDeg { get; init; } = 0.04;

    /// <summary>The radiation; default Cu Kα₁ and Kα₂, 2 : 1. Without Kα₂, or with a ratio that is not stated: Kα₁ alone.</summary>
    public PowderWavelengths Wavelengths { get; init; } = PowderWavelengths.CuKAlpha;

    /// <summary>Tables of scattering factors, B of the sites, and which diffuse scattering is in the pattern.</summary>
    public DebyeOptions Debye { get; init; } = new();

    /// <summary>Cell edges are multiplied by it, 1 + strain, while diameters stay; default 1, 0.5 to 2.</summary>
    public double CellScaleRatio { get; init; } = 1;

    /// <summary>Full width at half maximum that the instrument adds, the same at all angles, in degrees; default 0 (nothing is added), at most 2.</summary>
    public double InstrumentFwhmDeg { get; init; }

    /// <summary>Lorentzian share η of the instrument's pseudo-Voigt profile, 0 (Gaussian) to 1; default 0.5.</summary>
    public double InstrumentEtaFraction { get; init; } = 0.5;

    /// <summary>
    /// Multiplies all intensities; default 1, above 0. At 1 a Bragg line of Kα₁ and Kα₂ together has the area m·|F|²·(1 + cos²2θ)/(sin²θ cos θ) over 2θ in degrees.
    /// </summary>
    public double ScaleRatio { get; init; } = 1;

    /// <summary>Throws where a value is outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the value and its limits.</exception>
    public void Validate()
    {
        Within(FirstTwoThetaDeg, 0.5, 170, nameof(FirstTwoThetaDeg));
        Within(LastTwoThetaDeg, FirstTwoThetaDeg, 170, nameof(LastTwoThetaDeg));
        Within(StepDeg, 0.001, 10, nameof(StepDeg));
        Within(CellScaleRatio, 0.5, 2, nameof(CellScaleRatio));
        Within(InstrumentFwhmDeg, 0, 2, nameof(InstrumentFwhmDeg));
        Within(InstrumentEtaFraction, 0, 1, nameof(InstrumentEtaFraction));
        Within(ScaleRatio, double.Epsilon, double.MaxValue, nameof(ScaleRatio));
        ArgumentNullException.ThrowIfNull(Wavelengths);
        ArgumentNullException.ThrowIfNull(Debye);
    }

    /// <summary>The angles of the pattern.</summary>
    internal double[] Angles()
    {
        int count = (int)Math.Floor(((LastTwoThetaDeg - FirstTwoThetaDeg) / StepDeg) + 1e-6) + 1;
        return [.. Enumerable.Range(0, count).Select(i => FirstTwoThetaDeg + (i * StepDeg))];
    }

    /// <summary>Wavelengths with their shares of the intensity, which sum to 1.</summary>
    internal (double Wavelength, double Share)[] Lines() => Wavelengths is { Alpha2Angstrom: double second, Alpha2Ratio: > 0 and double ratio }
        ? [(Wavelengths.Alpha1Angstrom, 1 / (1 + ratio)), (second, ratio / (1 + ratio))]
        : [(Wavelengths.Alpha1Angstrom, 1)];

    private static void Within(double value, double low, double high, string name)
    {
        if (!(value >= low && value <= high))
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} is {value}; expected {low}…{high}."));
        }
    }
}
