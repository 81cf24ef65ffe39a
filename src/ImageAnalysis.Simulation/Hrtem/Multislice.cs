using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation;

/// <summary>Waves of fast electrons through a specimen, by the multislice method.</summary>
/// <remarks>
/// <para>
/// J. M. Cowley and A. F. Moodie, Acta Cryst. 10 (1957) 609, doi:10.1107/S0365110X57002194; E. J. Kirkland, Advanced Computing in Electron Microscopy, 3rd ed. (2020),
/// doi:10.1007/978-3-030-33260-0, chapter 6: ψ ← P ∗ (exp(iσV) ψ) for each slice, V the projected potential of its atoms (equation 5.23 with the scattering factors of
/// <see cref="ElectronScatteringFactor"/>), P free flight over its thickness. Potential and wave are cut off at a circle of 2/3 of the grid's largest frequency.
/// </para>
/// <para>Left out: back scattering, inelastic scattering and absorption, bonds and charges, a tilted beam. Details and measured accuracy: docs/methods/hrtem-simulation.md.</para>
/// </remarks>
public static class Multislice
{
    /// <summary>The wave behind atoms at rest at their mean places, each blurred by its thermal displacement (Debye-Waller factor).</summary>
    /// <param name="specimen">The atoms.</param>
    /// <param name="options">Grid, voltage, slices.</param>
    /// <returns>The exit wave.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    public static ExitWave MeanExitWave(AtomicSpecimen specimen, MultisliceOptions options) => new MultisliceRun(specimen, options).Mean();

    /// <summary>The wave behind atoms as they are at one moment: a frozen phonon configuration in which atoms move independently of one another.</summary>
    /// <param name="specimen">The atoms.</param>
    /// <param name="options">Grid, voltage, slices.</param>
    /// <param name="seed">Where the displacements come from; another seed is another moment.</param>
    /// <returns>The exit wave. Intensities, not waves, of several moments are averaged.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    public static ExitWave DisplacedExitWave(AtomicSpecimen specimen, MultisliceOptions options, ulong seed) => new MultisliceRun(specimen, options).Displaced(seed);

    /// <summary>The potential of the whole specimen along the beam, with thermal blur.</summary>
    /// <param name="specimen">The atoms.</param>
    /// <param name="options">Grid and band limit; the sum over a repeat of the grid, times a pixel's area, is 2π a₀ e Σ f(0) of the atoms.</param>
    /// <returns>Volts times nm; shape height × width.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    public static Raster<float> ProjectedPotential(AtomicSpecimen specimen, MultisliceOptions options) => new MultisliceRun(specimen, options).MeanPotential();
}
