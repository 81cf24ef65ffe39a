namespace ImageAnalysis.Lattice;

/// <summary>Where fits of rings start: a curve without rings, and the minima of a search over defocus and spherical aberration.</summary>
internal static class RingSearch
{
    private const double GridNm = 4;
    private const double WideGridNm = 6;
    private const double KnownSphericalMm = 0.05;
    private const int MostMinima = 8;

    /// <summary>Parameters to begin with: what was expected, and the strength of film and floor.</summary>
    public static double[] Start(RingModel model)
    {
        double[] p = [.. model.Prior.Select(prior => prior.Mean)];
        RingData data = model.Data;
        double floor = Math.Log(Math.Max(data.Power[Array.IndexOf(data.G2, data.G2.Max())], 1e-30)) + 0.5;
        p[RingModel.Floor] = floor;

        // The strongest ring against the floor; sin² is ½ in the mean.
        double peak = 0;
        for (int i = 0; i < data.Count; i++)
        {
            peak = data.G2[i] > 2 && data.G2[i] < 25 ? Math.Max(peak, data.Power[i]) : peak;
        }

        p[RingModel.Strength] = Math.Log(Math.Max(0.1, (peak / Math.Exp(floor)) - 1)) + 0.3;
        return p;
    }

    /// <summary>The best curve without rings: the film's zeros filled wholly.</summary>
    public static RingSolution Smooth(RingModel model, double[] start)
    {
        bool[] free = [.. Enumerable.Repeat(true, RingModel.ParameterCount)];
        (free[RingModel.Defocus], free[RingModel.AstigmatismCos], free[RingModel.AstigmatismSin], free[RingModel.Spherical]) = (false, false, false, false);
        (free[RingModel.LogFill], free[RingModel.LogConvergence]) = (false, false);
        double[] p = [.. start];
        (p[RingModel.LogFill], p[RingModel.Defocus]) = (0, 0);
        RingSolution found = RingFit.Solve(model, p, free, 25);

        // What was expected of the fill is no part of a curve without rings.
        (double mean, double sigma) = model.Prior[RingModel.LogFill];
        return found with { Cost = found.Cost - Math.Pow((found.Parameters[RingModel.LogFill] - mean) / sigma, 2) };
    }

    /// <summary>Local minima over the defocus, of means over all directions, best first. The size of the astigmatism is fitted, and the spherical aberration is begun with at several values.</summary>
    public static List<RingSolution> OverDefocus(RingModel model, RingSolution smooth, TransferOptions options)
    {
        bool[] free = [.. Enumerable.Repeat(true, RingModel.ParameterCount)], all = [.. free];
        (free[RingModel.Defocus], free[RingModel.AstigmatismSin], all[RingModel.AstigmatismSin]) = (false, false, false);
        (double spherical, double sigma) = model.Prior[RingModel.Spherical];
        bool known = sigma < KnownSphericalMm;
        double grid = known ? GridNm : WideGridNm;
        int count = (int)Math.Ceiling((options.HighestDefocusNm - options.LowestDefocusNm) / grid) + 1;
        List<RingSolution> minima = [];
        foreach (double start in known ? (double[])[spherical] : [spherical - sigma, spherical, spherical + sigma])
        {
            RingSolution[] line = new RingSolution[count];
            for (int i = 0; i < count; i++)
            {
                double[] p = [.. smooth.Parameters];
                p[RingModel.Defocus] = options.LowestDefocusNm + (i * grid);
                p[RingModel.Spherical] = start;
                p[RingModel.LogFill] = model.Prior[RingModel.LogFill].Mean + 1;
                (p[RingModel.AstigmatismCos], p[RingModel.AstigmatismSin]) = (0.5 * options.TwofoldAstigmatismSigmaNm, 0);
                line[i] = RingFit.Solve(model, p, free, 6);
            }

            for (int i = 0; i < count; i++)
            {
                if ((i == 0 || line[i].Cost <= line[i - 1].Cost) && (i == count - 1 || line[i].Cost < line[i + 1].Cost))
                {
                    minima.Add(line[i]);
                }
            }
        }

        List<RingSolution> distinct = [];
        foreach (RingSolution minimum in minima.OrderBy(minimum => minimum.Cost).Take(2 * MostMinima).Select(minimum => RingFit.Solve(model, minimum.Parameters, all, 12)).OrderBy(minimum => minimum.Cost))
        {
            if (distinct.Count < MostMinima && !distinct.Exists(other => Near(other, minimum)))
            {
                distinct.Add(minimum);
            }
        }

        return distinct;

        static bool Near(RingSolution a, RingSolution b) => Math.Abs(a.Parameters[RingModel.Defocus] - b.Parameters[RingModel.Defocus]) < 2
            && Math.Abs(a.Parameters[RingModel.Spherical] - b.Parameters[RingModel.Spherical]) < 0.05;
    }

    /// <summary>The astigmatism of a search in which only its size counted, turned to eight directions: the best one, the three across and against it, the others.</summary>
    public static double[][] Turned(RingModel fine, double[] parameters, double? sizeNm = null)
    {
        double size = sizeNm ?? Math.Abs(parameters[RingModel.AstigmatismCos]), least = double.PositiveInfinity;
        List<double[]> directions = [];
        int best = 0;
        for (int k = 0; k < 8; k++)
        {
            double[] turned = [.. parameters];
            (double sin, double cos) = Math.SinCos(2 * Math.PI * k / 8);
            (turned[RingModel.AstigmatismCos], turned[RingModel.AstigmatismSin]) = (size * cos, size * sin);
            double cost = RingFit.Cost(fine, turned);
            (best, least) = cost < least ? (k, cost) : (best, least);
            directions.Add(turned);
        }

        return [.. ((int[])[0, 4, 2, 6, 1, 7, 3, 5]).Select(k => directions[(best + k) % 8])];
    }
}
