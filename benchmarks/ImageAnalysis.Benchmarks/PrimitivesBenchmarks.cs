using BenchmarkDotNet.Attributes;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Benchmarks;

/// <summary>
/// Image primitives on 2048 × 2048 px with 1,369 particles, each call with the making of its result, whose memory is given back for
/// the next call as a pipeline does (OpenCV is handed its results' memory). The search for NaN is measured by itself,
/// since an image is searched once only.
/// </summary>
[MemoryDiagnoser]
public class PrimitivesBenchmarks
{
    private static readonly Dictionary<string, Func<Scene, Action>> Operations = new()
    {
        ["gaussian.2"] = scene => () => GaussianFilter.Smooth(scene.Image, 2).Recycle(),
        ["gaussian.5"] = scene => () => GaussianFilter.Smooth(scene.Image, 5).Recycle(),
        ["gaussian.20"] = scene => () => GaussianFilter.Smooth(scene.Image, 20).Recycle(),
        ["laplacian.2"] = scene => () => LaplacianOfGaussian.Filter(scene.Image, 2).Recycle(),
        ["laplacian.20"] = scene => () => LaplacianOfGaussian.Filter(scene.Image, 20).Recycle(),
        ["difference-of-gaussians.2-4"] = scene => () => DifferenceOfGaussians.Filter(scene.Image, 2, 4).Recycle(),
        ["median.3x3"] = scene => () => MedianFilter.Filter(scene.Image, 1).Recycle(),
        ["median.5x5"] = scene => () => MedianFilter.Filter(scene.Image, 2).Recycle(),
        ["median.21x21"] = scene => () => MedianFilter.Filter(scene.Image, 10).Recycle(),
        ["outliers"] = scene => () => OutlierFilter.Replace(scene.Image),
        ["finite"] = scene => () => Guard.Finite(new Raster<float>(scene.Image.WidthPx, scene.Image.HeightPx, scene.Pixels)),
        ["threshold.byte"] = scene => () => Thresholds.Above(scene.Bytes, 100).Recycle(),
        ["threshold.float"] = scene => () => Thresholds.Above(scene.Image, 100).Recycle(),
        ["otsu.byte"] = scene => () => Thresholds.Above(scene.Bytes, (byte)Thresholds.Otsu(scene.Bytes)).Recycle(),
        ["otsu.float"] = scene => () => Thresholds.Otsu(scene.Image),
        ["triangle.byte"] = scene => () => Thresholds.Above(scene.Bytes, (byte)Thresholds.Triangle(scene.Bytes)).Recycle(),
        ["quantile"] = scene => () => Thresholds.Quantile(scene.Image, 0.3),
        ["noise"] = scene => () => NoiseEstimator.SigmaCounts(scene.Image),
        ["scan-lines"] = scene => () => ScanLineCorrection.Remove(scene.Image),
        ["background.grid"] = scene => () => BackgroundEstimator.Estimate(scene.Image).Recycle(),
        ["background.polynomial"] = scene => () => BackgroundEstimator.Estimate(scene.Image, new BackgroundOptions { Form = BackgroundForm.Polynomial }).Recycle(),
        ["dilate.mask.disc3"] = scene => () => Morphology.Dilate(scene.Mask, StructuringElement.Disc(3)).Recycle(),
        ["dilate.mask.disc10"] = scene => () => Morphology.Dilate(scene.Mask, StructuringElement.Disc(10)).Recycle(),
        ["dilate.mask.square9"] = scene => () => Morphology.Dilate(scene.Mask, StructuringElement.Square(4)).Recycle(),
        ["erode.float.disc3"] = scene => () => Morphology.Erode(scene.Image, StructuringElement.Disc(3)).Recycle(),
        ["erode.float.disc10"] = scene => () => Morphology.Erode(scene.Image, StructuringElement.Disc(10)).Recycle(),
        ["erode.float.square9"] = scene => () => Morphology.Erode(scene.Image, StructuringElement.Square(4)).Recycle(),
        ["fill-holes"] = scene => () => Morphology.FillHoles(scene.Mask).Recycle(),
        ["h-maxima"] = scene => () => Morphology.HMaxima(scene.Image, 20).Recycle(),
        ["regional-maxima"] = scene => () => Morphology.RegionalMaxima(scene.Image).Recycle(),
        ["local-maxima"] = scene => () => LocalMaxima.Find(scene.Smooth, 4, 100),
        ["labels"] = scene => () => ConnectedComponents.Label(scene.Mask).Labels.Recycle(),
        ["labels.statistics"] = scene => () => Measured(scene.Mask, null),
        ["labels.intensities"] = scene => () => Measured(scene.Mask, scene.Image),
        ["distance"] = scene => () => DistanceTransform.Euclidean(scene.Mask).Recycle(),
        ["distance.inverted"] = scene => () => DistanceTransform.Euclidean(scene.Between).Recycle(),
        ["watershed.whole"] = scene => () => Watershed.Flood(scene.Dark, scene.Cores).Recycle(),
        ["watershed.rims"] = scene => () => Watershed.Flood(scene.Dark, scene.CoresAndGround).Recycle(),
        ["watershed.distance"] = scene => () => Watershed.Flood(scene.Depth, scene.Cores, scene.Mask).Recycle(),
        ["watershed.float"] = scene => () => Watershed.Flood(scene.Image, scene.Cores).Recycle(),
        ["contours"] = scene => () => Contours.Trace(scene.Smooth, 100),
        ["downsample.2"] = scene => () => Resample.Downsample(scene.Image, 2).Recycle(),
    };

    private Action _operation = () => { };

    internal static IEnumerable<QuickCase> QuickCases { get; } = [.. Operations.Select(pair => new QuickCase(pair.Key, () => pair.Value(Scene.Made)))];

    /// <summary>What is timed.</summary>
    [ParamsSource(nameof(Names))]
    public string Operation { get; set; } = "";

    public static IEnumerable<string> Names() => Operations.Keys;

    [GlobalSetup]
    public void Prepare() => _operation = Operations[Operation](Scene.Made);

    [Benchmark]
    public void Primitive() => _operation();

    private static void Measured(Raster<byte> mask, Raster<float>? intensity)
    {
        LabelImage labels = ConnectedComponents.Label(mask);
        RegionStatistics.Measure(labels, intensity);
        labels.Labels.Recycle();
    }

    /// <summary>The inputs, made once.</summary>
    private sealed class Scene
    {
        private static Scene? _made;

        private Scene()
        {
            Image = TestImages.Particles();
            Pixels = Image.ToArray();
            Bytes = TestImages.ParticleBytes();
            Mask = TestImages.ParticleMask();
            Between = Inverted(Mask);
            Smooth = GaussianFilter.Smooth(Image, 2);
            Dark = new Raster<float>(Image.WidthPx, Image.HeightPx, Array.ConvertAll(Bytes.ToArray(), value => 255f - value));
            LabelImage cores = ConnectedComponents.Label(TestImages.ParticleMask(5));
            Cores = cores.Labels;
            int[] withGround = Cores.ToArray();
            ReadOnlySpan<byte> near = TestImages.ParticleMask(-3).Pixels;
            for (int i = 0; i < withGround.Length; i++)
            {
                withGround[i] = near[i] == 0 ? cores.Count + 1 : withGround[i];
            }

            CoresAndGround = new Raster<int>(Image.WidthPx, Image.HeightPx, withGround);
            Depth = new Raster<float>(Image.WidthPx, Image.HeightPx, Array.ConvertAll(DistanceTransform.Euclidean(Mask).ToArray(), d => -d));
        }

        public static Scene Made => _made ??= new Scene();

        public Raster<float> Image { get; }

        public float[] Pixels { get; }

        public Raster<float> Smooth { get; }

        public Raster<byte> Bytes { get; }

        public Raster<byte> Mask { get; }

        public Raster<byte> Between { get; }

        public Raster<float> Dark { get; }

        public Raster<float> Depth { get; }

        public Raster<int> Cores { get; }

        public Raster<int> CoresAndGround { get; }

        private static Raster<byte> Inverted(Raster<byte> mask) =>
            new(mask.WidthPx, mask.HeightPx, Array.ConvertAll(mask.ToArray(), value => (byte)(1 - value)));
    }
}
