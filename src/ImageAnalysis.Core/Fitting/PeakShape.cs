namespace ImageAnalysis.Core;

/// <summary>What the lines of a powder pattern look like.</summary>
public enum PeakShape
{
    /// <summary>The one that fits better by the Bayesian information criterion.</summary>
    Auto,

    /// <summary>
    /// Pseudo-Voigt lines with Scherrer's width; scattering and Lorentz-polarisation factors are those of the Bragg angle. The usual model, good for crystals above some 5 nm.
    /// </summary>
    PseudoVoigt,

    /// <summary>
    /// Lines of spherical crystals with a distribution of diameters; scattering factors, Debye-Waller factors and polarisation follow the scattering angle within each line, and the
    /// diffuse scattering of partly filled sites and thermal motion is part of the model. What Debye's equation gives for spheres cut at random from the crystal.
    /// </summary>
    Spheres,
}
