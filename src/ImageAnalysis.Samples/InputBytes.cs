namespace ImageAnalysis.Samples;

/// <summary>The bytes of an input file, or why they cannot be had.</summary>
internal static class InputBytes
{
    public static (byte[]? Bytes, string Problem) Read(string root, SheetFile file)
    {
        return file.Problem is null ? Read(Path.Combine(root, file.File.Replace('/', Path.DirectorySeparatorChar))) : (null, file.Problem);
    }

    public static (byte[]? Bytes, string Problem) Read(string path)
    {
        try
        {
            return (File.ReadAllBytes(path), string.Empty);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, "there is no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // .NET names the full path in its message; the table's own columns name the file.
            return (null, "the file cannot be opened: " + e.Message.Replace($"'{path}'", "it", StringComparison.Ordinal));
        }
    }
}
