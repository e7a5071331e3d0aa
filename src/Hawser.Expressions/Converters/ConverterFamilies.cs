using Hawser.Expressions.Compilation;

namespace Hawser.Expressions.Converters;

/// <summary>The converters that need nothing of the data plane: a family per file.</summary>
public static class ConverterFamilies
{
    public static ConverterRows All { get; } = new(
        TextConverters.Rows,
        NumberConverters.Rows,
        EncodingConverters.Rows,
        WordConverters.Rows,
        MapConverters.Rows);
}
