using System.Text.Json;
using System.Text.Json.Serialization;
using ImageAnalysis.Lattice;

namespace ImageAnalysis.Samples;

/// <summary>Indices of lattice planes as a list of three numbers, <c>[1, 1, 1]</c>.</summary>
internal sealed class MillerIndexConverter : JsonConverter<MillerIndex>
{
    /// <inheritdoc/>
    public override MillerIndex Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        int[] indices = new int[3];
        for (int i = 0; i < indices.Length; i++)
        {
            reader.Read();
            indices[i] = reader.GetInt32();
        }

        reader.Read();
        return new MillerIndex(indices[0], indices[1], indices[2]);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, MillerIndex value, JsonSerializerOptions options) =>
        writer.WriteRawValue(FormattableString.Invariant($"[{value.H}, {value.K}, {value.L}]"));
}
