namespace ImageAnalysis.Samples;

/// <summary>Reads a folder laid out as <c>ROOT/&lt;sample&gt;/{haadf,hrtem,pxrd}/**</c>, names in any case.</summary>
internal static class FolderConvention
{
    private const int NamesShown = 3;

    public static SampleSheet Read(string root, string shownAs, string? results)
    {
        List<SheetSample> samples = [];
        List<SheetFile> files = [];
        List<string> strays = FileTree.FilesIn(root, string.Empty);
        List<string> folders = FileTree.Folders(root, results);
        List<string> closed = [];
        foreach (string sample in folders)
        {
            if (FileTree.ProblemOf(Path.Combine(root, sample)) is string problem)
            {
                closed.Add($"{sample}: {problem}; nothing in it was measured.");
                continue;
            }

            List<SheetFile> own = [];
            foreach (string folder in FileTree.Folders(Path.Combine(root, sample), results))
            {
                List<TreeFile> inside = FileTree.Walk(root, $"{sample}/{folder}", results);
                if (FileRoles.Parse(folder) is FileRole role)
                {
                    own.AddRange(inside.Select(file => new SheetFile(file.Path, sample, role) { Problem = file.Problem }));
                }
                else
                {
                    strays.AddRange(inside.Select(file => file.Path));
                }
            }

            strays.AddRange(FileTree.FilesIn(root, sample));
            if (own.Count > 0)
            {
                samples.Add(new SheetSample(sample, [], null));
                files.AddRange(own);
            }
        }

        if (files.Count == 0)
        {
            throw new InputException($"{shownAs}: {WhatWasFound(root, folders, strays, results)}\n{SampleSheet.Guidance}");
        }

        files.Sort((a, b) => string.CompareOrdinal(a.File, b.File));
        return new SampleSheet(root, "folders", Simulated: false, samples, files, [.. closed, .. StrayWarnings(strays)]);
    }

    private static List<string> StrayWarnings(List<string> strays)
    {
        if (strays.Count == 0)
        {
            return [];
        }

        strays.Sort(string.CompareOrdinal);
        (string what, string was) = strays.Count == 1 ? ("1 file lies", "was") : ($"{strays.Count} files lie", "were");
        return [$"{what} outside the folders haadf/, hrtem/ and pxrd/ of a sample and {was} not read ({Listed(strays)}). Move what is data to ROOT/<sample>/haadf/ and so on, or list it in a {SampleSheet.FileName}."];
    }

    private static string WhatWasFound(string root, List<string> folders, List<string> strays, string? results)
    {
        if (folders.Exists(name => FileRoles.Parse(name) is not null))
        {
            string parent = Path.GetFileName(root);
            return $"found {Listed([.. folders.Where(name => FileRoles.Parse(name) is not null).Select(name => name + "/")])} directly in it; expected one folder a sample above them. "
                + $"If \"{parent}\" is a sample, run on the folder that holds it.";
        }

        string? deeper = folders
            .Where(name => FileTree.ProblemOf(Path.Combine(root, name)) is null)
            .SelectMany(name => FileTree.Walk(root, name, results))
            .Select(file => file.Path.Split('/'))
            .Where(parts => parts.Length > 4 && parts[2..^1].Any(part => FileRoles.Parse(part) is not null))
            .Select(parts => string.Join('/', parts[..(Array.FindIndex(parts, 2, part => FileRoles.Parse(part) is not null) - 1)]))
            .FirstOrDefault();
        if (deeper is not null)
        {
            return $"found no sample in it, but folders of samples deeper down; run on \"{deeper}\" below it.";
        }

        return strays.Count == 0
            ? "found no input file in it; expected at least one below ROOT/<sample>/haadf/, hrtem/ or pxrd/."
            : $"found {strays.Count} file{(strays.Count == 1 ? string.Empty : "s")} ({Listed(strays)}), none of them in a folder haadf/, hrtem/ or pxrd/ of a sample.";
    }

    private static string Listed(List<string> names) =>
        string.Join(", ", names.Take(NamesShown)) + (names.Count > NamesShown ? ", …" : string.Empty);
}
