using ImageAnalysis.Core;

namespace ImageAnalysis.Simulation;

/// <summary>Simulates powder patterns of samples of small crystals, with what an instrument adds.</summary>
/// <remarks>
/// The physics is that of Core (<see cref="BraggPattern"/>, <see cref="DebyePattern"/>), which fits use too: a fit of such a pattern tests the fitting, not the physics. Same crystal, options and
/// seed, same counts on one system and runtime.
/// </remarks>
public static class PowderSimulator
{
    /// <summary>Angles beyond the range that the Debye equation is computed for, since a displacement moves them in, degree.</summary>
    private const double BeyondDeg = 3;

    /// <summary>Bragg patterns ask for some height; this one leaves background, holder and halo alone.</summary>
    private const double NoPeakCounts = 1e-6;

    /// <summary>Simulates a pattern.</summary>
    /// <param name="structure">The crystal, with the displacement parameters of its sites.</param>
    /// <param name="options">Size, instrument, counts.</param>
    /// <param name="seed">Where the counting noise comes from.</param>
    /// <returns>Counts, marked as simulated.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    /// <exception cref="ArgumentException">A table lacks an element, or the crystal has no line in the range.</exception>
    public static PowderPattern Simulate(CrystalStructure structure, PowderSampleOptions options, int seed)
    {
        ArgumentNullException.ThrowIfNull(structure);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        UnitCell cell = structure.Cell;
        double ratio = 1 + options.StrainFraction;
        CrystalStructure strained = structure.WithCell(new(cell.AAngstrom * ratio, cell.BAngstrom * ratio, cell.CAngstrom * ratio, cell.AlphaDeg, cell.BetaDeg, cell.GammaDeg));
        BraggPatternOptions bragg = Bragg(options);
        PowderPattern pattern = options.Method == PowderMethod.Bragg
            ? BraggPattern.Simulate(strained, bragg)
            : WithInstrument(OfSpheres(strained, options), BraggPattern.Simulate(strained, bragg with { PeakCounts = NoPeakCounts }), options);
        return options.CountingNoise ? Core.CountingNoise.Poisson(pattern, seed) : pattern;
    }

    private static BraggPatternOptions Bragg(PowderSampleOptions options) => new()
    {
        FirstTwoThetaDeg = options.FirstTwoThetaDeg,
        LastTwoThetaDeg = options.LastTwoThetaDeg,
        StepDeg = options.StepDeg,
        Wavelengths = options.Wavelengths,
        Scattering = Scattering(options),
        SizeAngstrom = Units.NmToAngstrom(options.SizeNm),
        MicrostrainFraction = options.MicrostrainFraction,
        InstrumentFwhmDeg = options.InstrumentFwhmDeg,
        ZeroShiftDeg = options.ZeroShiftDeg,
        DisplacementMm = options.DisplacementMm,
        GoniometerRadiusMm = options.GoniometerRadiusMm,
        PeakCounts = options.PeakCounts,
        BackgroundCounts = options.BackgroundCounts,
        Holder = options.Holder,
        Halo = options.Halo,
    };

    private static ReflectionOptions Scattering(PowderSampleOptions options) => new()
    {
        Anomalous = options.Anomalous ? AnomalousTable.Sasaki1989 : null,
        WavelengthAngstrom = options.Wavelengths.Alpha1Angstrom,
        DefaultBIsoAngstrom2 = options.UnknownBAngstrom2,
    };

    private static PowderPattern OfSpheres(CrystalStructure crystal, PowderSampleOptions options) => DebyePattern.OfSpheres(
        crystal,
        DiameterDistribution.Normal(Units.NmToAngstrom(options.SizeNm), Units.NmToAngstrom(options.SizeSigmaNm)),
        new DebyePatternOptions
        {
            FirstTwoThetaDeg = Math.Max(0.5, options.FirstTwoThetaDeg - BeyondDeg),
            LastTwoThetaDeg = options.LastTwoThetaDeg + BeyondDeg,
            StepDeg = Math.Min(options.StepDeg, 0.05),
            Wavelengths = options.Wavelengths,
            InstrumentFwhmDeg = options.InstrumentFwhmDeg,
            Debye = new DebyeOptions { Scattering = Scattering(options) },
        });

    /// <summary>Puts the curve of the spheres on the background of an instrument, whose zero and sample are displaced.</summary>
    private static PowderPattern WithInstrument(PowderPattern spheres, PowderPattern dark, PowderSampleOptions options)
    {
        double[] signal = [.. dark.TwoThetaDeg.Select(observed => At(spheres, TrueAngle(observed, options)))];
        double factor = options.PeakCounts / signal.Max();
        return new PowderPattern(dark.TwoThetaDeg, [.. signal.Zip(dark.IntensityCounts, (value, background) => background + (factor * value))])
        {
            Wavelengths = options.Wavelengths,
            IsSimulated = true,
            Title = spheres.Title,
        };
    }

    // 2θ_seen = 2θ − (180/π)(2s/R) cos θ + zero, solved for 2θ: the shift changes so slowly that three rounds leave nothing.
    private static double TrueAngle(double seenDeg, PowderSampleOptions options)
    {
        double angle = seenDeg;
        for (int round = 0; round < 3; round++)
        {
            angle = seenDeg - options.ZeroShiftDeg + (360 / Math.PI * options.DisplacementMm / options.GoniometerRadiusMm * Math.Cos(angle * Math.PI / 360));
        }

        return angle;
    }

    // Linear between points 0.05° apart or less: lines of particles below 20 nm are wider than 0.4°.
    private static double At(PowderPattern pattern, double angleDeg)
    {
        double place = (angleDeg - pattern.TwoThetaDeg[0]) / (pattern.TwoThetaDeg[1] - pattern.TwoThetaDeg[0]);
        int left = Math.Clamp((int)Math.Floor(place), 0, pattern.PointCount - 2);
        double share = Math.Clamp(place - left, 0, 1);
        return ((1 - share) * pattern.IntensityCounts[left]) + (share * pattern.IntensityCounts[left + 1]);
    }
}
