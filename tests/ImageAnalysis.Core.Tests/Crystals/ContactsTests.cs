using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

public sealed class ContactsTests
{
    // Distances in units of a = 5.85 Å: 24e (¼ 0 0) - Se (0 0 0) and - 4b (½ 0 0): ¼ = 1.4625 Å; 8c (¼ ¼ ¼) - 32f (.34 .34 .34): 0.09·sqrt(3) = 0.9119 Å;
    // 32f (.34 .34 .34) - (.34 .16 .16): 0.18·sqrt(2) = 1.4892 Å; 32f - 4b: 0.16·sqrt(3) = 1.6212 Å;
    // 24e (¼ 0 0) - 32f (.34 .16 .16): sqrt(0.09² + 2·0.16²) = 0.2435: 1.4246 Å; 24e - 8c (¼ ¼ ¼) and - 24e (0 ¼ 0): ¼·sqrt(2) = 2.0683 Å.
    // Neighbours of one position of the first site: 8c has the four 32f of its tetrahedron, 32f the three others; Se and 4b have six 24e around them; 8c has 24e in the
    // twelve directions (0 ±¼ ±¼); 24e (¼ 0 0) has others at (±¼ ±¼ 0) and (±¼ 0 ±¼), eight.
    [Theory]
    [InlineData("Se", "24e", 1.4625, 6)]
    [InlineData("4b", "24e", 1.4625, 6)]
    [InlineData("8c", "32f", 0.9119, 4)]
    [InlineData("32f", "32f", 1.4892, 3)]
    [InlineData("4b", "32f", 1.6212, 8)]
    [InlineData("24e", "32f", 1.4246, 4)]
    [InlineData("8c", "24e", 2.0683, 12)]
    [InlineData("24e", "24e", 2.0683, 8)]
    public void Contacts_OfAllCopperSites_AreFoundWithTheirDistances(string first, string second, double distance, int neighbours)
    {
        IReadOnlyList<Contact> contacts = Contacts.Of(CopperSelenide.Of(0.4, 0.2, 0.075, 0.06875));
        Assert.Equal(8, contacts.Count);
        Contact contact = Assert.Single(contacts, contact => contact.FirstLabel == first && contact.SecondLabel == second);
        Assert.Equal(distance, contact.DistanceAngstrom, 1e-4);
        Assert.Equal(neighbours, contact.NeighbourCount);
        Assert.True(contact.DistanceAngstrom < contact.SmallestSensibleAngstrom);
        Assert.Contains(first, contact.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Contacts_OfOrdinaryStructures_AreNone()
    {
        Assert.Empty(Contacts.Of(CopperSelenide.Table2("4nm"))); // antifluorite
        Assert.Empty(Contacts.Of(new("NaCl", UnitCell.Cubic(5.64), CopperSelenide.Fm3m, [new("Na", "Na", 0, 0, 0), new("Cl", "Cl", 0.5, 0.5, 0.5)])));
        Assert.Empty(Contacts.Of(new("Cu", UnitCell.Cubic(3.615), CopperSelenide.Fm3m, [new("Cu", "Cu", 0, 0, 0)])));
        // Diamond: 1.545 Å of 2·0.76 Å.
        Assert.Empty(Contacts.Of(new("C", UnitCell.Cubic(3.567), HallSymbol.Parse("-F 4vw 2vw 3"), [new("C", "C", 0.125, 0.125, 0.125)])));
        // Two kinds of atoms on one position are a mixed site, not a contact.
        Assert.Empty(Contacts.Of(new("CuAu", UnitCell.Cubic(3.75), CopperSelenide.Fm3m, [new("Cu", "Cu", 0, 0, 0, 0.75), new("Au", "Au", 0, 0, 0, 0.25)])));
    }

    [Fact]
    public void Contacts_OfEmptySites_AreNamedOnRequest()
    {
        CrystalStructure structure = CopperSelenide.Table2("4nm"); // 4b, 24e and 32f are empty
        Assert.Equal(8, Contacts.Of(structure, new() { IncludeEmptySites = true }).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => Contacts.Of(structure, new() { SmallestRatio = double.NaN }));
    }

    // Se fills its site: 1 + 0.182 > 1, so no arrangement has copper on 24e beside it; 4b and 24e can alternate: 0.3 + 0.182.
    [Fact]
    public void Contradiction_OfTheTwoNanometreModel_IsThatWithSelenium()
    {
        IReadOnlyList<Contact> contacts = Contacts.Of(CopperSelenide.Table2("2nm"));
        Assert.Equal(["Se 24e"], contacts.Where(contact => contact.IsContradiction).Select(contact => $"{contact.FirstLabel} {contact.SecondLabel}"));
        Assert.DoesNotContain(Contacts.Of(CopperSelenide.Table2("6nm")), contact => contact.IsContradiction);
    }
}
