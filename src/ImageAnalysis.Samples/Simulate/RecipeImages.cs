using System.Globalization;
using ImageAnalysis.Core;
using ImageAnalysis.Formats.Dm;
using ImageAnalysis.Formats.Tiff;
using ImageAnalysis.Imaging;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Samples;

/// <summary>Makes single images of a recipe as files, with their truth.</summary>
internal static class RecipeImages
{
    private const string Simulator = "ImageAnalysis.Simulation";

    /// <summary>One HAADF-STEM image.</summary>
    public static (byte[] Tiff, TruthImage Truth) Haadf(RecipeSample sample, RecipeHaadf group, string name)
    {
        ulong seed = SimulationSeed.Derive((ulong)sample.Seed, name);
        SimulatedHaadf image = Made(sample, name, () => HaadfSimulator.Simulate(group.Field, group.Image, seed));
        TiffWriteOptions options = new()
        {
            Calibration = image.Calibration,
            Deflate = true,
            Description = Description(sample, seed),
        };
        return (TiffWriter.Write(image.Pixels, options), Truth(image, group.Image, name));
    }

    /// <summary>One HRTEM image.</summary>
    public static (byte[] File, HrtemTruthImage Truth) Hrtem(RecipeSample sample, HrtemFieldOptions field, IReadOnlyList<HrtemParticleChoice> kinds, RecipeHrtemImages group, string name)
    {
        // Another file format changes no pixel.
        string stem = Path.GetFileNameWithoutExtension(name);
        ulong seed = SimulationSeed.Derive((ulong)sample.Seed, stem);
        IReadOnlyList<HrtemParticle> particles = [];
        SimulatedHrtem image = Made(sample, name, () =>
        {
            particles = HrtemField.DrawKinds(field, kinds, group.Image, SimulationSeed.Derive(seed, "field"));
            return HrtemSimulator.Render(particles, group.Image, SimulationSeed.Derive(seed, "image"));
        });
        byte[] file = group.Format == RecipeImageFormat.Dm3
            ? DmWriter.Write(image.Pixels, new DmWriteOptions
            {
                Name = stem,
                Calibration = group.Image.Calibration,
                CountsPerElectronRatio = group.Image.Detector.GainCounts,
                Acquisition = Acquisition.Unknown with
                {
                    VoltageKv = group.Image.VoltageKv,
                    SphericalAberrationMm = group.Image.Lens.SphericalAberrationMm,
                    Mode = "IMAGING",
                    Detector = "simulated camera",
                    Instrument = "simulated microscope",
                    Simulated = true,
                },
                Remarks = [new("Simulator", Simulator), new("Sample", sample.Name), new("Seed", seed.ToString(CultureInfo.InvariantCulture))],
            })
            : TiffWriter.Write(image.Pixels, new TiffWriteOptions
            {
                Calibration = group.Image.Calibration,
                Deflate = true,
                Description =
                [
                    .. Description(sample, seed),
                    new("voltage_kv", group.Image.VoltageKv.ToString(CultureInfo.InvariantCulture)),
                    new("Cs_mm", group.Image.Lens.SphericalAberrationMm.ToString(CultureInfo.InvariantCulture)),
                ],
            });
        return (file, Truth(image, particles, field, name, stem));
    }

    /// <summary>Turns what cannot be made into an error that names sample and file.</summary>
    public static T Made<T>(RecipeSample sample, string name, Func<T> make, string what = "image")
    {
        try
        {
            return make();
        }
        catch (ArgumentException e)
        {
            throw new InputException($"sample {sample.Name}, {what} {name}: {e.Message.Split(" (Parameter")[0]}", e);
        }
    }

    private static KeyValuePair<string, string>[] Description(RecipeSample sample, ulong seed) =>
    [
        new("simulated", "true"),
        new("simulator", Simulator),
        new("sample", sample.Name),
        new("seed", seed.ToString(CultureInfo.InvariantCulture)),
    ];

    private static TruthImage Truth(SimulatedHaadf image, HaadfOptions options, string name) => new()
    {
        File = name,
        WidthPx = options.WidthPx,
        HeightPx = options.HeightPx,
        PixelWidthNm = options.PixelWidthNm,
        PixelHeightNm = options.PixelHeightNm,
        SupportThicknessNm = options.SupportThicknessNm,
        Particles = [.. image.Truth.Particles.Select(p => new TruthParticle
        {
            Id = Id(p.Number),
            CentrePx = p.CentrePx,
            LongAxisNm = p.LongAxisNm,
            ShortAxisNm = p.ShortAxisNm,
            LongAxisAngleDeg = p.LongAxisAngleDeg,
            AreaNm2 = p.AreaNm2,
            OnEdge = p.OnEdge,
            Touches = [.. p.Touches.Select(Id)],
        })],
        Debris = [.. image.Truth.Debris.Select(d => new TruthDebris(d.CentrePx, d.ExtentNm))],
    };

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"p{number}");

    private static HrtemTruthImage Truth(SimulatedHrtem image, IReadOnlyList<HrtemParticle> particles, HrtemFieldOptions field, string name, string stem)
    {
        HrtemOptions o = image.Options;
        (int h, int k, int l) = field.Planes[0];
        double gPerNm = 10 / (field.Crystal.Cell.SpacingAngstrom(h, k, l) * (1 + field.StrainMeanFraction));
        return new HrtemTruthImage
        {
            File = name,
            WidthPx = o.WidthPx,
            HeightPx = o.HeightPx,
            PixelWidthNm = o.PixelWidthNm,
            PixelHeightNm = o.PixelHeightNm,
            VoltageKv = o.VoltageKv,
            Lens = o.Lens,
            DosePerAngstrom2 = o.Detector.DosePerAngstrom2,
            SupportThicknessNm = o.Film.ThicknessNm,
            TransferRatio = o.Lens.ContrastTransferRatio(gPerNm, 0, o.VoltageKv),
            HalfTransferRatio = o.Lens.ContrastTransferRatio(0.5 * gPerNm, 0, o.VoltageKv),
            Particles = [.. image.Particles.Select((truth, i) => Particle(truth, particles[i], image.Overlaps[i], stem, i, field.LayersPerSpacingCount, o.PixelHeightNm / o.PixelWidthNm))],
        };
    }

    private static HrtemTruthParticle Particle(
        ParticleTruth truth, HrtemParticle particle, IReadOnlyList<int> overlaps, string stem, int index, int layersPerSpacing, double yScale)
    {
        FringeTruth? carrier = truth.Fringes.FirstOrDefault(fringe => fringe.SuperlatticeAxis);
        FringeTruth? main = carrier ?? (truth.Fringes.Count > 0 ? truth.Fringes[0] : null);
        LayerVacancyOptions? vacancies = particle.Vacancies is { PeriodCount: > 1 } order ? order : null;
        FeretDiameters feret = Polygons.Feret(truth.OutlinePx, yScale);
        (int h, int k, int l) = particle.Planes[0];
        return new HrtemTruthParticle
        {
            Id = Id(index),
            Label = truth.Label,
            CentrePx = truth.CentrePx,
            FirstPx = truth.FirstPx,
            EndPx = truth.EndPx,
            OutlinePx = truth.OutlinePx,
            DiameterNm = truth.DiameterNm,
            AspectRatio = Aspect(feret),
            Shape = particle.ShapeName,
            Zone = particle.ZoneName,
            TiltDeg = truth.TiltDeg,
            DefocusNm = truth.DefocusNm,
            CellEdgeNm = Units.AngstromToNm(particle.Cell.AAngstrom),
            SpacingNm = main?.SpacingNm ?? Units.AngstromToNm(particle.Cell.SpacingAngstrom(h, k, l)),
            PeriodNm = carrier is not null ? carrier.SpacingNm * vacancies!.PeriodCount / layersPerSpacing : main?.SpacingNm,
            Fringes = [.. truth.Fringes.Select(fringe => Fringe(fringe, vacancies))],
            OrderFraction = vacancies?.DepletionFraction ?? 0,
            HalfDomain = vacancies is { OrderedFraction: < 1 },
            Model = particle.Kind switch
            {
                HrtemParticleKind.Ordered or HrtemParticleKind.HiddenOrder => "ordered",
                HrtemParticleKind.Statistical => "stat",
                HrtemParticleKind.Twinned => "twin",
                HrtemParticleKind.Other => particle.CrystalName,
                _ => "vac",
            },
            Overlaps = [.. overlaps.Select(Id)],
            ObservableFringe = truth.ObservableFringe,
            ObservableSuperlattice = truth.ObservableSuperlattice,
        };

        string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"{stem}_p{number + 1}");
    }

    private static double? Aspect(FeretDiameters feret) => feret.MinPx > 0 ? feret.MaxPx / feret.MinPx : null;

    private static HrtemTruthFringe Fringe(FringeTruth fringe, LayerVacancyOptions? vacancies) => new(fringe.AngleDeg, fringe.ElevationDeg, fringe.SuperlatticeAxis)
    {
        Hkl = fringe.Hkl,
        SpacingNm = fringe.SpacingNm,
        OrderFraction = fringe.SuperlatticeAxis ? vacancies?.DepletionFraction : 0,
        AmplitudeRatio = fringe.AmplitudeRatio,
        TransferRatio = fringe.TransferRatio,
        ExpectedSnr = fringe.ExpectedSnr,
        HalfAmplitudeRatio = fringe.HalfAmplitudeRatio,
        HalfTransferRatio = fringe.HalfTransferRatio,
        HalfExpectedSnr = fringe.HalfExpectedSnr,
        HalfOverWholeRatio = fringe.HalfOverWholeRatio,
    };
}
