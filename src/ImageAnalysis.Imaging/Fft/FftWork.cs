using System.Buffers;
using System.Runtime.InteropServices;

namespace ImageAnalysis.Imaging;

/// <summary>Rented work space of a transform, aligned to a cache line and kept in place until it is given back.</summary>
internal readonly unsafe ref struct FftWork : IDisposable
{
    private readonly float[] _rented;
    private readonly GCHandle _handle;

    /// <summary>Rents the space.</summary>
    /// <param name="floats">Number of floats.</param>
    internal FftWork(int floats)
    {
        _rented = ArrayPool<float>.Shared.Rent(checked(floats + 16));
        _handle = GCHandle.Alloc(_rented, GCHandleType.Pinned);
        Start = SplitPlanes.Aligned((float*)_handle.AddrOfPinnedObject());
    }

    /// <summary>The first float.</summary>
    internal float* Start { get; }

    /// <summary>Gives the space back.</summary>
    public void Dispose()
    {
        _handle.Free();
        ArrayPool<float>.Shared.Return(_rented);
    }
}
