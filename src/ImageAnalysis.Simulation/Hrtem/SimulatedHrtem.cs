using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation;

/// <summary>A simulated HRTEM image with what is known of it.</summary>
/// <param name="Pixels">Counts as a camera would store them.</param>
/// <param name="Options">What it was made with.</param>
/// <param name="Particles">What is known of each particle, in the order in which they were given.</param>
/// <param name="Overlaps">For each particle the numbers, from 0, of those whose boxes overlap its own.</param>
public sealed record SimulatedHrtem(
    Raster<ushort> Pixels, HrtemOptions Options, IReadOnlyList<ParticleTruth> Particles, IReadOnlyList<IReadOnlyList<int>> Overlaps)
{
    /// <summary>The image as the analysis takes it, marked as simulated.</summary>
    /// <param name="file">The name that the image goes by.</param>
    /// <returns>The image with the same counts as floating-point numbers.</returns>
    public Micrograph ToMicrograph(string file)
    {
        float[] values = new float[Pixels.PixelCount];
        ReadOnlySpan<ushort> pixels = Pixels.Pixels;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = pixels[i];
        }

        Acquisition acquisition = Acquisition.Unknown with
        {
            VoltageKv = Options.VoltageKv,
            SphericalAberrationMm = Options.Lens.SphericalAberrationMm,
            Mode = "TEM",
            Simulated = true,
        };
        return new Micrograph(file, 0, new Raster<float>(Pixels.WidthPx, Pixels.HeightPx, values), Options.Calibration, acquisition, []);
    }
}
