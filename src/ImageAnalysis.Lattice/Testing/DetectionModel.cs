using MathNet.Numerics.Distributions;

namespace ImageAnalysis.Lattice;

/// <summary>What would have been seen of order along a fringe.</summary>
/// <param name="ExpectedSnr">Typical power of the half order over the background.</param>
/// <param name="Probability">Chance that it would have been called.</param>
/// <param name="FringeTransfer">Contrast transfer at the fringe, 0…1.</param>
/// <param name="PlaceTransfer">Contrast transfer at the half order, 0…1.</param>
/// <param name="LessProbability">Chance that order would have given no more than what was seen.</param>
internal sealed record DetectionOutlook(double ExpectedSnr, double Probability, double FringeTransfer, double PlaceTransfer, double LessProbability);

/// <summary>What the model needs to know of a fringe.</summary>
/// <param name="DiameterNm">Diameter of the crystal.</param>
/// <param name="LogDiameterSigma">One standard deviation of its logarithm.</param>
/// <param name="FrequencyPerNm">|g| of the fringe.</param>
/// <param name="FringePower">Power of the fringe over the mean power of the support (film and floor) there; <c>null</c> for a fringe that is in view, perhaps, and was not seen.</param>
/// <param name="FringeFilm">Power of the film over the floor at the fringe.</param>
/// <param name="Places">The places where order along it would show.</param>
internal sealed record DetectionInput(double DiameterNm, double LogDiameterSigma, double FrequencyPerNm, double? FringePower, double FringeFilm, IReadOnlyList<PlaceInput> Places);

/// <summary>What the model needs to know of a place.</summary>
/// <param name="Film">Power of the film over the floor there.</param>
/// <param name="Transfer">Contrast transfer there, 0…1.</param>
/// <param name="FrequencyPerNm">|q| of the place.</param>
/// <param name="IsBeside">True for a satellite of another fringe.</param>
internal readonly record struct PlaceInput(double Film, double Transfer, double FrequencyPerNm, bool IsBeside);

/// <summary>
/// The chance that order along a fringe would have been called. The power at its places follows from the crystal's size, relative to the film's, and from how far the fringe's normal stands out of the image plane; of both the
/// fringe's own power tells something.
/// </summary>
/// <remarks>
/// docs/methods/superlattice-test.md; <see cref="OrderedCrystalModel"/> has the formula. Sizes and elevations are summed over; strengths and noise are drawn at points of a Richtmyer sequence, the same for every crystal.
/// </remarks>
internal sealed class DetectionModel
{
    private const int Elevations = 14;

    /// <summary>Draws for each size and elevation.</summary>
    private const int DrawsEach = 30;

    /// <summary>Most places for which a chance can be told.</summary>
    public const int MostPlaces = 8;

    /// <summary>Sizes and elevations of less than this share of the likeliest are left out.</summary>
    private const double LeastShare = 0.002;

    /// <summary>Fringes that are not seen though others are stand out of the plane by this share of the largest elevation at least.</summary>
    private const double UnseenShare = 0.5;

    /// <summary>What is unknown of the film's share near a zero of the transfer, a logarithm, and the transfer at which it is half.</summary>
    private const double ZeroSigma = 1.3;

    private const double ZeroTransfer = 0.35;

    private static readonly (double Z, double Weight)[] Sizes = [(-2, 0.054), (-1, 0.242), (0, 0.399), (1, 0.242), (2, 0.054)];

    private static readonly double[][] Draws = MakeDraws();

    private readonly DetectionInput _input;
    private readonly OrderedCrystalModel _model;
    private readonly List<(double Weight, double[] Strengths)> _nodes = [];

    public DetectionModel(DetectionInput input, OrderedCrystalModel model)
    {
        (_input, _model) = (input, model);

        // The fringe's power over the film's: near a zero of the transfer the film tells little.
        double? seen = input.FringePower is { } power ? Math.Log(Math.Max(power, 0.3) * (1 + input.FringeFilm) / Math.Max(input.FringeFilm, 1e-3)) : null;
        double sigmaSeen = Math.Sqrt(Math.Pow(model.FringeLogSigmaRatio, 2) + Math.Pow(0.4 / Math.Max(input.FringeFilm, 0.05), 2));
        foreach ((double zSize, double sizeWeight) in Sizes)
        {
            double logSize = Math.Log(input.DiameterNm) + (zSize * input.LogDiameterSigma), thickness = model.ThicknessRatio * Math.Exp(logSize);
            double small = model.SmallSizeExponentRatio * Math.Max(0, Math.Log(model.SmallSizeNm) - logSize);
            for (int i = 0; i < Elevations; i++)
            {
                double share = (i + 0.5) / Elevations, sine = Math.Sin(model.LargestElevationDeg * Math.PI / 180 * (seen is null ? UnseenShare + ((1 - UnseenShare) * share) : share));
                double fringe = model.FringeLogPowerRatio + (model.FringeSizeExponentRatio * logSize) + Math.Log(Sphere(Math.PI * thickness * input.FrequencyPerNm * sine) + model.FringeFloorRatio);
                double z = seen is { } value ? (value - fringe) / sigmaSeen : 0, median = model.HalfLogPowerRatio + (model.HalfSizeExponentRatio * logSize) - small;
                _nodes.Add((sizeWeight * (Math.Exp(-0.5 * z * z) + 1e-12), [.. input.Places.Select(place => Strength(place, median, Math.PI * thickness * input.FrequencyPerNm * sine))]));
            }
        }

        double sum = _nodes.Sum(static node => node.Weight), most = _nodes.Max(static node => node.Weight);
        Expected = [.. Enumerable.Range(0, input.Places.Count).Select(j => _nodes.Sum(node => node.Weight * node.Strengths[j]) / sum)];
        _nodes.RemoveAll(node => node.Weight < LeastShare * most);
    }

    /// <summary>Typical power at each place over the background of an ordered crystal.</summary>
    public IReadOnlyList<double> Expected { get; }

    /// <summary>Chance that order gives a p-value below each of several.</summary>
    /// <param name="test">The test, whose places are those of the input.</param>
    /// <param name="pValues">The p-values.</param>
    public double[] Below(FringeTest test, ReadOnlySpan<double> pValues)
    {
        int count = _input.Places.Count, axisCount = test.AxisCount;
        if (count > MostPlaces)
        {
            throw new InvalidOperationException($"found {count} places, expected {MostPlaces} at most");
        }

        FringeLaw law = test.LawOn(_model.BackgroundRatio);
        ScoreCurve[] curves = [.. Enumerable.Range(0, count).Select(j => new ScoreCurve(snr => test.Score(j, test.Places[j].PValueOf(snr))))];
        double common = _model.HalfLogSigmaRatio * Math.Sqrt(_model.CommonShareRatio);
        double[] own = [.. _input.Places.Select(OwnSigma)], below = new double[pValues.Length];
        double weights = 0;
        int at = 0;
        foreach ((double weight, double[] strengths) in _nodes)
        {
            for (int draw = 0; draw < DrawsEach; draw++, at++)
            {
                double[] z = Draws[at % Draws.Length];
                double axis = 0, all = 0;
                for (int j = 0; j < count; j++)
                {
                    double amplitude = Math.Sqrt(strengths[j] * Math.Exp((common * z[0]) + (own[j] * z[1 + (3 * j)]))), re = amplitude + (z[2 + (3 * j)] * Math.Sqrt(0.5)), im = z[3 + (3 * j)] * Math.Sqrt(0.5);
                    double score = curves[j].At((re * re) + (im * im));
                    axis += j < axisCount ? score : 0;
                    all += score;
                }

                double p = law.PValue(axis, all);
                for (int i = 0; i < pValues.Length; i++)
                {
                    below[i] += p < pValues[i] ? weight : 0;
                }
            }

            weights += DrawsEach * weight;
        }

        for (int i = 0; i < below.Length; i++)
        {
            below[i] /= weights;
        }

        return below;
    }

    // Half of the half order's scatter is common to all places; the others have more of their own, and near a zero of the transfer nobody knows.
    private double OwnSigma(PlaceInput place, int index)
    {
        double half = _model.HalfLogSigmaRatio * _model.HalfLogSigmaRatio * (1 - _model.CommonShareRatio), other = index > 0 ? _model.OtherLogSigmaRatio * _model.OtherLogSigmaRatio : 0;
        return Math.Sqrt(half + other + Math.Pow(ZeroSigma / (1 + Math.Pow(place.Transfer / ZeroTransfer, 2)), 2));
    }

    private double Strength(PlaceInput place, double median, double outOfPlane)
    {
        // A satellite of another fringe stands out of the plane as that one does, plus or minus a part of the fringe's own: in the mean of squares.
        double share = 1 / _input.FrequencyPerNm * place.FrequencyPerNm, reach = place.IsBeside ? Math.Sqrt(1.25) : share;
        double octaves = Math.Log2(Math.Max(1, 2 * share));
        double log = median - (_model.FalloffRatio * octaves);
        return Math.Exp(log) * place.Film / (1 + place.Film) / _model.BackgroundRatio * Sphere(reach * outOfPlane);
    }

    // Points of a Richtmyer sequence: parts of multiples of square roots of primes.
    private static double[][] MakeDraws()
    {
        const int Dimensions = 1 + (3 * MostPlaces);
        int[] primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97];
        double[][] draws = new double[Sizes.Length * Elevations * DrawsEach][];
        for (int i = 0; i < draws.Length; i++)
        {
            draws[i] = new double[Dimensions];
            for (int k = 0; k < Dimensions; k++)
            {
                double part = (i + 0.5) * Math.Sqrt(primes[k]);
                draws[i][k] = Normal.InvCDF(0, 1, Math.Clamp(part - Math.Floor(part), 1e-6, 1 - 1e-6));
            }
        }

        return draws;
    }

    // Square of the form of a sphere.
    private static double Sphere(double x)
    {
        double form = x < 0.02 ? 1 - (x * x / 10) : 3 * (Math.Sin(x) - (x * Math.Cos(x))) / (x * x * x);
        return form * form;
    }

    /// <summary>A score over ln(1 + power), between points.</summary>
    private sealed class ScoreCurve
    {
        private const int Points = 60;

        private const double Most = 7; // powers of 1,100: certain

        private readonly double[] _values = new double[Points + 1];

        public ScoreCurve(Func<double, double> score)
        {
            for (int i = 0; i <= Points; i++)
            {
                _values[i] = score(Math.Exp(Most * i / Points) - 1);
            }
        }

        public double At(double power)
        {
            double x = Math.Min(Math.Log(1 + power) / Most * Points, Points - 1e-9);
            int i = (int)x;
            return _values[i] + ((x - i) * (_values[i + 1] - _values[i]));
        }
    }
}
