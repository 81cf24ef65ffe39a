using System.Globalization;
using System.Xml.Linq;
using ImageAnalysis.Formats.Powder;

namespace ImageAnalysis.Formats.Bruker;

/// <summary>Which number of a row (element <c>Datum</c>) is what, as the elements <c>RawDataView</c> say.</summary>
/// <param name="TwoTheta">Place of 2θ, or <c>null</c> where it was not scanned.</param>
/// <param name="Intensity">Place of the intensity.</param>
/// <param name="Absorption">Place of the absorber's factor, or <c>null</c>.</param>
/// <param name="Axes">The scanned axes in the file's words.</param>
/// <param name="IntensityCount">Number of channels of the detector; 1 for a pattern.</param>
internal sealed record BrmlColumns(int? TwoTheta, int Intensity, int? Absorption, IReadOnlyList<string> Axes, int IntensityCount)
{
    private const int MostColumns = 100_000;

    /// <summary>The layout of rows without a description, as the first programs wrote them: planned time, factor, 2θ, θ, counts.</summary>
    private static readonly BrmlColumns _undescribed = new(2, 4, null, [], 1);

    public static BrmlColumns Decode(XElement route, PatternText text)
    {
        int? twoTheta = null;
        int? intensity = null;
        int? absorption = null;
        int channels = 1;
        List<string> axes = [];
        XElement? views = route.Child("DataViews");
        if (views is null)
        {
            return _undescribed with { Axes = ScanAxes(route) };
        }

        foreach (XElement view in views.Children("RawDataView"))
        {
            int start = Place(view, "Start", text);
            switch (view.AttributeText("type")?.Split(':')[^1])
            {
                case "FixedRawDataView" when view.AttributeText("LogicName") == "AbsorptionFactor":
                    absorption = start;
                    break;
                case "VaryingRawDataView":
                    foreach (XElement field in view.Descendants().Where(element => element.Name.LocalName == "FieldDefinitions"))
                    {
                        string axis = field.AttributeText("AxisId") ?? field.AttributeText("FieldName") ?? string.Empty;
                        twoTheta ??= axis.Equals("TwoTheta", StringComparison.OrdinalIgnoreCase) ? start + axes.Count : null;
                        axes.Add(axis);
                    }

                    break;
                case "RecordedRawDataView" when intensity is null:
                    intensity = start;
                    channels = view.AttributeText("Length") is null ? 1 : Place(view, "Length", text);
                    break;
                default:
                    break;
            }
        }

        return intensity is int place
            ? new BrmlColumns(twoTheta, place, absorption, axes, channels)
            : throw text.Problem(FileProblem.Corrupt, "no RecordedRawDataView says where the intensities stand.");
    }

    /// <summary>The axes that the scan names, where the rows do not.</summary>
    private static string[] ScanAxes(XElement route) =>
        [.. route.Child("ScanInformation").Child("ScanAxes")?.Children("ScanAxisInfo").Select(axis => axis.AttributeText("AxisId") ?? string.Empty) ?? []];

    private static int Place(XElement view, string name, PatternText text) =>
        int.TryParse(view.AttributeText(name), NumberStyles.None, CultureInfo.InvariantCulture, out int place) && place <= MostColumns
            ? place
            : throw text.Problem(FileProblem.Corrupt, $"{name} of a RawDataView is '{PatternText.Shown(view.AttributeText(name) ?? string.Empty)}'; expected a whole number up to {MostColumns}.");
}
