namespace ImageAnalysis.Lattice;

/// <summary>The support's power density at any frequency and any width of window, between and beyond the widths at which it was measured.</summary>
internal sealed class SupportModel(IReadOnlyList<SupportCurve> supports)
{
    /// <summary>Mean power density of the support, counts² nm², smoothed over a Gaussian of a standard deviation.</summary>
    public double DensityAt(double gx, double gy, double resolutionPerNm)
    {
        // Widest first: levels go from narrow filters (wide in frequency) to wide ones.
        int last = supports.Count - 1;
        if (resolutionPerNm >= supports[0].ResolutionPerNm || last == 0)
        {
            return supports[0].DensityAt(gx, gy);
        }

        if (resolutionPerNm <= supports[last].ResolutionPerNm)
        {
            return supports[last].DensityAt(gx, gy);
        }

        int level = 0;
        while (level < last - 1 && resolutionPerNm < supports[level + 1].ResolutionPerNm)
        {
            level++;
        }

        double wide = supports[level].ResolutionPerNm, narrow = supports[level + 1].ResolutionPerNm;
        double share = Math.Log(wide / resolutionPerNm) / Math.Log(wide / narrow);
        return Math.Exp(((1 - share) * Math.Log(supports[level].DensityAt(gx, gy))) + (share * Math.Log(supports[level + 1].DensityAt(gx, gy))));
    }
}
