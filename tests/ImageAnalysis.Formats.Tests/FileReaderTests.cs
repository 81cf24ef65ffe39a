using System.Text;
using ImageAnalysis.Formats;

namespace ImageAnalysis.Tests;

public sealed class FileReaderTests
{
    [Theory]
    [InlineData("%PDF-1.7 and more", "paper.tif", "a PDF document")]
    [InlineData("PK\u0003\u0004 and more", "table.xlsx", "a ZIP archive or an Office document")]
    [InlineData("GIF89a and more", "picture.gif", "a GIF picture")]
    [InlineData("BM and more", "picture.bmp", "a BMP picture")]
    [InlineData("Sample 3, taken on Tuesday.\n", "notes.txt", "a text")]
    [InlineData("{ \"a\": 1 }", "settings.json", "a JSON document")]
    [InlineData("data_Cu2Se\n_cell_length_a 5.85\n", "cell.cif", "a crystal structure (CIF)")]
    [InlineData("<html><body></body></html>", "page.htm", "a web page")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0", "cut.dm3", "nothing but zeros")]
    public void Read_CommonOtherContent_SaysWhatItIs(string content, string path, string expected)
    {
        MicroscopeFileException thrown = Assert.Throws<MicroscopeFileException>(() => FileReader.Read(Encoding.Latin1.GetBytes(content), path));
        Assert.Equal(FileProblem.NotRecognised, thrown.Problem);
        Assert.Contains(expected, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EmptyFile_SaysSo()
    {
        MicroscopeFileException thrown = Assert.Throws<MicroscopeFileException>(() => FileReader.Read(ReadOnlyMemory<byte>.Empty, "a.dm3"));
        Assert.Equal("unknown format: not recognised: the file is empty.", thrown.Message);
    }

    [Fact]
    public void Read_UnknownContent_ShowsTheFirstBytesAndDoubtsTheExtension()
    {
        byte[] content = [0xDE, 0xAD, 0xBE, 0xEF, 0x41, 0x00, 0x01, 0x02, 0x03];
        MicroscopeFileException thrown = Assert.Throws<MicroscopeFileException>(() => FileReader.Read(content, "a/B.DM4"));
        Assert.Equal(
            "unknown format: not recognised: the file starts with DE AD BE EF 41 00 01 02 (\"....A...\"). Its extension .dm4 stands for DM4, which never starts so.",
            thrown.Message);
    }

    [Theory]
    [InlineData("a.h5", "HDF5")]
    [InlineData("a.emd", "EMD")]
    [InlineData("a.HSPY", "HyperSpy")]
    [InlineData("a.dm5", "DM5")]
    [InlineData("a.dm3", "HDF5")] // the content decides, whatever the extension says
    [InlineData("a", "HDF5")]
    public void Recognise_Hdf5Content_UsesTheExtensionToBreakTheTie(string path, string expected)
    {
        byte[] content = [0x89, .. "HDF\r\n\x1A\n"u8, 0, 0];
        Assert.Equal(expected, FileReader.Recognise(content, path).Name);
    }

    [Fact]
    public void Read_FormatThatIsNotReadYet_SaysWhatIsRead()
    {
        // DM2: field 0x003D of four bytes, the version times 100.
        byte[] content = [0x00, 0x3D, 0x00, 0x00, 0x00, 0x04, 0x00, 0x00, 0x00, 0xC8];
        MicroscopeFileException thrown = Assert.Throws<MicroscopeFileException>(() => FileReader.Read(content, "old.dm3"));
        Assert.StartsWith("DM2: not supported: files of this format are recognised but not read. What is read: DM3, DM4", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recognise_Hdf5BehindAUserBlock_IsHdf5()
    {
        byte[] content = [.. new byte[512], 0x89, .. "HDF\r\n\x1A\n"u8];
        Assert.Equal("EMD", FileReader.Recognise(content, "a.emd").Name);
    }

    [Theory]
    [InlineData("10.0 2001\r\n10.01 2008\r\n10.02 2", "XY")]
    [InlineData("# angle intensity\n10,00\t2001\n10,01\t2008\n", "XY")]
    [InlineData("/* a comment */\n10.0 2001 44.7\n10.01 2008 44.8\n", "XYE")]
    [InlineData("*RAS_DATA_START\n*RAS_HEADER_START\n", "Rigaku RAS")]
    [InlineData("<?xml version=\"1.0\"?>\n<xrdMeasurements xmlns=\"x\">", "XRDML")]
    [InlineData("RAW1.01\0", "Bruker RAW")]
    [InlineData("RAW4.00\0", "Bruker RAW")]
    [InlineData("; a comment\n_FILEVERSION=2\n_SAMPLE='x'\n", "UXD")]
    [InlineData("title\nBANK 1 2 1 CONS 1000 2 0 0 STD\n       5       6\n", "GSAS")]
    [InlineData("logfile=.pdfgetx2.log\n1 2\n3 4\n", "pair distribution function")]
    public void Recognise_PowderFormats_GoesByTheirContent(string content, string expected) =>
        Assert.Equal(expected, FileReader.Recognise(Encoding.Latin1.GetBytes(content), "measurement.dat").Name);

    [Theory]
    [InlineData("1 2 3 4\n5 6 7 8\n")]
    [InlineData("12 monkeys\n13 ghosts\n")]
    [InlineData("1 2\n1 2 3\n")]
    [InlineData("1 2\n")]
    [InlineData("_KEY=1\n10 5\n11 6 7\n")]
    [InlineData("a\nBANK holiday\nb\n")]
    public void Recognise_TextsThatAreNoPattern_AreNotTakenForOne(string content) =>
        Assert.Throws<MicroscopeFileException>(() => FileReader.Recognise(Encoding.Latin1.GetBytes(content), "measurement.xy"));

    [Fact]
    public void Recognise_MrcOfBothGenerations_IsMrc()
    {
        byte[] modern = new byte[1024];
        "MAP "u8.CopyTo(modern.AsSpan(208));
        Assert.Equal("MRC", FileReader.Recognise(modern, "a.mrc").Name);

        byte[] old = new byte[1024];
        BitConverter.GetBytes(128).CopyTo(old, 0);
        BitConverter.GetBytes(64).CopyTo(old, 4);
        BitConverter.GetBytes(3).CopyTo(old, 8);
        BitConverter.GetBytes(2).CopyTo(old, 12);
        Assert.Equal("MRC", FileReader.Recognise(old, "a.mrc").Name);
        BitConverter.GetBytes(9).CopyTo(old, 12); // no such mode
        Assert.Throws<MicroscopeFileException>(() => FileReader.Recognise(old, "a.mrc"));
    }

    [Fact]
    public void All_Rows_HaveUniqueNamesAndProperExtensions()
    {
        Assert.Equal(FileFormats.All.Count, FileFormats.All.Select(format => format.Name).Distinct().Count());
        Assert.All(FileFormats.All.SelectMany(format => format.Extensions), extension => Assert.Matches(@"^\.[a-z0-9]+$", extension));
    }

    [Fact]
    public void All_Rows_SurviveShortAndArbitraryStarts()
    {
        var random = new Random(5);
        for (int i = 0; i < 500; i++)
        {
            byte[] start = new byte[random.Next(0, 1200)];
            random.NextBytes(start);
            int recognised = FileFormats.All.Count(format => format.Recognises(start));
            Assert.InRange(recognised, 0, 1);
        }
    }

    [ReferenceTheory]
    [InlineData("format/tia/16x16_STEM_BF_DF_acquire.emi", "EMI")]
    [InlineData("format/tia/16x16_STEM_BF_DF_acquire_1.ser", "SER")]
    [InlineData("format/tia/64x64_TEM_images_acquire_1.ser", "SER")]
    [InlineData("lattice/STO_16_1.ser", "SER")]
    [InlineData("format/emd/STEM_HAADF_Diffraction_Micro.emd", "EMD")]
    [InlineData("format/emd/example_image.emd", "EMD")]
    [InlineData("format/emd/fei_example_tem_stack.emd", "EMD")]
    [InlineData("format/hspy/example2_v3.1.hspy", "HyperSpy")]
    [InlineData("format/mrc/ncem_temp.mrc", "MRC")]
    [InlineData("pxrd/CdSe-3nm.gr", "pair distribution function")]
    public void Read_RealFileOfAFormatNotReadYet_IsRefusedByName(string file, string format)
    {
        string path = ReferenceData.PathOf("real-data/" + file);
        byte[] bytes = File.ReadAllBytes(path);
        MicroscopeFileException thrown = Assert.Throws<MicroscopeFileException>(() => FileReader.Read(bytes, path));
        Assert.Equal((FileProblem.NotSupported, format), (thrown.Problem, thrown.Format));

        // Without the extension only the choice among formats of one content is open.
        Assert.Equal(format is "EMD" or "HyperSpy" ? "HDF5" : format, FileReader.Recognise(bytes, "unnamed").Name);
    }
}
