using ImageAnalysis.Particles;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Report;

/// <summary>Mean and standard deviation of a ratio over counted particles.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Sd">The standard deviation (n − 1), or <c>null</c> for fewer than two particles.</param>
internal sealed record RatioStatistic(double Mean, double? Sd);

/// <summary>A flag with the number of particles that carry it.</summary>
/// <param name="Name">The flag's word.</param>
/// <param name="Count">Particles that carry it.</param>
/// <param name="CountedCount">Those of them that are counted.</param>
internal sealed record FlagCount(string Name, int Count, int CountedCount);

/// <summary>A particle that a person should look at.</summary>
/// <param name="File">Its image.</param>
/// <param name="Particle">What was measured.</param>
internal sealed record FlaggedParticle(string File, SizeMeasurement Particle);

/// <summary>What the page says about a sample beyond its summary, gathered image by image.</summary>
internal sealed class SampleDetails
{
    // As many rows as a person reads; sizes.csv has them all.
    private const int FlaggedShown = 60;

    private readonly SortedDictionary<string, FlagCount> _flags = new(StringComparer.Ordinal);
    private readonly List<FlaggedParticle> _flagged = [];
    private readonly List<string> _images = [];
    private readonly int[] _states = new int[ParticleStates.All.Count];
    private readonly Moments _aspect = new();
    private readonly Moments _circularity = new();

    /// <summary>Images that were measured, in ordinal order of their paths.</summary>
    public IReadOnlyList<string> Images => _images;

    /// <summary>Number of particles by state.</summary>
    public int CountOf(ParticleState state) => _states[(int)state];

    /// <summary>Number of counted particles.</summary>
    public int CountedCount => CountOf(ParticleState.Counted) + CountOf(ParticleState.Touching) + CountOf(ParticleState.Flagged);

    /// <summary>Number of particles found.</summary>
    public int FoundCount => _states.Sum();

    /// <summary>Aspect ratio of the counted particles, or <c>null</c> without any.</summary>
    public RatioStatistic? AspectRatio => _aspect.Result;

    /// <summary>Circularity of the counted particles, or <c>null</c> without any.</summary>
    public RatioStatistic? Circularity => _circularity.Result;

    /// <summary>Flags by their words.</summary>
    public IEnumerable<FlagCount> Flags => _flags.Values;

    /// <summary>Flagged particles to be shown: counted ones first, as they decide about the result.</summary>
    public IEnumerable<FlaggedParticle> Shown => _flagged.OrderBy(f => f.Particle.Counted ? 0 : 1).Take(FlaggedShown);

    /// <summary>Number of particles with a flag other than <c>border</c>, which says nothing that the picture does not show.</summary>
    public int WorthALookCount { get; private set; }

    /// <summary>Gathers the details of every sample.</summary>
    public static Dictionary<string, SampleDetails> Of(IEnumerable<(FileResult File, IReadOnlyList<SizeMeasurement> Particles)> images)
    {
        Dictionary<string, SampleDetails> details = new(StringComparer.Ordinal);
        foreach ((FileResult file, IReadOnlyList<SizeMeasurement> particles) in images)
        {
            if (!details.TryGetValue(file.Sample, out SampleDetails? sample))
            {
                details.Add(file.Sample, sample = new SampleDetails());
            }

            if (file is { Role: FileRole.Haadf, Outcome.Kind: OutcomeKind.Measured })
            {
                sample._images.Add(file.File);
            }

            foreach (SizeMeasurement particle in particles)
            {
                sample.Add(file.File, particle);
            }
        }

        return details;
    }

    private void Add(string file, SizeMeasurement particle)
    {
        _states[(int)ParticleStates.Of(particle)]++;
        foreach (ParticleFlag flag in particle.Flags)
        {
            FlagCount count = _flags.GetValueOrDefault(flag.Name) ?? new FlagCount(flag.Name, 0, 0);
            _flags[flag.Name] = count with { Count = count.Count + 1, CountedCount = count.CountedCount + (particle.Counted ? 1 : 0) };
        }

        if (particle.Flags.Any(flag => flag.Name != "border"))
        {
            WorthALookCount++;

            // Counted ones push others out of the list, so that its length stays bounded for any number of images.
            if (_flagged.Count < FlaggedShown || (particle.Counted && _flagged.Count(f => f.Particle.Counted) < FlaggedShown))
            {
                _flagged.Add(new FlaggedParticle(file, particle with { OutlinePx = [] }));
            }
        }

        if (particle.Counted)
        {
            _aspect.Add(particle.AspectRatio);
            _circularity.Add(particle.CircularityRatio);
        }
    }

    // Welford's running mean and sum of squares: no values are kept.
    private sealed class Moments
    {
        private int _count;
        private double _mean;
        private double _squares;

        public RatioStatistic? Result => _count == 0 ? null : new RatioStatistic(_mean, _count < 2 ? null : Math.Sqrt(_squares / (_count - 1)));

        public void Add(double value)
        {
            _count++;
            double difference = value - _mean;
            _mean += difference / _count;
            _squares += difference * (value - _mean);
        }
    }
}
