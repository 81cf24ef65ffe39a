using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

public sealed class SymmetryTests
{
    [Theory]
    [InlineData("x,y,z", "x,y,z")]
    [InlineData(" X , -Y , Z + 1/2 ", "x,-y,z+1/2")]
    [InlineData("1/2+x,y,-z", "x+1/2,y,-z")]
    [InlineData("-y,x-y,z+1/3", "-y,x-y,z+1/3")]
    [InlineData("-y,x-y,z+0.3333", "-y,x-y,z+1/3")]
    [InlineData("x,y,z-1/4", "x,y,z+3/4")]
    [InlineData("+x,+y,+z+5/4", "x,y,z+1/4")]
    [InlineData("x,y,z+.125", "x,y,z+1/8")]
    [InlineData("y+z,x,y", "y+z,x,y")]
    [InlineData("x,y,z+0.1", "x,y,z+0.1")] // an origin of somebody's own
    [InlineData("2*x+y,x+y,z", "2*x+y,x+y,z")]
    public void Operation_Text_IsReadAndWritten(string text, string expected)
    {
        SymmetryOperation operation = SymmetryOperation.Parse(text);
        Assert.Equal(expected, operation.ToString());
        Assert.Equal(operation, SymmetryOperation.Parse(operation.ToString()));
    }

    [Theory]
    [InlineData("x,y", "two parts")]
    [InlineData("", "nothing")]
    [InlineData("x,y,", "an empty part")]
    [InlineData("x,y,w", "another letter")]
    [InlineData("x,y,z+", "a sign at the end")]
    [InlineData("x,y,z+1/0", "a fraction by zero")]
    [InlineData("x,y,1/2 z", "a fraction of an axis")]
    [InlineData("x,y,z z", "no sign between terms")]
    [InlineData("x,x,z", "determinant 0")]
    [InlineData("2*x,y,z", "determinant 2")]
    [InlineData("x,y,z+1.2.3", "no number")]
    [InlineData("9*x,y,z", "a factor above 4")]
    public void Operation_OtherText_IsRefused(string text, string why)
    {
        FormatException refused = Assert.Throws<FormatException>(() => SymmetryOperation.Parse(text));
        Assert.True(refused.Message.Length > 20, why);
    }

    [Fact]
    public void Operation_AppliedAndMultiplied_FollowsTheMatrices()
    {
        SymmetryOperation screw = SymmetryOperation.Parse("-y,x-y,z+1/3");
        FractionalPosition image = screw.Apply(new(0.1, 0.3, 0.2));
        Assert.Equal(-0.3, image.XFraction, 1e-12);
        Assert.Equal(-0.2, image.YFraction, 1e-12);
        Assert.Equal(0.5333333333, image.ZFraction, 1e-9);
        Assert.Equal(SymmetryOperation.Identity, screw.After(screw).After(screw)); // three screws of a third are one whole edge
        Assert.Equal("-x+y,-x,z+2/3", screw.After(screw).ToString());
        Assert.Equal((0, 1, 1), SymmetryOperation.Parse("-y,x-y,z").ApplyToIndices(-1, 0, 1)); // the row (-1 0 1) times W: -1·(0,-1,0) + 1·(0,0,1)
    }

    [Fact]
    public void Group_OfGenerators_IsClosedAndKeepsTheGivenOrder()
    {
        SymmetryGroup group = CopperSelenide.Fm3m;
        Assert.Equal(192, group.Operations.Count);
        Assert.Equal(6, group.GivenCount);
        Assert.Equal(SymmetryOperation.Identity, group.Operations[0]);
        Assert.Equal("-y,x,z", group.Operations[1].ToString());
        Assert.Equal(48, group.LaueRotations.Count);
        Assert.True(group.IsCentrosymmetric);
        HashSet<SymmetryOperation> all = [.. group.Operations];
        Assert.Equal(192, all.Count);
        Assert.All(group.Operations.Take(20), first => Assert.All(group.Operations, second => Assert.Contains(first.After(second), all)));
    }

    [Fact]
    public void Group_OfEndlessOperations_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => SymmetryGroup.Parse("x+y,y,z")); // a shear never comes back
        Assert.Throws<ArgumentException>(() => SymmetryGroup.Parse("x,y,z+0.001")); // a translation by a thousandth makes a thousand
    }

    [Fact]
    public void Absence_OfCentringGlideAndScrew_IsFound()
    {
        SymmetryGroup wurtzite = HallSymbol.Parse("P 6c -2c"); // P 63 m c
        Assert.True(wurtzite.IsAbsent(0, 0, 1)); // 6(3) screw: l even on 00l
        Assert.False(wurtzite.IsAbsent(0, 0, 2));
        Assert.True(wurtzite.IsAbsent(1, 1, 1)); // c glide: l even on hhl
        Assert.False(wurtzite.IsAbsent(1, 0, 1));
        Assert.True(CopperSelenide.Fm3m.IsAbsent(1, 0, 0));
        Assert.False(CopperSelenide.Fm3m.IsAbsent(1, 1, 1));
    }

    // Orders of the 32 crystal classes by the numbers of their space groups (International Tables A), times the points of the lattice.
    [Fact]
    public void SpaceGroups_AllSettings_HaveTheOrderOfTheirClassAndLattice()
    {
        (int Last, int Order)[] classes =
        [
            (1, 1), (2, 2), (5, 2), (9, 2), (15, 4), (24, 4), (46, 4), (74, 8), (80, 4), (82, 4), (88, 8), (98, 8), (110, 8), (122, 8), (142, 16), (146, 3), (148, 6),
            (155, 6), (161, 6), (167, 12), (173, 6), (174, 6), (176, 12), (182, 12), (186, 12), (190, 12), (194, 24), (199, 12), (206, 24), (214, 24), (220, 24), (230, 48),
        ];
        Assert.Equal(530, SpaceGroups.All.Count);
        Assert.Equal(Enumerable.Range(1, 230), SpaceGroups.All.Select(setting => setting.Number).Distinct());
        foreach ((int number, string name, string hall) in SpaceGroups.All)
        {
            int points = name[0] switch { 'P' => 1, 'F' => 4, 'R' => name.EndsWith(":R", StringComparison.Ordinal) ? 1 : 3, _ => 2 };
            SymmetryGroup group = HallSymbol.Parse(hall);
            Assert.True(points * classes.First(one => number <= one.Last).Order == group.Operations.Count, $"{name}: {group.Operations.Count} operations");
        }
    }

    [Theory]
    [InlineData("-P 2ybc", "x,y,z;-x,y+1/2,-z+1/2;-x,-y,-z;x,-y+1/2,z+1/2")] // P 1 21/c 1
    [InlineData("P 31 2\"", "x,y,z;-y,x-y,z+1/3;-x+y,-x,z+2/3;y,x,-z;x-y,-y,-z+2/3;-x,-x+y,-z+1/3")] // P 31 2 1
    [InlineData("P 31 2 (0 0 4)", "x,y,z;-y,x-y,z+1/3;-x+y,-x,z+2/3;-y,-x,-z+2/3;-x+y,y,-z+1/3;x,x-y,-z")] // P 31 1 2
    [InlineData("I -4", "x,y,z;y,-x,-z;-x,-y,z;-y,x,-z;x+1/2,y+1/2,z+1/2;y+1/2,-x+1/2,-z+1/2;-x+1/2,-y+1/2,z+1/2;-y+1/2,x+1/2,-z+1/2")]
    public void HallSymbol_OfKnownGroup_GivesTheTabulatedPositions(string hall, string positions) =>
        Assert.Equal(
            positions.Split(';').Select(SymmetryOperation.Parse).Select(operation => operation.ToString()).Order(),
            HallSymbol.Parse(hall).Operations.Select(operation => operation.ToString()).Order());

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("Q 2")]
    [InlineData("P 5")]
    [InlineData("P 2q")]
    [InlineData("P 3 2 (x,y,z)")]
    [InlineData("P 4*")]
    [InlineData("P 2 2 2 2 2 2")]
    [InlineData("P -")]
    public void HallSymbol_OtherText_IsRefused(string hall) => Assert.Throws<FormatException>(() => HallSymbol.Parse(hall));

    [Theory]
    [InlineData("F m -3 m", 192)]
    [InlineData("Fm-3m", 192)]
    [InlineData("Fm3m", 192)]
    [InlineData("F_m_-3_m", 192)]
    [InlineData("P m -3 m", 48)]
    [InlineData("F d -3 m:2", 192)]
    [InlineData("I a -3 d", 96)]
    public void SpaceGroup_ByName_IsFound(string name, int operations) => Assert.Equal(operations, SpaceGroups.OfName(name, UnitCell.Cubic(5)).Operations.Count);

    [Fact]
    public void SpaceGroup_ByShortName_IsTheSettingThatFitsTheCell()
    {
        Assert.Equal("-x,y+1/2,-z+1/2", SpaceGroups.OfName("P 21/c", new(5, 6, 7, 90, 100, 90)).Operations.First(operation => operation is { W11: -1, W22: 1 }).ToString());
        Assert.Equal(36, SpaceGroups.OfName("R -3 m", UnitCell.Hexagonal(4, 10)).Operations.Count);
        Assert.Equal(12, SpaceGroups.OfName("R -3 m", new(4, 4, 4, 50, 50, 50)).Operations.Count);
        Assert.Equal(12, SpaceGroups.OfNumber(166, new(4, 4, 4, 50, 50, 50)).Operations.Count);
        Assert.Equal(("P 1 21/c 1", 14), SpaceGroups.NameOf(SpaceGroups.OfNumber(14, new(5, 6, 7, 90, 100, 90)))!.Value);
        Assert.Equal(("F m -3 m", 225), SpaceGroups.NameOf(CopperSelenide.Fm3m)!.Value);
        Assert.Null(SpaceGroups.NameOf(SymmetryGroup.Parse("x,y,z+1/5")));
    }

    [Fact]
    public void SpaceGroup_WithTwoOrigins_IsNotGuessed()
    {
        FormatException refused = Assert.Throws<FormatException>(() => SpaceGroups.OfName("F d -3 m", UnitCell.Cubic(5)));
        Assert.Contains("F d -3 m:1", refused.Message, StringComparison.Ordinal);
        Assert.Contains("F d -3 m:2", refused.Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => SpaceGroups.OfNumber(227, UnitCell.Cubic(5)));
        Assert.Throws<FormatException>(() => SpaceGroups.OfName("P 7", UnitCell.Cubic(5)));
    }
}
