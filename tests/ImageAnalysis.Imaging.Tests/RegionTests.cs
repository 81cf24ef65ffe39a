namespace ImageAnalysis.Imaging.Tests;

public class RegionTests
{
    [Fact]
    public void Label_FiveByFive_NumbersInReadingOrder()
    {
        Raster<byte> mask = TestImages.Mask("..#.#", ".#...", "#...#", "...##", "##...");
        LabelImage four = ConnectedComponents.Label(mask, Connectivity.Four);
        Assert.Equal([0, 0, 1, 0, 2, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 5, 5, 6, 6, 0, 0, 0], four.Labels.ToArray());
        Assert.Equal(6, four.Count);
        LabelImage eight = ConnectedComponents.Label(mask);
        Assert.Equal([0, 0, 1, 0, 2, 0, 1, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 3, 3, 4, 4, 0, 0, 0], eight.Labels.ToArray());
        Assert.Equal(4, eight.Count);
    }

    [Theory]
    [InlineData(Connectivity.Four)]
    [InlineData(Connectivity.Eight)]
    public void Label_RandomMasks_EqualsFloodFill(Connectivity connectivity)
    {
        foreach ((int width, int height) in TestImages.Shapes.Append((100, 70)).Append((64, 9)))
        {
            foreach (double density in new[] { 0.0, 0.2, 0.45, 0.6, 0.95, 1.0 })
            {
                Raster<byte> mask = TestImages.RandomMask(width, height, density, 3);
                LabelImage labels = ConnectedComponents.Label(mask, connectivity);
                (int[] expected, int count) = FloodFill(mask, connectivity);
                Assert.Equal(expected, labels.Labels.ToArray());
                Assert.Equal(count, labels.Count);
            }
        }
    }

    [Fact]
    public void Label_AnyNonZeroByte_IsInside() => Assert.Equal([1, 0, 2], ConnectedComponents.Label(new Raster<byte>(3, 1, [255, 0, 7])).Labels.ToArray());

    [Fact]
    public void Measure_FiveByFive_GivesTheSumsByHand()
    {
        // Region 1: (1, 1), (2, 1), (1, 2). Means 4/3, 4/3; mean x² = (1 + 4 + 1)/3 = 2, so 2 − 16/9 = 2/9; mean xy = (1 + 2 + 2)/3, so 5/3 − 16/9 = −1/9.
        // Region 2: (4, 4) alone, on the border.
        LabelImage labels = ConnectedComponents.Label(TestImages.Mask(".....", ".##..", ".#...", ".....", "....#"));
        Raster<float> image = TestImages.Drawn(5, 5, (x, y) => (10 * y) + x);
        IReadOnlyList<Region> regions = RegionStatistics.Measure(labels, image);
        Assert.Equal(2, regions.Count);
        Region first = regions[0];
        Assert.Equal((1, 3, 1, 1, 3, 3, false), (first.Label, first.PixelCount, first.X0Px, first.Y0Px, first.X1Px, first.Y1Px, first.TouchesBorder));
        Assert.Equal(4.0 / 3, first.Centroid.XPx, 1e-12);
        Assert.Equal(4.0 / 3, first.Centroid.YPx, 1e-12);
        Assert.Equal(2.0 / 9, first.MomentXxPx2, 1e-12);
        Assert.Equal(-1.0 / 9, first.MomentXyPx2, 1e-12);
        Assert.Equal(2.0 / 9, first.MomentYyPx2, 1e-12);
        Assert.Equal(new RegionIntensity(11 + 12 + 21, 44.0 / 3, 11, 21), first.Intensity);
        Assert.Equal((2, 1, true, 0.0), (regions[1].Label, regions[1].PixelCount, regions[1].TouchesBorder, regions[1].MomentXxPx2));
        Assert.Null(RegionStatistics.Measure(labels)[0].Intensity);
    }

    [Fact]
    public void Measure_RandomLabels_EqualsTheDirectSums()
    {
        foreach ((int width, int height) in TestImages.Shapes)
        {
            LabelImage labels = ConnectedComponents.Label(TestImages.RandomMask(width, height, 0.5, 17));
            Raster<float> image = TestImages.Random(width, height, 18);
            foreach (Region region in RegionStatistics.Measure(labels, image))
            {
                (int X, int Y)[] places =
                    [.. from y in Enumerable.Range(0, height) from x in Enumerable.Range(0, width) where labels.Labels[x, y] == region.Label select (x, y)];
                double mx = places.Average(p => p.X);
                double my = places.Average(p => p.Y);
                Assert.Equal(places.Length, region.PixelCount);
                Assert.Equal((places.Min(p => p.X), places.Max(p => p.X) + 1), (region.X0Px, region.X1Px));
                Assert.Equal((places.Min(p => p.Y), places.Max(p => p.Y) + 1), (region.Y0Px, region.Y1Px));
                Assert.Equal(mx, region.Centroid.XPx, 1e-9);
                Assert.Equal(my, region.Centroid.YPx, 1e-9);
                Assert.Equal(places.Average(p => (p.X - mx) * (p.X - mx)), region.MomentXxPx2, 1e-9);
                Assert.Equal(places.Average(p => (p.X - mx) * (p.Y - my)), region.MomentXyPx2, 1e-9);
                Assert.Equal(places.Average(p => (p.Y - my) * (p.Y - my)), region.MomentYyPx2, 1e-9);
                Assert.Equal(places.Any(p => p.X == 0 || p.Y == 0 || p.X == width - 1 || p.Y == height - 1), region.TouchesBorder);
                Assert.Equal(places.Sum(p => (double)image[p.X, p.Y]), region.Intensity!.SumCounts, 1e-9);
                Assert.Equal(places.Min(p => image[p.X, p.Y]), region.Intensity.MinCounts);
                Assert.Equal(places.Max(p => image[p.X, p.Y]), region.Intensity.MaxCounts);
            }
        }
    }

    [Fact]
    public void Measure_LabelsThatDoNotFit_Throw()
    {
        Assert.Throws<ArgumentException>(() => RegionStatistics.Measure(new LabelImage(new Raster<int>(2, 1, [0, 3]), 2)));
        Assert.Throws<ArgumentException>(() => RegionStatistics.Measure(new LabelImage(new Raster<int>(2, 1, [0, 2]), 2)));
        Assert.Throws<ArgumentException>(() => RegionStatistics.Measure(new LabelImage(new Raster<int>(2, 1, [0, -1]), 2)));
    }

    [Fact]
    public void Distance_FiveByFive_IsMeasuredToTheNearestZero()
    {
        Raster<byte> mask = TestImages.Mask("#####", "#####", "##.##", "#####", "#####");
        float d2 = MathF.Sqrt(2);
        float d5 = MathF.Sqrt(5);
        float d8 = MathF.Sqrt(8);
        Assert.Equal(
            [d8, d5, 2, d5, d8, d5, d2, 1, d2, d5, 2, 1, 0, 1, 2, d5, d2, 1, d2, d5, d8, d5, 2, d5, d8],
            DistanceTransform.Euclidean(mask).ToArray());

        // With zeros all around, the border pixels are one away from them.
        Assert.Equal(
            [1f, 1, 1, 1, 1, 1, d2, 1, d2, 1, 1, 1, 0, 1, 1, 1, d2, 1, d2, 1, 1, 1, 1, 1, 1],
            DistanceTransform.Euclidean(mask, outsideIsZero: true).ToArray());
    }

    [Fact]
    public void Distance_NoZeroAnywhere_IsInfinite()
    {
        Assert.All(DistanceTransform.Euclidean(TestImages.Mask("###", "###")).ToArray(), d => Assert.Equal(float.PositiveInfinity, d));
        Assert.Equal([1f, 1, 1, 1, 2, 1, 1, 1, 1], DistanceTransform.Euclidean(TestImages.Mask("###", "###", "###"), outsideIsZero: true).ToArray());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(0.25, 0.4)]
    [InlineData(3, 1)]
    public void Distance_RandomMasks_EqualsBruteForce(double pixelWidth, double pixelHeight)
    {
        foreach ((int width, int height) in TestImages.Shapes)
        {
            foreach (double density in new[] { 0.3, 0.9, 0.99, 1.0 })
            {
                foreach (bool outside in new[] { false, true })
                {
                    Raster<byte> mask = TestImages.RandomMask(width, height, density, 23);
                    Raster<float> distance = DistanceTransform.Euclidean(mask, pixelWidth, pixelHeight, outside);
                    List<(int X, int Y)> zeros = [];
                    for (int y = -1; y <= height; y++)
                    {
                        for (int x = -1; x <= width; x++)
                        {
                            bool beyond = x < 0 || y < 0 || x == width || y == height;
                            if (beyond ? outside : mask[x, y] == 0)
                            {
                                zeros.Add((x, y));
                            }
                        }
                    }

                    for (int y = 0; y < height; y++)
                    {
                        for (int x = 0; x < width; x++)
                        {
                            double expected = zeros.Count == 0
                                ? double.PositiveInfinity
                                : zeros.Min(z => Math.Sqrt(Math.Pow((z.X - x) * pixelWidth, 2) + Math.Pow((z.Y - y) * pixelHeight, 2)));

                            // Exact but for the rounding to single precision.
                            Assert.True(expected == distance[x, y] || Math.Abs(expected - distance[x, y]) <= 1e-6 * expected, $"({x}, {y}): {expected}, {distance[x, y]}");
                        }
                    }
                }
            }
        }
    }

    [Fact]
    public void Flood_FiveByFive_MeetsOnTheRidge()
    {
        Raster<float> landscape = TestImages.Image(
            5,
            0, 1, 5, 1, 0,
            0, 1, 5, 1, 0,
            0, 1, 3, 1, 0,
            0, 1, 5, 1, 0,
            0, 1, 5, 1, 0);
        int[] markers = new int[25];
        markers[10] = 7;
        markers[14] = 4;

        // Both sides reach the ridge at the same level; in it the pass (2, 2) comes first and went to the marker that came first in reading order, 7.
        // The rest of the ridge, reached from both sides at level 1, was taken by the first to touch it.
        Raster<int> whole = Watershed.Flood(landscape, new Raster<int>(5, 5, markers));
        for (int y = 0; y < 5; y++)
        {
            Assert.Equal((7, 7, 4, 4), (whole[0, y], whole[1, y], whole[3, y], whole[4, y]));
            Assert.Contains(whole[2, y], new[] { 7, 4 });
        }

        Raster<int> withLines = Watershed.Flood(landscape, new Raster<int>(5, 5, markers), lines: true);
        Assert.Equal([.. Enumerable.Repeat(new[] { 7, 7, 0, 4, 4 }, 5).SelectMany(row => row)], withLines.ToArray());
    }

    [Fact]
    public void Flood_Mask_IsNotLeft()
    {
        Raster<byte> mask = TestImages.Mask("##.##", "##.##");
        int[] markers = new int[10];
        markers[0] = 1;
        markers[2] = 9; // outside the mask: dropped
        Assert.Equal([1, 1, 0, 0, 0, 1, 1, 0, 0, 0], Watershed.Flood(TestImages.Drawn(5, 2, (_, _) => 1), new Raster<int>(5, 2, markers), mask).ToArray());
    }

    [Fact]
    public void Flood_TwoOverlappingDiscs_AreCutAtTheNeck()
    {
        // Radius 12 around (20, 20) and (38, 20): the cut lies at x = 29, half way; a pixel on it may go either way.
        Raster<byte> mask = MaskOf(60, 41, (x, y) => Inside(x, y, 20, 20, 12) || Inside(x, y, 38, 20, 12));
        Raster<float> distance = DistanceTransform.Euclidean(mask);
        Raster<float> landscape = TestImages.Drawn(60, 41, (x, y) => -distance[x, y]);
        int[] markers = new int[60 * 41];
        markers[(20 * 60) + 20] = 1;
        markers[(20 * 60) + 38] = 2;
        Raster<int> labels = Watershed.Flood(landscape, new Raster<int>(60, 41, markers), mask);
        for (int y = 0; y < 41; y++)
        {
            for (int x = 0; x < 60; x++)
            {
                if (mask[x, y] == 0)
                {
                    Assert.Equal(0, labels[x, y]);
                }
                else if (x != 29)
                {
                    Assert.Equal(x < 29 ? 1 : 2, labels[x, y]);
                }
            }
        }
    }

    [Theory]
    [InlineData(Connectivity.Four, 6)]
    [InlineData(Connectivity.Eight, 6)]
    [InlineData(Connectivity.Eight, 100000)]
    public void Flood_RandomLandscapes_GivesEachPixelAMarkerThatReachesItOverTheLowestPass(Connectivity connectivity, int levels)
    {
        foreach ((int width, int height) in TestImages.Shapes)
        {
            Raster<float> landscape = TestImages.Levels(width, height, levels, 31);
            Random random = new(5);
            int[] markers = new int[width * height];
            for (int label = 1; label <= 5; label++)
            {
                markers[random.Next(markers.Length)] = label;
            }

            // The lowest pass from any marker, and from each one alone, by repeated relaxation.
            double[] best = Passes(landscape, markers, connectivity, 0);
            Raster<int> labels = Watershed.Flood(landscape, new Raster<int>(width, height, markers), connectivity: connectivity);
            for (int label = 1; label <= 5; label++)
            {
                double[] own = Passes(landscape, markers, connectivity, label);
                for (int i = 0; i < own.Length; i++)
                {
                    if (labels.Pixels[i] == label)
                    {
                        Assert.Equal(best[i], own[i]);
                    }
                }
            }

            Assert.DoesNotContain(0, labels.ToArray());

            // Each region hangs together with its marker.
            for (int label = 1; label <= 5; label++)
            {
                byte[] region = Array.ConvertAll(labels.ToArray(), value => value == label ? (byte)1 : (byte)0);
                Assert.Equal(markers.Contains(label) ? 1 : 0, ConnectedComponents.Label(new Raster<byte>(width, height, region), connectivity).Count);
            }
        }
    }

    [Fact]
    public void Flood_LevelGround_IsSharedByDistance()
    {
        // First come, first served on a row: markers at 0 and 9; pixels 0 … 4 are nearer to the first, 5 … 9 to the second.
        int[] markers = new int[10];
        markers[0] = 1;
        markers[9] = 2;
        Assert.Equal([1, 1, 1, 1, 1, 2, 2, 2, 2, 2], Watershed.Flood(TestImages.Drawn(10, 1, (_, _) => 3), new Raster<int>(10, 1, markers)).ToArray());
    }

    [Fact]
    public void Flood_NegativeMarker_Throws() =>
        Assert.Throws<ArgumentException>(() => Watershed.Flood(TestImages.Random(2, 2, 1), new Raster<int>(2, 2, [0, 0, -1, 1])));

    [Fact]
    public void Flood_SameInput_GivesTheSameLabels()
    {
        Raster<float> landscape = TestImages.Random(60, 50, 2);
        int[] markers = new int[3000];
        markers[17] = 3;
        markers[2500] = 1;
        Raster<int> raster = new(60, 50, markers);
        Assert.Equal(Watershed.Flood(landscape, raster).ToArray(), Watershed.Flood(landscape, raster).ToArray());
    }

    private static bool Inside(int x, int y, int cx, int cy, int radius) => ((x - cx) * (x - cx)) + ((y - cy) * (y - cy)) <= radius * radius;

    private static Raster<byte> MaskOf(int width, int height, Func<int, int, bool> inside)
    {
        byte[] pixels = new byte[width * height];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = inside(i % width, i / width) ? (byte)1 : (byte)0;
        }

        return new Raster<byte>(width, height, pixels);
    }

    // For each pixel the smallest height that a path from a marker (of one label, or any for 0) must climb, the marker's own pixel not counted.
    private static double[] Passes(Raster<float> landscape, int[] markers, Connectivity connectivity, int label)
    {
        int width = landscape.WidthPx;
        double[] pass = Array.ConvertAll(markers, marker => marker != 0 && (label == 0 || marker == label) ? double.NegativeInfinity : double.PositiveInfinity);
        bool changed = true;
        while (changed)
        {
            changed = false;
            for (int i = 0; i < pass.Length; i++)
            {
                // Other markers keep their own pixels: no path leads through them.
                if (markers[i] != 0)
                {
                    continue;
                }

                foreach (int j in Neighbours(i, width, landscape.HeightPx, connectivity))
                {
                    double over = Math.Max(pass[j], landscape.Pixels[i]);
                    if (over < pass[i])
                    {
                        pass[i] = over;
                        changed = true;
                    }
                }
            }
        }

        return pass;
    }

    private static IEnumerable<int> Neighbours(int i, int width, int height, Connectivity connectivity)
    {
        for (int dy = -1; dy <= 1; dy++)
        {
            for (int dx = -1; dx <= 1; dx++)
            {
                int x = (i % width) + dx;
                int y = (i / width) + dy;
                if ((dx != 0 || dy != 0) && x >= 0 && y >= 0 && x < width && y < height && (connectivity == Connectivity.Eight || dx == 0 || dy == 0))
                {
                    yield return (y * width) + x;
                }
            }
        }
    }

    private static (int[] Labels, int Count) FloodFill(Raster<byte> mask, Connectivity connectivity)
    {
        int[] labels = new int[mask.PixelCount];
        int count = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            if (mask.Pixels[i] == 0 || labels[i] != 0)
            {
                continue;
            }

            count++;
            Stack<int> stack = new([i]);
            labels[i] = count;
            while (stack.TryPop(out int p))
            {
                foreach (int q in Neighbours(p, mask.WidthPx, mask.HeightPx, connectivity))
                {
                    if (mask.Pixels[q] != 0 && labels[q] == 0)
                    {
                        labels[q] = count;
                        stack.Push(q);
                    }
                }
            }
        }

        return (labels, count);
    }
}
