using System.Text;
using ImageAnalysis.Core;

namespace ImageAnalysis.Samples;

/// <summary>Finds and reads the structures that powder patterns are fitted with.</summary>
public static class CrystalModels
{
    /// <summary>The model that is used where none is named: Cu₂Se with all four kinds of copper sites.</summary>
    public const string DefaultName = ModelFile.DefaultName;

    /// <summary>Reads a model from its file; one that comes with the program (<c>models/NAME.cif</c>) is found also where no such file is.</summary>
    /// <param name="folder">Folder that the path is relative to.</param>
    /// <param name="path">The path of a CIF file, or the name of a model that comes with the program.</param>
    /// <returns>The model.</returns>
    /// <exception cref="InputException">There is no such file or model, or it is no structure that can be read.</exception>
    public static CrystalModel Read(string folder, string path)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string full = Path.Combine(folder, path.Replace('/', Path.DirectorySeparatorChar));
        (byte[]? bytes, string problem) = InputBytes.Read(full);
        bytes ??= BuiltIn(path);
        if (bytes is null)
        {
            throw new InputException($"{path}: {problem} in {folder}; expected the path of a CIF file, or one that comes with the program: {string.Join(", ", BuiltInNames())}.");
        }

        try
        {
            return new CrystalModel(path, StageKey.HashOf(bytes), CifReader.Read(Encoding.UTF8.GetString(bytes)));
        }
        catch (CifException e)
        {
            throw new InputException($"{path}: {e.Message}", e);
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
