using System.Globalization;
using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;
using Microsoft.Data.Sqlite;

namespace ImageAnalysis.Samples.Tests;

public class DecisionLogTests
{
    private static DecisionLog NewLog(TempFolder folder) => DecisionLog.Open(folder["results.sqlite"]);

    [Fact]
    public void Append_Decisions_AreReadBackAsTheyWere()
    {
        using TempFolder folder = new();
        ReviewItem crystal = Decided.Crystal(1, 100, 100), particle = Decided.Particle(Decided.Size(2, 50, 60));
        Decision[] made =
        [
            Decided.On(crystal, ReviewAction.NoFringe) with { Note = "line\nbreak, \"quotes\" and ± µ \u2028", Blind = true },
            Decided.On(particle, ReviewAction.Split) with { DrawnPx = [new PointPx(1.5, 2), new PointPx(3, 4)], OptionsHash = Decided.Options, Sizes = [Decided.Size(2, 45.123456789, 60), Decided.Size(2, 55, 60)], Others = [particle.Key] },
            Decided.On(crystal, ReviewAction.Redraw) with { Crystal = crystal.Crystal, OptionsHash = Decided.Options },
        ];
        using (DecisionLog log = NewLog(folder))
        {
            Assert.Equal(3, log.Append(made));
        }

        using DecisionLog again = NewLog(folder);
        Assert.Equal(made.Select(DecisionJson.Write), again.Decisions.Select(DecisionJson.Write));
        Assert.Equal(made[1].Sizes[0].XPx, again.Decisions[1].Sizes[0].XPx);
        Assert.Same(again.Decisions[2].Crystal!.Fringes[0], again.Decisions[2].Crystal!.Carrier);
        Assert.Equal(Verdict.Undetermined, again.Decisions[2].Crystal!.Verdict);
    }

    [Fact]
    public void Append_TheSameTwice_KeepsItOnce()
    {
        using TempFolder folder = new();
        using DecisionLog log = NewLog(folder);
        Decision decision = Decided.On(Decided.Crystal(1, 100, 100), ReviewAction.Regular);
        Assert.True(log.Append(decision));
        Assert.False(log.Append(decision));
        Assert.Equal(1, log.Append([decision, Decided.On(Decided.Crystal(1, 100, 100), ReviewAction.Skip)]));
        Assert.Equal(2, log.Decisions.Count);
    }

    [Theory]
    [InlineData("UPDATE reviews SET action = 'regular'")]
    [InlineData("DELETE FROM reviews")]
    [InlineData("INSERT OR REPLACE INTO reviews SELECT * FROM reviews")]
    public void Store_ChangingOrRemovingADecision_IsRefusedBySqliteItself(string sql)
    {
        using TempFolder folder = new();
        using DecisionLog log = NewLog(folder);
        log.Append(Decided.On(Decided.Crystal(1, 100, 100), ReviewAction.Superstructure));
        using SqliteConnection db = new($"Data Source={folder["results.sqlite"]};Pooling=False");
        db.Open();
        using SqliteCommand command = new(sql, db);
        Assert.Contains("never", Assert.Throws<SqliteException>(() => command.ExecuteNonQuery()).Message, StringComparison.Ordinal);
        Assert.Equal("superstructure", DecisionLog.ReadFrom(folder["results.sqlite"])[0].Action.Word());
    }

    [Fact]
    public void ReadFrom_StoreOfAnotherVersion_StillGivesItsDecisions()
    {
        using TempFolder folder = new();
        using (DecisionLog log = NewLog(folder))
        {
            log.Append(Decided.On(Decided.Crystal(1, 100, 100), ReviewAction.Superstructure));
        }

        using (SqliteConnection db = new($"Data Source={folder["results.sqlite"]};Pooling=False"))
        {
            db.Open();
            StoreSchema.Execute(db, "PRAGMA user_version = 999;");
        }

        Assert.Throws<InputException>(() => NewLog(folder));
        Assert.Single(DecisionLog.ReadFrom(folder["results.sqlite"]));
    }

    [Theory]
    [InlineData("", "nothing there")]
    [InlineData("{", "line 1")]
    [InlineData("{\"version\":2}", "line 1")]
    [InlineData("[1]", "line 1")]
    public void ReadAll_BadLine_NamesFileAndLine(string line, string expected)
    {
        if (line.Length == 0)
        {
            Assert.Empty(DecisionJson.ReadAll(new StringReader("\n\n"), "d.jsonl"));
            return;
        }

        InputException refused = Assert.Throws<InputException>(() => DecisionJson.ReadAll(new StringReader(line), "d.jsonl"));
        Assert.StartsWith($"d.jsonl: {expected}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("expected", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"no-fringe\"", "\"maybe\"")]
    [InlineData("\"stage\":\"fringes\"", "\"stage\":\"sizes\"")] // a verdict on a particle of a HAADF image
    [InlineData("\"reviewer\":\"A\"", "\"reviewer\":\"\"")]
    [InlineData("\"reviewer\":\"A\"", "\"reviewer\":null")]
    [InlineData("\"x1_px\":150", "\"x1_px\":20")]
    [InlineData("\"sha256\":\"aaaa", "\"sha256\":\"AAAA")]
    [InlineData("\"action\"", "\"was_action\"")]
    [InlineData("\"others\":[]", "\"others\":null")]
    public void Read_LineThatWasTamperedWith_IsRefused(string from, string to)
    {
        string line = DecisionJson.Write(Decided.On(Decided.Crystal(1, 100, 100), ReviewAction.NoFringe));
        Assert.Contains(from, line, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => DecisionJson.Read(line.Replace(from, to, StringComparison.Ordinal), "d.jsonl: line 1"));
    }

    [Fact]
    public void Read_AnyByteOfALineChanged_GivesADecisionOrARefusal()
    {
        string line = DecisionJson.Write(Decided.On(Decided.Crystal(1, 100, 100), ReviewAction.Exclude));
        Random random = new(1);
        for (int i = 0; i < 2000; i++)
        {
            char[] letters = line.ToCharArray();
            letters[random.Next(letters.Length)] = (char)random.Next(32, 127);
            try
            {
                DecisionJson.Read(new string(letters), "line");
            }
            catch (InputException)
            {
                // The one way to be refused.
            }
        }
    }

    [Fact]
    public void Rewrite_WithDecisions_FillsTheReviewedColumns()
    {
        using TempFolder root = new(), results = new();
        root.Write("s/haadf/a.png", TestImages.Png(1));
        Pipeline.Run(new RunRequest { Input = root.Path, ResultsFolder = results.Path }, new PipelineOptions(), TestImages.Measure, (image, options) => FringeAnalyser.Analyse(image, options.Fringes), null, null, null, CancellationToken.None);
        Assert.False(File.Exists(results["sizes_reviewed.csv"]));
        using (ReviewedResults review = ReviewedResults.Open(results.Path))
        {
            review.Log.Append(Decided.On(review.Found[0], ReviewAction.Delete));
        }

        StoredResults.Rewrite(results.Path, 1);
        List<string[]> sizes = Csv.Read(results["sizes.csv"]), reviewed = Csv.Read(results["sizes_reviewed.csv"]), samples = Csv.Read(results["samples.csv"]);
        int counted = Array.IndexOf(sizes[0], "counted"), review2 = Array.IndexOf(sizes[0], "review"), reviewedCounted = Array.IndexOf(sizes[0], "reviewed_counted");
        Assert.Equal(["true", "true", "false"], sizes.Skip(1).Select(row => row[counted]));
        Assert.Equal(["false", "true", "false"], sizes.Skip(1).Select(row => row[reviewedCounted]));
        Assert.Equal(["delete", "", ""], sizes.Skip(1).Select(row => row[review2]));
        Assert.Equal(["false", "true", "false"], reviewed.Skip(1).Select(row => row[counted]));
        string Of(string column) => samples[1][Array.IndexOf(samples[0], column)];
        Assert.Equal(("2", "1", "1"), (Of("n_sized"), Of("reviewed_n_sized"), Of("n_moved_by_review")));

        // The particle that is left in is number 2, of 20 + 1 + 2 px: its size stands in the table.
        Assert.Equal(23 * TestImages.PixelNm, double.Parse(Of("reviewed_feret_mean_nm"), CultureInfo.InvariantCulture), 4);
    }
}
