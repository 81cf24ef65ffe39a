using System.Globalization;
using System.Text;

namespace ImageAnalysis.Samples;

/// <summary>The names within a results folder, and the lock that keeps a second run out of it.</summary>
public sealed class ResultsFolder : IDisposable
{
    /// <summary>Number of bytes at the start of a picture among which it says which result it shows.</summary>
    public const int MarkBytes = 1024;

    // File systems take names of 255 bytes.
    private const int MostNameBytes = 255;
    private const string RatesName = "rates.json";
    private const string DraftEnding = ".new";
    private const string CrystalEnding = ".crystals";
    private const int HashDigits = 12;

    // What is written from the store when a run is finished.
    private static readonly string[] Written = ["report.html", "sizes.csv", "fringes.csv", "families.csv", "sizes_reviewed.csv", "fringes_reviewed.csv", "files.csv", "samples.csv", "run.json"];

    private readonly FileStream _lock;

    private ResultsFolder(string path, FileStream folderLock)
    {
        FolderPath = path;
        _lock = folderLock;
    }

    /// <summary>Full path of the folder.</summary>
    public string FolderPath { get; }

    /// <summary>Full path of the store.</summary>
    public string StorePath => Path.Combine(FolderPath, "results.sqlite");

    /// <summary>Full path of the report page.</summary>
    public string ReportPath => Path.Combine(FolderPath, "report.html");

    /// <summary>Where the overlay of an input file lies below a results folder, with <c>/</c>: <c>overlays/2nm/haadf/a.tif.png</c>.</summary>
    /// <param name="file">The input file as in the tables.</param>
    /// <returns>The path below the results folder. A name that is too long to take <c>.png</c> is cut and ends in a part of its hash.</returns>
    public static string OverlayName(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return $"overlays/{Shortened(file, ".png")}.png";
    }

    /// <summary>Where the picture of a crystal of an HRTEM image lies below a results folder, with <c>/</c>: <c>overlays/2nm/hrtem/a.tif.crystals/1.png</c>.</summary>
    /// <param name="file">The input file as in the tables.</param>
    /// <param name="particleId">The crystal's number.</param>
    /// <returns>The path below the results folder.</returns>
    public static string CrystalName(string file, int particleId) => string.Create(CultureInfo.InvariantCulture, $"overlays/{Shortened(file, CrystalEnding)}{CrystalEnding}/{particleId}.png");

    /// <summary>Where the files of a powder fit lie below <c>fits/</c>, without ending, with <c>/</c>: cut as in <see cref="OverlayName"/> where need be.</summary>
    internal static string FitName(string name) => Shortened(name, ".json");

    /// <summary>A path whose last name can take an ending and, while it is written, <c>.new</c>.</summary>
    private static string Shortened(string path, string ending)
    {
        int most = MostNameBytes - DraftEnding.Length - ending.Length;
        string name = path[(path.LastIndexOf('/') + 1)..];
        if (Encoding.UTF8.GetByteCount(name) <= most)
        {
            return path;
        }

        int kept = name.Length;
        while (Encoding.UTF8.GetByteCount(name.AsSpan(0, kept)) > most - HashDigits - 1)
        {
            kept -= char.IsLowSurrogate(name[kept - 1]) ? 2 : 1;
        }

        return $"{path[..^name.Length]}{name[..kept]}~{StageKey.HashOf(name)[..HashDigits]}";
    }

    /// <summary>Says what is wrong with a results folder before anything is made or read.</summary>
    /// <param name="path">The folder, whether or not it exists.</param>
    /// <param name="mustExist">Whether it has to hold results already.</param>
    /// <exception cref="InputException">It is a file, holds other things than results, or cannot be read.</exception>
    public static void Check(string path, bool mustExist = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        bool hasStore = File.Exists(Path.Combine(path, "results.sqlite"));
        if (mustExist && !hasStore)
        {
            throw new InputException(Directory.Exists(path)
                ? FileTree.ProblemOf(path) is string problem ? $"{path}: {problem}."
                : $"{path}: found no results.sqlite in it; expected a results folder made by: ima run ROOT --out {path}"
                : $"{path}: no such folder; expected a results folder made by: ima run ROOT --out {path}");
        }

        if (File.Exists(path))
        {
            throw new InputException($"{path}: found a file; expected a folder for the results, or a name that is not in use.");
        }

        if (!hasStore && FileTree.SomethingIn(path) is string other)
        {
            throw new InputException($"{path}: found other things in it (such as \"{other}\") and no results.sqlite; expected an empty or new folder, or one that an earlier run made.");
        }
    }

    /// <summary>Opens a results folder for writing; it is made where it does not exist.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="mustExist">Whether it has to hold results already.</param>
    /// <returns>The folder, locked until disposed of.</returns>
    /// <exception cref="InputException">It holds other things than results, cannot be written, or another run is writing to it.</exception>
    public static ResultsFolder Open(string path, bool mustExist = false)
    {
        Check(path, mustExist);
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        try
        {
            Directory.CreateDirectory(full);
            return new ResultsFolder(full, new FileStream(Path.Combine(full, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (IsInUse(e))
        {
            throw new InputException($"{path}: another ima is writing to this results folder; wait for its end, or choose another folder.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Full path of the overlay of an input file, whether or not it is there.</summary>
    /// <param name="file">The input file as in the tables.</param>
    /// <returns>The full path, ending in <c>.png</c>.</returns>
    public string OverlayPath(string file) => Below(OverlayName(file));

    /// <summary>Full path of the folder with the pictures of an image's crystals, whether or not it is there.</summary>
    internal string CrystalFolder(string file) => Path.GetDirectoryName(Below(CrystalName(file, 1)))!;

    /// <summary>Whether the picture of a crystal is there.</summary>
    internal bool HasCrystal(string file, int particleId) => File.Exists(Below(CrystalName(file, particleId)));

    /// <summary>Whether the overlay of an input file is there and shows a certain result.</summary>
    /// <param name="file">The input file as in the tables.</param>
    /// <param name="resultId">The result's name, as in <see cref="MeasuredImage.ResultId"/>.</param>
    /// <returns>False for a picture of another result, such as one that a stopped run with other options has left.</returns>
    public bool HasOverlay(string file, string resultId)
    {
        ArgumentException.ThrowIfNullOrEmpty(resultId);
        try
        {
            using FileStream picture = new(OverlayPath(file), FileMode.Open, FileAccess.Read, FileShare.Read);
            byte[] start = new byte[MarkBytes];
            return start.AsSpan(0, picture.ReadAtLeast(start, MarkBytes, throwOnEndOfStream: false)).IndexOf(Encoding.ASCII.GetBytes(resultId)) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Deletes the overlays of input files that have no result any more.</summary>
    /// <param name="files">The input files as in the tables.</param>
    /// <exception cref="InputException">One cannot be deleted.</exception>
    public void DeleteOverlays(IEnumerable<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        foreach (string file in files)
        {
            Delete([OverlayPath(file)]);
            DeleteCrystals(file, kept: 0);
        }
    }

    /// <summary>Deletes the pictures of crystals whose numbers are above a limit; their folder too where nothing is left in it.</summary>
    internal void DeleteCrystals(string file, int kept)
    {
        string crystals = CrystalFolder(file);
        if (!Directory.Exists(crystals))
        {
            return;
        }

        Delete([.. Directory.EnumerateFiles(crystals, "*.png").Where(path =>
            int.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > kept)]);
        if (!Directory.EnumerateFileSystemEntries(crystals).Any())
        {
            Directory.Delete(crystals);
        }
    }

    /// <summary>Deletes the tables and the report of an earlier run, so that they never stand beside a store that has gone on.</summary>
    /// <exception cref="InputException">One cannot be deleted, for example since another program holds it open.</exception>
    public void DeleteTables()
    {
        string fits = Path.Combine(FolderPath, "fits");
        Delete(Written.Select(name => Path.Combine(FolderPath, name)));
        Delete(Directory.Exists(fits) ? [.. Directory.EnumerateFiles(fits, "*", SearchOption.AllDirectories).Where(IsFit)] : []);
        DeleteFigures();
        DeleteValidation();
    }

    /// <summary>Deletes the figures and their data.</summary>
    internal void DeleteFigures()
    {
        string figures = Path.Combine(FolderPath, "figures");
        Delete(Directory.Exists(figures) ? [.. Directory.EnumerateFiles(figures).Where(path => Path.GetExtension(path) is ".csv" or ".svg")] : []);
    }

    /// <summary>What is known of misses and false alarms, where it was given to this or an earlier run.</summary>
    internal KnownRates? Rates() => File.Exists(Below(RatesName)) ? KnownRates.Load(Below(RatesName)) : null;

    /// <summary>Keeps the rates that fractions are to be corrected with; <c>null</c> leaves those that are there.</summary>
    /// <exception cref="InputException">The file is none of rates.</exception>
    internal void TakeRates(string? path)
    {
        if (path is not null)
        {
            KnownRates rates = KnownRates.Load(path);
            WriteFile(RatesName, rates.Write);
        }
    }

    /// <summary>Deletes the comparison with a truth, which is of the results that were compared.</summary>
    internal void DeleteValidation()
    {
        string validation = Path.Combine(FolderPath, "validation");
        Delete(Directory.Exists(validation) ? [.. Directory.EnumerateFiles(validation).Where(path => Path.GetExtension(path) is ".csv" or ".json" or ".svg" or ".html")] : []);
    }

    private string Below(string name) => Path.Combine(FolderPath, name.Replace('/', Path.DirectorySeparatorChar));

    private static bool IsFit(string path) => Path.GetExtension(path) is ".json" or ".svg" or ".csv";

    /// <summary>Writes a file as a whole or not at all: first beside its place, then moved there.</summary>
    /// <param name="name">Name within the folder, with <c>/</c>; folders that it names are made.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="InputException">It cannot be written, for example since another program holds it open.</exception>
    public void WriteFile(string name, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string path = Path.Combine(FolderPath, name.Replace('/', Path.DirectorySeparatorChar));
        string draft = string.Create(CultureInfo.InvariantCulture, $"{path}{DraftEnding}");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (FileStream stream = new(draft, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
            }

            File.Move(draft, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            DeleteDraft(draft);
            throw new InputException($"{path}: cannot be written: {e.Message} If another program shows it, close it there; then write it again with: ima report \"{FolderPath}\"", e);
        }
    }

    /// <summary>Removes what is left of a file that could not be written.</summary>
    /// <param name="draft">Full path; nothing happens where it cannot be removed.</param>
    public static void DeleteDraft(string draft)
    {
        try
        {
            File.Delete(draft);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error that led here is the one to tell.
        }
    }

    /// <summary>Lets other runs in again.</summary>
    public void Dispose() => _lock.Dispose();

    private static void Delete(IEnumerable<string> paths)
    {
        foreach (string path in paths.Where(File.Exists))
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new InputException($"{path}: of an earlier run, cannot be deleted: {e.Message} If another program shows it, close it there.", e);
            }
        }
    }

    /// <summary>Whether an error means that another process holds the file: EWOULDBLOCK (Linux 11, macOS 35), or Windows' sharing and lock violations.</summary>
    private static bool IsInUse(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);
}
