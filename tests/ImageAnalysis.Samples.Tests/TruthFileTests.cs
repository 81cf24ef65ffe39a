using System.Text;
using System.Text.Json;
using ImageAnalysis.Imaging;
using ImageAnalysis.Tests;

namespace ImageAnalysis.Samples.Tests;

public class TruthFileTests
{
    private static readonly TruthFile Truth = new("s", Simulated: true,
    [
        new TruthImage
        {
            File = "s_01.tif",
            WidthPx = 100,
            HeightPx = 80,
            PixelWidthNm = 0.1,
            PixelHeightNm = 0.2,
            SupportThicknessNm = 3.5,
            Particles =
            [
                Particle("p1", 10.5, 20.25, 2.0, 30.0, onEdge: false, "p2"),
                Particle("p2", 25, 20, 2.5, 0.0, onEdge: false, "p1"),
                Particle("p3", 60, 40, 3.0, 179.9, onEdge: false),
                Particle("p4", -2, 40, 9.0, 90.0, onEdge: true),
            ],
            Debris = [new TruthDebris(new PointPx(70, 70), 8.5)],
        },
    ]);

    [Fact]
    public void ToJson_ThenLoad_GivesTheSame()
    {
        using TempFolder folder = new();

        TruthFile read = TruthFile.Load(folder.Write("truth.json", Truth.ToJson()));

        Assert.Equal((Truth.Sample, Truth.Simulated), (read.Sample, read.Simulated));
        TruthImage expected = Truth.Images[0], found = Assert.Single(read.Images);
        Assert.Equal(
            (expected.File, expected.WidthPx, expected.HeightPx, expected.PixelWidthNm, expected.PixelHeightNm, expected.SupportThicknessNm),
            (found.File, found.WidthPx, found.HeightPx, found.PixelWidthNm, found.PixelHeightNm, found.SupportThicknessNm));
        Assert.Equal(expected.Debris, found.Debris);
        Assert.Equal(expected.Particles.Select(p => p with { Touches = [] }), found.Particles.Select(p => p with { Touches = [] }), new SameButLists());
        Assert.Equal(expected.Particles.Select(p => string.Join(' ', p.Touches)), found.Particles.Select(p => string.Join(' ', p.Touches)));
    }

    [Fact]
    public void ToJson_Means_AreThoseOfTheParticlesInside()
    {
        using JsonDocument json = JsonDocument.Parse(Truth.ToJson());
        JsonElement root = json.RootElement;

        // Inside: 2, 2.5, 3 → mean 2.5, s.d. (n − 1) √(0.5/2) = 0.5; isolated: 3 alone, so no s.d.
        Assert.Equal((3, 2.5, 0.5), (root.GetProperty("n_inside").GetInt32(), root.GetProperty("long_axis_mean_nm").GetDouble(), root.GetProperty("long_axis_sd_nm").GetDouble()));
        Assert.Equal((1, 3.0), (root.GetProperty("n_isolated").GetInt32(), root.GetProperty("isolated_mean_nm").GetDouble()));
        Assert.Equal(JsonValueKind.Null, root.GetProperty("isolated_sd_nm").ValueKind);
        JsonElement image = root.GetProperty("images")[0];
        Assert.Equal((4, 3, 1), (image.GetProperty("n_particles").GetInt32(), image.GetProperty("n_inside").GetInt32(), image.GetProperty("n_isolated").GetInt32()));
        Assert.Equal("ccw", root.GetProperty("angle_convention").GetString());
        Assert.True(root.GetProperty("simulated").GetBoolean());
    }

    [Fact]
    public void Load_WithoutConvention_TurnsAnglesToCounterClockwise()
    {
        using TempFolder folder = new();
        string text = Encoding.UTF8.GetString(Truth.ToJson()).Replace("  \"angle_convention\": \"ccw\",\n", "", StringComparison.Ordinal);

        TruthFile read = TruthFile.Load(folder.Write("truth.json", text));

        // (180 − angle) mod 180
        Assert.Equal([150.0, 0.0, 0.1, 90.0], read.Images[0].Particles.Select(p => Math.Round(p.LongAxisAngleDeg, 6)));
    }

    [Theory]
    [InlineData("\"ccw\"", "\"cw\"", "$.angle_convention: found \"cw\"; expected \"ccw\"")]
    [InlineData("\"long_axis_nm\": 2.5", "\"long_axis_nm\": 0", "$.images[0].particles[1].long_axis_nm: found 0; expected a length above 0 in nm")]
    [InlineData("\"on_edge\": true", "\"on_edge\": 1", "$.images[0].particles[3].on_edge: found 1; expected true or false")]
    public void Load_BadValue_NamesThePlace(string right, string wrong, string message)
    {
        using TempFolder folder = new();
        string text = Encoding.UTF8.GetString(Truth.ToJson());
        Assert.Contains(right, text, StringComparison.Ordinal);

        InputException error = Assert.Throws<InputException>(() => TruthFile.Load(folder.Write("truth.json", text.Replace(right, wrong, StringComparison.Ordinal))));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [ReferenceTheory]
    [InlineData("2nm", 110, 97)]
    [InlineData("4nm", 100, 88)]
    [InlineData("6nm", 90, 82)]
    public void Load_TruthOfAnotherProgram_IsRead(string sample, int particles, int inside)
    {
        TruthFile truth = TruthFile.Load(ReferenceData.PathOf($"reference/images/haadf/{sample}/truth.json"));

        Assert.False(truth.Simulated);
        Assert.Equal(particles, Assert.Single(truth.Images).Particles.Count);
        Assert.Equal(inside, truth.Inside.Count);
    }

    private static TruthParticle Particle(string id, double x, double y, double longNm, double angleDeg, bool onEdge, params string[] touches) => new()
    {
        Id = id,
        CentrePx = new PointPx(x, y),
        LongAxisNm = longNm,
        ShortAxisNm = 0.9 * longNm,
        LongAxisAngleDeg = angleDeg,
        AreaNm2 = 0.7 * longNm * longNm,
        OnEdge = onEdge,
        Touches = touches,
    };

    /// <summary>Numbers to four digits, as they are written.</summary>
    private sealed class SameButLists : IEqualityComparer<TruthParticle>
    {
        public bool Equals(TruthParticle? a, TruthParticle? b) => a!.Id == b!.Id && a.CentrePx == b.CentrePx && a.OnEdge == b.OnEdge
            && Math.Abs(a.LongAxisNm - b.LongAxisNm) < 1e-4 && Math.Abs(a.ShortAxisNm - b.ShortAxisNm) < 1e-4
            && Math.Abs(a.AreaNm2 - b.AreaNm2) < 1e-4 && Math.Abs(a.LongAxisAngleDeg - b.LongAxisAngleDeg) < 1e-6;

        public int GetHashCode(TruthParticle p) => p.Id.GetHashCode(StringComparison.Ordinal);
    }
}
