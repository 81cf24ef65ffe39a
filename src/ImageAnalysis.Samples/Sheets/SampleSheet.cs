namespace ImageAnalysis.Samples;

/// <summary>One sample of a run.</summary>
/// <param name="Name">Its name in every table.</param>
/// <param name="Models">Crystal models (CIF) to compare with, as written in the sheet; empty where none is given.</param>
/// <param name="PhononPerCm">Frequency of a phonon in cm⁻¹ from elsewhere, or <c>null</c>.</param>
public sealed record SheetSample(string Name, IReadOnlyList<string> Models, double? PhononPerCm);

/// <summary>One input file of a run.</summary>
/// <param name="File">The path below the root, with <c>/</c>; it names the file in every table.</param>
/// <param name="Sample">Name of the sample that it belongs to.</param>
/// <param name="Role">What it is measured for.</param>
public sealed record SheetFile(string File, string Sample, FileRole Role)
{
    /// <summary>Number of the frame to measure, from 0; <c>null</c> for a file that has one image only.</summary>
    public int? Frame { get; init; }

    /// <summary>Width of a pixel in nm by the sheet, or <c>null</c> where the sheet says nothing.</summary>
    public double? PixelWidthNm { get; init; }

    /// <summary>Height of a pixel in nm by the sheet; given wherever <see cref="PixelWidthNm"/> is.</summary>
    public double? PixelHeightNm { get; init; }

    /// <summary>True when the sheet says that the data were computed and not recorded.</summary>
    public bool Simulated { get; init; }

    /// <summary>Why it cannot even be opened (listed but not there, a folder without right of access), or <c>null</c>.</summary>
    public string? Problem { get; init; }
}

/// <summary>What a run is about: its samples and files, from a <c>samples.json</c> or from the convention of folders.</summary>
/// <param name="Root">Full path of the folder that the files are below.</param>
/// <param name="Origin">Where it comes from: the path of the sheet, or <c>folders</c>.</param>
/// <param name="Simulated">True when the sheet says that the data were computed and not recorded.</param>
/// <param name="Samples">The samples, in the sheet's order or in natural order of the folders.</param>
/// <param name="Files">The files in ordinal order of their paths; each path occurs once.</param>
/// <param name="Warnings">What a person should know, such as files that lie outside the convention.</param>
public sealed record SampleSheet(
    string Root,
    string Origin,
    bool Simulated,
    IReadOnlyList<SheetSample> Samples,
    IReadOnlyList<SheetFile> Files,
    IReadOnlyList<string> Warnings)
{
    /// <summary>The name of a sheet within a folder.</summary>
    public const string FileName = "samples.json";

    /// <summary>The tree that the convention expects, for messages.</summary>
    public const string ExampleTree = """
        ROOT/
          2nm/
            haadf/   HAADF-STEM images (.dm3 .dm4 .tif .png): particle sizes
            hrtem/   HRTEM images
            pxrd/    powder patterns
          4nm/
            haadf/   ...
        """;

    /// <summary>Reads what a run is about. A folder that holds <c>samples.json</c> is described by it alone.</summary>
    /// <param name="input">A folder, or a sheet (any file whose name ends in <c>.json</c>).</param>
    /// <param name="resultsFolder">The results folder of the run, never taken for input; <c>null</c> where there is none.</param>
    /// <returns>Samples and files.</returns>
    /// <exception cref="InputException">There is no such place, the sheet has an error, or no file of a known role is there.</exception>
    public static SampleSheet Read(string input, string? resultsFolder = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(input);
        string? results = resultsFolder is null ? null : Path.TrimEndingDirectorySeparator(Path.GetFullPath(resultsFolder));
        if (System.IO.File.Exists(input))
        {
            return input.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
                ? SheetJson.Read(Path.GetFullPath(input), input, results)
                : throw new InputException(
                    $"{input}: found a file; expected a folder or a {FileName}. To look at single files use: ima inspect \"{input}\".\n{Guidance}");
        }

        if (!Directory.Exists(input))
        {
            throw new InputException($"{input}: no such folder or file; expected a folder or a {FileName}.\n{Guidance}");
        }

        if (FileTree.ProblemOf(input) is string problem)
        {
            throw new InputException($"{input}: {problem}.");
        }

        string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(input));
        string sheet = Path.Combine(root, FileName);
        return System.IO.File.Exists(sheet)
            ? SheetJson.Read(sheet, Path.Combine(input, FileName), results)
            : FolderConvention.Read(root, input, results);
    }

    /// <summary>How to lay out a folder, for messages.</summary>
    internal static string Guidance => $"A folder to run on looks like this (names in any case), or holds a {FileName}:\n{ExampleTree}";
}
