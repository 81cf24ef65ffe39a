namespace ImageAnalysis.Core;

/// <summary>Reads crystal structures from the text of crystallographic information files (CIF).</summary>
/// <remarks>
/// CIF 1.1 and the core dictionary: International Tables for Crystallography G (2005). Read are the cell, the symmetry (as operations, as a Hall symbol, or
/// as the name or number of a space group), and the sites with occupancy and isotropic displacement (B or U; the equivalent one where only
/// anisotropic parameters are given). Not read: reflections, magnetic and modulated structures, structures in Cartesian coordinates.
/// </remarks>
public static class CifReader
{
    private const int LongestText = 64_000_000;

    /// <summary>Reads the first data block that holds a crystal structure.</summary>
    /// <param name="text">The text of the file; at most 64 million characters.</param>
    /// <returns>The structure.</returns>
    /// <exception cref="CifException">The text is no CIF, or holds no structure that can be read; says line, what was found and what was expected.</exception>
    public static CrystalStructure Read(string text) => Read(text, out _);

    /// <summary>Reads the first data block that holds a crystal structure, and says what was assumed on the way.</summary>
    /// <param name="text">The text of the file; at most 64 million characters.</param>
    /// <param name="notes">
    /// What a person should know: other data blocks that were passed over, occupancies that were missing, charges that were not understood, a stated
    /// multiplicity that does not fit. Empty where nothing was assumed.
    /// </param>
    /// <returns>The structure; its comments are those at the head of the block.</returns>
    /// <exception cref="CifException">The text is no CIF, or holds no structure that can be read; says line, what was found and what was expected.</exception>
    public static CrystalStructure Read(string text, out IReadOnlyList<string> notes)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LongestText)
        {
            throw new CifException(1, $"{text.Length} characters", "at most 64 million");
        }

        List<CifBlock> blocks = CifBlock.Parse(text);
        if (blocks.Count == 0)
        {
            throw new CifException(1, "no data block", "'data_' and a name (is this a CIF?)");
        }

        CifBlock? block = blocks.Find(HoldsStructure);
        if (block is null)
        {
            throw Incomplete(blocks);
        }

        List<string> found = [];
        if (blocks.Count > 1)
        {
            found.Add($"The file has {blocks.Count} data blocks; the structure is that of '{block.Name}', the first with a cell and sites.");
        }

        UnitCell cell = CellOf(block);
        SymmetryGroup symmetry = CifSymmetry.Of(block, cell, found);
        IReadOnlyList<CrystalSite> sites = CifSites.Of(block, cell, found);
        string name = block.Item("_chemical_name_common", "_chemical_name_mineral") is { IsMissing: false } given && given.Text.Trim().Length > 0
            ? given.Text.Trim()
            : block.Name.Length > 0 ? block.Name : "crystal";
        CrystalStructure structure = new(name, cell, symmetry, sites, block.Comments.Where(comment => comment.Length > 0 && !comment.StartsWith('\\')));
        CifSites.CompareMultiplicities(block, structure, found);
        CifSites.CheckSharedPlaces(block, structure, found);
        notes = found;
        return structure;
    }

    private static bool HoldsStructure(CifBlock block) => block.Item("_cell_length_a") is not null && block.Column("_atom_site_fract_x").Count > 0;

    // Says what is missing from the block that comes nearest to a structure.
    private static CifException Incomplete(List<CifBlock> blocks)
    {
        CifBlock block = blocks.Find(one => one.Item("_cell_length_a") is not null) ?? blocks.Find(one => one.Column("_atom_site_fract_x").Count > 0) ?? blocks[0];
        string missing = block.Item("_cell_length_a") is null ? "_cell_length_a" : "_atom_site_fract_x";
        string hint = block.Column("_atom_site_cartn_x").Count > 0 ? " (Cartesian coordinates are not read)" : string.Empty;
        return new(block.Line, $"the data block '{CifTokenizer.Short(block.Name)}' has no {missing}", $"a crystal structure with cell and fractional coordinates{hint}");
    }

    private static UnitCell CellOf(CifBlock block)
    {
        CifToken a = Needed(block, "_cell_length_a");
        try
        {
            return new(
                CifNumber.Of(a, "_cell_length_a"),
                CifNumber.Of(Needed(block, "_cell_length_b"), "_cell_length_b"),
                CifNumber.Of(Needed(block, "_cell_length_c"), "_cell_length_c"),
                Angle(block, "_cell_angle_alpha"),
                Angle(block, "_cell_angle_beta"),
                Angle(block, "_cell_angle_gamma"));
        }
        catch (ArgumentOutOfRangeException problem)
        {
            throw new CifException(a.Line, "a cell that can not be: " + problem.Message.Split(" (Parameter '")[0].Split('\n')[0].TrimEnd('.', '\r'), "edges above 0 Å and angles of a real cell", problem);
        }
    }

    // The dictionary says: an angle that is not given is a right one.
    private static double Angle(CifBlock block, string name) => block.Item(name) is { IsMissing: false } value ? CifNumber.Of(value, name) : 90;

    private static CifToken Needed(CifBlock block, string name) => block.Item(name) switch
    {
        { IsMissing: false } value => value,
        { } missing => throw new CifException(missing.Line, $"{name} is '{missing.Text}'", "a number such as 5.85 or 5.85(2)"),
        null => throw new CifException(block.Line, $"the data block '{CifTokenizer.Short(block.Name)}' has no {name}", "a cell edge in Å"),
    };
}
