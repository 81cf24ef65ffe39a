using System.CommandLine;
using System.Globalization;
using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Cli;

/// <summary><c>ima calibrate</c>: the pixel size of images of a known crystal.</summary>
internal static class CalibrateCommand
{
    private const string About = "Measure the pixel size of lattice images by a crystal of known cell.";

    private const string More = """
        Every length stands on the pixel size, and those in files are off by 2-6 %,
        not the same in x and y. An image of a crystal whose cell is known tells the
        true one: its spots are named as planes of the cell, and width and height of
        the pixel are fitted to all of them. The crystal must show planes in two
        directions.

        What comes out: width and height in nm ± one standard deviation (the cell is
        taken as exact and the crystal as unstrained), how far the file's are off, and
        what to write into samples.json. Nothing is changed and nothing is applied: a
        calibration that holds for other images is your decision. Where other namings
        of the spots fit nearly as well, their pixel sizes are listed too.

        Examples:
          ima calibrate gold.dm3 --crystal gold.cif
          ima calibrate si/*.tif --crystal silicon.cif
          ima calibrate scan.png --crystal silicon.cif --pixel-nm 0.02

        Exit codes:
          0 all measured   3 some could not be   2 bug   64 wrong usage
        """;

    private const double LeastShearDeg = 0.3;

    /// <summary>Makes the command.</summary>
    public static Command Make(Terminal terminal)
    {
        Argument<string[]> files = new("FILE") { Description = "Lattice images (DM3, DM4, TIFF, PNG).", Arity = ArgumentArity.OneOrMore };
        Option<string> crystal = new("--crystal") { Description = "Structure of the known crystal.", HelpName = "CIF", Required = true };
        Option<(double WidthNm, double HeightNm)?> pixel = RunCommand.Pixel("Size of a pixel in nm to begin with, in place of the file's: X, or X,Y. It decides between namings of the spots, and hardly moves the result.");
        Option<int?> frame = new("--frame") { Description = "Which frame of a stack, from 0.", HelpName = "N" };
        TaughtCommand command = new("calibrate", About, More) { files.Named(), crystal.Named(), pixel, frame };
        command.SetAction(parsed =>
        {
            KnownCrystal ruler = ImageScale.Ruler(parsed.GetValue(crystal)!);
            List<ImageScale> found = [];
            foreach (string file in parsed.GetValue(files)!)
            {
                ImageScale scale = ImageScale.Measure(file, ruler, new FringeOptions(), parsed.GetValue(frame), parsed.GetValue(pixel));
                found.Add(scale);
                Show(terminal, ruler, scale);
            }

            return found.Exists(scale => scale.Scale is null) ? ExitCode.SomeFilesBad : ExitCode.Done;
        });
        return command;
    }

    private static void Show(Terminal terminal, KnownCrystal ruler, ImageScale image)
    {
        if (image.Scale is not LatticeScale scale)
        {
            terminal.Err.WriteLine(Printable.Line($"{image.File}: {image.Problem}"));
            return;
        }

        TextWriter output = terminal.Out;
        output.WriteLine(Printable.Line(image.File + (image.Simulated ? "  (simulated)" : string.Empty)));
        Row("crystal", string.Create(CultureInfo.InvariantCulture,
            $"{ruler.Name} along {string.Join(", ", scale.Zones)}; {scale.SpotCount} spots{(scale.CrystalCount > 1 ? $" of {scale.CrystalCount} crystals" : string.Empty)}, {scale.UnexplainedCount} unexplained, misfit {100 * scale.MisfitFraction:0.00} %"));
        Row("pixel before", image.Nominal is Calibration nominal
            ? string.Create(CultureInfo.InvariantCulture, $"{nominal.PixelWidthNm:G6} × {nominal.PixelHeightNm:G6} nm ({nominal.Source})")
            : "not known");
        Row("by the crystal", $"{Measured(scale.PixelWidthNm, scale.PixelWidthSigmaNm)} × {Measured(scale.PixelHeightNm, scale.PixelHeightSigmaNm)} nm");
        if (image.Nominal is Calibration before)
        {
            Row("difference", $"width {Percent(scale.PixelWidthNm, scale.PixelWidthSigmaNm, before.PixelWidthNm)}, height {Percent(scale.PixelHeightNm, scale.PixelHeightSigmaNm, before.PixelHeightNm)}");
        }

        if (Math.Abs(scale.ShearDeg) >= LeastShearDeg)
        {
            Row("axes", string.Create(CultureInfo.InvariantCulture, $"{scale.ShearDeg:+0.0;-0.0}° off the right angle (scanned images: drift)"));
        }

        foreach (OtherScale other in scale.Others)
        {
            Row("or perhaps", string.Create(CultureInfo.InvariantCulture, $"{other.PixelWidthNm:G5} × {other.PixelHeightNm:G5} nm, along {other.Zone}: fits nearly as well"));
        }

        Row("samples.json", string.Create(CultureInfo.InvariantCulture, $"\"pixel_width_nm\": {scale.PixelWidthNm:G6}, \"pixel_height_nm\": {scale.PixelHeightNm:G6}"));
        output.WriteLine();

        void Row(string name, string text) => output.WriteLine($"  {name,-14}  {Printable.Line(text)}");
    }

    private static string Measured(double nm, double sigmaNm)
    {
        int decimals = Math.Clamp(1 - (int)Math.Floor(Math.Log10(Math.Max(sigmaNm, 1e-12))), 1, 9);
        string format = "F" + decimals.ToString(CultureInfo.InvariantCulture);
        return $"{nm.ToString(format, CultureInfo.InvariantCulture)} ± {sigmaNm.ToString(format, CultureInfo.InvariantCulture)}";
    }

    private static string Percent(double nm, double sigmaNm, double beforeNm) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * ((nm / beforeNm) - 1):+0.0;-0.0;0.0} ± {100 * sigmaNm / beforeNm:0.0} %");
}
