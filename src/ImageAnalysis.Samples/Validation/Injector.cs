using System.Text;
using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Samples;

/// <summary>Proves detection limits on a run's own images: superlattices are put into crystals that show none, and the images are analysed again with the run's options. Nothing on disk is changed.</summary>
public static class Injector
{
    /// <summary>Puts superlattices in, analyses, counts, and writes <c>validation/injection.csv</c>.</summary>
    /// <param name="resultsFolder">The results folder; its images must still be where they were.</param>
    /// <param name="options">Amplitudes and repeats.</param>
    /// <param name="jobs">Images at the same time; the result is the same for any number.</param>
    /// <param name="onProgress">Called after every analysis with the number done and the number of all, on any thread.</param>
    /// <param name="onFinished">Writes what else goes there; called while the folder is still locked.</param>
    /// <param name="cancel">Stops the work with an <see cref="OperationCanceledException"/>; nothing is written then.</param>
    /// <returns>What became of them.</returns>
    /// <exception cref="InputException">The folder cannot be used, or none of its images can be read or has a crystal to put a superlattice into.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    public static InjectionResult Run(
        string resultsFolder, InjectionOptions options, int jobs, Action<int, int>? onProgress = null, Action<InjectionResult, ResultsFolder>? onFinished = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        using ResultsFolder folder = ResultsFolder.Open(resultsFolder, mustExist: true);
        using ResultsStore store = ResultsStore.Open(folder);
        StoredRun run = store.LastRun() ?? throw new InputException($"{folder.FolderPath}: found a results store without a run; expected one made by: ima run");
        PipelineOptions how = OptionsJson.Parse(Encoding.UTF8.GetBytes(run.OptionsJson), folder.StorePath);
        Dictionary<string, SheetFile> sheet = store.SheetFiles().ToDictionary(file => file.File);
        List<(FileResult File, FringeAnalysis Fringes)> images = [.. store.Files().Where(file => file is { Role: FileRole.Hrtem, CrystalCount: > 0 }).Select(file => (file, store.Fringes(file.File)!)).Where(image => Targets(image.Item2).Any())];
        if (images.Count == 0)
        {
            throw new InputException($"{resultsFolder}: found no HRTEM image with a regular or undetermined crystal; expected at least one to put a superlattice into.");
        }

        int passes = options.AmplitudeRatios.Count + options.ModelRepeatCount, done = 0;
        IReadOnlyList<InjectedCrystal>?[] rows = new IReadOnlyList<InjectedCrystal>?[images.Count];
        bool finished = Batch.ForEach([.. Enumerable.Range(0, images.Count)], jobs, i =>
        {
            (FileResult file, FringeAnalysis fringes) = images[i];
            rows[i] = StoredResults.Image(sheet[file.File], file, run) is Micrograph image ? OfImage(file, image, fringes, how.Fringes, options, () => onProgress?.Invoke(Interlocked.Increment(ref done), passes * images.Count), cancel) : null;
        }, cancel);
        if (!finished)
        {
            throw new OperationCanceledException(cancel);
        }

        string[] gone = [.. images.Where((_, i) => rows[i] is null).Select(image => image.File.File)];
        if (gone.Length == images.Count)
        {
            throw new InputException($"{resultsFolder}: found none of its {images.Count} images unchanged where they were ({gone[0]}, …); expected those that were measured.");
        }

        InjectionResult result = new(
            folder.FolderPath, [.. rows.OfType<IReadOnlyList<InjectedCrystal>>().SelectMany(image => image)], how.Fringes.MinDetectionProbability,
            gone.Length == 0 ? [] : [$"{gone.Length} images are no longer there or have changed ({gone[0]}{(gone.Length > 1 ? ", …" : string.Empty)}) and were left out."]);
        folder.WriteFile("validation/injection.csv", stream => Write(stream, result));
        onFinished?.Invoke(result, folder);
        return result;
    }

    /// <summary>All passes over one image: each amplitude, then the strengths of ordered crystals.</summary>
    internal static IReadOnlyList<InjectedCrystal> OfImage(FileResult file, Micrograph image, FringeAnalysis found, FringeOptions how, InjectionOptions options, Action onDone, CancellationToken cancel)
    {
        List<InjectedCrystal> rows = [];
        for (int pass = 0; pass < options.AmplitudeRatios.Count + options.ModelRepeatCount && !cancel.IsCancellationRequested; pass++)
        {
            bool isOfModel = pass >= options.AmplitudeRatios.Count;
            List<InjectedWave> waves = [];
            foreach ((CrystalMeasurement crystal, IReadOnlyList<FringeMeasurement> fringes) in Targets(found))
            {
                SeededNumbers random = new(SimulationSeed.Derive((ulong)options.Seed, file.File), FormattableString.Invariant($"{pass} {crystal.ParticleId}"));
                FringeMeasurement fringe = fringes[Math.Min(fringes.Count - 1, (int)random.Uniform(0, fringes.Count))];
                double phase = random.Uniform(0, 360);

                // The model's scatter is one of the logarithm of the power; half of it is that of the amplitude.
                double? ratio = isOfModel ? Injection.TypicalRatio(fringe, found.Support) * Math.Exp(0.5 * how.Ordered.HalfLogSigmaRatio * random.Gaussian()) : options.AmplitudeRatios[pass];
                if (ratio is not double amplitude)
                {
                    continue;
                }

                IReadOnlyList<(ReciprocalVector Place, double Ratio)> others = isOfModel ? Injection.OtherRatios(fringe, found.Support) : [];
                waves.Add(new InjectedWave(crystal, fringe, amplitude, phase,
                    [.. others.Select(other => new InjectedPlace(other.Place, amplitude * other.Ratio * Math.Exp(0.5 * how.Ordered.OtherLogSigmaRatio * random.Gaussian()), random.Uniform(0, 360)))]));
            }

            rows.AddRange(Answers(file, waves, FringeAnalyser.Analyse(Injection.Into(image, waves, how.Reference.PeriodCount), how), isOfModel));
            onDone();
        }

        return rows;
    }

    private static IEnumerable<InjectedCrystal> Answers(FileResult file, List<InjectedWave> waves, FringeAnalysis again, bool isOfModel)
    {
        List<(int, int, double)> candidates = [];
        for (int i = 0; i < waves.Count; i++)
        {
            for (int j = 0; j < again.Crystals.Count; j++)
            {
                if (Same(waves[i].Crystal, again.Crystals[j]) is double quality)
                {
                    candidates.Add((i, j, quality));
                }
            }
        }

        int[] partner = OneToOne.Match(waves.Count, again.Crystals.Count, candidates);
        return waves.Select((wave, i) => (wave, found: partner[i] < 0 ? null : again.Crystals[partner[i]])).Select(pair => new InjectedCrystal
        {
            Sample = file.Sample,
            File = file.File,
            ParticleId = pair.wave.Crystal.ParticleId,
            DiameterNm = pair.wave.Crystal.DiameterNm,
            Before = pair.wave.Crystal.Verdict,
            IsOfModel = isOfModel,
            AmplitudeRatio = pair.wave.AmplitudeRatio,
            StatedProbability = pair.wave.Crystal.DetectionProbability,
            Snr = pair.found?.Carrier?.Superlattice?.Snr,
            After = new ScoredCrystal { Sample = file.Sample, File = file.File, Image = _noImage, Found = pair.found }.Answer,
        });
    }

    private static readonly HrtemTruthImage _noImage = new() { File = string.Empty, WidthPx = 1, HeightPx = 1, PixelWidthNm = 1, PixelHeightNm = 1, Particles = [] };

    /// <summary>Crystals without superlattice, each with the fringes that one could lie along.</summary>
    private static IEnumerable<(CrystalMeasurement Crystal, IReadOnlyList<FringeMeasurement> Fringes)> Targets(FringeAnalysis found) =>
        found.Crystals.Where(crystal => crystal.Verdict is Verdict.Regular or Verdict.Undetermined)
            .Select(crystal => (crystal, fringes: (IReadOnlyList<FringeMeasurement>)[.. crystal.Fringes.Where(fringe => fringe is { IsTestedFamily: true, IsSuperlattice: false, Superlattice: not null })])).Where(target => target.fringes.Count > 0);

    /// <summary>As crystals and truth are paired: boxes that share 30 % of what they cover together, or centres within a quarter of the diameter.</summary>
    private static double? Same(CrystalMeasurement before, CrystalMeasurement after) => CrystalScoring.QualityOf(_noImage, new HrtemTruthParticle
    {
        Id = string.Empty,
        Label = LatticeLabel.Regular,
        CentrePx = new PointPx(before.XPx, before.YPx),
        FirstPx = new PointPx(before.X0Px, before.Y0Px),
        EndPx = new PointPx(before.X1Px, before.Y1Px),
        DiameterNm = before.DiameterPx,
        Fringes = [],
    }, after);

    private static void Write(Stream stream, InjectionResult result)
    {
        using CsvTable table = new(stream, "sample", "file", "particle_id", "diameter_nm", "verdict_before", "strength", "amplitude_ratio", "stated_probability", "superlattice_snr", "answer");
        foreach (InjectedCrystal c in result.Crystals)
        {
            table.Text(c.Sample).Text(c.File).Whole(c.ParticleId).Fixed(c.DiameterNm, 3).Text(VerdictWords.Of(c.Before)).Text(c.IsOfModel ? "ordered crystal" : "given")
                .Fixed(c.AmplitudeRatio, 4).Fixed(c.StatedProbability, 4).Significant(c.Snr).Text(ValidationWords.Of(c.After)).EndRow();
        }
    }
}
