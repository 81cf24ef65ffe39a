using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples;

/// <summary>A results folder that is open for review: its particles, its images, the decisions about them, and the engines for regions that a person draws. Runs and reports wait until it is closed.</summary>
public sealed class ReviewedResults : IDisposable
{
    private const int ImagesKept = 6;

    private readonly ResultsFolder _folder;
    private readonly ResultsStore _store;
    private readonly StoredRun _run;
    private readonly Dictionary<string, SheetFile> _sheet;
    private readonly ConcurrentDictionary<string, Lazy<Micrograph?>> _images = new();
    private readonly ConcurrentQueue<string> _imagesInOrder = new();
    private readonly ConcurrentDictionary<string, Lazy<Segmentation>> _segmentations = new();

    private ReviewedResults(ResultsFolder folder, ResultsStore store, DecisionLog log)
    {
        (_folder, _store, Log) = (folder, store, log);
        _run = store.LastRun() ?? throw new InputException($"{folder.FolderPath}: found a results store without a run; expected one made by: ima run");
        Options = OptionsJson.Parse(Encoding.UTF8.GetBytes(_run.OptionsJson), folder.StorePath);
        Files = store.Files();
        Samples = [.. store.Samples().Select(sample => sample.Name)];
        _sheet = store.SheetFiles().ToDictionary(file => file.File);
        Found = FoundItems.Of(store, Files);
        OptionsHashes = FoundItems.OptionsHashes(store, Files);
        Simulated = _run.Simulated || Files.Any(file => file.Simulated);
    }

    /// <summary>The decisions.</summary>
    public DecisionLog Log { get; }

    /// <summary>Full path of the results folder.</summary>
    public string FolderPath => _folder.FolderPath;

    /// <summary>The options of the run; regions that a person draws are measured with them.</summary>
    public PipelineOptions Options { get; }

    /// <summary>The input files in ordinal order of their paths.</summary>
    public IReadOnlyList<FileResult> Files { get; }

    /// <summary>Names of the samples in their order.</summary>
    public IReadOnlyList<string> Samples { get; }

    /// <summary>The particles that the program found.</summary>
    public IReadOnlyList<ReviewItem> Found { get; }

    /// <summary>True when the sheet or a file says that data were computed and not recorded.</summary>
    public bool Simulated { get; }

    /// <summary>Hash of the options by which each image was measured, by name of the file.</summary>
    public IReadOnlyDictionary<string, string> OptionsHashes { get; }

    /// <summary>Opens a results folder.</summary>
    /// <param name="path">The folder of an earlier run.</param>
    /// <returns>The folder, locked until disposed of.</returns>
    /// <exception cref="InputException">It is no results folder, it cannot be written, or another program writes to it.</exception>
    public static ReviewedResults Open(string path)
    {
        ResultsFolder folder = ResultsFolder.Open(path, mustExist: true);
        ResultsStore? store = null;
        DecisionLog? log = null;
        try
        {
            store = ResultsStore.Open(folder);
            log = DecisionLog.Open(folder.StorePath);
            return new ReviewedResults(folder, store, log);
        }
        catch
        {
            log?.Dispose();
            store?.Dispose();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Decisions laid upon these results.</summary>
    /// <returns>The book as of now.</returns>
    public ReviewBook Book() => ReviewBook.Of(Found, Log.Decisions, OptionsHashes);

    /// <summary>The image as it was measured; the last few are kept in memory.</summary>
    /// <param name="file">One of <see cref="Files"/>.</param>
    /// <returns>The image, or <c>null</c> where its file is gone or has changed since.</returns>
    public Micrograph? Image(FileResult file)
    {
        ArgumentNullException.ThrowIfNull(file);
        Lazy<Micrograph?> image = _images.GetOrAdd(file.File, name =>
        {
            _imagesInOrder.Enqueue(name);
            return new Lazy<Micrograph?>(() => StoredResults.Image(_sheet[name], file, _run));
        });
        while (_images.Count > ImagesKept && _imagesInOrder.TryDequeue(out string? oldest))
        {
            if (oldest == file.File)
            {
                _imagesInOrder.Enqueue(oldest);
            }
            else
            {
                _images.TryRemove(oldest, out _);
                _segmentations.TryRemove(oldest, out _);
            }
        }

        return image.Value;
    }

    /// <summary>Measures particles of a HAADF image that a person has pointed out, by the engine and the options of the run.</summary>
    /// <param name="file">The image's file.</param>
    /// <param name="regions">Outline of each particle as the person drew it.</param>
    /// <param name="replaced">Outlines of the particles in whose place they stand.</param>
    /// <returns>A measurement for each region.</returns>
    /// <exception cref="InputException">The image is not there any more, a region is outside it, or the image shows no particle there.</exception>
    public IReadOnlyList<SizeMeasurement> MeasureSizes(FileResult file, IReadOnlyList<IReadOnlyList<PointPx>> regions, IReadOnlyList<IReadOnlyList<PointPx>> replaced)
    {
        ArgumentNullException.ThrowIfNull(regions);
        Micrograph image = Image(file) ?? throw Gone(file);
        Segmentation segmentation = _segmentations.GetOrAdd(file.File, _ => new Lazy<Segmentation>(() => ParticleSegmenter.Segment(image, Options.Segmentation))).Value;
        double aspect = image.Calibration is { } c ? c.PixelHeightNm / c.PixelWidthNm : 1;
        Particle[] chosen = [.. regions.Select(region => Seed(region, aspect, segmentation))];
        if (chosen.FirstOrDefault(seed => !(seed.XPx >= 0 && seed.YPx >= 0 && seed.XPx < image.Pixels.WidthPx && seed.YPx < image.Pixels.HeightPx && seed.RadiusPx >= 1)) is not null)
        {
            throw new InputException("What was drawn lies outside the image or is smaller than two pixels.");
        }

        IReadOnlyList<SizeMeasurement?> sizes = ParticleSizer.MeasureChosen(image, segmentation, chosen, replaced, Options.Size);
        int missing = sizes.Count(size => size is null || Distance(size, chosen[size.ParticleId - 1]) > 1.5 * chosen[size.ParticleId - 1].RadiusPx);
        return missing == 0
            ? [.. sizes.Select(size => StoredParticles.Rounded(size!))]
            : throw new InputException(string.Create(CultureInfo.InvariantCulture, $"The fit finds no particle in {missing} of the {regions.Count} regions: the image is not bright enough there, or another particle explains it. Nothing was changed."));
    }

    /// <summary>Measures the fringes of a region of an HRTEM image that a person has drawn, by the engine and the options of the run.</summary>
    /// <param name="file">The image's file.</param>
    /// <param name="drawn">The region's box.</param>
    /// <returns>The crystal there.</returns>
    /// <exception cref="InputException">The image is not there any more, the region is outside it, or no crystal is found in it.</exception>
    public CrystalMeasurement MeasureCrystal(FileResult file, ParticleKey drawn) => DrawnCrystals.Measure(Image(file) ?? throw Gone(file), drawn, Options);

    /// <summary>Writes tables and report anew, with the decisions so far.</summary>
    /// <param name="onFinished">Writes what else goes into the folder, such as the report.</param>
    /// <returns>The results.</returns>
    /// <exception cref="InputException">A file cannot be written.</exception>
    public RunResult WriteTables(Action<FinishedRun>? onFinished)
    {
        RunResult result = Summary.Of(_folder, _store);
        ResultTables.Write(_folder, _store, result, onFinished);
        return result;
    }

    /// <summary>Closes the folder and lets runs in again.</summary>
    public void Dispose()
    {
        Log.Dispose();
        _store.Dispose();
        _folder.Dispose();
    }

    private static InputException Gone(FileResult file) => new($"{file.File}: the image is not where it was, or has changed since it was measured; put it back, or run again.");

    private static double Distance(SizeMeasurement size, Particle seed) => Math.Sqrt(((size.XPx - seed.XPx) * (size.XPx - seed.XPx)) + ((size.YPx - seed.YPx) * (size.YPx - seed.YPx)));

    /// <summary>Where the fit begins: the centroid of what was drawn, the radius of its area, and the height of the image there above its lower quartile about it.</summary>
    private static Particle Seed(IReadOnlyList<PointPx> region, double aspect, Segmentation segmentation)
    {
        PointPx centre = Polygons.Centroid(region);
        double radius = Math.Sqrt(Polygons.Area(region, aspect) / Math.PI);
        Raster<float> pixels = segmentation.Pixels;
        int x = Math.Clamp((int)Math.Round(centre.XPx), 0, pixels.WidthPx - 1), y = Math.Clamp((int)Math.Round(centre.YPx), 0, pixels.HeightPx - 1), reach = (int)Math.Clamp(2 * radius, 2, 2000);
        List<float> around = [];
        for (int row = Math.Max(0, y - reach); row <= Math.Min(pixels.HeightPx - 1, y + reach); row++)
        {
            around.AddRange(pixels.Row(row)[Math.Max(0, x - reach)..Math.Min(pixels.WidthPx, x + reach + 1)]);
        }

        around.Sort();
        double height = around[(int)(0.95 * (around.Count - 1))] - around[around.Count / 4];
        return new Particle(centre.XPx, centre.YPx, radius, Math.Max(height, segmentation.NoiseSigmaCounts));
    }
}
