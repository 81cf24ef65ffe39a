using ImageAnalysis.Core;

namespace ImageAnalysis.Simulation.Tests;

public sealed class ElectronScatteringTests
{
    private const double BohrAngstrom = 0.529177210903;

    /// <summary>Five Gaussians Σ a exp(−b s²), Å and Å²: International Tables for Crystallography C (2011), table 4.3.2.2 (Peng and others, 1996).</summary>
    private static readonly Dictionary<int, double[]> InternationalTables = new()
    {
        [6] = [0.0893, 0.2563, 0.757, 1.0487, 0.3575, 0.2465, 1.71, 6.4094, 18.6113, 50.2523],
        [14] = [0.2519, 0.6372, 1.3795, 2.5082, 1.05, 0.3075, 2.0174, 9.6746, 29.3744, 80.4732],
        [29] = [0.4314, 1.3208, 1.5236, 1.4671, 0.8562, 0.2694, 1.9223, 7.3474, 28.9892, 90.6246],
        [34] = [0.4477, 1.1678, 1.5843, 2.8087, 1.1956, 0.2405, 1.5442, 6.3231, 19.461, 52.0233],
        [79] = [0.9674, 1.8916, 3.3993, 3.0524, 1.2607, 0.2358, 1.4712, 5.6758, 18.7119, 61.5286],
    };

    public static TheoryData<int> Tabulated => [.. InternationalTables.Keys];

    [Theory]
    [MemberData(nameof(Tabulated))]
    public void Factor_SeveralAngles_IsThatOfTheInternationalTables(int atomicNumber)
    {
        double[] p = InternationalTables[atomicNumber];
        foreach (double s in (double[])[0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.0, 1.5])
        {
            double published = Enumerable.Range(0, 5).Sum(i => p[i] * Math.Exp(-p[i + 5] * s * s));

            // Two fits to relativistic Hartree-Fock atoms: within 0.9 % (five Gaussians wave about the curve); selenium's atoms differ by 1.7 % at s = 0.
            Assert.Equal(1, ElectronScatteringFactor.Of(atomicNumber).FactorAngstrom(s) / published, atomicNumber == 34 ? 0.018 : 0.009);
        }
    }

    [Fact]
    public void Table_EachElement_HasTheNumberAndTheLimitOfItsNucleus()
    {
        for (int z = 1; z <= 98; z++)
        {
            ElectronScatteringFactor factor = ElectronScatteringFactor.Of(z);

            // At large g the nucleus alone is seen: f → Z/(2π²a₀g²), so 2π²a₀ Σ a/b = Z (doi:10.1107/S205327331401643X). One wrong digit of a coefficient breaks it.
            double nucleus = 2 * Math.PI * Math.PI * BohrAngstrom * factor.A.Zip(factor.B, (a, b) => a / b).Sum();
            Assert.Equal(z, factor.AtomicNumber);
            Assert.Equal(z, nucleus, 1e-8 * z);
        }
    }

    [Theory]
    [InlineData(0.2, 0.03)] // outer electrons: different atomic calculations
    [InlineData(0.3, 0.02)]
    [InlineData(0.5, 0.012)]
    [InlineData(1.0, 0.014)]
    [InlineData(2.0, 0.012)]
    public void Factor_AllElements_FollowsFromXrayFactorsByMottAndBethe(double s, double tolerance)
    {
        Species[] atoms = [.. ScatteringFactors.In(ScatteringTable.WaasmaierKirfel1995).Where(species => species.Charge == 0)];
        Assert.True(atoms.Length >= 90, $"{atoms.Length} atoms are compared.");
        foreach (Species atom in atoms)
        {
            // f_e = (Z − f_x)/(8π²a₀ s²), Mott and Bethe.
            double fromXray = (atom.AtomicNumber - ScatteringFactors.Of(ScatteringTable.WaasmaierKirfel1995, atom).ElectronsAt(s)) / (8 * Math.PI * Math.PI * BohrAngstrom * s * s);
            double ratio = ElectronScatteringFactor.Of(atom.AtomicNumber).FactorAngstrom(s) / fromXray;
            Assert.True(Math.Abs(ratio - 1) < tolerance, $"{atom} at {s}: {ratio}");
        }
    }

    [Fact]
    public void Factor_AllElementsAndAngles_IsAboveZero()
    {
        for (int z = 1; z <= 98; z++)
        {
            for (double s = 0; s <= 12; s += 0.01)
            {
                Assert.True(ElectronScatteringFactor.Of(z).FactorAngstrom(s) > 0, $"Z {z}, s {s}");
            }
        }
    }

    [Fact]
    public void Factor_BadArguments_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ElectronScatteringFactor.Of(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ElectronScatteringFactor.Of(99));
        Assert.Throws<ArgumentOutOfRangeException>(() => ElectronScatteringFactor.Of(29).FactorAngstrom(-0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ElectronScatteringFactor.Of(29).FactorAngstrom(double.NaN));
    }

    // Kirkland, Advanced Computing in Electron Microscopy, lists λ in Å and σ in rad/(kV·Å): 0.04176, 1.009; 0.03701, 0.9244; 0.02508, 0.7288; 0.01969, 0.6526.
    [Theory]
    [InlineData(80, 0.004176, 0.01009)]
    [InlineData(100, 0.003701, 0.009244)]
    [InlineData(200, 0.002508, 0.007288)]
    [InlineData(300, 0.001969, 0.006526)]
    public void Beam_Voltage_HasThePublishedWavelengthAndInteraction(double voltageKv, double wavelengthNm, double interactionPerVoltNm)
    {
        Assert.Equal(wavelengthNm, ElectronBeam.WavelengthNm(voltageKv), 0.6e-6); // half of the last digit, and a little
        Assert.Equal(1, ElectronBeam.InteractionPerVoltNm(voltageKv) / interactionPerVoltNm, 4e-4);
        Assert.Throws<ArgumentOutOfRangeException>(() => ElectronBeam.WavelengthNm(-voltageKv));
    }

    [Fact]
    public void PotentialConstant_Constants_IsTheProductOfCodata()
    {
        const double h = 6.62607015e-34, m = 9.1093837015e-31, e = 1.602176634e-19;

        // h²/(2π m e) in V·m², times 10²⁰: V·Å².
        Assert.Equal(h * h / (2 * Math.PI * m * e) * 1e20, ElectronScatteringFactor.PotentialConstant, 1e-5);
    }
}
