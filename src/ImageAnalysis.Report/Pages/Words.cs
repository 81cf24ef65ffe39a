using System.Globalization;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Report;

/// <summary>Numbers as the page writes them.</summary>
internal static class Words
{
    /// <summary>What stands where a value is missing.</summary>
    public const string Missing = "\u2013";

    private const int CommitDigits = 7;

    /// <summary>A size: three decimals below 0.1, two below 100, else one.</summary>
    public static string Size(double sizeNm) => sizeNm.ToString(sizeNm < 0.1 ? "0.000" : sizeNm < 100 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    /// <summary>A value with its standard deviation, to the digits of a format; the value alone where that is not known.</summary>
    public static string WithSigma(double value, double? sigma, string format)
    {
        string text = value.ToString(format, CultureInfo.InvariantCulture);
        text = text.TrimStart('-').Trim('0', '.').Length == 0 ? text.TrimStart('-') : text.Replace('-', '\u2212');
        return sigma is double s && double.IsFinite(s) ? $"{text} ± {s.ToString(format, CultureInfo.InvariantCulture)}" : text;
    }

    /// <summary>A value with its standard deviation, to two digits of that; four decimals where it is not known.</summary>
    public static string Measured(double value, double? sigma)
    {
        int decimals = sigma is double s && s > 0 && double.IsFinite(s) ? Math.Clamp(1 - (int)Math.Floor(Math.Log10(s)), 1, 5) : 4;
        return WithSigma(value, sigma, "0." + new string('0', decimals));
    }

    /// <summary>A ratio with two decimals.</summary>
    public static string Ratio(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A pixel size with up to five significant digits.</summary>
    public static string PixelSize(double sizeNm) => sizeNm.ToString("G5", CultureInfo.InvariantCulture);

    /// <summary>A percentage without needless zeros.</summary>
    public static string Percent(double percent) => percent.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A difference of AICc, one decimal.</summary>
    public static string OneDecimal(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>The version without all digits of the commit, as <c>0.1.0+92e7244</c> or <c>0.1.0+92e7244.modified</c>.</summary>
    public static string Version(string version)
    {
        int plus = version.IndexOf('+', StringComparison.Ordinal);
        int end = plus + 1 + CommitDigits;
        if (plus < 0 || version.Length <= end)
        {
            return version;
        }

        int modified = version.IndexOf('.', end);
        return version[..end] + (modified < 0 ? string.Empty : version[modified..]);
    }

    /// <summary>A count with its noun.</summary>
    public static string Count(int count, string one, string many) => $"{count.ToString(CultureInfo.InvariantCulture)} {(count == 1 ? one : many)}";

    /// <summary>An interval, such as <c>3.98…4.06</c>.</summary>
    public static string Interval(SizeEstimate estimate) => $"{Size(estimate.LowNm)}…{Size(estimate.HighNm)}";
}
