using ImageAnalysis.Formats;

namespace ImageAnalysis.Tests;

public sealed class ByteCursorTests
{
    [Fact]
    public void Reading_InBothByteOrders_GivesTheStoredNumbers()
    {
        byte[] bytes = [0x01, 0x02, 0x03, 0x04, 0xFF, 0xFE, 0x80];
        var cursor = new ByteCursor(bytes, "test", littleEndian: true);
        Assert.Equal(0x0201, cursor.ReadUInt16("a"));
        cursor.LittleEndian = false;
        Assert.Equal(0x0304, cursor.ReadUInt16("b"));
        Assert.Equal(-2, cursor.ReadInt16("c"));
        Assert.Equal(-128, cursor.ReadInt8("d"));
        Assert.Equal(0, cursor.Remaining);
    }

    [Fact]
    public void Reading_PastTheEnd_SaysWhatWasExpectedWhere()
    {
        var cursor = new ByteCursor(new byte[6], "test", littleEndian: true);
        cursor.Skip(4, "header");
        MicroscopeFileException thrown = Assert.Throws<MicroscopeFileException>(() => cursor.ReadUInt32("width"));
        Assert.Equal(FileProblem.Truncated, thrown.Problem);
        Assert.Equal(4, thrown.Offset);
        Assert.Equal("test: truncated at byte 4: width takes 4 bytes; 2 remain.", thrown.Message);
        Assert.Equal(4, cursor.Position);
    }

    [Theory]
    [InlineData(2UL, 3, true)]
    [InlineData(3UL, 3, false)]
    [InlineData(ulong.MaxValue, 8, false)]
    [InlineData(0UL, 8, true)]
    public void CheckedCount_OfEightRemainingBytes_RefusesWhatDoesNotFit(ulong count, int bytesEach, bool fits)
    {
        var cursor = new ByteCursor(new byte[8], "test", littleEndian: true);
        if (fits)
        {
            Assert.Equal((int)count, cursor.CheckedCount(count, bytesEach, "items"));
        }
        else
        {
            Assert.Equal(FileProblem.Truncated, Assert.Throws<MicroscopeFileException>(() => cursor.CheckedCount(count, bytesEach, "items")).Problem);
        }
    }

    [Fact]
    public void Seek_ToTheEndAndBeyond_AllowsOnlyTheEnd()
    {
        var cursor = new ByteCursor(new byte[8], "test", littleEndian: true);
        cursor.Seek(8, "end");
        Assert.Equal(8, cursor.Position);
        Assert.Throws<MicroscopeFileException>(() => cursor.Seek(9, "past the end"));
        Assert.Throws<MicroscopeFileException>(() => cursor.Seek(ulong.MaxValue, "far past the end"));
    }
}
