using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples;

/// <summary>The particles of a run, read from its store.</summary>
public static class StoredImages
{
    /// <summary>Goes through the files of a run, one after another, so that only one image's particles are in memory at a time.</summary>
    /// <param name="resultsFolder">A results folder; no other run may write to it meanwhile.</param>
    /// <returns>Every input file with its particles by their numbers (none for a file that was not measured), in ordinal order of their paths.</returns>
    /// <exception cref="InputException">The folder is no results folder, or another run is writing to it.</exception>
    public static IEnumerable<(FileResult File, IReadOnlyList<SizeMeasurement> Particles)> Of(string resultsFolder)
    {
        using ResultsFolder folder = ResultsFolder.Open(resultsFolder, mustExist: true);
        using ResultsStore store = ResultsStore.Open(folder);
        foreach (FileResult file in store.Files())
        {
            yield return (file, file.ParticleCount == 0 ? [] : store.Particles(file.File));
        }
    }
}
