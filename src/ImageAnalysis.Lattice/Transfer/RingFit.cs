namespace ImageAnalysis.Lattice;

/// <summary>
/// Fits of <see cref="RingModel"/> by the likelihood of gamma-distributed means (Whittle's for spectra): Fisher scoring with Marquardt's damping. Values far above the model, which are
/// spots of crystals, count less the farther they are.
/// </summary>
internal static class RingFit
{
    private const double SpotDeviations = 3;

    /// <summary>Fits the free parameters, from where they are.</summary>
    /// <param name="model">The model with its data.</param>
    /// <param name="start">Where to start.</param>
    /// <param name="free">Which parameters move.</param>
    /// <param name="steps">The most steps.</param>
    public static RingSolution Solve(RingModel model, ReadOnlySpan<double> start, ReadOnlySpan<bool> free, int steps)
    {
        int[] moving = Moving(free);
        double[] p = start.ToArray(), trial = new double[p.Length];
        NormalEquations here = new(p.Length), there = new(p.Length);
        double cost = here.Fill(model, p), damping = 1e-3;
        for (int step = 0; step < steps; step++)
        {
            double gain = -1;
            for (int attempt = 0; attempt < 6 && gain < 0; attempt++)
            {
                if (here.Solve(moving, damping) is double[] change)
                {
                    p.CopyTo(trial, 0);
                    for (int i = 0; i < moving.Length; i++)
                    {
                        trial[moving[i]] += change[i];
                    }

                    Keep(model, trial);
                    double next = there.Fill(model, trial);
                    if (next < cost)
                    {
                        (gain, cost) = (cost - next, next);
                        (here, there) = (there, here);
                        trial.CopyTo(p, 0);
                        damping = Math.Max(1e-7, damping * 0.2);
                        break;
                    }
                }

                damping = Math.Min(1e9, Math.Max(damping, 1e-4) * 8);
            }

            if (gain < 0.01)
            {
                break;
            }
        }

        return new RingSolution(p, cost);
    }

    /// <summary>The covariance of the moving parameters: the inverse of Fisher's information with what was known before. Others are 0.</summary>
    /// <param name="model">The model with its data.</param>
    /// <param name="solution">A fit.</param>
    /// <param name="free">Which parameters moved.</param>
    /// <param name="misfit">By how much the data scatter more than counting says: what they tell counts that much less.</param>
    public static double[,] Covariance(RingModel model, RingSolution solution, ReadOnlySpan<bool> free, double misfit)
    {
        int count = RingModel.ParameterCount;
        int[] moving = Moving(free);
        NormalEquations equations = new(count);
        equations.Fill(model, solution.Parameters, misfit);
        double[,] covariance = new double[count, count];
        for (int j = 0; j < moving.Length; j++)
        {
            double[] unit = new double[count];
            unit[moving[j]] = 1;
            double[]? column = equations.Solve(moving, 0, unit);
            for (int i = 0; i < moving.Length; i++)
            {
                covariance[moving[i], moving[j]] = column?[i] ?? 0;
            }
        }

        return covariance;
    }

    /// <summary>Robust scatter of the data over what counting says, a ratio of variances of at least 1.</summary>
    public static double Dispersion(RingModel model, RingSolution solution)
    {
        RingData data = model.Data;
        double[] deviations = new double[data.Count];
        RingModel.Shared shared = model.SharedOf(solution.Parameters);
        for (int i = 0; i < data.Count; i++)
        {
            deviations[i] = Math.Abs((data.Power[i] / Math.Exp(model.LogPower(i, solution.Parameters, shared, []))) - 1) * Math.Sqrt(data.Independent[i]);
        }

        Array.Sort(deviations);

        // The median of |z| is 0.6745 for normal values, 0.6 and less for exponential ones.
        double ratio = deviations[deviations.Length / 2] / 0.6745;
        return Math.Max(1, ratio * ratio);
    }

    /// <summary>
    /// Scatter of means over rings: where the model misses the curve itself, neighbours miss it together, and rings scatter more than single values. A ratio of variances of at least 1.
    /// </summary>
    public static double RingDispersion(RingModel model, RingSolution solution, double highest)
    {
        RingData data = model.Data;
        const int Rings = 32;
        double least = data.G2.Min(), width = (Math.Min(highest, Math.Sqrt(data.G2.Max())) - Math.Sqrt(least)) / Rings;
        double[] sums = new double[Rings], weights = new double[Rings];
        RingModel.Shared shared = model.SharedOf(solution.Parameters);
        for (int i = 0; i < data.Count; i++)
        {
            int ring = (int)((Math.Sqrt(data.G2[i]) - Math.Sqrt(least)) / width);
            if (ring < Rings)
            {
                double ratio = data.Power[i] * Math.Exp(-model.LogPower(i, solution.Parameters, shared, []));
                double limit = Limit(data.Independent[i]);
                sums[ring] += data.Weight[i] * (Math.Min(ratio, limit) - 1);
                weights[ring] += data.Weight[i];
            }
        }

        double[] squares = [.. Enumerable.Range(0, Rings).Where(ring => weights[ring] > 0).Select(ring => sums[ring] * sums[ring] / weights[ring])];
        return squares.Length < 8 ? 1 : Math.Max(1, squares.Average() * squares.Length / Math.Max(4, squares.Length - 8));
    }

    /// <summary>Twice the negative logarithm of likelihood and prior, but for a constant.</summary>
    public static double Cost(RingModel model, ReadOnlySpan<double> p)
    {
        RingData data = model.Data;
        RingModel.Shared shared = model.SharedOf(p);
        double sum = 0;
        for (int i = 0; i < data.Count; i++)
        {
            sum += 2 * data.Weight[i] * Deviance(data.Power[i] * Math.Exp(-model.LogPower(i, p, shared, [])), Limit(data.Independent[i])).Value;
        }

        return sum + PriorCost(model, p);
    }

    /// <summary>Above so many means, values count less and less.</summary>
    public static double Limit(double independent) => 1 + (SpotDeviations / Math.Sqrt(independent));

    /// <summary>Half the deviance of a ratio of power to model, and its negative derivative by the model's logarithm: r − 1, but (l − 1)/(1 + ln(r/l)) above the limit l.</summary>
    public static (double Value, double Pull) Deviance(double ratio, double limit)
    {
        if (ratio <= limit)
        {
            return (ratio - 1 - Math.Log(Math.Max(ratio, 1e-300)), ratio - 1);
        }

        double beyond = 1 + Math.Log(ratio / limit);
        return (limit - 1 - Math.Log(limit) + ((limit - 1) * Math.Log(beyond)), (limit - 1) / beyond);
    }

    /// <summary>What the parameters' distance from what was known before costs.</summary>
    public static double PriorCost(RingModel model, ReadOnlySpan<double> p)
    {
        double sum = 0;
        for (int k = 0; k < p.Length; k++)
        {
            (double mean, double sigma) = model.Prior[k];
            sum += double.IsFinite(sigma) ? (p[k] - mean) * (p[k] - mean) / (sigma * sigma) : 0;
        }

        return sum;
    }

    private static int[] Moving(ReadOnlySpan<bool> free)
    {
        List<int> moving = [];
        for (int i = 0; i < free.Length; i++)
        {
            if (free[i])
            {
                moving.Add(i);
            }
        }

        return [.. moving];
    }

    // Runaway logarithms would overflow.
    private static void Keep(RingModel model, double[] p)
    {
        (double mean, double sigma) = model.Prior[RingModel.Spherical];
        p[RingModel.Spherical] = Math.Clamp(p[RingModel.Spherical], mean - (4 * sigma), mean + (4 * sigma));
        p[RingModel.LogSpread] = Math.Clamp(p[RingModel.LogSpread], Math.Log(0.05), Math.Log(60));
        p[RingModel.LogConvergence] = Math.Clamp(p[RingModel.LogConvergence], Math.Log(0.001), Math.Log(10));
        p[RingModel.LogFill] = Math.Clamp(p[RingModel.LogFill], Math.Log(1e-4), 0);
        p[RingModel.LogLow] = Math.Clamp(p[RingModel.LogLow], -20, 20);
        p[RingModel.Strength] = Math.Clamp(p[RingModel.Strength], -12, 14);
    }
}

/// <summary>A fit: its parameters and twice the negative logarithm of its probability, but for a constant.</summary>
internal sealed record RingSolution(double[] Parameters, double Cost);
