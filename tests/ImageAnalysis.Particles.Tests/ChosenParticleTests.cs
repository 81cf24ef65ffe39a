using ImageAnalysis.Imaging;
using ImageAnalysis.Particles;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Tests.Particles;

public class ChosenParticleTests
{
    private static readonly Micrograph Image = HaadfSimulator.Simulate(new HaadfFieldOptions { ParticleCount = 30 }, Fields.Small, 3).ToMicrograph("field");

    [Fact]
    public void Chosen_WhereTheProgramHasAParticle_IsMeasuredAsTheProgramMeasuresIt()
    {
        Segmentation found = ParticleSegmenter.Segment(Image, new SegmentationOptions());
        IReadOnlyList<SizeMeasurement> all = ParticleSizer.Measure(Image, found, new SizeOptions());
        foreach (SizeMeasurement own in all.Where(size => size.Counted && !size.TouchesNeighbour).Take(5))
        {
            // Pointed at roughly: two pixels beside it and a tenth too large.
            Particle chosen = new(own.XPx + 2, own.YPx - 1, 0.55 * own.DiameterPx, 1000);
            SizeMeasurement again = ParticleSizer.MeasureChosen(Image, found, [chosen], [], new SizeOptions())[0]!;
            Assert.InRange(again.DiameterPx, 0.99 * own.DiameterPx, 1.01 * own.DiameterPx);
            Assert.InRange(again.XPx, own.XPx - 0.2, own.XPx + 0.2);
            Assert.Equal(own.Counted, again.Counted);
        }
    }

    [Fact]
    public void Chosen_OutsideTheImage_IsRefusedWithThePlace()
    {
        Segmentation found = ParticleSegmenter.Segment(Image, new SegmentationOptions());
        ArgumentException refused = Assert.Throws<ArgumentException>(() => ParticleSizer.MeasureChosen(Image, found, [new Particle(-5, 10, 20, 1)], [], new SizeOptions()));
        Assert.Contains("-5", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, 5, true)]
    [InlineData(15, 5, false)]
    [InlineData(5, -1, false)]
    [InlineData(8, 8, false)] // in the notch
    public void Polygon_Contains_TellsInsideFromOutside(double x, double y, bool expected) =>
        Assert.Equal(expected, Polygons.Contains([new PointPx(0, 0), new PointPx(10, 0), new PointPx(10, 6), new PointPx(6, 6), new PointPx(6, 10), new PointPx(0, 10)], new PointPx(x, y)));
}
