using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Syntax;
using Hawser.Protocols.Http;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Http;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Actions;

/// <summary>"normalize-uri": see <see cref="UriNormalizers"/>.</summary>
internal static class NormalizeActions
{
    private static readonly Dictionary<string, Kind> s_kinds = new(StringComparer.Ordinal)
    {
        ["fragment-encode"] = new(TargetPart.PathAndQuery, UriNormalizers.EncodeFragment),
        ["fragment-strip"] = new(TargetPart.PathAndQuery, UriNormalizers.StripFragment),
        ["path-merge-slashes"] = new(TargetPart.Path, UriNormalizers.MergeSlashes),
        ["path-strip-dot"] = new(TargetPart.Path, UriNormalizers.StripDot),
        ["path-strip-dotdot"] = new(TargetPart.Path, UriNormalizers.StripDotDot, "full", UriNormalizers.StripDotDotFully),
        ["percent-decode-unreserved"] = new(TargetPart.PathAndQuery, UriNormalizers.DecodeUnreserved, "strict", UriNormalizers.DecodeUnreservedStrictly),
        ["percent-to-uppercase"] = new(TargetPart.PathAndQuery, UriNormalizers.UpperPercent, "strict", UriNormalizers.UpperPercentStrictly),
        ["query-sort-by-name"] = new(TargetPart.Query, UriNormalizers.SortByName),
    };

    public static ActionRow[] Rows { get; } =
    [
        new("normalize-uri", "normalize-uri <normalizer> [ full | strict ]", RuleSets.HttpRequest, Parse,
            $"another spelling of the same target: {string.Join(", ", s_kinds.Keys)}"),
    ];

    /// <param name="Option">A word that chooses <paramref name="WithOption"/>.</param>
    private sealed record Kind(
        TargetPart Part, UriNormalizers.Normalizer Normalize, string? Option = null, UriNormalizers.Normalizer? WithOption = null);

    private static SessionAction? Parse(ActionReader reader)
    {
        if (!reader.TryTake(out Word name) || !s_kinds.TryGetValue(name.Text, out Kind? kind))
        {
            reader.Fail(name.Origin, name.Text is null or ""
                ? $"{reader.Subject} : missing argument <normalizer>"
                : $"{reader.Subject} : unknown normalizer '{name.Text}'",
                $"known are {string.Join(", ", s_kinds.Keys.Order(StringComparer.Ordinal))}");
            return null;
        }

        if (!reader.HasMore) return new Normalize(kind.Part, kind.Normalize);
        reader.TryTake(out Word option);
        if (option.Text == kind.Option) return new Normalize(kind.Part, kind.WithOption!);
        reader.Fail(option.Origin, kind.Option is null
            ? $"{reader.Subject} : '{name.Text}' takes no option (got '{option.Text}')"
            : $"{reader.Subject} : invalid argument '{option.Text}' for '{name.Text}', only '{kind.Option}' is known");
        return null;
    }

    private sealed class Normalize(TargetPart part, UriNormalizers.Normalizer normalize) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            HttpMessage request = session.Http!.Request;
            if (!TargetRewriting.TryGet(request, part, out ReadOnlySpan<byte> current)) return RuleVerdict.None;
            if (!source.Scratch.TryEnter()) return Rewriting.Failed(session);
            Span<byte> output = source.Scratch.Take(default);
            int length = normalize(current, output);
            RuleVerdict verdict = RuleVerdict.None;
            if (length == UriNormalizers.Invalid)
                verdict = Refuse(session);
            else if (length < 0)
                verdict = Rewriting.Failed(session);
            else if (!output[..length].SequenceEqual(current)
                && !TargetRewriting.TryPut(request, part, output[..length], source.Scratch.Take(output)))
                verdict = Rewriting.Failed(session);
            source.Scratch.Leave();
            return verdict;
        }

        private static RuleVerdict Refuse(Session session)
        {
            session.CountRequestError();
            session.Http!.KeepsClient = false;
            return HttpAnswers.TryBeginError(session, 400) ? RuleVerdict.BadRequest : RuleVerdict.InternalError;
        }
    }
}
