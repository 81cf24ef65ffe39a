using System.Globalization;
using ImageAnalysis.Formats;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Samples;

/// <summary>Which of several pixel sizes is used: the sample sheet beats the command line beats the file.</summary>
public static class PixelSize
{
    /// <summary>Difference from which two sources are said to disagree, percent of the one that is used.</summary>
    public const double TolerancePercent = 3;

    /// <summary>Smallest pixel size of an electron micrograph that is believed, nm.</summary>
    public const double SmallestNm = 1e-5;

    /// <summary>Largest pixel size of an electron micrograph that is believed, nm.</summary>
    public const double LargestNm = 1e7;

    /// <summary>Largest ratio of a pixel's two sizes that is believed.</summary>
    public const double LargestRatio = 100;

    /// <summary>The limits in words.</summary>
    public const string Limits = "0.00001…10000000 nm, and width and height at most 1 : 100";

    private const double LongPixelRatio = 2;

    /// <summary>Whether a pixel size can be that of an electron micrograph. Beyond it sizes could not be written with the decimals of the tables.</summary>
    /// <param name="widthNm">Width in nm.</param>
    /// <param name="heightNm">Height in nm.</param>
    /// <returns>False outside the <see cref="Limits"/>.</returns>
    public static bool IsCredible(double widthNm, double heightNm) =>
        Math.Min(widthNm, heightNm) >= SmallestNm && Math.Max(widthNm, heightNm) <= LargestNm && Math.Max(widthNm, heightNm) <= LargestRatio * Math.Min(widthNm, heightNm);

    /// <summary>Chooses a pixel size.</summary>
    /// <param name="file">What the sheet says about the file.</param>
    /// <param name="request">What the command line says.</param>
    /// <param name="own">What the file itself says, or <c>null</c>.</param>
    /// <returns>The size to use (<c>null</c> where nobody knows it), and a finding where the file's cannot be, or where sources differ by more than 3 % (else <c>null</c>).</returns>
    public static (Calibration? Used, FileFinding? Finding) Choose(SheetFile file, RunRequest request, Calibration? own)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(request);
        if (own is not null && !IsCredible(own.PixelWidthNm, own.PixelHeightNm))
        {
            return (Choose(file, request, null).Used, new FileFinding(
                FileFinding.CalibrationNotCredible, $"the file's own pixel size, {Shown(own)}, is not that of an electron micrograph and is not used (expected {Limits})"));
        }

        Calibration? line = request.PixelWidthNm is double lineNm ? User(lineNm, request.PixelHeightNm, "--pixel-nm") : null;
        Calibration? sheet = file.PixelWidthNm is double sheetNm ? User(sheetNm, file.PixelHeightNm, SampleSheet.FileName) : null;
        Calibration? used = sheet ?? line ?? own;
        string[] differences = [.. new[] { line, own }
            .Where(other => other is not null && other != used)
            .Select(other => Difference(used!, other!))
            .OfType<string>()];
        return (used, differences.Length == 0 ? null : new FileFinding(FileFinding.CalibrationConflict, $"pixel size {Shown(used!)} is used; {string.Join("; ", differences)}"));
    }

    /// <summary>What to ask back about the pixel size of the command line: long pixels are possible, and a slip is more likely.</summary>
    /// <param name="request">What the command line says.</param>
    /// <returns>A sentence where the two sizes differ by a factor above 2, or are two whole numbers that a decimal comma may stand between; else nothing.</returns>
    public static IEnumerable<string> Doubts(RunRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return DoubtsOf(request);
    }

    private static IEnumerable<string> DoubtsOf(RunRequest request)
    {
        if (request is not { PixelWidthNm: double widthNm, PixelHeightNm: double heightNm } || widthNm == heightNm)
        {
            yield break;
        }

        string taken = string.Create(CultureInfo.InvariantCulture, $"--pixel-nm: pixels are taken to be {widthNm:G6} nm wide and {heightNm:G6} nm high");
        if (double.IsInteger(widthNm) && double.IsInteger(heightNm))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{taken}; if {widthNm:F0}.{heightNm:F0} nm is meant, write it with a point.");
        }
        else if (Math.Max(widthNm, heightNm) > LongPixelRatio * Math.Min(widthNm, heightNm))
        {
            yield return taken + "; check that such long pixels are meant.";
        }
    }

    private static Calibration User(double widthNm, double? heightNm, string detail) =>
        new(widthNm, heightNm ?? widthNm, new CalibrationSource(CalibrationOrigin.User, detail));

    private static string? Difference(Calibration used, Calibration other)
    {
        double widthPercent = 100 * ((other.PixelWidthNm / used.PixelWidthNm) - 1);
        double heightPercent = 100 * ((other.PixelHeightNm / used.PixelHeightNm) - 1);
        double worstPercent = Math.Abs(widthPercent) >= Math.Abs(heightPercent) ? widthPercent : heightPercent;

        // The margin keeps 3 % exactly, as written with a few decimals, from being flagged for rounding.
        return Math.Abs(worstPercent) <= TolerancePercent + 1e-9
            ? null
            : string.Create(CultureInfo.InvariantCulture,
                $"{Shown(other)} differs by {worstPercent:+0.0;-0.0} %");
    }

    private static string Shown(Calibration size) => string.Create(CultureInfo.InvariantCulture,
        $"{size.PixelWidthNm:G6} × {size.PixelHeightNm:G6} nm ({size.Source})");
}
