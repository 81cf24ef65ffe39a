using ImageAnalysis.Lattice;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples;

/// <summary>Writes what a results folder shows, from its store: the tables, then what the caller adds (the report), and run.json at the end.</summary>
internal static class ResultTables
{
    public static void Write(ResultsFolder folder, ResultsStore store, RunResult result, Action<FinishedRun>? onFinished)
    {
        folder.WriteFile("sizes.csv", stream => SizesCsv.Write(stream, store, result.Files, result.Review));
        folder.WriteFile("fringes.csv", stream => FringesCsv.WriteCrystals(stream, store, result.Files, result.Review));
        folder.WriteFile("families.csv", stream => FringesCsv.WriteFamilies(stream, store, result.Files));
        folder.WriteFile("files.csv", stream => FilesCsv.Write(stream, result.Files));
        folder.WriteFile("samples.csv", stream => SamplesCsv.Write(stream, result.Samples));
        if (result.Review is ReviewBook book)
        {
            folder.WriteFile("sizes_reviewed.csv", stream => SizesCsv.WriteReviewed(stream, book));
            folder.WriteFile("fringes_reviewed.csv", stream => FringesCsv.WriteReviewed(stream, book));
        }

        FigureTables.Write(folder, result);
        foreach (SampleFit fit in result.Fits)
        {
            bool isOfSample = result.Samples.Any(sample => sample.Pattern == fit);
            double? expected = isOfSample ? result.Samples.First(sample => sample.Pattern == fit).Join?.Sizes?.ExpectedAngstrom : null;
            folder.WriteFile($"fits/{fit.Name}.json", stream => stream.Write(FitJson.Write(fit.Fit, fit.Input(result.ProgramVersion, expected))));
        }

        onFinished?.Invoke(new FinishedRun(result, folder, Images(store, result.Files)) { Crystals = Crystals(store, result.Files) });
        folder.WriteFile("run.json", stream => RunJson.Write(stream, store));
    }

    private static IEnumerable<(FileResult File, FringeAnalysis Fringes)> Crystals(ResultsStore store, IReadOnlyList<FileResult> files) =>
        files.Where(file => file.Role == FileRole.Hrtem).Select(file => (File: file, Fringes: store.Fringes(file.File))).Where(image => image.Fringes is not null).Select(image => (image.File, image.Fringes!));

    private static IEnumerable<(FileResult File, IReadOnlyList<SizeMeasurement> Particles)> Images(ResultsStore store, IReadOnlyList<FileResult> files) =>
        files.Select(file => (file, file.ParticleCount == 0 ? [] : store.Particles(file.File)));
}
