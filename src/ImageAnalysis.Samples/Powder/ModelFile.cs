using System.Text;
using ImageAnalysis.Core;

namespace ImageAnalysis.Samples;

/// <summary>A crystal structure as read from a CIF.</summary>
/// <param name="Path">The path as given.</param>
/// <param name="Structure">The structure.</param>
/// <param name="Notes">What was assumed while reading, for people.</param>
public sealed record ModelFile(string Path, CrystalStructure Structure, IReadOnlyList<string> Notes)
{
    /// <summary>The model of Cu₂Se with all four kinds of copper sites, from which fits start where no other is named.</summary>
    public const string DefaultName = "models/cu2se-sites.cif";

    /// <summary>Reads a structure.</summary>
    /// <param name="path">The CIF.</param>
    /// <returns>The structure.</returns>
    /// <exception cref="InputException">There is no such file, or it cannot be opened.</exception>
    /// <exception cref="BadFileException">It is no CIF, or holds no structure that can be read.</exception>
    public static ModelFile Read(string path)
    {
        byte[] bytes = NamedFile.Read(path, "a crystal structure (CIF)");
        try
        {
            CrystalStructure structure = CifReader.Read(Encoding.UTF8.GetString(bytes), out IReadOnlyList<string> notes);
            return new(path, structure, notes);
        }
        catch (CifException e)
        {
            throw new BadFileException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Finds and reads the model that fits start from where no other is named.</summary>
    /// <param name="folders">Folders that may hold <see cref="DefaultName"/>, in the order in which they are looked at.</param>
    /// <returns>The structure.</returns>
    /// <exception cref="InputException">None of the folders holds it; the message names the places.</exception>
    /// <exception cref="BadFileException">It cannot be read.</exception>
    public static ModelFile ReadDefault(IEnumerable<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        string[] places = [.. folders.Select(folder => System.IO.Path.Combine(folder, DefaultName.Replace('/', System.IO.Path.DirectorySeparatorChar))).Distinct()];
        return places.FirstOrDefault(File.Exists) is string found
            ? Read(found)
            : throw new InputException($"The model for fits, {DefaultName}, was not found; looked at {string.Join(" and ", places)}. Name a model with --sites CIF.");
    }

    /// <summary>Where the default model is looked for: below the working folder, then beside the program.</summary>
    public static IReadOnlyList<string> DefaultFolders => [Directory.GetCurrentDirectory(), AppContext.BaseDirectory];
}
