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

    /// <summary>
    /// How far the maximum of a spot lies from its own frequency, outwards along g and across it, and what is open of that, nm⁻¹: over all that the rings and the crystal's height leave open, the frequency g₀ is sought of
    /// which S(g) = ∫ T(g′) exp(−(g′ − g₀)²/2s²) exp(−(g − g′)²/2w²) dg′, the spot under the transfer T seen through the window, has its maximum at g. T changes along the gradient of its phase, which astigmatism turns away
    /// from g; across that gradient nothing moves.
    /// </summary>
    /// <param name="gx">Place of the maximum along x, nm⁻¹.</param>
    /// <param name="gy">Place of the maximum along y, nm⁻¹.</param>
    /// <param name="spotPerNm">Standard deviation s of the spot, nm⁻¹.</param>
    /// <param name="windowPerNm">Standard deviation w of the window's transform, nm⁻¹.</param>
    /// <param name="heightSigmaNm">How far the crystal may lie from the film's middle, nm.</param>
    public SpotShift ShiftAt(double gx, double gy, double spotPerNm, double windowPerNm, double heightSigmaNm)
    {
        const int Points = 41;
        double g = Math.Sqrt((gx * gx) + (gy * gy)), s2 = spotPerNm * spotPerNm, w2 = windowPerNm * windowPerNm, v = Math.Sqrt(s2 * w2 / (s2 + w2));
        double reach = (2 * spotPerNm / (1 + (s2 / w2))) + (3.5 * v), step = 2 * reach / (Points - 1), lambda = lens.WavelengthNm;
        double along = 0, alongSquares = 0, across = 0, acrossSquares = 0;
        (double g2, double cos2, double sin2) = Split(gx, gy);
        Span<double> transfer = stackalloc double[Points];
        foreach (Node node in nodes)
        {
            Span<double> here = [Math.PI * lambda * g2, Math.PI * lambda * cos2, Math.PI * lambda * sin2, TransferLens.PhasePerMm(lambda, g2)];
            (double sine, double cosine) = Gradient(node, here, g);
            double ux = ((cosine * gx) - (sine * gy)) / g, uy = ((cosine * gy) + (sine * gx)) / g;
            double focusSigma = Math.Sqrt((node.Variance(here) / (here[0] * here[0])) + (heightSigmaNm * heightSigmaNm));
            foreach (double point in NormalPoints)
            {
                for (int i = 0; i < Points; i++)
                {
                    double far = (i * step) - reach;
                    (double at2, double atCos2, double atSin2) = Split(gx + (far * ux), gy + (far * uy));
                    Span<double> there = [Math.PI * lambda * at2, Math.PI * lambda * atCos2, Math.PI * lambda * atSin2, TransferLens.PhasePerMm(lambda, at2)];
                    double chi = node.Phase(there) + (there[0] * focusSigma * point), steep = ((2 * chi) + (2 * there[3] * node.At[3])) / Math.Max(Math.Sqrt(at2), 0.05 * g);
                    double spread = Math.PI * lambda * at2 * Math.Exp(best[RingModel.LogSpread]), source = Math.Exp(best[RingModel.LogConvergence]) * 1e-3 / lambda;
                    transfer[i] = Math.Sin(chi) * Math.Exp(-(0.5 * spread * spread) - (0.25 * source * source * steep * steep));
                }

                double weight = node.Weight / NormalPoints.Length;
                double? own = Own(transfer, -reach, step, 0, s2, w2, v);
                double shift = -(own ?? 0), square = own is null ? s2 : shift * shift;
                along += weight * shift * cosine;
                alongSquares += weight * square * cosine * cosine;
                across += weight * shift * sine;
                acrossSquares += weight * square * sine * sine;
            }
        }

        return new SpotShift(along, Math.Sqrt(Math.Max(0, alongSquares - (along * along))), across, Math.Sqrt(Math.Max(0, acrossSquares - (across * across))));
    }

    /// <summary>∇χ/2π at a frequency, nm, over all that the rings leave open.</summary>
    /// <param name="gx">Frequency along x, nm⁻¹.</param>
    /// <param name="gy">Frequency along y, nm⁻¹.</param>
    public FringeDisplacement DisplacementAt(double gx, double gy)
    {
        double g = Math.Sqrt((gx * gx) + (gy * gy)), lambda = lens.WavelengthNm, along = 0, across = 0, squares = 0;
        (double g2, double cos2, double sin2) = Split(gx, gy);
        Span<double> phases = [Math.PI * lambda * g2, Math.PI * lambda * cos2, Math.PI * lambda * sin2, TransferLens.PhasePerMm(lambda, g2)];
        foreach (Node node in nodes)
        {
            (double radial, double turning) = Slopes(node, phases, g);
            double variance = 4 * node.Variance(phases) / g2;
            along += node.Weight * radial;
            across += node.Weight * turning;
            squares += node.Weight * ((radial * radial) + variance);
        }

        double sigma = Math.Sqrt(Math.Max(0, squares - (along * along))), perTurn = 1 / (2 * Math.PI * g);
        return new FringeDisplacement(perTurn * ((along * gx) - (across * gy)), perTurn * ((along * gy) + (across * gx)), sigma / (2 * Math.PI));
    }

    /// <summary>Sine and cosine of the angle from g to the gradient of the phase, towards (−g_y, g_x), less than 90° to either side.</summary>
    private static (double Sine, double Cosine) Gradient(Node node, ReadOnlySpan<double> phases, double g)
    {
        (double radial, double turning) = Slopes(node, phases, g);
        double length = Math.Sqrt((radial * radial) + (turning * turning));
        return length < 1e-9 ? (0, 1) : (Math.Sign(radial == 0 ? 1 : radial) * turning / length, Math.Abs(radial) / length);
    }

    /// <summary>Slope of the phase along g and towards (−g_y, g_x), rad nm.</summary>
    private static (double Radial, double Turning) Slopes(Node node, ReadOnlySpan<double> phases, double g)
    {
        double fourth = phases[3] * node.At[3];

        // Along (−g_y, g_x)/g, g_x² − g_y² and −2 g_x g_y grow by 2/g times the other and by −2/g times the first.
        return (((2 * node.Phase(phases)) + (2 * fourth)) / g, 2 * ((phases[2] * node.At[1]) - (phases[1] * node.At[2])) / g);
    }

    /// <summary>The frequency of a spot whose maximum is seen at g; <c>null</c> where none within two of its widths is.</summary>
    private static double? Own(ReadOnlySpan<double> transfer, double first, double step, double g, double s2, double w2, double v)
    {
        // The product of both Gaussians is one about m = (g₀w² + g s²)/(s² + w²) of variance v²; S′(g) = 0 is Σ T (g′ − g) exp(−(g′ − m)²/2v²) = 0.
        const int Trials = 40;
        double most = 2 * Math.Sqrt(s2) / (1 + (s2 / w2)), before = 0;
        double? nearest = null;
        for (int trial = -Trials / 2; trial <= Trials / 2; trial++)
        {
            double m = g + (most * trial / (Trials / 2)), slope = 0, value = 0, bend = 0;
            for (int i = 0; i < transfer.Length; i++)
            {
                double at = first + (i * step), far = at - g, weight = transfer[i] * Math.Exp(-0.5 * (at - m) * (at - m) / (v * v));
                slope += weight * far;
                value += weight;
                bend += weight * ((far * far / w2) - 1);
            }

            if (trial > -Trials / 2 && before * slope <= 0 && value * bend < 0)
            {
                // Between this trial and the one before.
                double back = slope == before ? 0 : slope / (slope - before) * most / (Trials / 2), root = m - back, own = root + ((root - g) * s2 / w2);
                nearest = nearest is double known && Math.Abs(known - g) < Math.Abs(own - g) ? known : own;
            }

            before = slope;
        }

        return nearest;
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
