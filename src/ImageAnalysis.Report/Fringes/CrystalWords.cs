using System.Globalization;
using ImageAnalysis.Lattice;

namespace ImageAnalysis.Report;

/// <summary>The numbers of a crystal in a line.</summary>
internal static class CrystalWords
{
    /// <summary>Spacing, signal to noise, test and limit of the fringe that stands for a crystal; empty for a crystal without fringes.</summary>
    public static string Numbers(CrystalMeasurement crystal)
    {
        if (CrystalView.Shown(crystal) is not FringeMeasurement fringe)
        {
            return string.Empty;
        }

        List<string> parts = [fringe.Hkl is string hkl ? $"{hkl}: {Spacing(fringe)}" : Spacing(fringe), $"SNR {Snr(fringe.FringeSnr)}"];
        if (fringe.Superlattice is SuperlatticeTest test)
        {
            parts.Add($"{test.PeriodRatio.ToString("0.##", CultureInfo.InvariantCulture)}d: SNR {Snr(test.Snr)} (limit {Snr(test.LimitSnr)})");
        }

        if (crystal.CrystalPValue is double p)
        {
            parts.Add(PValue(p));
        }

        if (crystal.DetectionProbability is double probability)
        {
            parts.Add($"chance to see order {probability.ToString("0.00", CultureInfo.InvariantCulture)}");
        }

        return string.Join(" \u00b7 ", parts);
    }

    /// <summary>A spacing with its standard deviation.</summary>
    public static string Spacing(FringeMeasurement fringe) => fringe.SpacingNm is double nm
        ? $"d = {Words.WithSigma(nm, fringe.SpacingSigmaNm, "0.0000")} nm"
        : $"d = {Words.WithSigma(fringe.SpacingPx, fringe.SpacingSigmaPx, "0.00")} px";

    /// <summary>A ratio of powers: one decimal below 10, none above.</summary>
    public static string Snr(double snr) => snr.ToString(snr < 9.95 ? "0.0" : "0", CultureInfo.InvariantCulture);

    /// <summary>A p-value with two digits; how far below 1e-15 it lies says nothing more.</summary>
    public static string PValue(double p) => p < 1e-15 ? "p below 1e-15" : $"p = {p.ToString(p >= 0.001 ? "0.0##" : "0.0e0", CultureInfo.InvariantCulture)}";
}
