using ImageAnalysis.Core;

namespace ImageAnalysis.Lattice;

/// <summary>How the transfer function of an image is estimated from its own Thon rings.</summary>
public sealed record TransferOptions
{
    /// <summary>Accelerating voltage where the file names none, kV, 20…1500; default 200.</summary>
    public double VoltageKv { get; init; } = 200;

    /// <summary>Spherical aberration where the file names none, mm, −0.1…10; default 0.7.</summary>
    public double SphericalAberrationMm { get; init; } = 0.7;

    /// <summary>
    /// How far it may be from that (one standard deviation), mm, 0.0001…5; default 0.25: it is fitted with the defocus. Lowered, where the lens is known: the defocus is known better.
    /// </summary>
    public double SphericalAberrationSigmaMm { get; init; } = 0.25;

    /// <summary>How far the spherical aberration that a file names may be from the truth (one standard deviation), as a part of it, 0.0001…1; default 0.02.</summary>
    public double NamedSphericalSigmaFraction { get; init; } = 0.02;

    /// <summary>Lowest defocus (strongest underfocus) looked for, nm, −2000…0; default −200.</summary>
    public double LowestDefocusNm { get; init; } = -200;

    /// <summary>Highest defocus (overfocus) looked for, nm, 0…2000; default 100.</summary>
    public double HighestDefocusNm { get; init; } = 100;

    /// <summary>Expected focal spread (one standard deviation), nm, 0.5…50; default 6. It is fitted, within a factor of about 1.5 of this.</summary>
    public double FocalSpreadNm { get; init; } = 6;

    /// <summary>Expected semi-angle of convergence (1/e of a Gaussian source), mrad, 0.01…5; default 0.35. It is fitted, within a factor of about 1.5 of this.</summary>
    public double ConvergenceMrad { get; init; } = 0.35;

    /// <summary>Expected two-fold astigmatism (one standard deviation of each of its two parts), nm, 0.1…100; default 8.</summary>
    public double TwofoldAstigmatismSigmaNm { get; init; } = 8;

    /// <summary>Thickness of the supporting film, nm, 0…50; default 4: atoms at different heights have different defocus, which fills the zeros a little.</summary>
    public double FilmThicknessNm { get; init; } = 4;

    /// <summary>Element of the supporting film; default <c>C</c>.</summary>
    public string FilmElement { get; init; } = "C";

    /// <summary>
    /// How far a crystal may lie above or below the film's middle along the beam (one standard deviation), nm, 0…100; default 3: rings tell the defocus of the film. Raised: wider intervals of the
    /// transfer, most near zeros at high frequency.
    /// </summary>
    public double HeightSigmaNm { get; init; } = 3;

    /// <summary>
    /// Error of the defocus that no scatter shows (one standard deviation), nm, 0…20; default 0.3: the window's, the film's and the model's. It is part of the defocus's standard deviation.
    /// </summary>
    public double SystematicSigmaNm { get; init; } = 0.3;

    /// <summary>Lowest frequency that is used, nm⁻¹, 0.2…3; default 0.8. Lowered: shapes of particles and thickness count as rings. Raised: small defocus is known less well.</summary>
    public double LowestPerNm { get; init; } = 0.8;

    /// <summary>Highest frequency at which rings are looked for, nm⁻¹, 2…20; default 7. Beyond it, only the floor of noise is taken from the spectrum.</summary>
    public double HighestPerNm { get; init; } = 7;

    /// <summary>Side of the tiles whose spectra are averaged, nm, 1…50; default 6.4. Raised: finer rings are resolved, and more tiles hold crystals.</summary>
    public double TileNm { get; init; } = 6.4;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its limits; the message names it, the value and the limits.</exception>
    /// <exception cref="ArgumentException">The film's element is none.</exception>
    public void Validate()
    {
        OptionCheck.Within(VoltageKv, 20, 1500, nameof(VoltageKv));
        OptionCheck.Within(SphericalAberrationMm, -0.1, 10, nameof(SphericalAberrationMm));
        OptionCheck.Within(SphericalAberrationSigmaMm, 0.0001, 5, nameof(SphericalAberrationSigmaMm));
        OptionCheck.Within(NamedSphericalSigmaFraction, 0.0001, 1, nameof(NamedSphericalSigmaFraction));
        OptionCheck.Within(LowestDefocusNm, -2000, 0, nameof(LowestDefocusNm));
        OptionCheck.Within(HighestDefocusNm, 0, 2000, nameof(HighestDefocusNm));
        OptionCheck.Within(FocalSpreadNm, 0.5, 50, nameof(FocalSpreadNm));
        OptionCheck.Within(ConvergenceMrad, 0.01, 5, nameof(ConvergenceMrad));
        OptionCheck.Within(TwofoldAstigmatismSigmaNm, 0.1, 100, nameof(TwofoldAstigmatismSigmaNm));
        OptionCheck.Within(FilmThicknessNm, 0, 50, nameof(FilmThicknessNm));
        OptionCheck.Within(HeightSigmaNm, 0, 100, nameof(HeightSigmaNm));
        OptionCheck.Within(SystematicSigmaNm, 0, 20, nameof(SystematicSigmaNm));
        OptionCheck.Within(LowestPerNm, 0.2, 3, nameof(LowestPerNm));
        OptionCheck.Within(HighestPerNm, 2, 20, nameof(HighestPerNm));
        OptionCheck.Within(TileNm, 1, 50, nameof(TileNm));
        if (!Species.TryParse(FilmElement, out _))
        {
            throw new ArgumentException($"{nameof(FilmElement)} is '{FilmElement}'; expected the symbol of an element, such as C.", nameof(FilmElement));
        }
    }
}
