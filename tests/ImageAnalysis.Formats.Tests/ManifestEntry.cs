using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ImageAnalysis.Tests;

/// <summary>What manifest.json of the reference data says of a file, for its first signal.</summary>
internal sealed record ManifestEntry(int[] Shape, double Min, double Max, double Sum, double?[] Corners, string Sha256)
{
    public static ManifestEntry Of(string path)
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(ReferenceData.PathOf("real-data/manifest.json")));
        JsonElement entry = manifest.RootElement.EnumerateArray().Single(item => item.GetProperty("path").GetString() == path);
        string known = entry.GetProperty("known").GetString()!;
        string shape = entry.GetProperty("shape_rows_columns").GetString()!;
        return new ManifestEntry(
            [.. Regex.Matches(Regex.Match(shape, @"\(([^)]*)\)").Groups[1].Value, @"\d+").Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture))],
            Number(known, "min"),
            Number(known, "max"),
            Number(known, "sum"),
            [Number(known, "a[0,0]"), Number(known, "a[0,-1]"), Number(known, "a[-1,0]"), Number(known, "a[-1,-1]")],
            Regex.Match(known, @"sha256\(LE bytes,C-order\)=([0-9a-f]+)").Groups[1].Value);
    }

    /// <summary>The first number behind "name="; True counts as 1; NaN where there is none, as for complex pixels.</summary>
    private static double Number(string known, string name)
    {
        string value = Regex.Match(known, $@"(?<=\s|^){Regex.Escape(name)}=(\S+)").Groups[1].Value;
        if (value is "True" or "False")
        {
            return value == "True" ? 1 : 0;
        }

        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;
    }
}
