using System.Globalization;
using System.Text.RegularExpressions;
using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

/// <summary>The table of docs/methods/paper-figure-4.md and the trends that the page states.</summary>
public sealed partial class PaperFigureTests
{
    private static readonly (int H, int K, int L)[] Lines = [(1, 1, 1), (2, 0, 0), (2, 2, 0), (3, 1, 1), (2, 2, 2), (4, 0, 0)];

    [Fact]
    public void Table_OfThePage_IsWhatTheModelsGive()
    {
        string[][] rows = [.. File.ReadLines(RepositoryFolder.PathOf("docs/methods/paper-figure-4.md")).Where(line => line.StartsWith("| cu2se-", StringComparison.Ordinal)).Select(line => line.Split('|', StringSplitOptions.TrimEntries))];
        Assert.Equal(6, rows.Length);
        foreach (string[] row in rows)
        {
            CrystalStructure crystal = Model(row[1].Split(' ')[0]);
            double[] plain = Intensities(crystal, null), full = Intensities(crystal, AnomalousTable.Sasaki1989);
            for (int line = 0; line < Lines.Length; line++)
            {
                Match cell = Cell().Match(row[2 + line]);

                // One decimal is written.
                Assert.Equal(plain[line], double.Parse(cell.Groups[1].ValueSpan, CultureInfo.InvariantCulture), 0.0501);
                Assert.Equal(full[line], double.Parse(cell.Groups[2].ValueSpan, CultureInfo.InvariantCulture), 0.0501);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Trends_OfTables3And4_GoThePagesWay(bool anomalous)
    {
        AnomalousTable? table = anomalous ? AnomalousTable.Sasaki1989 : null;
        double[][] third = [.. Enumerable.Range(1, 3).Select(row => Intensities(Model($"cu2se-table3-row{row}"), table))], fourth = [.. Enumerable.Range(1, 3).Select(row => Intensities(Model($"cu2se-table4-row{row}"), table))];
        for (int row = 1; row < 3; row++)
        {
            // Against (220): (200) and (400) grow, (111) and (311) shrink. Then (200) against (111) grows and (311) against (220) shrinks.
            Assert.True(third[row][1] / third[row][2] > third[row - 1][1] / third[row - 1][2]);
            Assert.True(third[row][5] / third[row][2] > third[row - 1][5] / third[row - 1][2]);
            Assert.True(third[row][0] / third[row][2] < third[row - 1][0] / third[row - 1][2]);
            Assert.True(third[row][3] / third[row][2] < third[row - 1][3] / third[row - 1][2]);
            Assert.True(fourth[row][1] / fourth[row][0] > fourth[row - 1][1] / fourth[row - 1][0]);
            Assert.True(fourth[row][3] / fourth[row][2] < fourth[row - 1][3] / fourth[row - 1][2]);
        }
    }

    private static CrystalStructure Model(string name) => CifReader.Read(File.ReadAllText(RepositoryFolder.PathOf($"models/{name}.cif")));

    private static double[] Intensities(CrystalStructure crystal, AnomalousTable? anomalous)
    {
        Dictionary<(int, int, int), double> all = Reflections.Of(crystal, new() { Anomalous = anomalous, SmallestSpacingAngstrom = 1.4 }).ToDictionary(
            line => (line.H, line.K, line.L), line => line.MultiplicityCount * line.StructureFactorElectrons2 * LorentzPolarisation.FactorRatio(line.TwoThetaDeg(1.540593)!.Value));
        return [.. Lines.Select(line => 100 * all[line] / all.Values.Max())];
    }

    [GeneratedRegex(@"^([\d.]+) \(([\d.]+)\)$")]
    private static partial Regex Cell();
}
