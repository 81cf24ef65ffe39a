using System.IO.Compression;
using System.Security.Cryptography;
using ImageAnalysis.Formats;
using ImageAnalysis.Tests;

namespace ImageAnalysis.Samples.Tests;

/// <summary>The data set that comes with the program is what its recipe says.</summary>
public class SampleImagesTests
{
    /// <summary>What the zlib that the sample images were written with makes of a certain text.</summary>
    private const string ZlibMark = "1AA01A65EBBDC2D5";

    private static string Root => RepositoryFolder.PathOf("sample-images");

    [Fact]
    public void SampleImages_MadeAgain_AreTheSame()
    {
        using TempFolder folder = new();
        RecipeRun.Write(Path.Combine(Root, "recipe.json"), folder.Path, null, default);
        string[] made = FilesBelow(folder.Path);

        Assert.Equal(made.Append("README.md").Order(StringComparer.Ordinal), FilesBelow(Root));
        foreach (string file in made)
        {
            byte[] kept = File.ReadAllBytes(Path.Combine(Root, file)), again = File.ReadAllBytes(folder[file]);
            if (file.EndsWith(".tif", StringComparison.Ordinal) && !IsSameZlib())
            {
                // Another version of the runtime may compress otherwise; what is stored has to be the same.
                Assert.Equal(Decoded(kept, file), Decoded(again, file));
            }
            else
            {
                Assert.True(kept.AsSpan().SequenceEqual(again), $"{file} differs from what the recipe gives.");
            }
        }
    }

    [Theory]
    [InlineData("2nm", 2.1, 0.3)]
    [InlineData("4nm", 4.0, 0.45)]
    [InlineData("6nm", 6.0, 0.55)]
    public void SampleImages_EachSample_HasAtLeast300WholeParticlesOfItsSize(string sample, double meanNm, double sdNm)
    {
        TruthFile truth = TruthFile.Load(Path.Combine(Root, "truth", sample, "haadf", "truth.json"));

        // n of 300 or more: standard errors sd/√300 and sd/√600, three of each.
        Assert.True(truth.Simulated);
        Assert.InRange(truth.Inside.Count, 300, 500);
        Assert.Equal(meanNm, truth.Inside.MeanNm!.Value, 3 * sdNm / Math.Sqrt(300));
        Assert.Equal(sdNm, truth.Inside.SdNm!.Value, 3 * sdNm / Math.Sqrt(600));
    }

    [Fact]
    public void SampleImages_Folder_IsAtMost15Megabytes() =>
        Assert.InRange(new DirectoryInfo(Root).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length), 1, 15_000_000);

    private static string[] FilesBelow(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private static string Decoded(byte[] bytes, string name)
    {
        MicroscopeFile file = FileReader.Read(bytes, name);
        Signal signal = Assert.Single(file.Signals);
        string hash = Convert.ToHexString(SHA256.HashData(signal.Decode(0).LittleEndianBytes.Span));
        return $"{signal.WidthPx} {signal.HeightPx} {signal.Type} {signal.Calibration} {signal.Acquisition.Simulated} {hash} "
            + string.Join('\n', file.RawTags.Where(tag => tag.Value.Contains("simulated", StringComparison.Ordinal)));
    }

    private static bool IsSameZlib()
    {
        // 100,000 bytes of a linear congruence, a third of them zero: literals, matches and several blocks.
        byte[] text = new byte[100_000];
        uint state = 1;
        for (int i = 0; i < text.Length; i++)
        {
            state = (state * 1664525) + 1013904223;
            text[i] = i % 3 == 0 ? (byte)0 : (byte)(state >> 27);
        }

        using MemoryStream compressed = new();
        using (ZLibStream deflate = new(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(text);
        }

        return Convert.ToHexString(SHA256.HashData(compressed.ToArray()))[..16] == ZlibMark;
    }
}
