namespace ImageAnalysis.Particles;

/// <summary>A family of distributions fitted to sizes by maximum likelihood.</summary>
/// <param name="Family"><c>normal</c> or <c>log-normal</c>.</param>
/// <param name="MeanNm">Mean of the fitted distribution, nm.</param>
/// <param name="SdNm">Standard deviation of the fitted distribution, nm.</param>
/// <param name="Location">First parameter: μ in nm (normal), or the mean of ln(size/nm) (log-normal).</param>
/// <param name="Scale">Second parameter: σ in nm (normal), or the standard deviation of ln(size/nm) (log-normal).</param>
/// <param name="Aicc">Akaike's information criterion with the small-sample correction; lower is better, only differences matter.</param>
public sealed record DistributionFit(string Family, double MeanNm, double SdNm, double Location, double Scale, double Aicc);

/// <summary>A value with its 95 % interval.</summary>
/// <param name="ValueNm">The value, nm.</param>
/// <param name="LowNm">Lower end of the 95 % interval, nm.</param>
/// <param name="HighNm">Upper end of the 95 % interval, nm.</param>
public sealed record SizeEstimate(double ValueNm, double LowNm, double HighNm);

/// <summary>Counts of sizes in equal bins.</summary>
/// <param name="FirstEdgeNm">Lower edge of the first bin, nm; a multiple of the bin width.</param>
/// <param name="BinWidthNm">Width of a bin, nm.</param>
/// <param name="Counts">Number of particles in each bin.</param>
public sealed record SizeHistogram(double FirstEdgeNm, double BinWidthNm, IReadOnlyList<int> Counts);

/// <summary>The distribution of one measurand over the counted particles of a sample.</summary>
/// <remarks>
/// Mean, standard deviation and quantiles are corrected for the particles that were left out at the border (a large particle touches the
/// border more often); the plain values of the counted particles stand beside them.
/// </remarks>
public sealed record SizeDistribution
{
    /// <summary>Number of counted particles.</summary>
    public required int Count { get; init; }

    /// <summary>Mean, corrected for the border, with its bootstrap interval.</summary>
    public required SizeEstimate Mean { get; init; }

    /// <summary>Standard deviation, corrected for the border, with its bootstrap interval; <c>null</c> for fewer than two particles.</summary>
    public required SizeEstimate? Sd { get; init; }

    /// <summary>10 % quantile (by number), corrected for the border, nm.</summary>
    public required double D10Nm { get; init; }

    /// <summary>Median (D50 by number), corrected for the border, with its bootstrap interval.</summary>
    public required SizeEstimate Median { get; init; }

    /// <summary>90 % quantile (by number), corrected for the border, nm.</summary>
    public required double D90Nm { get; init; }

    /// <summary>Plain mean of the counted particles, nm.</summary>
    public required double PlainMeanNm { get; init; }

    /// <summary>Plain standard deviation of the counted particles (n − 1), nm; <c>null</c> for fewer than two.</summary>
    public required double? PlainSdNm { get; init; }

    /// <summary>Fits, best (lowest AICc) first; empty for fewer than five particles.</summary>
    public required IReadOnlyList<DistributionFit> Fits { get; init; }

    /// <summary>Histogram with a bin width from the data.</summary>
    public required SizeHistogram Histogram { get; init; }

    /// <summary>Half width of the mean's 95 % interval that was asked for, in percent of the mean.</summary>
    public required double PrecisionWantedPercent { get; init; }

    /// <summary>How many more particles are needed to know the mean to that precision; 0 where enough are there.</summary>
    public required int MoreNeeded { get; init; }
}
