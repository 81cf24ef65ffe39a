using System.Globalization;
using ImageAnalysis.Core;

namespace ImageAnalysis.Formats.Powder;

/// <summary>The points of one range as they are collected from a file: angle, intensity and, where the file gives it, a standard deviation.</summary>
internal sealed class PatternPoints
{
    /// <summary>Angles in degrees, as they come.</summary>
    public List<double> TwoThetaDeg { get; private init; } = [];

    /// <summary>Intensities, one for each angle.</summary>
    public List<double> Intensities { get; } = [];

    /// <summary>Standard deviations, one for each angle, or none at all.</summary>
    public List<double> Sigmas { get; } = [];

    /// <summary>Number of the line from which each point comes, where the file is a text with a line a point; else empty.</summary>
    public List<int> Lines { get; } = [];

    /// <summary>Points at even steps.</summary>
    /// <param name="start">First angle.</param>
    /// <param name="step">Distance of neighbours, not 0; below 0 for a scan downwards.</param>
    /// <param name="intensities">The intensities.</param>
    /// <param name="problem">Makes the exception for a start or step that is no angle.</param>
    public static PatternPoints OfGrid(double start, double step, IReadOnlyList<double> intensities, Func<string, MicroscopeFileException> problem)
    {
        double last = start + (step * (intensities.Count - 1));
        if (!(double.IsFinite(start) && double.IsFinite(step) && step != 0 && IsAngle(start) && IsAngle(last)))
        {
            throw problem(string.Create(
                CultureInfo.InvariantCulture,
                $"{intensities.Count} points from 2θ = {start:G8} in steps of {step:G8} end at {last:G8}; expected angles within (−180, 180] degrees and a step that is not 0."));
        }

        PatternPoints points = new() { TwoThetaDeg = new List<double>(intensities.Count) };
        points.Intensities.AddRange(intensities);
        for (int i = 0; i < intensities.Count; i++)
        {
            points.TwoThetaDeg.Add(start + (step * i));
        }

        return points;
    }

    /// <summary>
    /// The pattern. A scan downwards is turned round, and a point that is there twice with the same values counts once; angles that go back and forth are refused.
    /// </summary>
    /// <param name="text">Gives the messages their format.</param>
    public PowderPattern ToPattern(PatternText text)
    {
        int count = TwoThetaDeg.Count;
        if (count == 0)
        {
            throw text.Problem(FileProblem.Corrupt, "the range has no points; expected at least one.");
        }

        if (TwoThetaDeg[0] > TwoThetaDeg[^1])
        {
            TwoThetaDeg.Reverse();
            Intensities.Reverse();
            Sigmas.Reverse();
            Lines.Reverse();
        }

        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            Check(text, i);
            if (kept > 0 && TwoThetaDeg[i] <= TwoThetaDeg[kept - 1])
            {
                if (!IsRepeated(kept - 1, i))
                {
                    throw Problem(text, i, OutOfOrder(TwoThetaDeg[kept - 1], TwoThetaDeg[i]));
                }

                continue;
            }

            (TwoThetaDeg[kept], Intensities[kept]) = (TwoThetaDeg[i], Intensities[i]);
            if (Sigmas.Count > 0)
            {
                Sigmas[kept] = Sigmas[i];
            }

            kept++;
        }

        TwoThetaDeg.RemoveRange(kept, count - kept);
        Intensities.RemoveRange(kept, count - kept);
        if (Sigmas.Count > 0)
        {
            Sigmas.RemoveRange(kept, count - kept);
        }

        return new PowderPattern(TwoThetaDeg, Intensities, Sigmas.Exists(sigma => sigma > 0) ? Sigmas : null);
    }

    private static string OutOfOrder(double before, double angle) => angle == before
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"2θ = {angle}° is there twice with different intensities; expected each angle once (were the angles rounded to fewer digits than the steps need?).")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"2θ = {angle}° follows {before}°; expected angles that rise, or fall, from the first point to the last (are these several scans in one table?).");

    private static bool IsAngle(double angle) => angle is > -180 and <= 180;

    private bool IsRepeated(int one, int other) => TwoThetaDeg[one] == TwoThetaDeg[other] && Intensities[one] == Intensities[other]
        && (Sigmas.Count == 0 || Sigmas[one] == Sigmas[other]);

    private void Check(PatternText text, int i)
    {
        if (!IsAngle(TwoThetaDeg[i]))
        {
            throw Problem(text, i, string.Create(CultureInfo.InvariantCulture, $"2θ is {TwoThetaDeg[i]}; expected an angle within (−180, 180] degrees."));
        }

        if (!double.IsFinite(Intensities[i]))
        {
            throw Problem(text, i, string.Create(CultureInfo.InvariantCulture, $"the intensity is {Intensities[i]}; expected a finite number."));
        }

        if (Sigmas.Count > 0 && !(double.IsFinite(Sigmas[i]) && Sigmas[i] >= 0))
        {
            throw Problem(text, i, string.Create(CultureInfo.InvariantCulture, $"the standard deviation is {Sigmas[i]}; expected a finite number, 0 or more."));
        }
    }

    private MicroscopeFileException Problem(PatternText text, int point, string detail) => Lines.Count > point
        ? text.Problem(FileProblem.Corrupt, Lines[point], detail)
        : text.Problem(FileProblem.Corrupt, string.Create(CultureInfo.InvariantCulture, $"point {point} (from 0): {detail}"));
}
