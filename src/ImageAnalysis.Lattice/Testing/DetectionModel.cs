namespace ImageAnalysis.Lattice;

/// <summary>What would have been seen of order along a fringe.</summary>
/// <param name="ExpectedSnr">Typical power of the half order over the background.</param>
/// <param name="Probability">Chance that it would have been called.</param>
/// <param name="FringeTransfer">Contrast transfer at the fringe, 0…1.</param>
/// <param name="PlaceTransfer">Contrast transfer at the half order, 0…1.</param>
/// <param name="LessProbability">Chance that order would have given no more than what was seen at the half order.</param>
internal sealed record DetectionOutlook(double ExpectedSnr, double Probability, double FringeTransfer, double PlaceTransfer, double LessProbability);

/// <summary>What the model needs to know of a fringe and its half order.</summary>
/// <param name="DiameterNm">Diameter of the crystal.</param>
/// <param name="LogDiameterSigma">One standard deviation of its logarithm.</param>
/// <param name="FrequencyPerNm">|g| of the fringe.</param>
/// <param name="FringePower">Power of the fringe over the mean power of the support (film and floor) there; <c>null</c> for a fringe that is in view, perhaps, and was not seen.</param>
/// <param name="FringeFilm">Power of the film over the floor at the fringe.</param>
/// <param name="PlaceFilm">Power of the film over the floor at the half order.</param>
/// <param name="PlaceTransfer">Contrast transfer at the half order, 0…1.</param>
/// <param name="PlaceBackground">Background at the half order over the support there.</param>
/// <param name="LimitSnr">Power over the background from which on order is called.</param>
internal sealed record DetectionInput(
    double DiameterNm, double LogDiameterSigma, double FrequencyPerNm, double? FringePower, double FringeFilm, double PlaceFilm, double PlaceTransfer, double PlaceBackground, double LimitSnr);

/// <summary>
/// The chance that order along a fringe would have been called. The half order's power follows from the crystal's size, relative to the film's, and from how far the fringe's normal stands out of the image
/// plane; of both the fringe's own power tells something. The power in noise follows the noncentral χ² law.
/// </summary>
/// <remarks>docs/methods/superlattice-test.md; <see cref="OrderedCrystalModel"/> has the formula.</remarks>
internal static class DetectionModel
{
    private const int Elevations = 14;
    private const int Nodes = 11;

    /// <summary>Fringes that are not seen though others are stand out of the plane by this share of the largest elevation at least.</summary>
    private const double UnseenShare = 0.5;

    /// <summary>What is unknown of the film's share near a zero of the transfer, a logarithm, and the transfer at which it is half.</summary>
    private const double ZeroSigma = 1.3;

    private const double ZeroTransfer = 0.35;

    private static readonly (double Z, double Weight)[] Sizes = [(-2, 0.054), (-1, 0.242), (0, 0.399), (1, 0.242), (2, 0.054)];

    public static (double ExpectedSnr, double Probability) Of(DetectionInput input, OrderedCrystalModel model)
    {
        // The fringe's power over the film's: near a zero of the transfer the film tells little.
        double? seen = input.FringePower is { } power ? Math.Log(Math.Max(power, 0.3) * (1 + input.FringeFilm) / Math.Max(input.FringeFilm, 1e-3)) : null;
        double sigmaSeen = Math.Sqrt(Math.Pow(model.FringeLogSigmaRatio, 2) + Math.Pow(0.4 / Math.Max(input.FringeFilm, 0.05), 2));
        double zero = ZeroSigma / (1 + Math.Pow(input.PlaceTransfer / ZeroTransfer, 2)), sigma = Math.Sqrt((model.HalfLogSigmaRatio * model.HalfLogSigmaRatio) + (zero * zero));
        double expected = 0, probability = 0, weights = 0;
        foreach ((double zSize, double sizeWeight) in Sizes)
        {
            double logSize = Math.Log(input.DiameterNm) + (zSize * input.LogDiameterSigma), thickness = model.ThicknessRatio * Math.Exp(logSize);
            double small = model.SmallSizeExponentRatio * Math.Max(0, Math.Log(model.SmallSizeNm) - logSize);
            double median = Math.Exp(model.HalfLogPowerRatio + (model.HalfSizeExponentRatio * logSize) - small) * input.PlaceFilm / (1 + input.PlaceFilm) / input.PlaceBackground;
            for (int i = 0; i < Elevations; i++)
            {
                double share = (i + 0.5) / Elevations, sine = Math.Sin(model.LargestElevationDeg * Math.PI / 180 * (seen is null ? UnseenShare + ((1 - UnseenShare) * share) : share));
                double fringe = model.FringeLogPowerRatio + (model.FringeSizeExponentRatio * logSize) + Math.Log(Sphere(Math.PI * thickness * input.FrequencyPerNm * sine) + model.FringeFloorRatio);
                double z = seen is { } value ? (value - fringe) / sigmaSeen : 0, weight = sizeWeight * (Math.Exp(-0.5 * z * z) + 1e-12);
                double strength = median * Sphere(0.5 * Math.PI * thickness * input.FrequencyPerNm * sine);
                weights += weight;
                expected += weight * strength;
                probability += weight * Seen(strength, sigma, input.LimitSnr);
            }
        }

        return (expected / weights, probability / weights);
    }

    // The mean of the tail over a log-normal strength.
    private static double Seen(double median, double sigma, double limit)
    {
        double sum = 0, weights = 0;
        for (int i = 0; i < Nodes; i++)
        {
            double z = -3 + (6.0 * i / (Nodes - 1)), weight = Math.Exp(-0.5 * z * z), strength = median * Math.Exp(sigma * z);
            sum += weight * (strength > 6 * (limit + 8) ? 1 : MarcumQ.Tail(strength, limit));
            weights += weight;
        }

        return sum / weights;
    }

    // Square of the form of a sphere.
    private static double Sphere(double x)
    {
        double form = x < 0.02 ? 1 - (x * x / 10) : 3 * (Math.Sin(x) - (x * Math.Cos(x))) / (x * x * x);
        return form * form;
    }
}
