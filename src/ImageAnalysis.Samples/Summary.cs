using System.Globalization;
using System.Text;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples;

/// <summary>The second, cheap stage: what depends on several files, from the store alone.</summary>
internal static class Summary
{
    private const int MessagesShown = 5;

    public static RunResult Of(ResultsFolder folder, ResultsStore store)
    {
        StoredRun run = store.LastRun() ?? throw new InputException($"{folder.FolderPath}: found a results store without a run; expected one made by: ima run");
        IReadOnlyList<FileResult> files = store.Files();
        PipelineOptions options = OptionsJson.Parse(Encoding.UTF8.GetBytes(run.OptionsJson), folder.StorePath);
        IReadOnlyList<SampleFit> fits = store.Fits();
        ReviewBook? review = StoredReview.Of(folder, store, files);
        IReadOnlyList<SampleSummary> samples =
            StoredReview.Applied(review, options, SampleJoiner.Join([.. store.Samples().Select(sample => OfSample(sample, [.. files.Where(file => file.Sample == sample.Name)], fits, store, options))], options));
        return new RunResult
        {
            Input = run.Input,
            ResultsFolder = folder.FolderPath,
            Simulated = run.Simulated || Marked(files).Simulated == Math.Max(1, Marked(files).Measured),
            ProgramVersion = run.ProgramVersion,
            Options = options,
            Samples = samples,
            Order = OrderTables.Of(samples, store.Judged(), folder.Rates(), options.Fringes.Reference),
            Files = files,
            Fits = fits,
            Review = review,
            Warnings = [.. run.Warnings, .. MixedWarning(run, files), .. Warnings(files)],
            Interrupted = !run.Finished,
        };
    }

    private static JoinInput OfSample(SheetSample sample, IReadOnlyList<FileResult> files, IReadOnlyList<SampleFit> fits, ResultsStore store, PipelineOptions options)
    {
        (IReadOnlyList<CountedSize> feretMax, IReadOnlyList<CountedSize> diameter) = store.Counted(sample.Name);
        SampleSummary summary = new()
        {
            Sample = sample.Name,
            FileCount = files.Count,
            BadFileCount = files.Count(file => file.Outcome?.Kind is OutcomeKind.BadFile or OutcomeKind.Crashed),
            ParticleCount = files.Sum(file => file.ParticleCount),
            FlaggedCount = files.Sum(file => file.FlaggedCount),
            SizedCount = feretMax.Count,
            UncalibratedCount = files.Where(file => file.PixelWidthNm is null).Sum(file => file.CountedCount),
            FeretMax = SizeStatistics.Summarise(feretMax, options.Distribution),
            Diameter = SizeStatistics.Summarise(diameter, options.Distribution),
            Fringes = store.FringesOf(sample.Name),
            PatternCount = fits.Count(fit => fit.Sample == sample.Name),
            Pattern = fits.FirstOrDefault(fit => fit.Sample == sample.Name),
        };
        return new JoinInput(summary, diameter, sample.PhononPerCm);
    }

    /// <summary>How many files were measured, and how many of them say that they were computed.</summary>
    private static (int Measured, int Simulated) Marked(IReadOnlyList<FileResult> files) =>
        (files.Count(file => file.Outcome?.Kind == OutcomeKind.Measured), files.Count(file => file.Outcome?.Kind == OutcomeKind.Measured && file.Simulated));

    private static IEnumerable<string> MixedWarning(StoredRun run, IReadOnlyList<FileResult> files)
    {
        (int measured, int simulated) = Marked(files);
        if (!run.Simulated && simulated > 0 && simulated < measured)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{simulated} of {measured} files {(simulated == 1 ? "is" : "are")} simulated ({files.First(file => file.Simulated).File}{(simulated > 1 ? ", …" : string.Empty)}): see the column simulated of files.csv.");
        }
    }

    private static IEnumerable<string> Warnings(IReadOnlyList<FileResult> files)
    {
        foreach (IGrouping<string, FileResult> same in files.Where(file => file.Sha256 is not null).GroupBy(file => file.Sha256!).Where(group => group.Count() > 1))
        {
            string[] names = [.. same.Select(file => file.File)];
            yield return $"{string.Join(", ", names.Take(MessagesShown))}{(names.Length > MessagesShown ? ", …" : string.Empty)}: the same bytes under {names.Length} names; their particles are counted once for each.";
        }

        FileResult[] uncalibrated = [.. files.Where(file => file is { Role: FileRole.Haadf, Outcome.Kind: OutcomeKind.Measured, PixelWidthNm: null })];
        if (uncalibrated.Length > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{Counted(uncalibrated.Length, "image has", "images have")} no pixel size ({uncalibrated[0].File}{(uncalibrated.Length > 1 ? ", …" : string.Empty)}) and no sizes in nm; give it in {SampleSheet.FileName} or with --pixel-nm.");
        }

        FileResult[] unscaled = [.. files.Where(file => file is { Role: FileRole.Hrtem, Outcome.Kind: OutcomeKind.Measured, PixelWidthNm: null })];
        if (unscaled.Length > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{Counted(unscaled.Length, "HRTEM image has", "HRTEM images have")} no pixel size ({unscaled[0].File}{(unscaled.Length > 1 ? ", …" : string.Empty)}): verdicts rest on ratios and angles, and there are no spacings in nm.");
        }

        // What was said of all images without a pixel size together is not said again of each.
        FileResult[] findings = [.. files.Where(file => file.Outcome is { Kind: OutcomeKind.Measured, Message.Length: > 0 } && !file.Outcome.Flags.SequenceEqual(["uncalibrated"]))];
        foreach (FileResult file in findings.Take(MessagesShown))
        {
            yield return $"{file.File}: {file.Outcome!.Message}.";
        }

        if (findings.Length > MessagesShown)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{findings.Length - MessagesShown} more images have a message; see files.csv.");
        }
    }

    private static string Counted(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
