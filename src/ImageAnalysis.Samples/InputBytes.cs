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
            // What stands for bytes that are no text is not what the file system knows.
            return (null, path.Contains('\uFFFD', StringComparison.Ordinal) ? "its name is not valid Unicode (UTF-8), so it cannot be opened; rename the file" : "there is no such file");
        }
        catch (UnauthorizedAccessException)
        {
            return (null, "the file cannot be opened: access is denied");
        }
        catch (IOException e)
        {
            // .NET names the full path in its message; the table's own columns name the file.
            return (null, "the file cannot be read: " + e.Message.Replace($" : '{path}'", string.Empty, StringComparison.Ordinal).Replace($"'{path}'", "it", StringComparison.Ordinal));
        }
    }
}
