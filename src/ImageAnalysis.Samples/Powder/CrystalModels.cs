using System.Text;
using ImageAnalysis.Core;

namespace ImageAnalysis.Samples;

/// <summary>Finds and reads the structures that powder patterns are simulated from and fitted with: for a run and for single files in the same way.</summary>
public static class CrystalModels
{
    /// <summary>The model that is used where none is named: Cu₂Se with all four kinds of copper sites.</summary>
    public const string DefaultName = "models/cu2se-sites.cif";

    /// <summary>Reads a model from its file; one that comes with the program (<c>models/NAME.cif</c>) is found also where no such file is.</summary>
    /// <param name="folder">Folder that the path is relative to.</param>
    /// <param name="path">The path of a CIF file, or the name of a model that comes with the program.</param>
    /// <returns>The model.</returns>
    /// <exception cref="InputException">There is no such file or model, or it cannot be opened.</exception>
    /// <exception cref="BadFileException">It is no CIF, or holds no structure that can be read.</exception>
    public static CrystalModel Read(string folder, string path)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string full = Path.Combine(folder, path.Replace('/', Path.DirectorySeparatorChar));
        (byte[]? bytes, string problem) = InputBytes.Read(full);
        bytes ??= File.Exists(full) || Directory.Exists(full) ? null : BuiltIn(path);
        if (bytes is null)
        {
            throw Directory.Exists(full)
                ? new InputException($"{path}: found a folder; expected a crystal structure (CIF).")
                : new InputException($"{path}: {problem} in {folder}; expected the path of a CIF file, or one that comes with the program: {string.Join(", ", BuiltInNames())}.");
        }

        try
        {
            CrystalStructure structure = CifReader.Read(Encoding.UTF8.GetString(bytes), out IReadOnlyList<string> notes);
            return new CrystalModel(path, StageKey.HashOf(bytes), structure, notes);
        }
        catch (CifException e)
        {
            throw new BadFileException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>The models of every sample that has powder patterns: those that the sheet names, else the default.</summary>
    internal static Dictionary<string, IReadOnlyList<CrystalModel>> Of(SampleSheet sheet)
    {
        HashSet<string> withPattern = [.. sheet.Files.Where(file => file.Role == FileRole.Pxrd).Select(file => file.Sample)];
        return sheet.Samples.Where(sample => withPattern.Contains(sample.Name)).ToDictionary(
            sample => sample.Name,
            sample => (IReadOnlyList<CrystalModel>)[.. (sample.Models.Count == 0 ? [DefaultName] : sample.Models).Distinct().Select(path => Read(sheet.Root, path))]);
    }

    private static byte[]? BuiltIn(string path)
    {
        using Stream? stream = typeof(CrystalModels).Assembly.GetManifestResourceStream(path.Replace('\\', '/'));
        if (stream is null)
        {
            return null;
        }

        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static IEnumerable<string> BuiltInNames() => typeof(CrystalModels).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".cif", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
