using System.Globalization;
using System.Xml.Linq;
using ImageAnalysis.Formats.Powder;

namespace ImageAnalysis.Formats.Xrdml;

/// <summary>Positions of one axis (element <c>positions</c>): start and end, a list, or one for all points.</summary>
/// <param name="Start">First position.</param>
/// <param name="End">Last position.</param>
/// <param name="Listed">All positions, or <c>null</c> where start and end say all.</param>
internal sealed record XrdmlPositions(double Start, double End, IReadOnlyList<double>? Listed)
{
    /// <summary>Whether the axis did not move.</summary>
    public bool IsFixed => Listed is null && Start == End;

    public static XrdmlPositions Decode(XElement positions, PatternText text)
    {
        if (positions.Child("listPositions") is XElement list)
        {
            List<double> all = XrdmlScan.Numbers(list, text);
            return all.Count > 0 ? new XrdmlPositions(all[0], all[^1], all) : throw text.Problem(FileProblem.Corrupt, "a list of positions of 2Theta is empty.");
        }

        if (positions.Child("startPosition").Number() is double start && positions.Child("endPosition").Number() is double end)
        {
            return new XrdmlPositions(start, end, null);
        }

        return positions.Child("commonPosition").Number() is double common
            ? new XrdmlPositions(common, common, null)
            : throw text.Problem(FileProblem.Corrupt, "the positions of 2Theta hold no usable numbers; expected startPosition and endPosition, listPositions, or commonPosition.");
    }

    /// <summary>The positions with their intensities: evenly spaced from start to end, or as listed.</summary>
    public PatternPoints ToPoints(IReadOnlyList<double> intensities, PatternText text)
    {
        if (Listed is null)
        {
            if (intensities.Count < 2)
            {
                throw text.Problem(FileProblem.Corrupt, string.Create(CultureInfo.InvariantCulture, $"a scan from {Start} to {End} has {intensities.Count} intensity; expected two or more."));
            }

            return PatternPoints.OfGrid(Start, (End - Start) / (intensities.Count - 1), intensities, detail => text.Problem(FileProblem.Corrupt, detail));
        }

        if (Listed.Count != intensities.Count)
        {
            throw text.Problem(
                FileProblem.Corrupt,
                string.Create(CultureInfo.InvariantCulture, $"a scan has {intensities.Count} intensities and {Listed.Count} positions; expected as many of both."));
        }

        PatternPoints points = new();
        points.TwoThetaDeg.AddRange(Listed);
        points.Intensities.AddRange(intensities);
        return points;
    }
}
