using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using ImageAnalysis.Formats;

namespace ImageAnalysis.Tests;

/// <summary>
/// Every file below real-data/format, without exception: those of a format that is read have the values of manifest.json, the others are refused by
/// name. A file that is added to the folder or to the manifest is held to this, too.
/// </summary>
public sealed class ManifestReferenceTests
{
    private static readonly Dictionary<string, string> FormatOfExtension = new()
    {
        [".dm3"] = "DM3",
        [".dm4"] = "DM4",
        [".tif"] = "TIFF",
        [".ser"] = "SER",
        [".emi"] = "EMI",
        [".emd"] = "EMD",
        [".hspy"] = "HyperSpy",
        [".mrc"] = "MRC",
    };

    [ReferenceFact]
    public void Read_EveryFileOfTheFormatFolders_GivesTheManifestsValuesOrIsRefusedByName()
    {
        string folder = ReferenceData.PathOf("real-data");
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
        Dictionary<string, JsonElement> entries = manifest.RootElement.EnumerateArray()
            .Where(entry => Text(entry, "path").StartsWith("format/", StringComparison.Ordinal))
            .ToDictionary(entry => Text(entry, "path"));
        string[] files = [.. Directory.EnumerateFiles(Path.Combine(folder, "format"), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];
        Assert.Equal(entries.Keys.Order(StringComparer.Ordinal), files);

        List<string> wrong = [];
        int read = 0, refused = 0;
        foreach (string file in files)
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(folder, file));
            FileFormat format = FileReader.Recognise(bytes, file);
            Hold(wrong, file, "format", FormatOfExtension[Path.GetExtension(file)], format.Name);
            if (format.Read is null)
            {
                refused++;
                MicroscopeFileException problem = Assert.Throws<MicroscopeFileException>(() => FileReader.Read(bytes, file));
                Hold(wrong, file, "refusal", (FileProblem.NotSupported, format.Name), (problem.Problem, problem.Format));
            }
            else
            {
                read++;
                Compare(wrong, file, entries[file], FileDescriber.Describe(file, FileReader.Read(bytes, file)), FileReader.Read(bytes, file));
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));

        // 21 DM and 4 TIFF files at least; what has no reader yet is refused.
        Assert.True(read >= 25, $"{read} files were read, {refused} refused.");
    }

    private static void Compare(List<string> wrong, string file, JsonElement entry, FileDescription description, MicroscopeFile read)
    {
        SignalDescription signal = description.Signals[0];
        string[] shapes = [.. Regex.Matches(Text(entry, "shape_rows_columns"), @"\(([^)]*)\)").Select(match => match.Groups[1].Value.TrimEnd(','))];
        string[] types = Text(entry, "dtype").Split(" | ");
        if (Text(entry, "known").Contains("JPEG-compressed pages", StringComparison.Ordinal))
        {
            // Refused for that reason; the page of raw data behind it is the one that is measured, with the pixel size of the manifest.
            Hold(wrong, file, "reason", true, signal.Reason?.Contains("JPEG compression", StringComparison.Ordinal));
            signal = description.Signals[1];
            Hold(wrong, file, "shape", shapes[1].Replace(" ", string.Empty, StringComparison.Ordinal), Shape(signal));
            HoldNear(wrong, file, "pixel width", 0.023928, signal.PixelWidthNm, 5e-7);
            HoldNear(wrong, file, "pixel height", 0.023928, signal.PixelHeightNm, 5e-7);
            return;
        }

        Hold(wrong, file, "number of signals", shapes.Length, description.Signals.Count);
        Hold(wrong, file, "shape", shapes[0].Replace(" ", string.Empty, StringComparison.Ordinal), Shape(signal));

        // RGBA with equal channels is grey, and has the type of one channel.
        bool colour = types[0].StartsWith("rgba", StringComparison.Ordinal);
        Hold(wrong, file, "type", colour ? "uint8" : types[0], signal.Type);
        (double? heightNm, double? widthNm, bool reciprocal) = PixelSize(Text(entry, "pixel_size"));
        HoldNear(wrong, file, "pixel height", heightNm, signal.PixelHeightNm, 1e-9 * (heightNm ?? 0));
        HoldNear(wrong, file, "pixel width", widthNm, signal.PixelWidthNm, 1e-9 * (widthNm ?? 0));
        Hold(wrong, file, "kind", reciprocal ? "diffraction" : types[0] == "complex64" ? "other" : "image", description.Kind);
        bool measurable = !reciprocal && types[0] != "complex64" && signal.Frames == 1;
        Hold(wrong, file, "measurable", measurable, description.Measurable);
        if (colour)
        {
            Hold(wrong, file, "corners", "1 2 3 4", string.Join(' ', signal.CornersCounts!));
            return;
        }

        // The hash is that of all pixels as stored, so it stands for minimum, maximum, corners and sum, too; those of real numbers are compared all the same.
        ManifestEntry values = ManifestEntry.Of(file);
        Hold(wrong, file, "sha256", values.Sha256, Sha256(read.Signals[0])[..values.Sha256.Length]);
        if (types[0] != "complex64")
        {
            Hold(wrong, file, "minimum", values.Min, signal.MinCounts);
            Hold(wrong, file, "maximum", values.Max, signal.MaxCounts);
            HoldNear(wrong, file, "sum", values.Sum, signal.SumCounts, 1e-9 * Math.Abs(values.Sum));
            if (signal.Frames == 1)
            {
                Hold(wrong, file, "corners", string.Join(' ', values.Corners), string.Join(' ', signal.CornersCounts!));
            }
        }
    }

    private static string Shape(SignalDescription signal) =>
        string.Create(CultureInfo.InvariantCulture, $"{(signal.Frames > 1 ? $"{signal.Frames}," : string.Empty)}{signal.HeightPx},{signal.WidthPx}");

    /// <summary>The manifest's "y unit x x unit", printed with ten digits; none where the unit is no length.</summary>
    private static (double? HeightNm, double? WidthNm, bool Reciprocal) PixelSize(string text)
    {
        IReadOnlyList<Match> sizes = [.. (IEnumerable<Match>)Regex.Matches(text.Split(" | ")[0], @"(?:^|x )(?<size>[\d.e-]+) (?<unit>[^ ]*)")];
        double?[] nm = [.. sizes.TakeLast(2).Select(size => (double?)(double.Parse(size.Groups["size"].Value, CultureInfo.InvariantCulture) * size.Groups["unit"].Value switch
        {
            "nm" => 1,
            "A" => 0.1,
            "µm" => 1000,
            _ => double.NaN,
        })).Select(size => size is double known && double.IsNaN(known) ? null : size)];
        return nm.Contains(null) ? (null, null, text.Contains("1/nm", StringComparison.Ordinal)) : (nm[0], nm[1], false);
    }

    private static void Hold<T>(List<string> wrong, string file, string what, T expected, T found)
    {
        if (!Equals(expected, found))
        {
            wrong.Add($"{file}: {what}: expected {expected}, found {found}");
        }
    }

    private static void HoldNear(List<string> wrong, string file, string what, double? expected, double? found, double tolerance)
    {
        if ((expected is null) != (found is null) || Math.Abs((expected ?? 0) - (found ?? 0)) > tolerance)
        {
            wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{file}: {what}: expected {expected}, found {found}"));
        }
    }

    private static string Text(JsonElement entry, string key) => entry.GetProperty(key).GetString() ?? string.Empty;

    private static string Sha256(Signal signal)
    {
        byte[] pixels = [.. Enumerable.Range(0, signal.FrameCount).SelectMany(frame => signal.Decode(frame).LittleEndianBytes.ToArray())];
        return Convert.ToHexStringLower(SHA256.HashData(pixels));
    }
}
