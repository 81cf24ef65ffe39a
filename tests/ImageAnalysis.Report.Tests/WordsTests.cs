namespace ImageAnalysis.Report.Tests;

public class WordsTests
{
    [Theory]
    [InlineData("0.1.0", "0.1.0")]
    [InlineData("0.1.0+92e7244", "0.1.0+92e7244")]
    [InlineData("0.1.0+92e72441d01c", "0.1.0+92e7244")]
    [InlineData("0.1.0+92e72441d01c.modified", "0.1.0+92e7244.modified")]
    [InlineData("unknown", "unknown")]
    public void Version_LongCommit_IsShortenedAndKeepsItsMark(string version, string shown) => Assert.Equal(shown, Words.Version(version));
}
