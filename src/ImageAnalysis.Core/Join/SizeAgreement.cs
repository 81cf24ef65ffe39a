namespace ImageAnalysis.Core;

/// <summary>The crystallite size of a powder pattern beside the one that the particles of the microscope would give: both Scherrer sizes, weighted by volume.</summary>
/// <param name="FittedAngstrom">Scherrer size of the fit, Å.</param>
/// <param name="FittedSigmaAngstrom">One standard deviation of it; <c>null</c> where it is not known.</param>
/// <param name="ExpectedAngstrom">Scherrer size that the measured distribution would give if every particle were one crystal, Å.</param>
/// <param name="ExpectedSigmaAngstrom">One standard deviation of it from the number of particles and from what pixel size and model leave open, Å.</param>
/// <param name="DifferenceRatio">(fitted − expected) in units of the standard deviation of the difference; negative where the crystals are smaller than the particles.</param>
/// <param name="LimitRatio">The number of standard deviations from which the two disagree.</param>
public sealed record SizeAgreement(
    double FittedAngstrom, double? FittedSigmaAngstrom, double ExpectedAngstrom, double ExpectedSigmaAngstrom, double DifferenceRatio, double LimitRatio)
{
    private const int MostGroups = 50;
    private const int GammaNodes = 400;

    /// <summary>Whether the two sizes contradict each other.</summary>
    public bool Disagrees => Math.Abs(DifferenceRatio) > LimitRatio;

    /// <summary>Compares a fit with measured particles.</summary>
    /// <param name="fit">The solution of the fit.</param>
    /// <param name="diametersAngstrom">Diameters of the measured particles, Å; each above 0, at most 10,000; at least one.</param>
    /// <param name="weights">Weight of each, such as that for the border; above 0.</param>
    /// <param name="modelFraction">Standard deviation of what is not counted by the scatter of the particles, as a part of the size: the pixel size, and how well spheres and the fit's profile describe the lines; 0 to 1.</param>
    /// <param name="limitRatio">Standard deviations from which the two disagree; 1 to 10.</param>
    /// <param name="kRatio">K of Scherrer's equation in the fit; 0.5 to 1.5.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="ArgumentException">There is no diameter, the lists differ in length, or a number is NaN or outside its range.</exception>
    /// <remarks>
    /// The expected size is <see cref="ScherrerSize"/>'s; its scatter is that of a jackknife that leaves out a group of particles at a time (every fiftieth): J. W. Tukey, Ann. Math. Stat. 29 (1958) 614. A fit with spherical
    /// crystals gives a mean diameter by number; the Scherrer size of its gamma distribution is compared.
    /// </remarks>
    public static SizeAgreement Of(
        PowderSolution fit, IReadOnlyList<double> diametersAngstrom, IReadOnlyList<double> weights, double modelFraction = 0.05, double limitRatio = 3, double kRatio = 0.9)
    {
        ArgumentNullException.ThrowIfNull(fit);
        double scherrer = FittedScherrerAngstrom(fit, kRatio);
        return Of(scherrer, fit.SizeSigmaAngstrom * scherrer / fit.SizeAngstrom, diametersAngstrom, weights, modelFraction, limitRatio, kRatio);
    }

    /// <summary>Compares a Scherrer size with measured particles.</summary>
    /// <param name="fittedAngstrom">Scherrer size of the fit, Å; above 0.</param>
    /// <param name="fittedSigmaAngstrom">One standard deviation of it, Å; <c>null</c> where it is not known.</param>
    /// <param name="diametersAngstrom">Diameters of the measured particles, Å; each above 0, at most 10,000; at least one.</param>
    /// <param name="weights">Weight of each, such as that for the border; above 0.</param>
    /// <param name="modelFraction">As in the other overload.</param>
    /// <param name="limitRatio">Standard deviations from which the two disagree; 1 to 10.</param>
    /// <param name="kRatio">K of Scherrer's equation; 0.5 to 1.5.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="ArgumentException">There is no diameter, the lists differ in length, or a number is NaN or outside its range.</exception>
    public static SizeAgreement Of(
        double fittedAngstrom,
        double? fittedSigmaAngstrom,
        IReadOnlyList<double> diametersAngstrom,
        IReadOnlyList<double> weights,
        double modelFraction = 0.05,
        double limitRatio = 3,
        double kRatio = 0.9)
    {
        ArgumentNullException.ThrowIfNull(diametersAngstrom);
        ArgumentNullException.ThrowIfNull(weights);
        JoinCheck.Positive(fittedAngstrom, nameof(fittedAngstrom));
        JoinCheck.Sigma(fittedSigmaAngstrom, nameof(fittedSigmaAngstrom));
        OptionCheck.Within(modelFraction, 0, 1, nameof(modelFraction));
        OptionCheck.Within(limitRatio, 1, 10, nameof(limitRatio));
        double expected = ScherrerSize.FromWidthAngstrom(DiameterDistribution.OfCounts(diametersAngstrom, weights), kRatio);
        double sigma = JoinCheck.Quadrature(SamplingSigma(diametersAngstrom, weights, kRatio), modelFraction * expected);
        double both = JoinCheck.Quadrature(sigma, fittedSigmaAngstrom ?? 0), difference = fittedAngstrom - expected;
        return new(fittedAngstrom, fittedSigmaAngstrom, expected, sigma, both > 0 ? difference / both : difference == 0 ? 0 : Math.CopySign(double.MaxValue, difference), limitRatio);
    }

    /// <summary>The Scherrer size of a fit: its own for pseudo-Voigt lines, that of its gamma distribution for spheres.</summary>
    private static double FittedScherrerAngstrom(PowderSolution fit, double kRatio)
    {
        if (fit.Shape != PeakShape.Spheres || fit.Parameters.FirstOrDefault(parameter => parameter.Name == "shape") is not FitParameter spread)
        {
            return fit.SizeAngstrom;
        }

        // Gamma distribution of mean m and relative s.d. v: shape 1/v², density x^(1/v² − 1) e^(−x/(m v²)); by nodes at equal distances.
        double v2 = spread.Value * spread.Value, shape = 1 / v2, scale = fit.SizeAngstrom * v2, step = fit.SizeAngstrom * (1 + (8 * spread.Value)) / GammaNodes;
        double[] nodes = [.. Enumerable.Range(1, GammaNodes).Select(i => i * step)];
        double Log(double x) => ((shape - 1) * Math.Log(x)) - (x / scale);
        double highest = nodes.Max(Log);
        return ScherrerSize.FromWidthAngstrom(DiameterDistribution.OfCounts(nodes, [.. nodes.Select(x => Math.Exp(Log(x) - highest))]), kRatio);
    }

    private static double SamplingSigma(IReadOnlyList<double> diameters, IReadOnlyList<double> weights, double kRatio)
    {
        int groups = Math.Min(MostGroups, diameters.Count);
        if (groups < 2)
        {
            return 0;
        }

        double[] without = [.. Enumerable.Range(0, groups).Select(group => ScherrerSize.FromWidthAngstrom(
            DiameterDistribution.OfCounts([.. diameters.Where((_, i) => i % groups != group)], [.. weights.Where((_, i) => i % groups != group)]), kRatio))];
        double mean = without.Average();
        return Math.Sqrt((groups - 1.0) / groups * without.Sum(value => (value - mean) * (value - mean)));
    }
}
