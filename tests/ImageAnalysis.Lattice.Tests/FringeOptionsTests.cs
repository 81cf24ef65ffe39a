namespace ImageAnalysis.Lattice.Tests;

public sealed class FringeOptionsTests
{
    [Fact]
    public void Defaults_Validate_Pass() => new FringeOptions().Validate();

    [Fact]
    public void Fringe_OutsideTheFamilies_IsRefusedByName()
    {
        FringeOptions options = new() { Reference = new ReferenceCrystal { Fringe = new MillerIndex(4, 0, 0) } };
        ArgumentException refused = Assert.Throws<ArgumentException>(options.Validate);
        Assert.Contains("4 0 0", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Spacing_UpsideDown_IsRefusedWithItsLimits()
    {
        FringeOptions options = new() { MinSpacingNm = 0.5, MaxSpacingNm = 0.5 };
        ArgumentOutOfRangeException refused = Assert.Throws<ArgumentOutOfRangeException>(options.Validate);
        Assert.Contains("MaxSpacingNm is 0.5; expected 0.75…5", refused.Message, StringComparison.Ordinal);
    }
}
