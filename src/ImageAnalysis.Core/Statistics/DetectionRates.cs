namespace ImageAnalysis.Core;

/// <summary>How well ordered and regular particles are told apart, counted on particles whose truth is known.</summary>
/// <param name="OrderedCalledCount">Truly ordered particles that were called superstructure.</param>
/// <param name="OrderedAllCount">All truly ordered particles in the denominator (called anything but no-fringe).</param>
/// <param name="RegularCalledCount">Truly regular particles that were called superstructure: false alarms.</param>
/// <param name="RegularAllCount">All truly regular particles in the denominator.</param>
public sealed record DetectionRates(int OrderedCalledCount, int OrderedAllCount, int RegularCalledCount, int RegularAllCount)
{
    /// <summary>Sensitivity: share of ordered particles that are called superstructure, with its exact 95 % interval; <c>null</c> without ordered particles.</summary>
    public FractionInterval? Sensitivity => FractionIntervals.ClopperPearson(OrderedCalledCount, OrderedAllCount);

    /// <summary>False-alarm rate: share of regular particles that are called superstructure, with its exact 95 % interval; <c>null</c> without regular particles.</summary>
    public FractionInterval? FalseAlarms => FractionIntervals.ClopperPearson(RegularCalledCount, RegularAllCount);

    /// <summary>Checks the counts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative or larger than that of all.</exception>
    public void Validate()
    {
        FractionIntervals.CheckCount(OrderedCalledCount, OrderedAllCount);
        FractionIntervals.CheckCount(RegularCalledCount, RegularAllCount);
    }
}
