using ImageAnalysis.Lattice;

namespace ImageAnalysis.Samples;

/// <summary>Holds the results of a run against known truth.</summary>
public static class Validator
{
    /// <summary>Compares, and writes the tables into <c>validation/</c> of the results folder.</summary>
    /// <param name="resultsFolder">The results folder.</param>
    /// <param name="truthFolder">A folder with <c>truth.json</c> files, at any depth, or one such file.</param>
    /// <param name="options">The bars.</param>
    /// <param name="onFinished">Writes what else goes there, such as a page; called while the folder is still locked.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="InputException">A folder cannot be used, or the truth is of other images.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A bar is outside its limits.</exception>
    public static ValidationResult Run(string resultsFolder, string truthFolder, ValidationOptions options, Action<ValidationResult, ResultsFolder>? onFinished = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        using ResultsFolder folder = ResultsFolder.Open(resultsFolder, mustExist: true);
        using ResultsStore store = ResultsStore.Open(folder);
        RunResult run = Summary.Of(folder, store);
        (IReadOnlyList<KnownImage> images, IReadOnlyList<string> notes) = TruthFolder.Match(truthFolder, run.Files);
        List<ScoredCrystal> crystals = [];
        List<ScoredParticle> particles = [];
        foreach (KnownImage image in images)
        {
            // An image that was not measured has all its particles missed.
            string file = image.File.File;
            if (image.Hrtem is HrtemTruthImage hrtem)
            {
                IReadOnlyList<CrystalMeasurement> found = store.Fringes(file)?.Crystals ?? [];
                crystals.AddRange(CrystalScoring.Score(image.File.Sample, file, hrtem, found));
            }
            else if (image.Haadf is TruthImage haadf)
            {
                particles.AddRange(ParticleScoring.Score(image.File.Sample, file, haadf, store.Particles(file)));
            }
        }

        ValidationResult result = new()
        {
            ResultsFolder = folder.FolderPath,
            Simulated = run.Simulated,
            Options = options,
            Fringes = crystals.Count > 0 ? new FringeScore(crystals) : null,
            Sizes = particles.Count > 0 ? new SizeScore(particles) : null,
            ImageCount = images.Count,
            Notes = [.. run.Interrupted ? ["The run was interrupted: images that it did not come to count as measured with nothing found."] : Array.Empty<string>(), .. notes],
        };
        folder.DeleteValidation();
        ValidationTables.Write(folder, result);
        onFinished?.Invoke(result, folder);
        return result;
    }
}
