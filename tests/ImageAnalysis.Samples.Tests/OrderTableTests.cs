using ImageAnalysis.Lattice;

namespace ImageAnalysis.Samples.Tests;

public class OrderTableTests
{
    [Fact]
    public void Table_PublishedCounts_GiveThePublishedStatistics()
    {
        OrderTable table = Published(null);

        // 0, 3 and 24 of 30: 0–11.6, 2.1–26.5, 61.4–92.3 % (Clopper-Pearson).
        Assert.Equal(["0.0 11.6", "2.1 26.5", "61.4 92.3"], table.Rows.Select(row => FormattableString.Invariant($"{100 * row.Fraction.Exact!.LowFraction:0.0} {100 * row.Fraction.Exact.HighFraction:0.0}")));
        Assert.Equal([0.0, 10, 80], table.Rows.Select(row => row.Published!.SuperstructurePercent));
        Assert.All(table.Rows, row => Assert.Equal(1, row.PublishedPValue!.Value, 9));

        string words = string.Join('\n', OrderWords.Of(table));
        Assert.Contains("Not significantly different: 2nm and 4nm (0 of 30 against 3 of 30, p = 0.24)", words, StringComparison.Ordinal);
        Assert.Contains("Significantly different", words, StringComparison.Ordinal);
        Assert.Contains("order rises with size (p < 0.001", words, StringComparison.Ordinal);
        Assert.Equal(30.0 / 34, table.Rows[0].ShowingFringes!.ValueFraction, 12);

        // Undetermined crystals are no part of the curve.
        Assert.Equal(90, table.SizeOrder!.AllCount);
    }

    [Fact]
    public void Table_OtherCrystalsOrSizes_HaveNothingPublishedBesideThem()
    {
        Assert.All(Published(null, new ReferenceCrystal { Name = "CdSe" }).Rows, row => Assert.Null(row.Published));
        Assert.Equal(["2 nm", "2 nm", null, "4 nm", "6 nm", null], new[] { 1.5, 2.5, 2.75, 3.2, 7, 9 }.Select(size => PublishedTable.Of(size)?.Name));
        Assert.Null(PublishedTable.Of(null));
    }

    [Fact]
    public void Undetermined_BothWays_StandInTheRow()
    {
        OrderRow row = Assert.Single(OrderTables.Of([Sample("a", 1, 5, 4)], Crystals("a", 2, 1, 5, 4), null, new ReferenceCrystal())!.Rows);

        Assert.Equal("10…50", OrderWords.BothWays(row));
        Assert.Equal(0.5, row.Fraction.IfUndeterminedOrdered!.ValueFraction);
        Assert.Null(OrderWords.Corrected(row, false));
    }

    [Fact]
    public void Corrected_RatesOfTheSize_UndoMisses()
    {
        // Half of the ordered ones are missed at 4 nm, all at 2 nm; nothing is invented.
        KnownRates rates = new(true, [.. Enumerable.Range(0, 80).Select(i => new RatedCrystal(i < 40 ? 2 : 4, i % 2 == 0, i >= 40 && i % 4 == 0))]);

        OrderTable table = Published(rates);

        // 3 of 30 called at a sensitivity of 0.5: 0.2 are ordered. At 6 nm there is nothing of that size: all sizes, 10 of 40.
        Assert.Equal(0.2, table.Rows[1].Corrected!.Corrected.ValueFraction, 12);
        Assert.True(table.Rows[1].RatesOfThisSize);
        Assert.False(table.Rows[2].RatesOfThisSize);
        Assert.Null(table.Rows[0].Corrected);
        Assert.Contains("no ground for a correction", OrderWords.Corrected(table.Rows[0], true), StringComparison.Ordinal);
        Assert.StartsWith("4nm: in simulated crystals of known truth and this size, 10 of 20 ordered and 0 of 20 regular ones were called superstructure; corrected for that, 20 % are ordered", OrderWords.Corrected(table.Rows[1], true), StringComparison.Ordinal);
    }

    [Fact]
    public void Orientation_ModelThatCannotBe_SaysSo()
    {
        OrderTable table = Published(null);

        Assert.True(table.Rows[2].Orientation!.IsContradicted);
        Assert.Null(table.Rows[2].Orientation!.Ordered);
        Assert.False(table.Rows[1].Orientation!.IsContradicted);
        Assert.Null(OrderTables.Of([Sample("a", 1, 1, 0)], Crystals("a", 4, 1, 1, 0), null, new ReferenceCrystal { CAngstrom = 6.1 })!.Rows[0].Orientation);
    }

    [Fact]
    public void Table_WithoutHrtemImages_IsNone() => Assert.Null(OrderTables.Of([Sample("a", 0, 0, 0) with { Fringes = null }], [], null, new ReferenceCrystal()));

    private static OrderTable Published(KnownRates? rates, ReferenceCrystal? reference = null) => OrderTables.Of(
        [Sample("2nm", 0, 30, 0), Sample("4nm", 3, 27, 0), Sample("6nm", 24, 6, 0)],
        [.. Crystals("2nm", 2, 0, 30, 0), .. Crystals("4nm", 4, 3, 27, 0), .. Crystals("6nm", 6, 24, 6, 0)],
        rates,
        reference ?? new ReferenceCrystal())!;

    private static SampleSummary Sample(string name, int superstructure, int regular, int undetermined) => new()
    {
        Sample = name,
        FileCount = 1,
        BadFileCount = 0,
        ParticleCount = 0,
        FlaggedCount = 0,
        SizedCount = 0,
        UncalibratedCount = 0,
        Fringes = new FringeSummary
        {
            ImageCount = 1,
            SuperstructureCount = superstructure,
            RegularCount = regular,
            UndeterminedCount = undetermined,
            NoFringeCount = 4,
            ReviewCount = 0,
            ExpectedFalseCallsRatio = 0,
        },
    };

    private static JudgedCrystal[] Crystals(string sample, double diameterNm, int superstructure, int regular, int undetermined) =>
    [
        .. Enumerable.Range(0, superstructure + regular + undetermined).Select(i => new JudgedCrystal(
            sample, i < superstructure ? Verdict.Superstructure : i < superstructure + regular ? Verdict.Regular : Verdict.Undetermined, diameterNm + (0.01 * (i % 10)))),
    ];
}
