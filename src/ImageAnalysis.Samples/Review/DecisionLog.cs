using Microsoft.Data.Sqlite;

namespace ImageAnalysis.Samples;

/// <summary>
/// The table <c>reviews</c> of a results store: decisions in the order in which they arrived. SQLite itself refuses to change or remove one. A decision that
/// <see cref="Append(Decision)"/> has returned from is on the disk: killing the program or pulling the plug does not lose it.
/// </summary>
public sealed class DecisionLog : IDisposable
{
    private const string Table = """
        CREATE TABLE IF NOT EXISTS reviews (
            position INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            at_utc TEXT NOT NULL,
            reviewer TEXT NOT NULL,
            action TEXT NOT NULL,
            target TEXT,
            file TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            stage TEXT NOT NULL,
            decision_json TEXT NOT NULL
        );
        CREATE TRIGGER IF NOT EXISTS reviews_stay BEFORE UPDATE ON reviews BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END;
        CREATE TRIGGER IF NOT EXISTS reviews_are_not_replaced BEFORE INSERT ON reviews WHEN EXISTS (SELECT 1 FROM reviews WHERE id = NEW.id OR position = NEW.position)
            BEGIN SELECT RAISE(ABORT, 'decisions are never replaced'); END;
        CREATE TRIGGER IF NOT EXISTS reviews_are_kept BEFORE DELETE ON reviews BEGIN SELECT RAISE(ABORT, 'decisions are never removed'); END;
        """;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _db;
    private readonly HashSet<string> _ids;
    private readonly List<Decision> _decisions;

    private DecisionLog(SqliteConnection db)
    {
        _db = db;
        _decisions = Read(db);
        _ids = [.. _decisions.Select(decision => decision.Id)];
    }

    /// <summary>All decisions in the order in which they arrived.</summary>
    public IReadOnlyList<Decision> Decisions
    {
        get
        {
            lock (_gate)
            {
                return [.. _decisions];
            }
        }
    }

    /// <summary>Opens the decisions of a results store for adding to them.</summary>
    /// <param name="storePath">Full path of <c>results.sqlite</c>, whose tables are there.</param>
    /// <returns>The decisions.</returns>
    /// <exception cref="InputException">The store cannot be used, or a decision in it cannot be read.</exception>
    internal static DecisionLog Open(string storePath)
    {
        SqliteConnection db = StoreSchema.Open(storePath);
        try
        {
            StoreSchema.Execute(db, "PRAGMA synchronous = FULL;" + Table);
            return new DecisionLog(db);
        }
        catch (SqliteException e)
        {
            db.Dispose();
            throw new InputException($"{storePath}: its decisions cannot be read: {e.Message}", e);
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    /// <summary>The decisions of a store, also of one whose results this program is too new or too old for.</summary>
    /// <param name="storePath">Full path of <c>results.sqlite</c>.</param>
    /// <returns>The decisions in the order in which they arrived; empty where none were made.</returns>
    /// <exception cref="InputException">It is no store, or a decision in it cannot be read.</exception>
    public static IReadOnlyList<Decision> ReadFrom(string storePath)
    {
        SqliteConnectionStringBuilder settings = new() { DataSource = storePath, Pooling = false, Mode = SqliteOpenMode.ReadWrite, DefaultTimeout = 30 };
        try
        {
            using SqliteConnection db = new(settings.ToString());
            db.Open();
            return StoreSchema.Number(db, "PRAGMA application_id") != StoreSchema.ApplicationId
                ? throw new InputException($"{storePath}: found a database of another program; expected results of ima.")
                : StoreSchema.Number(db, "SELECT count(*) FROM sqlite_master WHERE name = 'reviews'") == 0 ? [] : Read(db);
        }
        catch (SqliteException e)
        {
            throw new InputException($"{storePath}: its decisions cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Adds a decision; it is on the disk when this returns.</summary>
    /// <param name="decision">The decision.</param>
    /// <returns>False where a decision of that name is there already: nothing is added then.</returns>
    /// <exception cref="InputException">The decision cannot be, or the store cannot be written.</exception>
    public bool Append(Decision decision) => Append([decision]) == 1;

    /// <summary>Adds decisions, all or none; those that are there already are passed over.</summary>
    /// <param name="decisions">The decisions.</param>
    /// <returns>How many were added.</returns>
    /// <exception cref="InputException">A decision cannot be, or the store cannot be written.</exception>
    public int Append(IReadOnlyList<Decision> decisions)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        foreach (Decision decision in decisions)
        {
            DecisionJson.Check(decision, $"decision {decision.Id}");
        }

        lock (_gate)
        {
            Decision[] added = [.. decisions.Where(decision => !_ids.Contains(decision.Id)).DistinctBy(decision => decision.Id)];
            try
            {
                using SqliteTransaction transaction = _db.BeginTransaction();
                using SqliteCommand insert = new(
                    "INSERT INTO reviews (id, at_utc, reviewer, action, target, file, sha256, stage, decision_json) VALUES ($id, $at, $reviewer, $action, $target, $file, $sha, $stage, $json)", _db, transaction);
                foreach (Decision decision in added)
                {
                    insert.Set("$id", decision.Id).Set("$at", decision.AtUtc.UtcDateTime.ToString("O")).Set("$reviewer", decision.Reviewer).Set("$action", decision.Action.Word())
                        .Set("$target", decision.Target).Set("$file", decision.File).Set("$sha", decision.Particle.Sha256).Set("$stage", decision.Particle.Stage.ToString().ToLowerInvariant())
                        .Set("$json", DecisionJson.Write(decision)).ExecuteNonQuery();
                }

                transaction.Commit();
            }
            catch (SqliteException e)
            {
                throw new InputException($"{_db.DataSource}: the decision was NOT stored: {e.Message}", e);
            }

            _decisions.AddRange(added);
            _ids.UnionWith(added.Select(decision => decision.Id));
            return added.Length;
        }
    }

    /// <summary>Closes the store.</summary>
    public void Dispose() => _db.Dispose();

    private static List<Decision> Read(SqliteConnection db)
    {
        List<Decision> decisions = [];
        using SqliteCommand command = new("SELECT decision_json, position FROM reviews ORDER BY position", db);
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            decisions.Add(DecisionJson.Read(row.GetString(0), $"{db.DataSource}: reviews {row.GetInt64(1)}"));
        }

        return decisions;
    }
}
