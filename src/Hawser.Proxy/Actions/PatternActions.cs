using System.Text;
using Hawser.Config.Syntax;
using Hawser.Expressions.LogFormat;
using Hawser.Expressions.Patterns;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Http;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Actions;

/// <summary>
/// Actions that change lists of patterns and maps, as the runtime API does. They are the one place on the data path that
/// allocates: a new entry has to live somewhere.
/// </summary>
internal static class PatternActions
{
    public static ActionRow[] Rows { get; } =
    [
        Row("add-acl", "add-acl(<file-name>) <key fmt>", RuleSets.HttpMessages, isMap: false, hasValue: false, Add, "adds a pattern to a list"),
        Row("del-acl", "del-acl(<file-name>) <key fmt>", RuleSets.HttpRules, isMap: false, hasValue: false, Remove, "takes a pattern out of a list"),
        Row("set-map", "set-map(<map-name>) <key fmt> <value fmt>", RuleSets.HttpRules, isMap: true, hasValue: true, Set, "the value of a key of a map"),
        Row("del-map", "del-map(<map-name>) <key fmt>", RuleSets.HttpRules, isMap: true, hasValue: false, Remove, "takes a key out of a map"),
    ];

    private delegate void Change(PatternList list, string key, string value);

    private static ActionRow Row(string name, string syntax, RuleSets sets, bool isMap, bool hasValue, Change change, string description) =>
        new(name, syntax, sets, reader => Parse(reader, isMap, hasValue, change), description) { HasParentheses = true };

    private static SessionAction? Parse(ActionReader reader, bool isMap, bool hasValue, Change change)
    {
        Word inside = reader.InParentheses!.Value;
        PatternList? list = reader.Context.Patterns.Open(inside.Text, isMap, out string? problem);
        if (list is null)
        {
            reader.Fail(inside.Origin, $"{reader.Subject} : {problem}");
            return null;
        }

        if (reader.Format(isHead: false) is not { } key) return null;
        if (!hasValue) return new ChangeList(list, key, null, change);
        return reader.Format(isHead: false) is { } value ? new ChangeList(list, key, value, change) : null;
    }

    /// <summary>Not a second time, as in HAProxy.</summary>
    private static void Add(PatternList list, string key, string value)
    {
        if (!list.Contains(key)) _ = list.Add(key, null);
    }

    private static void Remove(PatternList list, string key, string value) => _ = list.Remove(key);

    private static void Set(PatternList list, string key, string value) => _ = list.Set(key, value);

    private sealed class ChangeList(PatternList list, LogFormat key, LogFormat? value, Change change) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            if (!TryText(key, source, out string keyText) || !TryText(value, source, out string valueText)) return Rewriting.Failed(session);
            change(list, keyText, valueText);
            return RuleVerdict.None;
        }

        private static bool TryText(LogFormat? format, SessionLogSource source, out string result)
        {
            result = "";
            if (format is null) return true;
            if (!FormattedText.TryMake(format, source, out FormattedText text)) return false;
            using FormattedText made = text;
            result = Encoding.UTF8.GetString(made.Text);
            return true;
        }
    }
}
