using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

public sealed class LengthUnitsTests
{
    [Theory]
    [InlineData("pm", 1e-3)]
    [InlineData("A", 0.1)]
    [InlineData("Å", 0.1)]
    [InlineData("\u212B", 0.1)] // the Angstrom sign
    [InlineData("A\u030A", 0.1)] // A and a combining ring
    [InlineData("Angstrom", 0.1)]
    [InlineData("Ångström", 0.1)]
    [InlineData("ångström", 0.1)]
    [InlineData("nm", 1)]
    [InlineData(" nm\0", 1)]
    [InlineData("NM", 1)]
    [InlineData("Nanometer", 1)]
    [InlineData("\u00B5m", 1e3)] // micro sign
    [InlineData("\u03BCm", 1e3)] // Greek mu
    [InlineData("um", 1e3)]
    [InlineData("micron", 1e3)]
    [InlineData("Microns", 1e3)]
    [InlineData("\\u00B5m", 1e3)] // as ImageJ escapes it
    [InlineData("\u00C2\u00B5m", 1e3)] // UTF-8 read as Latin-1
    [InlineData("mm", 1e6)]
    [InlineData("cm", 1e7)]
    [InlineData("m", 1e9)]
    [InlineData("metre", 1e9)]
    public void TryToNm_OfAUnitOfLength_GivesItsLength(string unit, double expected)
    {
        Assert.True(LengthUnits.TryToNm(unit, out double unitNm));
        Assert.Equal(expected, unitNm);
        Assert.False(LengthUnits.IsReciprocalOrAngle(unit));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("µ")]
    [InlineData("µn")]
    [InlineData("pixel")]
    [InlineData("<undefined>")]
    [InlineData("inch")]
    [InlineData("Mm")]
    [InlineData("PM")]
    [InlineData("M")]
    [InlineData("a")]
    [InlineData("s")]
    [InlineData("eV")]
    public void TryToNm_OfAnythingElse_GuessesNothing(string? unit)
    {
        Assert.False(LengthUnits.TryToNm(unit, out double unitNm));
        Assert.Equal(0, unitNm);
        Assert.False(LengthUnits.IsReciprocalOrAngle(unit));
    }

    [Theory]
    [InlineData("1/nm")]
    [InlineData("1/Å")]
    [InlineData("1 / nm")]
    [InlineData("nm^-1")]
    [InlineData("nm-1")]
    [InlineData("Å⁻¹")]
    [InlineData("mrad")]
    [InlineData("µrad")]
    [InlineData("rad")]
    [InlineData("deg")]
    [InlineData("°")]
    public void IsReciprocalOrAngle_OfUnitsOfDiffraction_IsTrue(string unit)
    {
        Assert.True(LengthUnits.IsReciprocalOrAngle(unit));
        Assert.False(LengthUnits.TryToNm(unit, out _));
    }
}
