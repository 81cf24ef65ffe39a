namespace ImageAnalysis.Imaging.Tests;

public class MorphologyTests
{
    private static readonly StructuringElement[] Elements =
    [
        StructuringElement.Disc(0), StructuringElement.Disc(1), StructuringElement.Disc(1.5), StructuringElement.Disc(2.3), StructuringElement.Disc(5),
        StructuringElement.Square(1), StructuringElement.Square(2), StructuringElement.Square(3), StructuringElement.Square(9),
    ];

    [Fact]
    public void Dilate_OnePixelByDiscs_GivesCrossAndSquare()
    {
        Raster<byte> mask = TestImages.Mask(".....", ".....", "..#..", ".....", ".....");
        Assert.Equal([".....", "..#..", ".###.", "..#..", "....."], TestImages.Text(Morphology.Dilate(mask, StructuringElement.Disc(1))));
        Assert.Equal([".....", ".###.", ".###.", ".###.", "....."], TestImages.Text(Morphology.Dilate(mask, StructuringElement.Disc(1.5))));

        // r = 2: of the corners of 5 × 5 (distance √8) and the places (1, 2) (√5), all are farther than 2.
        Assert.Equal(["..#..", ".###.", "#####", ".###.", "..#.."], TestImages.Text(Morphology.Dilate(mask, StructuringElement.Disc(2))));
        Assert.Equal(["#####", "#####", "#####", "#####", "#####"], TestImages.Text(Morphology.Dilate(mask, StructuringElement.Square(2))));
    }

    [Fact]
    public void Erode_FiveByFive_LooksOnlyInsideTheImage()
    {
        Raster<byte> mask = TestImages.Mask("#####", "#####", "##.##", "#####", "#####");
        Assert.Equal(["#####", "##.##", "#...#", "##.##", "#####"], TestImages.Text(Morphology.Erode(mask, StructuringElement.Disc(1))));
        Assert.Equal(["#####", "#...#", "#...#", "#...#", "#####"], TestImages.Text(Morphology.Erode(mask, StructuringElement.Square(1))));
    }

    [Fact]
    public void OpenAndClose_FiveByFive_RemoveWhatIsSmaller()
    {
        Raster<byte> mask = TestImages.Mask("#....", ".....", "..###", "..###", "..###");
        Assert.Equal([".....", ".....", "..###", "..###", "..###"], TestImages.Text(Morphology.Open(mask, StructuringElement.Square(1))));
        Raster<byte> gap = TestImages.Mask(".......", ".......", "..###..", "..#.#..", "..###..", ".......", ".......");
        Assert.Equal(
            [".......", ".......", "..###..", "..###..", "..###..", ".......", "......."], TestImages.Text(Morphology.Close(gap, StructuringElement.Disc(1))));
    }

    [Fact]
    public void Extrema_RandomImagesAndMasks_EqualTheDirectSearch()
    {
        foreach ((int width, int height) in TestImages.Shapes)
        {
            Raster<float> image = TestImages.Random(width, height, 4);
            Raster<byte> mask = TestImages.RandomMask(width, height, 0.4, 5);
            foreach (StructuringElement element in Elements)
            {
                Raster<float> low = Morphology.Erode(image, element);
                Raster<float> high = Morphology.Dilate(image, element);
                Raster<byte> shrunk = Morphology.Erode(mask, element);
                Raster<byte> grown = Morphology.Dilate(mask, element);
                for (int y = 0; y < height; y++)
                {
                    for (int x = 0; x < width; x++)
                    {
                        (int X, int Y)[] places = Places(element, x, y, width, height);
                        Assert.Equal(places.Min(p => image[p.X, p.Y]), low[x, y]);
                        Assert.Equal(places.Max(p => image[p.X, p.Y]), high[x, y]);
                        Assert.Equal(places.Min(p => mask[p.X, p.Y]), shrunk[x, y]);
                        Assert.Equal(places.Max(p => mask[p.X, p.Y]), grown[x, y]);
                    }
                }
            }
        }
    }

    // Wide enough for several strips: 16 KiB for the rows within reach, and no fewer than 1 KiB a row.
    [Fact]
    public void Extrema_WideImagesAndMasks_EqualTheDirectSearch()
    {
        (StructuringElement Element, int WidthPx, int HeightPx)[] cases =
        [
            (StructuringElement.Disc(1), 5000, 3), (StructuringElement.Square(1), 4500, 4), (StructuringElement.Disc(2.5), 2050, 7), (StructuringElement.Disc(6), 1061, 5),
        ];
        foreach ((StructuringElement element, int width, int height) in cases)
        {
            Raster<float> image = TestImages.Random(width, height, 14);
            Raster<byte> mask = TestImages.RandomMask(width, height, 0.4, 15);
            Raster<float> low = Morphology.Erode(image, element);
            Raster<byte> grown = Morphology.Dilate(mask, element);
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    (int X, int Y)[] places = Places(element, x, y, width, height);
                    Assert.Equal(places.Min(p => image[p.X, p.Y]), low[x, y]);
                    Assert.Equal(places.Max(p => mask[p.X, p.Y]), grown[x, y]);
                }
            }
        }
    }

    [Fact]
    public void OpenImageClose_AreOrderedAndIdempotent()
    {
        Raster<float> image = TestImages.Random(50, 41, 6);
        foreach (StructuringElement element in Elements)
        {
            Raster<float> open = Morphology.Open(image, element);
            Raster<float> close = Morphology.Close(image, element);
            for (int i = 0; i < image.PixelCount; i++)
            {
                Assert.True(open.Pixels[i] <= image.Pixels[i] && image.Pixels[i] <= close.Pixels[i]);
            }

            Assert.Equal(open.ToArray(), Morphology.Open(open, element).ToArray());
            Assert.Equal(close.ToArray(), Morphology.Close(close, element).ToArray());
        }
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(1001)]
    public void Disc_RadiusOutOfRange_Throws(double radius) => Assert.Throws<ArgumentOutOfRangeException>(() => StructuringElement.Disc(radius));

    [Fact]
    public void FillHoles_FiveByFive_FillsOnlyWhatIsClosed()
    {
        Raster<byte> ring = TestImages.Mask(".###.", ".#.#.", ".###.", ".....", "##...");
        Assert.Equal([".###.", ".###.", ".###.", ".....", "##..."], TestImages.Text(Morphology.FillHoles(ring)));

        // A ring closed only at corners holds water when its own pixels are joined by corners, and leaks when they are not.
        Raster<byte> diamond = TestImages.Mask(".....", "..#..", ".#.#.", "..#..", ".....");
        Assert.Equal([".....", "..#..", ".###.", "..#..", "....."], TestImages.Text(Morphology.FillHoles(diamond, Connectivity.Eight)));
        Assert.Equal(TestImages.Text(diamond), TestImages.Text(Morphology.FillHoles(diamond, Connectivity.Four)));

        // Open to the edge of the image: no hole.
        Raster<byte> bay = TestImages.Mask("#.#", "#.#", "###");
        Assert.Equal(TestImages.Text(bay), TestImages.Text(Morphology.FillHoles(bay)));
    }

    [Fact]
    public void ReconstructMask_FiveByFive_KeepsMarkedRegions()
    {
        Raster<byte> mask = TestImages.Mask("##..#", "##..#", ".....", "#..##", ".#...");
        Raster<byte> marker = TestImages.Mask("#....", ".....", ".....", ".....", ".#...");
        Assert.Equal(["##...", "##...", ".....", "#....", ".#..."], TestImages.Text(Morphology.Reconstruct(marker, mask)));
        Assert.Equal(["##...", "##...", ".....", ".....", ".#..."], TestImages.Text(Morphology.Reconstruct(marker, mask, Connectivity.Four)));
    }

    [Fact]
    public void ReconstructImage_OneRow_FillsPeaksUpToTheMarkersPass()
    {
        // One row: two domes (9 and 7) joined by a pass of 4, a third (8) behind a pass of 1. The marker holds 6 at the first dome.
        Raster<float> mask = TestImages.Image(9, 1, 9, 4, 7, 1, 8, 2, 0, 3);
        Raster<float> marker = TestImages.Image(9, 0, 6, 0, 0, 0, 0, 0, 0, 0);
        Assert.Equal([1f, 6, 4, 4, 1, 1, 1, 0, 0], Morphology.Reconstruct(marker, mask).ToArray());
    }

    [Theory]
    [InlineData(Connectivity.Four)]
    [InlineData(Connectivity.Eight)]
    public void ReconstructImage_RandomImages_EqualsRepeatedDilationUnderTheMask(Connectivity connectivity)
    {
        StructuringElement element = connectivity == Connectivity.Eight ? StructuringElement.Square(1) : StructuringElement.Disc(1);
        foreach ((int width, int height) in TestImages.Shapes)
        {
            Raster<float> mask = TestImages.Levels(width, height, 12, 8);
            Raster<float> marker = TestImages.Drawn(width, height, (x, y) => ((x * 7) + (y * 13)) % 29 == 0 ? 9 : 0);
            float[] expected = marker.ToArray().Zip(mask.ToArray(), Math.Min).ToArray();
            while (true)
            {
                float[] next = Morphology.Dilate(new Raster<float>(width, height, expected), element).ToArray().Zip(mask.ToArray(), Math.Min).ToArray();
                if (next.SequenceEqual(expected))
                {
                    break;
                }

                expected = next;
            }

            Assert.Equal(expected, Morphology.Reconstruct(marker, mask, connectivity).ToArray());
        }
    }

    [Fact]
    public void HMaxima_OneRow_LowersDomesByHAndMergesSmallOnes()
    {
        // h = 2: the dome 5 rises 1 over the pass (4) to the dome 9: it vanishes into min(9 − 2, pass 4) = 4. The dome 6 beyond the pass of 1 becomes 4.
        Raster<float> image = TestImages.Image(8, 0, 5, 4, 9, 3, 1, 6, 2);
        Assert.Equal([0f, 4, 4, 7, 3, 1, 4, 2], Morphology.HMaxima(image, 2).ToArray());
        Assert.Equal(["...#..#."], TestImages.Text(Morphology.ExtendedMaxima(image, 2)));
    }

    [Fact]
    public void RegionalMaxima_FiveByFive_TakesPlateausWithoutHigherNeighbours()
    {
        Raster<float> image = TestImages.Image(
            5,
            3, 3, 0, 5, 5,
            3, 3, 0, 5, 6,
            0, 0, 0, 0, 0,
            2, 2, 2, 0, 1,
            0, 0, 3, 0, 1);

        // The plateau of 5 touches a 6, that of 2 a 3: both fall; those of 3 and 1 stand.
        Assert.Equal(["##...", "##..#", ".....", "....#", "..#.#"], TestImages.Text(Morphology.RegionalMaxima(image)));
        Assert.Equal(["##", "##"], TestImages.Text(Morphology.RegionalMaxima(TestImages.Image(2, 7, 7, 7, 7))));
    }

    [Fact]
    public void RegionalMaxima_ImagesWithManyTies_EqualTheLabelledPlateaus()
    {
        foreach ((int width, int height) in TestImages.Shapes)
        {
            Raster<float> image = TestImages.Levels(width, height, 4, 21);
            Raster<byte> maxima = Morphology.RegionalMaxima(image);
            for (int level = 0; level < 4; level++)
            {
                byte[] plateau = Array.ConvertAll(image.ToArray(), value => value == level ? (byte)1 : (byte)0);
                LabelImage labels = ConnectedComponents.Label(new Raster<byte>(width, height, plateau));
                bool[] higher = new bool[labels.Count + 1];
                foreach ((int x, int y) in from y in Enumerable.Range(0, height) from x in Enumerable.Range(0, width) select (x, y))
                {
                    foreach ((int nx, int ny) in Places(StructuringElement.Square(1), x, y, width, height))
                    {
                        higher[labels.Labels[x, y]] |= image[nx, ny] > image[x, y];
                    }
                }

                for (int i = 0; i < plateau.Length; i++)
                {
                    if (plateau[i] != 0)
                    {
                        Assert.Equal(higher[labels.Labels.Pixels[i]] ? 0 : 1, maxima.Pixels[i]);
                    }
                }
            }
        }
    }

    [Fact]
    public void LocalMaxima_ParabolaOffThePixel_FindsItsTop()
    {
        // −(x − 5.3)² − 2(y − 3.8)²: three points on a parabola give its top exactly (6e-7 of rounding of values near 100).
        Raster<float> image = TestImages.Drawn(12, 9, (x, y) => 100 - ((x - 5.3) * (x - 5.3)) - (2 * (y - 3.8) * (y - 3.8)));
        LocalMaximum top = Assert.Single(LocalMaxima.Find(image, 2, 0));
        Assert.Equal((5, 4), (top.XPx, top.YPx));
        Assert.Equal(5.3, top.Position.XPx, 1e-4);
        Assert.Equal(3.8, top.Position.YPx, 1e-4);
    }

    [Fact]
    public void LocalMaxima_EqualsAndNeighbours_AreTakenOnceFromTheHighestDown()
    {
        Raster<float> image = TestImages.Image(
            7,
            0, 0, 0, 0, 0, 0, 4,
            0, 5, 5, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 9, 8,
            0, 0, 0, 0, 0, 0, 0);
        Assert.Equal([(5, 3), (1, 1), (6, 0)], LocalMaxima.Find(image, 1, 0).Select(m => (m.XPx, m.YPx)));

        // Radius 3 from (6, 0) reaches the 9; the threshold is not to be equalled.
        Assert.Equal([(5, 3), (1, 1)], LocalMaxima.Find(image, 3, 0).Select(m => (m.XPx, m.YPx)));
        Assert.Equal([(5, 3)], LocalMaxima.Find(image, 1, 5).Select(m => (m.XPx, m.YPx)));
    }

    private static (int X, int Y)[] Places(StructuringElement element, int x, int y, int width, int height)
    {
        List<(int X, int Y)> places = [];
        int radius = element.RadiusPx;
        for (int dy = -radius; dy <= radius; dy++)
        {
            int half = element.HalfWidths[dy + radius];
            for (int dx = -half; dx <= half; dx++)
            {
                if (x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height)
                {
                    places.Add((x + dx, y + dy));
                }
            }
        }

        return [.. places];
    }
}
