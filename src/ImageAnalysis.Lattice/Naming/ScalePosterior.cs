namespace ImageAnalysis.Lattice;

/// <summary>What naming looks at in one crystal: its strongest fringe, and one in another direction where there is one.</summary>
/// <param name="Ax">Strongest fringe, nm⁻¹ of the nominal scale.</param>
/// <param name="Ay">The same along y.</param>
/// <param name="Bx">The other fringe; 0 without.</param>
/// <param name="By">The same along y.</param>
/// <param name="HasPair">Whether there is another.</param>
/// <param name="SigmaFraction">Relative uncertainty of a length, strain within the crystal included.</param>
internal sealed record NamingView(double Ax, double Ay, double Bx, double By, bool HasPair, double SigmaFraction);

/// <summary>The names of one crystal's two fringes.</summary>
/// <param name="Kind">Kind of the strongest; −1 where the reference has none.</param>
/// <param name="Pair">The pair; <c>null</c> without a second fringe or where the reference has none.</param>
/// <param name="Probability">Of this name against all others.</param>
internal sealed record CrystalName(int Kind, ReflectionPair? Pair, double Probability);

/// <summary>The true size of the pixels against the nominal, as the crystals of the image tell.</summary>
/// <param name="ScaleX">True pixel width over the nominal.</param>
/// <param name="ScaleY">True pixel height over the nominal.</param>
/// <param name="SigmaCommon">One standard deviation of the logarithm of √(ScaleX ScaleY).</param>
/// <param name="SigmaAspect">One standard deviation of the logarithm of ScaleX/ScaleY.</param>
/// <param name="PairCount">Crystals with two named directions, which alone tell the aspect.</param>
internal sealed record ScaleEstimate(double ScaleX, double ScaleY, double SigmaCommon, double SigmaAspect, int PairCount);

/// <summary>
/// Names fringes by their lengths, ratios and angles, all crystals of an image together: the error of the pixel size is common to them. A grid over the two logarithms of the scale (common and aspect)
/// carries the prior of calibrations; each crystal multiplies in the sum over its possible names, one of which is "none of the reference's".
/// </summary>
internal static class ScalePosterior
{
    private const double Step = 0.01;
    private const double StrainSigma = 0.02; // of a whole crystal
    private const double AngleSigmaDeg = 1.6;
    private const double ForeignWeight = 0.03;
    private const double ForeignPairWeight = 0.1;

    public static (IReadOnlyList<CrystalName> Names, ScaleEstimate Scale) Solve(IReadOnlyList<NamingView> views, ReflectionTable table, double sigmaCommon, double sigmaAspect)
    {
        int commons = Math.Min(60, (int)Math.Ceiling(4 * sigmaCommon / Step)), aspects = Math.Min(15, (int)Math.Ceiling(4 * sigmaAspect / Step));
        double stepCommon = 4 * sigmaCommon / commons, stepAspect = 4 * sigmaAspect / aspects;
        int width = (2 * aspects) + 1, count = ((2 * commons) + 1) * width;
        double[] log = new double[count];
        double[][] each = [.. views.Select(_ => new double[count])];
        double weightSum = table.Kinds.Sum(static kind => kind.Weight);
        List<(int Kind, ReflectionPair? Pair, double Prior)>[] names = [.. views.Select(view => Candidates(view, table, weightSum, 4 * sigmaCommon))];
        for (int i = -commons; i <= commons; i++)
        {
            for (int j = -aspects; j <= aspects; j++)
            {
                int at = ((i + commons) * width) + j + aspects;
                double common = i * stepCommon, aspect = j * stepAspect;
                log[at] = -0.5 * ((common * common / (sigmaCommon * sigmaCommon)) + (aspect * aspect / (sigmaAspect * sigmaAspect)));
                (double sx, double sy) = (Math.Exp(common + (0.5 * aspect)), Math.Exp(common - (0.5 * aspect)));
                for (int c = 0; c < views.Count; c++)
                {
                    double sum = 0;
                    foreach ((int kind, ReflectionPair? pair, double prior) in names[c])
                    {
                        sum += prior * Likelihood(views[c], table, kind, pair, sx, sy);
                    }

                    each[c][at] = sum;
                    log[at] += Math.Log(sum);
                }
            }
        }

        double most = log.Max();
        double[] posterior = [.. log.Select(value => Math.Exp(value - most))];
        double total = posterior.Sum();
        CrystalName[] result = new CrystalName[views.Count];
        int pairs = 0;
        double meanCommon = 0, meanAspect = 0, squareCommon = 0, squareAspect = 0;
        for (int at = 0; at < count; at++)
        {
            double p = posterior[at] / total, common = ((at / width) - commons) * stepCommon, aspect = ((at % width) - aspects) * stepAspect;
            meanCommon += p * common;
            meanAspect += p * aspect;
            squareCommon += p * common * common;
            squareAspect += p * aspect * aspect;
        }

        for (int c = 0; c < views.Count; c++)
        {
            double best = -1;
            foreach ((int kind, ReflectionPair? pair, double prior) in names[c])
            {
                double probability = 0;
                for (int at = 0; at < count; at++)
                {
                    if (posterior[at] > 1e-9)
                    {
                        double common = ((at / width) - commons) * stepCommon, aspect = ((at % width) - aspects) * stepAspect;
                        (double sx, double sy) = (Math.Exp(common + (0.5 * aspect)), Math.Exp(common - (0.5 * aspect)));
                        probability += posterior[at] / total * prior * Likelihood(views[c], table, kind, pair, sx, sy) / each[c][at];
                    }
                }

                if (probability > best)
                {
                    best = probability;
                    result[c] = new CrystalName(kind, pair, Math.Min(1, probability));
                }
            }

            pairs += result[c].Pair is null ? 0 : 1;
        }

        double sigmaC = Math.Sqrt(Math.Max(squareCommon - (meanCommon * meanCommon), 1e-8)), sigmaA = Math.Sqrt(Math.Max(squareAspect - (meanAspect * meanAspect), 1e-8));
        return (result, new ScaleEstimate(Math.Exp(meanCommon + (0.5 * meanAspect)), Math.Exp(meanCommon - (0.5 * meanAspect)), sigmaC, sigmaA, pairs));
    }

    private static List<(int Kind, ReflectionPair? Pair, double Prior)> Candidates(NamingView view, ReflectionTable table, double weightSum, double reach)
    {
        double a = Math.Log(Length(view.Ax, view.Ay));
        List<(int, ReflectionPair?, double)> names = [];
        if (!view.HasPair)
        {
            for (int kind = 0; kind < table.Kinds.Count; kind++)
            {
                if (Math.Abs(a - Math.Log(table.Kinds[kind].FrequencyPerNm)) < reach + 0.15)
                {
                    names.Add((kind, null, table.Kinds[kind].Weight / weightSum));
                }
            }

            names.Add((-1, null, ForeignWeight));
            return names;
        }

        double b = Math.Log(Length(view.Bx, view.By));
        foreach (ReflectionPair pair in table.Pairs)
        {
            ReflectionKind first = table.Kinds[pair.First], second = table.Kinds[pair.Second];
            double scaleA = a - Math.Log(first.FrequencyPerNm), scaleB = b - Math.Log(second.FrequencyPerNm);
            if (CrystalGrouping.MaySpan(table, pair) && Math.Abs(scaleA) < reach + 0.15 && Math.Abs(scaleA - scaleB) < 0.25)
            {
                names.Add((pair.First, pair, first.Weight * second.Weight / (weightSum * weightSum)));
            }
        }

        names.Add((-1, null, ForeignPairWeight * ForeignWeight));
        return names;
    }

    private static double Likelihood(NamingView view, ReflectionTable table, int kind, ReflectionPair? pair, double sx, double sy)
    {
        const double Uniform = 0.7;
        if (kind < 0)
        {
            return view.HasPair ? Uniform * Uniform / 90 : Uniform;
        }

        // A pixel that is truly larger makes true frequencies smaller.
        double ax = view.Ax / sx, ay = view.Ay / sy, a = Length(ax, ay), ra = Math.Log(a / table.Kinds[kind].FrequencyPerNm);
        if (pair is null)
        {
            double single = Math.Sqrt((StrainSigma * StrainSigma) + (view.SigmaFraction * view.SigmaFraction));
            return Normal(ra, single);
        }

        double bx = view.Bx / sx, by = view.By / sy, b = Length(bx, by), rb = Math.Log(b / table.Kinds[pair.Second].FrequencyPerNm);
        double angle = Math.Acos(Math.Min(1, Math.Abs((ax * bx) + (ay * by)) / (a * b))) * 180 / Math.PI;
        double mean = Math.Sqrt((StrainSigma * StrainSigma) + (0.5 * view.SigmaFraction * view.SigmaFraction)), difference = Math.Sqrt((2 * view.SigmaFraction * view.SigmaFraction) + (0.012 * 0.012));
        double turn = Math.Sqrt((AngleSigmaDeg * AngleSigmaDeg) + Math.Pow(view.SigmaFraction * 180 / Math.PI, 2));
        return Normal(0.5 * (ra + rb), mean) * Normal(ra - rb, difference) * Normal(angle - pair.AngleDeg, turn);
    }

    private static double Normal(double x, double sigma) => Math.Exp(-0.5 * x * x / (sigma * sigma)) / (sigma * Math.Sqrt(2 * Math.PI));

    private static double Length(double x, double y) => Math.Sqrt((x * x) + (y * y));
}
