namespace ImageAnalysis.Samples.Tests;

public class SheetJsonTests
{
    private static SampleSheet Read(TempFolder root, string json)
    {
        root.Write("samples.json", json);
        return SampleSheet.Read(root.Path);
    }

    private static string ErrorOf(TempFolder root, string json) => Assert.Throws<InputException>(() => Read(root, json)).Message;

    private static string OneSample(string files) => $$"""
        { "version": 1,
          "samples": [
            { "name": "s", "files": [
              {{files}} ] } ] }
        """;

    [Fact]
    public void Read_EverythingGiven_IsTaken()
    {
        using TempFolder root = new TempFolder().With("2nm/hrtem/a.TIF", "2nm/hrtem/b.tif", "2nm/stack.dm4", "not-listed.tif");

        SampleSheet sheet = Read(root, """
            { "version": 1, "simulated": true,
              // comments are welcome
              "samples": [ { "name": "2nm", "models": ["models/cu2se-sites.cif"], "phonon_per_cm": 210.5,
                "files": [
                  { "path": "2nm/hrtem/*.tif", "role": "HRTEM", "frame": null, "pixel_width_nm": null, "pixel_height_nm": null },
                  { "path": "2nm/stack.dm4", "role": "haadf", "frame": 3, "pixel_width_nm": 0.05, "pixel_height_nm": 0.051 } ] } ] }
            """);

        Assert.True(sheet.Simulated);
        SheetSample sample = Assert.Single(sheet.Samples);
        Assert.Equal(("2nm", 210.5), (sample.Name, sample.PhononPerCm));
        Assert.Equal(["models/cu2se-sites.cif"], sample.Models);
        Assert.Equal(
            [
                new SheetFile("2nm/hrtem/a.TIF", "2nm", FileRole.Hrtem) { Simulated = true },
                new SheetFile("2nm/hrtem/b.tif", "2nm", FileRole.Hrtem) { Simulated = true },
                new SheetFile("2nm/stack.dm4", "2nm", FileRole.Haadf) { Frame = 3, PixelWidthNm = 0.05, PixelHeightNm = 0.051, Simulated = true },
            ],
            sheet.Files);
        Assert.Empty(sheet.Warnings);
    }

    [Fact]
    public void Read_SheetGivenByItsOwnPath_IsTheSame()
    {
        using TempFolder root = new TempFolder().With("a/x.tif");
        string path = root.Write("other-name.json", OneSample("""{ "path": "a/x.tif", "role": "haadf" }"""));

        SampleSheet sheet = SampleSheet.Read(path);

        Assert.Equal("a/x.tif", Assert.Single(sheet.Files).File);
        Assert.Equal(root.Path, sheet.Root);
    }

    [Fact]
    public void Read_WidthAlone_MeansSquarePixels()
    {
        using TempFolder root = new TempFolder().With("x.tif");

        SheetFile file = Assert.Single(Read(root, OneSample("""{ "path": "x.tif", "role": "haadf", "pixel_width_nm": 0.1 }""")).Files);

        Assert.Equal((0.1, 0.1), (file.PixelWidthNm, file.PixelHeightNm));
    }

    [Fact]
    public void Read_ListedFileThatIsNotThere_IsAnOutcomeOfItsOwn()
    {
        using TempFolder root = new TempFolder().With("x.tif", "folder/y.tif");

        SampleSheet sheet = Read(root, OneSample("""{ "path": "x.tif", "role": "haadf" }, { "path": "gone.tif", "role": "haadf" }, { "path": "folder", "role": "haadf" }"""));

        Assert.Equal(["folder", "gone.tif", "x.tif"], sheet.Files.Select(file => file.File));
        Assert.Contains("folder/*", sheet.Files[0].Problem, StringComparison.Ordinal);
        Assert.Contains("line 4, $.samples[0].files[1].path lists this file, but it is not there", sheet.Files[1].Problem, StringComparison.Ordinal);
        Assert.Null(sheet.Files[2].Problem);
    }

    [Fact]
    public void Read_Wildcards_PassOverHiddenTruthAndSidecars()
    {
        using TempFolder root = new TempFolder().With("s/a_1.ser", "s/a.emi", "s/.x.ser", "s/truth/t.json", "s/deep/b_1.ser");

        SampleSheet sheet = Read(root, OneSample("""{ "path": "s/**", "role": "haadf" }"""));

        Assert.Equal(["s/a_1.ser", "s/deep/b_1.ser"], sheet.Files.Select(file => file.File));
    }

    // Every error names the file, the line and path, what was found and what is expected.
    [Theory]
    [InlineData("{ \"version\": 2, \"samples\": [] }", "line 1, $.version: found 2; expected 1")]
    [InlineData("{ \"samples\": [] }", "line 1, $: \"version\" is missing; expected 1")]
    [InlineData("{ \"version\": 1 }", "\"samples\" is missing; expected a list of samples")]
    [InlineData("{ \"version\": 1, \"samples\": {} }", "$.samples: found an object {…}; expected a list of samples")]
    [InlineData("{ \"version\": 1, \"samples\": [] }", "found no file in any sample; expected at least one")]
    [InlineData("{ \"version\": 1,\n\"sample\": [] }", "line 2, $.sample: found the unknown key \"sample\"; known here: version, simulated, samples")]
    [InlineData("{ \"version\": 1, \"version\": 1 }", "the key \"version\" occurs twice")]
    [InlineData("{ \"version\": 1,\n\"samples\": [ }", "line 2: not valid JSON")]
    [InlineData("", "line 1: not valid JSON")]
    [InlineData("[1]", "$: found a list […]; expected an object with the keys version, simulated, samples")]
    [InlineData("{ \"version\": 1, \"simulated\": \"yes\", \"samples\": [] }", "$.simulated: found \"yes\"; expected true or false")]
    [InlineData("{ \"version\": 1, \"samples\": [ { \"name\": \"a/b\", \"files\": [] } ] }", "$.samples[0].name: found \"a/b\"; expected a name without slashes")]
    [InlineData("{ \"version\": 1, \"samples\": [ { \"name\": \"a\", \"files\": [] }, { \"name\": \"a\", \"files\": [] } ] }", "$.samples[1].name: found \"a\"; expected a name that no other sample has")]
    [InlineData("{ \"version\": 1, \"samples\": [ { \"name\": \"a\", \"phonon_per_cm\": -1, \"files\": [] } ] }", "$.samples[0].phonon_per_cm: found -1; expected a frequency above 0")]
    public void Read_BadSheet_NamesPlaceFoundAndExpected(string json, string expected)
    {
        using TempFolder root = new();

        string error = ErrorOf(root, json);

        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Contains("samples.json", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "role": "haadf" }""", "$.samples[0].files[0]: \"path\" is missing")]
    [InlineData("""{ "path": "x.tif" }""", "\"role\" is missing; expected haadf, hrtem or pxrd")]
    [InlineData("""{ "path": "x.tif", "role": "stem" }""", "line 4, $.samples[0].files[0].role: found \"stem\"; expected haadf, hrtem or pxrd")]
    [InlineData("""{ "path": "x.tif", "role": "haadf", "pixel_width_mm": 1 }""", "found the unknown key \"pixel_width_mm\"")]
    [InlineData("""{ "path": "x.tif", "role": "haadf", "pixel_width_nm": 0 }""", ".pixel_width_nm: found 0; expected a pixel size in nm (")]
    [InlineData("""{ "path": "x.tif", "role": "haadf", "pixel_width_nm": "0.1" }""", "found \"0.1\"; expected a pixel size")]
    [InlineData("""{ "path": "x.tif", "role": "haadf", "pixel_height_nm": 1 }""", "found pixel_height_nm without pixel_width_nm")]
    [InlineData("""{ "path": "x.tif", "role": "haadf", "frame": -1 }""", ".frame: found -1; expected the number of a frame from 0")]
    [InlineData("""{ "path": "x.tif", "role": "haadf", "frame": 1.5 }""", ".frame: found 1.5; expected")]
    [InlineData("""{ "path": "../x.tif", "role": "haadf" }""", ".path: found \"../x.tif\"; expected a path below the sheet's folder")]
    [InlineData("""{ "path": "/x.tif", "role": "haadf" }""", "expected a path below the sheet's folder")]
    [InlineData("""{ "path": "C:\\x.tif", "role": "haadf" }""", "expected a path below the sheet's folder")]
    [InlineData("""{ "path": "a/*.tiff", "role": "haadf" }""", "no file matches \"a/*.tiff\"")]
    [InlineData("""{ "path": "a/*.tiff", "role": "haadf" }""", "There is: a/y.tif.")]
    public void Read_BadFileEntry_NamesPlaceFoundAndExpected(string entry, string expected)
    {
        using TempFolder root = new TempFolder().With("x.tif", "a/y.tif");

        Assert.Contains(expected, ErrorOf(root, OneSample(entry)), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FileListedTwice_NamesBothPlaces()
    {
        using TempFolder root = new TempFolder().With("a/x.tif");

        string error = ErrorOf(root, OneSample("""
            { "path": "a/*.tif", "role": "haadf" },
              { "path": "a/x.tif", "role": "hrtem" }
            """));

        Assert.Contains("line 5, $.samples[0].files[1]: \"a/x.tif\" is listed here (sample s, hrtem) and in line 4, $.samples[0].files[0] (sample s, haadf)", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FileOfAnotherEncoding_IsRefusedWithTheLine()
    {
        using TempFolder root = new();

        // A µ as Windows-1252 has it, and a whole file in UTF-16.
        root.Write("samples.json", [.. "{ \"version\": 1,\n  \"samples\": [ { \"name\": \""u8, 0xB5, .. "\" } ] }"u8]);
        Assert.Contains("line 2: found the byte 0xB5, which is no UTF-8", Assert.Throws<InputException>(() => SampleSheet.Read(root.Path)).Message, StringComparison.Ordinal);
        root.Write("samples.json", System.Text.Encoding.Unicode.GetPreamble());
        Assert.Contains("line 1: found the byte 0xFF", Assert.Throws<InputException>(() => SampleSheet.Read(root.Path)).Message, StringComparison.Ordinal);
        Assert.Contains("line 1: not valid text", ErrorOf(root, "{ \"version\": \"\\ud800\" }"), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ByteOrderMarkAndBackslashes_AreAccepted()
    {
        using TempFolder root = new TempFolder().With("a/x.tif");

        SampleSheet sheet = Read(root, "\uFEFF" + OneSample("""{ "path": "a\\x.tif", "role": "haadf" }"""));

        Assert.Equal("a/x.tif", Assert.Single(sheet.Files).File);
    }

    [Fact]
    public void Read_PatternThatTakesAll_DoesNotTakeTheSheetItself()
    {
        using TempFolder root = new TempFolder().With("a.tif", "deep/b.tif", "deep/samples.json");

        Assert.Equal(["a.tif", "deep/b.tif", "deep/samples.json"], Read(root, OneSample("""{ "path": "**", "role": "haadf" }""")).Files.Select(file => file.File));
    }

    [Theory]
    [InlineData("\"pixel_width_nm\": 1e-5", null)]
    [InlineData("\"pixel_width_nm\": 1e7", null)]
    [InlineData("\"pixel_width_nm\": 0.1, \"pixel_height_nm\": 10", null)]
    [InlineData("\"pixel_width_nm\": 0.9e-5", "found a pixel of 0.9e-5 nm; expected a pixel size in nm (0.00001…10000000 nm")]
    [InlineData("\"pixel_width_nm\": 1.1e7", "found a pixel of 1.1e7 nm; expected")]
    [InlineData("\"pixel_width_nm\": 0.1, \"pixel_height_nm\": 10.1", "found a pixel of 0.1 × 10.1 nm; expected")]
    public void Read_PixelSizes_AreHeldToWhatAMicrographCanHave(string pixel, string? expected)
    {
        using TempFolder root = new TempFolder().With("a.tif");
        string json = OneSample("{ \"path\": \"a.tif\", \"role\": \"haadf\", " + pixel + " }");
        if (expected is null)
        {
            Assert.NotNull(Assert.Single(Read(root, json).Files).PixelWidthNm);
        }
        else
        {
            Assert.Contains(expected, ErrorOf(root, json), StringComparison.Ordinal);
        }
    }
}
