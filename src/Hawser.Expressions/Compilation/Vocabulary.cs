namespace Hawser.Expressions.Compilation;

/// <summary>All that expressions can be made of. Put together once by who owns the rows.</summary>
public sealed record Vocabulary(FetchRows Fetches, ConverterRows Converters);
