using System.Globalization;
using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

/// <summary>Structure factors against those of two established crystallographic libraries and of the paper's table 2.</summary>
public sealed class PublishedStructureFactorTests
{
    [ReferenceFact]
    public void Reflections_OfTable2_AgreeWithTwoLibraries()
    {
        List<string> wrong = [];
        string[][] rows = [.. File.ReadLines(ReferenceData.PathOf("reference/pxrd/structure_factors.csv")).Skip(1).Select(line => line.Split(','))];
        foreach (var group in rows.GroupBy(row => (Structure: row[0], Program: row[7], Factors: row[8], Anomalous: row[9], B: row[10])))
        {
            ReflectionOptions options = new()
            {
                Table = group.Key.Factors.StartsWith("WK1995", StringComparison.Ordinal) ? ScatteringTable.WaasmaierKirfel1995 : ScatteringTable.CromerMann1992,
                Anomalous = group.Key.Anomalous switch
                {
                    "off" => null,
                    "sasaki" => AnomalousTable.Sasaki1989,
                    "cromer-liberman" => AnomalousTable.CromerLiberman1981,
                    _ => throw new InvalidDataException(group.Key.Anomalous),
                },
                DefaultBIsoAngstrom2 = Number(group.Key.B),
                SmallestSpacingAngstrom = 1.19,
            };
            string copper = group.Key.Factors.Contains("Cu1+", StringComparison.Ordinal) ? "Cu1+" : "Cu";
            IReadOnlyList<Reflection> reflections = Reflections.Of(CopperSelenide.Table2(group.Key.Structure[3..], copper), options);
            Dictionary<string, Reflection> byName = reflections.ToDictionary(reflection => $"{reflection.H}{reflection.K}{reflection.L}");
            double strongest = reflections.Max(Intensity);
            Assert.Equal(group.Count(), reflections.Count);
            foreach (string[] row in group)
            {
                Reflection reflection = byName[row[1]];
                double expected = Number(row[11]);
                double tolerance = expected < 100 ? 0.5 : 0.001 * expected; // the bar of the issue
                void Check(bool good, double found, string name, double wanted)
                {
                    if (!good)
                    {
                        wrong.Add($"{group.Key} {row[1]}: {name} is {found}, expected {wanted}");
                    }
                }

                Check(reflection.MultiplicityCount == int.Parse(row[2], CultureInfo.InvariantCulture), reflection.MultiplicityCount, "multiplicity", Number(row[2]));
                Check(Math.Abs(reflection.TwoThetaDeg(1.540593)!.Value - Number(row[4])) < 0.001, reflection.TwoThetaDeg(1.540593)!.Value, "2theta", Number(row[4]));
                Check(Math.Abs(reflection.StructureFactorElectrons2 - expected) < tolerance, reflection.StructureFactorElectrons2, "|F|2", expected);
                double relative = 100 * Intensity(reflection) / strongest;
                Check(Math.Abs(relative - Number(row[14])) < 0.02, relative, "relative intensity", Number(row[14]));
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {rows.Length} rows:\n{string.Join('\n', wrong.Take(30))}");
    }

    // The bars of the issue: B = 0, Waasmaier-Kirfel neutral, no f' f'', integrated, K-alpha 1, to 0.1 %.
    [Theory]
    [InlineData("6nm", 0.00943, 0.6102)]
    [InlineData("4nm", 0.2823, 0.1613)]
    [InlineData("2nm", 1.0402, 0.3102)]
    public void Intensities_OfTable2_HaveTheExpectedRatios(string sample, double i200ToI111, double i311ToI220)
    {
        Dictionary<(int, int, int), double> intensities = Reflections.Of(CopperSelenide.Table2(sample), new() { Anomalous = null, SmallestSpacingAngstrom = 1.7 })
            .ToDictionary(reflection => (reflection.H, reflection.K, reflection.L), Intensity);
        Assert.Equal(i200ToI111, intensities[(2, 0, 0)] / intensities[(1, 1, 1)], 0.001 * i200ToI111);
        Assert.Equal(i311ToI220, intensities[(3, 1, 1)] / intensities[(2, 2, 0)], 0.001 * i311ToI220);
    }

    private static double Intensity(Reflection reflection) =>
        reflection.MultiplicityCount * reflection.StructureFactorElectrons2 * LorentzPolarisation.FactorRatio(reflection.TwoThetaDeg(1.540593)!.Value);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
