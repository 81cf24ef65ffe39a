using System.Globalization;
using System.Text.RegularExpressions;
using ImageAnalysis.Formats.Png;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Cli.Tests;

public sealed class CalibrateCommandTests : IDisposable
{
    private const int Side = 256;

    private readonly string _folder = Directory.CreateTempSubdirectory("ima-calibrate-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Calibrate_DrawnCrystal_GivesThePixelSizeItWasDrawnWith_AndChangesNothing()
    {
        // Drawn along [001] with {200} of 2.039 Å in 0.0206 × 0.0194 nm pixels; the file says 0.02 nm: 3 % too little in width, 3 % too much in height.
        string image = Write("gold.png", Crossed(0.0206, 0.0194), nominalNm: 0.02);
        byte[] before = File.ReadAllBytes(image);

        CapturedTerminal shown = CapturedTerminal.Run("calibrate", image, "--crystal", Gold());

        Assert.Equal((0, ""), (shown.Code, shown.Err));
        Match match = Regex.Match(shown.Out, "\"pixel_width_nm\": ([0-9.]+), \"pixel_height_nm\": ([0-9.]+)");
        Assert.InRange(double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), 0.0206 * 0.995, 0.0206 * 1.005);
        Assert.InRange(double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture), 0.0194 * 0.995, 0.0194 * 1.005);
        Assert.Matches(@"difference\s+width \+[23]\.\d ± \d\.\d %, height -[23]\.\d ± \d\.\d %", shown.Out);
        Assert.Contains("along [0 0 1]", shown.Out, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(image));
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void Calibrate_FileWithoutLatticeOrNoImage_Is3AndTheOthersAreShown()
    {
        string noise = Write("noise.png", (_, _) => 0, nominalNm: 0.02), good = Write("gold.png", Crossed(0.02, 0.02), nominalNm: 0.02), text = Path.Combine(_folder, "a.txt");
        File.WriteAllText(text, "no image");

        CapturedTerminal shown = CapturedTerminal.Run("calibrate", noise, text, good, Path.Combine(_folder, "none.dm3"), "--crystal", Gold());

        Assert.Equal(3, shown.Code);
        Assert.Contains("noise.png: no crystal in it shows planes of the known cell in two directions", shown.Err, StringComparison.Ordinal);
        Assert.Contains("a.txt: ", shown.Err, StringComparison.Ordinal);
        Assert.Contains("none.dm3: there is no such file", shown.Err, StringComparison.Ordinal);
        Assert.Contains("gold.png", shown.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, "calibrate", "x.png")]
    [InlineData(64, "calibrate", "x.png", "--crystal", "none.cif")]
    [InlineData(64, "calibrate", "--crystal", "none.cif")]
    [InlineData(64, "calibrate", "x.png", "--crystal", "none.cif", "--pixel-nm", "0,02")]
    public void Calibrate_WrongUsage_Is64(int code, params string[] args) => Assert.Equal(code, CapturedTerminal.Run(args).Code);

    [Fact]
    public void Calibrate_CifThatIsNone_Is3()
    {
        string cif = Path.Combine(_folder, "bad.cif");
        File.WriteAllText(cif, "no structure");

        CapturedTerminal shown = CapturedTerminal.Run("calibrate", "x.png", "--crystal", cif);

        Assert.Equal(3, shown.Code);
        Assert.Contains("bad.cif", shown.Err, StringComparison.Ordinal);
    }

    private static Func<int, int, double> Crossed(double widthNm, double heightNm) => (x, y) =>
    {
        // Two sets of planes at right angles, turned by 20°.
        const double spacingNm = 0.2039;
        (double sin, double cos) = Math.SinCos(20 * Math.PI / 180);
        double px = x * widthNm, py = y * heightNm;
        return 100 * (Math.Cos(2 * Math.PI * ((px * cos) + (py * sin)) / spacingNm) + Math.Cos(2 * Math.PI * ((py * cos) - (px * sin)) / spacingNm));
    };

    private string Write(string name, Func<int, int, double> wave, double nominalNm)
    {
        Random random = new(4);
        ushort[] pixels = [.. Enumerable.Range(0, Side * Side).Select(i => (ushort)Math.Round(1000 + wave(i % Side, i / Side) + (60 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5))))];
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, PngWriter.Write(new Raster<ushort>(Side, Side, pixels), new Calibration(nominalNm, nominalNm, new CalibrationSource(CalibrationOrigin.Metadata, "test"))));
        return path;
    }

    private string Gold()
    {
        string path = Path.Combine(_folder, "gold.cif");
        File.WriteAllText(path, """
            data_Au
            _cell_length_a 4.078
            _cell_length_b 4.078
            _cell_length_c 4.078
            _cell_angle_alpha 90
            _cell_angle_beta 90
            _cell_angle_gamma 90
            _symmetry_space_group_name_H-M 'F m -3 m'
            loop_
            _atom_site_label
            _atom_site_type_symbol
            _atom_site_fract_x
            _atom_site_fract_y
            _atom_site_fract_z
            Au1 Au 0 0 0

            """);
        return path;
    }
}
