namespace ImageAnalysis.Formats.Png;

/// <summary>The data of several chunks as one stream, without copying them together.</summary>
internal sealed class PngDataStream(ReadOnlyMemory<byte> file, IReadOnlyList<PngChunk> chunks) : Stream
{
    private int _chunk;
    private int _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        while (_chunk < chunks.Count)
        {
            PngChunk chunk = chunks[_chunk];
            int count = Math.Min(buffer.Length, chunk.Length - _at);
            if (count > 0)
            {
                file.Span.Slice(chunk.DataOffset + _at, count).CopyTo(buffer);
                _at += count;
                return count;
            }

            if (buffer.IsEmpty)
            {
                return 0;
            }

            _chunk++;
            _at = 0;
        }

        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
