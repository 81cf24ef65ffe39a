using MathNet.Numerics.Distributions;

namespace ImageAnalysis.Lattice;

/// <summary>What rings leave open: defocus and astigmatism on a set of weighted points, with the best fit's film and envelopes.</summary>
internal sealed class TransferPosterior
{
    private readonly TransferLens lens;
    private readonly FilmScattering film;
    private readonly double filmNm;
    private readonly double[] best;
    private readonly double spreadVariance;
    private readonly double convergenceVariance;
    private readonly Node[] nodes;

    public TransferPosterior(TransferLens lens, TransferOptions options, double[] best, double[,] covariance, IReadOnlyList<Node> nodes)
    {
        (this.lens, this.best) = (lens, best);
        (spreadVariance, convergenceVariance) = (covariance[RingModel.LogSpread, RingModel.LogSpread], covariance[RingModel.LogConvergence, RingModel.LogConvergence]);
        film = new FilmScattering(options.FilmElement);
        filmNm = options.FilmThicknessNm;
        double sum = nodes.Sum(node => node.Weight);
        this.nodes = [.. nodes.Select(node => node with { Weight = node.Weight / sum })];
    }

    /// <summary>Amplitude of transfer with its 5 % and 95 % quantiles.</summary>
    public TransferValue At(double gx, double gy, double heightSigmaNm)
    {
        (double g2, double cos2, double sin2) = Split(gx, gy);
        double lambda = lens.WavelengthNm, perNm = Math.PI * lambda * g2, g = Math.Sqrt(g2);
        double spread = Math.PI * lambda * g2 * Math.Exp(best[RingModel.LogSpread]), source = Math.Exp(best[RingModel.LogConvergence]) * 1e-3 / lambda;
        const int Points = 9;
        (double Value, double Weight)[] amplitudes = new (double, double)[nodes.Length * Points];
        double square = 0, blurred = 0;
        double perMm = TransferLens.PhasePerMm(lambda, g2);
        Span<double> slope = [perNm, Math.PI * lambda * cos2, Math.PI * lambda * sin2, perMm];
        for (int i = 0; i < nodes.Length; i++)
        {
            Node node = nodes[i];
            double fourth = perMm * node.At[3], chi = node.Phase(slope);
            double steep = g > 0 ? ((2 * chi) + (2 * fourth)) / g : 0;
            double envelope = Math.Exp(-(0.5 * spread * spread) - (0.25 * source * source * steep * steep));

            // Variance of the envelope's logarithm.
            blurred += node.Weight * ((spread * spread * spread * spread * spreadVariance) + (0.25 * Math.Pow(source * steep, 4) * convergenceVariance));
            double sigma = Math.Sqrt(node.Variance(slope) + Math.Pow(perNm * heightSigmaNm, 2));
            for (int k = 0; k < Points; k++)
            {
                // Points of equal weight of a normal distribution.
                double amplitude = envelope * Math.Abs(Math.Sin(chi + (sigma * NormalPoints[k])));
                amplitudes[(i * Points) + k] = (amplitude, node.Weight / Points);
                square += node.Weight / Points * amplitude * amplitude;
            }
        }

        Array.Sort(amplitudes, (a, b) => a.Value.CompareTo(b.Value));
        double blur = 1.645 * Math.Sqrt(blurred);
        return new TransferValue(Math.Sqrt(square), Quantile(0.05) * Math.Exp(-blur), Math.Min(1, Quantile(0.95) * Math.Exp(blur)));

        double Quantile(double share)
        {
            double sum = 0;
            foreach ((double value, double weight) in amplitudes)
            {
                sum += weight;
                if (sum >= share)
                {
                    return value;
                }
            }

            return amplitudes[^1].Value;
        }
    }

    public double FilmOverFloor(double gx, double gy)
    {
        (double g2, double cos2, double sin2) = Split(gx, gy);
        return g2 > 0 ? RingModel.FilmOverFloor(g2, cos2, sin2, best, lens, film, filmNm) : 0;
    }

    // Quantiles (k + ½)/9 of the normal distribution.
    private static readonly double[] NormalPoints = [.. Enumerable.Range(0, 9).Select(k => Normal.InvCDF(0, 1, (k + 0.5) / 9))];

    // y points down.
    private static (double G2, double Cos2, double Sin2) Split(double gx, double gy) => ((gx * gx) + (gy * gy), (gx * gx) - (gy * gy), -2 * gx * gy);

    /// <summary>One range: defocus, the two parts of astigmatism (nm) and spherical aberration (mm), with their covariance.</summary>
    internal readonly record struct Node(double[] At, double[,] Covariance, double Weight)
    {
        public double Phase(ReadOnlySpan<double> slope)
        {
            double sum = 0;
            for (int i = 0; i < slope.Length; i++)
            {
                sum += slope[i] * At[i];
            }

            return sum;
        }

        /// <summary>Variance of the phase, rad².</summary>
        public double Variance(ReadOnlySpan<double> slope)
        {
            double sum = 0;
            for (int i = 0; i < slope.Length; i++)
            {
                for (int j = 0; j < slope.Length; j++)
                {
                    sum += slope[i] * slope[j] * Covariance[i, j];
                }
            }

            return Math.Max(0, sum);
        }
    }
}
