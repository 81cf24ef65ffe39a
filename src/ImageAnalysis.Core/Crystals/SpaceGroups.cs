namespace ImageAnalysis.Core;

/// <summary>The 230 space groups in their tabulated settings, by name and number.</summary>
public static class SpaceGroups
{
    private const double CellTolerance = 0.01;

    private static readonly Lazy<Setting[]> Settings = new(ReadTable);

    /// <summary>All 530 tabulated settings: number of the space group, Hermann-Mauguin symbol with its extension, Hall symbol.</summary>
    public static IReadOnlyList<(int Number, string Name, string Hall)> All => [.. Settings.Value.Select(setting => (setting.Number, setting.Name, setting.Hall))];

    /// <summary>The operations of a space group by its Hermann-Mauguin symbol.</summary>
    /// <param name="name">
    /// The symbol, such as <c>F m -3 m</c>, <c>Fm-3m</c>, <c>P 21/c</c>, <c>R -3 m:R</c> or <c>F d -3 m:2</c>; spaces and underscores do not matter.
    /// </param>
    /// <param name="cell">The unit cell, which tells settings of one short symbol apart: unique axis, hexagonal or rhombohedral axes.</param>
    /// <returns>The operations.</returns>
    /// <exception cref="FormatException">There is no such space group, or the symbol stands for two choices of the origin; the message says what to give.</exception>
    public static SymmetryGroup OfName(string name, UnitCell cell)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(cell);
        string wanted = Squeezed(name);
        Setting[] all = Settings.Value;
        Setting[] fitting = Array.FindAll(all, setting => Squeezed(setting.Name) == wanted);
        fitting = fitting.Length > 0 ? fitting : Array.FindAll(all, setting => Squeezed(setting.WithoutExtension) == wanted);
        fitting = fitting.Length > 0 ? fitting : Array.FindAll(all, setting => setting.ShortName == wanted || setting.OldName == wanted);
        return fitting.Length > 0
            ? Chosen(fitting, $"'{(name.Length > 40 ? name[..40] + "…" : name).Trim()}'", cell)
            : throw new FormatException($"'{(name.Length > 40 ? name[..40] + "…" : name).Trim()}' is no space group of the tables");
    }

    /// <summary>The operations of a space group by its number, in the reference setting.</summary>
    /// <param name="number">The number in International Tables A, 1 to 230.</param>
    /// <param name="cell">The unit cell, which tells hexagonal from rhombohedral axes.</param>
    /// <returns>The operations.</returns>
    /// <exception cref="FormatException">The group has two choices of the origin; the message says what to give.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number is not 1 to 230.</exception>
    public static SymmetryGroup OfNumber(int number, UnitCell cell)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, 230);
        ArgumentNullException.ThrowIfNull(cell);
        Setting[] settings = Array.FindAll(Settings.Value, setting => setting.Number == number);
        return Chosen(Array.FindAll(settings, setting => setting.WithoutExtension == settings[0].WithoutExtension), $"number {number}", cell);
    }

    /// <summary>The name and number of a group in one of the tabulated settings.</summary>
    /// <param name="symmetry">The group.</param>
    /// <returns>Hermann-Mauguin symbol with its extension, and number; <c>null</c> where no tabulated setting has just these operations.</returns>
    public static (string Name, int Number)? NameOf(SymmetryGroup symmetry)
    {
        ArgumentNullException.ThrowIfNull(symmetry);
        HashSet<SymmetryOperation> operations = [.. symmetry.Operations];
        foreach (Setting setting in Settings.Value)
        {
            IReadOnlyList<SymmetryOperation> tabulated = setting.Group.Value.Operations;
            if (tabulated.Count == operations.Count && tabulated.All(operations.Contains))
            {
                return (setting.Name, setting.Number);
            }
        }

        return null;
    }

    // One of several settings of a symbol: the first that the cell allows. Two origins are not told apart by a cell, so they are an error.
    private static SymmetryGroup Chosen(Setting[] settings, string what, UnitCell cell)
    {
        Setting[] fitting = Array.FindAll(settings, setting => setting.Group.Value.FitsCell(cell, CellTolerance));
        Setting first = (fitting.Length > 0 ? fitting : settings)[0];
        Setting? other = Array.Find(fitting, setting => setting.Number == first.Number && setting.WithoutExtension == first.WithoutExtension && setting.Name != first.Name);
        return other is null
            ? first.Group.Value
            : throw new FormatException($"the space group {what} has two choices of the origin, '{first.Name}' and '{other.Name}', and nothing says which is meant");
    }

    private static string Squeezed(string name) =>
        name.Replace(" ", string.Empty, StringComparison.Ordinal).Replace("_", string.Empty, StringComparison.Ordinal).ToUpperInvariant();

    private static Setting[] ReadTable()
    {
        List<Setting> settings = [];
        int number = 0;
        foreach (string row in SpaceGroupTable.Rows.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            number++;
            foreach (string entry in row.Split('|', StringSplitOptions.TrimEntries))
            {
                string[] parts = entry.Split('=', StringSplitOptions.TrimEntries);
                settings.Add(new(number, parts[0], parts[1]));
            }
        }

        return [.. settings];
    }

    /// <summary>A setting of a space group.</summary>
    private sealed class Setting(int number, string name, string hall)
    {
        public int Number { get; } = number;

        public string Name { get; } = name;

        public string Hall { get; } = hall;

        public string WithoutExtension { get; } = name.Split(':')[0];

        /// <summary>P21/c of P 1 21/c 1.</summary>
        public string ShortName { get; } = number is >= 3 and <= 15 ? string.Concat(name.Split(' ').Where(word => word != "1")).ToUpperInvariant() : string.Empty;

        /// <summary>Fm3m of F m -3 m, as it was written until 1983.</summary>
        public string OldName { get; } = number is (>= 200 and <= 206) or >= 221
            ? Squeezed(name.Split(':')[0]).Replace("-3", "3", StringComparison.Ordinal)
            : string.Empty;

        public Lazy<SymmetryGroup> Group { get; } = new(() => HallSymbol.Parse(hall));
    }
}
