using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation;

/// <summary>The wave that leaves the specimen, in the plane of its last atom; the wave that came in was 1 everywhere.</summary>
/// <param name="Spectrum">
/// Its Fourier transform, unscaled as <see cref="ComplexFft2D.Forward"/> gives it: (width · height) at frequency 0 in vacuum. Nothing beyond <paramref name="BandLimitPerNm"/>.
/// </param>
/// <param name="PixelWidthNm">Width of a pixel, nm.</param>
/// <param name="PixelHeightNm">Height of a pixel, nm.</param>
/// <param name="VoltageKv">Accelerating voltage, kV.</param>
/// <param name="BandLimitPerNm">Largest spatial frequency, nm⁻¹.</param>
public sealed record ExitWave(ComplexRaster Spectrum, double PixelWidthNm, double PixelHeightNm, double VoltageKv, double BandLimitPerNm)
{
    /// <summary>The wave in real space.</summary>
    /// <returns>A new raster of the spectrum's size.</returns>
    public ComplexRaster ToWave()
    {
        ComplexRaster wave = new(Spectrum.WidthPx, Spectrum.HeightPx);
        ComplexFft2D.Plan(Spectrum.WidthPx, Spectrum.HeightPx).Inverse(Spectrum, wave);
        return wave;
    }

    /// <summary>Electrons that are still in the wave, per electron that came in; the rest was scattered beyond the grid's circle of frequencies.</summary>
    /// <returns>1 in vacuum.</returns>
    public double TransmittedFraction()
    {
        double sum = 0;
        for (int y = 0; y < Spectrum.HeightPx; y++)
        {
            ReadOnlySpan<float> re = Spectrum.Re.Slice(y * Spectrum.Stride, Spectrum.WidthPx), im = Spectrum.Im.Slice(y * Spectrum.Stride, Spectrum.WidthPx);
            for (int x = 0; x < re.Length; x++)
            {
                sum += ((double)re[x] * re[x]) + ((double)im[x] * im[x]);
            }
        }

        // Parseval: Σ|F|² = n Σ|ψ|², and Σ|ψ|² was n.
        double count = (double)Spectrum.WidthPx * Spectrum.HeightPx;
        return sum / (count * count);
    }
}
