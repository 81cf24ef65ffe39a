using ImageAnalysis.Lattice;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Report;

/// <summary>A crystal as the page lists it.</summary>
/// <param name="File">Its image.</param>
/// <param name="ParticleId">Its number.</param>
/// <param name="Verdict">Its verdict.</param>
/// <param name="Numbers">Its numbers in a line.</param>
/// <param name="Reason">Why the verdict.</param>
/// <param name="Flags">What a person should know.</param>
internal sealed record ListedCrystal(string File, int ParticleId, Verdict Verdict, string Numbers, string Reason, IReadOnlyList<CrystalFlag> Flags)
{
    /// <summary>Whether a person should look at it.</summary>
    public bool NeedsReview => Flags.Any(flag => flag.NeedsReview);
}

/// <summary>What the page says about the HRTEM images of a sample, gathered image by image.</summary>
internal sealed class FringeDetails
{
    // As many pictures as a page bears, though each is only fetched when it comes into view.
    private const int MostShown = 500;

    private readonly List<string> _images = [];
    private readonly List<ListedCrystal> _toReview = [];
    private readonly List<ListedCrystal> _others = [];
    private readonly SortedDictionary<string, int> _flags = new(StringComparer.Ordinal);

    /// <summary>Images that were measured, in ordinal order of their paths.</summary>
    public IReadOnlyList<string> Images => _images;

    /// <summary>Crystals that a person should look at, in the order of files and numbers; at most 500.</summary>
    public IReadOnlyList<ListedCrystal> ToReview => _toReview;

    /// <summary>All other crystals; at most 500.</summary>
    public IReadOnlyList<ListedCrystal> Others => _others;

    /// <summary>Crystals that are not listed.</summary>
    public int NotListedCount { get; private set; }

    /// <summary>How many crystals carry each flag.</summary>
    public IReadOnlyDictionary<string, int> Flags => _flags;

    /// <summary>Gathers the details of every sample.</summary>
    public static Dictionary<string, FringeDetails> Of(IEnumerable<(FileResult File, FringeAnalysis Fringes)> images)
    {
        Dictionary<string, FringeDetails> details = new(StringComparer.Ordinal);
        foreach ((FileResult file, FringeAnalysis fringes) in images)
        {
            if (!details.TryGetValue(file.Sample, out FringeDetails? sample))
            {
                details.Add(file.Sample, sample = new FringeDetails());
            }

            sample._images.Add(file.File);
            foreach (CrystalMeasurement crystal in fringes.Crystals)
            {
                sample.Add(new ListedCrystal(file.File, crystal.ParticleId, crystal.Verdict, CrystalWords.Numbers(crystal), crystal.Reason, crystal.Flags));
            }
        }

        return details;
    }

    private void Add(ListedCrystal crystal)
    {
        foreach (string name in crystal.Flags.Select(flag => flag.Name).Distinct())
        {
            _flags[name] = _flags.GetValueOrDefault(name) + 1;
        }

        List<ListedCrystal> list = crystal.NeedsReview ? _toReview : _others;
        if (list.Count < MostShown)
        {
            list.Add(crystal);
        }
        else
        {
            NotListedCount++;
        }
    }
}
