using ImageAnalysis.Core;
using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Samples;

/// <summary>Would order be seen in such a particle? Simulates images of it, analyses each as a run would, and counts.</summary>
/// <remarks>Drawn images (docs/methods/hrtem-drawn.md) are linear and kinematic; multislice images hold the full scattering, and cost some seconds each.</remarks>
public static class PowerStudy
{
    /// <summary>The crystal: antifluorite Cu₂Se.</summary>
    private const string Model = "models/cu2se-table2-4nm.cif";

    // Layers that have lost a share δ of their Cu give the half order 0.34 δ of the amplitude of {111}: docs/methods/hrtem-drawn.md.
    private const double AmplitudeOfFullOrder = 0.34;

    /// <summary>Runs the study.</summary>
    /// <param name="options">The particle, its images and their number.</param>
    /// <param name="jobs">Images made at the same time; the result is the same for any number.</param>
    /// <param name="onProgress">Called after every image with the number done and the number of all, on any thread.</param>
    /// <param name="cancel">Stops the study; what was done until then is counted.</param>
    /// <returns>The counts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    public static PowerResult Run(PowerOptions options, int jobs, Action<int, int>? onProgress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        CrystalStructure crystal = CrystalModels.Read(string.Empty, Model).Structure;
        (bool Ordered, int Number)[] all = [.. Enumerable.Range(0, 2 * options.RepeatCount).Select(i => (i % 2 == 0, i / 2))];
        CrystalAnswer?[] answers = new CrystalAnswer?[all.Length];
        int done = 0;
        bool finished = Batch.ForEach([.. Enumerable.Range(0, all.Length)], jobs, i =>
        {
            answers[i] = Answer(crystal, options, all[i].Ordered, all[i].Number);
            onProgress?.Invoke(Interlocked.Increment(ref done), all.Length);
        }, cancel);
        Dictionary<CrystalAnswer, int> Counted(bool ordered) =>
            Enum.GetValues<CrystalAnswer>().ToDictionary(answer => answer, answer => Enumerable.Range(0, all.Length).Count(i => all[i].Ordered == ordered && answers[i] == answer));
        double g = 10 / crystal.Cell.SpacingAngstrom(1, 1, 1);
        ObjectiveLens lens = Lens(options);
        return new PowerResult(options, Counted(true), Counted(false), lens.ContrastTransferRatio(g, 0, options.VoltageKv), lens.ContrastTransferRatio(0.5 * g, 0, options.VoltageKv), !finished);
    }

    private static CrystalAnswer Answer(CrystalStructure crystal, PowerOptions options, bool ordered, int number)
    {
        ulong seed = SimulationSeed.Derive((ulong)options.Seed, FormattableString.Invariant($"{(ordered ? "ordered" : "regular")} {number}"));
        (Micrograph image, HrtemTruthParticle truth) = options.Multislice ? Computed(crystal, options, ordered, seed) : Drawn(crystal, options, ordered, seed);
        FringeAnalysis found = FringeAnalyser.Analyse(image, options.Fringes);
        HrtemTruthImage known = new()
        {
            File = image.File,
            WidthPx = image.Pixels.WidthPx,
            HeightPx = image.Pixels.HeightPx,
            PixelWidthNm = options.PixelNm,
            PixelHeightNm = options.PixelNm,
            Particles = [truth],
        };
        return CrystalScoring.Score(string.Empty, image.File, known, found.Crystals)[0].Answer;
    }

    /// <summary>A drawn image: the particle at random about the middle, turned at random about the ordered planes' normal and in the image.</summary>
    internal static (Micrograph Image, HrtemTruthParticle Truth) Drawn(CrystalStructure crystal, PowerOptions options, bool ordered, ulong seed)
    {
        SeededNumbers random = new(seed, "power");
        int side = Side(options);
        CrystalPose pose = Pose(crystal, random, options.LargestTiltDeg);
        DrawnParticle particle = new()
        {
            CentreXPx = (0.5 * side) + random.Uniform(-20, 20),
            CentreYPx = (0.5 * side) + random.Uniform(-20, 20),
            DiameterNm = options.SizeNm,
            AspectRatio = random.Uniform(1, 1.2),
            OrientationDeg = random.Uniform(0, 180),
            Body = random.Uniform(0, 1) < 0.5 ? DrawnBody.Ellipsoid : DrawnBody.Facetted,
            Waves = DrawnCrystal.Waves(crystal, pose, new DrawnCrystalOptions
            {
                SuperlatticeRatio = ordered ? AmplitudeOfFullOrder * options.OrderFraction : 0,
                SuperlatticePhaseDeg = random.Uniform(0, 360),
            }),
        };
        DrawnHrtem image = DrawnHrtemSimulator.Draw([particle], new DrawnHrtemOptions
        {
            WidthPx = side,
            HeightPx = side,
            PixelWidthNm = options.PixelNm,
            PixelHeightNm = options.PixelNm,
            VoltageKv = options.VoltageKv,
            Film = new DrawnFilmOptions { ThicknessNm = options.SupportThicknessNm },
            Lens = Lens(options),
            Detector = new HrtemDetectorOptions { DosePerAngstrom2 = options.DosePerAngstrom2 },
        }, seed);
        DrawnTruth truth = image.Particles[0];
        return (image.ToMicrograph("drawn"), Truth(ordered, truth.CentrePx, truth.FirstPx, truth.EndPx, options.SizeNm));
    }

    /// <summary>An image by multislice: a sphere or a truncated octahedron with a low-index zone axis near the beam.</summary>
    private static (Micrograph Image, HrtemTruthParticle Truth) Computed(CrystalStructure crystal, PowerOptions options, bool ordered, ulong seed)
    {
        int side = Side(options);
        HrtemFieldOptions field = new()
        {
            Crystal = crystal,
            DiameterMeanNm = options.SizeNm,
            DiameterSigmaNm = 0,
            LargestTiltDeg = options.LargestTiltDeg,
            LeastDepletionFraction = options.OrderFraction,
            LargestDepletionFraction = options.OrderFraction,
            TouchingFraction = 0,
        };
        HrtemOptions how = new()
        {
            WidthPx = side,
            HeightPx = side,
            PixelWidthNm = options.PixelNm,
            PixelHeightNm = options.PixelNm,
            VoltageKv = options.VoltageKv,
            Film = new CarbonFilmOptions { ThicknessNm = options.SupportThicknessNm },
            Lens = Lens(options),
            Detector = new HrtemDetectorOptions { DosePerAngstrom2 = options.DosePerAngstrom2 },
        };
        IReadOnlyList<HrtemParticle> particles = HrtemField.DrawKinds(field, [new HrtemParticleChoice(ordered ? HrtemParticleKind.Ordered : HrtemParticleKind.Disordered)], how, SimulationSeed.Derive(seed, "field"));
        SimulatedHrtem image = HrtemSimulator.Render(particles, how, SimulationSeed.Derive(seed, "image"));
        ParticleTruth truth = image.Particles[0];
        return (image.ToMicrograph("multislice"), Truth(ordered, truth.CentrePx, truth.FirstPx, truth.EndPx, truth.DiameterNm));
    }

    private static ObjectiveLens Lens(PowerOptions options) => new()
    {
        DefocusNm = options.DefocusNm,
        SphericalAberrationMm = options.SphericalAberrationMm,
    };

    /// <summary>A field some three particles wide, but wide enough to know the support from: the noise model of the analysis rests on it.</summary>
    private static int Side(PowerOptions options) => Math.Clamp(64 * (int)Math.Ceiling(Math.Max(12.8, 3 * options.SizeNm) / options.PixelNm / 64), 256, 2048);

    /// <summary>(1 1 1) near the image plane, the crystal turned at random about its normal, then tilted along it.</summary>
    private static CrystalPose Pose(CrystalStructure crystal, SeededNumbers random, double largestTiltDeg)
    {
        CartesianPosition normal = crystal.Cell.ToCartesian(new FractionalPosition(1, 1, 1));
        double length = normal.LengthAngstrom;
        (double x, double y, double z) = (normal.XAngstrom / length, normal.YAngstrom / length, normal.ZAngstrom / length);

        // Two directions across the normal: (1, −1, 0) and its product with it.
        double half = 1 / Math.Sqrt(2);
        (double sin, double cos) = Math.SinCos(random.Uniform(0, 2 * Math.PI));
        CartesianPosition zone = new((cos * half) + (sin * half * z), (-cos * half) + (sin * half * z), -sin * half * (x + y));
        double inPlane = random.Uniform(0, 360), tilt = random.Uniform(0, largestTiltDeg);
        CartesianPosition seen = new CrystalPose(zone, 0, 0, inPlane).ToImage(normal);
        double direction = Math.Atan2(-seen.YAngstrom, seen.XAngstrom) * 180 / Math.PI;
        return new CrystalPose(zone, tilt, direction, inPlane);
    }

    private static HrtemTruthParticle Truth(bool ordered, PointPx centre, PointPx first, PointPx end, double diameterNm) => new()
    {
        Id = "p1",
        Label = ordered ? LatticeLabel.Ordered : LatticeLabel.Regular,
        CentrePx = centre,
        FirstPx = first,
        EndPx = end,
        DiameterNm = diameterNm,
        Fringes = [],
    };
}
