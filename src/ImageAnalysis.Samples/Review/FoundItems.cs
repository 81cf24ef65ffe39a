using System.Globalization;

namespace ImageAnalysis.Samples;

/// <summary>The particles of a store as people review them.</summary>
internal static class FoundItems
{
    /// <summary>All particles, in the order of files and numbers.</summary>
    public static IReadOnlyList<ReviewItem> Of(ResultsStore store, IReadOnlyList<FileResult> files)
    {
        List<ReviewItem> items = [];
        for (int number = 0; number < files.Count; number++)
        {
            FileResult file = files[number];
            if (file.Sha256 is null || file.Outcome?.Kind != OutcomeKind.Measured || store.KeyOf(file.File) is not StageKey key)
            {
                continue;
            }

            string resultId = key.ResultId;
            if (file.Role == FileRole.Haadf)
            {
                items.AddRange(store.Particles(file.File).Select(size => ReviewItem.Of(file, Name(number, size.ParticleId), resultId, size)));
            }
            else if (file.Role == FileRole.Hrtem && store.Fringes(file.File) is { } fringes)
            {
                items.AddRange(fringes.Crystals.Select(crystal => ReviewItem.Of(file, Name(number, crystal.ParticleId), resultId, crystal)));
            }
        }

        return items;
    }

    /// <summary>Hash of the options by which each image was measured.</summary>
    public static IReadOnlyDictionary<string, string> OptionsHashes(ResultsStore store, IReadOnlyList<FileResult> files)
    {
        Dictionary<string, string> hashes = [];
        foreach (FileResult file in files)
        {
            if (store.KeyOf(file.File) is StageKey key)
            {
                hashes[file.File] = key.OptionsHash;
            }
        }

        return hashes;
    }

    private static string Name(int fileNumber, int particleId) => string.Create(CultureInfo.InvariantCulture, $"{fileNumber}-{particleId}");
}
