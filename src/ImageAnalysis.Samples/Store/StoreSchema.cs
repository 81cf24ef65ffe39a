using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ImageAnalysis.Samples;

/// <summary>The tables of <c>results.sqlite</c> and their version.</summary>
internal static class StoreSchema
{
    /// <summary>Version of the tables; a store of another version is refused.</summary>
    public const int Version = 5;

    /// <summary>SQLite's application id of our stores: the letters <c>IMA1</c>.</summary>
    public const int ApplicationId = 0x494D4131;

    /// <summary>
    /// <c>measurements</c> holds what was computed, by its key; <c>files</c> says which of them is the result of an input file. So the same
    /// bytes under another name, or in another sample, are not measured again.
    /// </summary>
    private const string Tables = """
        CREATE TABLE runs (
            run_id INTEGER PRIMARY KEY,
            state TEXT NOT NULL,
            started_utc TEXT NOT NULL,
            finished_utc TEXT,
            program_version TEXT NOT NULL,
            code_version TEXT NOT NULL,
            input TEXT NOT NULL,
            root TEXT NOT NULL,
            simulated INTEGER NOT NULL,
            pixel_width_nm REAL,
            pixel_height_nm REAL,
            options_json TEXT NOT NULL,
            warnings_json TEXT NOT NULL
        );
        CREATE TABLE samples (
            sample TEXT PRIMARY KEY,
            position INTEGER NOT NULL,
            models_json TEXT NOT NULL,
            phonon_per_cm REAL
        );
        CREATE TABLE measurements (
            measurement_id INTEGER PRIMARY KEY,
            sha256 TEXT NOT NULL,
            stage TEXT NOT NULL,
            options_hash TEXT NOT NULL,
            code_version TEXT NOT NULL,
            outcome TEXT NOT NULL,
            message TEXT NOT NULL,
            flags_json TEXT NOT NULL,
            frame INTEGER,
            width_px INTEGER,
            height_px INTEGER,
            pixel_width_nm REAL,
            pixel_height_nm REAL,
            calibration_source TEXT,
            simulated INTEGER NOT NULL,
            seconds REAL NOT NULL,
            UNIQUE (sha256, stage, options_hash, code_version)
        );
        CREATE TABLE files (
            file TEXT PRIMARY KEY,
            sample TEXT NOT NULL,
            role TEXT NOT NULL,
            sheet_frame INTEGER,
            sheet_pixel_width_nm REAL,
            sheet_pixel_height_nm REAL,
            sheet_simulated INTEGER NOT NULL,
            sha256 TEXT,
            measurement_id INTEGER REFERENCES measurements (measurement_id),
            failure TEXT,
            message TEXT,
            stack TEXT
        );
        CREATE INDEX files_by_measurement ON files (measurement_id);
        CREATE TABLE particles (
            measurement_id INTEGER NOT NULL REFERENCES measurements (measurement_id) ON DELETE CASCADE,
            particle_id INTEGER NOT NULL,
            x_px REAL NOT NULL,
            y_px REAL NOT NULL,
            outline_px BLOB NOT NULL,
            PRIMARY KEY (measurement_id, particle_id)
        );
        CREATE TABLE sizes (
            measurement_id INTEGER NOT NULL REFERENCES measurements (measurement_id) ON DELETE CASCADE,
            particle_id INTEGER NOT NULL,
            feret_max_px REAL NOT NULL,
            feret_min_px REAL NOT NULL,
            diameter_px REAL NOT NULL,
            area_pixel_count REAL NOT NULL,
            feret_max_sigma_px REAL,
            diameter_sigma_px REAL,
            feret_max_nm REAL,
            feret_min_nm REAL,
            diameter_nm REAL,
            area_nm2 REAL,
            feret_max_sigma_nm REAL,
            diameter_sigma_nm REAL,
            half_height_diameter_px REAL NOT NULL,
            half_height_diameter_nm REAL,
            border_weight_ratio REAL NOT NULL,
            aspect_ratio REAL NOT NULL,
            circularity_ratio REAL NOT NULL,
            orientation_deg REAL NOT NULL,
            integrated_intensity_counts REAL NOT NULL,
            background_counts REAL NOT NULL,
            contrast_snr REAL NOT NULL,
            edge_blur_sigma_px REAL,
            touches_border INTEGER NOT NULL,
            touches_neighbour INTEGER NOT NULL,
            counted INTEGER NOT NULL,
            flags_json TEXT NOT NULL,
            long_axis_x0_px REAL NOT NULL,
            long_axis_y0_px REAL NOT NULL,
            long_axis_x1_px REAL NOT NULL,
            long_axis_y1_px REAL NOT NULL,
            PRIMARY KEY (measurement_id, particle_id)
        );
        CREATE TABLE hrtem_images (
            measurement_id INTEGER PRIMARY KEY REFERENCES measurements (measurement_id) ON DELETE CASCADE,
            expected_false_calls_ratio REAL NOT NULL,
            transfer TEXT NOT NULL,
            defocus_nm REAL,
            defocus_sigma_nm REAL,
            twofold_astigmatism_nm REAL,
            transfer_json TEXT NOT NULL,
            support_json TEXT NOT NULL,
            flags_json TEXT NOT NULL
        );
        CREATE TABLE crystals (
            measurement_id INTEGER NOT NULL REFERENCES measurements (measurement_id) ON DELETE CASCADE,
            particle_id INTEGER NOT NULL,
            x_px REAL NOT NULL,
            y_px REAL NOT NULL,
            x0_px INTEGER NOT NULL,
            y0_px INTEGER NOT NULL,
            x1_px INTEGER NOT NULL,
            y1_px INTEGER NOT NULL,
            diameter_px REAL NOT NULL,
            diameter_nm REAL,
            carrier INTEGER,
            superlattice_period_px REAL,
            superlattice_period_nm REAL,
            superlattice_p_value REAL,
            detection_probability REAL,
            verdict TEXT NOT NULL,
            reason TEXT NOT NULL,
            needs_review INTEGER NOT NULL,
            outline_px BLOB NOT NULL,
            crystal_json TEXT NOT NULL,
            PRIMARY KEY (measurement_id, particle_id)
        );
        CREATE TABLE fringes (
            measurement_id INTEGER NOT NULL,
            particle_id INTEGER NOT NULL,
            position INTEGER NOT NULL,
            hkl TEXT,
            is_tested INTEGER NOT NULL,
            is_superlattice INTEGER NOT NULL,
            g_x_per_px REAL NOT NULL,
            g_y_per_px REAL NOT NULL,
            spacing_px REAL NOT NULL,
            spacing_sigma_px REAL NOT NULL,
            spacing_nm REAL,
            spacing_sigma_nm REAL,
            normal_deg REAL NOT NULL,
            normal_sigma_deg REAL NOT NULL,
            fringe_snr REAL NOT NULL,
            superlattice_snr REAL,
            superlattice_p_value REAL,
            limit_snr REAL,
            detection_probability REAL,
            called INTEGER,
            PRIMARY KEY (measurement_id, particle_id, position),
            FOREIGN KEY (measurement_id, particle_id) REFERENCES crystals (measurement_id, particle_id) ON DELETE CASCADE
        );
        CREATE TABLE fits (
            measurement_id INTEGER NOT NULL REFERENCES measurements (measurement_id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            model TEXT NOT NULL,
            family TEXT NOT NULL,
            chi2 REAL NOT NULL,
            reduced_chi2 REAL NOT NULL,
            rwp_percent REAL NOT NULL,
            bic REAL NOT NULL,
            a_angstrom REAL NOT NULL,
            a_sigma_angstrom REAL,
            size_angstrom REAL NOT NULL,
            size_sigma_angstrom REAL,
            fit_json TEXT NOT NULL,
            PRIMARY KEY (measurement_id, position)
        );
        CREATE TABLE fit_sites (
            measurement_id INTEGER NOT NULL,
            position INTEGER NOT NULL,
            solution INTEGER NOT NULL,
            label TEXT NOT NULL,
            site_group TEXT NOT NULL,
            element TEXT NOT NULL,
            multiplicity INTEGER NOT NULL,
            occupancy_fraction REAL NOT NULL,
            occupancy_sigma_fraction REAL,
            atoms_per_cell REAL NOT NULL,
            atoms_sigma_per_cell REAL,
            PRIMARY KEY (measurement_id, position, solution, label),
            FOREIGN KEY (measurement_id, position) REFERENCES fits (measurement_id, position) ON DELETE CASCADE
        );
        """;

    /// <summary>Opens a store, makes its tables where it is new, and refuses what is not ours.</summary>
    /// <exception cref="InputException">The file is no store, or one of another version.</exception>
    public static SqliteConnection Open(string path)
    {
        SqliteConnectionStringBuilder settings = new() { DataSource = path, Pooling = false, ForeignKeys = true, DefaultTimeout = 30 };
        SqliteConnection connection = new(settings.ToString());
        try
        {
            connection.Open();
            long applicationId = Number(connection, "PRAGMA application_id");
            long version = Number(connection, "PRAGMA user_version");
            bool empty = Number(connection, "SELECT count(*) FROM sqlite_master") == 0;
            if (!empty && applicationId != ApplicationId)
            {
                throw new InputException($"{path}: found a database of another program; expected results of ima. Choose another --out.");
            }

            if (!empty && version != Version)
            {
                throw new InputException(string.Create(CultureInfo.InvariantCulture,
                    $"{path}: found results of schema version {version}; this program reads and writes version {Version}. Choose another --out, or use the program that made them."));
            }

            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
            if (empty)
            {
                Execute(connection, string.Create(CultureInfo.InvariantCulture,
                    $"BEGIN IMMEDIATE; PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}; {Tables} COMMIT;"));
            }

            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new InputException($"{path}: cannot be used as a results store: {e.Message} Choose another --out, or remove the file.", e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static long Number(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
