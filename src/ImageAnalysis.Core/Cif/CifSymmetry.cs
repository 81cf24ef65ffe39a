namespace ImageAnalysis.Core;

/// <summary>The symmetry of a structure in a CIF: operations, else a Hall symbol, else the name or number of a space group.</summary>
internal static class CifSymmetry
{
    // Cells in files are rounded; a wrong setting is off by far more.
    private const double CellTolerance = 0.01;

    private const string Wanted = "symmetry operations (_space_group_symop_operation_xyz or _symmetry_equiv_pos_as_xyz)";

    public static SymmetryGroup Of(CifBlock block, UnitCell cell, List<string> notes)
    {
        int line = block.Line;
        string what = "the symmetry";
        try
        {
            SymmetryGroup group = Find(block, cell, notes, ref line, ref what);
            return group.FitsCell(cell, CellTolerance)
                ? group
                : throw new CifException(line, $"{what} does not fit the cell", "edges and angles that the operations leave as they are (they may be those of another setting)");
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException)
        {
            throw new CifException(line, problem.Message.Split('\n')[0].TrimEnd('.', '\r'), Wanted, problem);
        }
    }

    private static SymmetryGroup Find(CifBlock block, UnitCell cell, List<string> notes, ref int line, ref string what)
    {
        IReadOnlyList<CifToken> operations = block.Column("_space_group_symop_operation_xyz", "_symmetry_equiv_pos_as_xyz");
        if (operations.Count > 0 && !operations[0].IsMissing)
        {
            what = "the list of symmetry operations";
            List<SymmetryOperation> read = [];
            foreach (CifToken operation in operations)
            {
                line = operation.Line;
                read.Add(SymmetryOperation.Parse(operation.Text));
            }

            line = operations[0].Line;
            SymmetryGroup group = SymmetryGroup.Of(read);
            if (group.Operations.Count > Math.Max(1, group.GivenCount))
            {
                notes.Add($"The file lists {group.GivenCount} symmetry operations; together they generate {group.Operations.Count}, which are used.");
            }

            return group;
        }

        if (block.Item("_space_group_name_hall", "_symmetry_space_group_name_hall") is { IsMissing: false } hall)
        {
            (line, what) = (hall.Line, $"the Hall symbol '{CifTokenizer.Short(hall.Text)}'");
            return HallSymbol.Parse(hall.Text);
        }

        if (block.Item("_space_group_name_h-m_alt", "_symmetry_space_group_name_h-m", "_space_group_name_h-m", "_space_group_name_h-m_full") is { IsMissing: false } name)
        {
            (line, what) = (name.Line, $"the space group '{CifTokenizer.Short(name.Text)}'");
            notes.Add($"The symmetry operations are those of the tables for the space group '{name.Text.Trim()}', because the file lists none.");
            return SpaceGroups.OfName(name.Text, cell);
        }

        if (block.Item("_space_group_it_number", "_symmetry_int_tables_number") is { IsMissing: false } number)
        {
            (line, what) = (number.Line, $"the space group number {CifTokenizer.Short(number.Text)}");
            notes.Add($"The symmetry operations are those of the tables for the space group of number {number.Text.Trim()}, because the file lists none.");
            double value = CifNumber.Of(number, "the number of the space group");
            return SpaceGroups.OfNumber(value is >= 1 and <= 230 && value == Math.Floor(value)
                ? (int)value
                : throw new CifException(line, $"the space group number is {CifTokenizer.Short(number.Text)}", "a whole number from 1 to 230"), cell);
        }

        notes.Add("The file says nothing about symmetry; its sites are taken for all atoms of the cell (P1).");
        return SymmetryGroup.P1;
    }
}
