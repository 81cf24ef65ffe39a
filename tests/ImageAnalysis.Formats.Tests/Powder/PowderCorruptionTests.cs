using ImageAnalysis.Formats;
using ImageAnalysis.Formats.Bruker;
using ImageAnalysis.Formats.Columns;
using ImageAnalysis.Formats.Gsas;
using ImageAnalysis.Formats.Rigaku;
using ImageAnalysis.Formats.Uxd;
using ImageAnalysis.Formats.Xrdml;

namespace ImageAnalysis.Tests;

public sealed class PowderCorruptionTests
{
    private const int Flips = 2000;

    private static readonly string _rows = string.Join('\n', Enumerable.Range(0, 12).Select(i => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{10 + (0.02 * i):0.0000} {20 + (i % 5)}.0000 1.0000")));

    private static readonly Dictionary<string, (byte[] File, Func<ReadOnlyMemory<byte>, MicroscopeFile> Read)> _files = new()
    {
        ["XY"] = (PatternFiles.Text("# wavelength 1.5406\n# 2theta I\n10.0 20\n10.5 30\n11.0 25\n11.5 26\n"), ColumnsReader.Read),
        ["XYE"] = (PatternFiles.Text("2theta,I,sigma\n10.0,20,4.5\n10.5,30,5.5\n11.0,25,5\n"), ColumnsReader.Read),
        ["GSAS STD"] = (PatternFiles.Text("title\nBANK 1 12 2 CONS 1000.0 2.0 0 0 STD\n       5       7       9      11      13      15      17      19      21      23\n 2    25 1    27\n"), GsasReader.Read),
        ["GSAS FXYE"] = (PatternFiles.Text("title\nBANK 1 3 3 CONS 1000.0 2.0 0 0 FXYE\n 1000.0 100.5 10\n 1002.0 81 9\n 1004.0 64 8\n"), GsasReader.Read),
        ["UXD"] = (PatternFiles.Text("_FILEVERSION=2\n_WL1=1.540600\n_DRIVE='COUPLED'\n_STEPTIME=2.0\n_STEPSIZE=0.5\n_START=10.0\n_COUNTS\n100 110\n120\n_DRIVE='COUPLED'\n_2THETACOUNTSTIME\n10 5 1\n11 6 2\n"), UxdReader.Read),
        ["RAS"] = (PatternFiles.Text(PatternFiles.Ras(_rows, count: 12)), RasReader.Read),
        ["RASX"] = (PatternFiles.Zip(("Data0/Profile0.txt", _rows), ("Data0/MesurementConditions0.xml", PatternFiles.RasxConditions())), RasxReader.Read),
        ["XRDML"] = (PatternFiles.Text(PatternFiles.Xrdml(PatternFiles.XrdmlPositions + "<commonCountingTime>2</commonCountingTime><beamAttenuationFactors>1 2 1</beamAttenuationFactors><counts>10 20 30</counts>")), XrdmlReader.Read),
        ["RAW 1"] = (PatternFiles.RawVersion1(true, [5, 7, 9], [11, 13]), BrukerRawReader.Read),
        ["RAW 2"] = (PatternFiles.RawVersion2([5, 7, 9], [11, 13]), BrukerRawReader.Read),
        ["RAW 3"] = (PatternFiles.RawVersion3([5, 7, 9], measured: [22, 22.25, 22.5], supplementary: 8), BrukerRawReader.Read),
        ["RAW 4"] = (PatternFiles.RawVersion4("Locked Coupled", "2Theta", [5, 7, 9], [11, 13]), BrukerRawReader.Read),
        ["BRML"] = (PatternFiles.Zip(("Experiment0/RawData0.xml", PatternFiles.Brml("<Datum>96,1,10.0,5,-0.1,1082</Datum><Datum>96,2,10.5,5,-0.1,1052</Datum>"))), BrmlReader.Read),
        ["BRML scan"] = (PatternFiles.Text(PatternFiles.Brml("<Datum>96,1,10.0,5,-0.1,1082</Datum><Datum>96,2,10.5,5,-0.1,1052</Datum>")), ReadScan),
    };

    public static TheoryData<string> Formats => [.. _files.Keys];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_CutAnywhere_ThrowsNothingElse(string format) => Corruption.TruncateEverywhere(_files[format].File, _files[format].Read);

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_NumbersOverwritten_ThrowsNothingElse(string format)
    {
        (byte[] file, Func<ReadOnlyMemory<byte>, MicroscopeFile> read) = _files[format];
        // Texts and archives have no numbers of fixed width at every byte; each third place finds every word of them.
        Corruption.OverwriteNumbers(file, read, step: format.StartsWith("RAW", StringComparison.Ordinal) ? 1 : 3);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_BytesFlipped_ThrowsNothingElse(string format) => Corruption.FlipBytes(_files[format].File, _files[format].Read, Flips, seed: 20);

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_AsItIs_Reads(string format) => Assert.NotEmpty(_files[format].Read(_files[format].File).Signals);

    /// <summary>The XML alone, packed anew each time, so that flips reach beyond the archive's checksum.</summary>
    private static MicroscopeFile ReadScan(ReadOnlyMemory<byte> scan)
    {
        using MemoryStream stream = new();
        using (System.IO.Compression.ZipArchive archive = new(stream, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = archive.CreateEntry("Experiment0/RawData0.xml", System.IO.Compression.CompressionLevel.NoCompression).Open();
            entry.Write(scan.Span);
        }

        return BrmlReader.Read(stream.ToArray());
    }
}
