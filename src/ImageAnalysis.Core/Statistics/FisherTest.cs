namespace ImageAnalysis.Core;

/// <summary>Fisher's exact test: are two samples' fractions the same?</summary>
/// <remarks>
/// Two-sided in the usual way (R. A. Fisher, Statistical Methods for Research Workers, 5th ed. (1934), section 21.02; J. O. Irwin, Metron 12 (1935) 83; neither opened): given both numbers of particles and the total in the state, the
/// probabilities of all tables that are no more probable than the observed one are added. Equal probabilities are told from less probable ones with a relative tolerance of 10⁻⁷. The test is conservative: with few particles its real level is well below the one named.
/// </remarks>
public static class FisherTest
{
    /// <summary>Two tables whose probabilities differ by less than this are equally probable: they are rounded from the same number.</summary>
    private const double RelativeTolerance = 1e-7;

    /// <summary>Tables that are so much less probable than the most probable one change no level of significance.</summary>
    private const double NegligibleWeight = 1e-20;

    /// <summary>The two-sided p-value for k₁ of n₁ against k₂ of n₂.</summary>
    /// <param name="firstInStateCount">k₁, particles in the state in the first sample.</param>
    /// <param name="firstAllCount">n₁, all particles of the first sample.</param>
    /// <param name="secondInStateCount">k₂, particles in the state in the second sample.</param>
    /// <param name="secondAllCount">n₂, all particles of the second sample.</param>
    /// <returns>The p-value, 0 … 1; <c>null</c> where a sample has no particles. 0 of 30 against 3 of 30: 0.24.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is outside its range.</exception>
    public static double? PValueOf(int firstInStateCount, int firstAllCount, int secondInStateCount, int secondAllCount)
    {
        FractionIntervals.CheckCount(firstInStateCount, firstAllCount);
        FractionIntervals.CheckCount(secondInStateCount, secondAllCount);
        if (firstAllCount == 0 || secondAllCount == 0)
        {
            return null;
        }

        (int lowest, double[] weights) = Tables(firstAllCount, secondAllCount, firstInStateCount + secondInStateCount, 0);
        double observed = weights[firstInStateCount - lowest] * (1 + RelativeTolerance), all = 0, extreme = 0;
        foreach (double weight in weights)
        {
            all += weight;
            extreme += weight <= observed ? weight : 0;
        }

        return Math.Min(1, extreme / all);
    }

    /// <summary>
    /// Which tables with a given total are significant: those with k₁ below the first or above the second number.
    /// </summary>
    internal static (int NotBelow, int NotAbove) Accepted(int firstAll, int secondAll, int total, double significance)
    {
        (int lowest, double[] weights) = Tables(firstAll, secondAll, total, NegligibleWeight);
        double all = weights.Sum(), extreme = 0;
        int left = 0, right = weights.Length - 1;

        // The probabilities rise to one mode and fall again, so the least probable tables lie at the two ends.
        while (left <= right)
        {
            double level = Math.Min(weights[left], weights[right]) * (1 + RelativeTolerance);
            int nextLeft = left, nextRight = right;
            while (nextLeft <= right && weights[nextLeft] <= level)
            {
                extreme += weights[nextLeft++];
            }

            while (nextRight >= nextLeft && weights[nextRight] <= level)
            {
                extreme += weights[nextRight--];
            }

            if (extreme > significance * all)
            {
                break;
            }

            (left, right) = (nextLeft, nextRight);
        }

        return (lowest + left, lowest + right);
    }

    /// <summary>Probabilities of k₁ given the total, hypergeometric, relative to the most probable one; those below a given number at both ends are left out.</summary>
    private static (int Lowest, double[] Weights) Tables(int firstAll, int secondAll, int total, double negligible)
    {
        int lowest = Math.Max(0, total - secondAll), highest = Math.Min(firstAll, total);
        int mode = (int)Math.Clamp((long)(firstAll + 1) * (total + 1) / ((long)firstAll + secondAll + 2), lowest, highest);
        List<double> above = [], below = [];
        double weight = 1;
        for (int k = mode; k < highest && weight >= negligible; k++)
        {
            weight *= (double)(firstAll - k) * (total - k) / ((k + 1.0) * (secondAll - total + k + 1.0));
            above.Add(weight);
        }

        weight = 1;
        for (int k = mode; k > lowest && weight >= negligible; k--)
        {
            weight *= k * (double)(secondAll - total + k) / ((firstAll - k + 1.0) * (total - k + 1.0));
            below.Add(weight);
        }

        below.Reverse();
        return (mode - below.Count, [.. below, 1, .. above]);
    }
}
