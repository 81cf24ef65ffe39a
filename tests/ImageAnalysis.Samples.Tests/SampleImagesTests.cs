using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ImageAnalysis.Formats;
using ImageAnalysis.Simulation;
using ImageAnalysis.Tests;

namespace ImageAnalysis.Samples.Tests;

/// <summary>The data set that comes with the program is what its recipe says.</summary>
public class SampleImagesTests
{
    /// <summary>What the zlib that the sample images were written with makes of a certain text.</summary>
    private const string ZlibMark = "1AA01A65EBBDC2D5";

    private static string Root => RepositoryFolder.PathOf("sample-images");

    [Fact]
    public void SampleImages_Files_AreThoseOfTheRecipe()
    {
        Recipe recipe = Recipe.Load(Path.Combine(Root, "recipe.json"));
        RecipeSampleFiles[] samples = [.. recipe.Samples.Select(sample => new RecipeSampleFiles(sample))];
        string[] expected = [.. samples.SelectMany(sample => sample.Files.Select(file => file.Path).Concat(
            sample.Files.Select(file => file.Role).Distinct().Select(role => $"truth/{sample.Recipe.Name}/{role.Word()}/truth.json")))];

        Assert.Equal(expected.Concat(["README.md", "recipe.json", "samples.json"]).Order(StringComparer.Ordinal), FilesBelow(Root));
    }

    [Theory]
    [InlineData("2nm/haadf/2nm_haadf_01.tif")]
    [InlineData("4nm/haadf/4nm_haadf_02.tif")]
    [InlineData("6nm/haadf/6nm_haadf_03.tif")]
    [InlineData("2nm/hrtem/2nm_hrtem_02.dm3")]
    [InlineData("4nm/hrtem/4nm_hrtem_04.tif")]
    [InlineData("6nm/pxrd/6nm_pxrd_01.ras")]
    public void SampleImages_FileMadeAgain_IsTheSame(string path)
    {
        Recipe recipe = Recipe.Load(Path.Combine(Root, "recipe.json"));
        RecipeFile file = recipe.Samples.SelectMany(sample => new RecipeSampleFiles(sample).Files).Single(file => file.Path == path);
        byte[] kept = File.ReadAllBytes(Path.Combine(Root, path)), again = file.Make();
        if (kept.AsSpan().SequenceEqual(again))
        {
            return;
        }

        switch (file.Role)
        {
            case FileRole.Haadf:
                // Another version of the runtime may compress otherwise; what is stored has to be the same.
                Assert.False(IsSameZlib(), $"{path} differs from what the recipe gives.");
                Assert.Equal(Decoded(kept, path), Decoded(again, path));
                break;
            case FileRole.Hrtem:
                // Sines that differ in their last digit between systems change a draw here and there, and with it the rest of a row of some hundred pixels and what the scintillator spreads to its neighbours.
                ushort[] before = Counts(kept, path), after = Counts(again, path);
                Assert.Equal(before.Length, after.Length);
                Assert.InRange(before.Zip(after).Count(pair => pair.First != pair.Second) / (double)before.Length, 0, 0.05);
                break;
            default:
                // Counts are drawn one after the other: where one differs, those behind it may be another draw of the same pattern. Twice the variance of a count, 1251 points: χ² = 2502 ± 100.
                double[] first = Pattern(kept, path), second = Pattern(again, path);
                Assert.InRange(first.Zip(second, (a, b) => (a - b) * (a - b) / Math.Max(1, 0.5 * (a + b))).Sum(), 0, 2502 + 500);
                break;
        }
    }

    [Theory]
    [InlineData("2nm", 0)]
    [InlineData("4nm", 3)]
    [InlineData("6nm", 24)]
    public void SampleImages_Hrtem_Show30ParticlesOfWhichThePapersNumbersAreOrdered(string sample, int ordered)
    {
        HrtemTruthFile truth = HrtemTruthFile.Load(Path.Combine(Root, "truth", sample, "hrtem", "truth.json"));

        Assert.True(truth.Simulated);
        Assert.Equal((ordered, 30 - ordered), (truth.Count(LatticeLabel.Ordered), truth.Count(LatticeLabel.Regular)));
        Assert.InRange(truth.Count(LatticeLabel.NoFringe), 3, 8);
        Assert.All(truth.Particles.Where(p => p.Label == LatticeLabel.Ordered), p => Assert.True(p.ObservableSuperlattice));
    }

    [Fact]
    public void SampleImages_Patterns_SayThatTheyAreSimulated()
    {
        foreach (string sample in (string[])["2nm", "4nm", "6nm"])
        {
            string name = $"{sample}_pxrd_01.ras";
            Assert.True(FileReader.Read(File.ReadAllBytes(Path.Combine(Root, sample, "pxrd", name)), name).Signals[0].Pattern!.IsSimulated);
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
    public void SampleImages_Folder_IsAtMost40Megabytes() =>
        Assert.InRange(new DirectoryInfo(Root).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length), 1, 40_000_000);

    private static string[] FilesBelow(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private static ushort[] Counts(byte[] bytes, string name) =>
        MemoryMarshal.Cast<byte, ushort>(Assert.Single(FileReader.Read(bytes, name).Signals).Decode(0).LittleEndianBytes.Span).ToArray();

    private static double[] Pattern(byte[] bytes, string name) => [.. Assert.Single(FileReader.Read(bytes, name).Signals).Pattern!.IntensityCounts];

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
