using System.Globalization;

namespace ImageAnalysis.Samples;

/// <summary>An image whose truth is known, and the file of a run that it is.</summary>
/// <param name="File">The file as in the run's tables.</param>
/// <param name="Hrtem">What is known of an HRTEM image; <c>null</c> for another.</param>
/// <param name="Haadf">What is known of a HAADF-STEM image; <c>null</c> for another.</param>
internal sealed record KnownImage(FileResult File, HrtemTruthImage? Hrtem, TruthImage? Haadf);

/// <summary>Finds the <c>truth.json</c> files below a folder, and which image of a run each entry speaks of.</summary>
internal static class TruthFolder
{
    private const string FileName = "truth.json";

    /// <summary>All images of a run whose truth is known, in the order of the run's files, with notes on what does not fit.</summary>
    /// <exception cref="InputException">There is no truth, it cannot be read, or none of it is of this run.</exception>
    public static (IReadOnlyList<KnownImage> Images, IReadOnlyList<string> Notes) Match(string path, IReadOnlyList<FileResult> files)
    {
        List<KnownImage> images = [];
        List<string> notes = [], missing = [];
        foreach (string file in Find(path))
        {
            JsonPlace root = JsonPlace.Load(file, file);
            FileRole? role = RoleOf(root);
            if (role == FileRole.Hrtem)
            {
                HrtemTruthFile truth = HrtemTruthJson.Read(root);
                foreach (HrtemTruthImage image in truth.Images)
                {
                    Add(truth.Sample, image.File, image.WidthPx, image.HeightPx, found => new KnownImage(found, image, null));
                }
            }
            else if (role == FileRole.Haadf)
            {
                TruthFile truth = TruthFileJson.Read(root);
                foreach (TruthImage image in truth.Images)
                {
                    Add(truth.Sample, image.File, image.WidthPx, image.HeightPx, found => new KnownImage(found, null, image));
                }
            }

            void Add(string sample, string name, int widthPx, int heightPx, Func<FileResult, KnownImage> known)
            {
                FileResult? found = Of(sample, name, role!.Value, files, file);
                if (found is null)
                {
                    missing.Add($"{sample}: {name}");
                    return;
                }

                if (found is { WidthPx: int w, HeightPx: int h } && (w != widthPx || h != heightPx))
                {
                    throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{file}: {name} is {widthPx} × {heightPx} px there; found {found.File} with {w} × {h} px in the results: another image of the same name?"));
                }

                if (images.Exists(image => image.File == found))
                {
                    throw new InputException($"{file}: the truth of {found.File} stands in more than one place; expected it once.");
                }

                images.Add(known(found));
            }
        }

        if (images.Count == 0)
        {
            throw new InputException($"{path}: found the truth of no image of these results{(missing.Count > 0 ? $" (it knows {missing[0]}{(missing.Count > 1 ? ", …" : string.Empty)})" : string.Empty)}; expected {FileName} files that name the same samples and image files.");
        }

        if (missing.Count > 0)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{missing.Count} images of the truth are not among the results ({missing[0]}{(missing.Count > 1 ? ", …" : string.Empty)}) and are left out."));
        }

        FileResult[] unknown = [.. files.Where(file => file.Role != FileRole.Pxrd && images.TrueForAll(image => image.File != file))];
        if (unknown.Length > 0)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{unknown.Length} images of the results have no truth ({unknown[0].File}{(unknown.Length > 1 ? ", …" : string.Empty)}) and are left out."));
        }

        return ([.. images.OrderBy(image => image.File.File, StringComparer.Ordinal)], notes);
    }

    private static string[] Find(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        if (!Directory.Exists(path))
        {
            throw new InputException($"{path}: no such folder; expected a folder with {FileName} files, such as the truth/ that ima simulate writes.");
        }

        try
        {
            string[] found = [.. Directory.EnumerateFiles(path, FileName, SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
            return found.Length > 0 ? found : throw new InputException($"{path}: found no {FileName} in it or below; expected such files, as in the truth/ that ima simulate writes.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    /// <summary>By the file's own word for its kind, else by what it says of its particles; <c>null</c> for the truth of other data.</summary>
    private static FileRole? RoleOf(JsonPlace root)
    {
        string kind = root.Find("kind")?.Text ?? string.Empty;
        if (kind.Contains("HRTEM", StringComparison.OrdinalIgnoreCase))
        {
            return FileRole.Hrtem;
        }

        if (kind.Contains("HAADF", StringComparison.OrdinalIgnoreCase))
        {
            return FileRole.Haadf;
        }

        JsonPlace? particle = root.Find("images")?.Items.SelectMany(image => image.Find("particles")?.Items ?? []).FirstOrDefault();
        return particle?.Find("label") is not null ? FileRole.Hrtem : particle?.Find("long_axis_nm") is not null ? FileRole.Haadf : null;
    }

    /// <summary>The file of that name, kind and sample; where the run calls the sample otherwise, the only one of that name and kind.</summary>
    private static FileResult? Of(string sample, string name, FileRole role, IReadOnlyList<FileResult> files, string truth)
    {
        FileResult[] named = [.. files.Where(file => file.Role == role && file.File[(file.File.LastIndexOf('/') + 1)..] == name)];
        FileResult[] same = [.. named.Where(file => file.Sample == sample)];
        FileResult[] of = same.Length > 0 ? same : named;
        return of.Length > 1
            ? throw new InputException($"{truth}: sample \"{sample}\", {name}: found {of.Length} such files in the results ({of[0].File}, {of[1].File}{(of.Length > 2 ? ", …" : string.Empty)}); expected one.")
            : of.Length == 1 ? of[0] : null;
    }
}
