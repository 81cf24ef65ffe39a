using System.Globalization;
using System.Text.Json;

namespace ImageAnalysis.Samples;

/// <summary>Reads a <c>samples.json</c>, version 1.</summary>
internal static class SheetJson
{
    private const string PixelSizeExpected = $"a pixel size in nm ({PixelSize.Limits}), or null";

    public static SampleSheet Read(string path, string shownAs, string? results)
    {
        JsonPlace sheet = JsonPlace.Load(path, shownAs);
        sheet.AllowKeys("version", "simulated", "samples");
        JsonPlace version = sheet.Require("version", "1");
        if (version.Kind != JsonValueKind.Number || version.Text != "1")
        {
            throw version.Wrong("1, the version of sample sheets that this program reads");
        }

        bool simulated = sheet.Find("simulated")?.AsBool() ?? false;
        string root = Path.GetDirectoryName(path)!;
        string itself = Path.GetFileName(path);
        List<TreeFile> tree = [.. FileTree.Walk(root, string.Empty, results).Where(file => file.Path != itself)];
        List<SheetSample> samples = [];
        Dictionary<string, (SheetFile File, JsonPlace Entry)> files = [];
        foreach (JsonPlace entry in sheet.Require("samples", "a list of samples").AsList("a list of samples"))
        {
            SheetSample sample = ReadSample(entry);
            if (samples.Exists(other => other.Name == sample.Name))
            {
                throw entry.Require("name", "a name").Wrong("a name that no other sample has");
            }

            samples.Add(sample);
            foreach (JsonPlace fileEntry in entry.Require("files", "a list of files").AsList("a list of files"))
            {
                foreach (SheetFile file in ReadFiles(fileEntry, sample.Name, simulated, root, tree))
                {
                    if (!files.TryAdd(file.File, (file, fileEntry)))
                    {
                        (SheetFile first, JsonPlace at) = files[file.File];
                        throw new InputException(string.Create(CultureInfo.InvariantCulture,
                            $"{fileEntry.Where}: \"{file.File}\" is listed here (sample {file.Sample}, {file.Role.Word()}) and in line {at.Line}, {at.Path} (sample {first.Sample}, {first.Role.Word()}); expected each file once. Make one of the two patterns narrower."));
                    }
                }
            }
        }

        if (files.Count == 0)
        {
            throw new InputException($"{shownAs}: found no file in any sample; expected at least one.");
        }

        SheetFile[] sorted = [.. files.Values.Select(pair => pair.File).OrderBy(file => file.File, StringComparer.Ordinal)];
        return new SampleSheet(root, shownAs, simulated, samples, sorted, []);
    }

    private static SheetSample ReadSample(JsonPlace entry)
    {
        entry.AllowKeys("name", "models", "phonon_per_cm", "files");
        JsonPlace name = entry.Require("name", "the sample's name");
        string text = name.AsText("the sample's name");
        if (text.AsSpan().ContainsAny('/', '\\') || text.Any(char.IsControl) || text.Trim() != text || text is "." or "..")
        {
            throw name.Wrong("a name without slashes, control characters and spaces at its ends");
        }

        IReadOnlyList<JsonPlace> models = entry.Find("models")?.AsList("a list of paths of CIF files") ?? [];
        return new SheetSample(
            text,
            [.. models.Select(model => model.AsText("the path of a CIF file"))],
            entry.Find("phonon_per_cm")?.AsPositive("a frequency above 0 in cm⁻¹, or null"));
    }

    private static List<SheetFile> ReadFiles(JsonPlace entry, string sample, bool simulated, string root, List<TreeFile> tree)
    {
        entry.AllowKeys("path", "role", "frame", "pixel_width_nm", "pixel_height_nm");
        JsonPlace path = entry.Require("path", "a path, where * ? ** are wildcards");
        JsonPlace role = entry.Require("role", FileRoles.Words);
        double? widthNm = entry.Find("pixel_width_nm")?.AsPositive(PixelSizeExpected);
        double? heightNm = entry.Find("pixel_height_nm")?.AsPositive(PixelSizeExpected);
        if (widthNm is null && heightNm is not null)
        {
            throw new InputException($"{entry.Where}: found pixel_height_nm without pixel_width_nm; expected both, or the width alone for square pixels.");
        }

        if (widthNm is double width && !PixelSize.IsCredible(width, heightNm ?? width))
        {
            throw new InputException($"{entry.Where}: found a pixel of {entry.Find("pixel_width_nm")!.Shown}{(entry.Find("pixel_height_nm") is JsonPlace height ? $" × {height.Shown}" : string.Empty)} nm; expected {PixelSizeExpected}.");
        }

        SheetFile template = new(string.Empty, sample, FileRoles.Parse(role.AsText(FileRoles.Words)) ?? throw role.Wrong(FileRoles.Words))
        {
            Frame = entry.Find("frame")?.AsWhole(0, int.MaxValue, "the number of a frame from 0, or null for a file with one image"),
            PixelWidthNm = widthNm,
            PixelHeightNm = heightNm ?? widthNm,
            Simulated = simulated,
        };
        string pattern = Normalised(path);
        return GlobPattern.HasWildcards(pattern)
            ? [.. Matching(path, pattern, tree).Select(file => template with { File = file.Path, Problem = file.Problem })]
            : [template with { File = pattern, Problem = ProblemOf(path, pattern, root) }];
    }

    /// <summary>The path with <c>/</c>, held to be below the sheet's folder.</summary>
    private static string Normalised(JsonPlace path)
    {
        string text = path.AsText("a path below the sheet's folder").Replace('\\', '/');
        string[] parts = [.. text.Split('/').Where(part => part != ".")];
        bool rooted = text.StartsWith('/') || (text.Length > 1 && text[1] == ':');
        return rooted || parts.Any(part => part is ".." or "")
            ? throw path.Wrong("a path below the sheet's folder, without \"..\", drive or leading slash")
            : string.Join('/', parts);
    }

    private static List<TreeFile> Matching(JsonPlace path, string pattern, List<TreeFile> tree)
    {
        GlobPattern glob = new(pattern);
        List<TreeFile> found = tree.FindAll(file => glob.Matches(file.Path));
        return found.Count > 0 ? found : throw new InputException(
            $"{path.Where}: no file matches \"{pattern}\"; expected at least one below {Path.GetDirectoryName(path.File) switch { null or "" => "the sheet's folder", string folder => folder }} "
            + $"(* any characters within a name, ? one, ** any folders). {Nearby(pattern, tree)}");
    }

    /// <summary>What lies in the pattern's folder, to help with a slip of the pen.</summary>
    private static string Nearby(string pattern, List<TreeFile> tree)
    {
        string folder = pattern[..(pattern.IndexOfAny(['*', '?']) is int wild && pattern.LastIndexOf('/', wild) is var slash && slash >= 0 ? slash + 1 : 0)];
        string[] there = [.. tree.Where(file => file.Path.StartsWith(folder, StringComparison.OrdinalIgnoreCase)).Select(file => file.Path).Take(4)];
        return there.Length == 0
            ? $"There is nothing in \"{folder}\"."
            : $"There is: {string.Join(", ", there.Take(3))}{(there.Length > 3 ? ", …" : string.Empty)}.";
    }

    /// <summary>A file named without wildcards: one that is not there is kept, and becomes a bad file of its own.</summary>
    private static string? ProblemOf(JsonPlace path, string name, string root)
    {
        string full = Path.Combine(root, name.Replace('/', Path.DirectorySeparatorChar));
        return File.Exists(full) ? null
            : Directory.Exists(full) ? $"{path.Where} lists a folder; expected a file, or a pattern such as \"{name.TrimEnd('/')}/*\""
            : $"{path.Where} lists this file, but it is not there";
    }
}
