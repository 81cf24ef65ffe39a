using System.Numerics;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation.Tests;

public sealed class CarbonFilmTests
{
    private static CarbonFilmOptions Even { get; } = new() { ThicknessNm = 3, TextureFraction = 0 };

    [Fact]
    public void Build_EvenFilm_HasTheDensity()
    {
        IReadOnlyList<SpecimenAtom> atoms = CarbonFilm.Build(4, 3, 1.5, Even, 7);

        // 2 g/cm³ / 12.011 g/mol · 6.02214e23 = 100.28 atoms/nm³, in 36 nm³.
        Assert.Equal(36 * 100.277, atoms.Count, 1.0);
        Assert.All(atoms, atom => Assert.True(atom is { AtomicNumber: 6, DisplacementSigmaNm: 0.008, XNm: >= 0 and < 4, YNm: >= 0 and < 3, ZNm: >= 1.5 and <= 4.5 }));

        // Evenly spread: each tenth of the depth has 361 atoms, ±19 at most (less, since they keep apart).
        for (int layer = 0; layer < 10; layer++)
        {
            Assert.Equal(361, atoms.Count(atom => (int)((atom.ZNm - 1.5) / 0.3) == layer), 75.0);
        }
    }

    [Fact]
    public void Build_Pairs_KeepTheirDistanceAcrossTheSides()
    {
        IReadOnlyList<SpecimenAtom> atoms = CarbonFilm.Build(2.1, 1.7, 0, Even with { ThicknessNm = 2 }, 3);
        double closest = double.PositiveInfinity;
        int near = 0;
        for (int i = 0; i < atoms.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double dx = atoms[i].XNm - atoms[j].XNm, dy = atoms[i].YNm - atoms[j].YNm, dz = atoms[i].ZNm - atoms[j].ZNm;
                dx -= 2.1 * Math.Round(dx / 2.1);
                dy -= 1.7 * Math.Round(dy / 1.7);
                double distance = Math.Sqrt((dx * dx) + (dy * dy) + (dz * dz));
                closest = Math.Min(closest, distance);
                near += distance < 0.16 ? 1 : 0;
            }
        }

        Assert.True(closest >= 0.15, $"{closest}");
        Assert.True(near > 20, $"{near} pairs are close to the shortest distance: the film is not spread wider than asked for.");
    }

    [Fact]
    public void Build_Texture_VariesTheThickness()
    {
        CarbonFilmOptions options = new() { ThicknessNm = 6, TextureFraction = 0.1, TextureNm = 1.5, ShortestDistanceNm = 0.1 };
        IReadOnlyList<SpecimenAtom> atoms = CarbonFilm.Build(12, 12, 0, options, 11);

        // Atoms in squares of 1 nm: 602 each; their counts vary by 10 % with the hills (smoothed a little by the squares) and by 4 % at most with chance.
        double[] counts = new double[144];
        foreach (SpecimenAtom atom in atoms)
        {
            counts[((int)atom.YNm * 12) + (int)atom.XNm]++;
        }

        double mean = counts.Average(), deviation = Math.Sqrt(counts.Average(count => (count - mean) * (count - mean))) / mean;
        Assert.Equal(601.7, mean, 3.0);
        Assert.InRange(deviation, 0.07, 0.115);
        double[] even = new double[144];
        foreach (SpecimenAtom atom in CarbonFilm.Build(12, 12, 0, options with { TextureFraction = 0 }, 11))
        {
            even[((int)atom.YNm * 12) + (int)atom.XNm]++;
        }

        Assert.InRange(Math.Sqrt(even.Average(count => Math.Pow((count / mean) - 1, 2))), 0, 0.042);
    }

    [Fact]
    public void Build_PowerSpectrum_IsTheSameInAllDirections()
    {
        const int size = 128;
        const double side = 6.4;
        AtomicSpecimen film = new(side, side, CarbonFilm.Build(side, side, 0, Even, 21));
        Raster<float> potential = Multislice.ProjectedPotential(film, new MultisliceOptions { WidthPx = size, HeightPx = size });
        HalfSpectrum spectrum = RealFft2D.Forward(potential);

        // Four sectors of 45° of the ring 2…5 nm⁻¹, 52 periods on average, over the same ring as a whole: 800 independent values each, 4 % of chance.
        double[] sums = new double[4];
        int[] counts = new int[4];
        for (int v = -32; v <= 32; v++)
        {
            for (int u = -32; u <= 32; u++)
            {
                double g = Math.Sqrt((u * u) + (v * v)) / side;
                if (g is > 2 and < 5)
                {
                    int sector = (int)(((Math.Atan2(-v, u) * 180 / Math.PI) + 360 + 22.5) / 45) % 4;
                    Complex value = spectrum[u, v];
                    sums[sector] += (value.Real * value.Real) + (value.Imaginary * value.Imaginary);
                    counts[sector]++;
                }
            }
        }

        double mean = sums.Sum() / counts.Sum();
        for (int sector = 0; sector < 4; sector++)
        {
            Assert.Equal(1, sums[sector] / counts[sector] / mean, 0.2);
        }

        // Without order: the power is that of so many atoms on their own, n f², less what their distance takes away (0.5 to 1).
        double unit = 47.877647e-3 * ElectronScatteringFactor.Of(6).FactorAngstrom(0.05 * 3.5) * Math.Exp(-2 * Math.PI * Math.PI * 6.4e-5 * 12.25) / (side * side) * size * size;
        Assert.InRange(mean / (film.Atoms.Count * unit * unit), 0.4, 1.2);
    }

    [Fact]
    public void Build_Seed_DecidesAlone()
    {
        Assert.Equal(CarbonFilm.Build(2, 2, 0, new(), 1), CarbonFilm.Build(2, 2, 0, new(), 1));
        Assert.NotEqual(CarbonFilm.Build(2, 2, 0, new(), 1)[0], CarbonFilm.Build(2, 2, 0, new(), 2)[0]);
        Assert.Empty(CarbonFilm.Build(2, 2, 0, new() { ThicknessNm = 0 }, 1));
    }

    [Fact]
    public void Build_OutsideLimits_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => CarbonFilm.Build(0.1, 2, 0, new(), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => CarbonFilm.Build(2, 2, 0, new() { DensityGramPerCm3 = 3.5 }, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => CarbonFilm.Build(2, 2, 0, new() { TextureNm = double.NaN }, 1));
        Assert.Throws<ArgumentException>(() => CarbonFilm.Build(1000, 1000, 0, new() { ThicknessNm = 100 }, 1));
    }
}
