using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

public sealed class UnitCellTests
{
    // Edges a = (4,0,0), b = (1,5,0), c = (1,2,6): lengths 4, sqrt(26), sqrt(41); a.b = 4, a.c = 4, b.c = 1 + 10 = 11; volume 4·5·6 = 120.
    private static readonly UnitCell Triclinic = new(4, Math.Sqrt(26), Math.Sqrt(41), Degrees(11 / Math.Sqrt(26 * 41)), Degrees(4 / (4 * Math.Sqrt(41))), Degrees(4 / (4 * Math.Sqrt(26))));

    [Fact]
    public void Volume_OfTriclinicCell_IsThatOfItsEdges() => Assert.Equal(120, Triclinic.VolumeAngstrom3, 1e-9);

    // a* = b x c / V = (30, -6, -3)/120; b* = c x a / V = (0, 24, -8)/120; c* = a x b / V = (0, 0, 20)/120.
    // (123): g = (30, -6 + 48, -3 - 16 + 60)/120 = (30, 42, 41)/120; d = 120/sqrt(900 + 1764 + 1681) = 120/sqrt(4345).
    // (-201): g = (-60, 12, 6 + 20)/120; d = 120/sqrt(3600 + 144 + 676) = 120/sqrt(4420).
    [Theory]
    [InlineData(1, 2, 3, 4345)]
    [InlineData(-2, 0, 1, 4420)]
    [InlineData(2, 0, -1, 4420)]
    [InlineData(0, 0, 1, 400)]
    [InlineData(0, 1, 0, 640)] // 24² + 8²
    [InlineData(1, 0, 0, 945)] // 30² + 6² + 3²
    public void Spacing_OfTriclinicCell_IsThatOfItsReciprocalEdges(int h, int k, int l, double sum) =>
        Assert.Equal(120 / Math.Sqrt(sum), Triclinic.SpacingAngstrom(h, k, l), 1e-12);

    // The rhombohedral cell of a face-centred cubic lattice: edges A/sqrt(2) at 60 degrees; its (100) are the cubic (111), d = A/sqrt(3);
    // its (111) are the cubic (111) of the edges' sum: (h k l) = (111)_R is (1 1 1)_c too, and (110)_R is (0 0 2)_c, d = A/2.
    [Fact]
    public void Spacing_OfRhombohedralCell_IsThatOfTheCubicOne()
    {
        double edge = 5.85 / Math.Sqrt(2);
        UnitCell cell = new(edge, edge, edge, 60, 60, 60);
        Assert.Equal(5.85 / Math.Sqrt(3), cell.SpacingAngstrom(1, 0, 0), 1e-12);
        Assert.Equal(5.85 / Math.Sqrt(3), cell.SpacingAngstrom(1, 1, 1), 1e-12);
        Assert.Equal(5.85 / 2, cell.SpacingAngstrom(1, 1, 0), 1e-12);
        Assert.Equal(5.85 * 5.85 * 5.85 / 4, cell.VolumeAngstrom3, 1e-9); // a quarter of the cubic cell
    }

    [Fact]
    public void Spacing_OfCubicAndHexagonalCells_FollowsTheirFormulas()
    {
        Assert.Equal(3.3775, UnitCell.Cubic(5.85).SpacingAngstrom(1, 1, 1), 1e-5); // 5.85/sqrt(3) = 3.377499
        // 1/d² = 4/3 (h² + hk + k²)/a² + l²/c² = 4/3 · 3/9 + 4/16 = 0.4444 + 0.25, d = 1.2
        Assert.Equal(1.2, UnitCell.Hexagonal(3, 4).SpacingAngstrom(1, 1, 2), 1e-12);
    }

    [Fact]
    public void Cartesian_ThereAndBack_IsTheSamePosition()
    {
        FractionalPosition position = new(0.1, -1.7, 2.3);
        CartesianPosition space = Triclinic.ToCartesian(position);
        Assert.Equal(0.4 - 1.7 + 2.3, space.XAngstrom, 1e-12); // 0.1·4 - 1.7·1 + 2.3·1
        Assert.Equal(-8.5 + 4.6, space.YAngstrom, 1e-12); // -1.7·5 + 2.3·2
        Assert.Equal(13.8, space.ZAngstrom, 1e-12); // 2.3·6
        FractionalPosition back = Triclinic.ToFractional(space);
        Assert.Equal(0.1, back.XFraction, 1e-12);
        Assert.Equal(-1.7, back.YFraction, 1e-12);
        Assert.Equal(2.3, back.ZFraction, 1e-12);
    }

    [Fact]
    public void Distance_BetweenPositions_IsThatInSpace()
    {
        // From (0,0,0) to (1,1,1): the sum of the edges, (6, 7, 6): sqrt(36 + 49 + 36) = 11.
        Assert.Equal(11, Triclinic.DistanceAngstrom(default, new(1, 1, 1)), 1e-12);
        Assert.Equal(0, Triclinic.NearestDistanceAngstrom(default, new(1, 1, 1)), 1e-12);
        // 0.9 along a is 0.1·4 from the next repeat.
        Assert.Equal(0.4, Triclinic.NearestDistanceAngstrom(default, new(0.9, 0, 0)), 1e-12);
    }

    // A square lattice of edge 1 described by a = (1,0), b = (9,1): the nearest repeat of (0, ½) is not within one edge.
    // ½ b = (4.5, 0.5) is sqrt(0.5) from a lattice point, 4 or 5 edges a away.
    [Fact]
    public void NearestDistance_OfShearedCell_LooksFarEnough()
    {
        UnitCell sheared = new(1, Math.Sqrt(82), 1, 90, 90, Degrees(9 / Math.Sqrt(82)));
        Assert.Equal(Math.Sqrt(0.5), sheared.NearestDistanceAngstrom(default, new(0, 0.5, 0)), 1e-9);
    }

    [Theory]
    [InlineData(0, 5, 5, 90, 90, 90)]
    [InlineData(5, -1, 5, 90, 90, 90)]
    [InlineData(5, 5, double.NaN, 90, 90, 90)]
    [InlineData(5, 5, double.PositiveInfinity, 90, 90, 90)]
    [InlineData(5, 5, 5, 0, 90, 90)]
    [InlineData(5, 5, 5, 90, 180, 90)]
    [InlineData(5, 5, 5, 90, 90, double.NaN)]
    [InlineData(5, 5, 5, 30, 30, 90)] // two small angles can not span a right one
    public void Cell_ThatCanNotBe_IsRefused(double a, double b, double c, double alpha, double beta, double gamma) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new UnitCell(a, b, c, alpha, beta, gamma));

    [Fact]
    public void Spacing_OfNoPlanes_IsRefused() => Assert.Throws<ArgumentException>(() => Triclinic.SpacingAngstrom(0, 0, 0));

    private static double Degrees(double cosine) => Math.Acos(cosine) * 180 / Math.PI;
}
