using System;
using System.Collections.Generic;

namespace Hawser.Config.Legacy;

/// <summary>When the old rules of a section were processed: stage by stage, in the order of the file inside one.</summary>
internal enum LegacyStage
{
    /// <summary>Before the "http-request" rules.</summary>
    BeforeRules,

    /// <summary>After the "http-request" or "http-response" rules.</summary>
    AfterRules,

    /// <summary>Last.</summary>
    Additions,
}

/// <summary>A keyword of the rules that matched whole lines of a message (<c>reqadd</c>, <c>rspdel</c>, <c>reqdeny</c>, ...).</summary>
/// <param name="Arguments">Words in front of the condition.</param>
/// <param name="EndsRules">What it lets pass sees no further rule of its section.</param>
internal sealed record LegacyRule(
    string Name, int Arguments, string Usage, LegacyStage Stage, bool EndsRules, string Modern,
    Func<IReadOnlyList<string>, LegacyTranslation> Translate);
