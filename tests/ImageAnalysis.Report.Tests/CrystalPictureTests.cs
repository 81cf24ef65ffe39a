using ImageAnalysis.Formats;
using ImageAnalysis.Formats.Png;
using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;
using ImageAnalysis.Tests;

namespace ImageAnalysis.Report.Tests;

public sealed class CrystalPictureTests
{
    // Panels of the picture are 300 px wide.
    private const int PanelSide = 300;

    private static readonly LatticeDisc _ordered = new(110, 100, 120, 35, Verdict.Superstructure);

    [Fact]
    public void Draw_EachVerdict_HasItsColourAcrossTheTop()
    {
        foreach (Verdict verdict in Enum.GetValues<Verdict>())
        {
            RgbImage picture = Picture(_ordered with { Verdict = verdict });
            Colour colour = VerdictStyle.ColourOf(verdict);
            Assert.Equal((colour.Red, colour.Green, colour.Blue), picture[700, 1]);
        }

        // Four colours, signs and words: any one of them tells the verdict.
        Assert.Equal(4, VerdictStyle.All.Select(VerdictStyle.ColourOf).Distinct().Count());
        Assert.Equal(4, VerdictStyle.All.Select(VerdictStyle.Sign).Distinct().Count());
        Assert.Equal(4, VerdictStyle.All.Select(VerdictStyle.Words).Distinct().Count());
    }

    [Fact]
    public void Draw_SameCrystal_GivesTheSameBytes() => Assert.Equal(PngWriter.Write(Picture(_ordered)), PngWriter.Write(Picture(_ordered)));

    [Fact]
    public void Draw_Simulated_SaysSo()
    {
        // The mark is a yellow field at the right of the header.
        Assert.NotEqual(((byte)0xF0, (byte)0xE4, (byte)0x42), Picture(_ordered)[1244, 14]);
        Assert.Equal(((byte)0xF0, (byte)0xE4, (byte)0x42), Picture(_ordered, simulated: true)[1244, 14]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Spectrum_BrightestSpots_LieInTheMarks(bool calibrated)
    {
        Micrograph image = DrawnLattice.Image(220, 5, calibrated, simulated: false, _ordered);
        CrystalMeasurement crystal = DrawnLattice.Analysis(calibrated, _ordered).Crystals[0];
        FrequencyScale scale = FrequencyScale.Of(image);
        double highest = scale.HighestShown(crystal, new ReferenceCrystal());
        Canvas canvas = new(PanelSide, PanelSide);
        CrystalSpectrum.Of(image, crystal).Paint(canvas, 0, 0, PanelSide, highest);
        RgbImage spectrum = canvas.ToImage();

        // The drawn waves stand far above the noise: the half order is at 0.6² of the fringe's power, on a logarithmic scale nearly as bright.
        (double gx, double gy) = scale.Of(crystal.Carrier!.G);
        double zoom = PanelSide / (2 * highest);
        Assert.Equal(255, Level(spectrum, 1));
        Assert.True(Level(spectrum, 0.5) > 200, $"half order: {Level(spectrum, 0.5)}");
        Assert.True(Level(spectrum, 0.75) < 150, $"between: {Level(spectrum, 0.75)}");

        // Nowhere outside of ±g is it as bright.
        for (int y = 0; y < PanelSide; y++)
        {
            for (int x = 0; x < PanelSide; x++)
            {
                double fx = (x + 0.5 - 150) / zoom, fy = (y + 0.5 - 150) / zoom;
                double off = Math.Min(Distance(fx - gx, fy - gy), Distance(fx + gx, fy + gy));
                Assert.True(spectrum[x, y].Red < 255 || off < 0.15 * Distance(gx, gy) || Distance(fx, fy) < 0.2 * highest, $"({x}, {y})");
            }
        }

        int Level(RgbImage picture, double times)
        {
            int x = (int)Math.Round(150 + (times * gx * zoom) - 0.5), y = (int)Math.Round(150 + (times * gy * zoom) - 0.5);
            return Enumerable.Range(0, 25).Max(i => picture[x - 2 + (i % 5), y - 2 + (i / 5)].Red);
        }
    }

    [Fact]
    public void View_FilteredOrderedCrystal_AlternatesAndRegularDoesNot()
    {
        // Crests of cos(x) + 0.6·cos(x/2) alternate between 1.6 and 0.4; without the half order all are alike but for noise.
        Assert.InRange(CrestRatio(_ordered), 0.15, 0.4);
        Assert.InRange(CrestRatio(_ordered with { Verdict = Verdict.Regular }), 0.75, 1);
    }

    [Fact]
    public void Draw_CrystalAtTheCornerWithoutFringes_IsDrawn()
    {
        LatticeDisc corner = new(5, 4, 30, 90, Verdict.NoFringe);
        FringeAnalysis fringes = DrawnLattice.Analysis(false, corner);
        Micrograph image = DrawnLattice.Image(64, 2, calibrated: false, simulated: false, corner);

        RgbImage without = CrystalPicture.Draw(image, fringes.Crystals[0] with { Fringes = [], CrystalPValue = null, DetectionProbability = null }, new FringeOptions());

        // No fringes to show: the third panel stays black, the fourth empty.
        Assert.Equal((0, 0, 0), (without[800, 200].Red, without[800, 200].Green, without[800, 200].Blue));
        Assert.Equal(1260, CrystalPicture.Draw(image, fringes.Crystals[0], new FringeOptions()).WidthPx);
    }

    [Fact]
    public void Draw_LongReasonsAndFlags_GrowThePicture()
    {
        CrystalMeasurement crystal = DrawnLattice.Analysis(true, _ordered).Crystals[0];
        Micrograph image = DrawnLattice.Image(220, 5, calibrated: true, simulated: false, _ordered);

        RgbImage longer = CrystalPicture.Draw(image, crystal with { Reason = string.Concat(Enumerable.Repeat("word ", 60)), Flags = [new CrystalFlag("near-threshold", "½ of ⟨111⟩ − it lies near", true)] }, new FringeOptions());

        // 300 characters take three lines of 24 px instead of one, the flag another.
        Assert.Equal(Picture(_ordered).HeightPx + (3 * 24), longer.HeightPx);
    }

    [Fact]
    public void DrawnText_LettersThatTheFontLacks_AreWrittenWithOthers()
    {
        string text = DrawnText.Of("½ {111} −5 ≥ 3 ≈ ⟨111⟩ 2·d ± 1 nm⁻¹");

        Assert.Equal("1/2 {111} -5 >= 3 ~ ⟨111⟩ 2·d ± 1 nm^-1", text);
        Assert.All(text, c => Assert.Contains(c, BitmapFont.Characters));
        Assert.Equal(["one two", "three", "fourfour", "four"], DrawnText.Wrapped("one two three fourfourfour", 8));
    }

    private static RgbImage Picture(LatticeDisc disc, bool simulated = false) =>
        CrystalPicture.Draw(DrawnLattice.Image(220, 5, calibrated: true, simulated, disc), DrawnLattice.Analysis(true, disc).Crystals[0], new FringeOptions());

    private static double Distance(double x, double y) => Math.Sqrt((x * x) + (y * y));

    /// <summary>The second of two neighbouring crests over the first, the lower over the higher, near the middle of the filtered profile.</summary>
    private static double CrestRatio(LatticeDisc disc)
    {
        Micrograph image = DrawnLattice.Image(220, 5, calibrated: true, simulated: false, disc);
        CrystalView view = CrystalView.Of(image, DrawnLattice.Analysis(true, disc).Crystals[0]);
        (double gx, double gy) = FrequencyScale.Of(image).Of(view.Crystal.Carrier!.G);
        double g = Distance(gx, gy);
        double[] profile = view.Profile(view.Filtered!, (gx / g, gy / g), 4 / g, 1, 400);
        double[] crests = [.. Enumerable.Range(1, 398).Where(i => profile[i] > profile[i - 1] && profile[i] >= profile[i + 1] && profile[i] > 0).Select(i => profile[i])];
        Assert.True(crests.Length >= 3, $"{crests.Length} crests");
        double first = crests[crests.Length / 2], second = crests[(crests.Length / 2) - 1];
        return Math.Min(first, second) / Math.Max(first, second);
    }
}
