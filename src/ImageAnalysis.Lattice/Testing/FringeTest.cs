namespace ImageAnalysis.Lattice;

/// <summary>The test of one fringe at all places where order along it would show.</summary>
/// <remarks>
/// p = (1 − π) p(all places) + π p(places on the fringe's own axis). Faults of the stacking, twins and hexagonal packing add power beside other fringes, at G ± g/2 too, and none on the axis: in the share π of crystals in
/// which they are expected, satellites say nothing and the axis alone decides.
/// </remarks>
internal sealed class FringeTest
{
    /// <summary>Places where order would show less add nothing but their noise.</summary>
    public const double LeastExpectedSnr = 0.12;

    /// <summary>Weights are those of order of so much power at the place that shows most.</summary>
    private const double FaintSnr = 12;

    private readonly double[] _weights;
    private readonly double[] _axisStages;
    private readonly double[] _stages;
    private readonly double _faultedFraction;

    /// <summary>Puts the places together.</summary>
    /// <param name="places">The places: those on the fringe's own axis first, g/n before all.</param>
    /// <param name="axisCount">How many lie on the axis, 1 or more.</param>
    /// <param name="expected">What order would show at each, power over the background.</param>
    /// <param name="faultedFraction">π.</param>
    public FringeTest(IReadOnlyList<PlaceTest> places, int axisCount, IReadOnlyList<double> expected, double faultedFraction)
    {
        (Places, AxisCount, Expected, _faultedFraction) = (places, axisCount, expected, faultedFraction);

        // E/(1 + E): the logarithm of the likelihood's ratio for a power in noise of exponential law, as noise itself, is so many times the power. Order that is hard to see is what counts: where a whole crystal's would be plain,
        // that of a part of it.
        double faint = Math.Min(1, FaintSnr / Math.Max(expected.Max(), LeastExpectedSnr));
        _weights = [.. expected.Select(value => Math.Max(faint * value, LeastExpectedSnr)).Select(static value => value / (1 + value))];
        double[] own = [.. places.Select(static place => JointTest.OwnShare(place.Background.Ratio))];
        _stages = JointTest.Stages(_weights, own);
        _axisStages = JointTest.Stages(_weights[..axisCount], own[..axisCount]);
    }

    /// <summary>The places, those on the axis first.</summary>
    public IReadOnlyList<PlaceTest> Places { get; }

    /// <summary>How many lie on the axis.</summary>
    public int AxisCount { get; }

    /// <summary>What order would show at each place, power over the background.</summary>
    public IReadOnlyList<double> Expected { get; }

    /// <summary>Probability that a crystal without order gives as much.</summary>
    public double PValue => PValueOf(static place => place.PValue);

    /// <summary>The same as if nothing but order gave satellites.</summary>
    public double PValueOfSatellites => PValueOf(static place => place.PValue, 0);

    /// <summary>The same as if no streaks were known.</summary>
    public double PValueOffAxis => PValueOf(static place => place.PValueOffAxis);

    /// <summary>The place that says most.</summary>
    public int Strongest => Enumerable.Range(0, Places.Count).MaxBy(i => Score(i, Places[i].PValue));

    /// <summary>What a p-value at a place adds to its sum.</summary>
    public double Score(int place, double pValue) => JointTest.Score(_weights[place], pValue);

    /// <summary>
    /// The smallest power at a place, over the background, that is called at a level where the others have what order of that strength shows there.
    /// </summary>
    /// <param name="level">The level.</param>
    /// <param name="of">Number of the place.</param>
    public double LimitAt(double level, int of = 0)
    {
        if (Places.Count == 1)
        {
            return Places[0].LimitAt(level);
        }

        double low = 0, high = 1;
        while (At(high) > level && high < 1e6)
        {
            high *= 2;
        }

        for (int turn = 0; turn < 40; turn++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = At(middle) > level ? (middle, high) : (low, middle);
        }

        return 1 + (0.5 * (low + high));

        double At(double strength) => PValueOf(place =>
        {
            int i = IndexOf(place);
            return place.PValueOf(1 + (strength * Math.Max(Expected[i], LeastExpectedSnr) / Math.Max(Expected[of], LeastExpectedSnr)));
        });
    }

    /// <summary>The p-value for any sums, quickly, on another background.</summary>
    /// <param name="backgroundRatio">The background over the support's.</param>
    public FringeLaw LawOn(double backgroundRatio)
    {
        double[] own = [.. Places.Select(_ => JointTest.OwnShare(backgroundRatio))];
        return new FringeLaw(JointTest.Stages(_weights[..AxisCount], own[..AxisCount]), JointTest.Stages(_weights, own), AxisCount == Places.Count ? 1 : _faultedFraction);
    }

    private double PValueOf(Func<PlaceTest, double> pValue, double? faultedFraction = null)
    {
        double faulted = faultedFraction ?? _faultedFraction;
        if (Places.Count == 1)
        {
            return pValue(Places[0]);
        }

        double axis = 0, all = 0;
        for (int i = 0; i < Places.Count; i++)
        {
            double score = Score(i, pValue(Places[i]));
            axis += i < AxisCount ? score : 0;
            all += score;
        }

        double alone = JointTest.Tail(axis, _axisStages);
        return AxisCount == Places.Count ? alone : ((1 - faulted) * JointTest.Tail(all, _stages)) + (faulted * alone);
    }

    private int IndexOf(PlaceTest place)
    {
        int i = 0;
        while (Places[i] != place)
        {
            i++;
        }

        return i;
    }
}

/// <summary>The p-value of a fringe's test over its two sums, between points.</summary>
internal sealed class FringeLaw
{
    private const double Step = 0.25;

    /// <summary>To p-values of 10⁻⁸; beyond, the last slope goes on.</summary>
    private const int Points = 72;

    private readonly double[] _axis;
    private readonly double[] _all;
    private readonly double _axisShare;

    /// <summary>Tabulates the tails.</summary>
    /// <param name="axisStages">Stages of the places on the axis.</param>
    /// <param name="stages">Stages of all places.</param>
    /// <param name="axisShare">Share of the axis alone; 1 where there are no other places.</param>
    public FringeLaw(double[] axisStages, double[] stages, double axisShare)
    {
        _axisShare = axisShare;
        _axis = Tails(axisStages);
        _all = axisShare < 1 ? Tails(stages) : _axis;
    }

    /// <summary>The p-value.</summary>
    /// <param name="axis">Sum of the places on the axis.</param>
    /// <param name="all">Sum of all places.</param>
    public double PValue(double axis, double all) => (_axisShare * At(_axis, axis)) + (_axisShare < 1 ? (1 - _axisShare) * At(_all, all) : 0);

    private static double[] Tails(double[] stages) => [.. Enumerable.Range(0, Points + 1).Select(i => Math.Log(JointTest.Tail(i * Step, stages)))];

    private static double At(double[] logs, double sum)
    {
        double x = sum / Step;
        int i = Math.Min((int)x, Points - 1);
        return Math.Exp(logs[i] + ((x - i) * (logs[i + 1] - logs[i])));
    }
}
