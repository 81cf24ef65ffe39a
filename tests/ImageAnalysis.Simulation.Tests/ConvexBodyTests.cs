using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation.Tests;

public sealed class ConvexBodyTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(30.0)]
    [InlineData(90.0)]
    [InlineData(155.0)]
    public void Outline_Ellipsoid_HasTheEllipsesAxesAreaAndAngle(double angleDeg)
    {
        ConvexOutline outline = ConvexOutline.Of(ConvexBody.Superellipsoid(6.0, 4.0, 5.0, angleDeg, 2));

        Assert.Equal(6.0, outline.FeretMaxNm, 1e-3);
        Assert.Equal(4.0, outline.FeretMinNm, 1e-3);
        Assert.Equal(Math.PI * 3.0 * 2.0, outline.AreaNm2, 2e-3); // π·a·b less 5e-5 of it: chords
        Assert.Equal(0.0, outline.CentroidXNm, 1e-9);

        // Vertices are a degree apart, so that the long axis is found to the nearest one.
        double off = Math.Abs(outline.LongAxisDeg - angleDeg);
        Assert.True(Math.Min(off, 180.0 - off) < 1.5, $"{outline.LongAxisDeg}");
    }

    [Fact]
    public void Thickness_OfASphere_IsTheChord()
    {
        ConvexBody sphere = ConvexBody.Sphere(4.0);
        ConvexBody.LineState state = default;
        for (double x = -2.5; x <= 2.5; x += 0.01)
        {
            double chord = 2.0 * Math.Sqrt(Math.Max(0.0, 4.0 - (x * x) - 0.25));

            // Newton's method stops at steps of 1e-4 of the radius, which leaves 1e-8 of it, more where the surface is steep.
            Assert.Equal(chord, sphere.Thickness(x, 0.5, 2.0, ref state), 2e-5);
        }
    }

    [Fact]
    public void Thickness_WhateverLineCameBefore_IsTheSame()
    {
        var random = new RandomStream(11, "lines");
        ConvexBody body = RandomCrystal.Draw(new HaadfFieldOptions(), random);
        ConvexBody.LineState near = default;
        for (double x = -1.3; x <= 1.3; x += 0.013)
        {
            ConvexBody.LineState fresh = default;
            double alone = body.Thickness(x, 0.2, 1.0, ref fresh);

            Assert.Equal(alone, body.Thickness(x, 0.2, 1.0, ref near), 2e-5);
        }
    }

    [Fact]
    public void Outline_OfRandomCrystals_HasTheFeretDiametersOfAllPairsAndEdges()
    {
        var random = new RandomStream(12, "shapes");
        foreach (int exponent in new[] { 4, 8, 16 })
        {
            for (int i = 0; i < 10; i++)
            {
                ConvexBody body = RandomCrystal.Draw(new HaadfFieldOptions { EdgeExponent = exponent, FaceScatterFraction = 0.15, ElongationFraction = 0.6 }, random);
                ConvexOutline outline = ConvexOutline.Of(body);
                PointPx[] points = outline.ToPixels(new PointPx(0, 0), 1.0, 1.0);

                // By brute force: all pairs of vertices, and the extent across each edge.
                double longest = points.Max(p => points.Max(q => Math.Sqrt(Math.Pow(p.XPx - q.XPx, 2) + Math.Pow(p.YPx - q.YPx, 2))));
                double narrowest = Enumerable.Range(0, points.Length).Min(k => Across(points, k));

                Assert.Equal(longest, outline.FeretMaxNm, 1e-6);
                Assert.Equal(narrowest, outline.FeretMinNm, 1e-6);
            }
        }
    }

    [Fact]
    public void Scale_OfACrystal_ScalesItsOutlineAndThickness()
    {
        ConvexBody body = RandomCrystal.Draw(new HaadfFieldOptions(), new RandomStream(13, "shapes"));
        ConvexOutline direct = ConvexOutline.Of(body.Scale(2.5));
        ConvexOutline scaled = ConvexOutline.Of(body).Scale(2.5);
        ConvexBody.LineState a = default, b = default;

        Assert.Equal(direct.FeretMaxNm, scaled.FeretMaxNm, 1e-8);
        Assert.Equal(direct.FeretMinNm, scaled.FeretMinNm, 1e-8);
        Assert.Equal(direct.AreaNm2, scaled.AreaNm2, 1e-7);
        Assert.Equal(2.5 * body.Thickness(0.1, 0.2, 1.0, ref a), body.Scale(2.5).Thickness(0.25, 0.5, 2.5, ref b), 1e-4);
    }

    [Fact]
    public void Gap_OfTwoSpheres_IsDistanceLessRadii()
    {
        ConvexOutline a = ConvexOutline.Of(ConvexBody.Sphere(4.0)), b = ConvexOutline.Of(ConvexBody.Sphere(2.0));

        // Distance 5: gap 5 − 2 − 1 = 2; distance 2.5: overlap by 0.5. 180 directions fall short by up to (1 − cos 1°) of the distance.
        Assert.Equal(2.0, ConvexOutline.Gap(a, b, 3.0, 4.0), 5 * 1.6e-4);
        Assert.Equal(-0.5, ConvexOutline.Gap(a, b, -1.5, 2.0), 2.5 * 1.6e-4);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Sphere_BadDiameter_Throws(double diameterNm) => Assert.Throws<ArgumentOutOfRangeException>(() => ConvexBody.Sphere(diameterNm));

    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    [InlineData(34)]
    public void Superellipsoid_BadExponent_Throws(int exponent) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ConvexBody.Superellipsoid(1, 1, 1, 0, exponent));

    private static double Across(PointPx[] points, int k)
    {
        PointPx p = points[k], q = points[(k + 1) % points.Length];
        double ex = q.XPx - p.XPx, ey = q.YPx - p.YPx, length = Math.Sqrt((ex * ex) + (ey * ey));
        return points.Max(r => Math.Abs((ex * (r.YPx - p.YPx)) - (ey * (r.XPx - p.XPx)))) / length;
    }
}
