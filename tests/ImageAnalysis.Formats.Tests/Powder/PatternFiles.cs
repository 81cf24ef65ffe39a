using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using ImageAnalysis.Core;
using ImageAnalysis.Formats;

namespace ImageAnalysis.Tests;

/// <summary>Small pattern files, built field by field from the descriptions in the README beside each reader.</summary>
internal static class PatternFiles
{
    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    public static PowderPattern Single(MicroscopeFile file)
    {
        Signal signal = Assert.Single(file.Signals);
        Assert.Equal(SignalKind.Powder, signal.Kind);
        return signal.Pattern!;
    }

    public static MicroscopeFileException Bad(Func<ReadOnlyMemory<byte>, MicroscopeFile> read, string text) => Bad(read, Text(text));

    public static MicroscopeFileException Bad(Func<ReadOnlyMemory<byte>, MicroscopeFile> read, byte[] bytes) => Assert.Throws<MicroscopeFileException>(() => read(bytes));

    /// <summary>RAW of version 1: each range with 156 bytes of header; "RAW " stands before the first, and before the others where told so.</summary>
    public static byte[] RawVersion1(bool repeatsMagic, params float[][] ranges)
    {
        List<byte> file = [];
        for (int i = 0; i < ranges.Length; i++)
        {
            byte[] header = new byte[156];
            "RAW "u8.CopyTo(header);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), (uint)ranges[i].Length);
            BinaryPrimitives.WriteSingleLittleEndian(header.AsSpan(8), 2.5f);
            BinaryPrimitives.WriteSingleLittleEndian(header.AsSpan(12), 0.02f);
            BinaryPrimitives.WriteSingleLittleEndian(header.AsSpan(24), 10 + i);
            "Cu2Se, 6 nm"u8.CopyTo(header.AsSpan(40));
            BinaryPrimitives.WriteSingleLittleEndian(header.AsSpan(72), 1.54060f);
            BinaryPrimitives.WriteSingleLittleEndian(header.AsSpan(76), 1.54439f);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(152), i + 1 < ranges.Length ? 1u : 0u);
            file.AddRange(i == 0 || repeatsMagic ? header : header[4..]);
            file.AddRange(Singles(ranges[i]));
        }

        return [.. file];
    }

    /// <summary>RAW of version 2: 256 bytes of header, ranges with 60 bytes of header each.</summary>
    public static byte[] RawVersion2(params float[][] ranges)
    {
        byte[] header = new byte[256];
        "RAW2"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), (ushort)ranges.Length);
        "04-Mar-2010 20:59"u8.CopyTo(header.AsSpan(168));
        "CO"u8.CopyTo(header.AsSpan(188));
        BinaryPrimitives.WriteSingleLittleEndian(header.AsSpan(190), 1.78897f);
        BinaryPrimitives.WriteSingleLittleEndian(header.AsSpan(194), 1.79285f);
        BinaryPrimitives.WriteSingleLittleEndian(header.AsSpan(198), 0.5f);
        List<byte> file = [.. header];
        for (int i = 0; i < ranges.Length; i++)
        {
            byte[] range = new byte[60];
            BinaryPrimitives.WriteUInt16LittleEndian(range, 60);
            BinaryPrimitives.WriteUInt16LittleEndian(range.AsSpan(2), (ushort)ranges[i].Length);
            BinaryPrimitives.WriteSingleLittleEndian(range.AsSpan(8), 4f);
            BinaryPrimitives.WriteSingleLittleEndian(range.AsSpan(12), 0.05f);
            BinaryPrimitives.WriteSingleLittleEndian(range.AsSpan(16), 20 + i);
            file.AddRange(range);
            file.AddRange(Singles(ranges[i]));
        }

        return [.. file];
    }

    /// <summary>RAW of version 3: 712 bytes of header, ranges with 304 bytes of header and supplementary bytes each.</summary>
    public static byte[] RawVersion3(float[] intensities, uint scanType = 0, double[]? measured = null, int supplementary = 0, double step = 0.25, int ranges = 1)
    {
        byte[] header = new byte[712];
        "RAW1.01"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(12), (uint)ranges);
        "06/05/08"u8.CopyTo(header.AsSpan(16));
        "11:45:35"u8.CopyTo(header.AsSpan(26));
        "Cu2Se-T2"u8.CopyTo(header.AsSpan(326));
        "Cu"u8.CopyTo(header.AsSpan(608));
        BinaryPrimitives.WriteDoubleLittleEndian(header.AsSpan(616), 1.5418);
        BinaryPrimitives.WriteDoubleLittleEndian(header.AsSpan(624), 1.5406);
        BinaryPrimitives.WriteDoubleLittleEndian(header.AsSpan(632), 1.54439);
        BinaryPrimitives.WriteDoubleLittleEndian(header.AsSpan(640), 1.39222);
        BinaryPrimitives.WriteDoubleLittleEndian(header.AsSpan(648), 0.5);
        List<byte> file = [.. header];
        for (int r = 0; r < ranges; r++)
        {
            byte[] range = new byte[304 + supplementary];
            BinaryPrimitives.WriteUInt32LittleEndian(range, 304);
            BinaryPrimitives.WriteUInt32LittleEndian(range.AsSpan(4), (uint)intensities.Length);
            BinaryPrimitives.WriteDoubleLittleEndian(range.AsSpan(8), 11 + r);
            BinaryPrimitives.WriteDoubleLittleEndian(range.AsSpan(16), 22 + r);
            BinaryPrimitives.WriteDoubleLittleEndian(range.AsSpan(176), step);
            BinaryPrimitives.WriteSingleLittleEndian(range.AsSpan(192), 0.5f);
            BinaryPrimitives.WriteUInt32LittleEndian(range.AsSpan(196), scanType);
            BinaryPrimitives.WriteUInt32LittleEndian(range.AsSpan(248), measured is null ? 0u : 1u);
            BinaryPrimitives.WriteUInt32LittleEndian(range.AsSpan(252), measured is null ? 4u : 12u);
            BinaryPrimitives.WriteUInt32LittleEndian(range.AsSpan(256), (uint)supplementary);
            file.AddRange(range);
            for (int i = 0; i < intensities.Length; i++)
            {
                file.AddRange(Singles([intensities[i]]));
                if (measured is not null)
                {
                    byte[] angle = new byte[8];
                    BinaryPrimitives.WriteDoubleLittleEndian(angle, measured[i]);
                    file.AddRange(angle);
                }
            }
        }

        return [.. file];
    }

    /// <summary>RAW of version 4: 61 bytes of header, a text, the source, and ranges with two drives of 64 bytes each.</summary>
    public static byte[] RawVersion4(string scanType, string markedDrive, params float[][] ranges)
    {
        byte[] header = new byte[61];
        "RAW4.00"u8.CopyTo(header);
        "06/30/2023"u8.CopyTo(header.AsSpan(12));
        "12:41:34"u8.CopyTo(header.AsSpan(24));
        List<byte> file = [.. header];

        byte[] text = new byte[36 + 9];
        BinaryPrimitives.WriteUInt32LittleEndian(text, 10);
        BinaryPrimitives.WriteUInt32LittleEndian(text.AsSpan(4), (uint)text.Length);
        "SAMPLEID"u8.CopyTo(text.AsSpan(12));
        "Cu2Se 4nm"u8.CopyTo(text.AsSpan(36));
        file.AddRange(text);

        byte[] source = new byte[120];
        BinaryPrimitives.WriteUInt32LittleEndian(source, 30);
        BinaryPrimitives.WriteUInt32LittleEndian(source.AsSpan(4), (uint)source.Length);
        BinaryPrimitives.WriteDoubleLittleEndian(source.AsSpan(72), 1.5418);
        BinaryPrimitives.WriteDoubleLittleEndian(source.AsSpan(80), 1.5406);
        BinaryPrimitives.WriteDoubleLittleEndian(source.AsSpan(88), 1.54439);
        BinaryPrimitives.WriteDoubleLittleEndian(source.AsSpan(96), 1.39222);
        BinaryPrimitives.WriteDoubleLittleEndian(source.AsSpan(104), 0.5);
        "Cu"u8.CopyTo(source.AsSpan(116));
        file.AddRange(source);

        for (int r = 0; r < ranges.Length; r++)
        {
            double start = 20 + (10 * r);
            byte[] range = new byte[160];
            BinaryPrimitives.WriteUInt32LittleEndian(range, r == 0 ? 0u : 160u);
            Encoding.ASCII.GetBytes(scanType).CopyTo(range, 32);
            BinaryPrimitives.WriteDoubleLittleEndian(range.AsSpan(72), start);
            BinaryPrimitives.WriteDoubleLittleEndian(range.AsSpan(80), 0.5);
            BinaryPrimitives.WriteUInt32LittleEndian(range.AsSpan(88), (uint)ranges[r].Length);
            BinaryPrimitives.WriteDoubleLittleEndian(range.AsSpan(112), 1.5406);
            // Records of eight bytes: the intensity and a number that nobody has described.
            BinaryPrimitives.WriteUInt32LittleEndian(range.AsSpan(136), 8);
            BinaryPrimitives.WriteUInt32LittleEndian(range.AsSpan(140), 128);
            file.AddRange(range);
            file.AddRange(Drive("Theta", start / 2, markedDrive == "Theta", markedDrive == "Theta" ? start : start / 2));
            file.AddRange(Drive("2Theta", start, markedDrive == "2Theta", start));
            foreach (float intensity in ranges[r])
            {
                file.AddRange(Singles([intensity]));
                file.AddRange([1, 0, 0, 0]);
            }
        }

        return [.. file];
    }

    /// <summary>A ZIP archive, packed or stored.</summary>
    public static byte[] Zip(params (string Name, string Content)[] entries) => Zip(CompressionLevel.SmallestSize, entries);

    public static byte[] Zip(CompressionLevel level, params (string Name, string Content)[] entries)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string content) in entries)
            {
                using Stream entry = archive.CreateEntry(name, level).Open();
                entry.Write(Text(content));
            }
        }

        return stream.ToArray();
    }

    /// <summary>RAS with one scan; rows are given as written.</summary>
    public static string Ras(string rows, string axis = "TwoThetaTheta", string unit = "counts", string mode = "CONTINUOUS", string speed = "3.0000", string speedUnit = "deg/min", int? count = null) =>
        $"""
        *RAS_DATA_START
        *RAS_HEADER_START
        *FILE_SAMPLE "Cu2Se 2 nm"
        *HW_XG_TARGET_NAME "Cu"
        *HW_XG_WAVE_LENGTH_ALPHA1 "1.540593"
        *HW_XG_WAVE_LENGTH_ALPHA2 "1.544414"
        *MEAS_DATA_COUNT "{count?.ToString(CultureInfo.InvariantCulture) ?? string.Empty}"
        *MEAS_SCAN_AXIS_X_INTERNAL "{axis}"
        *MEAS_SCAN_MODE "{mode}"
        *MEAS_SCAN_SPEED "{speed}"
        *MEAS_SCAN_SPEED_UNIT "{speedUnit}"
        *MEAS_SCAN_START_TIME "08/05/19 18:32:54"
        *MEAS_SCAN_STEP "0.0200000000"
        *MEAS_SCAN_UNIT_X "deg"
        *MEAS_SCAN_UNIT_Y "{unit}"
        *RAS_HEADER_END
        *RAS_INT_START
        {rows}
        *RAS_INT_END
        *RAS_DATA_END

        """;

    /// <summary>The conditions of a RASX.</summary>
    public static string RasxConditions(string axis = "TwoThetaTheta") =>
        $"""
        <?xml version="1.0" encoding="utf-8"?>
        <MeasurementConditions>
          <GeneralInformation><SampleName>Cu2Se 2 nm</SampleName></GeneralInformation>
          <HWConfigurations><XrayGenerator><TargetName>Cu</TargetName><WavelengthKalpha1>1.540593</WavelengthKalpha1><WavelengthKalpha2>1.544414</WavelengthKalpha2></XrayGenerator></HWConfigurations>
          <ScanInformation><AxisName>{axis}</AxisName><Mode>Step</Mode><Step>0.02</Step><Speed>5</Speed><SpeedUnit>sec</SpeedUnit><IntensityUnit>cps</IntensityUnit></ScanInformation>
          <RASHeader><Pair><string>*FILE_MD5</string><string>abc</string></Pair></RASHeader>
        </MeasurementConditions>
        """;

    /// <summary>XRDML around the content of dataPoints.</summary>
    public static string Xrdml(params string[] dataPoints) =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <xrdMeasurements xmlns="http://www.xrdml.com/XRDMeasurement/1.5" status="Completed">
          <sample type="To be analyzed"><id>S1</id><name>Cu2Se 6 nm</name></sample>
          <xrdMeasurement measurementType="Scan" status="Completed" sampleMode="Reflection">
            <usedWavelength intended="K-Alpha">
              <kAlpha1 unit="Angstrom">1.5405980</kAlpha1><kAlpha2 unit="Angstrom">1.5444260</kAlpha2><ratioKAlpha2KAlpha1>0.5000</ratioKAlpha2KAlpha1>
            </usedWavelength>
            <incidentBeamPath><xRayTube id="1" name="t"><anodeMaterial>Cu</anodeMaterial></xRayTube></incidentBeamPath>
            {string.Concat(dataPoints.Select((points, i) => $"<scan appendNumber=\"{i}\" mode=\"Continuous\" scanAxis=\"Gonio\" status=\"Completed\"><header><startTimeStamp>2020-11-06T18:09:37+00:00</startTimeStamp></header><dataPoints>{points}</dataPoints></scan>"))}
          </xrdMeasurement>
        </xrdMeasurements>
        """;

    public const string XrdmlPositions = "<positions axis=\"2Theta\" unit=\"deg\"><startPosition>10</startPosition><endPosition>11</endPosition></positions>";

    /// <summary>A scan of a BRML: rows of time, absorber's factor, 2θ, θ, another number and the counts.</summary>
    public static string Brml(string rows, string flag = "Measured", int channels = 1, string axis = "TwoTheta") =>
        $"""
        <?xml version="1.0" encoding="utf-8"?>
        <RawData xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
          <TimeStampStarted>2024-03-12T15:02:00+02:00</TimeStampStarted>
          <FixedInformation><Instrument><Tube><WaveLengthAlpha1 Unit="Å" Value="1.5406" /><WaveLengthAlpha2 Unit="Å" Value="1.54439" /><WaveLengthRatio Value="0.5" /><TubeMaterial>Cu</TubeMaterial></Tube></Instrument></FixedInformation>
          <DataRoutes><DataRoute RouteFlag="{flag}">
            <ScanInformation><ScanAxes><ScanAxisInfo AxisId="{axis}" Unit="°" /></ScanAxes></ScanInformation>
            {rows}
            <DataViews>
              <RawDataView xsi:type="FixedRawDataView" Start="0" Length="1" LogicName="MeasuredTime" />
              <RawDataView xsi:type="FixedRawDataView" Start="1" Length="1" LogicName="AbsorptionFactor" />
              <RawDataView xsi:type="VaryingRawDataView" Start="2" Length="2"><Varying><FieldDefinitions FieldName="{axis}" AxisId="{axis}" /><FieldDefinitions FieldName="Chi" AxisId="Chi" /></Varying></RawDataView>
              <RawDataView xsi:type="RecordedRawDataView" Start="5" Length="{channels}"><Recording><Unit Base="Counts" /></Recording></RawDataView>
            </DataViews>
          </DataRoute></DataRoutes>
        </RawData>
        """;

    private static byte[] Drive(string name, double position, bool isMarked, double markedPosition)
    {
        byte[] drive = new byte[64];
        BinaryPrimitives.WriteUInt32LittleEndian(drive, 50);
        BinaryPrimitives.WriteUInt32LittleEndian(drive.AsSpan(4), 64);
        BinaryPrimitives.WriteUInt32LittleEndian(drive.AsSpan(8), isMarked ? 1u : 0u);
        Encoding.ASCII.GetBytes(name).CopyTo(drive, 12);
        BinaryPrimitives.WriteDoubleLittleEndian(drive.AsSpan(56), isMarked ? markedPosition : position);
        return drive;
    }

    private static byte[] Singles(float[] values)
    {
        byte[] bytes = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), values[i]);
        }

        return bytes;
    }
}
