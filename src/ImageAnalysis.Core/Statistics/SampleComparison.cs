namespace ImageAnalysis.Core;

/// <summary>Which samples differ in their fraction of particles in a state, and which cannot be told apart.</summary>
/// <param name="Pairs">All pairs, in the order of the samples: first with second, first with third, …</param>
/// <param name="LevelFraction">Confidence level; 0.95 calls a corrected p-value of 0.05 or less significant.</param>
/// <param name="Sentences">What differs significantly and what does not, in plain words.</param>
public sealed record SampleComparison(IReadOnlyList<SamplePair> Pairs, double LevelFraction, IReadOnlyList<string> Sentences)
{
    private const int MostNeeded = 2000;
    private const double Power = 0.9;

    /// <summary>Compares all pairs of samples.</summary>
    /// <param name="samples">The samples; names may repeat, numbers of particles may be 0.</param>
    /// <param name="levelFraction">Confidence level; 0.5 to 0.9999.</param>
    /// <returns>All pairs with their p-values, and what they mean.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count or the level is outside its range.</exception>
    /// <remarks>
    /// S. Holm, Scand. J. Stat. 6 (1979) 65 (not opened): of m p-values the i-th smallest is multiplied by m − i + 1 and never smaller than the one before, so that the probability of calling any equal pair different stays at or below
    /// 1 − level. Pairs with an empty sample do not count.
    /// </remarks>
    public static SampleComparison Of(IReadOnlyList<SampleCount> samples, double levelFraction = 0.95)
    {
        ArgumentNullException.ThrowIfNull(samples);
        FractionIntervals.CheckLevel(levelFraction);
        List<SamplePair> pairs = [];
        for (int a = 0; a < samples.Count; a++)
        {
            for (int b = a + 1; b < samples.Count; b++)
            {
                pairs.Add(new(samples[a], samples[b], FisherTest.PValueOf(samples[a].InStateCount, samples[a].AllCount, samples[b].InStateCount, samples[b].AllCount), null, false, null));
            }
        }

        int[] tested = [.. Enumerable.Range(0, pairs.Count).Where(i => pairs[i].PValue is not null).OrderBy(i => pairs[i].PValue)];
        double[] corrected = Holm([.. tested.Select(i => pairs[i].PValue!.Value)]);
        for (int rank = 0; rank < tested.Length; rank++)
        {
            SamplePair pair = pairs[tested[rank]];
            bool significant = corrected[rank] <= 1 - levelFraction + 1e-12;
            pairs[tested[rank]] = pair with
            {
                HolmPValue = corrected[rank],
                IsSignificant = significant,
                NeededPerSampleCount = significant ? null : Needed(pair, 1 - levelFraction),
            };
        }

        return new SampleComparison(pairs, levelFraction, [.. Words(samples, pairs, levelFraction)]);
    }

    /// <summary>Holm's correction of p-values that ascend.</summary>
    internal static double[] Holm(IReadOnlyList<double> ascending)
    {
        double[] corrected = new double[ascending.Count];
        double largest = 0;
        for (int i = 0; i < corrected.Length; i++)
        {
            largest = Math.Max(largest, Math.Min(1, (corrected.Length - i) * ascending[i]));
            corrected[i] = largest;
        }

        return corrected;
    }

    private static int? Needed(SamplePair pair, double significance)
    {
        double first = (double)pair.First.InStateCount / pair.First.AllCount, second = (double)pair.Second.InStateCount / pair.Second.AllCount;
        return first == second ? null : SampleSizes.PerSampleForFisher(first, second, Power, significance, MostNeeded);
    }

    private static IEnumerable<string> Words(IReadOnlyList<SampleCount> samples, List<SamplePair> pairs, double level)
    {
        SamplePair[] tested = [.. pairs.Where(pair => pair.PValue is not null)];
        if (tested.Length == 0)
        {
            yield return "There are no two samples with judged particles to compare.";
            yield break;
        }

        string test = Invariant($"Fisher's exact test, two-sided, at the {100 * (1 - level):0.##} % level") + (tested.Length > 1 ? Invariant($", corrected for {tested.Length} pairs by Holm's method") : string.Empty);
        SamplePair[] different = [.. tested.Where(pair => pair.IsSignificant)], alike = [.. tested.Where(pair => !pair.IsSignificant)];
        if (different.Length > 0)
        {
            yield return $"Significantly different ({test}): {string.Join("; ", different.Select(Describe))}.";
        }

        if (alike.Length > 0)
        {
            string heading = different.Length > 0 ? "Not significantly different" : $"No samples differ significantly ({test})";
            yield return $"{heading}: {string.Join("; ", alike.Select(Describe))}. That is no proof that they are equal.";
        }

        foreach (SamplePair pair in alike.Where(pair => pair.NeededPerSampleCount is not null))
        {
            yield return Invariant($"If the true fractions of {pair.First.Name} and {pair.Second.Name} were those counted, about {pair.NeededPerSampleCount} particles of each would show the difference in 90 % of cases.");
        }

        foreach (SampleCount empty in samples.Where(sample => sample.AllCount == 0))
        {
            yield return $"{empty.Name} has no judged particles and was not compared.";
        }
    }

    private static string Describe(SamplePair pair) =>
        Invariant($"{pair.First.Name} and {pair.Second.Name} ({pair.First.InStateCount} of {pair.First.AllCount} against {pair.Second.InStateCount} of {pair.Second.AllCount}, p {PText(pair.HolmPValue!.Value)})");

    /// <summary>"= 0.24" or "&lt; 0.0001".</summary>
    private static string PText(double p) => p < 1e-4 ? "< 0.0001" : p < 0.001 ? Invariant($"= {p:0.0000}") : p < 0.01 ? Invariant($"= {p:0.000}") : Invariant($"= {p:0.00}");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
