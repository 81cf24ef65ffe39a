using ImageAnalysis.Imaging;

namespace ImageAnalysis.Samples;

/// <summary>Results of an earlier run, written anew from the store without measuring anything.</summary>
public static class StoredResults
{
    /// <summary>Writes the tables again, and draws the overlays again from the input files where they are still the same.</summary>
    /// <param name="resultsFolder">A results folder.</param>
    /// <param name="jobs">Number of files drawn at the same time; 1 or more.</param>
    /// <param name="onProgress">Called after every file, on any thread.</param>
    /// <param name="onMeasured">Draws the overlay of an image; <c>null</c> leaves the pictures as they are.</param>
    /// <param name="onFinished">Writes what else goes into the results folder, such as the report, after the tables and before a run is let in.</param>
    /// <param name="ratesFile">A <c>rates.json</c> that fractions are corrected with; <c>null</c> keeps what was given before.</param>
    /// <param name="cancel">Stops the drawing; the tables are written all the same.</param>
    /// <returns>Samples, files and warnings.</returns>
    /// <exception cref="InputException">The folder is no results folder, cannot be written, or a run is writing to it.</exception>
    public static RunResult Rewrite(
        string resultsFolder,
        int jobs,
        Action<RunProgress>? onProgress = null,
        Action<MeasuredImage>? onMeasured = null,
        Action<FinishedRun>? onFinished = null,
        string? ratesFile = null,
        CancellationToken cancel = default)
    {
        using ResultsFolder folder = ResultsFolder.Open(resultsFolder, mustExist: true);
        folder.TakeRates(ratesFile);
        using ResultsStore store = ResultsStore.Open(folder);
        RunResult result = Summary.Of(folder, store);
        List<string> notDrawn = [];
        if (onMeasured is not null)
        {
            StoredRun run = store.LastRun()!;
            Dictionary<string, FileResult> results = result.Files.ToDictionary(file => file.File);
            Overlays overlays = new(folder, store, new RunRequest { Input = run.Input, ResultsFolder = folder.FolderPath }, result.Options.Fringes, onMeasured);
            SheetFile[] measured = [.. store.SheetFiles().Where(file => file.Role != FileRole.Pxrd && results[file.File].Outcome?.Kind == OutcomeKind.Measured)];
            int done = 0;
            Batch.ForEach(measured, jobs, file =>
            {
                FileResult stored = results[file.File];
                if (Image(file, stored, run) is Micrograph image)
                {
                    overlays.DrawStored(file, store.KeyOf(file.File)!, image);
                }
                else
                {
                    lock (notDrawn)
                    {
                        notDrawn.Add(file.File);
                    }
                }

                onProgress?.Invoke(new RunProgress(Interlocked.Increment(ref done), measured.Length, file.File, stored.Outcome!, FromStore: true));
            }, cancel);
        }

        if (notDrawn.Count > 0)
        {
            notDrawn.Sort(string.CompareOrdinal);
            result = result with
            {
                Warnings = [.. result.Warnings, $"{notDrawn.Count} overlays were left as they are, since the images are no longer there or have changed ({notDrawn[0]}{(notDrawn.Count > 1 ? ", …" : string.Empty)})."],
            };
        }

        ResultTables.Write(folder, store, result, onFinished);
        return result;
    }

    /// <summary>The image as it was measured, or <c>null</c> where its file is gone or has changed.</summary>
    internal static Micrograph? Image(SheetFile file, FileResult stored, StoredRun run)
    {
        RunRequest request = new() { Input = run.Input, ResultsFolder = string.Empty, PixelWidthNm = run.PixelWidthNm, PixelHeightNm = run.PixelHeightNm };
        (byte[]? bytes, _) = InputBytes.Read(run.Root, file);
        return bytes is not null && StageKey.HashOf(bytes) == stored.Sha256 && ImageFile.TryRead(file, bytes, request, out Micrograph? image, out _) ? image : null;
    }
}
