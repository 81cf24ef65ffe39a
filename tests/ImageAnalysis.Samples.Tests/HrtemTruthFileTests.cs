using ImageAnalysis.Imaging;
using ImageAnalysis.Simulation;
using ImageAnalysis.Tests;

namespace ImageAnalysis.Samples.Tests;

public class HrtemTruthFileTests
{
    private static HrtemTruthFile Truth { get; } = new("4nm", Simulated: true,
    [
        new HrtemTruthImage
        {
            File = "a.tif", WidthPx = 512, HeightPx = 256, PixelWidthNm = 0.025, PixelHeightNm = 0.03, VoltageKv = 200,
            Lens = new ObjectiveLens { DefocusNm = -44, SphericalAberrationMm = 0.6, TwofoldAstigmatismNm = 3, TwofoldAstigmatismDeg = 30, FocalSpreadNm = 5, ConvergenceMrad = 0.4 },
            DosePerAngstrom2 = 900, SupportThicknessNm = 4, TransferRatio = -0.5, HalfTransferRatio = -0.25,
            Particles =
            [
                new HrtemTruthParticle
                {
                    Id = "a_p1", Label = LatticeLabel.Ordered, CentrePx = new PointPx(100.25, 50.5), FirstPx = new PointPx(60, 10), EndPx = new PointPx(141, 92),
                    OutlinePx = [new(60.5, 50), new(100, 10.5), new(140, 50), new(100, 91)], DiameterNm = 2.125, AspectRatio = 1.1, Shape = "sphere", Zone = "1 -1 0", TiltDeg = 1.5, DefocusNm = -41.25,
                    CellEdgeNm = 0.58, SpacingNm = 0.34, PeriodNm = 0.68, OrderFraction = 0.75, HalfDomain = true, Model = "ordered", Overlaps = ["a_p2"], ObservableFringe = true, ObservableSuperlattice = false,
                    Fringes =
                    [
                        new HrtemTruthFringe(147.5, 1.25, true)
                        {
                            Hkl = "1 1 1", SpacingNm = 0.34, OrderFraction = 0.75, AmplitudeRatio = 0.9, TransferRatio = -0.5, ExpectedSnr = 100, HalfAmplitudeRatio = 0.25, HalfTransferRatio = -0.25,
                            HalfExpectedSnr = 7.5, HalfOverWholeRatio = 0.3,
                        },
                        new HrtemTruthFringe(0, 0.5, false) { Hkl = "-1 1 1", SpacingNm = 0.335, OrderFraction = 0 },
                    ],
                },
            ],
        },
    ]);

    [Fact]
    public void ToJson_AndLoad_GivesTheSame()
    {
        using TempFolder folder = new();
        string path = folder["truth.json"];
        File.WriteAllBytes(path, Truth.ToJson());

        HrtemTruthFile back = HrtemTruthFile.Load(path);

        Assert.Equal(Truth.ToJson(), back.ToJson());
        HrtemTruthParticle p = Assert.Single(back.Particles);
        Assert.Equal(Truth.Images[0].Particles[0].Fringes, p.Fringes);
        Assert.Equal(Truth.Images[0].Lens, back.Images[0].Lens);
        Assert.Equal((LatticeLabel.Ordered, true, false), (p.Label, p.ObservableFringe, p.ObservableSuperlattice));
    }

    [Fact]
    public void ToJson_HasTheKeysOfTheContract()
    {
        JsonPlace file = JsonPlace.Parse(Truth.ToJson(), "truth.json");
        Assert.Equal("ccw", file.Require("angle_convention", "").Text);
        Assert.Equal(["1", "1", "1"], new[] { "n_particles", "n_showing_111", "n_superstructure" }.Select(key => file.Require(key, "").Text));
        JsonPlace image = file.Require("images", "").Items[0], particle = image.Require("particles", "").Items[0], fringe = particle.Require("g111_in_plane", "").Items[0];
        Assert.All((string[])["file", "width", "height", "pixel_nm", "defocus_nm", "Cs_mm", "focal_spread_nm", "dose_e_per_A2", "carbon_nm", "ctf_at_g111", "ctf_at_half"], key => Assert.NotNull(image.Find(key)));
        Assert.All(
            (string[])["id", "label", "shows_111", "superstructure", "centre_px", "bbox_px", "outline_px", "diameter_nm", "aspect", "shape", "zone", "tilt_deg", "a_nm", "d111_nm", "period_nm", "order_delta",
                "half_domain", "cu_model", "overlaps", "kinematic", "observable_111", "observable_superstructure"],
            key => Assert.NotNull(particle.Find(key)));
        Assert.All((string[])["angle_deg", "elevation_deg", "superlattice_axis", "hkl", "d_nm", "order_delta", "amplitude", "transfer"], key => Assert.NotNull(fringe.Find(key)));
    }

    [ReferenceTheory]
    [InlineData("2nm", 10, 9, 3)]
    [InlineData("4nm", 8, 7, 3)]
    [InlineData("6nm", 7, 6, 4)]
    public void Load_AnotherProgramsTruth_TurnsItsAngles(string sample, int particles, int showing, int ordered)
    {
        string path = ReferenceData.PathOf($"reference/images/hrtem/{sample}/truth.json");
        HrtemTruthFile truth = HrtemTruthFile.Load(path);

        Assert.Equal((particles, showing, ordered), (truth.Particles.Count(), truth.Particles.Count(p => p.Label != LatticeLabel.NoFringe), truth.Count(LatticeLabel.Ordered)));
        JsonPlace first = JsonPlace.Load(path, path).Require("images", "").Items[0].Require("particles", "").Items.First(p => p.Require("g111_in_plane", "").Items.Count > 0);
        double down = first.Require("g111_in_plane", "").Items[0].Require("angle_deg", "").AsNumber("");
        Assert.Equal(180 - down, truth.Particles.First(p => p.Fringes.Count > 0).Fringes[0].AngleDeg, 1e-9);
    }

    [Theory]
    [InlineData("\"ordered\"", "\"orderly\"", "label: found \"orderly\"; expected \"ordered\", \"regular\", \"no111\"")]
    [InlineData("\"ccw\"", "\"cw\"", "angle_convention: found \"cw\"")]
    [InlineData("[60, 10, 141, 92]", "[60, 10, 141]", "bbox_px: found a list […]; expected [x0, y0, x1, y1] in px")]
    public void Load_BadFile_NamesThePlace(string good, string bad, string expected)
    {
        using TempFolder folder = new();
        string text = System.Text.Encoding.UTF8.GetString(Truth.ToJson());
        Assert.Contains(good, text, StringComparison.Ordinal);
        string path = folder.Write("truth.json", text.Replace($"\"label\": {good}", $"\"label\": {bad}", StringComparison.Ordinal).Replace(good, bad, StringComparison.Ordinal));

        Assert.Contains(expected, Assert.Throws<InputException>(() => HrtemTruthFile.Load(path)).Message, StringComparison.Ordinal);
    }
}
