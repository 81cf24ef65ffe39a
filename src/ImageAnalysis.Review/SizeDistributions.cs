using System.Collections.Concurrent;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Review;

/// <summary>Distributions of sets of sizes that were asked for before: the bootstrap behind their intervals takes longer than a page may.</summary>
internal sealed class SizeDistributions(DistributionOptions options)
{
    private const int Most = 60;

    private readonly ConcurrentDictionary<string, SizeDistribution?> _known = new();

    /// <summary>The distribution of a set of sizes; <c>null</c> for none.</summary>
    public SizeDistribution? Of(IReadOnlyList<CountedSize> sizes)
    {
        HashCode first = default, second = default;
        second.Add(7);
        foreach (CountedSize size in sizes.OrderBy(size => size.SizeNm).ThenBy(size => size.WeightRatio))
        {
            first.Add(size);
            second.Add(size);
        }

        string key = FormattableString.Invariant($"{sizes.Count} {first.ToHashCode()} {second.ToHashCode()} {sizes.Sum(size => size.SizeNm):R} {sizes.Sum(size => size.WeightRatio):R}");
        if (_known.Count > Most)
        {
            _known.Clear();
        }

        return _known.GetOrAdd(key, _ => SizeStatistics.Summarise(sizes, options));
    }
}
