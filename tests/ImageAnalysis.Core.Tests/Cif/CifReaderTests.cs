using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

public sealed class CifReaderTests
{
    private const string Cell = "data_x\n_cell_length_a 5.85(2)\n_cell_length_b 5.85(2)\n_cell_length_c 5.85(2)\n";

    private const string OneSite = "loop_\n_atom_site_label\n_atom_site_type_symbol\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\nCu1 Cu1+ 0.25 0.25 0.25\n";

    [Fact]
    public void Read_PlainFile_GivesCellSymmetryAndSites()
    {
        const string Text = """
            # made by hand
            data_selenide   # a comment behind a value
            # Source: somebody, 1999

            _chemical_name_common 'copper selenide, 6 nm'
            _cell_length_a    5.85(2)
            _cell_length_b    5.85
            _cell_length_c    5.85E0
            _cell_angle_alpha 90
            _cell_angle_beta  90.
            _cell_angle_gamma 90
            _publ_section_comment
            ;
            a text field with ' and " and loop_ in it
            # that is no comment
            ;
            loop_
            _space_group_symop_id
            _space_group_symop_operation_xyz
            1 x,y,z   2 '-x, -y, -z'
            3 "x, 1/2+y, 1/2+z"  4 'x+1/2,y,z+1/2'
            5 '-y,x,z' 6 z,x,y 7 y,x,-z # all the rest follows from these
            loop_
            _atom_site_label
            _atom_site_type_symbol
            _atom_site_symmetry_multiplicity
            _atom_site_Wyckoff_symbol
            _atom_site_fract_x
            _atom_site_fract_y
            _atom_site_fract_z
            _atom_site_occupancy
            _atom_site_U_iso_or_equiv
            Se1 Se   4 a 0    0    0    1         0.01(1)
            Cu1 Cu1+ 8 c 0.25 0.25 0.25 0.37(3)   .
            Cu4 Cu1+ 32 f 0.34(1) 0.34 0.34 0.1575 ?
            """;
        CrystalStructure structure = CifReader.Read(Text, out IReadOnlyList<string> notes);
        Assert.Equal("copper selenide, 6 nm", structure.Name);
        Assert.Equal(UnitCell.Cubic(5.85), structure.Cell);
        Assert.Equal(192, structure.Operations.Count);
        Assert.Equal(["made by hand", "Source: somebody, 1999"], structure.Comments);
        Assert.Equal(["Se1", "Cu1", "Cu4"], structure.Sites.Select(site => site.Label));
        Assert.Equal([4, 8, 32], Enumerable.Range(0, 3).Select(structure.MultiplicityCount));
        Assert.Equal(["4a", "8c", "32f"], structure.Sites.Select(site => site.Group));
        Assert.Equal("Cu1+", structure.Sites[1].Ion);
        Assert.Equal(0.1575, structure.Sites[2].OccupancyFraction);
        Assert.Equal(0.01 * 8 * Math.PI * Math.PI, structure.Sites[0].BIsoAngstrom2!.Value, 1e-12); // B = 8π²U
        Assert.Null(structure.Sites[1].BIsoAngstrom2);
        Assert.Equal(["The file lists 7 symmetry operations; together they generate 192, which are used."], notes);
    }

    [Fact]
    public void Read_OtherLineEndsCaseAndDictionaries_IsTheSame()
    {
        string text = "\uFEFF#\\#CIF_1.1\r\rDATA_y\r_CELL.LENGTH_A 4\r_cell.length_b 5\r_Cell_Length_C 6\rLOOP_\r_Symmetry_Equiv_Pos_As_XYZ\r'X,Y,Z'\r'-X,-Y,-Z'\r" +
            "loop_ _atom_site.label _atom_site.fract_x _atom_site.fract_y _atom_site.fract_z\rCA1 .1 .2 .3 OW1 -0.1 0 1.5";
        CrystalStructure structure = CifReader.Read(text);
        Assert.Equal("y", structure.Name);
        Assert.Empty(structure.Comments);
        Assert.Equal(["Ca", "O"], structure.Sites.Select(site => site.Ion));
        Assert.Equal(2, structure.Operations.Count);
        Assert.Equal(0.5, structure.Orbit(1)[0].ZFraction, 1e-12);
        Assert.Equal(CifReader.Read(text.Replace("\r", "\r\n", StringComparison.Ordinal)).Sites, structure.Sites);
    }

    [Fact]
    public void Read_SeveralBlocks_TakesTheFirstStructureAndSaysSo()
    {
        CrystalStructure structure = CifReader.Read("data_global\n_publ_contact_author 'A. Body'\n" + Cell.Replace("data_x", "data_first", StringComparison.Ordinal) + OneSite
            + "data_second\n_cell_length_a 9\n", out IReadOnlyList<string> notes);
        Assert.Equal("first", structure.Name);
        Assert.Contains(notes, note => note.Contains("3 data blocks", StringComparison.Ordinal) && note.Contains("'first'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("_symmetry_space_group_name_H-M 'F m -3 m'\n", 192)]
    [InlineData("_space_group_IT_number 225\n", 192)]
    [InlineData("_space_group_name_Hall '-F 4 2 3'\n_symmetry_space_group_name_H-M nonsense\n", 192)]
    [InlineData("_symmetry_space_group_name_H-M 'P 1'\n", 1)]
    [InlineData("", 1)]
    public void Read_SymmetryWithoutOperations_ComesFromTheTablesAndIsNoted(string symmetry, int operations)
    {
        CrystalStructure structure = CifReader.Read(Cell + symmetry + OneSite, out IReadOnlyList<string> notes);
        Assert.Equal(operations, structure.Operations.Count);
        Assert.Equal(symmetry.Contains("Hall", StringComparison.Ordinal) ? 0 : 1, notes.Count);
    }

    [Fact]
    public void Read_MixedSite_KeepsBothAtoms()
    {
        CrystalStructure structure = CifReader.Read(Cell + "loop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n_atom_site_occupancy\nCu1 0 0 0 0.75\nAu1 0 0 0 .25\n");
        Assert.Equal(2, structure.Atoms().Count);
        Assert.Equal(0.75, structure.AtomsPerCellRatio("Cu"));
    }

    // U(eq) in an orthogonal cell is the mean of U11, U22, U33: (0.01 + 0.02 + 0.03)/3 = 0.02. In a hexagonal one U11 = U22 = 2 U12 is isotropic in the plane,
    // so that of 0.02, 0.02, 0.02, 0.01 is 0.02.
    [Theory]
    [InlineData("90", "0.01 0.02 0.03 0.4 0 0")]
    [InlineData("120", "0.02 0.02 0.02 0.01 0 0")]
    public void Read_AnisotropicDisplacements_GivesTheEquivalentB(string gamma, string parameters)
    {
        string text = Cell + $"_cell_angle_gamma {gamma}\n" + OneSite
            + "loop_\n_atom_site_aniso_label\n_atom_site_aniso_U_11\n_atom_site_aniso_U_22\n_atom_site_aniso_U_33\n_atom_site_aniso_U_12\n_atom_site_aniso_U_13\n_atom_site_aniso_U_23\nCu1 " + parameters + "\n";
        Assert.Equal(0.02 * 8 * Math.PI * Math.PI, CifReader.Read(text).Sites[0].BIsoAngstrom2!.Value, 1e-9);
    }

    [Fact]
    public void Read_WhatIsAssumed_IsNoted()
    {
        CrystalStructure structure = CifReader.Read(
            Cell + "_symmetry_space_group_name_Hall 'P 1'\nloop_\n_atom_site_label\n_atom_site_type_symbol\n_atom_site_symmetry_multiplicity\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n_atom_site_occupancy\n_atom_site_calc_flag\n"
            + "Cu1 Cu1.5+ 2 0 0 0 ? d\nCu1 Cu 1 0.5 0.5 0.5 1.005 d\nX1 X . 0.2 0.2 0.2 1 dum\n", out IReadOnlyList<string> notes);
        Assert.Equal(["Cu1", "Cu1_2"], structure.Sites.Select(site => site.Label));
        Assert.Equal([1, 1], structure.Sites.Select(site => site.OccupancyFraction));
        foreach (string expected in new[] { "dummy", "called 'Cu1' too", "read as neutral Cu", "have no occupancy", "1.005" })
        {
            Assert.Contains(notes, note => note.Contains(expected, StringComparison.Ordinal));
        }

        CifReader.Read((Cell + OneSite).Replace("Cu1+ 0.25", "Cu1+ 4 0.25", StringComparison.Ordinal)
            .Replace("_atom_site_fract_x", "_atom_site_site_symmetry_multiplicity\n_atom_site_fract_x", StringComparison.Ordinal), out notes);
        Assert.Contains(notes, note => note.Contains("4 positions", StringComparison.Ordinal)); // P1 makes 1
    }

    [Theory]
    [InlineData("", 1, "no data block")]
    [InlineData("hello world\n", 1, "before any data block")]
    [InlineData("data_x\n_cell_length_a 5\n", 1, "no _atom_site_fract_x")]
    [InlineData("data_x\nloop_\n_atom_site_fract_x\n0\n", 1, "no _cell_length_a")]
    [InlineData("data_x\n_cell_length_a 'five'\n_cell_length_b 5\n_cell_length_c 5\n" + OneSite, 2, "'five'")]
    [InlineData("data_x\n_cell_length_a 5.(2\n_cell_length_b 5\n_cell_length_c 5\n" + OneSite, 2, "'5.(2'")]
    [InlineData("data_x\n_cell_length_a 5\n_cell_length_b ?\n_cell_length_c 5\n" + OneSite, 3, "_cell_length_b is '?'")]
    [InlineData("data_x\n_cell_length_a 5\n_cell_length_b -5\n_cell_length_c 5\n" + OneSite, 2, "a cell that can not be")]
    [InlineData("data_x\n_cell_length_a 5\n_cell_length_b 5\n" + OneSite, 1, "no _cell_length_c")]
    [InlineData(Cell + "loop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\nCu1 0 0\n", 10, "3 values for 4 names")]
    [InlineData(Cell + "loop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\nCu1 0 0 ?\n", 10, "_atom_site_fract_z is '?'")]
    [InlineData(Cell + "loop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\nQq1 0 0 0\n", 10, "'Qq1' names no element")]
    [InlineData(Cell + "loop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n_atom_site_occupancy\nCu1 0 0 0 1.5\n", 11, "_atom_site_occupancy is 1.5")]
    [InlineData(Cell + "loop_\n_symmetry_equiv_pos_as_xyz\n'x,y,q'\n" + OneSite, 7, "'x,y,q'")]
    [InlineData(Cell + "loop_\n_symmetry_equiv_pos_as_xyz\n'x,y,z+0.001'\n" + OneSite, 7, "more than 192")]
    [InlineData(Cell + "loop_\n_symmetry_equiv_pos_as_xyz\nx,y,z\n'-y,x-y,z'\n" + OneSite, 7, "does not fit the cell")]
    [InlineData(Cell + "_symmetry_space_group_name_H-M 'F d -3 m'\n" + OneSite, 5, "two choices of the origin")]
    [InlineData(Cell + "_symmetry_space_group_name_H-M 'P q'\n" + OneSite, 5, "no space group")]
    [InlineData(Cell + "_space_group_IT_number 231\n" + OneSite, 5, "231")]
    [InlineData(Cell + "_symmetry_space_group_name_H-M 'P 63 m c'\n" + OneSite, 5, "does not fit the cell")]
    [InlineData(Cell + "_a\n" + OneSite, 5, "'_a' has no value")]
    [InlineData(Cell + "_a b c\n" + OneSite, 5, "'c' has no data name")]
    [InlineData(Cell + "_a 'b\n" + OneSite, 5, "does not end in its line")]
    [InlineData(Cell + "_a\n;b\n" + OneSite, 6, "does not end")]
    [InlineData(Cell + "loop_\n" + "data_z\n", 5, "a loop without data names")]
    [InlineData(Cell + "save_frame\n" + OneSite, 5, "'save_frame'")]
    public void Read_BadFile_SaysLineAndWhatWasFound(string text, int line, string found)
    {
        CifException refused = Assert.Throws<CifException>(() => CifReader.Read(text));
        Assert.Equal(line, refused.Line);
        Assert.Contains(found, refused.Found, StringComparison.Ordinal);
        Assert.True(refused.Expected.Length > 5);
        Assert.StartsWith($"CIF: line {line}: ", refused.Message, StringComparison.Ordinal);
    }

    [ReferenceFact]
    public void Read_FileOfAnotherProgram_GivesItsStructure()
    {
        CrystalStructure structure = CifReader.Read(File.ReadAllText(ReferenceData.PathOf("real-data/pxrd/autoxrd_MnO_225.cif")));
        Assert.Equal(4.444, structure.Cell.AAngstrom);
        Assert.Equal(4, structure.AtomsPerCellRatio("Mn"));
        Assert.Equal(4, structure.AtomsPerCellRatio("O"));
        // Rock salt: 222 and 111 are sum and difference, also when all atoms are given without symmetry; eight lines of P1 make the 111 of a powder.
        Reflection[] first = [.. Reflections.Of(structure, new() { SmallestSpacingAngstrom = 2.5, Anomalous = null }).Where(reflection => reflection.StructureFactorElectrons2 > 1e-6)];
        Assert.Equal(8, first.Sum(reflection => reflection.MultiplicityCount));
    }

    [Theory]
    [InlineData("Cu2 Cu 0.25 0.25 0.25 0.5", "site 'Cu2' lies where 'Cu1' is, and together they fill the place 1.3 times")]
    [InlineData("Ag1 Ag 0.75 0.25 0.25 0.4", "site 'Ag1' lies where 'Cu1' is, and together they fill the place 1.2 times")]
    public void Read_PlaceFilledMoreThanOnce_IsRefusedWithTheSites(string second, string expected)
    {
        // The second site of the second case is another position of the first's orbit.
        string text = Cell + "loop_\n_space_group_symop_operation_xyz\n'-y,x,z' 'z,x,y' 'y,x,z' '-x,-y,-z' 'x,y+1/2,z+1/2' 'x+1/2,y,z+1/2'\n" +
            $"loop_\n_atom_site_label\n_atom_site_type_symbol\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n_atom_site_occupancy\nCu1 Cu 0.25 0.25 0.25 0.8\n{second}\n";
        CifException refused = Assert.Throws<CifException>(() => CifReader.Read(text));
        Assert.Equal(16, refused.Line);
        Assert.Equal(expected, refused.Found);
    }

    [Fact]
    public void Read_SeveralAtomsAtOnePlace_AreAnAlloyAndTheSameAtomTwiceIsNoted()
    {
        string head = Cell + "loop_\n_atom_site_label\n_atom_site_type_symbol\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n_atom_site_occupancy\nCu1 Cu 0 0 0 0.75\n";
        Assert.Equal(2, CifReader.Read(head + "Au1 Au 0 0 0 0.25\n", out IReadOnlyList<string> alloy).Sites.Count);
        Assert.DoesNotContain(alloy, note => note.Contains("given twice", StringComparison.Ordinal));
        CifReader.Read(head + "Cu2 Cu 1 0 0 0.25\n", out IReadOnlyList<string> twice);
        Assert.Contains(twice, note => note.Contains("site 'Cu2' lies where 'Cu1' is", StringComparison.Ordinal));
    }
}
