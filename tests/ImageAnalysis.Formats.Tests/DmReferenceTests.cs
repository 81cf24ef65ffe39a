using System.Security.Cryptography;
using ImageAnalysis.Formats;

namespace ImageAnalysis.Tests;

/// <summary>Real files of DigitalMicrograph, held to what HyperSpy 1.7.3 and the files' own authors say of them (manifest.json).</summary>
public sealed class DmReferenceTests
{
    [ReferenceTheory]
    [InlineData("test2D-type1.dm3", "int16")]
    [InlineData("test2D-type1.dm4", "int16")]
    [InlineData("test2D-type2.dm3", "float32")]
    [InlineData("test2D-type2.dm4", "float32")]
    [InlineData("test2D-type3.dm4", "complex64")]
    [InlineData("test2D-type6.dm3", "uint8")]
    [InlineData("test2D-type7.dm3", "int32")]
    [InlineData("test2D-type9.dm4", "int8")]
    [InlineData("test2D-type10.dm3", "uint16")]
    [InlineData("test2D-type11.dm4", "uint32")]
    [InlineData("test2D-type12.dm3", "float64")]
    [InlineData("test2D-type14.dm3", "bool")]
    [InlineData("test2D-type27.dm4", "complex64")]
    [InlineData("test3D-type10.dm3", "uint16")]
    [InlineData("STEM_image.dm3", "uint32")]
    [InlineData("diffraction_pattern.dm3", "int32")]
    [InlineData("FEI_HAADF_DE_locale.dm3", "uint16")]
    [InlineData("dmTest_float32_nonSquare_diffPixelSize.dm3", "float32")]
    [InlineData("nion_ref_F_0_2.dm3", "float32")]
    [InlineData("multi_signal.dm3", "uint16")]
    public void Describe_FileOfTheManifest_GivesItsValues(string name, string type)
    {
        ManifestEntry entry = ManifestEntry.Of("format/dm/" + name);
        FileDescription description = FileDescriber.Describe(name, Read(name));
        SignalDescription signal = description.Signals[0];
        Assert.Equal(type, signal.Type);
        Assert.Equal(entry.Shape, signal.Frames > 1 ? [signal.Frames, signal.HeightPx, signal.WidthPx] : [signal.HeightPx, signal.WidthPx]);
        if (type is "complex64")
        {
            Assert.Null(signal.SumCounts);
            Assert.Null(signal.CornersCounts);
        }
        else
        {
            Assert.Equal(entry.Min, signal.MinCounts);
            Assert.Equal(entry.Max, signal.MaxCounts);

            // The manifest prints sums with ten digits.
            Assert.Equal(entry.Sum, signal.SumCounts!.Value, 1e-9 * Math.Abs(entry.Sum));
            double?[] corners = [.. signal.CornersCounts!];
            if (signal.Frames > 1)
            {
                Assert.Equal([1, 2, 3, 4], corners); // of the first frame; the manifest gives those of the whole
            }
            else
            {
                Assert.Equal(entry.Corners, corners);
            }
        }

        Assert.StartsWith(entry.Sha256, Sha256(Read(name).Signals[0]), StringComparison.Ordinal);
    }

    [ReferenceTheory]
    [InlineData("STEM_image.dm3", 0.24853801727294922, 0.24853801727294922, "nm")]
    [InlineData("FEI_HAADF_DE_locale.dm3", 5.506073124706745, 5.506073124706745, "µm")]
    [InlineData("dmTest_float32_nonSquare_diffPixelSize.dm3", 1.0, 0.2, "nm|A")] // x 1 nm, y 2 Å
    [InlineData("multi_signal.dm3", 0.017751578241586685, 0.017751578241586685, "nm")]
    public void Read_CalibratedFile_GivesItsPixelSize(string name, double widthNm, double heightNm, string unit)
    {
        Signal signal = Read(name).Signals[0];

        // Stored in single precision (the values here are those singles), and one multiplication.
        Assert.Equal(widthNm, signal.Calibration!.PixelWidthNm, 1e-12);
        Assert.Equal(heightNm, signal.Calibration.PixelHeightNm, 1e-12);
        Assert.Equal(unit, signal.UnitAsStored);
        Assert.Equal(SignalKind.Image, signal.Kind);
        Assert.Null(signal.NotMeasurableReason);
    }

    [ReferenceTheory]
    [InlineData("test2D-type1.dm3", "")]
    [InlineData("nion_ref_F_0_2.dm3", "µn|µ")] // neither is a unit of length
    public void Read_FileWithoutUnitOfLength_HasNoPixelSize(string name, string unit)
    {
        Signal signal = Read(name).Signals[0];
        Assert.Null(signal.Calibration);
        Assert.Equal(unit, signal.UnitAsStored);
        Assert.Null(signal.NotMeasurableReason);
    }

    [ReferenceFact]
    public void Read_ScannedImage_KnowsHowItWasTaken()
    {
        Imaging.Acquisition acquisition = Read("STEM_image.dm3").Signals[0].Acquisition;
        Assert.Equal(200, acquisition.VoltageKv);
        Assert.Equal(225_000, acquisition.MagnificationRatio!.Value, 1e-6);
        Assert.Equal(3.5e-6, acquisition.ExposureSeconds!.Value, 1e-12); // stored in single precision
        Assert.Equal("SCANNING", acquisition.Mode);
        Assert.Equal("DigiScan", acquisition.Detector);
        Assert.Equal("8/8/2016 4:26:37 PM", acquisition.AcquiredAt);
    }

    [ReferenceFact]
    public void Read_FileOfAnotherLocale_KeepsItsWords() =>
        Assert.Equal("27.08.2016 20:54:33", Read("FEI_HAADF_DE_locale.dm3").Signals[0].Acquisition.AcquiredAt);

    [ReferenceFact]
    public void Describe_DiffractionPattern_HasNoPixelSizeAndAReason()
    {
        FileDescription description = FileDescriber.Describe("d.dm3", Read("diffraction_pattern.dm3"));
        Assert.Equal("diffraction", description.Kind);
        Assert.False(description.Measurable);
        Assert.Contains("1/nm", description.Reason, StringComparison.Ordinal);
        Assert.Null(description.Signals[0].PixelWidthNm);
        Assert.Equal("1/nm", description.Signals[0].UnitAsStored);
        Imaging.Acquisition acquisition = Read("diffraction_pattern.dm3").Signals[0].Acquisition;
        Assert.Equal((200, 1.31, 0.2), (acquisition.VoltageKv, acquisition.SphericalAberrationMm, acquisition.ExposureSeconds));
        Assert.Null(acquisition.MagnificationRatio); // what stands there is the camera length
    }

    [ReferenceFact]
    public void Describe_ImageWithASpectrumAndAThumbnail_MeasuresTheImage()
    {
        FileDescription description = FileDescriber.Describe("m.dm3", Read("multi_signal.dm3"));
        Assert.Equal(2, description.Signals.Count);
        Assert.Equal((512, 512), (description.Signals[0].WidthPx, description.Signals[0].HeightPx));
        Assert.Equal((512, 1, "float32"), (description.Signals[1].WidthPx, description.Signals[1].HeightPx, description.Signals[1].Type));
        Assert.Equal(28.08579283, description.Signals[1].SumCounts!.Value, 1e-7);
        Assert.True(description.Measurable);
        Assert.Equal("image", description.Kind);
    }

    [ReferenceFact]
    public void Describe_Stack_AsksForAFrame()
    {
        FileDescription description = FileDescriber.Describe("s.dm3", Read("test3D-type10.dm3"));
        Assert.False(description.Measurable);
        Assert.Contains("\"frame\": 0…1", description.Reason, StringComparison.Ordinal);
    }

    [ReferenceFact]
    public void Read_ColourFileWithEqualChannels_IsGrey()
    {
        Signal signal = Read("test2D-type23.dm3").Signals[0];
        Assert.Equal(PixelType.UInt8, signal.Type);
        Assert.Equal([1, 2, 3, 4], signal.Decode(0).LittleEndianBytes.ToArray());
    }

    [ReferenceFact]
    public void Read_EveryFileOfTheFolder_IsNamedInTheseTests()
    {
        string[] names = [.. Directory.GetFiles(ReferenceData.PathOf("real-data/format/dm")).Select(path => Path.GetFileName(path)!)];
        Assert.Equal(21, names.Length);
        Assert.All(names, name => Assert.NotEmpty(Read(name).Signals));
    }

    private static MicroscopeFile Read(string name)
    {
        string path = ReferenceData.PathOf("real-data/format/dm/" + name);
        return FileReader.Read(File.ReadAllBytes(path), path);
    }

    private static string Sha256(Signal signal)
    {
        byte[] pixels = [.. Enumerable.Range(0, signal.FrameCount).SelectMany(frame => signal.Decode(frame).LittleEndianBytes.ToArray())];
        return Convert.ToHexStringLower(SHA256.HashData(pixels));
    }
}
