using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace ImageAnalysis.Particles;

/// <summary>One counted size with the weight that makes up for particles lost at the border.</summary>
/// <param name="SizeNm">The size, nm; above 0.</param>
/// <param name="WeightRatio">Weight of the particle, above 0: <see cref="SizeMeasurement.BorderWeightRatio"/>.</param>
public readonly record struct CountedSize(double SizeNm, double WeightRatio);

/// <summary>Statistics of particle sizes.</summary>
/// <remarks>
/// Border: each particle weighs W·H / ((W − w)(H − h)), the inverse of its chance to lie wholly inside an image of W × H with its own
/// width w and height h (R. E. Miles, in Stochastic Geometry, Wiley 1974; known in image analysis as Miles-Lantuéjoul correction; the paper could not be opened). Intervals: bootstrap percentiles with
/// the levels widened for few particles (T. C. Hesterberg, The American Statistician 69, 371 (2015), doi 10.1080/00031305.2015.1089789,
/// section 5.3, "expanded percentile"). Fits: weighted maximum likelihood; AICc after N. Sugiura, Commun. Stat. A7, 13 (1978), doi
/// 10.1080/03610927808827599. Bin width: D. Freedman and P. Diaconis, Z. Wahrscheinlichkeitstheorie 57, 453 (1981), doi 10.1007/BF01025868, rounded down to 1, 2 or 5 times a power of ten.
/// Does not correct for particles hidden by others, nor for the images having been chosen by a person.
/// </remarks>
public static class SizeStatistics
{
    private const double NormalQuantile95 = 1.959963984540054;

    /// <summary>Summarises the counted sizes of one measurand.</summary>
    /// <param name="sizes">The counted particles; any order gives the same result.</param>
    /// <param name="options">How to summarise.</param>
    /// <returns>The distribution, or <c>null</c> where no particle was counted.</returns>
    /// <exception cref="ArgumentException">A size or weight is not finite and above 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    public static SizeDistribution? Summarise(IReadOnlyList<CountedSize> sizes, DistributionOptions options)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        CountedSize[] sorted = [.. sizes.OrderBy(static s => s.SizeNm).ThenBy(static s => s.WeightRatio)];
        foreach (CountedSize size in sorted)
        {
            if (!(size.SizeNm > 0 && double.IsFinite(size.SizeNm) && size.WeightRatio > 0 && double.IsFinite(size.WeightRatio)))
            {
                throw new ArgumentException(FormattableString.Invariant($"A counted size is {size.SizeNm} nm with weight {size.WeightRatio}; both are to be finite and above 0."), nameof(sizes));
            }
        }

        int n = sorted.Length;
        if (n == 0)
        {
            return null;
        }

        double[] ones = [.. Enumerable.Repeat(1.0, n)];
        double[] weights = [.. sorted.Select(static s => s.WeightRatio)];
        (double mean, double? sd) = Moments(sorted, weights);
        (double plainMean, double? plainSd) = Moments(sorted, ones);
        (SizeEstimate meanOf, SizeEstimate? sdOf, SizeEstimate medianOf) = Bootstrap(sorted, mean, sd, options);
        double needed = sd is double s ? Math.Pow(NormalQuantile95 * s / (options.PrecisionWantedPercent / 100 * mean), 2) : 0;
        return new SizeDistribution
        {
            Count = n,
            Mean = meanOf,
            Sd = sdOf,
            D10Nm = Quantile(sorted, weights, 0.1),
            Median = medianOf,
            D90Nm = Quantile(sorted, weights, 0.9),
            PlainMeanNm = plainMean,
            PlainSdNm = plainSd,
            Fits = Fits(sorted),
            Histogram = HistogramOf(sorted),
            PrecisionWantedPercent = options.PrecisionWantedPercent,
            MoreNeeded = (int)Math.Min(int.MaxValue, Math.Max(0, Math.Ceiling(needed) - n)),
        };
    }

    private static (double Mean, double? Sd) Moments(ReadOnlySpan<CountedSize> sizes, ReadOnlySpan<double> weights)
    {
        double total = 0, sum = 0, squares = 0;
        for (int i = 0; i < sizes.Length; i++)
        {
            total += weights[i];
            sum += weights[i] * sizes[i].SizeNm;
        }

        double mean = sum / total;
        for (int i = 0; i < sizes.Length; i++)
        {
            squares += weights[i] * (sizes[i].SizeNm - mean) * (sizes[i].SizeNm - mean);
        }

        return (mean, sizes.Length < 2 ? null : Math.Sqrt(squares / total * sizes.Length / (sizes.Length - 1)));
    }

    /// <summary>Weighted quantile of sorted sizes: linear between the middles of the weights (Hazen's rule; equal weights give (k − ½)/n).</summary>
    private static double Quantile(ReadOnlySpan<CountedSize> sorted, ReadOnlySpan<double> weights, double fraction)
    {
        double total = 0, before = 0;
        foreach (double w in weights)
        {
            total += w;
        }

        double wanted = fraction * total, lastPlace = 0, lastSize = 0;
        bool any = false;
        for (int i = 0; i < sorted.Length; i++)
        {
            if (weights[i] <= 0)
            {
                continue;
            }

            double place = before + (weights[i] / 2);
            if (wanted <= place)
            {
                return any ? lastSize + ((sorted[i].SizeNm - lastSize) * (wanted - lastPlace) / (place - lastPlace)) : sorted[i].SizeNm;
            }

            (lastPlace, lastSize, any) = (place, sorted[i].SizeNm, true);
            before += weights[i];
        }

        return lastSize;
    }

    private static (SizeEstimate Mean, SizeEstimate? Sd, SizeEstimate Median) Bootstrap(CountedSize[] sorted, double mean, double? sd, DistributionOptions options)
    {
        int n = sorted.Length, draws = options.BootstrapSamples;
        double median = Quantile(sorted, [.. sorted.Select(static s => s.WeightRatio)], 0.5);
        if (n < 2)
        {
            return (new SizeEstimate(mean, mean, mean), null, new SizeEstimate(median, median, median));
        }

        Xoshiro256StarStar random = new(options.Seed);
        double[] means = new double[draws], sds = new double[draws], medians = new double[draws], weights = new double[n];
        for (int draw = 0; draw < draws; draw++)
        {
            Array.Clear(weights);
            for (int k = 0; k < n; k++)
            {
                int at = random.Next(n);
                weights[at] += sorted[at].WeightRatio;
            }

            (double m, double? s) = Moments(sorted, weights);
            means[draw] = m;
            sds[draw] = s!.Value;
            medians[draw] = Quantile(sorted, weights, 0.5);
        }

        double tail = Normal.CDF(0, 1, Math.Sqrt(n / (n - 1.0)) * StudentT.InvCDF(0, 1, n - 1, 0.025));
        return (Interval(means, mean, tail), Interval(sds, sd!.Value, tail), Interval(medians, median, tail));
    }

    private static SizeEstimate Interval(double[] draws, double value, double tail)
    {
        Array.Sort(draws);
        return new SizeEstimate(value, At(tail), At(1 - tail));

        double At(double fraction)
        {
            double place = Math.Clamp((fraction * draws.Length) - 0.5, 0, draws.Length - 1);
            int k = (int)place;
            return k + 1 < draws.Length ? draws[k] + ((place - k) * (draws[k + 1] - draws[k])) : draws[k];
        }
    }

    private static DistributionFit[] Fits(CountedSize[] sorted)
    {
        int n = sorted.Length;
        if (n < 5 || sorted[0].SizeNm == sorted[^1].SizeNm)
        {
            return [];
        }

        double total = sorted.Sum(static s => s.WeightRatio), toCount = n / total;
        double mu = sorted.Sum(static s => s.WeightRatio * s.SizeNm) / total;
        double sigma = Math.Sqrt(sorted.Sum(s => s.WeightRatio * (s.SizeNm - mu) * (s.SizeNm - mu)) / total);
        double muLog = sorted.Sum(static s => s.WeightRatio * Math.Log(s.SizeNm)) / total;
        double sigmaLog = Math.Sqrt(sorted.Sum(s => s.WeightRatio * Math.Pow(Math.Log(s.SizeNm) - muLog, 2)) / total);
        double penalty = 4 + (12.0 / (n - 3));
        double normal = toCount * sorted.Sum(s => s.WeightRatio * Normal.PDFLn(mu, sigma, s.SizeNm));
        double logNormal = toCount * sorted.Sum(s => s.WeightRatio * (Normal.PDFLn(muLog, sigmaLog, Math.Log(s.SizeNm)) - Math.Log(s.SizeNm)));
        double logMean = Math.Exp(muLog + (sigmaLog * sigmaLog / 2));
        DistributionFit[] fits =
        [
            new("normal", mu, sigma, mu, sigma, penalty - (2 * normal)),
            new("log-normal", logMean, logMean * Math.Sqrt(Math.Exp(sigmaLog * sigmaLog) - 1), muLog, sigmaLog, penalty - (2 * logNormal)),
        ];
        return [.. fits.OrderBy(static f => f.Aicc)];
    }

    private static SizeHistogram HistogramOf(CountedSize[] sorted)
    {
        int n = sorted.Length;
        double[] ones = [.. Enumerable.Repeat(1.0, n)];
        double spread = Quantile(sorted, ones, 0.75) - Quantile(sorted, ones, 0.25), range = sorted[^1].SizeNm - sorted[0].SizeNm;
        double width = 2 * spread / Math.Cbrt(n);
        width = Math.Max(width > 0 ? width : range / Math.Max(1, Math.Sqrt(n)), Math.Max(range / 200, sorted[^1].SizeNm * 1e-3));
        double power = Math.Pow(10, Math.Floor(Math.Log10(width))), steps = width / power;
        width = power * (steps >= 5 ? 5 : steps >= 2 ? 2 : 1);
        long first = (long)Math.Floor(sorted[0].SizeNm / width), last = (long)Math.Floor(sorted[^1].SizeNm / width);
        int[] counts = new int[last - first + 1];
        foreach (CountedSize size in sorted)
        {
            counts[(long)Math.Floor(size.SizeNm / width) - first]++;
        }

        return new SizeHistogram(first * width, width, counts);
    }
}
