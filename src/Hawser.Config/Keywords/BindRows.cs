using System;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>Shapes that rows of bind lines share.</summary>
internal static class BindRows
{
    public static KeywordRow<BindContext> Row(
        string name, string usage, KeywordParser<BindContext> parse, string doc) =>
        new(name, usage, SectionSet.None, KeywordStatus.Implemented, doc) { Parse = parse };

    public static KeywordRow<BindContext> Flag(string name, Func<BindConfig, BindConfig> set, string doc) =>
        Row(name, "", (_, context) => context.Bind = set(context.Bind), doc);

    public static KeywordRow<BindContext> Number(
        string name, int min, int max, Func<BindConfig, int, BindConfig> set, string doc) =>
        Row(name, "<number>", (line, context) =>
        {
            if (line.TryInteger(min, max, out int value)) context.Bind = set(context.Bind, value);
        }, doc);

    public static KeywordRow<BindContext> Text(
        string name, string what, Func<BindConfig, Located<string>, BindConfig> set, string doc) =>
        Row(name, $"<{what}>", (line, context) =>
        {
            if (line.TryExpect($": missing {what}", out Word word))
                context.Bind = set(context.Bind, new Located<string>(word.Text, word.Origin));
        }, doc);
}
