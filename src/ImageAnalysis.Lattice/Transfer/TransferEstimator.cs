using System.Globalization;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Lattice;

/// <summary>Estimates the contrast transfer function of an HRTEM image from the Thon rings of its amorphous support.</summary>
/// <remarks>docs/methods/transfer.md.</remarks>
public static class TransferEstimator
{
    private const double LeastRings = 25;
    private const double WidestMeasuredNm = 6;
    private const double LeastLikely = 1e-3;
    private const int QuickCandidates = 4;
    private const double PoorMisfit = 2;
    private const double WorstMisfit = 9;

    /// <summary>Estimates the transfer of an image.</summary>
    /// <param name="micrograph">The image, with its calibration; voltage and spherical aberration are taken from its acquisition where it names them.</param>
    /// <param name="options">How.</param>
    /// <returns>The estimate; what could not be found out is said in it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    /// <exception cref="ArgumentException">A pixel is not finite, or the film's element is none.</exception>
    public static TransferEstimate Estimate(Micrograph micrograph, TransferOptions options)
    {
        ArgumentNullException.ThrowIfNull(micrograph);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Guard.Finite(micrograph.Pixels);
        double? named = micrograph.Acquisition.SphericalAberrationMm;
        TransferLens lens = new(
            micrograph.Acquisition.VoltageKv ?? options.VoltageKv,
            named ?? options.SphericalAberrationMm,
            named is double mm ? Math.Max(1e-4, options.NamedSphericalSigmaFraction * Math.Abs(mm)) : options.SphericalAberrationSigmaMm);
        TransferEstimate nothing = new()
        {
            Knowledge = TransferKnowledge.Unknown,
            Reason = "the pixel size is not known",
            VoltageKv = lens.VoltageKv,
            SphericalAberrationMm = lens.SphericalMm,
            SphericalAberrationSigmaMm = lens.SphericalSigmaMm,
            HeightSigmaNm = options.HeightSigmaNm,
            LensAssumed = micrograph.Acquisition.VoltageKv is null || named is null,
            Modes = [],
        };
        if (micrograph.Calibration is not { } calibration)
        {
            return nothing;
        }

        if (SupportSpectrum.Of(micrograph.Pixels, calibration, options) is not { } spectrum)
        {
            return nothing with { Reason = "the image is too small, too coarse or too even for a spectrum of its support" };
        }

        return Fit(spectrum, lens, options, nothing with { TileCount = spectrum.TileCount });
    }

    private static TransferEstimate Fit(SupportSpectrum spectrum, TransferLens lens, TransferOptions options, TransferEstimate nothing)
    {
        // A Hann window of length L spreads a frequency with a standard deviation of 1/(√3 L) along its axis.
        double window2 = ((1 / (3 * Math.Pow(spectrum.TileWidthNm, 2))) + (1 / (3 * Math.Pow(spectrum.TileHeightNm, 2)))) / 2;
        RingModel coarse = new(spectrum.Coarse, lens, options, window2), fine = new(spectrum.Fine, lens, options, window2);
        bool[] free = [.. Enumerable.Repeat(true, RingModel.ParameterCount)];
        RingSolution smooth = RingSearch.Smooth(coarse, RingSearch.Start(coarse)), none = RingSearch.Smooth(fine, smooth.Parameters);
        List<RingSolution> candidates = RingSearch.OverDefocus(coarse, smooth, options);
        double scatter = RingFit.Dispersion(coarse, candidates[0]);
        List<RingSolution> refined = [.. candidates.TakeWhile(candidate => candidate.Cost - candidates[0].Cost < 2 * LeastRings * scatter).Take(QuickCandidates)
            .Select(candidate => RingFit.Solve(fine, RingSearch.Turned(fine, candidate.Parameters)[0], free, 15)).OrderBy(solution => solution.Cost)];
        double misfit = Misfit(refined[0]);
        if (misfit > PoorMisfit)
        {
            // The search without directions may have gone astray: all its minima, in several directions of astigmatism.
            RingModel thin = new(spectrum.Fine.Thinned(Math.Max(1, spectrum.Fine.Count / 700)), lens, options, window2);
            double strong = 1.25 * options.TwofoldAstigmatismSigmaNm;
            RingSolution[] wide = [.. candidates.SelectMany((candidate, rank) => RingSearch.Turned(thin, candidate.Parameters).Take(rank < 4 ? 4 : 1))
                .Concat(candidates.Take(3).SelectMany(candidate => RingSearch.Turned(thin, candidate.Parameters, strong).Take(4)))
                .Select(start => RingFit.Solve(thin, start, free, 10)).OrderBy(solution => solution.Cost)];
            refined = [.. wide.Take(QuickCandidates).Select(solution => RingFit.Solve(fine, solution.Parameters, free, 15)).Concat(refined).OrderBy(solution => solution.Cost)];
            misfit = Misfit(refined[0]);
        }

        List<(RingSolution Solution, double[,] Covariance, double Weight)> modes = [];
        foreach (RingSolution solution in refined)
        {
            bool known = modes.Exists(mode => Math.Abs(mode.Solution.Parameters[RingModel.Defocus] - solution.Parameters[RingModel.Defocus]) < 2);
            double[,] covariance = RingFit.Covariance(fine, solution, free, misfit);

            // Laplace: what a mode weighs is its height times its width.
            covariance[RingModel.Defocus, RingModel.Defocus] += options.SystematicSigmaNm * options.SystematicSigmaNm;
            double width = Math.Sqrt(Math.Max(1e-6, covariance[RingModel.Defocus, RingModel.Defocus]));
            double weight = Math.Exp(-0.5 * (solution.Cost - refined[0].Cost) / misfit) * width;
            if (!known)
            {
                modes.Add((solution, covariance, weight));
            }
        }

        double total = modes.Sum(mode => mode.Weight);
        modes = [.. modes.Select(mode => mode with { Weight = mode.Weight / total }).Where(mode => mode.Weight >= LeastLikely).OrderByDescending(mode => mode.Weight)];
        return Report(modes, (none.Cost - refined[0].Cost) / misfit, misfit, lens, options, nothing);

        double Misfit(RingSolution solution) => Math.Max(RingFit.Dispersion(fine, solution), RingFit.RingDispersion(fine, solution, options.HighestPerNm));
    }

    private static TransferEstimate Report(
        List<(RingSolution Solution, double[,] Covariance, double Weight)> modes, double rings, double misfit, TransferLens lens, TransferOptions options, TransferEstimate nothing)
    {
        (RingSolution best, double[,] covariance, double likely) = modes[0];
        double[] p = best.Parameters;
        double mean = modes.Sum(mode => mode.Weight * mode.Solution.Parameters[RingModel.Defocus]) / modes.Sum(mode => mode.Weight);
        double variance = modes.Sum(mode => mode.Weight * (mode.Covariance[RingModel.Defocus, RingModel.Defocus] + Math.Pow(mode.Solution.Parameters[RingModel.Defocus] - mean, 2)))
            / modes.Sum(mode => mode.Weight);
        TransferMode[] found = [.. modes.Select(mode => new TransferMode(
            mode.Solution.Parameters[RingModel.Defocus], Math.Sqrt(mode.Covariance[RingModel.Defocus, RingModel.Defocus]), mode.Weight))];
        nothing = nothing with { MisfitRatio = misfit, RingsChi2 = rings };
        if (rings < LeastRings)
        {
            return nothing with { Reason = string.Create(CultureInfo.InvariantCulture, $"no rings stand out of the spectrum of the support (evidence {rings:F0}, needed {LeastRings:F0})") };
        }

        TransferMode[] within = [.. found.Where(mode => mode.Probability >= 0.025)];
        double low = within.Min(mode => mode.DefocusNm - (1.96 * mode.DefocusSigmaNm)), high = within.Max(mode => mode.DefocusNm + (1.96 * mode.DefocusSigmaNm));
        bool single = likely >= 0.95, narrow = found[0].DefocusSigmaNm <= WidestMeasuredNm, explained = misfit <= WorstMisfit;
        string reason = single && narrow && explained ? string.Empty
            : !explained ? string.Create(CultureInfo.InvariantCulture, $"the model does not explain the spectrum of the support (misfit {misfit:F0}): crystals or contamination may cover it")
            : single ? string.Create(CultureInfo.InvariantCulture, $"the rings leave the defocus open from {low:F0} to {high:F0} nm: too few zeros in view")
            : string.Create(CultureInfo.InvariantCulture, $"the rings leave several ranges of defocus open: {string.Join(", ", within.Select(mode => string.Create(CultureInfo.InvariantCulture, $"{mode.DefocusNm:F0} nm ({100 * mode.Probability:F0} %)")))}");
        double astigmatism = Math.Sqrt((p[RingModel.AstigmatismCos] * p[RingModel.AstigmatismCos]) + (p[RingModel.AstigmatismSin] * p[RingModel.AstigmatismSin]));
        double direction = Math.Atan2(p[RingModel.AstigmatismSin], p[RingModel.AstigmatismCos]) * 90 / Math.PI;
        return nothing with
        {
            Knowledge = single && narrow && explained ? TransferKnowledge.Measured : TransferKnowledge.Bounded,
            Reason = reason,
            DefocusNm = p[RingModel.Defocus],
            SphericalAberrationMm = p[RingModel.Spherical],
            SphericalAberrationSigmaMm = Math.Sqrt(covariance[RingModel.Spherical, RingModel.Spherical]),
            DefocusSigmaNm = single ? found[0].DefocusSigmaNm : Math.Sqrt(variance),
            LowestDefocusNm = low,
            HighestDefocusNm = high,
            TwofoldAstigmatismNm = astigmatism,
            TwofoldAstigmatismSigmaNm = Math.Sqrt(0.5 * (covariance[RingModel.AstigmatismCos, RingModel.AstigmatismCos] + covariance[RingModel.AstigmatismSin, RingModel.AstigmatismSin])),
            TwofoldAstigmatismDeg = direction < 0 ? direction + 180 : direction,
            FocalSpreadNm = Math.Exp(p[RingModel.LogSpread]),
            Modes = found,
            Posterior = new TransferPosterior(lens, options, p, covariance, [.. modes.Select(Node)]),
        };

        static TransferPosterior.Node Node((RingSolution Solution, double[,] Covariance, double Weight) mode)
        {
            int[] places = [RingModel.Defocus, RingModel.AstigmatismCos, RingModel.AstigmatismSin, RingModel.Spherical];
            double[,] covariance = new double[places.Length, places.Length];
            for (int i = 0; i < places.Length; i++)
            {
                for (int j = 0; j < places.Length; j++)
                {
                    covariance[i, j] = mode.Covariance[places[i], places[j]];
                }
            }

            return new([.. places.Select(place => mode.Solution.Parameters[place])], covariance, mode.Weight);
        }
    }
}
