using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation;

/// <summary>A drawn HRTEM image with what is known of it.</summary>
/// <param name="Pixels">Counts as a camera would store them.</param>
/// <param name="Options">What it was drawn with.</param>
/// <param name="Particles">What is known of each particle, in the order in which they were given.</param>
public sealed record DrawnHrtem(Raster<ushort> Pixels, DrawnHrtemOptions Options, IReadOnlyList<DrawnTruth> Particles)
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
