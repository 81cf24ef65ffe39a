namespace ImageAnalysis.Lattice.Tests;

public sealed class ReflectionTableTests
{
    private static readonly ReflectionTable Table = ReflectionTable.Of(new ReferenceCrystal());

    [Fact]
    public void Families_OfTheFaceCentredCell_HaveTheirMembersAndLengths()
    {
        Assert.Equal([8, 6, 12, 24], Enumerable.Range(0, 4).Select(static kind => Table.Spots.Count(spot => spot.Kind == kind)));

        // d = 5.85 Å/√(h² + k² + l²), a tenth of it in nm.
        Assert.Equal([0.33775, 0.29250, 0.20683, 0.17638], Table.Kinds.Take(4).Select(static kind => Math.Round(1 / kind.FrequencyPerNm, 5)));
    }

    [Fact]
    public void HalfOrders_AreKindsOfTheirOwn()
    {
        ReflectionKind half = Table.Kinds.Single(static kind => kind.Name == "1/2 1/2 1/2");
        Assert.True(half.IsSuperlattice);
        Assert.Equal(0.6755, 1 / half.FrequencyPerNm, 1e-4);
    }

    [Theory]
    [InlineData(0, 0, new[] { 70.5288 })] // arccos 1/3
    [InlineData(0, 1, new[] { 54.7356 })] // arccos 1/√3
    [InlineData(1, 1, new[] { 90.0 })]
    [InlineData(0, 2, new[] { 35.2644, 90.0 })] // arccos √(2/3)
    public void Angles_BetweenFamilies_AreThoseOfTheCube(int first, int second, double[] expected) =>
        Assert.Equal(expected, Table.Pairs.Where(pair => pair.First == first && pair.Second == second).Select(static pair => Math.Round(pair.AngleDeg, 4)).Order());

    [Fact]
    public void ThreefoldPeriod_GivesThirds()
    {
        ReflectionTable thirds = ReflectionTable.Of(new ReferenceCrystal { PeriodCount = 3 });
        Assert.Contains(thirds.Kinds, static kind => kind.IsSuperlattice && kind.Name == "1/3 1/3 1/3");
    }
}
