using ImageAnalysis.Formats;

namespace ImageAnalysis.Tests;

public sealed class PixelBlocksTests
{
    /// <summary>Three pixels in a row of 3 × 1, as bytes, and as numbers.</summary>
    public static TheoryData<PixelType, byte[], double[]> Rows => new()
    {
        { PixelType.Bool, [0, 1, 2], [0, 1, 1] },
        { PixelType.UInt8, [0, 200, 255], [0, 200, 255] },
        { PixelType.Int8, [0, 200, 255], [0, -56, -1] }, // 200 − 256 = −56
        { PixelType.UInt16, [1, 0, 0, 1, 255, 255], [1, 256, 65535] },
        { PixelType.Int16, [1, 0, 0, 1, 255, 255], [1, 256, -1] },
        { PixelType.UInt32, [1, 0, 0, 0, 0, 0, 1, 0, 255, 255, 255, 255], [1, 65536, 4294967295] },
        { PixelType.Int32, [1, 0, 0, 0, 0, 0, 1, 0, 255, 255, 255, 255], [1, 65536, -1] },
        { PixelType.UInt64, [.. U64(1), .. U64(1UL << 40), .. U64(1UL << 63)], [1, 1099511627776, 9223372036854775808] },
        { PixelType.Int64, [.. U64(1), .. U64(1UL << 40), .. U64(ulong.MaxValue)], [1, 1099511627776, -1] },
        { PixelType.Float16, [0x00, 0x3C, 0x00, 0xC0, 0x00, 0x38], [1, -2, 0.5] }, // IEEE 754 half precision
        { PixelType.Float32, [.. F32(1.5f), .. F32(-2f), .. F32(0.1f)], [1.5, -2, 0.1f] },
        { PixelType.Float64, [.. F64(1.5), .. F64(-2), .. F64(0.1)], [1.5, -2, 0.1] },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void StatisticsAndRaster_OfEveryRealType_GiveTheStoredNumbers(PixelType type, byte[] bytes, double[] values)
    {
        var block = new PixelBlock(type, 3, 1, bytes);
        PixelStatistics statistics = PixelBlocks.Statistics(block);
        Assert.Equal(values.Min(), statistics.MinCounts);
        Assert.Equal(values.Max(), statistics.MaxCounts);
        Assert.Equal(values.Sum(), statistics.SumCounts);
        Assert.Equal([values[0], values[2], values[0], values[2]], statistics.CornersCounts.Select(corner => corner!.Value));
        Assert.Equal(values.Select(value => (float)value), PixelBlocks.ToRaster(block).Pixels.ToArray());
        Assert.Equal(0, PixelBlocks.NonFinitePixelCount(block));
        Assert.Equal(bytes.Length, 3 * PixelBlocks.BytesPerPixel(type));
    }

    [Fact]
    public void Statistics_OfATallBlock_TakesTheFourCorners()
    {
        // 2 × 3: rows (1 2) (3 4) (5 6).
        PixelStatistics statistics = PixelBlocks.Statistics(new PixelBlock(PixelType.UInt8, 2, 3, new byte[] { 1, 2, 3, 4, 5, 6 }));
        Assert.Equal([1, 2, 5, 6], statistics.CornersCounts.Select(corner => corner!.Value));
        Assert.Equal(21, statistics.SumCounts);
    }

    [Fact]
    public void Statistics_WithPixelsThatAreNotFinite_LeavesThemOutAndCountsThem()
    {
        byte[] bytes = [.. F32(float.NaN), .. F32(3), .. F32(float.NegativeInfinity), .. F32(4)];
        var block = new PixelBlock(PixelType.Float32, 2, 2, bytes);
        PixelStatistics statistics = PixelBlocks.Statistics(block);
        Assert.Equal((3, 4, 7, 2), (statistics.MinCounts, statistics.MaxCounts, statistics.SumCounts, statistics.NonFinitePixelCount));
        Assert.Equal([null, 3, null, 4], statistics.CornersCounts);
        Assert.Equal(2, PixelBlocks.NonFinitePixelCount(block));
    }

    [Fact]
    public void Statistics_WithoutAFinitePixel_IsMissing()
    {
        PixelStatistics statistics = PixelBlocks.Statistics(new PixelBlock(PixelType.Float32, 1, 1, F32(float.NaN)));
        Assert.Equal((null, null, null, 1), (statistics.MinCounts, statistics.MaxCounts, statistics.SumCounts, statistics.NonFinitePixelCount));
    }

    [Theory]
    [InlineData(PixelType.Complex64)]
    [InlineData(PixelType.Complex128)]
    [InlineData(PixelType.Rgb8)]
    [InlineData(PixelType.Rgb16)]
    public void ToRaster_OfPixelsThatAreNoSingleNumber_Throws(PixelType type)
    {
        var block = new PixelBlock(type, 1, 1, new byte[PixelBlocks.BytesPerPixel(type)]);
        Assert.Throws<ArgumentException>(() => PixelBlocks.ToRaster(block));
        Assert.Throws<ArgumentException>(() => PixelBlocks.Statistics(block));
    }

    [Fact]
    public void ToRaster_OfTooFewBytes_Throws() =>
        Assert.Throws<ArgumentException>(() => PixelBlocks.ToRaster(new PixelBlock(PixelType.UInt16, 2, 2, new byte[7])));

    private static byte[] U64(ulong value) => BitConverter.GetBytes(value);

    private static byte[] F32(float value) => BitConverter.GetBytes(value);

    private static byte[] F64(double value) => BitConverter.GetBytes(value);
}
