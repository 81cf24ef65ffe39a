using System.Text;
using ImageAnalysis.Formats.Tiff;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Tests.Tiff;

/// <summary>Each program's way of writing a pixel size, from files built field by field.</summary>
public class TiffCalibrationTests
{
    [Theory]
    [InlineData("nm", 5u, 1u, 0.2)]
    [InlineData("micron", 10_000u, 1u, 0.1)]
    [InlineData("\\u00B5m", 10_000u, 1u, 0.1)]
    [InlineData("um", 10_000u, 1u, 0.1)]
    [InlineData("pm", 1u, 25u, 0.025)]
    [InlineData("\\u00C5", 5u, 1u, 0.02)]
    [InlineData("angstrom", 5u, 1u, 0.02)]
    [InlineData("mm", 20_000_000u, 1u, 0.05)]
    [InlineData("m", 4_000_000_000u, 1u, 0.25)]
    public void ImageJ_UnitAndResolution_OneOverPixelsPerUnit(string unit, uint perUnit, uint denominator, double expectedNm)
    {
        Signal signal = Read(page => page.Text(270, $"ImageJ=1.53t\nunit={unit}\n").Resolution(perUnit, denominator, perUnit, denominator, 1));
        AssertCalibrated(signal, expectedNm, expectedNm, "ImageJ");
    }

    [Fact]
    public void ImageJ_UnequalPixelsAndUnits_BothKept()
    {
        // 4 px / nm and 2 px / 100 pm: 0.25 nm and 50 pm = 0.05 nm with the unit pm along y.
        Signal signal = Read(page => page.Text(270, "ImageJ=1.53t\nunit=nm\nyunit=pm\n").Resolution(4, 1, 1, 50, 1));
        AssertCalibrated(signal, 0.25, 0.05, "ImageJ");
        Assert.Equal("nm|pm", signal.UnitAsStored);
    }

    [Theory]
    [InlineData("ImageJ=1.53t\nunit=pixel\n", 4u)]
    [InlineData("ImageJ=1.53t\n", 4u)]
    [InlineData("ImageJ=1.53t\nunit=sec\n", 4u)]
    [InlineData("ImageJ=1.53t\nunit=inch\n", 4u)]
    [InlineData("ImageJ=1.53t\nunit=nm\n", 0u)]
    [InlineData("no ImageJ\nunit=nm\n", 4u)]
    public void ImageJ_WithoutUnitOfLength_NoCalibrationAndMeasurableInPixels(string description, uint perUnit)
    {
        Signal signal = Read(page => page.Text(270, description).Resolution(perUnit, 1, perUnit, 1, 1));
        Assert.Null(signal.Calibration);
        Assert.Null(signal.NotMeasurableReason);
        Assert.Equal(SignalKind.Image, signal.Kind);
    }

    [Theory]
    [InlineData("1/nm")]
    [InlineData("nm^-1")]
    [InlineData("mrad")]
    public void ImageJ_ReciprocalUnit_DiffractionNotMeasurable(string unit)
    {
        Signal signal = Read(page => page.Text(270, $"ImageJ=1.53t\nunit={unit}\n").Resolution(5, 1, 5, 1, 1));
        Assert.Equal(SignalKind.Diffraction, signal.Kind);
        Assert.Null(signal.Calibration);
        Assert.Contains(unit, signal.NotMeasurableReason, StringComparison.Ordinal);
        Assert.Equal(unit, signal.UnitAsStored);
    }

    [Fact]
    public void DigitalMicrograph_PrivateTags_UnitAndScaleOfEachAxis()
    {
        // µm as Latin-1, as DigitalMicrograph writes it; resolution per inch beside it says nothing.
        Signal signal = Read(page => page.Text(65003, "\u00B5m").Text(65004, "nm").Number(65009, 0.002).Number(65010, 3).Resolution(72, 1, 72, 1, 2));
        AssertCalibrated(signal, 2, 3, "DigitalMicrograph");
        Assert.Equal("\u00B5m|nm", signal.UnitAsStored);
    }

    [Fact]
    public void DigitalMicrograph_ReciprocalUnit_Diffraction() =>
        Assert.Equal(SignalKind.Diffraction, Read(page => page.Text(65003, "1/nm").Text(65004, "1/nm").Number(65009, 0.17).Number(65010, 0.17)).Kind);

    [Theory]
    [InlineData("PhysicalSizeX=\"0.5\" PhysicalSizeY=\"0.25\"", 500, 250)]
    [InlineData("PhysicalSizeX=\"0.5\" PhysicalSizeXUnit=\"nm\" PhysicalSizeY=\"250\" PhysicalSizeYUnit=\"pm\"", 0.5, 0.25)]
    [InlineData("PhysicalSizeX=\"2\" PhysicalSizeXUnit=\"\u00C5\"", 0.2, 0.2)]
    public void Ome_PhysicalSize_MicrometresWhereNoUnitIsGiven(string attributes, double widthNm, double heightNm)
    {
        string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\">"
            + "<Image ID=\"Image:0\"><Pixels ID=\"Pixels:0\" SizeX=\"9\" SizeY=\"9\" PhysicalSizeX=\"7\"/></Image>"
            + $"<Image ID=\"Image:1\"><AcquisitionDate>2020-01-02T03:04:05</AcquisitionDate><Pixels ID=\"Pixels:1\" SizeX=\"4\" SizeY=\"4\" {attributes}>"
            + "<Plane TheC=\"0\" ExposureTime=\"0.5\"/></Pixels></Image></OME>";
        Signal signal = Read(page => page.Bytes(270, TiffBytes.Ascii, [.. Encoding.UTF8.GetBytes(xml), 0]));
        AssertCalibrated(signal, widthNm, heightNm, "OME");
        Assert.Equal("2020-01-02T03:04:05", signal.Acquisition.AcquiredAt);
        Assert.Equal(0.5, signal.Acquisition.ExposureSeconds);
    }

    [Fact]
    public void Ome_UnitOfNoLength_NoCalibration() =>
        Assert.Null(Read(page => page.Text(270, "<OME><Image><Pixels SizeX=\"4\" SizeY=\"4\" PhysicalSizeX=\"1\" PhysicalSizeXUnit=\"pixel\"/></Image></OME>")).Calibration);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void OlympusSis_Structure_PixelSizeMagnificationAndDate(bool littleEndian)
    {
        // The structure is little-endian whatever the file is. Exponent −9: sizes in nm.
        TiffBytes file = new(littleEndian);
        byte[] sis = new byte[60 + 8 + 112];
        "SIS0"u8.CopyTo(sis);
        short[] time = [42, 19, 15, 10, 118];
        Buffer.BlockCopy(time, 0, sis, 10, 10);
        sis[58] = 1;
        sis[60] = 1;
        TiffBytesPage page = file.Page(new byte[16]).Strips(4, 4, 8, 4).Set(33560, TiffBytes.Long, 1);
        file.Tail(sis).ToArray(out int at);
        page.Set(33560, TiffBytes.Long, (ulong)at);
        BitConverter.TryWriteBytes(sis.AsSpan(64), at + 68);
        BitConverter.TryWriteBytes(sis.AsSpan(68 + 10), (short)-9);
        BitConverter.TryWriteBytes(sis.AsSpan(68 + 12), 0.25);
        BitConverter.TryWriteBytes(sis.AsSpan(68 + 20), 0.5);
        BitConverter.TryWriteBytes(sis.AsSpan(68 + 36), 600_000.0);
        "Quemesa"u8.CopyTo(sis.AsSpan(68 + 46));
        Signal signal = Assert.Single(TiffReader.Read(file.ToArray()).Signals);
        AssertCalibrated(signal, 0.25, 0.5, "Olympus SIS");
        // Months count from 0, years from 1900.
        Assert.Equal((600_000, "Quemesa", "2018-11-15 19:42"), (signal.Acquisition.MagnificationRatio, signal.Acquisition.Detector, signal.Acquisition.AcquiredAt));
    }

    [Theory]
    [InlineData(34680)]
    [InlineData(34682)]
    public void Fei_Lines_PixelInMetresAndAcquisition(int tag)
    {
        const string lines = "[User]\r\nDate=06/13/2016\r\nTime=05:06:40 PM\r\n[System]\r\nSystemType=Titan\r\n[Beam]\r\nHV=300000\r\nScan=EScan\r\n"
            + "[EScan]\r\nDwell=1e-05\r\n[Scan]\r\nDwelltime=1e-05\r\nPixelWidth=5e-11\r\nPixelHeight=2.5e-11\r\n[Detectors]\r\nName=HAADF\r\n";
        Signal signal = Read(page => page.Text((ushort)tag, lines));
        AssertCalibrated(signal, 0.05, 0.025, "FEI");
        Assert.Equal(
            new Acquisition { VoltageKv = 300, ExposureSeconds = 1e-5, Detector = "HAADF", Instrument = "Titan", AcquiredAt = "06/13/2016 05:06:40 PM" }, signal.Acquisition);
    }

    [Fact]
    public void Fei_TiaXmlAndItsResolutionTags_PixelsPerCentimetre()
    {
        // 586,350,674 pixels per 100 cm: 1.7 nm (the example of scm_electron_microscopes).
        Signal signal = Read(page => page
            .Text(34682, "<Root><Data><Label>High tension</Label><Value>120</Value><Unit>kV</Unit></Data><Data><Label>Magnification</Label><Value>13500</Value><Unit>x</Unit></Data></Root>")
            .Set(65450, TiffBytes.Rational, 586_350_674, 100).Set(65451, TiffBytes.Rational, 586_350_674, 100).Set(65452, TiffBytes.Short, 3));
        AssertCalibrated(signal, 1e9 / 586_350_674, 1e9 / 586_350_674, "FEI");
        Assert.Equal((120, 13500), (signal.Acquisition.VoltageKv, signal.Acquisition.MagnificationRatio));
    }

    [Fact]
    public void Fei_MetadataXml_PixelSizeWithItsUnit() => AssertCalibrated(
        Read(page => page.Text(34683, "<Metadata><BinaryResult><PixelSize><X unit=\"m\">4e-10</X><Y unit=\"m\">5e-10</Y></PixelSize></BinaryResult></Metadata>")), 0.4, 0.5, "FEI");

    [Fact]
    public void Jeol_SightX_CameraPixelOverMagnification()
    {
        // 254 px per inch = 0.1 mm; at a magnification of 100,000: 1 nm.
        const string xml = "<?xml version=\"1.0\"?><TemReporter><Instruments>JEM-ARM200F</Instruments><ElectronGun><AccelerationVoltage>200000</AccelerationVoltage></ElectronGun>"
            + "<Eos><EosMode>eosTEM</EosMode></Eos><ImageFormingSystem><ModeString>{0}</ModeString><SelectorValue>100000</SelectorValue></ImageFormingSystem></TemReporter>";
        Signal image = Read(page => page.Text(270, xml.Replace("{0}", "MAG", StringComparison.Ordinal)).Resolution(254, 1, 254, 1, 2));
        AssertCalibrated(image, 1, 1, "JEOL");
        Assert.Equal((200, 100_000, "JEM-ARM200F", "TEM MAG"), (image.Acquisition.VoltageKv, image.Acquisition.MagnificationRatio, image.Acquisition.Instrument, image.Acquisition.Mode));
        Signal diffraction = Read(page => page.Text(270, xml.Replace("{0}", "DIFF", StringComparison.Ordinal)).Resolution(254, 1, 254, 1, 2));
        Assert.Equal(SignalKind.Diffraction, diffraction.Kind);
        Assert.NotNull(diffraction.NotMeasurableReason);
    }

    [Theory]
    [InlineData("UnitType_Length", SignalKind.Image)]
    [InlineData("UnitType_Scanning", SignalKind.Image)]
    [InlineData("UnitType_Diffraction", SignalKind.Diffraction)]
    public void Jeol_AnalysisCenter_LengthPerPixelInNm(string unitType, SignalKind kind)
    {
        string xml = "<TemReporter2 xmlns:a=\"x\"><MeasurementReporter><a:AccVoltage>200000</a:AccVoltage>"
            + $"<a:MeasureLengthPerPixelReporter><a:LengthPerPixel>0.0125</a:LengthPerPixel></a:MeasureLengthPerPixelReporter><a:MeasurementUnitType>{unitType}</a:MeasurementUnitType></MeasurementReporter></TemReporter2>";
        Signal signal = Read(page => page.Text(270, xml));
        Assert.Equal(kind, signal.Kind);
        if (kind == SignalKind.Image)
        {
            AssertCalibrated(signal, 0.0125, 0.0125, "JEOL");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Tvips_Version2_PixelSizeInNm(bool littleEndian)
    {
        TiffBytes file = new(littleEndian);
        byte[] header = new byte[244 + 6068];
        Put(0, file.Number(2, 4));
        PutSingle(244 + 2724, 1.25f);
        PutSingle(244 + 2728, 1.5f);
        PutSingle(244 + 3028, 200_000f);
        PutSingle(244 + 3292, 32_000f);
        PutSingle(244 + 3708, 400f);
        Put(244 + 3524, (littleEndian ? Encoding.Unicode : Encoding.BigEndianUnicode).GetBytes("F416"));
        Put(244 + 6064, file.Number(0xAAAAAAAA, 4));
        Signal signal = WithTvips(file, header);
        AssertCalibrated(signal, 1.25, 1.5, "TVIPS");
        Assert.Equal((200, 32_000, "F416"), (signal.Acquisition.VoltageKv, signal.Acquisition.MagnificationRatio, signal.Acquisition.Detector));
        Assert.Equal(0.4, signal.Acquisition.ExposureSeconds!.Value, 1e-7);

        void Put(int at, byte[] bytes) => bytes.CopyTo(header.AsSpan(at));
        void PutSingle(int at, float value) => Put(at, file.Number(BitConverter.SingleToUInt32Bits(value), 4));
    }

    [Fact]
    public void Tvips_Version1_ResolutionTagsPerCentimetre()
    {
        // Tenths of a volt: 2,000,000 = 200 kV. 2·10⁷ px per cm: 0.5 nm.
        TiffBytes file = new();
        byte[] header = new byte[244];
        header[0] = 1;
        file.Number(2_000_000, 4).CopyTo(header.AsSpan(84));
        Signal signal = WithTvips(file, header, page => page.Resolution(20_000_000, 1, 20_000_000, 1, 3));
        AssertCalibrated(signal, 0.5, 0.5, "TVIPS");
        Assert.Equal(200, signal.Acquisition.VoltageKv);
    }

    [Fact]
    public void Resolution_PerCentimetre_Calibration() =>
        AssertCalibrated(Read(page => page.Resolution(20_000_000, 1, 40_000_000, 1, 3)), 0.5, 0.25, "TIFF resolution");

    [Theory]
    [InlineData(72u, 1u, 2u)]
    [InlineData(25_400_000u, 1u, 2u)]
    [InlineData(20_000_000u, 1u, 1u)]
    [InlineData(2835u, 100u, 3u)]
    [InlineData(11811u, 100u, 3u)]
    [InlineData(1u, 1u, 3u)]
    [InlineData(0u, 0u, 3u)]
    public void Resolution_PerInchOrWithoutUnitOrOfAPrinter_NoCalibration(uint numerator, uint denominator, uint unit) =>
        Assert.Null(Read(page => page.Resolution(numerator, denominator, numerator, denominator, unit)).Calibration);

    [Fact]
    public void SeveralSources_MostSpecificWinsAndConflictIsTold()
    {
        // DigitalMicrograph says 0.5 nm, ImageJ 0.52 nm: 4 % apart.
        byte[] file = Bytes(page => page.Text(270, "ImageJ=1.53t\nunit=nm\n").Resolution(100, 52, 100, 52, 1).Text(65003, "nm").Text(65004, "nm").Number(65009, 0.5).Number(65010, 0.5));
        MicroscopeFile read = TiffReader.Read(file);
        AssertCalibrated(read.Signals[0], 0.5, 0.5, "DigitalMicrograph");
        Assert.Equal("0.5 × 0.5 nm (DigitalMicrograph) against 0.52 × 0.52 nm (ImageJ), of which the first counts", read.Signals[0].CalibrationConflict);
    }

    // Against 0.5 nm of DigitalMicrograph: 0.515 nm is 3.0 %, which is not over 3 %; 0.5155 nm is 3.1 %. The same in the other direction, and for y alone.
    [Theory]
    [InlineData(5150, 5000, false)]
    [InlineData(5155, 5000, true)]
    [InlineData(4850, 5000, false)]
    [InlineData(4845, 5000, true)]
    [InlineData(5000, 5155, true)]
    public void SeveralSources_FlaggedBeyondThreePercentOfTheOneThatCounts(int xTenThousandthsNm, int yTenThousandthsNm, bool conflict)
    {
        Signal signal = Read(page => page.Text(270, "ImageJ=1.53t\nunit=nm\n").Resolution(10_000, (uint)xTenThousandthsNm, 10_000, (uint)yTenThousandthsNm, 1)
            .Text(65003, "nm").Text(65004, "nm").Number(65009, 0.5).Number(65010, 0.5));
        Assert.Equal(conflict, signal.CalibrationConflict is not null);
    }

    [Fact]
    public void SeveralSources_OneSaysDiffraction_IsAConflict()
    {
        Signal signal = Read(page => page.Text(270, "ImageJ=1.53t\nunit=nm\n").Resolution(10, 1, 10, 1, 1).Text(65003, "1/nm").Text(65004, "1/nm").Number(65009, 0.5).Number(65010, 0.5));
        Assert.Equal(SignalKind.Diffraction, signal.Kind);
        Assert.EndsWith("against 0.1 × 0.1 nm (ImageJ), of which the first counts", signal.CalibrationConflict, StringComparison.Ordinal);
    }

    [Fact]
    public void RotatedPage_WidthAndHeightOfThePixelChangePlaces() =>
        AssertCalibrated(Read(page => page.Text(270, "ImageJ=1\nunit=nm\n").Resolution(4, 1, 2, 1, 1).Set(274, TiffBytes.Short, 6)), 0.5, 0.25, "ImageJ");

    [Theory]
    [InlineData(270, "ImageJ=1.53t\nsimulated=true\n", true)]
    [InlineData(270, "Simulated HAADF image", true)]
    [InlineData(305, "multislice, simulated", true)]
    [InlineData(270, "ImageJ=1.53t\nsimulated=false\n", false)]
    [InlineData(270, "a real image", false)]
    public void Simulated_SaidInDescriptionOrSoftware_Recorded(int tag, string text, bool expected) =>
        Assert.Equal(expected, Read(page => page.Text((ushort)tag, text)).Acquisition.Simulated);

    private static Signal WithTvips(TiffBytes file, byte[] header, Func<TiffBytesPage, TiffBytesPage>? more = null)
    {
        TiffBytesPage page = file.Page(new byte[16]).Strips(4, 4, 8, 4).Set(37706, TiffBytes.Long, 1);
        more?.Invoke(page);
        file.Tail(header).ToArray(out int at);
        page.Set(37706, TiffBytes.Long, (ulong)at);
        return Assert.Single(TiffReader.Read(file.ToArray()).Signals);
    }

    private static byte[] Bytes(Func<TiffBytesPage, TiffBytesPage> more)
    {
        TiffBytes file = new();
        more(file.Page(new byte[16]).Strips(4, 4, 8, 4));
        return file.ToArray();
    }

    private static Signal Read(Func<TiffBytesPage, TiffBytesPage> more) => Assert.Single(TiffReader.Read(Bytes(more)).Signals);

    private static void AssertCalibrated(Signal signal, double widthNm, double heightNm, string source)
    {
        Assert.Null(signal.NotMeasurableReason);
        Assert.NotNull(signal.Calibration);
        // Units are powers of ten: a few roundings of double precision.
        Assert.Equal(1, signal.Calibration.PixelWidthNm / widthNm, 1e-12);
        Assert.Equal(1, signal.Calibration.PixelHeightNm / heightNm, 1e-12);
        Assert.Equal("metadata:" + source, signal.Calibration.Source.ToString());
    }
}
