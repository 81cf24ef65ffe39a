using ImageAnalysis.Formats.Tiff;
using ImageAnalysis.Imaging;
using ImageAnalysis.Tests;

namespace ImageAnalysis.Formats.Tests.Tiff;

/// <summary>Files that instruments and other programs wrote, with the values that established readers find in them (manifest.json beside the files).</summary>
public class TiffReferenceTests
{
    private static MicroscopeFile Read(string path) => TiffReader.Read(File.ReadAllBytes(ReferenceData.PathOf(path)));

    [ReferenceTheory]
    [InlineData("real-data/format/tiff/test_loading_image_saved_with_DM.tif", PixelType.Int32, 168.6746925, "metadata:DigitalMicrograph")]
    [InlineData("real-data/format/tiff/test_loading_image_saved_with_imageJ.tif", PixelType.Float32, 168.674711, "metadata:ImageJ")]
    [InlineData("real-data/format/tiff/test_loading_image_saved_with_imageJ_no_scale.tif", PixelType.Float32, null, null)]
    public void Read_SameImageSavedInThreeWays_ManifestValues(string path, PixelType type, double? pixelNm, string? source)
    {
        Signal signal = Assert.Single(Read(path).Signals);
        Assert.Equal((68, 68, 1, type), (signal.WidthPx, signal.HeightPx, signal.FrameCount, signal.Type));
        Assert.Null(signal.NotMeasurableReason);
        PixelStatistics found = PixelBlocks.Statistics(signal.Decode(0));
        Assert.Equal([3465, 3239, 3117, 3319], found.CornersCounts);
        Assert.Equal((2866, 3774, 15422830), (found.MinCounts, found.MaxCounts, found.SumCounts));
        Assert.Equal(source, signal.Calibration?.Source.ToString());
        // The manifest gives 10 digits.
        Assert.Equal(pixelNm ?? double.NaN, signal.Calibration?.PixelWidthNm ?? double.NaN, 1e-6);
        Assert.Equal(pixelNm ?? double.NaN, signal.Calibration?.PixelHeightNm ?? double.NaN, 1e-6);
    }

    [ReferenceFact]
    public void Read_OlympusSis_PreviewIsRefusedByNameAndRawDataAreRead()
    {
        IReadOnlyList<Signal> signals = Read("real-data/format/tiff/olympus_SIS.tif").Signals;
        Assert.Equal(2, signals.Count);
        Assert.Contains("JPEG", signals[0].NotMeasurableReason, StringComparison.Ordinal);
        MicroscopeFileException refused = Assert.Throws<MicroscopeFileException>(() => signals[0].Decode(0));
        Assert.Equal(FileProblem.NotSupported, refused.Problem);
        Assert.Contains("JPEG", refused.Message, StringComparison.Ordinal);
        Assert.Equal((112, 101, PixelType.UInt16, (string?)null), (signals[1].WidthPx, signals[1].HeightPx, signals[1].Type, signals[1].NotMeasurableReason));
        // 2.3928e-11 m (RosettaSciIO, test_olympus_SIS); the manifest gives 5 digits.
        Assert.Equal(0.023928, signals[1].Calibration!.PixelWidthNm, 5e-7);
        Assert.Equal("metadata:Olympus SIS", signals[1].Calibration!.Source.ToString());
        MicrographResult.Measurable read = Assert.IsType<MicrographResult.Measurable>(MicrographReader.ToMicrograph(Read("real-data/format/tiff/olympus_SIS.tif"), "o.tif", null));
        FileFinding finding = Assert.Single(read.Findings);
        Assert.Equal(FileFinding.PassedOver, finding.Name);
        Assert.Contains("112 × 101 px (JPEG compression", finding.Reason, StringComparison.Ordinal);
        Assert.Equal((600000, "Quemesa", null), (signals[1].Acquisition.MagnificationRatio, signals[1].Acquisition.Detector, signals[1].Acquisition.Instrument));
    }

    [ReferenceFact]
    public void Read_DigitalMicrographExport_AcquisitionFromTheTagsInside()
    {
        MicroscopeFile file = Read("real-data/format/tiff/test_loading_image_saved_with_DM.tif");
        // The words of the file's tag 65027, as a hex editor shows them.
        Assert.Contains(new RawTag("DigitalMicrograph.DataBar.Acquisition Date", "7/20/2015"), file.RawTags);
        Acquisition acquisition = file.Signals[0].Acquisition;
        Assert.Equal((200, 1.31, 51), (acquisition.VoltageKv, Math.Round(acquisition.SphericalAberrationMm!.Value, 5), acquisition.MagnificationRatio));
        Assert.Equal((0.5, "BM-UltraScan"), (acquisition.ExposureSeconds, acquisition.Detector));
    }

    [ReferenceFact]
    public void Read_SootWithThreeEqualChannelsAnd72Dpi_GreyAndWithoutCalibration()
    {
        Signal signal = Assert.Single(Read("real-data/lattice/soot_HRTEM.tif").Signals);
        Assert.Equal((512, 512, PixelType.UInt8), (signal.WidthPx, signal.HeightPx, signal.Type));
        Assert.Null(signal.Calibration);
        Assert.Null(signal.NotMeasurableReason);
        Assert.Equal(512 * 512, signal.Decode(0).LittleEndianBytes.Length);
    }

    [ReferenceTheory]
    [InlineData("real-data/size/haadf_nanoparticles_01.tif", PixelType.Float32, 0.32889166474342346)]
    [InlineData("real-data/size/haadf_nanoparticles_02.tif", PixelType.Float32, 0.32889166474342346)]
    [InlineData("real-data/lattice/SrTiO3_HAADF.tif", PixelType.UInt16, 0.01001270424)]
    [InlineData("real-data/lattice/doubled_fringe_1p27_0p63nm.tif", PixelType.UInt16, 0.05240719457)]
    [InlineData("reference/images/haadf/6nm/6nm_haadf_01.tif", PixelType.Float32, 0.15)]
    [InlineData("reference/images/hrtem/6nm/6nm_01.tif", PixelType.UInt16, 0.025)]
    public void Read_CompressedImagesWithImageJCalibration_TypeAndPixelSize(string path, PixelType type, double pixelNm)
    {
        MicroscopeFile file = Read(path);
        Signal signal = Assert.Single(file.Signals);
        Assert.Equal((1024, 1024, type), (signal.WidthPx, signal.HeightPx, signal.Type));
        // Their resolution is a fraction of two 32-bit numbers: a few parts in 10⁹.
        Assert.Equal(1, signal.Calibration!.PixelWidthNm / pixelNm, 1e-8);
        // ImageJ's own display range in the description is the range of the pixels.
        PixelStatistics found = PixelBlocks.Statistics(signal.Decode(0));
        double max = double.Parse(file.RawTags.Single(tag => tag.Path == "ImageJ.max").Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(max, found.MaxCounts!.Value, 0.05);
    }
}
