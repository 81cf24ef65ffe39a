using System.Globalization;

namespace ImageAnalysis.Core;

/// <summary>The X-ray scattering factors f0 of atoms and ions, by table.</summary>
public static class ScatteringFactors
{
    private static readonly Lazy<Dictionary<Species, ScatteringFactor>> WaasmaierKirfel =
        new(() => Read(ScatteringTable.WaasmaierKirfel1995, WaasmaierKirfelTable.Rows));

    private static readonly Lazy<Dictionary<Species, ScatteringFactor>> CromerMann =
        new(() => Read(ScatteringTable.CromerMann1992, CromerMannTable.Rows));

    /// <summary>The scattering factor of an atom or ion at one angle.</summary>
    /// <param name="table">The table.</param>
    /// <param name="ion">The atom or ion, such as <c>Cu</c>, <c>Cu1+</c> or <c>Se</c>.</param>
    /// <param name="sPerAngstrom">s = sin θ/λ = 1/(2d) in Å⁻¹; not negative.</param>
    /// <returns>f0 in electrons.</returns>
    /// <exception cref="FormatException">The text names no atom or ion.</exception>
    /// <exception cref="ArgumentException">The table does not have it, or s is negative or NaN.</exception>
    public static double Electrons(ScatteringTable table, string ion, double sPerAngstrom) => sPerAngstrom >= 0
        ? Of(table, Species.Parse(ion)).ElectronsAt(sPerAngstrom)
        : throw new ArgumentOutOfRangeException(nameof(sPerAngstrom), sPerAngstrom, "sin θ/λ must not be negative.");

    /// <summary>The scattering factor of exactly one atom or ion.</summary>
    /// <param name="table">The table.</param>
    /// <param name="species">The atom or ion.</param>
    /// <returns>Its coefficients, ready for use at many angles.</returns>
    /// <exception cref="ArgumentException">The table does not have it.</exception>
    public static ScatteringFactor Of(ScatteringTable table, Species species) => Entries(table).TryGetValue(species, out ScatteringFactor? factor)
        ? factor
        : throw new ArgumentException($"{table} has no {species}; of this element it has {Choice(table, species)}.", nameof(species));

    /// <summary>The scattering factor of an ion, or that of the neutral atom where the table does not have the ion (Se²⁻ is in neither table).</summary>
    /// <param name="table">The table.</param>
    /// <param name="species">The atom or ion.</param>
    /// <returns>The coefficients; <see cref="ScatteringFactor.Species"/> says which was taken.</returns>
    /// <exception cref="ArgumentException">The table has neither.</exception>
    public static ScatteringFactor OfIonOrAtom(ScatteringTable table, Species species) =>
        Entries(table).TryGetValue(species, out ScatteringFactor? factor) ? factor : Of(table, species.Neutral);

    /// <summary>The atoms and ions of a table, in the order of atomic number and charge.</summary>
    /// <param name="table">The table.</param>
    /// <returns>The atoms and ions.</returns>
    public static IReadOnlyList<Species> In(ScatteringTable table) =>
        [.. Entries(table).Keys.OrderBy(species => species.AtomicNumber).ThenBy(species => species.Charge)];

    private static Dictionary<Species, ScatteringFactor> Entries(ScatteringTable table) => table switch
    {
        ScatteringTable.WaasmaierKirfel1995 => WaasmaierKirfel.Value,
        ScatteringTable.CromerMann1992 => CromerMann.Value,
        _ => throw new ArgumentOutOfRangeException(nameof(table), table, "There is no such table."),
    };

    private static string Choice(ScatteringTable table, Species species) =>
        string.Join(", ", In(table).Where(entry => entry.AtomicNumber == species.AtomicNumber).DefaultIfEmpty());

    private static Dictionary<Species, ScatteringFactor> Read(ScatteringTable table, string rows)
    {
        Dictionary<Species, ScatteringFactor> entries = [];
        foreach (string row in rows.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] words = row.Split(' ');
            Species species = Species.Parse(words[0]);
            double[] numbers = [.. words.Skip(1).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
            int gaussians = numbers.Length / 2;
            entries.Add(species, new(table, species, numbers[..gaussians], numbers[gaussians..(2 * gaussians)], numbers[^1]));
        }

        return entries;
    }
}
