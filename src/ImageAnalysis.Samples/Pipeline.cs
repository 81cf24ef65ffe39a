using System.Diagnostics;
using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples;

/// <summary>
/// The whole story, from a folder of files to tables: what belongs to the run is listed; each file is read, measured, drawn and stored, several
/// at a time; what depends on several files is computed from the store, and the tables are written from it.
/// </summary>
public static class Pipeline
{
    /// <summary>Runs on a folder or a sample sheet. What an earlier run into the same results folder has computed is taken from there.</summary>
    /// <param name="request">What to run on, and where the results go.</param>
    /// <param name="options">The options of every stage.</param>
    /// <param name="onProgress">Called after every file, on any thread.</param>
    /// <param name="onMeasured">Draws the overlay of an image; called on the thread that measured it, and again only where a picture is missing or shows another result.</param>
    /// <param name="onFinished">Writes what else goes into the results folder, such as the report, after the tables and before another run is let in; not called when interrupted.</param>
    /// <param name="cancel">Stops the run; files that have begun are finished, and running again goes on from there.</param>
    /// <returns>Samples, files and warnings; the tables are written unless the run was interrupted.</returns>
    /// <exception cref="InputException">The input, the options or the results folder cannot be used.</exception>
    public static RunResult Run(
        RunRequest request,
        PipelineOptions options,
        Action<RunProgress>? onProgress = null,
        Action<MeasuredImage>? onMeasured = null,
        Action<FinishedRun>? onFinished = null,
        CancellationToken cancel = default) => Run(request, options, MeasureSizes, AnalyseFringes, onProgress, onMeasured, onFinished, cancel);

    internal static RunResult Run(
        RunRequest request,
        PipelineOptions options,
        Func<Micrograph, PipelineOptions, IReadOnlyList<SizeMeasurement>> measure,
        Func<Micrograph, PipelineOptions, FringeAnalysis> analyse,
        Action<RunProgress>? onProgress,
        Action<MeasuredImage>? onMeasured,
        Action<FinishedRun>? onFinished,
        CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        ResultsFolder.Check(request.ResultsFolder);
        SampleSheet sheet = SampleSheet.Read(request.Input, request.ResultsFolder);
        Dictionary<string, IReadOnlyList<CrystalModel>> models = CrystalModels.Of(sheet);
        using ResultsFolder folder = ResultsFolder.Open(request.ResultsFolder);
        using ResultsStore store = ResultsStore.Open(folder);
        sheet = sheet with { Warnings = [.. sheet.Warnings, .. PixelSize.Doubts(request), .. EarlierData.Check(store, sheet, request.ResultsFolder)] };
        folder.TakeRates(request.RatesFile);
        folder.DeleteTables();
        folder.DeleteOverlays(store.BeginRun(StoredRun.Of(request, options, sheet), sheet));

        Work work = new(sheet.Root, models, request, options, store, new Overlays(folder, store, request, options.Fringes, onMeasured), measure, analyse);
        int done = 0;
        bool finished = Batch.ForEach(sheet.Files, request.Jobs, file =>
        {
            (FileOutcome outcome, bool fromStore) = RunFile(file, work);
            work.Overlays.DeleteWhereNotMeasured(file, outcome);
            onProgress?.Invoke(new RunProgress(Interlocked.Increment(ref done), sheet.Files.Count, file.File, outcome, fromStore));
        }, cancel);

        if (finished)
        {
            store.FinishRun();
        }

        RunResult result = Summary.Of(folder, store);
        if (finished)
        {
            ResultTables.Write(folder, store, result, onFinished);
        }

        return result;
    }

    /// <summary>One file, from its bytes to its rows in the store. Whatever is wrong with it ends here, as an outcome of its own.</summary>
    private static (FileOutcome Outcome, bool FromStore) RunFile(SheetFile file, Work work)
    {
        long begun = Stopwatch.GetTimestamp();
        (byte[]? bytes, string problem) = InputBytes.Read(work.Root, file);
        if (bytes is null)
        {
            return (work.Store.SaveFailure(file.File, sha256: null, new FileOutcome(OutcomeKind.BadFile, problem)), false);
        }

        StageKey key = StageKeys.Of(file, bytes, work.Request, work.Options, work.Models);
        try
        {
            if (work.Store.Take(file.File, key) is FileOutcome known)
            {
                work.Overlays.DrawWhereMissing(file, key, known, bytes);
                return (known, true);
            }

            ImageMeasurement result = MeasureFile(file, bytes, key, work);
            work.Store.Save(file.File, key, result with { Seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds });
            return (result.Outcome, false);
        }
        catch (Exception e) when (e is not InputException)
        {
            // A bug: readers and stages have no other way to fail. An InputException is trouble with the results folder, and ends the run.
            return (work.Store.SaveFailure(file.File, key.Sha256, new FileOutcome(OutcomeKind.Crashed, $"{e.GetType().Name}: {e.Message}", e.ToString())), false);
        }
    }

    /// <summary>Reads, measures and draws one file; the picture before the store, so that a kill in between only repeats the work.</summary>
    private static ImageMeasurement MeasureFile(SheetFile file, byte[] bytes, StageKey key, Work work)
    {
        if (file.Role == FileRole.Pxrd)
        {
            return PowderStage.Measure(file, bytes, work.Models[file.Sample], work.Options.Pxrd);
        }

        if (!ImageFile.TryRead(file, bytes, work.Request, out Micrograph? image, out FileOutcome outcome))
        {
            return new ImageMeasurement { Outcome = outcome };
        }

        if (file.Role == FileRole.Hrtem)
        {
            FringeAnalysis fringes = StoredCrystals.Rounded(work.Analyse(image, work.Options));
            work.Overlays.Draw(file, key, image, fringes);
            return ImageMeasurement.Of(outcome.With(fringes.Flags), image) with { Fringes = fringes };
        }

        SizeMeasurement[] particles = [.. work.Measure(image, work.Options).Select(StoredParticles.Rounded)];
        work.Overlays.Draw(file, key, image, particles);
        return ImageMeasurement.Of(outcome, image) with { Particles = particles };
    }

    /// <summary>The stages of a HAADF-STEM image.</summary>
    private static IReadOnlyList<SizeMeasurement> MeasureSizes(Micrograph image, PipelineOptions options) =>
        ParticleSizer.Measure(image, ParticleSegmenter.Segment(image, options.Segmentation), options.Size);

    /// <summary>The stages of an HRTEM image.</summary>
    private static FringeAnalysis AnalyseFringes(Micrograph image, PipelineOptions options) => FringeAnalyser.Analyse(image, options.Fringes);

    private sealed record Work(
        string Root,
        IReadOnlyDictionary<string, IReadOnlyList<CrystalModel>> Models,
        RunRequest Request,
        PipelineOptions Options,
        ResultsStore Store,
        Overlays Overlays,
        Func<Micrograph, PipelineOptions, IReadOnlyList<SizeMeasurement>> Measure,
        Func<Micrograph, PipelineOptions, FringeAnalysis> Analyse);
}
