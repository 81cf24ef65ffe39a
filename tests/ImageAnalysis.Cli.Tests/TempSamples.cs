using System.Globalization;
using ImageAnalysis.Formats.Png;
using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;
using ImageAnalysis.Tests;

namespace ImageAnalysis.Cli.Tests;

/// <summary>A folder with samples of small drawn images, and a name for its results; removed after the test.</summary>
internal sealed class TempSamples : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ima-cli-").FullName;

    public TempSamples(int images)
    {
        for (int i = 0; i < images; i++)
        {
            Write(Name(i), Image(i));
        }
    }

    public string Root => Path.Combine(_folder, "data");

    public string Results => Path.Combine(_folder, "results");

    public static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"s/haadf/{i:D2}.png");

    public string Write(string file, byte[] bytes)
    {
        string path = Path.Combine(Root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public byte[] Result(string file) => File.ReadAllBytes(Path.Combine(Results, file));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>320 × 320 px of 0.025 nm with one drawn crystal of 4 nm: fringes of 0.3375 nm and their half order.</summary>
    public static byte[] LatticeImage(int seed) => PngWriter.Write(
        new Raster<ushort>(320, 320, DrawnLattice.Pixels(320, seed, new LatticeDisc(160, 150, 160, 35, Verdict.Superstructure))),
        new Calibration(DrawnLattice.PixelNm, DrawnLattice.PixelNm, new CalibrationSource(CalibrationOrigin.Metadata, "test")));

    /// <summary>96 × 96 px of 0.1 nm with noise and four blurred discs of 14 to 18 px diameter; every seed has its own bytes.</summary>
    public static byte[] Image(int seed)
    {
        const int side = 96;
        Random random = new(seed);
        ushort[] pixels = new ushort[side * side];
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                double value = 1000 + (20 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5));
                for (int disc = 0; disc < 4; disc++)
                {
                    double dx = x - 26 - (44 * (disc % 2)) - (seed % 5), dy = y - 26 - (44 * (disc / 2)), radius = 7 + (0.5 * disc);
                    value += 2000 / (1 + Math.Exp((Math.Sqrt((dx * dx) + (dy * dy)) - radius) / 0.6));
                }

                pixels[(y * side) + x] = (ushort)Math.Round(value);
            }
        }

        return PngWriter.Write(new Raster<ushort>(side, side, pixels), new Calibration(0.1, 0.1, new CalibrationSource(CalibrationOrigin.Metadata, "test")));
    }
}
