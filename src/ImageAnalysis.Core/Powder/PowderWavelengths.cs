namespace ImageAnalysis.Core;

/// <summary>The radiation of a powder pattern: one wavelength, or the doublet Kα₁ and Kα₂ of an X-ray tube.</summary>
public sealed record PowderWavelengths
{
    /// <summary>Wavelengths within this share of a line's own are that line: 0.2 %, wide enough for Kα₁, Kα₂ and their mean, and narrower than the distance between any two anodes.</summary>
    public const double LineToleranceFraction = 0.002;

    /// <summary>Kα₁, Kα₂ of the usual anodes in Å: Hölzer et al. (1997) for Cr, Fe, Co and Cu, NIST's table of X-ray transition energies for Mo and Ag.</summary>
    private static readonly (string Anode, double Alpha1Angstrom, double Alpha2Angstrom)[] _lines =
    [
        ("Cr", 2.289726, 2.293651),
        ("Fe", 1.936041, 1.939973),
        ("Co", 1.788996, 1.792835),
        ("Cu", 1.540593, 1.544427),
        ("Mo", 0.709317, 0.713607),
        ("Ag", 0.559422, 0.563813),
    ];

    /// <summary>Makes the radiation of a pattern.</summary>
    /// <param name="alpha1Angstrom">Wavelength of Kα₁, or the only one, in Å; finite and above 0.</param>
    /// <param name="alpha2Angstrom">Wavelength of Kα₂ in Å, finite and above 0; <c>null</c> for monochromatic radiation or where it is not stated.</param>
    /// <param name="alpha2Ratio">Intensity of Kα₂ over that of Kα₁, 0 or more; <c>null</c> where it is not stated.</param>
    /// <param name="anode">Symbol of the anode's element, such as <c>Cu</c>; <c>null</c> where it is not stated.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite or out of its range.</exception>
    public PowderWavelengths(double alpha1Angstrom, double? alpha2Angstrom = null, double? alpha2Ratio = null, string? anode = null)
    {
        Alpha1Angstrom = Checked(alpha1Angstrom, nameof(alpha1Angstrom));
        Alpha2Angstrom = alpha2Angstrom is double second ? Checked(second, nameof(alpha2Angstrom)) : null;
        if (alpha2Ratio is double ratio && !(double.IsFinite(ratio) && ratio >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(alpha2Ratio), ratio, "The intensity ratio Kα₂/Kα₁ is a finite number, 0 or more.");
        }

        Alpha2Ratio = alpha2Ratio;
        Anode = anode;
    }

    /// <summary>Cu Kα as the fits use it: Kα₁ 1.540593 Å, Kα₂ 1.544427 Å, 2 : 1.</summary>
    /// <remarks>Hölzer, Fritsch, Deutsch, Härtwig and Förster, Phys. Rev. A 56 (1997) 4554, doi:10.1103/PhysRevA.56.4554.</remarks>
    public static PowderWavelengths CuKAlpha { get; } = new(1.540593, 1.544427, 0.5, "Cu");

    /// <summary>Wavelength of Kα₁ in Å, or the only one; above 0. A file that states the weighted mean of the doublet alone has it here.</summary>
    public double Alpha1Angstrom { get; }

    /// <summary>Wavelength of Kα₂ in Å; <c>null</c> for monochromatic radiation or where it is not stated.</summary>
    public double? Alpha2Angstrom { get; }

    /// <summary>Intensity of Kα₂ over that of Kα₁, 0 or more; <c>null</c> where it is not stated.</summary>
    public double? Alpha2Ratio { get; }

    /// <summary>Symbol of the anode's element as stated by the file; <c>null</c> where it is not.</summary>
    public string? Anode { get; }

    /// <summary>Element whose Kα line the wavelength is, whatever the file says of its anode; <c>null</c> for any other wavelength, such as a synchrotron's.</summary>
    /// <remarks>Kα₁, Kα₂ and their mean count, to <see cref="LineToleranceFraction"/> beyond the two.</remarks>
    public string? KAlphaElement
    {
        get
        {
            foreach ((string anode, double alpha1Angstrom, double alpha2Angstrom) in _lines)
            {
                if (Alpha1Angstrom >= alpha1Angstrom * (1 - LineToleranceFraction) && Alpha1Angstrom <= alpha2Angstrom * (1 + LineToleranceFraction))
                {
                    return anode;
                }
            }

            return null;
        }
    }

    /// <summary>The radiation in words, for messages.</summary>
    /// <returns>Such as <c>Cu Kα (1.540593 Å, 1.544427 Å)</c> or <c>0.414581 Å (no Kα line of a usual anode)</c>.</returns>
    public override string ToString()
    {
        string numbers = Alpha2Angstrom is double second
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Alpha1Angstrom:0.######} Å, {second:0.######} Å")
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Alpha1Angstrom:0.######} Å");
        return KAlphaElement is string element ? $"{element} Kα ({numbers})" : $"{numbers} (no Kα line of a usual anode)";
    }

    private static double Checked(double wavelengthAngstrom, string name) => double.IsFinite(wavelengthAngstrom) && wavelengthAngstrom > 0
        ? wavelengthAngstrom
        : throw new ArgumentOutOfRangeException(name, wavelengthAngstrom, "A wavelength is a finite number of Å above 0.");
}
