using Hawser.Expressions.Compilation;
using Hawser.Expressions.Converters;

namespace Hawser.Proxy.Logging;

/// <summary>What expressions over a session are made of.</summary>
public static class LogVocabulary
{
    public static Vocabulary All { get; } = new(LogFetchRows.All, ConverterFamilies.All);
}
