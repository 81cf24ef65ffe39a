using System.Text.Json;
using System.Text.Json.Serialization;
using ImageAnalysis.Lattice;
using Microsoft.Data.Sqlite;

namespace ImageAnalysis.Samples;

/// <summary>Writes the crystals of HRTEM images to their tables, and reads them back to the last bit.</summary>
internal static class StoredCrystals
{
    private const string InsertImage = "INSERT INTO hrtem_images VALUES ($m, $expected, $knowledge, $defocus, $defocusSigma, $astigmatism, $transfer, $support, $flags)";

    private const string InsertCrystal = """
        INSERT INTO crystals VALUES ($m, $p, $x, $y, $x0, $y0, $x1, $y1, $diameterPx, $diameterNm, $carrier, $periodPx, $periodNm, $pValue, $probability, $verdict, $reason, $review, $outline, $json)
        """;

    private const string InsertFringe = """
        INSERT INTO fringes VALUES ($m, $p, $position, $hkl, $tested, $superlattice, $gx, $gy, $spacingPx, $spacingSigmaPx, $spacingNm, $spacingSigmaNm, $normal, $normalSigma,
            $snr, $superlatticeSnr, $pValue, $limit, $probability, $called)
        """;

    private const string SelectImage = """
        SELECT h.measurement_id, h.expected_false_calls_ratio, h.support_json, h.flags_json, h.transfer_json FROM files f JOIN hrtem_images h ON h.measurement_id = f.measurement_id WHERE f.file = $file
        """;

    // Ordered, so that sums over them are the same bits for any order of writing.
    private const string SelectOfSample = """
        SELECT h.expected_false_calls_ratio, c.verdict, c.needs_review, c.carrier, f.file, c.particle_id, r.position, r.is_tested, r.is_superlattice, coalesce(r.called, 0), r.spacing_nm, r.spacing_sigma_nm
        FROM files f
        JOIN hrtem_images h ON h.measurement_id = f.measurement_id
        LEFT JOIN crystals c ON c.measurement_id = h.measurement_id
        LEFT JOIN fringes r ON r.measurement_id = c.measurement_id AND r.particle_id = c.particle_id
        WHERE f.sample = $sample
        ORDER BY f.file, c.particle_id, r.position
        """;

    /// <summary>Outlines are stored in single precision; rounded before anything is drawn, a picture from the store is the same as one drawn at once.</summary>
    public static FringeAnalysis Rounded(FringeAnalysis fringes) => fringes with
    {
        Crystals = [.. fringes.Crystals.Select(crystal => crystal with { OutlinePx = OutlineBytes.Unpack(OutlineBytes.Pack(crystal.OutlinePx)) })],
    };

    public static void Insert(SqliteConnection db, SqliteTransaction transaction, long measurementId, FringeAnalysis fringes)
    {
        using SqliteCommand image = new(InsertImage, db, transaction);
        image.Set("$m", measurementId).Set("$expected", fringes.ExpectedFalseCallsRatio)
            .Set("$knowledge", TransferWords.Of(fringes.Transfer.Knowledge)).Set("$defocus", fringes.Transfer.DefocusNm).Set("$defocusSigma", fringes.Transfer.DefocusSigmaNm)
            .Set("$astigmatism", fringes.Transfer.TwofoldAstigmatismNm).Set("$transfer", JsonSerializer.Serialize(fringes.Transfer, StoredCrystalJson.Default.TransferEstimate))
            .Set("$support", JsonSerializer.Serialize(fringes.Support, StoredCrystalJson.Default.IReadOnlyListSupportPower))
            .Set("$flags", JsonSerializer.Serialize(fringes.Flags, StoredCrystalJson.Default.IReadOnlyListCrystalFlag)).ExecuteNonQuery();
        using SqliteCommand row = new(InsertCrystal, db, transaction);
        using SqliteCommand fringeRow = new(InsertFringe, db, transaction);
        foreach (CrystalMeasurement c in fringes.Crystals)
        {
            int carrier = CarrierOf(c);
            row.Set("$m", measurementId).Set("$p", c.ParticleId).Set("$x", c.XPx).Set("$y", c.YPx).Set("$x0", c.X0Px).Set("$y0", c.Y0Px).Set("$x1", c.X1Px).Set("$y1", c.Y1Px)
                .Set("$diameterPx", c.DiameterPx).Set("$diameterNm", c.DiameterNm).Set("$carrier", carrier < 0 ? null : carrier)
                .Set("$periodPx", c.SuperlatticePeriodPx).Set("$periodNm", c.SuperlatticePeriodNm).Set("$pValue", c.CrystalPValue).Set("$probability", c.DetectionProbability)
                .Set("$verdict", VerdictWords.Of(c.Verdict)).Set("$reason", c.Reason).Set("$review", c.Flags.Any(flag => flag.NeedsReview)).Set("$outline", OutlineBytes.Pack(c.OutlinePx))
                .Set("$json", JsonSerializer.Serialize(c with { OutlinePx = [], Carrier = null }, StoredCrystalJson.Default.CrystalMeasurement)).ExecuteNonQuery();
            for (int position = 0; position < c.Fringes.Count; position++)
            {
                FringeMeasurement f = c.Fringes[position];
                fringeRow.Set("$m", measurementId).Set("$p", c.ParticleId).Set("$position", position).Set("$hkl", f.Hkl).Set("$tested", f.IsTestedFamily).Set("$superlattice", f.IsSuperlattice)
                    .Set("$gx", f.G.XPerPx).Set("$gy", f.G.YPerPx).Set("$spacingPx", f.SpacingPx).Set("$spacingSigmaPx", f.SpacingSigmaPx)
                    .Set("$spacingNm", f.SpacingNm).Set("$spacingSigmaNm", f.SpacingSigmaNm).Set("$normal", f.NormalDeg).Set("$normalSigma", f.NormalSigmaDeg).Set("$snr", f.FringeSnr)
                    .Set("$superlatticeSnr", f.Superlattice?.Snr).Set("$pValue", f.Superlattice?.PValue).Set("$limit", f.Superlattice?.LimitSnr)
                    .Set("$probability", f.Superlattice?.DetectionProbability).Set("$called", f.Superlattice?.Called).ExecuteNonQuery();
            }
        }
    }

    /// <summary>The crystals of a file; <c>null</c> where it is no measured HRTEM image. The transfer has its numbers, and gives none for other frequencies any more.</summary>
    public static FringeAnalysis? Read(SqliteConnection db, string file)
    {
        using SqliteCommand command = new(SelectImage, db);
        using SqliteDataReader image = command.Set("$file", file).ExecuteReader();
        return !image.Read() ? null : new FringeAnalysis
        {
            ExpectedFalseCallsRatio = image.GetDouble(1),
            Support = JsonSerializer.Deserialize(image.GetString(2), StoredCrystalJson.Default.IReadOnlyListSupportPower)!,
            Flags = JsonSerializer.Deserialize(image.GetString(3), StoredCrystalJson.Default.IReadOnlyListCrystalFlag)!,
            Transfer = JsonSerializer.Deserialize(image.GetString(4), StoredCrystalJson.Default.TransferEstimate)!,
            Crystals = Crystals(db, image.GetInt64(0)),
        };
    }

    /// <summary>What a sample's crystals add up to; <c>null</c> where none of its files is a measured HRTEM image.</summary>
    public static FringeSummary? Summarise(SqliteConnection db, string sample)
    {
        int[] verdicts = new int[Enum.GetValues<Verdict>().Length];
        int images = 0, review = 0;
        double expected = 0;
        List<(double SpacingNm, double SigmaNm)> carriers = [], unmodulated = [];
        string? file = null;
        int? crystal = null;
        bool taken = false;
        using SqliteCommand command = new(SelectOfSample, db);
        using SqliteDataReader row = command.Set("$sample", sample).ExecuteReader();
        while (row.Read())
        {
            if (row.GetString(4) != file)
            {
                (file, crystal) = (row.GetString(4), null);
                images++;
                expected += row.GetDouble(0);
            }

            if (row.WholeAt(5) is int id && id != crystal)
            {
                (crystal, taken) = (id, false);
                verdicts[(int)VerdictOf(row.GetString(1))]++;
                review += row.GetBoolean(2) ? 1 : 0;
            }

            // Rows of fringes, strongest first; a crystal without any has one row of nulls.
            if (row.WholeAt(6) is int position && row.GetBoolean(7) && !row.GetBoolean(8) && row.NumberAt(10) is double nm && row.NumberAt(11) is double sigma)
            {
                if (row.WholeAt(3) == position)
                {
                    carriers.Add((nm, sigma));
                }

                if (!taken && !row.GetBoolean(9))
                {
                    taken = true;
                    unmodulated.Add((nm, sigma));
                }
            }
        }

        return images == 0 ? null : new FringeSummary
        {
            ImageCount = images,
            SuperstructureCount = verdicts[(int)Verdict.Superstructure],
            RegularCount = verdicts[(int)Verdict.Regular],
            UndeterminedCount = verdicts[(int)Verdict.Undetermined],
            NoFringeCount = verdicts[(int)Verdict.NoFringe],
            ReviewCount = review,
            ExpectedFalseCallsRatio = expected,
            Spacing = SpacingMean.Of(carriers),
            UnmodulatedSpacing = SpacingMean.Of(unmodulated),
        };
    }

    /// <summary>Verdict and size of every crystal, in an order that does not depend on that of writing.</summary>
    public static IReadOnlyList<JudgedCrystal> Judged(SqliteConnection db)
    {
        List<JudgedCrystal> crystals = [];
        using SqliteCommand command = new(
            "SELECT f.sample, c.verdict, c.diameter_nm FROM files f JOIN crystals c ON c.measurement_id = f.measurement_id ORDER BY f.sample, f.file, c.particle_id", db);
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            crystals.Add(new JudgedCrystal(row.GetString(0), VerdictOf(row.GetString(1)), row.NumberAt(2)));
        }

        return crystals;
    }

    private static List<CrystalMeasurement> Crystals(SqliteConnection db, long measurementId)
    {
        List<CrystalMeasurement> crystals = [];
        using SqliteCommand command = new("SELECT crystal_json, outline_px, carrier FROM crystals WHERE measurement_id = $m ORDER BY particle_id", db);
        using SqliteDataReader row = command.Set("$m", measurementId).ExecuteReader();
        while (row.Read())
        {
            CrystalMeasurement crystal = JsonSerializer.Deserialize(row.GetString(0), StoredCrystalJson.Default.CrystalMeasurement)!;
            crystals.Add(crystal with { OutlinePx = OutlineBytes.Unpack(row.GetFieldValue<byte[]>(1)), Carrier = row.WholeAt(2) is int carrier ? crystal.Fringes[carrier] : null });
        }

        return crystals;
    }

    /// <summary>Position of the fringe that stands for the crystal, or −1.</summary>
    private static int CarrierOf(CrystalMeasurement crystal)
    {
        int position = 0;
        foreach (FringeMeasurement fringe in crystal.Fringes)
        {
            if (ReferenceEquals(fringe, crystal.Carrier) || fringe == crystal.Carrier)
            {
                return position;
            }

            position++;
        }

        return crystal.Carrier is null ? -1 : throw new InvalidOperationException($"The carrier of crystal {crystal.ParticleId} is none of its fringes.");
    }

    private static Verdict VerdictOf(string word)
    {
        foreach (Verdict verdict in Enum.GetValues<Verdict>())
        {
            if (VerdictWords.Of(verdict) == word)
            {
                return verdict;
            }
        }

        throw new ArgumentException($"\"{word}\" is not a verdict.", nameof(word));
    }
}

/// <summary>What the compiler writes for keeping crystals in the store.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CrystalMeasurement))]
[JsonSerializable(typeof(TransferEstimate))]
[JsonSerializable(typeof(IReadOnlyList<SupportPower>))]
[JsonSerializable(typeof(IReadOnlyList<CrystalFlag>))]
internal sealed partial class StoredCrystalJson : JsonSerializerContext;
