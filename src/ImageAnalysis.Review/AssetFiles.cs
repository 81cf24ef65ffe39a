using System.Collections.Frozen;
using System.Reflection;

namespace ImageAnalysis.Review;

/// <summary>Scripts and styles, from within the program. A request names one of them, and nothing else can be asked for.</summary>
internal static class AssetFiles
{
    private const string Prefix = "assets/";

    private static readonly FrozenDictionary<string, (byte[] Bytes, string Type)> _files = Load();

    public static (byte[] Bytes, string Type)? Of(string name) => _files.TryGetValue(name, out (byte[], string) file) ? file : null;

    private static FrozenDictionary<string, (byte[] Bytes, string Type)> Load()
    {
        Assembly assembly = typeof(AssetFiles).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToFrozenDictionary(
            name => name[Prefix.Length..],
            name =>
            {
                using Stream stream = assembly.GetManifestResourceStream(name)!;
                using MemoryStream copy = new();
                stream.CopyTo(copy);
                string type = name.EndsWith(".js", StringComparison.Ordinal) ? "text/javascript; charset=utf-8" : name.EndsWith(".css", StringComparison.Ordinal) ? "text/css; charset=utf-8" : "image/svg+xml";
                return (copy.ToArray(), type);
            });
    }
}
