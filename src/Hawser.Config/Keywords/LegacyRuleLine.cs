using System.Collections.Immutable;
using Hawser.Config.Diagnostics;
using Hawser.Config.Legacy;
using Hawser.Config.Model;

namespace Hawser.Config.Keywords;

/// <summary>An old rule of a section, read as rules of today that wait for the section's end.</summary>
internal sealed record LegacyRuleLine(LegacyRule Rule, Origin Origin, RuleSetKind Set, ImmutableArray<RuleConfig> Rules);
