using System.Buffers.Binary;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Samples;

/// <summary>Outlines as the store keeps them: pairs of little-endian 32-bit floats (to a ten-thousandth of a pixel in the largest images).</summary>
internal static class OutlineBytes
{
    public static byte[] Pack(IReadOnlyList<PointPx> outline)
    {
        byte[] bytes = new byte[outline.Count * 8];
        for (int i = 0; i < outline.Count; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * 8), (float)outline[i].XPx);
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan((i * 8) + 4), (float)outline[i].YPx);
        }

        return bytes;
    }

    public static PointPx[] Unpack(byte[] bytes)
    {
        PointPx[] outline = new PointPx[bytes.Length / 8];
        for (int i = 0; i < outline.Length; i++)
        {
            outline[i] = new PointPx(
                BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * 8)), BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan((i * 8) + 4)));
        }

        return outline;
    }
}
