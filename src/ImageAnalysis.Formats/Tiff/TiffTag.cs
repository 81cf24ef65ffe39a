using System.Globalization;

namespace ImageAnalysis.Formats.Tiff;

/// <summary>The numbers of the tags that are read, and the names of those that are met in microscope files.</summary>
internal static class TiffTag
{
    public const ushort NewSubfileType = 254;
    public const ushort SubfileType = 255;
    public const ushort ImageWidth = 256;
    public const ushort ImageLength = 257;
    public const ushort BitsPerSample = 258;
    public const ushort Compression = 259;
    public const ushort PhotometricInterpretation = 262;
    public const ushort FillOrder = 266;
    public const ushort ImageDescription = 270;
    public const ushort Make = 271;
    public const ushort Model = 272;
    public const ushort StripOffsets = 273;
    public const ushort Orientation = 274;
    public const ushort SamplesPerPixel = 277;
    public const ushort RowsPerStrip = 278;
    public const ushort StripByteCounts = 279;
    public const ushort XResolution = 282;
    public const ushort YResolution = 283;
    public const ushort PlanarConfiguration = 284;
    public const ushort ResolutionUnit = 296;
    public const ushort Software = 305;
    public const ushort DateTime = 306;
    public const ushort Predictor = 317;
    public const ushort ColorMap = 320;
    public const ushort TileWidth = 322;
    public const ushort TileLength = 323;
    public const ushort TileOffsets = 324;
    public const ushort TileByteCounts = 325;
    public const ushort SubIfds = 330;
    public const ushort SampleFormat = 339;
    public const ushort OlympusSis = 33560;
    public const ushort FeiSfeg = 34680;
    public const ushort FeiHelios = 34682;
    public const ushort FeiTitan = 34683;
    public const ushort Tvips = 37706;
    public const ushort DmUnitX = 65003;
    public const ushort DmUnitY = 65004;
    public const ushort DmScaleX = 65009;
    public const ushort DmScaleY = 65010;
    public const ushort DmImageTags = 65027;
    public const ushort TiaResolutionX = 65450;
    public const ushort TiaResolutionY = 65451;
    public const ushort TiaResolutionUnit = 65452;

    private static readonly Dictionary<ushort, string> Names = new()
    {
        [NewSubfileType] = "NewSubfileType",
        [SubfileType] = "SubfileType",
        [ImageWidth] = "ImageWidth",
        [ImageLength] = "ImageLength",
        [BitsPerSample] = "BitsPerSample",
        [Compression] = "Compression",
        [PhotometricInterpretation] = "PhotometricInterpretation",
        [263] = "Threshholding",
        [FillOrder] = "FillOrder",
        [269] = "DocumentName",
        [ImageDescription] = "ImageDescription",
        [Make] = "Make",
        [Model] = "Model",
        [StripOffsets] = "StripOffsets",
        [Orientation] = "Orientation",
        [SamplesPerPixel] = "SamplesPerPixel",
        [RowsPerStrip] = "RowsPerStrip",
        [StripByteCounts] = "StripByteCounts",
        [280] = "MinSampleValue",
        [281] = "MaxSampleValue",
        [XResolution] = "XResolution",
        [YResolution] = "YResolution",
        [PlanarConfiguration] = "PlanarConfiguration",
        [285] = "PageName",
        [286] = "XPosition",
        [287] = "YPosition",
        [ResolutionUnit] = "ResolutionUnit",
        [297] = "PageNumber",
        [Software] = "Software",
        [DateTime] = "DateTime",
        [315] = "Artist",
        [316] = "HostComputer",
        [Predictor] = "Predictor",
        [ColorMap] = "ColorMap",
        [TileWidth] = "TileWidth",
        [TileLength] = "TileLength",
        [TileOffsets] = "TileOffsets",
        [TileByteCounts] = "TileByteCounts",
        [SubIfds] = "SubIFDs",
        [338] = "ExtraSamples",
        [SampleFormat] = "SampleFormat",
        [340] = "SMinSampleValue",
        [341] = "SMaxSampleValue",
        [347] = "JPEGTables",
        [530] = "YCbCrSubSampling",
        [700] = "XMP",
        [33432] = "Copyright",
        [33471] = "OlympusINI",
        [OlympusSis] = "OlympusSIS",
        [34118] = "CZ_SEM",
        [34665] = "ExifIFD",
        [FeiSfeg] = "FEI_SFEG",
        [FeiHelios] = "FEI_HELIOS",
        [FeiTitan] = "FEI_TITAN",
        [Tvips] = "TVIPS",
        [50838] = "IJMetadataByteCounts",
        [50839] = "IJMetadata",
    };

    /// <summary>The tag's name, or its number where it has none here (private tags).</summary>
    /// <param name="tag">The tag's number.</param>
    /// <returns>Such as <c>ImageWidth</c> or <c>65003</c>.</returns>
    public static string NameOf(ushort tag) => Names.GetValueOrDefault(tag) ?? tag.ToString(CultureInfo.InvariantCulture);
}
