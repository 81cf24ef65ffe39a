using System.Text;
using ImageAnalysis.Tests;

namespace ImageAnalysis.Samples.Tests;

public class TablesTests
{
    // The columns that other programs rely on, to the letter; further columns may follow them.
    private const string SizesContract = "sample,file,particle_id,x_px,y_px,feret_max_nm,feret_min_nm,diameter_nm,area_nm2,aspect_ratio,circularity_ratio,orientation_deg,touches_border,touches_neighbour,counted,flags";
    private const string FilesContract = "file,sample,role,outcome,message,pixel_width_nm,pixel_height_nm,calibration_source,sha256,seconds";
    private const string SamplesContract = "sample,n_fringes,n_superstructure,n_regular,n_undetermined,superstructure_percent,superstructure_low_percent,superstructure_high_percent,superstructure_if_undetermined_ordered_percent,reviewed_superstructure_percent,n_sized,feret_mean_nm,feret_sd_nm,diameter_mean_nm,diameter_sd_nm,d111_mean_nm,d111_sigma_nm,a_angstrom,a_sigma_angstrom,cu_8c,cu_4b,cu_24e,cu_32f";

    [Fact]
    public void Run_Tables_BeginWithTheColumnsOfTheContract()
    {
        using TempFolder root = PipelineTests.Images(1), results = new();

        PipelineTests.Run(root, results);

        Assert.StartsWith(SizesContract, string.Join(',', Csv.Read(results["sizes.csv"])[0]), StringComparison.Ordinal);
        Assert.StartsWith(FilesContract, string.Join(',', Csv.Read(results["files.csv"])[0]), StringComparison.Ordinal);
        Assert.StartsWith(SamplesContract, string.Join(',', Csv.Read(results["samples.csv"])[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void SizesCsv_Row_HasFixedDecimalsEmptyCellsAndQuotes()
    {
        using TempFolder root = PipelineTests.Images(1), results = new();

        PipelineTests.Run(root, results);

        // Seed 0: the particle with number n has a long axis of 20 + n px, and a pixel is 0.1 nm.
        List<string[]> rows = Csv.Read(results["sizes.csv"]);
        Assert.Equal(
            ["s", "s/haadf/0.png", "1", "5.250", "0.333", "2.1000", "2.0000", "2.0500", "3.4636", "1.0500", "0.9500", "30.00", "false", "false", "true", "",
             "", "", "2.0250", "1.125000", "21.000", "20.000", "20.500", "346.36", "1.23457E+06", "0.1", "25", "", "", "", ""],
            rows[1]);
        Assert.Equal("0.00", rows[2][11]);
        Assert.Equal(["false", "true", "true"], rows[2][12..15]);
        Assert.Equal(["false", "saturated;overlap"], rows[3][14..16]);
        Assert.Equal("3 pixels, at 65535; 20 % \"shared\"", rows[3][^3]);
        Assert.Contains(",\"3 pixels, at 65535; 20 % \"\"shared\"\"\",,\r\n", File.ReadAllText(results["sizes.csv"]), StringComparison.Ordinal);
    }

    [Fact]
    public void SamplesCsv_Sizes_AreThoseOfTheCountedRows()
    {
        using TempFolder root = PipelineTests.Images(2), results = new();

        RunResult result = PipelineTests.Run(root, results);

        // Seeds 0 and 1: counted long axes are 2.1, 2.2 and 2.2, 2.3 nm with weights 1.125 and 1.25 (a particle's weight follows from its number).
        // Weighted mean: (1.125 · (2.1 + 2.2) + 1.25 · (2.2 + 2.3)) / 4.75 = 2.2026; plain mean 2.2.
        List<string[]> rows = Csv.Read(results["samples.csv"]);
        Assert.Equal(["s", "4", "2.2026"], [rows[1][0], rows[1][10], rows[1][11]]);
        Assert.Equal("2.2000", rows[1][Array.IndexOf(rows[0], "feret_plain_mean_nm")]);
        Assert.Equal("2.1526", rows[1][13]);
        Assert.All(rows[1][1..10], cell => Assert.Equal("", cell));
        Assert.All(rows[1][15..23], cell => Assert.Equal("", cell));
        Assert.Equal((4, 0, 6, 2), (result.Samples[0].SizedCount, result.Samples[0].UncalibratedCount, result.Samples[0].ParticleCount, result.Samples[0].FlaggedCount));
    }

    [Fact]
    public void Pipeline_File_IsShortEnoughToReadAtOnce() =>
        Assert.InRange(File.ReadAllLines(RepositoryFolder.PathOf("src/ImageAnalysis.Samples/Pipeline.cs")).Length, 1, 150);

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("µ é ±", "µ é ±")]
    public void CsvTable_Text_IsQuotedWhereItMustBe(string text, string expected) => Assert.Equal(expected, Cell(table => table.Text(text)));

    [Fact]
    public void CsvTable_Numbers_HaveAPointAndNoNegativeZero()
    {
        Assert.Equal("1234.50", Cell(table => table.Fixed(1234.5, 2)));
        Assert.Equal("0.00", Cell(table => table.Fixed(-0.001, 2)));
        Assert.Equal("-0.01", Cell(table => table.Fixed(-0.009, 2)));
        Assert.Equal("", Cell(table => table.Fixed(null, 2)));
        Assert.Equal("0.1", Cell(table => table.Exact(0.1)));
        Assert.Equal("0.30000000000000004", Cell(table => table.Exact(0.1 + 0.2)));
        Assert.Equal("12345", Cell(table => table.Whole(12345)));
        Assert.Equal("1.23457E-08", Cell(table => table.Significant(1.234567e-8)));
        Assert.Equal("", Cell(table => table.Significant(double.PositiveInfinity)));
    }

    [Fact]
    public void CsvTable_RowOfAnotherLength_Throws()
    {
        using MemoryStream stream = new();
        using CsvTable table = new(stream, "a", "b");

        Assert.Throws<InvalidOperationException>(() => table.Text("one").EndRow());
    }

    private static string Cell(Action<CsvTable> write)
    {
        using MemoryStream stream = new();
        using (CsvTable table = new(stream, "head"))
        {
            write(table);
            table.EndRow();
        }

        string text = Encoding.UTF8.GetString(stream.ToArray());
        Assert.StartsWith("\uFEFFhead\r\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        return text["\uFEFFhead\r\n".Length..^2];
    }
}
