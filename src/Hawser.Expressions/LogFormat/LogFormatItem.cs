using Hawser.Expressions.Compilation;

namespace Hawser.Expressions.LogFormat;

internal enum LogFormatItemKind : byte
{
    /// <summary>Bytes as they are.</summary>
    Literal,

    /// <summary>A space, unless nothing or a space was written last.</summary>
    Separator,
    Alias,
    Sample,
}

internal readonly record struct LogFormatItem(LogFormatItemKind Kind)
{
    public LogFormatFlags Flags { get; init; }

    public ForcedType Type { get; init; }

    /// <summary>The literal's bytes, or the name of a <c>%(name)</c> item; empty when it has none.</summary>
    public byte[] Text { get; init; } = [];

    public AliasRow? Alias { get; init; }

    public SampleExpression? Expression { get; init; }
}
