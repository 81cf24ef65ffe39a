using ImageAnalysis.Core;

namespace ImageAnalysis.Simulation.Tests;

public sealed class LayerVacanciesTests
{
    private static LayerVacancyOptions Options { get; } = new() { LayerSpacingAngstrom = CopperSelenide.LayerSpacingAngstrom };

    [Fact]
    public void Make_WholeDepletion_EmptiesOneLayerInFour()
    {
        Cluster full = CopperSelenide.Sphere(30);

        Cluster ordered = LayerVacancies.Make(full, Options with { DepletionFraction = 1, FirstLayer = 1 }, 3);

        Dictionary<int, int> before = CopperByLayer(full), after = CopperByLayer(ordered);
        Assert.All(before.Keys.Where(layer => (layer + 400) % 4 != 1), layer => Assert.Equal(before[layer], after[layer]));
        Assert.All(before.Keys.Where(layer => (layer + 400) % 4 == 1), layer => Assert.False(after.ContainsKey(layer)));
        Assert.Equal(full.AtomCountOf(0), ordered.AtomCountOf(0));
    }

    [Fact]
    public void Make_PartialDepletion_TakesTheShareOfEachLayer()
    {
        Cluster full = CopperSelenide.Sphere(40);

        Dictionary<int, int> before = CopperByLayer(full), after = CopperByLayer(LayerVacancies.Make(full, Options with { DepletionFraction = 0.6 }, 3));

        foreach (int layer in before.Keys.Where(layer => (layer + 400) % 4 == 0))
        {
            // Rounded at random: within one atom of 60 %.
            Assert.InRange(before[layer] - after.GetValueOrDefault(layer), (0.6 * before[layer]) - 1, (0.6 * before[layer]) + 1);
        }
    }

    [Fact]
    public void Make_Disorder_TakesAsManyFromAllLayers()
    {
        Cluster full = CopperSelenide.Sphere(40);
        Cluster ordered = LayerVacancies.Make(full, Options, 1), random = LayerVacancies.Make(full, Options with { PeriodCount = 1, DepletionFraction = 0.2 }, 1);

        // 0.8 of a quarter of the layers is 0.2 of all; layers are not all of one size.
        Assert.Equal(ordered.AtomCountOf(1), random.AtomCountOf(1), 0.04 * full.AtomCountOf(1));
        Dictionary<int, int> before = CopperByLayer(full), after = CopperByLayer(random);
        Assert.All(before.Keys, layer => Assert.InRange(before[layer] - after[layer], (0.2 * before[layer]) - 1, (0.2 * before[layer]) + 1));
    }

    [Fact]
    public void Make_HalfDomain_LeavesTheOtherHalfDisordered()
    {
        Cluster full = CopperSelenide.Sphere(40);

        Dictionary<int, int> before = CopperByLayer(full), after = CopperByLayer(LayerVacancies.Make(full, Options with { OrderedFraction = 0.5, DepletionFraction = 1 }, 5));

        int[] large = [.. before.Keys.Where(layer => before[layer] > 60)];
        Assert.True(large.Length >= 8);
        foreach (int layer in large)
        {
            // Half of the layer by the ordered rule (1 or 0), half by chance (¼): 0.625 or 0.125, ± the way the border cuts.
            double share = (before[layer] - after[layer]) / (double)before[layer];
            Assert.InRange(share, (layer + 400) % 4 == 0 ? 0.5 : 0.08, (layer + 400) % 4 == 0 ? 0.75 : 0.2);
        }
    }

    [Theory]
    [InlineData(0.9119)] // trigonal, 32f
    [InlineData(2.5331)] // octahedral, 4b
    public void Make_Displaced_KeepsDistancesAndAtoms(double displacementAngstrom)
    {
        Cluster full = CopperSelenide.Sphere(32);

        Cluster cluster = LayerVacancies.Make(full, Options with { Displaced = DisplacedAtoms.BeyondFace, DisplacementAngstrom = displacementAngstrom }, 9);

        int left = full.AtomCountOf(1) - cluster.AtomCountOf(1), displaced = cluster.AtomCountOf(2);
        Assert.Equal("displaced", cluster.Sites[2].Label);
        Assert.Equal(29, cluster.Sites[2].Species.AtomicNumber);
        Assert.InRange(displaced, left / 2, left); // most find a place
        CartesianPosition[] places = [.. cluster.Atoms.Select(atom => atom.Position)];
        double closest = double.PositiveInfinity;
        for (int i = 0; i < places.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                closest = Math.Min(closest, new CartesianPosition(
                    places[i].XAngstrom - places[j].XAngstrom, places[i].YAngstrom - places[j].YAngstrom, places[i].ZAngstrom - places[j].ZAngstrom).LengthAngstrom);
            }
        }

        Assert.True(closest >= 2.0, $"{closest}");
    }

    [Fact]
    public void Make_Elongation_StretchesAlongTheNormalOnly()
    {
        Cluster full = CopperSelenide.Sphere(20);

        Cluster stretched = LayerVacancies.Make(full, Options with { DepletionFraction = 0, ElongationFraction = 0.02 }, 1);

        CartesianPosition n = LayerVacancies.Unit(new(1, 1, 1)), across = LayerVacancies.Unit(new(1, -1, 0));
        for (int i = 0; i < full.AtomCount; i++)
        {
            Assert.Equal(1.02 * LayerVacancies.Dot(full.Atoms[i].Position, n), LayerVacancies.Dot(stretched.Atoms[i].Position, n), 1e-9);
            Assert.Equal(LayerVacancies.Dot(full.Atoms[i].Position, across), LayerVacancies.Dot(stretched.Atoms[i].Position, across), 1e-9);
        }
    }

    [Fact]
    public void Make_Seed_DecidesAlone()
    {
        Cluster full = CopperSelenide.Sphere(20);

        Assert.Equal(LayerVacancies.Make(full, Options, 1).Atoms, LayerVacancies.Make(full, Options, 1).Atoms);
        Assert.NotEqual(LayerVacancies.Make(full, Options, 1).Atoms, LayerVacancies.Make(full, Options, 2).Atoms);
    }

    [Fact]
    public void Make_WrongInput_IsRefused()
    {
        Cluster full = CopperSelenide.Sphere(20);

        Assert.Throws<ArgumentException>(() => LayerVacancies.Make(full, Options with { LayerSpacingAngstrom = 2.5 }, 1));
        Assert.Throws<ArgumentException>(() => LayerVacancies.Make(full, Options with { AtomicNumber = 30 }, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LayerVacancies.Make(full, Options with { DepletionFraction = 1.1 }, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LayerVacancies.Make(full, Options with { Displaced = (DisplacedAtoms)7 }, 1));
        Cluster statistical = new([new("Cu", new Species(29, 0)) { OccupancyFraction = 0.5 }], [new(0, default)]);
        Assert.Throws<ArgumentException>(() => LayerVacancies.Make(statistical, Options, 1));
    }

    private static Dictionary<int, int> CopperByLayer(Cluster cluster)
    {
        CartesianPosition n = LayerVacancies.Unit(new(1, 1, 1));
        double start = 0.5 * CopperSelenide.LayerSpacingAngstrom; // Cu lies at odd multiples of half the distance
        return cluster.Atoms.Where(atom => atom.SiteIndex == 1)
            .GroupBy(atom => (int)Math.Round((LayerVacancies.Dot(atom.Position, n) - start) / CopperSelenide.LayerSpacingAngstrom)).ToDictionary(layer => layer.Key, layer => layer.Count());
    }
}
