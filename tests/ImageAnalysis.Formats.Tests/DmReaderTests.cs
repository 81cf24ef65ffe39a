using ImageAnalysis.Formats;
using ImageAnalysis.Formats.Dm;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Tests;

public sealed class DmReaderTests
{
    /// <summary>Every kind of file: both versions, both byte orders.</summary>
    public static TheoryData<int, bool> Dialects => new() { { 3, true }, { 3, false }, { 4, true }, { 4, false } };

    /// <summary>Number of the type, code and size of its numbers, whether two of them make a pixel, and the type that comes out.</summary>
    public static TheoryData<uint, ulong, int, bool, PixelType> Types => new()
    {
        { 1, 2, 2, false, PixelType.Int16 },
        { 2, 6, 4, false, PixelType.Float32 },
        { 3, 6, 4, true, PixelType.Complex64 },
        { 6, 10, 1, false, PixelType.UInt8 },
        { 7, 3, 4, false, PixelType.Int32 },
        { 9, 9, 1, false, PixelType.Int8 },
        { 10, 4, 2, false, PixelType.UInt16 },
        { 11, 5, 4, false, PixelType.UInt32 },
        { 12, 7, 8, false, PixelType.Float64 },
        { 13, 7, 8, true, PixelType.Complex128 },
        { 14, 8, 1, false, PixelType.Bool },
        { 39, 11, 8, false, PixelType.Int64 },
        { 40, 12, 8, false, PixelType.UInt64 },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void Read_EveryPixelType_InEveryDialect_GivesTheStoredBytes(uint dataType, ulong code, int size, bool isPair, PixelType expected)
    {
        // 3 × 2 pixels whose bytes all differ, so that no wrong order of axes or bytes goes unseen.
        byte[] stored = [.. Enumerable.Range(1, 6 * size * (isPair ? 2 : 1)).Select(value => (byte)value)];
        foreach (int version in (int[])[3, 4])
        {
            foreach (bool littleEndian in (bool[])[true, false])
            {
                var dm = new DmBuilder(version, littleEndian);
                DmBuilder.Part data = isPair ? dm.Pairs("Data", code, size, stored) : dm.Numbers("Data", code, size, stored);
                byte[] file = dm.File(dm.Group("ImageList", dm.Image(dataType, [3, 2], data)));
                Signal signal = Assert.Single(DmReader.Read(file).Signals);
                Assert.Equal(expected, signal.Type);
                Assert.Equal((3, 2, 1), (signal.WidthPx, signal.HeightPx, signal.FrameCount));
                PixelBlock block = signal.Decode(0);
                Assert.Equal((expected, 3, 2), (block.Type, block.WidthPx, block.HeightPx));
                Assert.Equal(stored, block.LittleEndianBytes.ToArray());
                Assert.Equal(isPair ? SignalKind.Other : SignalKind.Image, signal.Kind);
                Assert.Equal(isPair, signal.NotMeasurableReason is not null);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Read_ColourPixels_ComesOutAsRedGreenBlue(int version, bool littleEndian)
    {
        var dm = new DmBuilder(version, littleEndian);

        // One 32-bit number a pixel, 0x00RRGGBB: red 1, 2; green 11, 12; blue 21, 22.
        byte[] pixels = [21, 11, 1, 0, 22, 12, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        byte[] file = dm.File(dm.Group("ImageList", dm.Image(23, [2, 2], dm.Numbers("Data", 3, 4, pixels))));
        Signal signal = Assert.Single(DmReader.Read(file).Signals);
        Assert.Equal(PixelType.Rgb8, signal.Type);
        Assert.Equal(SignalKind.Image, signal.Kind);
        Assert.Contains("true-colour", signal.NotMeasurableReason, StringComparison.Ordinal);
        Assert.Equal([1, 11, 21, 2, 12, 22, 0, 0, 0, 0, 0, 0], signal.Decode(0).LittleEndianBytes.ToArray());
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Read_ColourPixelsWithEqualChannels_ComeOutAsGrey(int version, bool littleEndian)
    {
        var dm = new DmBuilder(version, littleEndian);
        byte[] pixels = [7, 7, 7, 255, 9, 9, 9, 0, 5, 5, 5, 1, 4, 4, 4, 2];
        byte[] file = dm.File(dm.Group("ImageList", dm.Image(23, [2, 2], dm.Numbers("Data", 3, 4, pixels))));
        Signal signal = Assert.Single(DmReader.Read(file).Signals);
        Assert.Equal(PixelType.UInt8, signal.Type);
        Assert.Null(signal.NotMeasurableReason);
        Assert.Equal([7, 9, 5, 4], signal.Decode(0).LittleEndianBytes.ToArray());
    }

    [Theory]
    [InlineData(5u, 4, 8)] // 4 × 2 px, one 4-byte number a pixel
    [InlineData(27u, 4, 12)] // 4 / 2 + 1 = 3 complex numbers a row, 2 rows, 2 numbers each
    [InlineData(28u, 8, 12)]
    public void Read_PackedFourierTransform_IsListedAndNotMeasurable(uint dataType, int size, int numbers)
    {
        var dm = new DmBuilder(4, true);
        byte[] file = dm.File(dm.Group("ImageList", dm.Image(dataType, [4, 2], dm.Numbers("Data", size == 4 ? 6UL : 7UL, size, new byte[numbers * size]))));
        Signal signal = Assert.Single(DmReader.Read(file).Signals);
        Assert.Equal(SignalKind.Other, signal.Kind);
        Assert.NotNull(signal.NotMeasurableReason);
        Assert.Equal(FileProblem.NotSupported, Assert.Throws<MicroscopeFileException>(() => signal.Decode(0)).Problem);
    }

    [Fact]
    public void Read_UnknownPixelType_IsNotSupported()
    {
        var dm = new DmBuilder(3, true);
        byte[] file = dm.File(dm.Group("ImageList", dm.Image(4, [2, 2], dm.Numbers("Data", 10, 1, new byte[4]))));
        Assert.Equal(FileProblem.NotSupported, Assert.Throws<MicroscopeFileException>(() => DmReader.Read(file)).Problem);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Read_Stack_KeepsFramesApart(int version, bool littleEndian)
    {
        var dm = new DmBuilder(version, littleEndian);
        ushort[] pixels = [1, 2, 3, 4, 5, 6, 700, 800];
        Signal signal = Assert.Single(DmReader.Read(dm.File(dm.Group("ImageList", dm.Image(pixels, [2, 2, 2])))).Signals);
        Assert.Equal((2, 2, 2), (signal.WidthPx, signal.HeightPx, signal.FrameCount));
        Assert.Equal([1f, 2, 3, 4], PixelBlocks.ToRaster(signal.Decode(0)).Pixels.ToArray());
        Assert.Equal([5f, 6, 700, 800], PixelBlocks.ToRaster(signal.Decode(1)).Pixels.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => signal.Decode(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => signal.Decode(-1));
    }

    [Theory]
    [InlineData("nm", 0.5, "nm", 0.25, 0.5, 0.25)]
    [InlineData("nm", 1, "Å", 2, 1, 0.2)] // 2 Å = 0.2 nm
    [InlineData("pm", 20, "A", 0.4, 0.02, 0.04)] // 20 pm = 0.02 nm, 0.4 Å = 0.04 nm
    [InlineData("µm", 0.002, "\u03BCm", 0.003, 2, 3)]
    public void Read_UnitsOfLength_BecomeNanometresAxisByAxis(string unitX, double scaleX, string unitY, double scaleY, double widthNm, double heightNm)
    {
        var dm = new DmBuilder(3, true);
        Signal signal = Calibrated(dm, dm.Axis(scaleX, unitX), dm.Axis(scaleY, unitY));

        // One multiplication each: a rounding error of the last digit at most.
        Assert.Equal(widthNm, signal.Calibration!.PixelWidthNm, 1e-15 * Math.Max(1, widthNm));
        Assert.Equal(heightNm, signal.Calibration.PixelHeightNm, 1e-15 * Math.Max(1, heightNm));
        Assert.Equal("metadata:DigitalMicrograph", signal.Calibration.Source.ToString());
        Assert.Equal(unitX == unitY ? unitX : $"{unitX}|{unitY}", signal.UnitAsStored);
        Assert.Null(signal.NotMeasurableReason);
    }

    [Theory]
    [InlineData("", 1, "")]
    [InlineData("", 0.25, "")]
    [InlineData("µ", 2, "µ")]
    [InlineData("furlong", 2, "furlong")]
    [InlineData("nm", 0, "nm")]
    [InlineData("nm", -0.5, "nm")]
    [InlineData("nm", double.NaN, "nm")]
    [InlineData("nm", double.PositiveInfinity, "nm")]
    public void Read_NoUsableScale_GivesNoCalibrationAndKeepsTheUnit(string unit, double scale, string stored)
    {
        var dm = new DmBuilder(3, true);
        Signal signal = Calibrated(dm, dm.Axis(scale, unit), dm.Axis(scale, unit));
        Assert.Null(signal.Calibration);
        Assert.Equal(stored, signal.UnitAsStored);
        Assert.Equal(SignalKind.Image, signal.Kind);
        Assert.Null(signal.NotMeasurableReason);
    }

    [Fact]
    public void Read_OneAxisWithoutUnit_GivesNoCalibration()
    {
        var dm = new DmBuilder(3, true);
        Signal signal = Calibrated(dm, dm.Axis(0.5, "nm"), dm.Axis(1, ""));
        Assert.Null(signal.Calibration);
        Assert.Equal("nm|", signal.UnitAsStored);
    }

    [Theory]
    [InlineData("1/nm")]
    [InlineData("1/Å")]
    [InlineData("nm^-1")]
    [InlineData("mrad")]
    public void Read_ReciprocalOrAngularAxes_AreADiffractionPattern(string unit)
    {
        var dm = new DmBuilder(4, true);
        Signal signal = Calibrated(dm, dm.Axis(0.1, unit), dm.Axis(0.1, unit));
        Assert.Equal(SignalKind.Diffraction, signal.Kind);
        Assert.Null(signal.Calibration);
        Assert.Equal(unit, signal.UnitAsStored);
        Assert.Contains(unit, signal.NotMeasurableReason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DIFFRACTION", SignalKind.Diffraction)]
    [InlineData("SCANNING", SignalKind.Image)] // a scan is an image, although its "Imaging Mode" is DIFFRACTION
    [InlineData("IMAGING", SignalKind.Image)]
    public void Read_UncalibratedImage_IsWhatTheOperationModeSays(string mode, SignalKind expected)
    {
        var dm = new DmBuilder(3, true);
        DmBuilder.Part tags = dm.Group("Microscope Info", dm.Text("Operation Mode", mode), dm.Text("Imaging Mode", "DIFFRACTION"));
        byte[] file = dm.File(dm.Group("ImageList", dm.Image([1, 2, 3, 4], [2, 2], null, [tags])));
        Assert.Equal(expected, Assert.Single(DmReader.Read(file).Signals).Kind);
    }

    [Theory]
    [InlineData(new uint[] { 8 })]
    [InlineData(new uint[] { 8, 1 })]
    [InlineData(new uint[] { 1, 1, 8 })]
    public void Read_OneExtendedAxis_IsASpectrum(uint[] dimensions)
    {
        var dm = new DmBuilder(3, true);
        Signal signal = Assert.Single(DmReader.Read(dm.File(dm.Group("ImageList", dm.Image([1, 2, 3, 4, 5, 6, 7, 8], dimensions)))).Signals);
        Assert.Equal(SignalKind.Spectrum, signal.Kind);
        Assert.NotNull(signal.NotMeasurableReason);
    }

    [Theory]
    [InlineData("Spectrum image", "nm")]
    [InlineData("Image", "eV")]
    public void Read_SpectrumImage_IsASpectrum(string format, string thirdUnit)
    {
        var dm = new DmBuilder(3, true);
        byte[] file = dm.File(dm.Group("ImageList", dm.Image(
            [1, 2, 3, 4, 5, 6, 7, 8],
            [2, 2, 2],
            [dm.Axis(1, "nm"), dm.Axis(1, "nm"), dm.Axis(0.5, thirdUnit)],
            [dm.Group("Meta Data", dm.Text("Format", format))])));
        Signal signal = Assert.Single(DmReader.Read(file).Signals);
        Assert.Equal(SignalKind.Spectrum, signal.Kind);
        Assert.Contains("spectrum image", signal.NotMeasurableReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LineScanOfSpectra_HasNoPixelSize()
    {
        // x is a wavelength in nm, y a place in nm: a length by its unit, and no size of a pixel.
        var dm = new DmBuilder(3, true);
        byte[] file = dm.File(dm.Group("ImageList", dm.Image(
            [1, 2, 3, 4], [2, 2], [dm.Axis(0.5, "nm"), dm.Axis(2, "nm")], [dm.Group("Meta Data", dm.Text("Format", "Spectrum image"))])));
        Signal signal = Assert.Single(DmReader.Read(file).Signals);
        Assert.Equal(SignalKind.Spectrum, signal.Kind);
        Assert.Null(signal.Calibration);
    }

    [Fact]
    public void Read_FourDimensions_AreNoStackOfImages()
    {
        var dm = new DmBuilder(4, true);
        Signal signal = Assert.Single(DmReader.Read(dm.File(dm.Group("ImageList", dm.Image(new ushort[16], [2, 2, 2, 2])))).Signals);
        Assert.Equal((SignalKind.Other, 4), (signal.Kind, signal.FrameCount));
        Assert.NotNull(signal.NotMeasurableReason);
    }

    [Theory]
    [InlineData(0u, new ushort[] { 11, 21 })]
    [InlineData(1u, new ushort[] { 1, 21 })]
    [InlineData(2u, new ushort[] { 1, 11 })]
    public void Read_ThumbnailNamed_LeavesItOutWhereverItStands(uint thumbnail, ushort[] firstPixels)
    {
        var dm = new DmBuilder(3, true);
        byte[] file = dm.File(
            dm.Group("ImageList", dm.Image([1, 2, 3, 4], [2, 2]), dm.Image([11, 12, 13, 14], [2, 2]), dm.Image([21, 22, 23, 24], [2, 2])),
            dm.Group("Thumbnails", dm.Group("", dm.UInt32("ImageIndex", thumbnail))));
        Assert.Equal(firstPixels, DmReader.Read(file).Signals.Select(FirstPixel));
    }

    [Fact]
    public void Read_NoThumbnailsGroup_TakesWhatTheSourcesReferTo()
    {
        var dm = new DmBuilder(3, true);
        byte[] file = dm.File(
            dm.Group("ImageList", dm.Image([1, 2, 3, 4], [2, 2]), dm.Image([11, 12, 13, 14], [2, 2])),
            dm.Group("ImageSourceList", dm.Group("", dm.UInt32("ImageRef", 1))));
        Assert.Equal((ushort)11, FirstPixel(Assert.Single(DmReader.Read(file).Signals)));
    }

    [Fact]
    public void Read_NeitherThumbnailsNorSources_TakesEveryImage()
    {
        var dm = new DmBuilder(3, true);
        byte[] file = dm.File(dm.Group("ImageList", dm.Image([1, 2, 3, 4], [2, 2]), dm.Image([11, 12, 13, 14], [2, 2])));
        Assert.Equal([(ushort)1, (ushort)11], DmReader.Read(file).Signals.Select(FirstPixel));
    }

    [Fact]
    public void Read_NothingButAThumbnail_SaysSo()
    {
        var dm = new DmBuilder(3, true);
        byte[] file = dm.File(
            dm.Group("ImageList", dm.Image([1, 2, 3, 4], [2, 2])), dm.Group("Thumbnails", dm.Group("", dm.UInt32("ImageIndex", 0))));
        MicroscopeFileException thrown = Assert.Throws<MicroscopeFileException>(() => DmReader.Read(file));
        Assert.Equal("DM3: not supported: the file holds nothing but a thumbnail.", thrown.Message);
    }

    [Fact]
    public void Read_TagsOfTheMicroscope_BecomeTheAcquisition()
    {
        var dm = new DmBuilder(3, true);
        Acquisition acquisition = AcquisitionOf(
            dm,
            dm.Group(
                "Microscope Info",
                dm.Float64("Voltage", 200_000),
                dm.Float64("Cs(mm)", 1.2),
                dm.Float64("Indicated Magnification", 225_000),
                dm.Text("Operation Mode", "SCANNING"),
                dm.Text("Name", "Titan")),
            dm.Group("DigiScan", dm.Float64("Sample Time", 3.5)),
            dm.Group("DataBar", dm.Text("Acquisition Date", "27.08.2016"), dm.Text("Acquisition Time", "20:54:33"), dm.Text("Device Name", "DigiScan")));
        Assert.Equal(200, acquisition.VoltageKv);
        Assert.Equal(1.2, acquisition.SphericalAberrationMm);
        Assert.Equal(225_000, acquisition.MagnificationRatio);
        Assert.Equal(3.5e-6, acquisition.ExposureSeconds!.Value, 1e-20);
        Assert.Equal("SCANNING", acquisition.Mode);
        Assert.Equal("Titan", acquisition.Instrument);
        Assert.Equal("DigiScan", acquisition.Detector);
        Assert.Equal("27.08.2016 20:54:33", acquisition.AcquiredAt);
    }

    [Fact]
    public void Read_NumbersInTheWordsOfALocale_AreNumbers()
    {
        var dm = new DmBuilder(3, true);
        Acquisition acquisition = AcquisitionOf(
            dm, dm.Group("Microscope Info", dm.Text("Voltage", "300000,0"), dm.Text("Cs(mm)", "0,5")), dm.Group("DataBar", dm.Text("Exposure Time (s)", "0.25")));
        Assert.Equal(300, acquisition.VoltageKv);
        Assert.Equal(0.5, acquisition.SphericalAberrationMm);
        Assert.Equal(0.25, acquisition.ExposureSeconds);
    }

    [Fact]
    public void Read_ZeroesForUnknownValues_AreMissing()
    {
        var dm = new DmBuilder(3, true);
        Acquisition acquisition = AcquisitionOf(
            dm, dm.Group("Microscope Info", dm.Float64("Voltage", 0), dm.Float64("Cs(mm)", 0), dm.Float64("Indicated Magnification", 0), dm.Text("Name", "")));
        Assert.Equal(Acquisition.Unknown, acquisition);
    }

    [Fact]
    public void Read_CameraLengthAsMagnification_IsNoMagnification()
    {
        var dm = new DmBuilder(3, true);
        Acquisition acquisition = AcquisitionOf(
            dm, dm.Group("Microscope Info", dm.Float64("Indicated Magnification", 320), dm.Text("Operation Mode", "DIFFRACTION")));
        Assert.Null(acquisition.MagnificationRatio);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Read_RawTags_AreTheFilesOwnWords(int version, bool littleEndian)
    {
        var dm = new DmBuilder(version, littleEndian);
        byte[] file = dm.File(
            dm.Bool("InImageMode", true),
            dm.Group(
                "Group (µA)",
                dm.Text("Text", "5 µm × Ω 漢"),
                dm.Float32("Single", 0.1f),
                dm.Float64("Double", -2.5e-7),
                dm.Value("Rectangle", [15, 0, 3, 0, 2, 0, 6, 0, 8], [.. dm.Ordered([1, 0]), .. dm.Ordered(BitConverter.GetBytes(0.5f)), 1]),
                dm.Numbers("Twenty", 10, 1, [.. Enumerable.Range(1, 20).Select(i => (byte)i)]),
                dm.Group("", dm.Int32("", -3), dm.Value("Big", [12], [255, 255, 255, 255, 255, 255, 255, 255]))),
            dm.Group("ImageList", dm.Image([1, 2, 3, 4], [2, 2])));
        Dictionary<string, string> tags = DmReader.Read(file).RawTags.ToDictionary(tag => tag.Path, tag => tag.Value);
        Assert.Equal("true", tags["InImageMode"]);
        Assert.Equal("5 µm × Ω 漢", tags["Group (µA).Text"]);
        Assert.Equal("0.1", tags["Group (µA).Single"]);
        Assert.Equal("-2.5E-07", tags["Group (µA).Double"]);
        Assert.Equal("(1, 0.5, true)", tags["Group (µA).Rectangle"]);
        Assert.Equal("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, … 20 in all]", tags["Group (µA).Twenty"]);
        Assert.Equal("-3", tags["Group (µA).5.0"]);
        Assert.Equal("18446744073709551615", tags["Group (µA).5.Big"]);
        Assert.Equal("4 UInt16", tags["ImageList.0.ImageData.Data"]);
    }

    [Fact]
    public void Read_RareTypes_ArePassedOverAtTheirRightLength()
    {
        var dm = new DmBuilder(3, true);
        byte[] file = dm.File(
            dm.Value("String", [18, 3], [.. "abc"u8]),
            dm.Value("Arrays", [20, 20, 10, 2, 3], [1, 2, 3, 4, 5, 6]), // three arrays of two bytes
            dm.Value("Structures", [20, 15, 0, 2, 0, 10, 0, 2, 2], [1, 2, 0, 3, 4, 0]),
            dm.Value("Empty", [20, 4, 0], []),
            dm.Group("ImageList", dm.Image([1, 2, 3, 4], [2, 2])));
        MicroscopeFile read = DmReader.Read(file);
        Assert.Single(read.Signals);
        Assert.Equal("abc", read.RawTags[0].Value);
        Assert.Equal("[[1, 2], [3, 4], [5, 6]]", read.RawTags[1].Value);
        Assert.Equal("[(1, 2), (3, 4)]", read.RawTags[2].Value);
        Assert.Equal(string.Empty, read.RawTags[3].Value);
    }

    [Fact]
    public void Read_WrongSizeOfPixels_SaysWhatDoesNotFit()
    {
        var dm = new DmBuilder(3, true);
        MicroscopeFileException thrown = Assert.Throws<MicroscopeFileException>(
            () => DmReader.Read(dm.File(dm.Group("ImageList", dm.Image([1, 2, 3, 4, 5], [2, 2])))));
        Assert.Equal(FileProblem.Corrupt, thrown.Problem);
        Assert.Contains("ImageList[0].ImageData.Data has 10 bytes; that is not 2 × 2 pixels of type 10.", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new uint[] { 0, 4 })]
    [InlineData(new uint[] { 4, 0 })]
    [InlineData(new uint[] { uint.MaxValue, 1 })]
    [InlineData(new uint[] { 65536, 65536 })]
    [InlineData(new uint[] { 2147483647, 2147483647, 2147483647 })]
    public void Read_ImpossibleDimensions_AreCorrupt(uint[] dimensions)
    {
        var dm = new DmBuilder(3, true);
        MicroscopeFileException thrown = Assert.Throws<MicroscopeFileException>(
            () => DmReader.Read(dm.File(dm.Group("ImageList", dm.Image([1, 2, 3, 4], dimensions)))));
        Assert.Equal(FileProblem.Corrupt, thrown.Problem);
    }

    [Fact]
    public void Read_NothingButAHeader_IsTruncated()
    {
        foreach (int version in (int[])[3, 4])
        {
            byte[] header = new DmBuilder(version, true).File()[..(version == 4 ? 16 : 12)];
            Assert.Equal(FileProblem.Truncated, Assert.Throws<MicroscopeFileException>(() => FileReader.Read(header, "a.dm3")).Problem);
        }
    }

    [Fact]
    public void Read_NoImage_SaysSo()
    {
        byte[] file = new DmBuilder(3, true).File();
        Assert.Contains("holds no image", Assert.Throws<MicroscopeFileException>(() => DmReader.Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TagInTheWrongPlace_NamesItsNeighbour()
    {
        var dm = new DmBuilder(3, true);
        byte[] file = dm.File(dm.Int32("Width", 5), dm.Int32("Height", 6));

        // Header 12 bytes, group 6, then a tag of 1 + 2 + 5 + 4 + 4 + 4 + 4 = 24 bytes: the second tag starts at 42.
        Assert.Equal(21, file[42]);
        file[42] = 0;
        Assert.Equal(
            "DM3: corrupt at byte 42: in or after 'Width': a tag starts with 0; expected 20 (group) or 21 (value).",
            Assert.Throws<MicroscopeFileException>(() => DmReader.Read(file)).Message);
    }

    private static Signal Calibrated(DmBuilder dm, DmBuilder.Part x, DmBuilder.Part y) =>
        Assert.Single(DmReader.Read(dm.File(dm.Group("ImageList", dm.Image([1, 2, 3, 4, 5, 6], [3, 2], [x, y])))).Signals);

    private static Acquisition AcquisitionOf(DmBuilder dm, params DmBuilder.Part[] tags) =>
        Assert.Single(DmReader.Read(dm.File(dm.Group("ImageList", dm.Image([1, 2, 3, 4], [2, 2], null, tags)))).Signals).Acquisition;

    private static ushort FirstPixel(Signal signal) => BitConverter.ToUInt16(signal.Decode(0).LittleEndianBytes.Span);
}
