using ImageAnalysis.Formats;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Tests;

public sealed class MicrographReaderTests
{
    private static readonly Calibration _calibration = new(0.5, 0.25, new CalibrationSource(CalibrationOrigin.Metadata, "test"));

    [Fact]
    public void ToMicrograph_OfTheOnlyImage_TakesItBesideASpectrum()
    {
        Signal spectrum = Frames([9, 9]) with { Kind = SignalKind.Spectrum, NotMeasurableReason = "a spectrum" };
        RawTag[] tags = [new("a", "b")];
        var file = new MicroscopeFile("test", [spectrum, Frames([1, 2])], tags);
        MicrographResult.Measurable result = Assert.IsType<MicrographResult.Measurable>(MicrographReader.ToMicrograph(file, "2nm/haadf/a.dm3", null));
        Assert.Equal([1f, 2], result.Micrograph.Pixels.Pixels.ToArray());
        Assert.Equal(("2nm/haadf/a.dm3", 0), (result.Micrograph.File, result.Micrograph.Frame));
        Assert.Same(_calibration, result.Micrograph.Calibration);
        Assert.Same(tags, result.Micrograph.RawTags);
        Assert.Equal(0, result.ReplacedPixelCount);
        Assert.Equal([new FileFinding("passed-over", "the file also holds what was passed over: 2 × 1 px (a spectrum)")], result.Findings);
    }

    [Fact]
    public void ToMicrograph_OfAPlainImage_FindsNothingToTell() => Assert.Empty(
        Assert.IsType<MicrographResult.Measurable>(MicrographReader.ToMicrograph(new MicroscopeFile("test", [Frames([1, 2], [3, 4])], []), "a", 1)).Findings);

    [Fact]
    public void ToMicrograph_OfManyOtherDataSets_NamesFourOfThem()
    {
        Signal page = Frames([9, 9], [8, 8]) with { NotMeasurableReason = "JPEG: not read" };
        var file = new MicroscopeFile("test", [page, page, Frames([1, 2]), page, page, page], []);
        FileFinding finding = Assert.Single(Assert.IsType<MicrographResult.Measurable>(MicrographReader.ToMicrograph(file, "a", 0)).Findings);
        Assert.Equal("the file also holds what was passed over: " + string.Concat(Enumerable.Repeat("2 × 1 px, 2 frames (JPEG: not read), ", 4)) + "…", finding.Reason);
    }

    [Fact]
    public void ToMicrograph_OfAFileThatDisagreesWithItself_SaysSo()
    {
        Signal image = Frames([1, 2]) with { CalibrationConflict = "0.5 against 0.6" };
        Assert.Equal(
            [new FileFinding("calibration-conflict", "the file disagrees with itself on the pixel size: 0.5 against 0.6")],
            Assert.IsType<MicrographResult.Measurable>(MicrographReader.ToMicrograph(new MicroscopeFile("test", [image], []), "a", null)).Findings);
        Signal pattern = image with { Kind = SignalKind.Diffraction, NotMeasurableReason = "a diffraction pattern" };
        Assert.Equal("a diffraction pattern (the file disagrees with itself: 0.5 against 0.6)", ReasonOf(new MicroscopeFile("test", [pattern], []), null));
    }

    [Fact]
    public void ToMicrograph_OfAStackWithoutAFrame_SaysHowToNameOne() => Assert.Equal(
        "a stack of 3 frames: name the one to be measured with \"frame\": 0…2 in samples.json",
        ReasonOf(new MicroscopeFile("test", [Frames([1, 2], [3, 4], [5, 6])], []), null));

    [Fact]
    public void ToMicrograph_OfSeveralImagesWithoutAFrame_SaysHowToNameOne() => Assert.Equal(
        "2 images in one file (2 × 1 px, 3 × 1 px): name the one to be measured with \"frame\": 0…1 in samples.json",
        ReasonOf(new MicroscopeFile("test", [Frames([1, 2]), Frames([3, 4, 5])], []), null));

    [Theory]
    [InlineData(0, new float[] { 1, 2 })]
    [InlineData(1, new float[] { 3, 4 })]
    [InlineData(2, new float[] { 5, 6, 7 })] // the frames of all images are counted through
    public void ToMicrograph_WithAFrame_TakesThatOne(int frame, float[] expected)
    {
        var file = new MicroscopeFile("test", [Frames([1, 2], [3, 4]), Frames([5, 6, 7])], []);
        MicrographResult.Measurable result = Assert.IsType<MicrographResult.Measurable>(MicrographReader.ToMicrograph(file, "a", frame));
        Assert.Equal(expected, result.Micrograph.Pixels.Pixels.ToArray());
        Assert.Equal(frame, result.Micrograph.Frame);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public void ToMicrograph_WithAFrameThatIsNotThere_SaysSo(int frame) => Assert.Equal(
        $"frame {frame} is asked for; the file has 2, numbered from 0",
        ReasonOf(new MicroscopeFile("test", [Frames([1, 2], [3, 4])], []), frame));

    [Fact]
    public void ToMicrograph_WithoutAnImage_GivesTheReasonsOfItsSignals()
    {
        Signal pattern = Frames([1, 2]) with { Kind = SignalKind.Diffraction, NotMeasurableReason = "a diffraction pattern" };
        Signal spectrum = Frames([1, 2]) with { Kind = SignalKind.Spectrum, NotMeasurableReason = "a spectrum" };
        Assert.Equal("a diffraction pattern; a spectrum", ReasonOf(new MicroscopeFile("test", [pattern, spectrum, spectrum], []), null));
    }

    [Fact]
    public void ToMicrograph_WithAFewDeadPixels_ReplacesThemFromTheirNeighbours()
    {
        // 40 × 30 px with value 10·x + y; one dead pixel of 1,200 is 0.083 %. Around (5, 4): 40 + {3, 4, 5}, 50 + {3, 5}, 60 + {3, 4, 5};
        // sorted 43 44 45 53 55 63 64 65, of which the fifth is 55.
        float[] pixels = [.. from y in Enumerable.Range(0, 30) from x in Enumerable.Range(0, 40) select (10f * x) + y];
        pixels[(4 * 40) + 5] = float.NaN;
        MicrographResult.Measurable result = Assert.IsType<MicrographResult.Measurable>(
            MicrographReader.ToMicrograph(new MicroscopeFile("test", [Image(pixels, 40)], []), "a", null));
        Assert.Equal(1, result.ReplacedPixelCount);
        Assert.Equal([new FileFinding("pixels-replaced", "1 pixel was no finite number and was replaced from the neighbours")], result.Findings);
        Assert.Equal(55f, result.Micrograph.Pixels[5, 4]);
        Assert.Equal(54f - 10f, result.Micrograph.Pixels[4, 4]);
    }

    [Fact]
    public void ToMicrograph_WithABlockOfDeadPixelsInACorner_ReplacesThemAll()
    {
        // 0.1 % of 60 × 60 px are 3.6: three dead pixels in the corner, of which (0, 0) has one finite neighbour left.
        float[] pixels = [.. Enumerable.Repeat(7f, 3600)];
        pixels[0] = float.NaN;
        pixels[1] = float.PositiveInfinity;
        pixels[60] = float.NaN;
        MicrographResult.Measurable result = Assert.IsType<MicrographResult.Measurable>(
            MicrographReader.ToMicrograph(new MicroscopeFile("test", [Image(pixels, 60)], []), "a", null));
        Assert.Equal(3, result.ReplacedPixelCount);
        Assert.All(result.Micrograph.Pixels.ToArray(), value => Assert.Equal(7f, value));
    }

    [Fact]
    public void ToMicrograph_WithAnEmptyRim_IsNotMeasured()
    {
        float[] pixels = [.. Enumerable.Range(0, 100).Select(i => i % 10 == 0 ? float.NaN : 1f)];
        Assert.Equal(
            "10 of 100 pixels are not finite numbers (NaN or infinite)",
            ReasonOf(new MicroscopeFile("test", [Image(pixels, 10)], []), null));
    }

    [Fact]
    public void ToMicrograph_OfOneValueOnly_SaysSo()
    {
        FileFinding[] Findings(params float[] pixels) =>
            [.. Assert.IsType<MicrographResult.Measurable>(MicrographReader.ToMicrograph(new MicroscopeFile("test", [Image(pixels, pixels.Length)], []), "a", null)).Findings];
        Assert.Equal([new FileFinding("constant", "every pixel has the same value, 4096.5")], Findings(4096.5f, 4096.5f, 4096.5f));
        Assert.Empty(Findings(1, 1, 1.5f));
        Assert.Empty(Findings(1));
    }

    [Fact]
    public void ToMicrograph_WithNumbersBeyondSinglePrecision_SaysWhatMayBeWrong()
    {
        Signal image = Image([1, 2], 2) with { Type = PixelType.Float64, Decode = _ => new PixelBlock(PixelType.Float64, 2, 1, new[] { 1e300, 2e300 }.SelectMany(BitConverter.GetBytes).ToArray()) };
        Assert.Equal("2 of 2 pixels are not finite numbers (NaN, infinite or too large for single precision)", ReasonOf(new MicroscopeFile("test", [image], []), null));
    }

    [Fact]
    public void Describe_OfAStack_AddsUpAllFramesAndTakesTheCornersOfTheFirst()
    {
        FileDescription description = FileDescriber.Describe("s.dm3", new MicroscopeFile("test", [Frames([1, 2], [3, 9])], []));
        SignalDescription signal = Assert.Single(description.Signals);
        Assert.Equal((1, 9, 15), (signal.MinCounts, signal.MaxCounts, signal.SumCounts));
        Assert.Equal([1, 2, 1, 2], signal.CornersCounts!.Select(corner => corner!.Value));
        Assert.Equal((2, "float32", "image"), (signal.Frames, signal.Type, description.Kind));
        Assert.Equal((0.5, 0.25, "metadata:test"), (signal.PixelWidthNm, signal.PixelHeightNm, signal.CalibrationSource));
        Assert.Null(signal.UnitAsStored);
        Assert.False(description.Measurable);
    }

    [Fact]
    public void Describe_OfAComplexImage_GivesNoNumbers()
    {
        Signal complex = Frames([1, 2]) with { Kind = SignalKind.Other, Type = PixelType.Complex64, NotMeasurableReason = "complex" };
        FileDescription description = FileDescriber.Describe("c.dm3", new MicroscopeFile("test", [complex], []));
        Assert.Equal(("other", "complex"), (description.Kind, description.Reason));
        Assert.Equal((null, null, null, "complex64"), (description.Signals[0].MinCounts, description.Signals[0].MaxCounts, description.Signals[0].SumCounts, description.Signals[0].Type));
        Assert.Null(description.Signals[0].CornersCounts);
    }

    [Theory]
    [InlineData(FileProblem.NotSupported, "JPEG inside TIFF", true)]
    [InlineData(FileProblem.NotSupported, null, false)]
    [InlineData(FileProblem.Corrupt, "JPEG inside TIFF", false)]
    public void Describe_PageThatCannotBeDecodedBesideOneThatCan_IsDescribedIfItSaysSo(FileProblem problem, string? reason, bool described)
    {
        Signal page = Frames([1, 2]) with
        {
            NotMeasurableReason = reason,
            Decode = _ => throw new MicroscopeFileException(problem, "test", null, "no"),
        };
        var file = new MicroscopeFile("test", [page, Frames([3, 4])], []);
        if (described)
        {
            FileDescription description = FileDescriber.Describe("p.tif", file);
            Assert.Null(description.Signals[0].SumCounts);
            Assert.Equal(7, description.Signals[1].SumCounts);
            Assert.True(description.Measurable);
        }
        else
        {
            Assert.Throws<MicroscopeFileException>(() => FileDescriber.Describe("p.tif", file));
        }
    }

    private static string ReasonOf(MicroscopeFile file, int? frame) =>
        Assert.IsType<MicrographResult.NotMeasurable>(MicrographReader.ToMicrograph(file, "a", frame)).Reason;

    private static Signal Frames(params float[][] frames) => new()
    {
        Kind = SignalKind.Image,
        FrameCount = frames.Length,
        WidthPx = frames[0].Length,
        HeightPx = 1,
        Type = PixelType.Float32,
        Calibration = _calibration,
        Decode = frame => new PixelBlock(PixelType.Float32, frames[frame].Length, 1, frames[frame].SelectMany(BitConverter.GetBytes).ToArray()),
    };

    private static Signal Image(float[] pixels, int width) => new()
    {
        Kind = SignalKind.Image,
        FrameCount = 1,
        WidthPx = width,
        HeightPx = pixels.Length / width,
        Type = PixelType.Float32,
        Decode = _ => new PixelBlock(PixelType.Float32, width, pixels.Length / width, pixels.SelectMany(BitConverter.GetBytes).ToArray()),
    };
}
