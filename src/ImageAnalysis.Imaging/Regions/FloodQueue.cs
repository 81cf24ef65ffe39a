using System.Buffers;
using System.Runtime.CompilerServices;

namespace ImageAnalysis.Imaging;

/// <summary>
/// A queue of pixels ordered by height and, among equals, by time of arrival, for floods that never go down again: a pixel lower than the present water level joins
/// the end of the present level. Heights are sorted into 65,536 lists of pixels; only the list in turn is ordered exactly: sorted where it holds unequal heights, with a heap
/// for what arrives while it is in turn.
/// </summary>
/// <remarks>Lists are chains of chunks of pixels, so that the pixels whose turn comes next are known and can be called into cache.</remarks>
internal sealed class FloodQueue : IDisposable
{
    /// <summary>The most pixels that are taken at once.</summary>
    internal const int MostTaken = 32;

    private const int ListCount = 1 << 16;
    private const int ChunkSize = MostTaken;
    private const int None = -1;

    private readonly Chain[] _lists = ArrayPool<Chain>.Shared.Rent(ListCount);
    private readonly float _lowest;
    private readonly float _scale;
    private readonly PriorityQueue<Entry, (float Height, long Order)> _heap = new();
    private Entry[] _chunks = ArrayPool<Entry>.Shared.Rent(1 << 14);
    private int[] _nextChunks = ArrayPool<int>.Shared.Rent((1 << 14) / ChunkSize);
    private Entry[] _sorted = ArrayPool<Entry>.Shared.Rent(1 << 10);
    private Entry[] _unsorted = ArrayPool<Entry>.Shared.Rent(1 << 10);
    private ulong[] _keys = ArrayPool<ulong>.Shared.Rent(1 << 10);
    private int _sortedCount;
    private int _sortedAt;
    private int _usedChunks;
    private int _freeChunk = None;
    private int _list = None;
    private long _order;
    private Chain _now = Chain.Empty;
    private int _taken; // entries taken from the first chunk of _now
    private float _level = float.NegativeInfinity;

    /// <summary>An empty queue.</summary>
    /// <param name="lowest">A height not above any that will be added.</param>
    /// <param name="highest">A height not below any that will be added.</param>
    internal FloodQueue(float lowest, float highest)
    {
        _lists.AsSpan(0, ListCount).Fill(Chain.Empty);
        _lowest = lowest;

        // A power of two keeps equal steps of integers equal: then every list holds one height and needs no sorting.
        double range = (double)highest - lowest;
        double scale = range > 0 ? Math.Pow(2, Math.Floor(Math.Log2((ListCount - 2) / range))) : 1;
        _scale = (float)Math.Clamp(scale, 1e-30, 1e30);
    }

    /// <summary>A pixel and its height.</summary>
    internal readonly record struct Entry(int Pixel, float Height);

    /// <summary>Adds a pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(int pixel, float height)
    {
        if (height <= _level)
        {
            Append(ref _now, new Entry(pixel, height));
        }
        else
        {
            AddAbove(pixel, height);
        }
    }

    /// <summary>Takes the next pixels, as many as stand together: the lowest, of equals those that came first. Pixels added meanwhile come after them.</summary>
    /// <param name="turn">Receives the pixels; room for <see cref="MostTaken"/>.</param>
    /// <returns>The number of pixels; 0 when the queue is empty.</returns>
    internal int Take(Span<Entry> turn)
    {
        if (_now.First != None && _taken == _now.CountIn(_now.First, ChunkSize))
        {
            if (_now.First == _now.Last)
            {
                // The chunk stays at hand: pixels at this level may still be added to it.
                if (_taken == ChunkSize)
                {
                    Free(_now.First);
                    _now = Chain.Empty;
                    _taken = 0;
                }
            }
            else
            {
                int done = _now.First;
                _now.First = _nextChunks[done];
                Free(done);
                _taken = 0;
            }
        }

        if (_now.First == None || _taken == _now.CountIn(_now.First, ChunkSize))
        {
            if (!Advance())
            {
                return 0;
            }
        }

        int end = _now.CountIn(_now.First, ChunkSize);
        int count = end - _taken;
        _chunks.AsSpan((_now.First * ChunkSize) + _taken, count).CopyTo(turn);
        _taken = end;
        return count;
    }

    public void Dispose()
    {
        ArrayPool<Chain>.Shared.Return(_lists);
        ArrayPool<Entry>.Shared.Return(_chunks);
        ArrayPool<int>.Shared.Return(_nextChunks);
        ArrayPool<Entry>.Shared.Return(_sorted);
        ArrayPool<Entry>.Shared.Return(_unsorted);
        ArrayPool<ulong>.Shared.Return(_keys);
    }

    private void AddAbove(int pixel, float height)
    {
        int list = Math.Clamp((int)((height - _lowest) * _scale), 0, ListCount - 1);
        if (list == _list)
        {
            _heap.Enqueue(new Entry(pixel, height), (height, _order++));
        }
        else
        {
            Append(ref _lists[list], new Entry(pixel, height));
        }
    }

    private void Append(ref Chain chain, Entry entry)
    {
        if (chain.LastCount == ChunkSize)
        {
            int chunk = NewChunk();
            if (chain.First == None)
            {
                chain.First = chunk;
            }
            else
            {
                _nextChunks[chain.Last] = chunk;
            }

            chain.Last = chunk;
            chain.LastCount = 0;
        }

        _chunks[(chain.Last * ChunkSize) + chain.LastCount++] = entry;
    }

    private int NewChunk()
    {
        int chunk = _freeChunk;
        if (chunk != None)
        {
            _freeChunk = _nextChunks[chunk];
            return chunk;
        }

        chunk = _usedChunks++;
        if ((chunk + 1) * ChunkSize > _chunks.Length)
        {
            _chunks = Larger(_chunks);
        }

        if (chunk >= _nextChunks.Length)
        {
            _nextChunks = Larger(_nextChunks);
        }

        return chunk;
    }

    private void Free(int chunk)
    {
        _nextChunks[chunk] = _freeChunk;
        _freeChunk = chunk;
    }

    private static T[] Larger<T>(T[] array)
    {
        T[] larger = ArrayPool<T>.Shared.Rent(2 * array.Length);
        array.CopyTo(larger, 0);
        ArrayPool<T>.Shared.Return(array);
        return larger;
    }

    // Raises the water to the next height at which a pixel waits.
    private bool Advance()
    {
        if (_now.First != None)
        {
            Free(_now.First);
            _now = Chain.Empty;
        }

        _taken = 0;
        if (_heap.Count == 0 && _sortedAt == _sortedCount)
        {
            do
            {
                _list++;
            }
            while (_list < ListCount && _lists[_list].First == None);
            if (_list == ListCount)
            {
                _list--;
                return false;
            }

            Chain chain = _lists[_list];
            _lists[_list] = Chain.Empty;
            if (HasOneHeight(chain))
            {
                _level = _chunks[chain.First * ChunkSize].Height;
                _now = chain;
                return true;
            }

            Sort(chain);
        }

        // What was sorted came before what is in the heap.
        _level = _sortedAt < _sortedCount ? _sorted[_sortedAt].Height : float.PositiveInfinity;
        _level = _heap.Count > 0 ? Math.Min(_level, _heap.Peek().Height) : _level;
        while (_sortedAt < _sortedCount && _sorted[_sortedAt].Height == _level)
        {
            Append(ref _now, _sorted[_sortedAt++]);
        }

        while (_heap.Count > 0 && _heap.Peek().Height == _level)
        {
            Append(ref _now, _heap.Dequeue());
        }

        return true;
    }

    // Sorts a list by height and, among equals, by its own order; gives its chunks back.
    private void Sort(Chain chain)
    {
        _sortedCount = 0;
        _sortedAt = 0;
        for (int chunk = chain.First; chunk != None;)
        {
            ReadOnlySpan<Entry> entries = _chunks.AsSpan(chunk * ChunkSize, chain.CountIn(chunk, ChunkSize));
            if (_sortedCount + ChunkSize > _sorted.Length)
            {
                _sorted = Larger(_sorted);
                _unsorted = Larger(_unsorted);
                _keys = Larger(_keys);
            }

            entries.CopyTo(_unsorted.AsSpan(_sortedCount));
            _sortedCount += entries.Length;
            int next = chunk == chain.Last ? None : _nextChunks[chunk];
            Free(chunk);
            chunk = next;
        }

        for (int i = 0; i < _sortedCount; i++)
        {
            int bits = BitConverter.SingleToInt32Bits(_unsorted[i].Height);
            uint ordered = (uint)(bits ^ ((bits >> 31) | int.MinValue));
            _keys[i] = ((ulong)ordered << 32) | (uint)i;
        }

        _keys.AsSpan(0, _sortedCount).Sort();
        for (int i = 0; i < _sortedCount; i++)
        {
            _sorted[i] = _unsorted[(int)(uint)_keys[i]];
        }
    }

    private bool HasOneHeight(Chain chain)
    {
        float height = _chunks[chain.First * ChunkSize].Height;
        for (int chunk = chain.First; ; chunk = _nextChunks[chunk])
        {
            foreach (Entry entry in _chunks.AsSpan(chunk * ChunkSize, chain.CountIn(chunk, ChunkSize)))
            {
                if (entry.Height != height)
                {
                    return false;
                }
            }

            if (chunk == chain.Last)
            {
                return true;
            }
        }
    }

    private struct Chain
    {
        public int First;
        public int Last;
        public int LastCount;

        public static Chain Empty => new() { First = None, Last = None, LastCount = ChunkSize };

        public readonly int CountIn(int chunk, int full) => chunk == Last ? LastCount : full;
    }
}
