using System.Collections.Immutable;
using Hawser.Config.Syntax;

namespace Hawser.Config.Model;

/// <summary>A variable that gets its first value when the proxies are built, in the order of the lines.</summary>
/// <param name="IsFormat">Its value is a log-format, not an expression.</param>
/// <param name="Words">Of the value; compiled above this layer.</param>
public sealed record ProcessVariableConfig(bool IsFormat, Word Name, ImmutableArray<Word> Words);
