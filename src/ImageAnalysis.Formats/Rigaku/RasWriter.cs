using System.Globalization;
using System.Text;
using ImageAnalysis.Core;

namespace ImageAnalysis.Formats.Rigaku;

/// <summary>Writes RAS, the text format of Rigaku's diffractometers.</summary>
public static class RasWriter
{
    /// <summary>Writes a pattern of whole counts.</summary>
    /// <param name="pattern">The pattern; its intensities are counts.</param>
    /// <param name="remarks">Further facts, as names and values in the file's comment; none by default.</param>
    /// <returns>
    /// The text in ASCII with lines ended as on Windows, angles and counts with four digits behind the point, as instruments write them; other characters become <c>?</c>. A simulated pattern says so in
    /// <c>FILE_COMMENT</c>, and its instrument is called simulated.
    /// </returns>
    /// <exception cref="ArgumentException">The angles are not evenly spaced, or closer than the digits written.</exception>
    public static byte[] Write(PowderPattern pattern, IReadOnlyList<(string Key, string Value)>? remarks = null)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (pattern.StepDeg is not (double step and >= 0.0005))
        {
            throw new ArgumentException("The angles are not evenly spaced by 0.0005° or more; expected a scan with one step.", nameof(pattern));
        }

        StringBuilder comment = new();
        if (pattern.IsSimulated)
        {
            comment.Append("simulated=true; computed, not recorded by an instrument");
        }

        foreach ((string key, string value) in remarks ?? [])
        {
            comment.Append(comment.Length > 0 ? "; " : string.Empty).Append(key).Append('=').Append(value);
        }

        StringBuilder text = new();
        Line("*RAS_DATA_START");
        Line("*RAS_HEADER_START");
        Key("FILE_COMMENT", comment.ToString());
        Key("FILE_SAMPLE", pattern.Title);
        Key("FILE_TYPE", "RAS_RAW");
        if (pattern.IsSimulated)
        {
            Key("HW_GONIOMETER_NAME-0", "simulated");
        }

        if (pattern.Wavelengths is PowderWavelengths radiation)
        {
            Key("HW_XG_TARGET_NAME", radiation.Anode ?? string.Empty);
            Key("HW_XG_WAVE_LENGTH_ALPHA1", Number(radiation.Alpha1Angstrom, "0.000000"));
            if (radiation.Alpha2Angstrom is double second)
            {
                Key("HW_XG_WAVE_LENGTH_ALPHA2", Number(second, "0.000000"));
            }

            Key("HW_XG_WAVE_LENGTH_UNIT", "Angstrom");
        }

        Key("MEAS_DATA_COUNT", pattern.PointCount.ToString(CultureInfo.InvariantCulture));
        Key("MEAS_SCAN_AXIS_X", "2-Theta/Theta");
        Key("MEAS_SCAN_AXIS_X_INTERNAL", "TwoThetaTheta");
        Key("MEAS_SCAN_MODE", pattern.CountingTimeSeconds is null ? "CONTINUOUS" : "STEP");
        if (pattern.CountingTimeSeconds is double seconds)
        {
            Key("MEAS_SCAN_SPEED", Number(seconds, "0.0000"));
            Key("MEAS_SCAN_SPEED_UNIT", "sec");
        }

        Key("MEAS_SCAN_START", Number(pattern.TwoThetaDeg[0], "0.0000"));
        Key("MEAS_SCAN_STEP", Number(step, "0.0000"));
        Key("MEAS_SCAN_STOP", Number(pattern.TwoThetaDeg[^1], "0.0000"));
        Key("MEAS_SCAN_UNIT_X", "deg");
        Key("MEAS_SCAN_UNIT_Y", "counts");
        Line("*RAS_HEADER_END");
        Line("*RAS_INT_START");
        for (int i = 0; i < pattern.PointCount; i++)
        {
            Line($"{Number(pattern.TwoThetaDeg[i], "0.0000")} {Number(pattern.IntensityCounts[i], "0.0000")} 1.0000");
        }

        Line("*RAS_INT_END");
        Line("*RAS_DATA_END");
        return Encoding.ASCII.GetBytes(text.ToString());

        void Line(string line) => text.Append(line).Append("\r\n");

        void Key(string name, string value) => Line($"*{name} \"{string.Concat(value.Select(c => char.IsControl(c) || c == '"' ? ' ' : c))}\"");
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
