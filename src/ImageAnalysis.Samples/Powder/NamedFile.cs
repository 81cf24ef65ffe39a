namespace ImageAnalysis.Samples;

/// <summary>Files that a person named one by one: reading them, and writing results beside one another.</summary>
public static class NamedFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="what">What it should be, for the message, such as <c>a powder pattern</c>.</param>
    /// <returns>All its bytes.</returns>
    /// <exception cref="InputException">There is no such file, it is a folder, or it cannot be opened.</exception>
    public static byte[] Read(string path, string what)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw new InputException($"{path}: found a folder; expected {what}.");
        }

        (byte[]? bytes, string problem) = InputBytes.Read(path);
        return bytes ?? throw new InputException($"{path}: {problem}; expected {what}.");
    }

    /// <summary>Writes a file as a whole or not at all; its folder is made where it is missing.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="content">All its bytes.</param>
    /// <exception cref="InputException">It cannot be written.</exception>
    public static void Write(string path, byte[] content)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string draft = path + ".new";
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is string folder)
            {
                Directory.CreateDirectory(folder);
            }

            File.WriteAllBytes(draft, content);
            File.Move(draft, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Refuses to write over a file that is read.</summary>
    /// <param name="output">Path to be written.</param>
    /// <param name="inputs">Paths that are read.</param>
    /// <exception cref="InputException">The output is one of the inputs.</exception>
    public static void RefuseOverwriting(string output, IEnumerable<string> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        StringComparison sameName = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (inputs.Any(input => string.Equals(Path.GetFullPath(input), Path.GetFullPath(output), sameName)))
        {
            throw new InputException($"{output}: this file is read; expected another name for the result, which would overwrite it.");
        }
    }
}
