using System.Globalization;
using System.Text.Json;
using ImageAnalysis.Lattice;
using ImageAnalysis.Particles;
using Microsoft.Data.Sqlite;

namespace ImageAnalysis.Samples;

/// <summary>
/// The store <c>results.sqlite</c>. One connection, one writer: every member may be called from any thread and waits for its turn. Each
/// file's results are written in one transaction, so a run that is killed at any point leaves whole files only.
/// </summary>
internal sealed class ResultsStore : IDisposable
{
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _db;

    private ResultsStore(SqliteConnection db) => _db = db;

    /// <summary>Opens the store of a results folder, making it where it is new.</summary>
    public static ResultsStore Open(ResultsFolder folder) => new(StoreSchema.Open(folder.StorePath));

    /// <summary>Notes that a run begins on these inputs; files of earlier runs that are no longer among them are forgotten.</summary>
    /// <returns>The forgotten files.</returns>
    public IReadOnlyList<string> BeginRun(StoredRun run, SampleSheet sheet) => InTransaction(transaction =>
    {
        Run(transaction, "UPDATE runs SET state = 'interrupted' WHERE state = 'running'");
        using SqliteCommand insert = Sql(transaction, """
            INSERT INTO runs (state, started_utc, program_version, code_version, input, root, simulated, pixel_width_nm, pixel_height_nm, options_json, warnings_json)
            VALUES ('running', $started, $program, $code, $input, $root, $simulated, $width, $height, $options, $warnings)
            """);
        insert.Set("$started", Now()).Set("$program", run.ProgramVersion).Set("$code", run.CodeVersion).Set("$input", run.Input).Set("$root", run.Root)
            .Set("$simulated", run.Simulated).Set("$width", run.PixelWidthNm).Set("$height", run.PixelHeightNm).Set("$options", run.OptionsJson)
            .Set("$warnings", SqliteText.ListJson(run.Warnings)).ExecuteNonQuery();
        Run(transaction, "DELETE FROM samples");
        using SqliteCommand sample = Sql(transaction, "INSERT INTO samples VALUES ($sample, $position, $models, $phonon)");
        for (int i = 0; i < sheet.Samples.Count; i++)
        {
            SheetSample s = sheet.Samples[i];
            sample.Set("$sample", s.Name).Set("$position", i).Set("$models", SqliteText.ListJson(s.Models)).Set("$phonon", s.PhononPerCm).ExecuteNonQuery();
        }

        HashSet<string> now = [.. sheet.Files.Select(file => file.File)];
        string[] gone = [.. Column(transaction, "SELECT file FROM files").Where(file => !now.Contains(file))];
        Run(transaction, "DELETE FROM files");
        using SqliteCommand insertFile = Sql(transaction, """
            INSERT INTO files (file, sample, role, sheet_frame, sheet_pixel_width_nm, sheet_pixel_height_nm, sheet_simulated)
            VALUES ($file, $sample, $role, $frame, $width, $height, $simulated)
            """);
        foreach (SheetFile file in sheet.Files)
        {
            insertFile.Set("$file", file.File).Set("$sample", file.Sample).Set("$role", file.Role.Word())
                .Set("$frame", file.Frame).Set("$width", file.PixelWidthNm).Set("$height", file.PixelHeightNm).Set("$simulated", file.Simulated).ExecuteNonQuery();
        }

        return gone;
    });

    /// <summary>Notes that the run is over; what no file refers to any more is removed.</summary>
    public void FinishRun() => InTransaction(transaction =>
    {
        Run(transaction, "DELETE FROM measurements WHERE measurement_id NOT IN (SELECT measurement_id FROM files WHERE measurement_id IS NOT NULL)");
        using SqliteCommand finish = Sql(transaction, "UPDATE runs SET state = 'finished', finished_utc = $now WHERE run_id = (SELECT max(run_id) FROM runs)");
        return finish.Set("$now", Now()).ExecuteNonQuery();
    });

    /// <summary>The latest run, or <c>null</c> where there was none.</summary>
    public StoredRun? LastRun() => Reading(() =>
    {
        using SqliteCommand command = Sql(null, """
            SELECT input, root, simulated, program_version, options_json, pixel_width_nm, pixel_height_nm, warnings_json, state = 'finished', code_version
            FROM runs ORDER BY run_id DESC LIMIT 1
            """);
        using SqliteDataReader row = command.ExecuteReader();
        return !row.Read() ? null : new StoredRun
        {
            Input = row.GetString(0),
            Root = row.GetString(1),
            Simulated = row.GetBoolean(2),
            ProgramVersion = row.GetString(3),
            OptionsJson = row.GetString(4),
            PixelWidthNm = row.NumberAt(5),
            PixelHeightNm = row.NumberAt(6),
            Warnings = SqliteText.List(row.GetString(7)),
            Finished = row.GetBoolean(8),
            CodeVersion = row.GetString(9),
        };
    });

    /// <summary>Whether any file has been measured.</summary>
    public bool HasMeasured() => Reading(() =>
    {
        using SqliteCommand command = Sql(null, "SELECT EXISTS (SELECT 1 FROM measurements WHERE outcome = 'measured')");
        return (long)command.ExecuteScalar()! == 1;
    });

    /// <summary>What the stored result of a file depends on, or <c>null</c> where it has none.</summary>
    public StageKey? KeyOf(string file) => Reading(() =>
    {
        using SqliteCommand command = Sql(null, "SELECT m.sha256, m.stage, m.options_hash, m.code_version FROM files f JOIN measurements m ON m.measurement_id = f.measurement_id WHERE f.file = $file");
        using SqliteDataReader row = command.Set("$file", file).ExecuteReader();
        return row.Read() ? new StageKey(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3)) : null;
    });

    /// <summary>Takes the stored result with this key for a file.</summary>
    /// <returns>What became of the file then, or <c>null</c> where no such result is stored.</returns>
    public FileOutcome? Take(string file, StageKey key) => InTransaction(transaction =>
    {
        using SqliteCommand find = Sql(transaction, "SELECT measurement_id, outcome, message, flags_json FROM measurements WHERE sha256 = $sha AND stage = $stage AND options_hash = $options AND code_version = $code");
        SetKey(find, key);
        long id;
        FileOutcome outcome;
        using (SqliteDataReader row = find.ExecuteReader())
        {
            if (!row.Read())
            {
                return null;
            }

            id = row.GetInt64(0);
            outcome = new FileOutcome(FileOutcome.Parse(row.GetString(1)), row.GetString(2)) { Flags = SqliteText.List(row.GetString(3)) };
        }

        Link(transaction, file, key.Sha256, id);
        return outcome;
    });

    /// <summary>Writes a file's result, all or nothing.</summary>
    public void Save(string file, StageKey key, ImageMeasurement result) => InTransaction(transaction =>
    {
        using SqliteCommand insert = Sql(transaction, """
            INSERT OR IGNORE INTO measurements (sha256, stage, options_hash, code_version, outcome, message, flags_json, frame, width_px, height_px, pixel_width_nm, pixel_height_nm, calibration_source, simulated, seconds)
            VALUES ($sha, $stage, $options, $code, $outcome, $message, $flags, $frame, $width, $height, $pixelWidth, $pixelHeight, $source, $simulated, $seconds)
            """);
        SetKey(insert, key);
        bool isNew = insert.Set("$outcome", result.Outcome.Word).Set("$message", result.Outcome.Message).Set("$flags", SqliteText.ListJson(result.Outcome.Flags))
            .Set("$frame", result.Frame).Set("$width", result.WidthPx).Set("$height", result.HeightPx)
            .Set("$pixelWidth", result.PixelWidthNm).Set("$pixelHeight", result.PixelHeightNm).Set("$source", result.CalibrationSource).Set("$simulated", result.Simulated).Set("$seconds", result.Seconds)
            .ExecuteNonQuery() == 1;
        using SqliteCommand find = Sql(transaction, "SELECT measurement_id FROM measurements WHERE sha256 = $sha AND stage = $stage AND options_hash = $options AND code_version = $code");
        SetKey(find, key);
        long id = (long)find.ExecuteScalar()!;
        if (isNew)
        {
            StoredParticles.Insert(_db, transaction, id, result.Particles);
            if (result.Fringes is FringeAnalysis fringes)
            {
                StoredCrystals.Insert(_db, transaction, id, fringes);
            }

            if (result.Powder is PowderMeasurement powder)
            {
                StoredFits.Insert(_db, transaction, id, powder);
            }
        }

        Link(transaction, file, key.Sha256, id);
        return id;
    });

    /// <summary>Notes that a file gave no result to keep: it could not be opened, or the program failed on it. It is tried again by the next run.</summary>
    public FileOutcome SaveFailure(string file, string? sha256, FileOutcome outcome) => InTransaction(transaction =>
    {
        using SqliteCommand update = Sql(transaction, "UPDATE files SET sha256 = $sha, measurement_id = NULL, failure = $failure, message = $message, stack = $stack WHERE file = $file");
        update.Set("$sha", sha256).Set("$failure", outcome.Word).Set("$message", outcome.Message).Set("$stack", outcome.Stack).Set("$file", file).ExecuteNonQuery();
        return outcome;
    });

    /// <summary>All samples in their order.</summary>
    public IReadOnlyList<SheetSample> Samples() => Reading(() =>
    {
        List<SheetSample> samples = [];
        using SqliteCommand command = Sql(null, "SELECT sample, models_json, phonon_per_cm FROM samples ORDER BY position");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            samples.Add(new SheetSample(row.GetString(0), SqliteText.List(row.GetString(1)), row.NumberAt(2)));
        }

        return samples;
    });

    /// <summary>What the sheet said about every file, in ordinal order of their paths.</summary>
    public IReadOnlyList<SheetFile> SheetFiles() => Reading(() =>
    {
        List<SheetFile> files = [];
        using SqliteCommand command = Sql(null, "SELECT file, sample, role, sheet_frame, sheet_pixel_width_nm, sheet_pixel_height_nm, sheet_simulated FROM files");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            files.Add(new SheetFile(row.GetString(0), row.GetString(1), FileRoles.Parse(row.GetString(2))!.Value)
            {
                Frame = row.WholeAt(3),
                PixelWidthNm = row.NumberAt(4),
                PixelHeightNm = row.NumberAt(5),
                Simulated = row.GetBoolean(6),
            });
        }

        files.Sort((a, b) => string.CompareOrdinal(a.File, b.File));
        return files;
    });

    /// <summary>All files in ordinal order of their paths.</summary>
    public IReadOnlyList<FileResult> Files() => Reading(() =>
    {
        List<FileResult> files = [];
        using SqliteCommand command = Sql(null, """
            SELECT f.file, f.sample, f.role, f.sha256, coalesce(m.outcome, f.failure), coalesce(m.message, f.message), f.stack,
                m.frame, m.width_px, m.height_px, m.pixel_width_nm, m.pixel_height_nm, m.calibration_source, m.seconds,
                (SELECT count(*) FROM sizes s WHERE s.measurement_id = m.measurement_id),
                (SELECT count(*) FROM sizes s WHERE s.measurement_id = m.measurement_id AND s.counted),
                (SELECT count(*) FROM sizes s WHERE s.measurement_id = m.measurement_id AND s.flags_json <> '[]'),
                (SELECT count(*) FROM crystals c WHERE c.measurement_id = m.measurement_id),
                (SELECT count(*) FROM crystals c WHERE c.measurement_id = m.measurement_id AND c.verdict <> 'no-fringe'),
                (SELECT count(*) FROM crystals c WHERE c.measurement_id = m.measurement_id AND c.needs_review),
                coalesce(m.simulated, f.sheet_simulated), coalesce(m.flags_json, '[]'), h.defocus_nm, h.defocus_sigma_nm
            FROM files f LEFT JOIN measurements m ON m.measurement_id = f.measurement_id LEFT JOIN hrtem_images h ON h.measurement_id = m.measurement_id
            """);
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            files.Add(new FileResult
            {
                File = row.GetString(0),
                Sample = row.GetString(1),
                Role = FileRoles.Parse(row.GetString(2))!.Value,
                Sha256 = row.TextAt(3),
                Outcome = row.TextAt(4) is string word
                    ? new FileOutcome(FileOutcome.Parse(word), row.TextAt(5) ?? string.Empty, row.TextAt(6)) { Flags = SqliteText.List(row.GetString(21)) }
                    : null,
                Frame = row.WholeAt(7),
                WidthPx = row.WholeAt(8),
                HeightPx = row.WholeAt(9),
                PixelWidthNm = row.NumberAt(10),
                PixelHeightNm = row.NumberAt(11),
                CalibrationSource = row.TextAt(12),
                Seconds = row.NumberAt(13),
                ParticleCount = row.GetInt32(14),
                CountedCount = row.GetInt32(15),
                FlaggedCount = row.GetInt32(16),
                CrystalCount = row.GetInt32(17),
                FringeCount = row.GetInt32(18),
                ReviewCount = row.GetInt32(19),
                Simulated = row.GetBoolean(20),
                DefocusNm = row.NumberAt(22),
                DefocusSigmaNm = row.NumberAt(23),
            });
        }

        files.Sort((a, b) => string.CompareOrdinal(a.File, b.File));
        return files;
    });

    /// <summary>The particles of a file by their numbers; empty where it has none.</summary>
    public IReadOnlyList<SizeMeasurement> Particles(string file) => Reading(() =>
    {
        return StoredParticles.Read(_db, file);
    });

    /// <summary>The crystals of a file with what was found out about its image; <c>null</c> where it is no measured HRTEM image.</summary>
    public FringeAnalysis? Fringes(string file) => Reading(() => StoredCrystals.Read(_db, file));

    /// <summary>What the crystals of a sample's images add up to; <c>null</c> where none of its files is a measured HRTEM image.</summary>
    public FringeSummary? FringesOf(string sample) => Reading(() => StoredCrystals.Summarise(_db, sample));

    /// <summary>Verdict and size of every crystal, ordered by sample, file and number.</summary>
    public IReadOnlyList<JudgedCrystal> Judged() => Reading(() => StoredCrystals.Judged(_db));

    /// <summary>The fits of all powder patterns, in ordinal order of their paths.</summary>
    public IReadOnlyList<SampleFit> Fits() => Reading(() => StoredFits.Read(_db));

    /// <summary>Long axis and area-equivalent diameter of every counted particle of a sample that has sizes in nm.</summary>
    public (IReadOnlyList<CountedSize> FeretMax, IReadOnlyList<CountedSize> Diameter) Counted(string sample) => Reading(() =>
    {
        return StoredParticles.ReadCounted(_db, sample);
    });

    /// <summary>Closes the store; SQLite then folds its side files into the one file.</summary>
    public void Dispose() => _db.Dispose();

    private static string Now() => DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void SetKey(SqliteCommand command, StageKey key) =>
        command.Set("$sha", key.Sha256).Set("$stage", key.Stage).Set("$options", key.OptionsHash).Set("$code", key.CodeVersion);

    private void Link(SqliteTransaction transaction, string file, string sha256, long measurementId)
    {
        using SqliteCommand update = Sql(transaction, "UPDATE files SET sha256 = $sha, measurement_id = $id, failure = NULL, message = NULL, stack = NULL WHERE file = $file");
        update.Set("$sha", sha256).Set("$id", measurementId).Set("$file", file).ExecuteNonQuery();
    }

    /// <summary>Reads in turn. What is not as it was written there is a damaged file, not a bug.</summary>
    private T Reading<T>(Func<T> read)
    {
        lock (_gate)
        {
            try
            {
                return read();
            }
            catch (Exception e) when (e is SqliteException or InvalidOperationException or InvalidCastException or FormatException or ArgumentException or JsonException)
            {
                throw Damaged(e);
            }
        }
    }

    private InputException Damaged(Exception e) => new(
        e is JsonException
            ? $"{_db.DataSource}: the store is damaged, or results in it are of another version of the program: {e.Message} ima run makes such results anew; if it fails too, remove the file, or choose another --out."
            : $"{_db.DataSource}: the store is damaged: {e.Message} Remove it to measure everything again, or choose another --out.",
        e);

    private T InTransaction<T>(Func<SqliteTransaction, T> work)
    {
        lock (_gate)
        {
            try
            {
                using SqliteTransaction transaction = _db.BeginTransaction();
                T result = work(transaction);
                transaction.Commit();
                return result;
            }
            catch (SqliteException e) when (e.SqliteErrorCode is Corrupt or NotADatabase)
            {
                throw Damaged(e);
            }
            catch (SqliteException e)
            {
                throw new InputException($"{_db.DataSource}: the store cannot be written: {e.Message} What was done before is kept; the same command goes on from there.", e);
            }
        }
    }

    private SqliteCommand Sql(SqliteTransaction? transaction, string sql) => new(sql, _db, transaction);

    private void Run(SqliteTransaction transaction, string sql)
    {
        using SqliteCommand command = Sql(transaction, sql);
        command.ExecuteNonQuery();
    }

    private List<string> Column(SqliteTransaction transaction, string sql)
    {
        List<string> values = [];
        using SqliteCommand command = Sql(transaction, sql);
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            values.Add(row.GetString(0));
        }

        return values;
    }
}
