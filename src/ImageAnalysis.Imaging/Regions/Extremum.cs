using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <summary>The smaller or the larger of two values: what erosion and dilation differ in.</summary>
internal interface IExtremum<T>
    where T : unmanaged
{
    /// <summary>The value that never wins: what lies outside the image.</summary>
    static abstract T Neutral { get; }

    static abstract T Of(T a, T b);

    static abstract Vector256<T> Of(Vector256<T> a, Vector256<T> b);
}

internal readonly struct SmallerByte : IExtremum<byte>
{
    public static byte Neutral => byte.MaxValue;

    public static byte Of(byte a, byte b) => a < b ? a : b;

    public static Vector256<byte> Of(Vector256<byte> a, Vector256<byte> b) => Vector256.Min(a, b);
}

internal readonly struct LargerByte : IExtremum<byte>
{
    public static byte Neutral => byte.MinValue;

    public static byte Of(byte a, byte b) => a > b ? a : b;

    public static Vector256<byte> Of(Vector256<byte> a, Vector256<byte> b) => Vector256.Max(a, b);
}

internal readonly struct SmallerFloat : IExtremum<float>
{
    public static float Neutral => float.PositiveInfinity;

    public static float Of(float a, float b) => a < b ? a : b;

    public static Vector256<float> Of(Vector256<float> a, Vector256<float> b) => Vector256.MinNative(a, b);
}

internal readonly struct LargerFloat : IExtremum<float>
{
    public static float Neutral => float.NegativeInfinity;

    public static float Of(float a, float b) => a > b ? a : b;

    public static Vector256<float> Of(Vector256<float> a, Vector256<float> b) => Vector256.MaxNative(a, b);
}
