using ImageAnalysis.Formats;
using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;
using ImageAnalysis.Tests;

namespace ImageAnalysis.Report.Tests;

public sealed class FringeOverlayTests
{
    private static readonly OverlayOptions _twice = new() { WantedWidthPx = 600, OutlineWidthPx = 1 };

    private static readonly LatticeDisc[] _discs =
    [
        new(70, 70, 60, 35, Verdict.Superstructure), new(200, 70, 60, 100, Verdict.Regular), new(70, 200, 60, 10, Verdict.Undetermined), new(200, 200, 60, 60, Verdict.NoFringe),
    ];

    [Fact]
    public void Draw_Boxes_LieWhereTheyWereMeasured()
    {
        RgbImage picture = Draw(DrawnLattice.Analysis(true, _discs), _discs);

        // The left edge of the second box is between pixels 169 and 170: at 2·170 − 0.5 = 339.5 of the picture, half on each of two columns. (The outline comes near only in the middle.)
        Colour regular = VerdictStyle.ColourOf(Verdict.Regular);
        Assert.All(new[] { 90, 100, 190 }, y => Assert.True(Nearer(picture[339, y], picture[336, y], regular) && Nearer(picture[340, y], picture[343, y], regular), $"row {y}"));
    }

    [Fact]
    public void Draw_Spectra_StandBesideTheImageInOrder()
    {
        RgbImage none = Draw(DrawnLattice.Analysis(true), _discs), four = Draw(DrawnLattice.Analysis(true, _discs), _discs);

        Assert.Equal(600, none.WidthPx);
        Assert.True(four.WidthPx > none.WidthPx + 100, $"{four.WidthPx}");

        // Each spectrum has its verdict's mark above it, at the left, filled with its colour; its middle may hold a sign.
        // Of 144 px each, three find room above one another, and the fourth stands beside the first.
        (byte, byte, byte)[] marks = [.. new[] { 610, 610 + 154 }.SelectMany(left => Enumerable.Range(0, 600).Select(y => four[left + 4, y])).Where(pixel => VerdictStyle.All.Any(verdict => Is(pixel, VerdictStyle.ColourOf(verdict)))).Distinct()];
        Assert.Equal(VerdictStyle.All.Select(verdict => VerdictStyle.ColourOf(verdict)).Select(colour => (colour.Red, colour.Green, colour.Blue)), marks);
    }

    [Fact]
    public void Draw_ManyCrystals_KeepsAllSpectraAndAReasonableWidth()
    {
        LatticeDisc[] many = [.. Enumerable.Range(0, 60).Select(i => new LatticeDisc(20 + (i % 8 * 30), 20 + (i / 8 * 30), 24, 7 * i % 180, (Verdict)(i % 4)))];

        RgbImage picture = Draw(DrawnLattice.Analysis(true, many), many);

        // Of 120 px each with a label of 22 and a gap of 10 px, four find room above one another in 600 px: 15 columns.
        Assert.Equal(600 + (15 * 130) + 10, picture.WidthPx);
    }

    [Fact]
    public void Draw_UnequalPixelSides_StretchesBoxAndImageAlike()
    {
        Micrograph image = DrawnLattice.Image(300, 3, calibrated: true, simulated: false, _discs);
        Micrograph tall = image with { Calibration = new Calibration(0.025, 0.05, new CalibrationSource(CalibrationOrigin.Metadata, "test")) };

        RgbImage picture = FringeOverlayDrawer.Draw(tall, DrawnLattice.Analysis(true, _discs), new FringeOptions(), _twice);

        // Twice as high as wide: the upper edge of the third box, between rows 169 and 170, is at 4·170 − 0.5 = 679.5.
        Colour colour = VerdictStyle.ColourOf(Verdict.Undetermined);
        Assert.True(picture.HeightPx > 1200);
        Assert.True(Nearer(picture[150, 679], picture[150, 676], colour) && Nearer(picture[150, 680], picture[150, 683], colour));
    }

    private static RgbImage Draw(FringeAnalysis fringes, LatticeDisc[] discs) =>
        FringeOverlayDrawer.Draw(DrawnLattice.Image(300, 3, calibrated: true, simulated: true, discs), fringes, new FringeOptions(), _twice);

    private static bool Is((byte Red, byte Green, byte Blue) pixel, Colour colour) => pixel == (colour.Red, colour.Green, colour.Blue);

    // The image is grey, so a line shows as the difference of blue and red that its colour has.
    private static bool Nearer((byte Red, byte Green, byte Blue) line, (byte Red, byte Green, byte Blue) beside, Colour colour) =>
        Math.Sign(line.Blue - line.Red) == Math.Sign(colour.Blue - colour.Red) && Math.Abs(line.Blue - line.Red) > 15 + Math.Abs(beside.Blue - beside.Red);
}
