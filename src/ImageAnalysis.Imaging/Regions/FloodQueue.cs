using System.Buffers;

namespace ImageAnalysis.Imaging;

/// <summary>
/// A queue of pixels ordered by height and, among equals, by time of arrival, for floods that never go down again: a pixel lower than the present water level joins
/// the end of the present level. Heights are sorted into 65,536 lists of pixels; only the list in turn is ordered exactly, with a heap where it holds unequal heights.
/// </summary>
internal sealed class FloodQueue : IDisposable
{
    private const int ListCount = 1 << 16;
    private const int None = -1;

    private readonly int[] _heads = ArrayPool<int>.Shared.Rent(ListCount);
    private readonly int[] _tails = ArrayPool<int>.Shared.Rent(ListCount);
    private readonly int[] _next;
    private readonly float[] _heights;
    private readonly float _lowest;
    private readonly float _scale;
    private readonly PriorityQueue<int, (float Height, long Order)> _heap = new();
    private long _order;
    private int _list;
    private int _nowHead = None;
    private int _nowTail = None;
    private float _level = float.NegativeInfinity;

    /// <summary>An empty queue for pixels 0 … heights.Length − 1.</summary>
    /// <param name="heights">Height of each pixel that may be added; kept, not copied.</param>
    /// <param name="pixelCount">Number of pixels; the array may be longer.</param>
    /// <param name="lowest">A height not above any that will be added.</param>
    /// <param name="highest">A height not below any that will be added.</param>
    internal FloodQueue(float[] heights, int pixelCount, float lowest, float highest)
    {
        _heights = heights;
        _next = ArrayPool<int>.Shared.Rent(pixelCount);
        _heads.AsSpan(0, ListCount).Fill(None);
        _lowest = lowest;

        // A power of two keeps equal steps of integers equal: then every list holds one height and needs no sorting.
        double range = (double)highest - lowest;
        double scale = range > 0 ? Math.Pow(2, Math.Floor(Math.Log2((ListCount - 2) / range))) : 1;
        _scale = (float)Math.Clamp(scale, 1e-30, 1e30);
    }

    /// <summary>Height of the water: that of the pixel taken last, −∞ before the first.</summary>
    internal float Level => _level;

    /// <summary>Adds a pixel that was never added before.</summary>
    internal void Add(int pixel)
    {
        float height = _heights[pixel];
        if (height <= _level)
        {
            AppendNow(pixel);
            return;
        }

        int list = ListOf(height);
        if (list == _list && _level > float.NegativeInfinity)
        {
            _heap.Enqueue(pixel, (height, _order++));
            return;
        }

        _next[pixel] = None;
        if (_heads[list] == None)
        {
            _heads[list] = pixel;
        }
        else
        {
            _next[_tails[list]] = pixel;
        }

        _tails[list] = pixel;
    }

    /// <summary>Takes the lowest pixel that came first; false when the queue is empty.</summary>
    internal bool TryTake(out int pixel)
    {
        if (_nowHead == None && !Advance())
        {
            pixel = None;
            return false;
        }

        pixel = _nowHead;
        _nowHead = _next[pixel];
        return true;
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_heads);
        ArrayPool<int>.Shared.Return(_tails);
        ArrayPool<int>.Shared.Return(_next);
    }

    private int ListOf(float height) => Math.Clamp((int)((height - _lowest) * _scale), 0, ListCount - 1);

    private void AppendNow(int pixel)
    {
        _next[pixel] = None;
        if (_nowHead == None)
        {
            _nowHead = pixel;
        }
        else
        {
            _next[_nowTail] = pixel;
        }

        _nowTail = pixel;
    }

    // Raises the water to the next height at which a pixel waits.
    private bool Advance()
    {
        if (_heap.Count == 0)
        {
            while (_list < ListCount && _heads[_list] == None)
            {
                _list++;
            }

            if (_list == ListCount)
            {
                return false;
            }

            int head = _heads[_list];
            _heads[_list] = None;
            float height = _heights[head];
            bool same = true;
            for (int p = _next[head]; p != None; p = _next[p])
            {
                same &= _heights[p] == height;
            }

            if (same)
            {
                _nowHead = head;
                _nowTail = _tails[_list];
                _level = height;
                return true;
            }

            for (int p = head; p != None; p = _next[p])
            {
                _heap.Enqueue(p, (_heights[p], _order++));
            }
        }

        _level = _heights[_heap.Peek()];
        while (_heap.Count > 0 && _heights[_heap.Peek()] == _level)
        {
            AppendNow(_heap.Dequeue());
        }

        return true;
    }
}
