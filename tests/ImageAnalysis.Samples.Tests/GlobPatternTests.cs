namespace ImageAnalysis.Samples.Tests;

public class GlobPatternTests
{
    [Theory]
    [InlineData("*.tif", "a.tif", true)]
    [InlineData("*.tif", "A.TIF", true)]
    [InlineData("*.tif", "d/a.tif", false)]
    [InlineData("d/*.tif", "d/a.tif", true)]
    [InlineData("d/*", "d/e/a.tif", false)]
    [InlineData("d/**", "d/e/a.tif", true)]
    [InlineData("d/**", "d/a.tif", true)]
    [InlineData("d/**", "d", false)]
    [InlineData("**/a.tif", "a.tif", true)]
    [InlineData("**/a.tif", "x/y/a.tif", true)]
    [InlineData("**/haadf/*", "2nm/haadf/a.tif", true)]
    [InlineData("**/haadf/*", "2nm/haadfx/a.tif", false)]
    [InlineData("a?.tif", "a1.tif", true)]
    [InlineData("a?.tif", "a.tif", false)]
    [InlineData("a?b", "a/b", false)]
    [InlineData("a+(1).tif", "a+(1).tif", true)]
    [InlineData("[ab].tif", "a.tif", false)]
    [InlineData("a.tif", "axtif", false)]
    public void Matches_PatternAndPath_FollowsTheRules(string pattern, string path, bool expected) =>
        Assert.Equal(expected, new GlobPattern(pattern).Matches(path));

    [Theory]
    [InlineData("2nm", "10nm", -1)]
    [InlineData("10nm", "2nm", 1)]
    [InlineData("a2b10", "a2b9", 1)]
    [InlineData("007", "7", -1)]
    [InlineData("A", "b", -1)]
    [InlineData("a", "a", 0)]
    [InlineData("a", "a1", -1)]
    public void NaturalOrder_Compare_CountsNumbers(string a, string b, int expected) => Assert.Equal(expected, Math.Sign(NaturalOrder.Compare(a, b)));
}
