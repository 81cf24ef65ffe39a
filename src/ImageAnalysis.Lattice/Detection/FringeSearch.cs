namespace ImageAnalysis.Lattice;

/// <summary>A place in image and spectrum where a filter's power stands out.</summary>
/// <param name="Level">Number of the level.</param>
/// <param name="U">Bin of the filter along x.</param>
/// <param name="V">Bin of the filter along y.</param>
/// <param name="XNm">Column, nm.</param>
/// <param name="YNm">Row, nm.</param>
/// <param name="Snr">Power over that of the support.</param>
internal readonly record struct FringeCandidate(int Level, int U, int V, double XNm, double YNm, double Snr);

/// <summary>What the bank of filters found.</summary>
/// <param name="Levels">The levels, narrowest first.</param>
/// <param name="Supports">The support's power at the width of each level.</param>
/// <param name="Candidates">Local maxima above the threshold, strongest first.</param>
internal sealed record FringeSearchResult(IReadOnlyList<GaborLevel> Levels, IReadOnlyList<SupportCurve> Supports, IReadOnlyList<FringeCandidate> Candidates);

/// <summary>Looks for fringes anywhere in the image, at all frequencies of the range, with two widths of filters.</summary>
internal static class FringeSearch
{
    /// <summary>Filters stand this many σ_f apart: a fringe between four of them loses a third of its power.</summary>
    private const double SpacingRatio = 1.2;

    /// <summary>So many filters of about the same |g| are looked at together.</summary>
    private const int BatchSize = 32;

    /// <summary>Where less of a filter lies in the image than this, it is not looked at.</summary>
    private const float LeastCoverage = 0.4f;

    public static FringeSearchResult Run(WorkImage work, double lowestPerNm, double highestPerNm, ReadOnlySpan<double> sigmasNm, double thresholdSnr)
    {
        List<GaborLevel> levels = [];
        List<SupportCurve> supports = [];
        List<FringeCandidate> candidates = [];
        for (int level = 0; level < sigmasNm.Length; level++)
        {
            GaborLevel bank = new(work, sigmasNm[level]);
            levels.Add(bank);
            supports.Add(Search(work, bank, level, lowestPerNm, highestPerNm, thresholdSnr, candidates));
        }

        candidates.Sort(static (a, b) => b.Snr.CompareTo(a.Snr));
        return new FringeSearchResult(levels, supports, candidates);
    }

    private static SupportCurve Search(WorkImage work, GaborLevel bank, int level, double lowest, double highest, double threshold, List<FringeCandidate> candidates)
    {
        double limit = Math.Min(highest, work.HighestPerNm - (0.5 * bank.SigmaPerNm));
        List<(int U, int V)> bins = Bins(work, bank.SigmaPerNm * SpacingRatio, lowest, limit);
        int count = bank.GridWidth * bank.GridHeight;
        float[] powers = new float[BatchSize * count], scratch = new float[count];
        double[] means = new double[BatchSize], sorted = new double[BatchSize];
        ReadOnlySpan<float> coverage = bank.CoverageFraction;
        double cells = Math.Max(1, work.ImageAreaNm2 / (4 * Math.PI * bank.SigmaNm * bank.SigmaNm));
        double toDensity = 1 / (Math.PI * bank.SigmaPerNm * bank.SigmaPerNm);
        FilterPower[] filters = new FilterPower[bins.Count];
        List<(FringeCandidate Candidate, int Filter)> found = [];
        for (int first = 0; first < bins.Count; first += BatchSize)
        {
            int batch = Math.Min(BatchSize, bins.Count - first);
            for (int i = 0; i < batch; i++)
            {
                Span<float> power = powers.AsSpan(i * count, count);
                bank.Filter(bins[first + i].U, bins[first + i].V);
                bank.CopyPower(power);
                double median = Math.Max(Median(power, coverage, scratch), 1e-30);

                // E ln of the median of n exponentials lies below ln(ln 2) by about 0.21/n.
                means[i] = median / Math.Log(2) * Math.Exp(0.21 / cells);
                filters[first + i] = new FilterPower(bins[first + i].U / work.FieldWidthNm, bins[first + i].V / work.FieldHeightNm, Math.Log(means[i] * toDensity));
            }

            // A crystal that fills the image fills its own filters' medians too; those of other directions at the same |g| do not know it.
            means.AsSpan(0, batch).CopyTo(sorted);
            Array.Sort(sorted, 0, batch);
            double quartile = sorted[batch / 4];
            for (int i = 0; i < batch; i++)
            {
                double least = 0.5 * threshold * Math.Min(means[i], 2 * quartile);
                Maxima(bank, level, bins[first + i], first + i, powers.AsSpan(i * count, count), coverage, (float)least, found);
            }
        }

        SupportCurve support = SupportCurve.Fit(filters, bank.SigmaPerNm);
        foreach ((FringeCandidate candidate, int filter) in found)
        {
            double density = support.DensityAt(filters[filter].Gx, filters[filter].Gy);
            double snr = candidate.Snr * toDensity / density;
            if (snr >= threshold)
            {
                candidates.Add(candidate with { Snr = snr });
            }
        }

        return support;
    }

    private static List<(int U, int V)> Bins(WorkImage work, double spacing, double lowest, double highest)
    {
        List<(int U, int V)> bins = [];
        int rows = (int)(highest / spacing) + 1;
        for (int j = -rows; j <= rows; j++)
        {
            // Every second row is shifted: filters on triangles leave smaller gaps than on squares.
            double gy = j * spacing, shift = (j & 1) == 0 ? 0 : 0.5 * spacing;
            for (int i = 0; (i * spacing) + shift <= highest; i++)
            {
                double gx = (i * spacing) + shift, g2 = (gx * gx) + (gy * gy);
                if (g2 >= lowest * lowest && g2 <= highest * highest && (gx > 0 || gy > 0))
                {
                    bins.Add(((int)Math.Round(gx * work.FieldWidthNm), (int)Math.Round(gy * work.FieldHeightNm)));
                }
            }
        }

        bins.Sort((a, b) => Squared(work, a).CompareTo(Squared(work, b)));
        return bins;
    }

    private static double Squared(WorkImage work, (int U, int V) bin) => Math.Pow(bin.U / work.FieldWidthNm, 2) + Math.Pow(bin.V / work.FieldHeightNm, 2);

    private static double Median(ReadOnlySpan<float> power, ReadOnlySpan<float> coverage, float[] scratch)
    {
        int step = Math.Max(1, power.Length / 500), n = 0;
        for (int i = 0; i < power.Length; i += step)
        {
            if (coverage[i] > 0.8f)
            {
                scratch[n++] = power[i];
            }
        }

        if (n < 8)
        {
            n = 0;
            for (int i = 0; i < power.Length; i++)
            {
                scratch[n++] = power[i] / Math.Max(coverage[i], 0.2f);
            }
        }

        Span<float> values = scratch.AsSpan(0, n);
        values.Sort();
        return values[n / 2];
    }

    private static void Maxima(GaborLevel bank, int level, (int U, int V) bin, int filter, ReadOnlySpan<float> power, ReadOnlySpan<float> coverage, float least, List<(FringeCandidate, int)> found)
    {
        int width = bank.GridWidth, height = bank.GridHeight;
        for (int y = 0; y < height; y++)
        {
            int row = y * width;
            for (int x = 0; x < width; x++)
            {
                float value = power[row + x];
                if (value < least || coverage[row + x] < LeastCoverage)
                {
                    continue;
                }

                if (IsMaximum(power, width, height, x, y, value))
                {
                    found.Add((new FringeCandidate(level, bin.U, bin.V, x * bank.StepXNm, y * bank.StepYNm, value), filter));
                }
            }
        }
    }

    // The field repeats itself, as the transform does: the tail of a crystal beyond the other side is no maximum.
    private static bool IsMaximum(ReadOnlySpan<float> power, int width, int height, int x, int y, float value)
    {
        for (int dy = -1; dy <= 1; dy++)
        {
            int row = (y + dy + height) % height * width;
            for (int dx = -1; dx <= 1; dx++)
            {
                if (power[row + ((x + dx + width) % width)] > value)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
