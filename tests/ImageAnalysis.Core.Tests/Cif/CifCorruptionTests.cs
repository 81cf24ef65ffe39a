using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

/// <summary>Damaged and hostile files end in a structure or in a <see cref="CifException"/>, and in nothing else.</summary>
public sealed class CifCorruptionTests
{
    private static readonly string Sound = CifWriter.Write(new(
        "Cu2Se", UnitCell.Cubic(5.85), HallSymbol.Parse("-P 2 2 3"),
        [new("Se1", "Se", 0, 0, 0) { BIsoAngstrom2 = 1 }, new("Cu1", "Cu1+", 0.25, 0.25, 0.25, 0.37) { Group = "8c" }],
        ["a comment"])) + "_remark\n;\ntext\n;\n_other 'quoted text' loop_ _a _b 1 \"2\"\n";

    [Fact]
    public void Read_FileCutAnywhere_EndsInAStructureOrAMessage()
    {
        for (int length = 0; length <= Sound.Length; length++)
        {
            Try(Sound[..length]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Read_DamagedFile_EndsInAStructureOrAMessage(int seed)
    {
        Random random = new(seed);
        const string Hostile = "'\"#;_\n\r\t ()-+*/.,?0123456789xyzeE\0\u00A0\uFEFFÅ[]{}$loop_data_";
        int read = 0, refused = 0;
        for (int round = 0; round < 4000; round++)
        {
            List<char> text = [.. Sound];
            for (int flips = random.Next(1, 6); flips > 0; flips--)
            {
                int at = random.Next(text.Count);
                switch (random.Next(4))
                {
                    case 0:
                        text[at] = Hostile[random.Next(Hostile.Length)];
                        break;
                    case 1:
                        text.Insert(at, Hostile[random.Next(Hostile.Length)]);
                        break;
                    case 2:
                        text.RemoveAt(at);
                        break;
                    default:
                        int length = Math.Min(random.Next(1, 60), text.Count - at);
                        text.InsertRange(random.Next(text.Count), text.GetRange(at, length)); // a piece twice
                        break;
                }
            }

            if (Try(new string([.. text])))
            {
                read++;
            }
            else
            {
                refused++;
            }
        }

        Assert.True(read > 100 && refused > 100, $"{read} read, {refused} refused: the damage is too weak or too strong to test anything");
    }

    [Fact]
    public void Read_HostileFiles_EndInAMessage()
    {
        string cell = "data_x\n_cell_length_a 5\n_cell_length_b 5\n_cell_length_c 5\n";
        string atom = "loop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n";
        string[] hostile =
        [
            new string('\'', 1_000_000),
            new string('\n', 1_000_000) + "'",
            "data_x\n;" + new string('x', 1_000_000),
            cell + atom + string.Concat(Enumerable.Repeat("Cu1 0 0 0\n", 20_000)), // more sites than allowed
            cell + "loop_\n_symmetry_equiv_pos_as_xyz\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"'x,y,z+0.{i + 10_000}'\n")) + atom + "Cu1 0 0 0\n",
            cell + $"_symmetry_space_group_name_Hall 'P {new string('2', 100_000)}'\n" + atom + "Cu1 0 0 0\n",
            cell + $"loop_\n_symmetry_equiv_pos_as_xyz\n'{new string('x', 100_000)},y,z'\n" + atom + "Cu1 0 0 0\n",
            cell + atom + "Cu1 0 0 1e308\n",
            cell + atom + "Cu1 0 0 1e999\n",
            cell + atom + $"Cu1 0 0 {new string('1', 1000)}\n",
            cell.Replace("_a 5", "_a 1e-300", StringComparison.Ordinal).Replace("_b 5", "_b 1e-300", StringComparison.Ordinal) + "_space_group_IT_number 225\n" + atom + "Cu1 0 0 0\n",
            cell + "_cell_angle_alpha 1e-9\n" + atom + "Cu1 0 0 0\n",
            "data_x " + string.Concat(Enumerable.Repeat("loop_ ", 100_000)),
            "data_x loop_ " + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"_n{i} ")) + "1",
        ];
        Assert.All(hostile, text => Assert.False(Try(text)));
    }

    [Fact]
    public void Read_ManySitesOfTheHighestSymmetry_IsQuickEnoughToFinish()
    {
        string sites = string.Concat(Enumerable.Range(0, 2000).Select(i => FormattableString.Invariant($"Cu 0.{i % 97 + 100} 0.{i % 89 + 200} 0.{i % 83 + 300}\n")));
        CrystalStructure structure = CifReader.Read(
            "data_x\n_cell_length_a 50\n_cell_length_b 50\n_cell_length_c 50\n_space_group_name_Hall '-F 4 2 3'\nloop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n" + sites);
        Assert.Equal(2000, structure.Sites.Count);
    }

    // True where a structure came of it. Any other exception than the one that is promised fails the test.
    private static bool Try(string text)
    {
        try
        {
            CrystalStructure structure = CifReader.Read(text);
            Assert.NotEmpty(structure.Atoms());
            Assert.NotEmpty(CifWriter.Write(structure));
            return true;
        }
        catch (CifException refused)
        {
            Assert.InRange(refused.Line, 1, 1 + text.Length);
            Assert.True(refused.Message.Length < 1000, "a message is no copy of the file");
            return false;
        }
    }
}
