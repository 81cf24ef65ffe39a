using System.Buffers.Binary;
using ImageAnalysis.Formats;
using ImageAnalysis.Formats.Dm;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Tests;

public sealed class DmWriterTests
{
    /// <summary>3 × 2 pixels, all different: no wrong order goes unseen.</summary>
    private static Raster<ushort> Pixels { get; } = new(3, 2, [1, 2, 300, 40000, 5, 65535]);

    [Fact]
    public void Write_AndRead_GivesPixelsCalibrationAndAcquisition()
    {
        byte[] bytes = DmWriter.Write(Pixels, new DmWriteOptions
        {
            Name = "a",
            Calibration = new Calibration(0.025, 0.05, new CalibrationSource(CalibrationOrigin.Metadata, "simulated")),
            CountsPerElectronRatio = 8,
            Acquisition = Acquisition.Unknown with
            {
                VoltageKv = 200,
                SphericalAberrationMm = 0.7,
                MagnificationRatio = 4e5,
                ExposureSeconds = 0.5,
                Mode = "IMAGING",
                Detector = "camera",
                Instrument = "scope",
                Simulated = true,
            },
            Remarks = [new("Seed", "17")],
        });

        MicroscopeFile file = FileReader.Read(bytes, "a.dm3");
        Signal signal = Assert.Single(file.Signals);
        Assert.Equal("DM3", file.Format);
        Assert.Equal((SignalKind.Image, 3, 2, PixelType.UInt16), (signal.Kind, signal.WidthPx, signal.HeightPx, signal.Type));
        Assert.Equal((ushort[])[1, 2, 300, 40000, 5, 65535], System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ushort>(signal.Decode(0).LittleEndianBytes.Span).ToArray());

        // Scales are single-precision, as cameras write them: exact to 6e-8.
        Assert.Equal(0.025, signal.Calibration!.PixelWidthNm, 0.025 * 6e-8);
        Assert.Equal(0.05, signal.Calibration.PixelHeightNm, 0.05 * 6e-8);
        Acquisition a = signal.Acquisition;
        Assert.Equal((200, 0.7, 4e5, 0.5), (a.VoltageKv, a.SphericalAberrationMm, a.MagnificationRatio, a.ExposureSeconds));
        Assert.Equal(("IMAGING", "camera", "scope", true), (a.Mode, a.Detector, a.Instrument, a.Simulated));
        Assert.Contains(file.RawTags, tag => tag.Path.EndsWith("Simulation.Seed", StringComparison.Ordinal) && tag.Value == "17");
        Assert.Contains(file.RawTags, tag => tag.Path.EndsWith("Simulation.Note", StringComparison.Ordinal) && tag.Value.StartsWith("simulated=true", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_WithoutAnything_HasNoPixelSizeAndIsNotSimulated()
    {
        Signal signal = Assert.Single(FileReader.Read(DmWriter.Write(Pixels, new DmWriteOptions { Remarks = [new("By", "me")] }), "a.dm3").Signals);

        Assert.Null(signal.Calibration);
        Assert.False(signal.Acquisition.Simulated);
        Assert.Null(signal.Acquisition.VoltageKv);
        Assert.Null(signal.NotMeasurableReason);
    }

    [Fact]
    public void Write_Layout_IsThatOfTheFormat()
    {
        // Against the structure as published: header, flags, counts and types big-endian, values little-endian.
        byte[] bytes = DmWriter.Write(Pixels, new DmWriteOptions());
        Assert.Equal((byte[])[0, 0, 0, 3], bytes[..4]);
        Assert.Equal((uint)bytes.Length - 16, BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4)));
        Assert.Equal((byte[])[0, 0, 0, 1], bytes[8..12]);
        Assert.Equal((byte[])[1, 0, 0, 0, 0, 7], bytes[12..18]); // sorted, closed, seven tags
        byte[] first = [20, 0, 18, .. "DocumentObjectList"u8];
        Assert.Equal(first, bytes[18..(18 + first.Length)]);
        Assert.Equal(new byte[8], bytes[^8..]);

        // The pixels: an array (20) of unsigned 16-bit numbers (4), six of them: 1, 2, 300, 40000, 5, 65535.
        byte[] data = [21, 0, 4, .. "Data%%%%"u8, 0, 0, 0, 3, 0, 0, 0, 20, 0, 0, 0, 4, 0, 0, 0, 6, 1, 0, 2, 0, 0x2C, 1, 0x40, 0x9C, 5, 0, 0xFF, 0xFF];
        Assert.True(bytes.AsSpan().IndexOf(data) > 0);

        // A named number: DataType, unsigned 32 bits (5), 10.
        byte[] type = [21, 0, 8, .. "DataType%%%%"u8, 0, 0, 0, 1, 0, 0, 0, 5, 10, 0, 0, 0];
        Assert.True(bytes.AsSpan().IndexOf(type) > 0);
        Assert.Equal(bytes, DmWriter.Write(Pixels, new DmWriteOptions()));
    }
}
