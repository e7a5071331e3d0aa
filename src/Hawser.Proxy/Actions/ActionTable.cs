using System.Collections.Frozen;
using System.Collections.Generic;
using System.Linq;

namespace Hawser.Proxy.Actions;

/// <summary>All actions of rules, by name.</summary>
public static class ActionTable
{
    private static readonly FrozenDictionary<string, ActionRow> s_rows = Rows().ToFrozenDictionary(row => row.Name);

    public static IEnumerable<ActionRow> All => s_rows.Values;

    public static ActionRow? Find(string name) => s_rows.GetValueOrDefault(name);

    private static IEnumerable<ActionRow> Rows() =>
    [
        .. DecisionActions.Rows,
        .. VariableActions.Rows,
        .. AddressActions.Rows,
        .. PacketActions.Rows,
        .. StreamActions.Rows,
        .. HeaderActions.Rows,
        .. BinaryHeaderActions.Rows,
        .. TargetActions.Rows,
        .. NormalizeActions.Rows,
        .. StatusActions.Rows,
        .. ReplyActions.Rows,
        .. RedirectActions.Rows,
        .. AuthActions.Rows,
        .. CaptureActions.Rows,
        .. TimeoutActions.Rows,
        .. WaitActions.Rows,
        .. RewriteModeActions.Rows,
        .. EarlyHintActions.Rows,
        .. PatternActions.Rows,
        .. BandwidthActions.Rows,
        .. ServiceActions.Rows,

        // Known, and not there yet: they need tables, other protocols, or parts that are still to come.
        NotYet("cache-store", RuleSets.HttpResponse, "cache-store <name>"),
        NotYet("cache-use", RuleSets.HttpRequest, "cache-use <name> [no-early-hints]"),
        NotYet("attach-srv", RuleSets.Session, "attach-srv <srv> [name <expr>]"),
        NotYet("do-resolve", RuleSets.AnyRequest, "do-resolve(<var>,<resolvers>[,ipv4|ipv6]) <expr>"),
        NotYet("sc-add-gpc", RuleSets.All | RuleSets.HttpRules, "sc-add-gpc(<idx>,<sc-id>) { <int> | <expr> }"),
        NotYet("sc-inc-gpc", RuleSets.All | RuleSets.HttpRules, "sc-inc-gpc(<idx>,<sc-id>)"),
        NotYet("sc-inc-gpc0", RuleSets.All | RuleSets.HttpRules, "sc-inc-gpc0(<sc-id>)"),
        NotYet("sc-inc-gpc1", RuleSets.All | RuleSets.HttpRules, "sc-inc-gpc1(<sc-id>)"),
        NotYet("sc-set-gpt", RuleSets.All | RuleSets.HttpRules, "sc-set-gpt(<idx>,<sc-id>) { <int> | <expr> }"),
        NotYet("sc-set-gpt0", RuleSets.All | RuleSets.HttpRules, "sc-set-gpt0(<sc-id>) { <int> | <expr> }"),
        NotYet("send-spoe-group", RuleSets.Content | RuleSets.HttpMessages, "send-spoe-group <engine-name> <group-name>"),
        NotYet("track-sc0", RuleSets.Request | RuleSets.HttpMessages, "track-sc0 <key> [table <table>]"),
        NotYet("track-sc1", RuleSets.Request | RuleSets.HttpMessages, "track-sc1 <key> [table <table>]"),
        NotYet("track-sc2", RuleSets.Request | RuleSets.HttpMessages, "track-sc2 <key> [table <table>]"),
    ];

    private static ActionRow NotYet(string name, RuleSets sets, string syntax) => new(name, syntax, sets, null, "");
}
