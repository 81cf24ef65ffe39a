using System.Globalization;
using ImageAnalysis.Core;

namespace ImageAnalysis.Review;

/// <summary>Numbers as the pages write them.</summary>
internal static class Written
{
    public const string Missing = "–";

    public static string Number(double? value, string format) => value is double number ? number.ToString(format, CultureInfo.InvariantCulture) : Missing;

    public static string Whole(int count) => count.ToString(CultureInfo.InvariantCulture);

    /// <summary>A share in percent with its interval: <c>42 % (31…54)</c>.</summary>
    public static string Share(OrderedCount? count) => count is null ? Missing
        : string.Create(CultureInfo.InvariantCulture, $"{100 * count.ValueFraction:0} % ({100 * count.LowFraction:0}…{100 * count.HighFraction:0})");

    /// <summary>A number with its standard deviation.</summary>
    public static string WithSigma(double? value, double? sigma, string format) => value is null ? Missing : sigma is null ? Number(value, format) : $"{Number(value, format)} ± {Number(sigma, format)}";

    /// <summary>A p-value: three decimals, or a power of ten.</summary>
    public static string PValue(double? p) => p is not double value ? Missing : value >= 0.001 ? Number(value, "0.000") : value.ToString("0.0e+0", CultureInfo.InvariantCulture);

    /// <summary>A coordinate of a drawing.</summary>
    public static string At(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>When something was decided.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
