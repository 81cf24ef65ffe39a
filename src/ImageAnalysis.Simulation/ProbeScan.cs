using System.Numerics;
using System.Runtime.InteropServices;

namespace ImageAnalysis.Simulation;

/// <summary>Scans a Gaussian probe over a specimen, line by line, each line with its own displacement.</summary>
/// <remarks>
/// The probe is sampled where the scan points fall between the fine points, so that a shift of a line needs no interpolation of an image.
/// Multiplications and additions stand apart (no fused operation) and each pixel's sum has one order: the same bits with vectors of any width.
/// </remarks>
internal static class ProbeScan
{
    private const double Reach = 4.5; // standard deviations; beyond it lie 7e-6 of the probe

    /// <summary>Margin that a probe needs about the image, px.</summary>
    public static int MarginPx(double sigmaPx) => (int)Math.Ceiling(Reach * sigmaPx) + 1;

    /// <summary>Adds <paramref name="share"/> times the scanned image to <paramref name="image"/>.</summary>
    /// <param name="specimen">The specimen.</param>
    /// <param name="sigmaXPx">Standard deviation of the probe along x, px.</param>
    /// <param name="sigmaYPx">The same along y, px.</param>
    /// <param name="shifts">Displacement of the specimen in each line, px.</param>
    /// <param name="share">Weight of this probe.</param>
    /// <param name="image">Width × height values.</param>
    /// <param name="widthPx">Width of the image.</param>
    public static void Add(SpecimenRaster specimen, double sigmaXPx, double sigmaYPx, (double X, double Y)[] shifts, double share, float[] image, int widthPx)
    {
        int s = specimen.Oversampling;
        float[] line = new float[specimen.Width];
        int phaseLength = specimen.Width / s;
        float[][] phases = new float[s][];
        for (int phase = 0; phase < s; phase++)
        {
            phases[phase] = new float[phaseLength];
        }

        for (int y = 0; y < shifts.Length; y++)
        {
            Array.Clear(line);
            (int first, float[] weights) = Taps(specimen.ToFine(y - shifts[y].Y), sigmaYPx * s, 1.0, specimen.Height);
            for (int i = 0; i < weights.Length; i++)
            {
                AddScaled(specimen.Row(first + i), weights[i], line);
            }

            for (int x = 0; x < line.Length; x++)
            {
                phases[x % s][x / s] = line[x];
            }

            // Taps for the pixel x = MarginPx·0: those of all others are the same, s fine points apart.
            (first, weights) = Taps(specimen.ToFine(-shifts[y].X), sigmaXPx * s, share, specimen.Width);
            Span<float> target = image.AsSpan(y * widthPx, widthPx);
            for (int i = 0; i < weights.Length; i++)
            {
                int at = first + i;
                AddScaled(phases[at % s].AsSpan(at / s, widthPx), weights[i], target);
            }
        }
    }

    private static (int First, float[] Weights) Taps(double centre, double sigma, double sum, int limit)
    {
        int first = Math.Max(0, (int)Math.Ceiling(centre - (Reach * sigma)));
        int last = Math.Min(limit - 1, (int)Math.Floor(centre + (Reach * sigma)));
        double[] weights = new double[last - first + 1];
        double total = 0.0;
        for (int i = 0; i < weights.Length; i++)
        {
            double d = (first + i - centre) / sigma;
            weights[i] = PortableMath.Exp(-0.5 * d * d);
            total += weights[i];
        }

        return (first, Array.ConvertAll(weights, w => (float)(w * sum / total)));
    }

    private static void AddScaled(ReadOnlySpan<float> source, float weight, Span<float> target)
    {
        ReadOnlySpan<Vector<float>> sourceVectors = MemoryMarshal.Cast<float, Vector<float>>(source);
        Span<Vector<float>> targetVectors = MemoryMarshal.Cast<float, Vector<float>>(target[..source.Length]);
        var weightVector = new Vector<float>(weight);
        for (int i = 0; i < sourceVectors.Length; i++)
        {
            Vector<float> product = sourceVectors[i] * weightVector;
            targetVectors[i] += product;
        }

        for (int i = sourceVectors.Length * Vector<float>.Count; i < source.Length; i++)
        {
            float product = source[i] * weight;
            target[i] += product;
        }
    }
}
