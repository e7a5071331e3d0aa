using System;

namespace Hawser.CommandLine;

/// <summary>Kinds of names that <c>-dK</c> lists.</summary>
[Flags]
public enum KeywordClass
{
    None = 0,
    AclKeywords = 1,
    Configuration = 2,
    Commands = 4,
    Converters = 8,
    Filters = 16,
    Fetches = 32,
    Services = 64,
    All = 127,
}
