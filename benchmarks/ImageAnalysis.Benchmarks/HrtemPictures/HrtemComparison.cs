using System.Globalization;
using ImageAnalysis.Core;
using ImageAnalysis.Formats;
using ImageAnalysis.Imaging;
using ImageAnalysis.Samples;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Benchmarks;

/// <summary>
/// Images of an independent multislice program (reference data outside the repository) beside images that this one makes of the same particles under the same conditions: diameter, zone, tilt,
/// direction of the fringe, depletion, cell, place; lens, dose, thickness of carbon. Not the same: the atoms of the film, which vacancies, heat, detector.
/// </summary>
internal static class HrtemComparison
{
    private const int SeedCount = 3;

    private static readonly string[] Samples = ["2nm", "4nm", "6nm"];
    private static readonly double[] SupportFrequenciesPerNm = [0.45, 0.9, 1.35, 1.9, 2.5, 3.1, 3.7, 4.5];

    /// <summary>Computes, prints tables in Markdown, and writes two charts.</summary>
    public static void Write(string referenceFolder, string outFolder)
    {
        List<Spot> spots = [];
        List<(string File, double[] Reference, double[] Ours)> supports = [];
        foreach (string sample in Samples)
        {
            string folder = Path.Combine(referenceFolder, "reference", "images", "hrtem", sample);
            foreach (HrtemTruthImage image in HrtemTruthFile.Load(Path.Combine(folder, "truth.json")).Images)
            {
                Raster<float> picture = Read(Path.Combine(folder, image.File));
                SpotPower reference = new(picture, 0, image.PixelWidthNm, Boxes(image));
                SpotPower[] ours = [.. Enumerable.Range(1, SeedCount).Select(seed => Ours(image, (ulong)seed))];
                supports.Add((image.File, Supports(reference), [.. SupportFrequenciesPerNm.Select(g => ours.Average(one => one.SupportAt(g)))]));
                foreach (HrtemTruthParticle particle in image.Particles)
                {
                    if (Chief(particle) is HrtemTruthFringe fringe)
                    {
                        spots.Add(Spot.Of(sample, particle, fringe, reference, ours));
                    }
                }
            }
        }

        Print(supports, spots);
        File.WriteAllText(Path.Combine(outFolder, "hrtem-compared-support.svg"), SupportChart(supports).ToSvg());
        File.WriteAllText(Path.Combine(outFolder, "hrtem-compared-spots.svg"), SpotChart(spots).ToSvg());
    }

    private static Raster<float> Read(string path) => MicrographReader.ToMicrograph(FileReader.Read(File.ReadAllBytes(path), path), path, null) is MicrographResult.Measurable found
        ? found.Micrograph.Pixels
        : throw new InvalidOperationException($"{path} holds no image.");

    /// <summary>Prints spots of ordered spheres along ⟨110⟩, tilted about the direction across the layers' normal, two films each.</summary>
    public static void WriteTilts()
    {
        Line($"| diameter | tilt | {{111}}: measured | expected | half order: measured | expected |");
        Line($"|---|---|---|---|---|---|");
        foreach (double diameter in (double[])[2.1, 4, 6])
        {
            foreach (double tilt in (double[])[0, 1.5, 3, 4.5, 6])
            {
                HrtemOptions options = new() { WidthPx = 640, HeightPx = 640, Film = new CarbonFilmOptions { ThicknessNm = 3.5 }, Lens = new ObjectiveLens { DefocusNm = -54 } };
                HrtemParticle particle = HrtemPictures.Ordered(diameter, tilt, 0.8, middleNm: 8);
                SimulatedHrtem[] images = [.. Enumerable.Range(1, 2).Select(seed => HrtemSimulator.Render([particle], options, (ulong)seed))];
                ParticleTruth truth = images[0].Particles[0];
                FringeTruth fringe = truth.Fringes.First(one => one.SuperlatticeAxis);
                (double, double, double, double) box = (truth.FirstPx.XPx, truth.FirstPx.YPx, truth.EndPx.XPx, truth.EndPx.YPx);
                (double sin, double cos) = Math.SinCos(fringe.AngleDeg * Math.PI / 180);
                double g = Math.Cos(fringe.ElevationDeg * Math.PI / 180) / fringe.SpacingNm;
                SpotPower[] powers = [.. images.Select(image => new SpotPower(HrtemPictures.Floats(image.Pixels), options.Detector.OffsetCounts, options.PixelWidthNm, [box]))];
                double[] whole = [.. powers.Select(power => power.Snr(box, g * cos, -g * sin))], half = [.. powers.Select(power => power.Snr(box, g * cos / 2, -g * sin / 2))];
                Line($"| {diameter} nm | {tilt}° | {Range(whole)} | {fringe.ExpectedSnr:0} | {Range(half)} | {fringe.HalfExpectedSnr:0} |");
            }
        }
    }

    /// <summary>The fringe that carries the superlattice, else the first.</summary>
    private static HrtemTruthFringe? Chief(HrtemTruthParticle particle) =>
        particle.Fringes.FirstOrDefault(fringe => fringe.SuperlatticeAxis) ?? (particle.Fringes.Count > 0 ? particle.Fringes[0] : null);

    private static IEnumerable<(double, double, double, double)> Boxes(HrtemTruthImage image) =>
        image.Particles.Select(particle => (particle.FirstPx.XPx, particle.FirstPx.YPx, particle.EndPx.XPx, particle.EndPx.YPx));

    private static double[] Supports(SpotPower power) => [.. SupportFrequenciesPerNm.Select(power.SupportAt)];

    private static SpotPower Ours(HrtemTruthImage image, ulong seed)
    {
        HrtemOptions options = new()
        {
            WidthPx = image.WidthPx,
            HeightPx = image.HeightPx,
            PixelWidthNm = image.PixelWidthNm,
            PixelHeightNm = image.PixelHeightNm,
            Film = new CarbonFilmOptions { ThicknessNm = image.SupportThicknessNm!.Value },
            Lens = image.Lens!,
            Detector = new HrtemDetectorOptions { DosePerAngstrom2 = image.DosePerAngstrom2!.Value },
        };
        HrtemParticle[] particles = [.. image.Particles.Where(particle => Chief(particle) is not null).Select((particle, i) => Twin(particle, Chief(particle)!, SimulationSeed.Derive(seed, particle.Id), i, image.PixelWidthNm))];
        Raster<ushort> counts = HrtemSimulator.Render(particles, options, seed).Pixels;
        return new SpotPower(HrtemPictures.Floats(counts), options.Detector.OffsetCounts, image.PixelWidthNm, Boxes(image));
    }

    /// <summary>A particle like that of the other program, its main fringe where that one's is.</summary>
    private static HrtemParticle Twin(HrtemTruthParticle particle, HrtemTruthFringe fringe, ulong seed, int number, double pixelNm)
    {
        bool ordered = particle.Label == LatticeLabel.Ordered;
        UnitCell cell = UnitCell.Cubic(Units.NmToAngstrom(particle.CellEdgeNm!.Value));
        CartesianPosition normal = new(1, 1, 1);
        (int u, int v, int w) = particle.Zone == "110" ? (1, -1, 0) : (1, 1, -2);
        CartesianPosition untilted = CrystalPose.Along(cell, u, v, w).ToImage(normal);
        double turn = fringe.AngleDeg - (Math.Atan2(-untilted.YAngstrom, untilted.XAngstrom) * 180 / Math.PI), tilt = particle.TiltDeg!.Value;

        // A tilt towards φ raises the normal by tilt · cos(φ − angle).
        double towards = fringe.AngleDeg + (tilt > 1e-6 ? Math.Acos(Math.Clamp(fringe.ElevationDeg / tilt, -1, 1)) * 180 / Math.PI : 0);
        LayerVacancyOptions vacancies = new()
        {
            Normal = normal,
            LayerSpacingAngstrom = cell.SpacingAngstrom(1, 1, 1) / 2,
            PeriodCount = ordered ? 4 : 1,
            FirstLayer = ordered ? number % 4 : 0,
            DepletionFraction = ordered ? particle.OrderFraction!.Value : particle.OrderFraction!.Value / 4,
            ElongationFraction = ordered ? (Units.NmToAngstrom(particle.SpacingNm!.Value) / cell.SpacingAngstrom(1, 1, 1)) - 1 : 0,
        };
        double diameter = Units.NmToAngstrom(particle.DiameterNm);
        ParticleShape shape = particle.Shape == "facet" ? ParticleShape.TruncatedOctahedron(diameter) : ParticleShape.Sphere(diameter);
        Cluster cluster = LayerVacancies.Make(ParticleCutter.Cut(HrtemPictures.Antifluorite.WithCell(cell), shape, ParticleCutter.RandomCentre(seed)), vacancies, seed);
        CrystalPose pose = new(cell.ToCartesian(new(u, v, w)), tilt, Wrapped(towards), Wrapped(turn));
        return new HrtemParticle(new ParticlePlacement(cluster, pose, particle.CentrePx.XPx * pixelNm, particle.CentrePx.YPx * pixelNm, number % 2 == 0 ? FilmSide.Entrance : FilmSide.Exit), cell, vacancies);
    }

    private static double Wrapped(double angleDeg) => angleDeg - (360 * Math.Round(angleDeg / 360));

    private static void Print(List<(string File, double[] Reference, double[] Ours)> supports, List<Spot> spots)
    {
        Line($"| support, 10⁻⁵ nm² | {string.Join(" | ", SupportFrequenciesPerNm.Select(g => Text($"{g} nm⁻¹")))} |");
        Line($"|---|{string.Concat(Enumerable.Repeat("---|", SupportFrequenciesPerNm.Length))}");
        foreach ((string file, double[] reference, double[] ours) in supports)
        {
            Line($"| {file}: other, ours | {string.Join(" | ", reference.Zip(ours, (a, b) => Text($"{a * 1e5:0.0}, {b * 1e5:0.0}")))} |");
        }

        Line($"| median of ours/other | {string.Join(" | ", SupportFrequenciesPerNm.Select((_, i) => Text($"{Median(supports.Select(one => one.Ours[i] / one.Reference[i])):0.00}")))} |");
        Line($"");
        Line($"| particle | nm | elevation | depletion | {{111}}: other | ours | half order: other | ours |");
        Line($"|---|---|---|---|---|---|---|---|");
        foreach (Spot s in spots)
        {
            Line($"| {s.Id} | {s.DiameterNm:0.0} | {s.ElevationDeg:0.0}° | {(s.Ordered ? Text($"{s.Depletion:0.00}") : "at random")} | {s.Whole:0} | {Range(s.OurWhole)} | {s.Half:0} | {Range(s.OurHalf)} |");
        }

        foreach (string sample in Samples)
        {
            Spot[] all = [.. spots.Where(spot => spot.Sample == sample)], ordered = [.. all.Where(spot => spot.Ordered)];
            Line($"{sample}: ours/other, geometric mean: {{111}} {Geometric(all.Select(s => s.OurWhole.Average() / s.Whole)):0.00} (n = {all.Length}), half order of ordered particles {Geometric(ordered.Select(s => s.OurHalf.Average() / s.Half)):0.00} (n = {ordered.Length})");
        }
    }

    private static string Range(double[] values) => Text($"{values.Min():0}…{values.Max():0}");

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static double Geometric(IEnumerable<double> values) => Math.Exp(values.Average(Math.Log));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Line(FormattableString text) => Console.Out.WriteLine(Text(text));

    private static Chart SupportChart(List<(string File, double[] Reference, double[] Ours)> supports)
    {
        (string File, string Colour)[] shown = [("2nm_01.tif", "#1f6fb2"), ("4nm_01.tif", "#c0504d"), ("6nm_02.tif", "#4a8b3c")];
        List<ChartSeries> series = [];
        foreach ((string file, string colour) in shown)
        {
            (_, double[] reference, double[] ours) = supports.First(one => one.File == file);
            series.Add(new ChartSeries(file + ", other program", colour, [.. SupportFrequenciesPerNm.Zip(reference, (g, p) => (g, p * 1e5))]) { Dashed = true });
            series.Add(new ChartSeries(file + ", ours", colour, [.. SupportFrequenciesPerNm.Zip(ours, (g, p) => (g, p * 1e5))]));
        }

        return new Chart("Power of the support under equal conditions (simulated)", "spatial frequency, nm⁻¹", "power, 10⁻⁵ nm²", (0, 5), (0.4, 40), series)
        {
            LogY = true,
            XTicks = [0, 1, 2, 3, 4, 5],
            YTicks = [0.5, 1, 2, 5, 10, 20, 40],
        };
    }

    private static Chart SpotChart(List<Spot> spots)
    {
        (string Sample, string Colour)[] colours = [("2nm", "#1f6fb2"), ("4nm", "#c0504d"), ("6nm", "#4a8b3c")];
        List<ChartSeries> series = [new ChartSeries("equal", "#999", [(5, 5), (5e4, 5e4)]) { Dashed = true }];
        foreach ((string sample, string colour) in colours)
        {
            Spot[] all = [.. spots.Where(spot => spot.Sample == sample)];
            series.Add(new ChartSeries(sample + ", {111}", colour, [.. all.Select(s => (s.Whole, Geometric(s.OurWhole)))]) { Line = false, Open = true });
            series.Add(new ChartSeries(sample + ", half order", colour, [.. all.Where(s => s.Ordered).Select(s => (s.Half, Geometric(s.OurHalf)))]) { Line = false });
        }

        return new Chart("Spots of the same particles (simulated)", "power over support, other program", "power over support, ours", (5, 5e4), (5, 5e4), series)
        {
            LogX = true,
            LogY = true,
            XTicks = [10, 100, 1000, 10000],
            YTicks = [10, 100, 1000, 10000],
        };
    }

    private sealed record Spot(string Sample, string Id, double DiameterNm, double ElevationDeg, bool Ordered, double Depletion, double Whole, double[] OurWhole, double Half, double[] OurHalf)
    {
        public static Spot Of(string sample, HrtemTruthParticle particle, HrtemTruthFringe fringe, SpotPower reference, SpotPower[] ours)
        {
            (double sin, double cos) = Math.SinCos(fringe.AngleDeg * Math.PI / 180);
            double g = 1 / particle.SpacingNm!.Value, gx = g * cos, gy = -g * sin;
            (double, double, double, double) box = (particle.FirstPx.XPx, particle.FirstPx.YPx, particle.EndPx.XPx, particle.EndPx.YPx);
            return new Spot(
                sample, particle.Id, particle.DiameterNm, fringe.ElevationDeg, particle.Label == LatticeLabel.Ordered, particle.OrderFraction ?? 0,
                reference.Snr(box, gx, gy), [.. ours.Select(one => one.Snr(box, gx, gy))], reference.Snr(box, gx / 2, gy / 2), [.. ours.Select(one => one.Snr(box, gx / 2, gy / 2))]);
        }
    }
}
