using System.Globalization;

namespace ImageAnalysis.Formats.Dm;

/// <summary>How one axis is calibrated.</summary>
/// <param name="Scale">Size of a step in the unit, as stored; <c>null</c> where it is missing or not finite.</param>
/// <param name="Unit">The unit in the file's own words; empty where there is none.</param>
internal sealed record DmAxis(double? Scale, string Unit)
{
    public static DmAxis Decode(DmDocument document, DmTagGroup? dimension) => new(
        document.Number(DmDocument.Find(dimension, "Scale")),
        document.Text(DmDocument.Find(dimension, "Units")) ?? string.Empty);
}

/// <summary>One entry of ImageList: pixels, their layout, calibrations and tags.</summary>
/// <param name="Number">Its place in ImageList, from 0.</param>
/// <param name="DataType">DigitalMicrograph's number of the pixel type.</param>
/// <param name="Dimensions">Number of pixels along x, y and further axes; one or more, each 1 or more.</param>
/// <param name="Data">The pixels.</param>
/// <param name="Axes">Calibrations of the axes; as many as the file gives.</param>
/// <param name="Tags">The image's own tags, if any.</param>
internal sealed record DmImage(
    int Number,
    int DataType,
    IReadOnlyList<int> Dimensions,
    DmTag Data,
    IReadOnlyList<DmAxis> Axes,
    DmTagGroup? Tags)
{
    /// <summary>Axes of a data set; DigitalMicrograph knows five.</summary>
    private const int MostDimensions = 8;

    public static DmImage Decode(DmDocument document, DmTagGroup image, int number)
    {
        string place = $"ImageList[{number}].ImageData";
        DmTagGroup? imageData = DmDocument.Find(image, "ImageData")?.Group;
        DmTag? data = DmDocument.Find(imageData, "Data");
        if (data?.Type is not { Encoding: DmEncoding.Array })
        {
            throw document.Problem(FileProblem.Corrupt, data, $"{place}.Data, the array of pixels, is missing.");
        }

        DmTag? dataType = DmDocument.Find(imageData, "DataType");
        double? code = document.Number(dataType);
        if (code is not (>= 0 and <= 255))
        {
            throw document.Problem(FileProblem.Corrupt, dataType, $"{place}.DataType is {Words(code)}; expected 0…255.");
        }

        var axes = new List<DmAxis>();
        foreach (DmTag dimension in DmDocument.Find(imageData, "Calibrations", "Dimension")?.Group?.Tags ?? [])
        {
            if (axes.Count < MostDimensions)
            {
                axes.Add(DmAxis.Decode(document, dimension.Group));
            }
        }

        IReadOnlyList<int> dimensions = DecodeDimensions(document, imageData!, place);
        return new DmImage(number, (int)code.Value, dimensions, data, axes, DmDocument.Find(image, "ImageTags")?.Group);
    }

    private static int[] DecodeDimensions(DmDocument document, DmTagGroup imageData, string place)
    {
        IReadOnlyList<DmTag> tags = DmDocument.Find(imageData, "Dimensions")?.Group?.Tags ?? [];
        if (tags.Count is 0 or > MostDimensions)
        {
            throw document.Problem(FileProblem.Corrupt, null, $"{place}.Dimensions has {tags.Count} entries; expected 1…{MostDimensions}.");
        }

        int[] dimensions = new int[tags.Count];
        for (int i = 0; i < dimensions.Length; i++)
        {
            double? size = document.Number(tags[i]);
            if (size is not (>= 1 and <= int.MaxValue) || size != Math.Floor(size.Value))
            {
                throw document.Problem(FileProblem.Corrupt, tags[i], $"{place}.Dimensions[{i}] is {Words(size)}; expected a whole number of 1 or more.");
            }

            dimensions[i] = (int)size.Value;
        }

        return dimensions;
    }

    private static string Words(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "no number";
}
