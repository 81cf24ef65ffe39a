using MathNet.Numerics;

namespace ImageAnalysis.Core;

/// <summary>How many particles a sample needs, for a test or for an interval.</summary>
/// <remarks>
/// All numbers are exact sums over binomial counts, no normal approximation. They assume true fractions that nobody knows beforehand: take the smallest difference, or the fraction nearest to one half, that would matter.
/// </remarks>
public static class SampleSizes
{
    /// <summary>Counts rarer than this, added over all, change no digit of a power.</summary>
    private const double NegligibleLogProbability = -45;

    /// <summary>Power and width saw-tooth with the number of particles: a number is good only when the next ones are too.</summary>
    private const int Following = 10;

    /// <summary>The probability that Fisher's exact test (two-sided) finds two fractions different.</summary>
    /// <param name="firstFraction">True fraction of the first sample, 0 … 1.</param>
    /// <param name="firstAllCount">Particles of the first sample, 1 … 20,000.</param>
    /// <param name="secondFraction">True fraction of the second sample, 0 … 1.</param>
    /// <param name="secondAllCount">Particles of the second sample, 1 … 20,000.</param>
    /// <param name="significanceProbability">A p-value at or below this counts as found; 0.0001 … 0.5.</param>
    /// <returns>The power, 0 … 1. 0.5 against 0.9 with 20 of each: 0.74.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or outside its range.</exception>
    /// <remarks>The sum over all counts of both samples of their binomial probabilities, where the test is significant: B. M. Bennett and P. Hsu, Biometrika 47 (1960) 393, doi:10.2307/2333309 (not opened).</remarks>
    public static double FisherPowerProbability(double firstFraction, int firstAllCount, double secondFraction, int secondAllCount, double significanceProbability = 0.05)
    {
        CheckFraction(firstFraction, nameof(firstFraction));
        CheckFraction(secondFraction, nameof(secondFraction));
        OptionCheck.Within(firstAllCount, 1, 20_000, nameof(firstAllCount));
        OptionCheck.Within(secondAllCount, 1, 20_000, nameof(secondAllCount));
        OptionCheck.Within(significanceProbability, 1e-4, 0.5, nameof(significanceProbability));
        (int from1, double[] first) = Binomial(firstFraction, firstAllCount);
        (int from2, double[] second) = Binomial(secondFraction, secondAllCount);
        double power = 0;
        for (int total = from1 + from2; total <= from1 + from2 + first.Length + second.Length - 2; total++)
        {
            (int notBelow, int notAbove) = FisherTest.Accepted(firstAllCount, secondAllCount, total, significanceProbability);
            int from = Math.Max(from1, total - from2 - second.Length + 1), to = Math.Min(from1 + first.Length - 1, total - from2);
            for (int k = from; k <= to; k++)
            {
                if (k < notBelow || k > notAbove)
                {
                    power += first[k - from1] * second[total - k - from2];
                }
            }
        }

        return Math.Min(1, power);
    }

    /// <summary>The number of particles in each of two samples with which Fisher's exact test finds two fractions different with a wanted probability ("n for 90 %").</summary>
    /// <param name="firstFraction">True fraction of the first sample, 0 … 1.</param>
    /// <param name="secondFraction">True fraction of the second sample, 0 … 1.</param>
    /// <param name="powerProbability">Wanted probability of finding the difference; 0.5 … 0.999.</param>
    /// <param name="significanceProbability">A p-value at or below this counts as found; 0.0001 … 0.5.</param>
    /// <param name="largestCount">The search ends here; 2 … 10,000.</param>
    /// <returns>The smallest number from which on ten more in turn give the power too; <c>null</c> for equal fractions and where more than <paramref name="largestCount"/> are needed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or outside its range.</exception>
    public static int? PerSampleForFisher(double firstFraction, double secondFraction, double powerProbability = 0.9, double significanceProbability = 0.05, int largestCount = 5000)
    {
        CheckFraction(firstFraction, nameof(firstFraction));
        CheckFraction(secondFraction, nameof(secondFraction));
        OptionCheck.Within(powerProbability, 0.5, 0.999, nameof(powerProbability));
        OptionCheck.Within(significanceProbability, 1e-4, 0.5, nameof(significanceProbability));
        OptionCheck.Within(largestCount, 2, 10_000, nameof(largestCount));
        return firstFraction == secondFraction ? null : Smallest(largestCount, 100, n => FisherPowerProbability(firstFraction, n, secondFraction, n, significanceProbability) >= powerProbability);
    }

    /// <summary>The mean width of the exact (Clopper-Pearson) interval over all counts that a true fraction gives.</summary>
    /// <param name="trueFraction">The true fraction, 0 … 1.</param>
    /// <param name="allCount">Particles, 1 … 20,000.</param>
    /// <param name="levelFraction">Confidence level; 0.5 to 0.9999.</param>
    /// <returns>The mean of high − low, 0 … 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or outside its range.</exception>
    public static double MeanIntervalWidthFraction(double trueFraction, int allCount, double levelFraction = 0.95)
    {
        CheckFraction(trueFraction, nameof(trueFraction));
        OptionCheck.Within(allCount, 1, 20_000, nameof(allCount));
        FractionIntervals.CheckLevel(levelFraction);
        (int from, double[] weights) = Binomial(trueFraction, allCount);
        double sum = 0, all = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            // Rare counts would cost time and change nothing that is read.
            if (weights[i] > 1e-9)
            {
                FractionInterval interval = FractionIntervals.ClopperPearson(from + i, allCount, levelFraction)!;
                sum += weights[i] * (interval.HighFraction - interval.LowFraction);
                all += weights[i];
            }
        }

        return sum / all;
    }

    /// <summary>The number of particles with which the exact interval has at most a wanted width, on average.</summary>
    /// <param name="widthFraction">Wanted width, high − low, such as 0.2 for ± 10 %; 0.01 … 0.9.</param>
    /// <param name="trueFraction">The true fraction, 0 … 1. Where nothing is known, 0.5 gives the widest interval and so a number that always suffices.</param>
    /// <param name="levelFraction">Confidence level; 0.5 to 0.9999.</param>
    /// <returns>The smallest number of particles from which on ten more in turn are enough too; <c>null</c> where more than 20,000 are needed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or outside its range.</exception>
    public static int? ForIntervalWidth(double widthFraction, double trueFraction = 0.5, double levelFraction = 0.95)
    {
        OptionCheck.Within(widthFraction, 0.01, 0.9, nameof(widthFraction));
        CheckFraction(trueFraction, nameof(trueFraction));
        FractionIntervals.CheckLevel(levelFraction);
        return Smallest(20_000 - Following, Following, n => MeanIntervalWidthFraction(trueFraction, n, levelFraction) <= widthFraction);
    }

    /// <summary>The number of particles of which at least one is in a state with a wanted probability.</summary>
    /// <param name="trueFraction">The true fraction in the state, above 0, to 1.</param>
    /// <param name="wantedProbability">Wanted probability of seeing one or more; 0.5 … 0.9999.</param>
    /// <returns>⌈ln(1 − P)/ln(1 − f)⌉; <c>null</c> above a thousand million. A tenth, 90 %: 22.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or outside its range.</exception>
    public static int? ForSeeingOne(double trueFraction, double wantedProbability = 0.9)
    {
        OptionCheck.Within(trueFraction, double.Epsilon, 1, nameof(trueFraction));
        OptionCheck.Within(wantedProbability, 0.5, 0.9999, nameof(wantedProbability));

        // Log1p keeps small fractions; 1e-9 absorbs the rounding where the quotient is a whole number.
        double n = trueFraction == 1 ? 1 : Math.Ceiling((Math.Log(1 - wantedProbability) / SpecialFunctions.Log1p(-trueFraction)) - 1e-9);
        return n > 1e9 ? null : (int)Math.Max(1, n);
    }

    /// <summary>The smallest number that is enough, and the following ones with it.</summary>
    /// <param name="largest">The search ends here.</param>
    /// <param name="teeth">How far before the first crossing found the saw-tooth is searched at most.</param>
    /// <param name="isEnough">Whether a number is enough.</param>
    private static int? Smallest(int largest, int teeth, Func<int, bool> isEnough)
    {
        // Doubling, then halving, lands near the crossing; the saw-tooth there is searched one by one.
        int low = 1, high = 2;
        while (!isEnough(high))
        {
            if (high == largest)
            {
                return null;
            }

            (low, high) = (high, Math.Min(2 * high, largest));
        }

        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            (low, high) = isEnough(middle) ? (low, middle) : (middle, high);
        }

        int run = 0;
        for (int n = Math.Max(1, high - Math.Max(Following, Math.Min(teeth, high / 12))); n - run <= largest; n++)
        {
            run = isEnough(n) ? run + 1 : 0;
            if (run > Following)
            {
                return n - Following;
            }
        }

        return null;
    }

    /// <summary>Binomial probabilities without the counts that do not matter.</summary>
    private static (int From, double[] Probabilities) Binomial(double fraction, int all)
    {
        if (fraction is 0 or 1)
        {
            return (fraction == 0 ? 0 : all, [1]);
        }

        double inside = Math.Log(fraction), outside = SpecialFunctions.Log1p(-fraction);
        double Log(int k) => SpecialFunctions.BinomialLn(all, k) + (k * inside) + ((all - k) * outside);
        int mode = Math.Min(all, (int)((all + 1) * fraction)), from = mode, to = mode;
        while (from > 0 && Log(from - 1) > NegligibleLogProbability)
        {
            from--;
        }

        while (to < all && Log(to + 1) > NegligibleLogProbability)
        {
            to++;
        }

        double[] probabilities = new double[to - from + 1];
        for (int k = from; k <= to; k++)
        {
            probabilities[k - from] = Math.Exp(Log(k));
        }

        return (from, probabilities);
    }

    private static void CheckFraction(double value, string name) => OptionCheck.Within(value, 0, 1, name);
}
