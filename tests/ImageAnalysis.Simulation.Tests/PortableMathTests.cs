namespace ImageAnalysis.Simulation.Tests;

public sealed class PortableMathTests
{
    // The C library is right to 1 unit of the last place (1.1e-16); four operations of ours may add a few more: 1e-15 of the value.
    private const double Tolerance = 1e-15;

    [Fact]
    public void ExpAndLog_OverTheirRange_AgreeWithTheLibrary()
    {
        for (double x = -700.0; x < 700.0; x += 0.731)
        {
            Assert.Equal(1.0, PortableMath.Exp(x) / Math.Exp(x), Tolerance);
            double y = Math.Exp(x);
            Assert.Equal(x, PortableMath.Log(y), Tolerance * Math.Max(1.0, Math.Abs(x)));
        }

        Assert.Equal(0.0, PortableMath.Exp(-1000.0));
        Assert.Equal(0.0, PortableMath.Log(1.0));
    }

    [Fact]
    public void SinCos_OverManyTurns_AgreeWithTheLibrary()
    {
        for (double angle = -1000.0; angle < 1000.0; angle += 0.377)
        {
            (double sin, double cos) = PortableMath.SinCos(angle);

            // Two constants hold π/2 to 2e-17·1e-10: after 640 quarter turns the angle is still right to 1e-15.
            Assert.Equal(Math.Sin(angle), sin, 3e-15);
            Assert.Equal(Math.Cos(angle), cos, 3e-15);
        }
    }

    [Fact]
    public void Pow_WholeAndBroken_AgreeWithTheLibrary()
    {
        Assert.Equal(29.0 * 29.0 * 29.0, PortableMath.Pow(29.0, 3));
        Assert.Equal(1.0, PortableMath.Pow(5.0, 0));
        Assert.Equal(1.0, PortableMath.Pow(29.0, 1.7) / Math.Pow(29.0, 1.7), 1e-14);
    }
}
