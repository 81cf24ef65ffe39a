using System.Globalization;
using ImageAnalysis.Core;
using ImageAnalysis.Formats.Png;
using ImageAnalysis.Imaging;
using ImageAnalysis.Samples;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Benchmarks;

/// <summary>Pictures and charts of the documentation about HRTEM images; all of them simulated.</summary>
internal static class HrtemPictures
{
    private const int TilePx = 160;
    private const int GapPx = 4;
    private const double PixelNm = 0.05;
    private const double SpacingNm = 0.3378;

    private static readonly string[] Colours = ["#1f6fb2", "#c0504d", "#4a8b3c", "#8a5fa8", "#333333"];

    /// <summary>Antifluorite Cu₂Se with displacement parameters of 0.9 (Se) and 1.8 Å² (Cu).</summary>
    public static CrystalStructure Antifluorite { get; } =
        CrystalModels.Read(".", "models/cu2se-table2-4nm.cif").Structure.WithSites(site => site with { BIsoAngstrom2 = site.Species.Element == "Cu" ? 1.8 : 0.9 });

    private static HrtemOptions Image { get; } = new() { WidthPx = 2 * TilePx, HeightPx = 2 * TilePx, PixelWidthNm = PixelNm / 2, PixelHeightNm = PixelNm / 2, Film = new CarbonFilmOptions { ThicknessNm = 4 } };

    /// <summary>Writes what needs no other data, and the comparison where the folder of reference data is given.</summary>
    public static void Write(string outFolder, string? referenceFolder)
    {
        Directory.CreateDirectory(outFolder);
        File.WriteAllText(Path.Combine(outFolder, "hrtem-transfer.svg"), TransferChart().ToSvg());
        File.WriteAllText(Path.Combine(outFolder, "hrtem-tilt.svg"), TiltChart().ToSvg());
        Save(outFolder, "hrtem-thon-rings.png", [.. new[] { (-30.0, 0.0), (-60.0, 0.0), (-90.0, 0.0), (-90.0, 12.0) }.Select(ThonRings)]);
        Save(outFolder, "hrtem-half-order.png", HalfOrder());
        Save(outFolder, "hrtem-two-nm.png", TwoNm());
        HrtemComparison.WriteTilts();
        if (referenceFolder is not null)
        {
            HrtemComparison.Write(referenceFolder, outFolder);
        }
    }

    /// <summary>Counts as floating-point numbers.</summary>
    public static Raster<float> Floats(Raster<ushort> counts)
    {
        float[] values = new float[counts.PixelCount];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = counts.Pixels[i];
        }

        return new Raster<float>(counts.WidthPx, counts.HeightPx, values);
    }

    private static ObjectiveLens Lens(double defocusNm) => new() { DefocusNm = defocusNm };

    private static Chart TransferChart()
    {
        double[] defoci = [-30, -50, -70, -90];
        return new Chart("Contrast transfer, 200 kV, Cs 1 mm, focal spread 6 nm, 0.3 mrad", "spatial frequency, nm⁻¹", "transfer", (0, 5), (-1, 1),
            [.. defoci.Select((defocus, i) => new ChartSeries(string.Create(CultureInfo.InvariantCulture, $"defocus {defocus} nm"), Colours[i], [.. Enumerable.Range(0, 251).Select(k => (k * 0.02, Lens(defocus).ContrastTransferRatio(k * 0.02, 0, 200)))]))])
        {
            XTicks = [0, 1, 2, 3, 4, 5],
            YTicks = [-1, -0.5, 0, 0.5, 1],
            Marks = [(0.5 / SpacingNm, "½{111}"), (1 / SpacingNm, "{111}")],
        };
    }

    /// <summary>Kinematic amplitudes of ordered spheres against the tilt of the fringe's normal out of the image plane.</summary>
    private static Chart TiltChart()
    {
        List<ChartSeries> series = [];
        double[] diameters = [2.1, 4, 6];
        for (int i = 0; i < diameters.Length; i++)
        {
            double diameter = diameters[i];
            FringeTruth[] fringes = [.. Enumerable.Range(0, 29).Select(k => Sight(Ordered(diameter, 0.25 * k, 1), 0.25 * k))];
            string name = string.Create(CultureInfo.InvariantCulture, $"{diameter} nm");
            series.Add(new ChartSeries(name + ", {111}", Colours[i], [.. fringes.Select((fringe, k) => (0.25 * k, Squared(fringe.AmplitudeRatio / fringes[0].AmplitudeRatio)))]));
            series.Add(new ChartSeries(name + ", half order", Colours[i], [.. fringes.Select((fringe, k) => (0.25 * k, Squared(fringe.HalfAmplitudeRatio / fringes[0].HalfAmplitudeRatio)))]) { Dashed = true });
        }

        return new Chart("Power of a spot against tilt of its normal out of the image plane", "tilt, degrees", "power over that without tilt", (0, 7), (0.003, 1.5), series)
        {
            LogY = true,
            XTicks = [0, 1, 2, 3, 4, 5, 6, 7],
            YTicks = [0.003, 0.01, 0.03, 0.1, 0.3, 1],
        };

        static double Squared(double x) => x * x;
    }

    private static FringeTruth Sight(HrtemParticle particle, double elevationDeg) => ParticleVisibility.Of(particle.Placement, new ParticleTruthOptions
    {
        Cell = particle.Cell,
        Vacancies = particle.Vacancies,
        PixelWidthNm = PixelNm,
        PixelHeightNm = PixelNm,
        Lens = Lens(-54),
        DosePerAngstrom2 = 1500,
        HighestElevationDeg = elevationDeg + 1,
    }).Fringes.First(fringe => fringe.SuperlatticeAxis);

    /// <summary>An ordered sphere along ⟨110⟩ in the middle of a picture, tilted about the direction across its layers' normal.</summary>
    public static HrtemParticle Ordered(double diameterNm, double tiltDeg, double depletion, int period = 4, double middleNm = TilePx * PixelNm / 2)
    {
        UnitCell cell = Antifluorite.Cell;
        LayerVacancyOptions vacancies = new() { LayerSpacingAngstrom = cell.SpacingAngstrom(1, 1, 1) / 2, PeriodCount = period, DepletionFraction = period == 1 ? depletion / 4 : depletion };
        Cluster cluster = LayerVacancies.Make(ParticleCutter.Cut(Antifluorite, ParticleShape.Sphere(Units.NmToAngstrom(diameterNm)), ParticleCutter.RandomCentre(5)), vacancies, 7);
        CartesianPosition normal = CrystalPose.Along(cell, 1, -1, 0).ToImage(new(1, 1, 1));
        double turn = 90 - (Math.Atan2(-normal.YAngstrom, normal.XAngstrom) * 180 / Math.PI);
        return new HrtemParticle(new ParticlePlacement(cluster, CrystalPose.Along(cell, 1, -1, 0, tiltDeg, 90, turn - (360 * Math.Round(turn / 360))), middleNm, middleNm, FilmSide.Entrance), cell, vacancies);
    }

    /// <summary>The power of the support, logarithmic, to 5 nm⁻¹.</summary>
    private static byte[] ThonRings((double DefocusNm, double AstigmatismNm) settings)
    {
        const int size = 1024;
        HrtemOptions options = Image with
        {
            WidthPx = size,
            HeightPx = size,
            MarginNm = 0,
            ConfigurationCount = 1,
            Film = new CarbonFilmOptions { ThicknessNm = 5 },
            Lens = Lens(settings.DefocusNm) with { TwofoldAstigmatismNm = settings.AstigmatismNm, TwofoldAstigmatismDeg = 30 },
            Detector = new HrtemDetectorOptions { DosePerAngstrom2 = 3000 },
        };
        Raster<float> power = RealFft2D.PowerSpectrumOf(Floats(HrtemSimulator.Render([], options, 1).Pixels));
        double reach = 5 * size * options.PixelWidthNm;
        double[] values = new double[TilePx * TilePx];
        for (int y = 0; y < TilePx; y++)
        {
            for (int x = 0; x < TilePx; x++)
            {
                // The mean over the spectrum's pixels below a pixel of the picture.
                double left = (size / 2) - reach + (2 * reach * x / TilePx), top = (size / 2) - reach + (2 * reach * y / TilePx), step = 2 * reach / TilePx;
                double sum = 0;
                int count = 0;
                for (int j = (int)top; j <= top + step; j++)
                {
                    for (int i = (int)left; i <= left + step; i++)
                    {
                        sum += power.Pixels[(j * size) + i];
                        count++;
                    }
                }

                values[(y * TilePx) + x] = Math.Log(sum / count);
            }
        }

        return Stretched(values, 0.05, 0.9995);
    }

    /// <summary>A 6 nm particle and its power spectrum: well seen, tilted, little depleted, at a defocus that does not transfer it.</summary>
    private static List<byte[]> HalfOrder()
    {
        (double Tilt, double Depletion, double Defocus)[] cases = [(0, 0.9, -54), (4, 0.9, -54), (6, 0.9, -54), (0, 0.2, -54), (0, 0.9, -8)];
        List<byte[]> pictures = [], spectra = [];
        foreach ((double tilt, double depletion, double defocus) in cases)
        {
            Raster<float> picture = Floats(HrtemSimulator.Render([Ordered(6, tilt, depletion)], Image with { Lens = Lens(defocus) }, 3).Pixels);
            pictures.Add(Halved(picture));
            spectra.Add(Spectrum(picture));
        }

        return [.. pictures, .. spectra];
    }

    /// <summary>2.1 nm particles: ordered, disordered, ordered without film and noise; and film alone.</summary>
    private static List<byte[]> TwoNm()
    {
        HrtemParticle ordered = Ordered(2.1, 0, 0.8), disordered = Ordered(2.1, 0, 0.8, period: 1);
        HrtemOptions clean = Image with { Film = new CarbonFilmOptions { ThicknessNm = 0 }, Detector = new HrtemDetectorOptions { ShotNoise = false, ReadNoiseSigmaCounts = 0 } };
        Raster<float>[] pictures =
        [
            Floats(HrtemSimulator.Render([ordered], clean, 3).Pixels),
            Floats(HrtemSimulator.Render([ordered], Image, 3).Pixels),
            Floats(HrtemSimulator.Render([disordered], Image, 3).Pixels),
            Floats(HrtemSimulator.Render([ordered], Image with { Lens = Lens(-20) }, 3).Pixels),
            Floats(HrtemSimulator.Render([], Image, 3).Pixels),
        ];
        return [.. pictures.Select(Halved), .. pictures.Select(Spectrum)];
    }

    /// <summary>The power of the middle of a picture under a Hann window, to 5 nm⁻¹, logarithmic.</summary>
    private static byte[] Spectrum(Raster<float> picture)
    {
        const int size = 512;
        int n = picture.WidthPx;
        float[] padded = new float[size * size];
        double mean = 0;
        foreach (float value in picture.Pixels)
        {
            mean += value / (double)picture.PixelCount;
        }

        for (int y = 0; y < n; y++)
        {
            for (int x = 0; x < n; x++)
            {
                double window = (0.5 - (0.5 * Math.Cos(2 * Math.PI * (x + 0.5) / n))) * (0.5 - (0.5 * Math.Cos(2 * Math.PI * (y + 0.5) / n)));
                padded[(y * size) + x] = (float)((picture.Pixels[(y * n) + x] - mean) * window);
            }
        }

        Raster<float> power = RealFft2D.PowerSpectrumOf(new Raster<float>(size, size, padded));
        double scale = 5 * size * (PixelNm / 2) / (TilePx / 2);
        double[] values = new double[TilePx * TilePx];
        for (int y = 0; y < TilePx; y++)
        {
            for (int x = 0; x < TilePx; x++)
            {
                int i = (size / 2) + (int)Math.Round((x - (TilePx / 2)) * scale), j = (size / 2) + (int)Math.Round((y - (TilePx / 2)) * scale);
                values[(y * TilePx) + x] = Math.Log(power.Pixels[(j * size) + i] + 1e-3);
            }
        }

        return Stretched(values, 0.3, 0.9998);
    }

    // Means of 2 × 2 pixels.
    private static byte[] Halved(Raster<float> picture)
    {
        double[] values = new double[TilePx * TilePx];
        for (int i = 0; i < values.Length; i++)
        {
            int x = 2 * (i % TilePx), y = 2 * (i / TilePx), at = (y * picture.WidthPx) + x;
            values[i] = picture.Pixels[at] + (double)picture.Pixels[at + 1] + picture.Pixels[at + picture.WidthPx] + picture.Pixels[at + picture.WidthPx + 1];
        }

        return Stretched(values, 0.002, 0.998);
    }

    private static byte[] Stretched(double[] values, double lowShare, double highShare)
    {
        double[] sorted = [.. values.Order()];
        double low = sorted[(int)(lowShare * (sorted.Length - 1))], high = sorted[(int)(highShare * (sorted.Length - 1))];
        return [.. values.Select(value => (byte)Math.Round(255 * Math.Clamp((value - low) / (high - low), 0, 1)))];
    }

    /// <summary>Tiles in rows of up to five.</summary>
    private static void Save(string folder, string name, List<byte[]> tiles)
    {
        int columns = Math.Min(5, tiles.Count), rows = (tiles.Count + columns - 1) / columns;
        int width = (columns * (TilePx + GapPx)) - GapPx, height = (rows * (TilePx + GapPx)) - GapPx;
        byte[] pixels = new byte[width * height];
        Array.Fill(pixels, (byte)255);
        for (int t = 0; t < tiles.Count; t++)
        {
            for (int y = 0; y < TilePx; y++)
            {
                tiles[t].AsSpan(y * TilePx, TilePx).CopyTo(pixels.AsSpan(((((t / columns) * (TilePx + GapPx)) + y) * width) + ((t % columns) * (TilePx + GapPx))));
            }
        }

        File.WriteAllBytes(Path.Combine(folder, name), PngWriter.Write(new Raster<byte>(width, height, pixels), null, [new PngTextEntry("Comment", "simulated=true")]));
    }
}
