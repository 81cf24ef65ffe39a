using ImageAnalysis.Formats;

namespace ImageAnalysis.Samples;

/// <summary>What <c>ima inspect</c> found in a file: its description, or why it cannot be read.</summary>
/// <param name="Path">The path as given.</param>
/// <param name="Description">What the file holds, or <c>null</c> where it cannot be read.</param>
/// <param name="Format">Name of the format as far as it was recognised, or <c>null</c>.</param>
/// <param name="Error">Why it cannot be read, or <c>null</c>.</param>
public sealed record FileInspection(string Path, FileDescription? Description, string? Format, string? Error)
{
    /// <summary>Reads a file and describes it. Nothing that is wrong with the file is thrown.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The description or the error.</returns>
    public static FileInspection Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (string.IsNullOrWhiteSpace(path))
        {
            return new FileInspection(path, null, null, "an empty name; expected the path of a file");
        }

        if (Directory.Exists(path))
        {
            return new FileInspection(path, null, null, "this is a folder; name files, or measure the folder with: ima run");
        }

        (byte[]? bytes, string problem) = InputBytes.Read(path);
        if (bytes is null)
        {
            return new FileInspection(path, null, null, problem);
        }

        try
        {
            FileDescription description = FileDescriber.Describe(path, FileReader.Read(bytes, path));
            return new FileInspection(path, description, description.Format, null);
        }
        catch (MicroscopeFileException e)
        {
            return new FileInspection(path, null, e.Format, e.Message);
        }
    }
}
