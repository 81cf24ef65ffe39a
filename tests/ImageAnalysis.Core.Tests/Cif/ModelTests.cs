using System.Globalization;
using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

/// <summary>The structures in the folder models are those of the paper's tables.</summary>
public sealed class ModelTests
{
    // White, Banerjee and Jain (2017), tables 2 to 4; a dash is an empty site. Cu per cell = 8·8c + 4·4b + 24·24e + 32·32f.
    [Theory]
    [InlineData("cu2se-table2-6nm", 0.37, 0, 0, 0.1575, 8.000)]
    [InlineData("cu2se-table2-4nm", 1, 0, 0, 0, 8.000)]
    [InlineData("cu2se-table2-2nm", 0.3, 0.3, 0.182, 0, 7.968)]
    [InlineData("cu2se-table3-row1", 0.37, 0, 0, 0.1575, 8.000)]
    [InlineData("cu2se-table3-row2", 0.685, 0, 0, 0.07875, 8.000)]
    [InlineData("cu2se-table3-row3", 1, 0, 0, 0, 8.000)]
    [InlineData("cu2se-table4-row1", 0.3, 0, 0.2333, 0, 7.9992)]
    [InlineData("cu2se-table4-row2", 0.3, 0.15, 0.2083, 0, 7.9992)]
    [InlineData("cu2se-table4-row3", 0.3, 0.3, 0.1833, 0, 7.9992)]
    [InlineData("cu2se-sites", 0.4, 0.2, 0.075, 0.06875, 8.000)]
    public void Model_OfEachRow_IsThatOfTheTable(string name, double c8, double b4, double e24, double f32, double copper)
    {
        CrystalStructure model = CifReader.Read(File.ReadAllText(RepositoryFolder.PathOf($"models/{name}.cif")), out IReadOnlyList<string> notes);
        Assert.Empty(notes);
        Assert.Equal(UnitCell.Cubic(5.85), model.Cell);
        Assert.Equal(("F m -3 m", 225), SpaceGroups.NameOf(model.Symmetry)!.Value);
        Assert.Equal(4, model.AtomsPerCellRatio("Se"), 1e-12);
        Assert.Equal(copper, model.AtomsPerCellRatio("Cu"), 1e-9);
        IReadOnlyDictionary<string, double> groups = model.AtomsPerCellByGroup("Cu");
        foreach ((string group, int multiplicity, double occupancy) in new[] { ("8c", 8, c8), ("4b", 4, b4), ("24e", 24, e24), ("32f", 32, f32) })
        {
            Assert.Equal(multiplicity * occupancy, groups.GetValueOrDefault(group), 1e-9);
            CrystalSite? site = model.Sites.FirstOrDefault(one => one.Group == group);
            Assert.Equal(occupancy > 0, site is not null);
            Assert.Equal(site is null ? 0 : multiplicity, site is null ? 0 : model.Orbit(site).Count);
        }

        Assert.Equal(CopperSelenide.Of(c8, b4, e24, f32).Sites.Where(site => site.OccupancyFraction > 0).Select(site => site.Position), model.Sites.Select(site => site.Position));
    }

    [Fact]
    public void WholeAtoms_HasTheCopperAndTheStrengthOf111OfTheTable_AndNoImpossibleContact()
    {
        CrystalStructure table = CifReader.Read(File.ReadAllText(RepositoryFolder.PathOf("models/cu2se-table2-2nm.cif")));
        CrystalStructure whole = CifReader.Read(File.ReadAllText(RepositoryFolder.PathOf("models/cu2se-2nm-whole-atoms.cif")), out IReadOnlyList<string> notes);

        Assert.Empty(notes);
        Assert.Equal(table.AtomsPerCellRatio("Cu"), whole.AtomsPerCellRatio("Cu"), 1e-9);
        Assert.Empty(Contacts.Of(whole));

        // Neither 8c nor 24e at x = 1/4 adds to F(111): their phases cancel.
        Reflection inTable = Reflections.Of(table)[0], inWhole = Reflections.Of(whole)[0];
        Assert.Equal((1, 1, 1), (inTable.H, inTable.K, inTable.L));
        Assert.Equal(inTable.Family, inWhole.Family);
        Assert.Equal(inTable.StructureFactorElectrons2, inWhole.StructureFactorElectrons2, 1e-6 * inTable.StructureFactorElectrons2);
    }

    [Fact]
    public void Hexagonal_IsTheClosePackingOfTheCubicCrystal_WithItsSpacingAndNo001()
    {
        CrystalStructure model = CifReader.Read(File.ReadAllText(RepositoryFolder.PathOf("models/cu2se-hexagonal.cif")), out IReadOnlyList<string> notes);

        Assert.Empty(notes);
        Assert.Equal(("P 63/m m c", 194), SpaceGroups.NameOf(model.Symmetry)!.Value);
        Assert.Equal((2, 4), (model.AtomsPerCellRatio("Se"), model.AtomsPerCellRatio("Cu")));

        // As many formula units in a volume as the cubic cell: 2 in 5.85³/2; the file's edges have four digits.
        Assert.Equal(5.85 * 5.85 * 5.85 / 2, model.Cell.VolumeAngstrom3, 0.01);
        Assert.Equal(5.85 / Math.Sqrt(3), model.Cell.SpacingAngstrom(0, 0, 2), 1e-4);
        Assert.DoesNotContain(Reflections.Of(model), line => line.SpacingAngstrom > 5 && line.StructureFactorElectrons2 > 1e-6);
        Assert.Contains(Reflections.Of(model), line => (line.H, line.K, line.L) == (0, 0, 2) && line.StructureFactorElectrons2 > 100);
    }

    [Fact]
    public void Models_Comments_NameSourceCopperAndEachImpossibleContact()
    {
        string[] files = Directory.GetFiles(RepositoryFolder.PathOf("models"), "*.cif");
        Assert.Equal(12, files.Length);
        foreach (string file in files)
        {
            CrystalStructure model = CifReader.Read(File.ReadAllText(file));
            string comments = string.Join('\n', model.Comments);
            Assert.Contains("doi:10.1038/ncomms14514", comments, StringComparison.Ordinal);
            Assert.Contains($"together {model.AtomsPerCellRatio("Cu").ToString("0.####", CultureInfo.InvariantCulture)}.", comments, StringComparison.Ordinal);
            IReadOnlyList<Contact> contacts = Contacts.Of(model);
            Assert.All(contacts, contact => Assert.Contains(
                FormattableString.Invariant($"{contact.FirstLabel} ({Group(contact.FirstLabel)}) - {contact.SecondLabel} ({Group(contact.SecondLabel)}): {contact.DistanceAngstrom:0.00} A"),
                comments, StringComparison.Ordinal));
            Assert.Equal(contacts.Count, model.Comments.Count(line => line.Contains(") - ", StringComparison.Ordinal)));

            string? Group(string label) => model.Sites[model.IndexOf(label)].Group;
        }
    }
}
