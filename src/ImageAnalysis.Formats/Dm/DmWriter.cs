using System.Buffers.Binary;
using System.Text;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Dm;

/// <summary>Writes DM3 files with the tags that a camera in DigitalMicrograph writes.</summary>
/// <remarks>
/// The structure is that of README.md beside this file: little-endian values, tags big-endian. There is one image and no thumbnail. A simulated image says so in
/// <c>ImageTags.Simulation.Note</c>, which <see cref="DmReader"/> knows. That DigitalMicrograph itself opens the files has not been tried.
/// </remarks>
public static class DmWriter
{
    /// <summary>The note that marks a simulated image.</summary>
    internal const string SimulatedNote = "simulated=true; computed, not recorded by an instrument";

    private const byte GroupMark = 20;
    private const byte DataMark = 21;
    private const uint UInt16Pixels = 10;
    private const int HeaderBytes = 12;
    private const int EndBytes = 8;

    /// <summary>The size in the header counts everything but the header's first four words and the end mark, as files of cameras do.</summary>
    private const int UncountedBytes = 16;

    private delegate void Part(List<byte> to);

    /// <summary>Writes an image of unsigned 16-bit counts.</summary>
    /// <param name="pixels">The counts.</param>
    /// <param name="options">Name, pixel size, how it was taken.</param>
    /// <returns>The bytes of the file; the same for the same input on every system.</returns>
    public static byte[] Write(Raster<ushort> pixels, DmWriteOptions options)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(options);
        List<byte> root = [];
        WriteGroup(root,
        [
            Group("DocumentObjectList", Group(
                string.Empty,
                Int32("AnnotationType", 20),
                Group("ImageDisplayInfo", Bool("EstimateMinMax", true)),
                Int32("ImageDisplayType", 1),
                Int32("ImageSource", 0))),
            Group("DocumentTags"),
            Bool("HasWindowPosition", false),
            Group("Image Behavior", Bool("DoIntegralZoom", false)),
            Group("ImageList", Group(
                string.Empty,
                Group(
                    "ImageData",
                    Group(
                        "Calibrations",
                        Group("Brightness", Float32("Origin", 0), Float32("Scale", 1), Text("Units", string.Empty)),
                        Group("Dimension", Axis(options.Calibration?.PixelWidthNm), Axis(options.Calibration?.PixelHeightNm)),
                        Bool("DisplayCalibratedUnits", options.Calibration is not null)),
                    Pixels(pixels),
                    UInt32("DataType", UInt16Pixels),
                    Group("Dimensions", UInt32(string.Empty, (uint)pixels.WidthPx), UInt32(string.Empty, (uint)pixels.HeightPx)),
                    UInt32("PixelDepth", 2)),
                Group("ImageTags", [.. ImageTags(options)]),
                Text("Name", options.Name))),
            Group("ImageSourceList", Group(string.Empty, Text("ClassName", "ImageSource:Simple"), Group("Id", UInt32(string.Empty, 0)), UInt32("ImageRef", 0))),
            Bool("InImageMode", true),
        ]);
        List<byte> file = new(HeaderBytes + root.Count + EndBytes);
        Word(file, 3);
        Word(file, (uint)(HeaderBytes + root.Count + EndBytes - UncountedBytes));
        Word(file, 1);
        file.AddRange(root);
        file.AddRange(new byte[EndBytes]);
        return [.. file];
    }

    private static IEnumerable<Part> ImageTags(DmWriteOptions options)
    {
        Acquisition a = options.Acquisition;
        List<Part> device = [], parameters = [], microscope = [], bar = [];
        AddText(device, "Name", a.Detector);
        AddText(bar, "Device Name", a.Detector);
        AddNumber(parameters, "Exposure (s)", a.ExposureSeconds);
        AddNumber(bar, "Exposure Time (s)", a.ExposureSeconds);
        AddText(bar, "Acquisition Date", a.AcquiredAt);
        AddText(microscope, "Microscope", a.Instrument);
        AddText(microscope, "Operation Mode", a.Mode);
        AddNumber(microscope, "Voltage", a.VoltageKv * 1000);
        AddNumber(microscope, "Cs(mm)", a.SphericalAberrationMm);
        AddNumber(microscope, "Indicated Magnification", a.MagnificationRatio);
        if (options.CountsPerElectronRatio is double counts)
        {
            device.Add(Group("CCD", Float64("Conversion Counts per e-", counts)));
        }

        yield return Group("Acquisition", Group("Device", [.. device]), Group("Parameters", Group("High Level", [.. parameters])));
        yield return Group("DataBar", [.. bar]);
        yield return Group("Microscope Info", [.. microscope]);
        List<Part> remarks = [.. options.Remarks.Select(remark => Text(remark.Key, remark.Value))];
        if (a.Simulated)
        {
            yield return Group("Simulation", [Text("Note", SimulatedNote), .. remarks]);
        }
        else if (remarks.Count > 0)
        {
            yield return Group("Remarks", [.. remarks]);
        }
    }

    private static void AddText(List<Part> to, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            to.Add(Text(name, text));
        }
    }

    private static void AddNumber(List<Part> to, string name, double? value)
    {
        if (value is double number)
        {
            to.Add(Float64(name, number));
        }
    }

    private static Part Axis(double? scaleNm) => Group(
        string.Empty, Float32("Origin", 0), Float32("Scale", (float)(scaleNm ?? 1)), Text("Units", scaleNm is null ? string.Empty : "nm"));

    private static Part Pixels(Raster<ushort> pixels) => to =>
    {
        byte[] bytes = new byte[2 * pixels.PixelCount];
        ReadOnlySpan<ushort> values = pixels.Pixels;
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), values[i]);
        }

        Value("Data", [(uint)DmEncoding.Array, (uint)DmEncoding.UInt16, (uint)values.Length], bytes)(to);
    };

    private static Part Int32(string name, int value) => UInt32(name, DmEncoding.Int32, unchecked((uint)value));

    private static Part UInt32(string name, uint value) => UInt32(name, DmEncoding.UInt32, value);

    private static Part UInt32(string name, DmEncoding encoding, uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return Value(name, [(uint)encoding], bytes);
    }

    private static Part Float32(string name, float value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        return Value(name, [(uint)DmEncoding.Float32], bytes);
    }

    private static Part Float64(string name, double value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        return Value(name, [(uint)DmEncoding.Float64], bytes);
    }

    private static Part Bool(string name, bool value) => Value(name, [(uint)DmEncoding.Bool], [(byte)(value ? 1 : 0)]);

    /// <summary>A text: an array of 16-bit units.</summary>
    private static Part Text(string name, string text) => Value(name, [(uint)DmEncoding.Array, (uint)DmEncoding.UInt16, (uint)text.Length], Encoding.Unicode.GetBytes(text));

    private static Part Group(string name, params Part[] parts) => to =>
    {
        Name(to, GroupMark, name);
        WriteGroup(to, parts);
    };

    private static Part Value(string name, uint[] type, byte[] bytes) => to =>
    {
        Name(to, DataMark, name);
        to.AddRange("%%%%"u8);
        Word(to, (uint)type.Length);
        foreach (uint word in type)
        {
            Word(to, word);
        }

        to.AddRange(bytes);
    };

    private static void Name(List<byte> to, byte mark, string name)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(name);
        to.AddRange([mark, (byte)(bytes.Length >> 8), (byte)bytes.Length]);
        to.AddRange(bytes);
    }

    // Sorted, closed.
    private static void WriteGroup(List<byte> to, Part[] parts)
    {
        to.AddRange([1, 0]);
        Word(to, (uint)parts.Length);
        foreach (Part part in parts)
        {
            part(to);
        }
    }

    private static void Word(List<byte> to, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        to.AddRange(bytes);
    }
}
