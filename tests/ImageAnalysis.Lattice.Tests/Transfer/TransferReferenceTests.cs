using System.Text.Json;
using ImageAnalysis.Formats;
using ImageAnalysis.Imaging;
using ImageAnalysis.Tests;

namespace ImageAnalysis.Lattice.Tests;

public sealed class TransferReferenceTests
{
    /// <summary>
    /// Images of an independent multislice program, whose files name no lens. Their defocus counts from the exit of all atoms; the film's middle lies above it by half the film, and by the particles where these
    /// lie on the exit side: 0 to 12 nm.
    /// </summary>
    [ReferenceTheory]
    [InlineData("2nm")]
    [InlineData("4nm")]
    [InlineData("6nm")]
    public void Estimate_ReferenceImages_FindDefocusAndTransferAtHalfOrder(string sample)
    {
        string folder = ReferenceData.PathOf("reference/images/hrtem/" + sample);
        using JsonDocument truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "truth.json")));
        foreach (JsonElement image in truth.RootElement.GetProperty("images").EnumerateArray())
        {
            string file = image.GetProperty("file").GetString()!;
            Micrograph micrograph = Assert.IsType<MicrographResult.Measurable>(
                MicrographReader.ToMicrograph(FileReader.Read(File.ReadAllBytes(Path.Combine(folder, file)), file), file, null)).Micrograph;
            TransferEstimate estimate = TransferEstimator.Estimate(micrograph, new());
            Assert.NotEqual(TransferKnowledge.Unknown, estimate.Knowledge);
            double offset = estimate.DefocusNm!.Value - image.GetProperty("defocus_nm").GetDouble();
            Assert.True(offset is > -2 and < 14, $"{file}: {offset} nm");
            Assert.Equal(image.GetProperty("Cs_mm").GetDouble(), estimate.SphericalAberrationMm, 0.1);

            // At g/2 up to 12 nm of height are 0.2 rad.
            TransferValue half = estimate.TransferAt(1.48, 0, 6)!.Value;
            double transfer = Math.Abs(image.GetProperty("ctf_at_half").GetDouble());
            Assert.InRange(transfer, half.LowFraction - 0.05, half.HighFraction + 0.05);
        }
    }
}
