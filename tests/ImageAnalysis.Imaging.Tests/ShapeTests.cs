namespace ImageAnalysis.Imaging.Tests;

public class ShapeTests
{
    private static readonly PointPx[] Square = [new(1, 1), new(1, 4), new(4, 4), new(4, 1)];

    [Fact]
    public void Trace_OnePeakInFiveByFive_GivesADiamondHalfWay()
    {
        // Level 0.5 between 0 and 1: crossings half a pixel from (2, 2), the bright pixel on the left: counter-clockwise as seen.
        float[] pixels = new float[25];
        pixels[12] = 1;
        Contour line = Assert.Single(Contours.Trace(TestImages.Image(5, pixels), 0.5));
        Assert.True(line.IsClosed);
        Assert.Equal([new(1.5, 2), new(2, 2.5), new(2.5, 2), new(2, 1.5)], line.Points);
        Assert.Equal(0.5, Polygons.SignedArea(line.Points), 1e-12);
    }

    [Fact]
    public void Trace_Hole_RunsTheOtherWay()
    {
        float[] pixels = new float[25];
        Array.Fill(pixels, 1);
        pixels[12] = 0;
        Assert.Equal(-0.5, Polygons.SignedArea(Assert.Single(Contours.Trace(TestImages.Image(5, pixels), 0.5)).Points), 1e-12);
    }

    [Fact]
    public void Trace_Ramp_GivesOneOpenLineThroughTheImage()
    {
        Raster<float> ramp = TestImages.Drawn(6, 4, (x, _) => x);
        Contour line = Assert.Single(Contours.Trace(ramp, 2.25));
        Assert.False(line.IsClosed);

        // Brighter on the right: with it on the left hand one travels down.
        Assert.Equal([new(2.25, 0), new(2.25, 1), new(2.25, 2), new(2.25, 3)], line.Points);
    }

    [Fact]
    public void Trace_Saddle_FollowsTheAsymptoticDecider()
    {
        // Corners 1 0 / 0 1: the saddle of the bilinear interpolant is (1·1 − 0·0)/(1 + 1 − 0 − 0) = 0.5. Below it the bright corners are joined: each line cuts off one dark corner.
        Raster<float> image = TestImages.Image(2, 1, 0, 0, 1);
        IReadOnlyList<Contour> joined = Contours.Trace(image, 0.4);
        Assert.Equal(2, joined.Count);
        Assert.All(joined, line => Assert.True(CutsOff(line, new(1, 0)) || CutsOff(line, new(0, 1))));
        IReadOnlyList<Contour> parted = Contours.Trace(image, 0.6);
        Assert.Equal(2, parted.Count);
        Assert.All(parted, line => Assert.True(CutsOff(line, new(0, 0)) || CutsOff(line, new(1, 1))));

        static bool CutsOff(Contour line, PointPx corner) => line.Points.All(p => Math.Abs(p.XPx - corner.XPx) + Math.Abs(p.YPx - corner.YPx) <= 0.6 + 1e-12);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(25)]
    public void Trace_BlurredDisc_HasItsAreaToATenthOfAPercent(double radius)
    {
        // A disc with a rim linear over 2 px: the half level is at the radius. Interpolating it linearly errs by the curvature: (1/r) · h²/8 of a chord.
        double cx = radius + 5.37;
        double cy = radius + 4.81;
        int size = (int)(2 * radius) + 12;
        Raster<float> image = TestImages.Drawn(size, size, (x, y) => Math.Clamp((radius - Math.Sqrt(((x - cx) * (x - cx)) + ((y - cy) * (y - cy)))) / 2, -0.5, 0.5));
        Contour line = Assert.Single(Contours.Trace(image, 0));
        double area = Math.PI * radius * radius;
        Assert.Equal(area, Polygons.SignedArea(line.Points), (radius < 10 ? 8e-3 : 1e-3) * area);
        PointPx centroid = Polygons.Centroid(line.Points);
        Assert.Equal(cx, centroid.XPx, 5e-3);
        Assert.Equal(cy, centroid.YPx, 5e-3);
        FeretDiameters feret = Polygons.Feret(line.Points);
        Assert.Equal(2 * radius, feret.MaxPx, 0.03);
        Assert.Equal(2 * radius, feret.MinPx, 0.06);
    }

    [Fact]
    public void Trace_RandomImages_ClosesEveryLineAndCoversTheAboveLevelArea()
    {
        foreach ((int width, int height) in TestImages.Shapes)
        {
            // A frame of zeros closes all lines. Every crossed pair of neighbours is crossed by just one line.
            Raster<float> image = TestImages.Drawn(
                width + 2, height + 2, (x, y) => x == 0 || y == 0 || x == width + 1 || y == height + 1 ? 0 : ((x * 37) + (y * 91)) % 23);
            IReadOnlyList<Contour> lines = Contours.Trace(image, 10.5);
            int crossings = 0;
            for (int y = 0; y < height + 2; y++)
            {
                for (int x = 0; x < width + 2; x++)
                {
                    crossings += x > 0 && image[x, y] > 10.5 != image[x - 1, y] > 10.5 ? 1 : 0;
                    crossings += y > 0 && image[x, y] > 10.5 != image[x, y - 1] > 10.5 ? 1 : 0;
                }
            }

            Assert.All(lines, line => Assert.True(line.IsClosed));
            Assert.Equal(crossings, lines.Sum(line => line.Points.Count));
            Assert.Equal(crossings, lines.SelectMany(line => line.Points).Distinct().Count());
        }
    }

    [Fact]
    public void Trace_NothingToFind_IsEmpty()
    {
        Assert.Empty(Contours.Trace(TestImages.Image(1, 5), 2));
        Assert.Empty(Contours.Trace(TestImages.Drawn(7, 1, (x, _) => x), 2.5));
        Assert.Empty(Contours.Trace(TestImages.Drawn(7, 7, (_, _) => 3), 3));
        Assert.Throws<ArgumentException>(() => Contours.Trace(TestImages.Drawn(7, 7, (_, _) => 3), double.NaN));
    }

    [Fact]
    public void Outline_FiveByFive_RunsAlongThePixelsSides()
    {
        LabelImage labels = ConnectedComponents.Label(TestImages.Mask(".....", ".##..", ".#...", ".....", "....."));
        Contour line = Assert.Single(Contours.Outline(labels, 1));
        Assert.Equal([new(0.5, 0.5), new(0.5, 2.5), new(1.5, 2.5), new(1.5, 1.5), new(2.5, 1.5), new(2.5, 0.5)], line.Points);
        Assert.Equal(3, Polygons.SignedArea(line.Points), 1e-12);
        Assert.Empty(Contours.Outline(labels, 2));
    }

    [Fact]
    public void Outline_Hole_IsASecondLineTheOtherWay()
    {
        LabelImage labels = ConnectedComponents.Label(TestImages.Mask("###", "#.#", "###"));
        IReadOnlyList<Contour> lines = Contours.Outline(labels, 1);
        Assert.Equal([9.0, -1], lines.Select(line => Polygons.SignedArea(line.Points)));
    }

    [Fact]
    public void Outline_RandomRegions_EncloseTheirPixels()
    {
        foreach ((int width, int height) in TestImages.Shapes)
        {
            LabelImage labels = ConnectedComponents.Label(TestImages.RandomMask(width, height, 0.6, 40));
            foreach (Region region in RegionStatistics.Measure(labels))
            {
                IReadOnlyList<Contour> lines = Contours.Outline(labels, region);
                Assert.Equal(region.PixelCount, lines.Sum(line => Polygons.SignedArea(line.Points)), 1e-9);
                Assert.Equal(1, lines.Count(line => Polygons.SignedArea(line.Points) > 0)); // corners join: one outer line
                Assert.Equal(lines.SelectMany(l => l.Points), Contours.Outline(labels, region.Label).SelectMany(l => l.Points));
            }
        }
    }

    [Fact]
    public void Square_HasTheMeasuresOfASquare()
    {
        Assert.Equal(9, Polygons.SignedArea(Square), 1e-12); // down, right, up: counter-clockwise as seen
        Assert.Equal(-9, Polygons.SignedArea(Square.Reverse().ToArray()), 1e-12);
        Assert.Equal(12, Polygons.Perimeter(Square), 1e-12);
        Assert.Equal(new PointPx(2.5, 2.5), Polygons.Centroid(Square));

        // Side a = 3: second moment a²/12 = 0.75.
        PolygonMoments moments = Polygons.Moments(Square);
        Assert.Equal((9.0, 0.75, 0.0, 0.75), (moments.AreaPx2, Math.Round(moments.MomentXxPx2, 12), Math.Round(moments.MomentXyPx2, 12), Math.Round(moments.MomentYyPx2, 12)));

        // Pixels twice as high: a rectangle of 3 × 6.
        Assert.Equal(18, Polygons.Area(Square, 2), 1e-12);
        Assert.Equal(18, Polygons.Perimeter(Square, 2), 1e-12);
        Assert.Equal(3, Polygons.Moments(Square, 2).MomentYyPx2, 1e-12);
    }

    [Fact]
    public void Moments_TriangleFarFromTheOrigin_AreExact()
    {
        // Right triangle with legs 6 and 3: area 9, variances 6²/18 = 2 and 3²/18 = 0.5, covariance −6·3/36 = −0.5.
        PointPx[] triangle = [new(1e6, 1e6), new(1e6 + 6, 1e6), new(1e6, 1e6 + 3)];
        PolygonMoments moments = Polygons.Moments(triangle);
        Assert.Equal(9, moments.AreaPx2, 1e-9);
        Assert.Equal(1e6 + 2, moments.Centroid.XPx, 1e-9);
        Assert.Equal(1e6 + 1, moments.Centroid.YPx, 1e-9);
        Assert.Equal(2, moments.MomentXxPx2, 1e-9);
        Assert.Equal(-0.5, moments.MomentXyPx2, 1e-9);
        Assert.Equal(0.5, moments.MomentYyPx2, 1e-9);
    }

    [Fact]
    public void ConvexHull_PointsInAnyOrder_KeepsTheCorners()
    {
        PointPx[] points = [new(2, 2), new(0, 0), new(4, 0), new(2, 0), new(4, 4), new(0, 4), new(1, 3), new(0, 0)];
        Assert.Equal([new(0, 0), new(0, 4), new(4, 4), new(4, 0)], Polygons.ConvexHull(points));
        Assert.Equal([new PointPx(1, 1)], Polygons.ConvexHull(new PointPx[] { new(1, 1), new(1, 1) }));
        Assert.Equal([new PointPx(0, 0), new PointPx(3, 3)], Polygons.ConvexHull(new PointPx[] { new(1, 1), new(3, 3), new(0, 0), new(2, 2) }));
    }

    [Fact]
    public void Feret_SquareRectangleSegmentAndPoint_AreThoseByHand()
    {
        // Diagonal 3√2, width 3. Points in double precision.
        FeretDiameters square = Polygons.Feret(Square);
        Assert.Equal(3 * Math.Sqrt(2), square.MaxPx, 1e-12);
        Assert.Equal(3, square.MinPx, 1e-12);
        Assert.Contains(Math.Round(square.MaxDirectionDeg, 9), new[] { 45.0, 135 });

        // 8 × 1, the long side turned by 30° as seen: widths 1 along 120°; the diagonal √65 at 30° ± atan(1/8).
        double c = Math.Cos(Math.PI / 6);
        double s = Math.Sin(Math.PI / 6);
        PointPx[] rectangle = [.. new (double U, double V)[] { (0, 0), (8, 0), (8, 1), (0, 1) }.Select(p => new PointPx((p.U * c) - (p.V * s), -((p.U * s) + (p.V * c))))];
        FeretDiameters feret = Polygons.Feret(rectangle);
        Assert.Equal(Math.Sqrt(65), feret.MaxPx, 1e-9);
        Assert.Equal(1, feret.MinPx, 1e-9);
        Assert.Equal(120, feret.MinDirectionDeg, 1e-6);
        Assert.Equal(Math.Atan2(1, 8) * 180 / Math.PI, Math.Abs(feret.MaxDirectionDeg - 30), 1e-6);

        FeretDiameters segment = Polygons.Feret(new PointPx[] { new(0, 0), new(0, 5) });
        Assert.Equal((5.0, 90.0, 0.0, 0.0), (segment.MaxPx, segment.MaxDirectionDeg, segment.MinPx, segment.MinDirectionDeg));
        FeretDiameters point = Polygons.Feret(new PointPx[] { new(2, 3) });
        Assert.Equal((0.0, 0.0), (point.MaxPx, point.MinPx));
    }

    [Fact]
    public void Feret_Ellipse_GivesItsAxesAndAngle()
    {
        // Half axes 10 and 4, the long one at 25° as seen; 720 points stand at most 0.25° apart in the parameter: axes short by 1e-5.
        PointPx[] ellipse = Ellipse(10, 4, 25, 720);
        FeretDiameters feret = Polygons.Feret(ellipse);
        Assert.Equal(20, feret.MaxPx, 1e-3);
        Assert.Equal(8, feret.MinPx, 1e-3);
        Assert.Equal(25, feret.MaxDirectionDeg, 0.2);
        Assert.Equal(115, feret.MinDirectionDeg, 0.5);
        Assert.Equal(Math.PI * 40, Polygons.Area(ellipse), 0.01);

        // Seen through pixels half as high, the same ellipse: points stretched by 2 in y, scaled back by 0.5.
        FeretDiameters scaled = Polygons.Feret([.. ellipse.Select(p => new PointPx(p.XPx, 2 * p.YPx))], 0.5);
        Assert.Equal(feret.MaxPx, scaled.MaxPx, 1e-9);
        Assert.Equal(feret.MinPx, scaled.MinPx, 1e-9);
        Assert.Equal(feret.MaxDirectionDeg, scaled.MaxDirectionDeg, 1e-9);
    }

    [Fact]
    public void Feret_RandomPoints_EqualsTheDirectSearch()
    {
        Random random = new(8);
        for (int trial = 0; trial < 300; trial++)
        {
            // Every third set on a coarse grid: parallel sides and points on lines.
            PointPx[] points = new PointPx[3 + (trial % 20)];
            for (int i = 0; i < points.Length; i++)
            {
                points[i] = trial % 3 == 0 ? new(random.Next(5), random.Next(5)) : new(random.NextDouble() * 10, random.NextDouble() * 4);
            }

            double max = points.Max(a => points.Max(b => double.Hypot(a.XPx - b.XPx, a.YPx - b.YPx)));
            PointPx[] hull = Polygons.ConvexHull(points);
            double min = hull.Length < 3 ? 0 : double.PositiveInfinity;
            for (int i = 0; hull.Length >= 3 && i < hull.Length; i++)
            {
                PointPx a = hull[i];
                PointPx b = hull[(i + 1) % hull.Length];
                double length = double.Hypot(b.XPx - a.XPx, b.YPx - a.YPx);
                min = Math.Min(min, points.Max(p => Math.Abs(((b.XPx - a.XPx) * (p.YPx - a.YPx)) - ((b.YPx - a.YPx) * (p.XPx - a.XPx))) / length));
            }

            FeretDiameters feret = Polygons.Feret(points);
            Assert.Equal(max, feret.MaxPx, 1e-9);
            Assert.Equal(min, feret.MinPx, 1e-9);

            // The width measured along the direction given is the one given.
            double nx = Math.Cos(feret.MinDirectionDeg * Math.PI / 180);
            double ny = -Math.Sin(feret.MinDirectionDeg * Math.PI / 180);
            double[] along = Array.ConvertAll(points, p => (p.XPx * nx) + (p.YPx * ny));
            Assert.Equal(min, along.Max() - along.Min(), 1e-9);
        }
    }

    [Fact]
    public void Polygons_ListsAndSpans_GiveTheSame()
    {
        List<PointPx> list = [.. Square];
        Assert.Equal(Polygons.Area(Square), Polygons.Area(list));
        Assert.Equal(Polygons.Feret(Square), Polygons.Feret(list));
        Assert.Equal(Polygons.Moments(Square), Polygons.Moments(list.AsReadOnly()));
        Assert.Throws<ArgumentException>(() => Polygons.Area(new List<PointPx>()));
        Assert.Throws<ArgumentOutOfRangeException>(() => Polygons.Perimeter(list, 0));
    }

    private static PointPx[] Ellipse(double a, double b, double angleDeg, int n)
    {
        double c = Math.Cos(angleDeg * Math.PI / 180);
        double s = Math.Sin(angleDeg * Math.PI / 180);
        PointPx[] points = new PointPx[n];
        for (int i = 0; i < n; i++)
        {
            double u = a * Math.Cos(2 * Math.PI * i / n);
            double v = b * Math.Sin(2 * Math.PI * i / n);
            points[i] = new PointPx(50 + (u * c) - (v * s), 60 - ((u * s) + (v * c)));
        }

        return points;
    }
}
