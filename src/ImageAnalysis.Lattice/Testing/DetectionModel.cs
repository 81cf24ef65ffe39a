namespace ImageAnalysis.Lattice;

/// <summary>What would have been seen of order along a fringe.</summary>
/// <param name="ExpectedSnr">Typical power of the half order over the background.</param>
/// <param name="Probability">Chance that it would have been called.</param>
/// <param name="FringeTransfer">Contrast transfer at the fringe, 0…1.</param>
/// <param name="PlaceTransfer">Contrast transfer at the half order, 0…1.</param>
internal sealed record DetectionOutlook(double ExpectedSnr, double Probability, double FringeTransfer, double PlaceTransfer);

/// <summary>
/// The chance that order along a fringe would have been called: the half order's amplitude is that of ordered crystals relative to the fringe's, transfer divided out at g and put on at g/2; its
/// logarithm scatters from crystal to crystal and with what is unknown of the transfer; the power in noise follows the noncentral χ² law.
/// </summary>
internal static class DetectionModel
{
    private const int Nodes = 15;

    /// <param name="fringe">The fringe.</param>
    /// <param name="fringeDensity">Background at the fringe, counts² nm².</param>
    /// <param name="placeDensity">Background at the half order, counts² nm².</param>
    /// <param name="limitSnr">Power over the background from which on order is called.</param>
    /// <param name="atFringe">Transfer at the fringe.</param>
    /// <param name="atPlace">Transfer at the half order.</param>
    /// <param name="diameterNm">Diameter of the crystal.</param>
    /// <param name="model">What ordered crystals show.</param>
    public static DetectionOutlook Of(WindowSpot fringe, double fringeDensity, double placeDensity, double limitSnr, TransferRange atFringe, TransferRange atPlace, double diameterNm, OrderedCrystalModel model)
    {
        _ = diameterNm;
        double fringeTransfer = Math.Max(atFringe.AmplitudeFraction, 0.02), placeTransfer = Math.Max(atPlace.AmplitudeFraction, 0.005);

        // The noise itself adds 1 to the power on average.
        double strength = Math.Max(fringe.Snr - 1, 0) * fringeDensity / placeDensity;
        double median = strength * Math.Pow(model.AmplitudeRatio * placeTransfer / fringeTransfer, 2);
        double sigma = Math.Sqrt((4 * model.LogAmplitudeSigmaRatio * model.LogAmplitudeSigmaRatio) + Spread(atFringe) + Spread(atPlace));
        double sum = 0, weights = 0;
        for (int i = 0; i < Nodes; i++)
        {
            double z = -3 + (6.0 * i / (Nodes - 1)), weight = Math.Exp(-0.5 * z * z);
            sum += weight * MarcumQ.Tail(median * Math.Exp(sigma * z), limitSnr);
            weights += weight;
        }

        return new DetectionOutlook(median, sum / weights, atFringe.AmplitudeFraction, atPlace.AmplitudeFraction);
    }

    // Variance of ln T² from the 90 % interval (±1.645 σ of ln T).
    private static double Spread(TransferRange value)
    {
        double low = Math.Max(value.LowFraction, 0.01), high = Math.Max(value.HighFraction, low);
        double sigma = 2 * Math.Log(high / low) / (2 * 1.645);
        return sigma * sigma;
    }
}
