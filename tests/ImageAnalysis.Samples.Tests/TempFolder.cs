namespace ImageAnalysis.Samples.Tests;

/// <summary>A folder of its own for one test, removed afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    public TempFolder() => Path = Directory.CreateTempSubdirectory("ima-test-").FullName;

    public string Path { get; }

    public string this[string below] => System.IO.Path.Combine(Path, below.Replace('/', System.IO.Path.DirectorySeparatorChar));

    /// <summary>Writes files with a little content of their own, making their folders.</summary>
    public TempFolder With(params ReadOnlySpan<string> files)
    {
        foreach (string file in files)
        {
            Write(file, file);
        }

        return this;
    }

    public string Write(string file, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[file])!);
        File.WriteAllText(this[file], text);
        return this[file];
    }

    public string Write(string file, byte[] bytes)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[file])!);
        File.WriteAllBytes(this[file], bytes);
        return this[file];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
