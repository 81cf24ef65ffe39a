namespace ImageAnalysis.Particles;

/// <summary>Buffers for one row of pixels about a particle, grown when needed and kept; each span is a multiple of eight long.</summary>
internal sealed class RowBuffers
{
    private float[] _own = new float[64], _value = new float[64], _distance = new float[64], _added = new float[64];

    /// <summary>Makes room for a number of places.</summary>
    public void Hold(int count)
    {
        if (Whole(count) > _own.Length)
        {
            (_own, _value, _distance, _added) = (new float[Whole(count)], new float[Whole(count)], new float[Whole(count)], new float[Whole(count)]);
        }
    }

    /// <summary>Distances from the particle itself.</summary>
    public Span<float> Own(int count) => _own.AsSpan(0, Whole(count));

    /// <summary>Pixels.</summary>
    public Span<float> Value(int count) => _value.AsSpan(0, Whole(count));

    /// <summary>Distances from another particle.</summary>
    public Span<float> Distance(int count) => _distance.AsSpan(0, Whole(count));

    /// <summary>What another particle adds.</summary>
    public Span<float> Added(int count) => _added.AsSpan(0, Whole(count));

    private static int Whole(int count) => (count + 7) & ~7;
}
