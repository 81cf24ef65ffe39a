namespace ImageAnalysis.Lattice;

/// <summary>What would have been seen of order along a fringe.</summary>
/// <param name="ExpectedSnr">Typical power of the half order over the background.</param>
/// <param name="Probability">Chance that it would have been called.</param>
/// <param name="FringeTransfer">Contrast transfer at the fringe, 0…1.</param>
/// <param name="PlaceTransfer">Contrast transfer at the half order, 0…1.</param>
internal sealed record DetectionOutlook(double ExpectedSnr, double Probability, double FringeTransfer, double PlaceTransfer);

/// <summary>What the model needs to know of a fringe and its half order.</summary>
/// <param name="DiameterNm">Diameter of the crystal.</param>
/// <param name="FrequencyPerNm">|g| of the fringe.</param>
/// <param name="FringePower">Power of the fringe over the mean power of the support (film and floor) there.</param>
/// <param name="FringeFilm">Power of the film over the floor at the fringe.</param>
/// <param name="PlaceFilm">Power of the film over the floor at the half order.</param>
/// <param name="PlaceBackground">Background at the half order over the support there.</param>
/// <param name="LimitSnr">Power over the background from which on order is called.</param>
internal sealed record DetectionInput(double DiameterNm, double FrequencyPerNm, double FringePower, double FringeFilm, double PlaceFilm, double PlaceBackground, double LimitSnr);

/// <summary>
/// The chance that order along a fringe would have been called. The half order's power follows from the crystal's size, relative to the film's, and from how far the fringe's normal stands out of the image
/// plane; of that the fringe's own power tells something. The power in noise follows the noncentral χ² law.
/// </summary>
/// <remarks>docs/methods/superlattice-test.md; <see cref="OrderedCrystalModel"/> has the formula.</remarks>
internal static class DetectionModel
{
    private const int Elevations = 18;
    private const int Nodes = 13;

    public static (double ExpectedSnr, double Probability) Of(DetectionInput input, OrderedCrystalModel model)
    {
        double logSize = Math.Log(input.DiameterNm), thickness = model.ThicknessRatio * input.DiameterNm;

        // The fringe's power over the film's: near a zero of the transfer the film tells little.
        double seen = Math.Log(Math.Max(input.FringePower, 0.3) * (1 + input.FringeFilm) / Math.Max(input.FringeFilm, 1e-3));
        double sigmaSeen = Math.Sqrt(Math.Pow(model.FringeLogSigmaRatio, 2) + Math.Pow(0.4 / Math.Max(input.FringeFilm, 0.05), 2));
        double median = Math.Exp(model.HalfLogPowerRatio + (model.HalfSizeExponentRatio * logSize)) * input.PlaceFilm / (1 + input.PlaceFilm) / input.PlaceBackground;
        double expected = 0, probability = 0, weights = 0;
        for (int i = 0; i < Elevations; i++)
        {
            double sine = Math.Sin(model.LargestElevationDeg * Math.PI / 180 * (i + 0.5) / Elevations);
            double fringe = model.FringeLogPowerRatio + (model.FringeSizeExponentRatio * logSize) + Math.Log(Sphere(Math.PI * thickness * input.FrequencyPerNm * sine) + model.FringeFloorRatio);
            double z = (seen - fringe) / sigmaSeen, weight = Math.Exp(-0.5 * z * z) + 1e-12;
            double strength = median * Sphere(0.5 * Math.PI * thickness * input.FrequencyPerNm * sine);
            weights += weight;
            expected += weight * strength;
            probability += weight * Seen(strength, model.HalfLogSigmaRatio, input.LimitSnr);
        }

        return (expected / weights, probability / weights);
    }

    // The mean of the tail over a log-normal strength.
    private static double Seen(double median, double sigma, double limit)
    {
        double sum = 0, weights = 0;
        for (int i = 0; i < Nodes; i++)
        {
            double z = -3 + (6.0 * i / (Nodes - 1)), weight = Math.Exp(-0.5 * z * z);
            sum += weight * MarcumQ.Tail(median * Math.Exp(sigma * z), limit);
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
