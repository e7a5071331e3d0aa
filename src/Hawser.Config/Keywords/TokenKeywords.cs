using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>Settings of the process for encrypted JSON web tokens.</summary>
internal static class TokenKeywords
{
    public static IEnumerable<KeywordRow<GlobalContext>> Rows =>
    [
        List("jwt.decrypt_alg_list", TokenConfig.AllKeyAlgorithms, static (tokens, names) => tokens with { KeyAlgorithms = names },
            "algorithms that the key of an encrypted token may come by"),
        List("jwt.decrypt_enc_list", TokenConfig.AllContentAlgorithms, static (tokens, names) => tokens with { ContentAlgorithms = names },
            "algorithms that the content of an encrypted token may be encrypted with"),
    ];

    /// <summary>Names with colons between; "ALL", and "!" before what is taken away.</summary>
    private static KeywordRow<GlobalContext> List(
        string name, ImmutableHashSet<string> all, Func<TokenConfig, ImmutableHashSet<string>, TokenConfig> set, string doc) =>
        GlobalRows.Row(name, "[ <list> ]", (line, context) =>
        {
            ImmutableHashSet<string> allowed = [];
            if (!line.TryTake(out Word word)) return;
            foreach (string part in word.Text.Split(':', StringSplitOptions.RemoveEmptyEntries))
            {
                bool isTakenAway = part[0] == '!';
                string algorithm = isTakenAway ? part[1..] : part;
                ImmutableHashSet<string> meant = algorithm == "ALL" ? all : [algorithm];
                if (!meant.IsSubsetOf(all))
                {
                    line.Reject(DiagnosticCodes.BadChoice, word.Origin, $"Unknown algorithm/encoding {algorithm}");
                    return;
                }

                allowed = isTakenAway ? allowed.Except(meant) : allowed.Union(meant);
            }

            context.Config = context.Config with { Tokens = set(context.Config.Tokens, allowed) };
        }, doc);
}
