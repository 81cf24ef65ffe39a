using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation;

/// <summary>From exit waves to intensities in the image plane.</summary>
/// <remarks>
/// <para>
/// Focal spread: images at <see cref="ObjectiveLens.FocalSampleCount"/> values of the defocus, evenly over ±3Δ and weighted with a normal distribution, are added: the transmission cross
/// coefficient of temporal coherence without approximation (K. Ishizuka, Ultramicroscopy 5 (1980) 55, doi:10.1016/S0304-3991(80)80011-X, has the approximate form).
/// Linear transfer follows the envelope E_t = exp(−½x²), x = πλΔg², to 0.004 as long as the samples are dense enough for x: up to 5 with 9 of them; fewer bring transfer back beyond.
/// </para>
/// <para>
/// Convergence: the envelope E_s on the wave (quasi-coherent), right for the interference with the central beam; interference of two scattered beams, which a source of finite size damps by the
/// difference of their gradients only, comes out too weak. Small at the 0.1 to 0.5 mrad of a field-emission gun.
/// </para>
/// </remarks>
public static class LensImaging
{
    /// <summary>The intensity in the image plane of one exit wave.</summary>
    /// <param name="wave">The exit wave.</param>
    /// <param name="lens">The lens.</param>
    /// <returns>Electrons per electron that came in on a pixel's area: 1 in vacuum; shape of the wave. Pixels lie where the specimen's do.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A field of the lens is outside its limits.</exception>
    public static Raster<float> Intensity(ExitWave wave, ObjectiveLens lens)
    {
        ArgumentNullException.ThrowIfNull(wave);
        ArgumentNullException.ThrowIfNull(lens);
        float[] sum = new float[wave.Spectrum.WidthPx * wave.Spectrum.HeightPx];
        new LensRun(wave, lens).Add(wave, 1, sum);
        return new Raster<float>(wave.Spectrum.WidthPx, wave.Spectrum.HeightPx, sum);
    }

    /// <summary>The mean intensity in the image plane over thermal configurations of a specimen.</summary>
    /// <param name="specimen">The atoms.</param>
    /// <param name="options">Grid, voltage, slices.</param>
    /// <param name="lens">The lens.</param>
    /// <param name="configurationCount">Frozen phonon configurations, 0…1000; 0 is one wave with Debye-Waller factors instead.</param>
    /// <param name="seed">Where the displacements come from.</param>
    /// <returns>Electrons per electron that came in on a pixel's area; shape height × width of the grid.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    public static Raster<float> MeanIntensity(AtomicSpecimen specimen, MultisliceOptions options, ObjectiveLens lens, int configurationCount, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(lens);
        Limits.Check(nameof(configurationCount), configurationCount, 0, 1000);
        MultisliceRun run = new(specimen, options);
        if (configurationCount == 0)
        {
            return Intensity(run.Mean(), lens);
        }

        float[] sum = new float[options.WidthPx * options.HeightPx];
        LensRun? imaging = null;
        for (int i = 0; i < configurationCount; i++)
        {
            ExitWave wave = run.Displaced(RandomStream.Derive(seed, FormattableString.Invariant($"configuration {i + 1}")));
            imaging ??= new LensRun(wave, lens);
            imaging.Add(wave, 1.0 / configurationCount, sum);
        }

        return new Raster<float>(options.WidthPx, options.HeightPx, sum);
    }
}
