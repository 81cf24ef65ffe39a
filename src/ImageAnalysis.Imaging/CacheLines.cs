using System.Runtime.Intrinsics.X86;

namespace ImageAnalysis.Imaging;

/// <summary>Memory in the pieces in which the processor moves it.</summary>
internal static unsafe class CacheLines
{
    /// <summary>Size of a piece in bytes.</summary>
    internal const int Bytes = 64;

    /// <summary>The first address of a cache line at or after one.</summary>
    internal static T* Aligned<T>(T* start)
        where T : unmanaged => (T*)(((nuint)start + Bytes - 1) & ~(nuint)(Bytes - 1));

    /// <summary>
    /// Calls memory into cache that will be read or written soon. For filters that go through several rows at once, piece by piece: the processor foresees what follows in a row, but
    /// not in which row it goes on. On processors without such a command nothing happens.
    /// </summary>
    internal static void Fetch<T>(T* start, int count)
        where T : unmanaged
    {
        byte* end = (byte*)(start + count);
        for (byte* at = (byte*)start; at < end; at += Bytes)
        {
            Fetch(at);
        }
    }

    /// <summary>Calls the cache line of a place into cache.</summary>
    internal static void Fetch<T>(T* at)
        where T : unmanaged
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(at);
        }
    }
}
