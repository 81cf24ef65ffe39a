using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation;

/// <summary>Tables and buffers for images of exit waves on one grid through one lens.</summary>
internal sealed class LensRun
{
    private const double WidestSigma = 3;

    /// <summary>Where the envelopes leave less than this of the wave's amplitude, nothing is computed.</summary>
    private const double SmallestEnvelope = 1e-6;

    private readonly FrequencyGrid grid;
    private readonly ComplexFft2D plan;
    private readonly ComplexRaster transfer;
    private readonly ComplexRaster image;
    private readonly int[] lastColumns;
    private readonly int bandColumns;
    private readonly (double Weight, float[] XRe, float[] XIm, float[] YRe, float[] YIm)[] focusSamples;

    public LensRun(ExitWave wave, ObjectiveLens lens)
    {
        LensTransfer optics = LensTransfer.Of(lens, wave.VoltageKv);
        int width = wave.Spectrum.WidthPx, height = wave.Spectrum.HeightPx;
        double fraction = wave.BandLimitPerNm * 2 * Math.Max(wave.PixelWidthNm, wave.PixelHeightNm);
        grid = new FrequencyGrid(width, height, wave.PixelWidthNm, wave.PixelHeightNm, fraction);
        plan = ComplexFft2D.Plan(width, height);
        transfer = new ComplexRaster(width, height);
        image = new ComplexRaster(width, height);
        bool series = lens.FocalSampleCount > 1 && lens.FocalSpreadNm > 0;
        lastColumns = new int[height];
        for (int row = 0; row < height; row++)
        {
            int last = grid.LastColumn(row), used = -1;
            for (int column = 0; column <= last; column++)
            {
                used = Fill(optics, column, row, series) | (column > 0 && Fill(optics, width - column, row, series)) ? column : used;
            }

            lastColumns[row] = used;
        }

        bandColumns = Math.Max(0, lastColumns.Max());
        focusSamples = [.. Samples(lens, series).Select(sample => Phases(ElectronBeam.WavelengthNm(wave.VoltageKv) * sample.DefocusNm, sample.Weight))];
    }

    /// <summary>Adds the intensity of a wave, times a weight.</summary>
    public void Add(ExitWave wave, double weight, Span<float> sums)
    {
        int width = grid.WidthPx;
        foreach ((double share, float[] xRe, float[] xIm, float[] yRe, float[] yIm) in focusSamples)
        {
            for (int row = 0; row < grid.HeightPx; row++)
            {
                int last = lastColumns[row];
                int firstNegative = last <= 0 ? width : width - last;
                int start = row * image.Stride;
                image.Re.Slice(start + last + 1, firstNegative - last - 1).Clear();
                image.Im.Slice(start + last + 1, firstNegative - last - 1).Clear();
                Transfer(wave.Spectrum, row, 0, last + 1, xRe, xIm, yRe[row], yIm[row]);
                Transfer(wave.Spectrum, row, firstNegative, width - firstNegative, xRe, xIm, yRe[row], yIm[row]);
            }

            plan.InverseOfBand(image, -bandColumns, Math.Min((2 * bandColumns) + 1, width), image);
            for (int row = 0; row < grid.HeightPx; row++)
            {
                WaveArithmetic.AddIntensity(
                    image.Re.Slice(row * image.Stride, width), image.Im.Slice(row * image.Stride, width), (float)(weight * share), sums.Slice(row * width, width));
            }
        }
    }

    // image = spectrum · transfer, then · the phase of a change of focus.
    private void Transfer(ComplexRaster spectrum, int row, int column, int count, float[] xRe, float[] xIm, float yRe, float yIm)
    {
        int from = (row * spectrum.Stride) + column, to = (row * image.Stride) + column, lens = (row * transfer.Stride) + column;
        Span<float> re = image.Re.Slice(to, count), im = image.Im.Slice(to, count);
        WaveArithmetic.Multiply(spectrum.Re.Slice(from, count), spectrum.Im.Slice(from, count), xRe.AsSpan(column, count), xIm.AsSpan(column, count), yRe, yIm, re, im);
        WaveArithmetic.Multiply(re, im, transfer.Re.Slice(lens, count), transfer.Im.Slice(lens, count), 1, 0, re, im);
    }

    /// <summary>Sets the transfer at one frequency; false where it is too small to matter.</summary>
    private bool Fill(LensTransfer optics, int column, int row, bool series)
    {
        (double x, double y) = (grid.X[column], grid.Y[row]);
        double envelope = optics.Passes(x, y) ? optics.ConvergenceEnvelope(x, y) : 0;
        double damped = envelope * optics.FocalEnvelope(x, y);
        if (damped < SmallestEnvelope)
        {
            return false;
        }

        (double sin, double cos) = Math.SinCos(optics.Phase(x, y));
        envelope = series ? envelope : damped;
        int at = (row * transfer.Stride) + column;
        (transfer.Re[at], transfer.Im[at]) = ((float)(envelope * cos), (float)(-envelope * sin));
        return true;
    }

    private static IEnumerable<(double DefocusNm, double Weight)> Samples(ObjectiveLens lens, bool series)
    {
        if (!series)
        {
            return [(0, 1)];
        }

        int half = lens.FocalSampleCount / 2;
        double step = WidestSigma / half;
        double[] weights = [.. Enumerable.Range(-half, lens.FocalSampleCount).Select(j => Math.Exp(-0.5 * j * step * j * step))];
        double sum = weights.Sum();
        return weights.Select((weight, j) => ((j - half) * step * lens.FocalSpreadNm, weight / sum));
    }

    // exp(−iπλδ g²) is a product of a function of x and one of y.
    private (double Weight, float[] XRe, float[] XIm, float[] YRe, float[] YIm) Phases(double wavelengthTimesDefocus, double weight)
    {
        (float[] xRe, float[] xIm) = FresnelPropagator.Phases(grid.X, wavelengthTimesDefocus);
        (float[] yRe, float[] yIm) = FresnelPropagator.Phases(grid.Y, wavelengthTimesDefocus);
        return (weight, xRe, xIm, yRe, yIm);
    }
}
