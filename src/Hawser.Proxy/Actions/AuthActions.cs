using System;
using Hawser.Config.Syntax;
using Hawser.Protocols.Http;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Http;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Actions;

/// <summary>"auth": asks for a name and a password. Whether they are right is a condition's matter ("http_auth").</summary>
internal static class AuthActions
{
    private const int ServerStatus = 401;
    private const int ProxyStatus = 407;

    public static ActionRow[] Rows { get; } =
    [
        new("auth", "auth [realm <realm>]", RuleSets.HttpRequest, Parse, "asks for a user and a password") { IsFinal = true },
    ];

    private static SessionAction? Parse(ActionReader reader)
    {
        string realm = reader.Proxy.Name;
        if (reader.TryTake(out Word word))
        {
            if (word.Text != "realm" || !reader.TryTake(out Word name))
            {
                reader.Fail(word.Origin, $"{reader.Subject} : only accepts 'realm' followed by a name (got '{word.Text}')");
                return null;
            }

            realm = name.Text;
        }

        return Challenge(realm);
    }

    /// <summary>What asks for a user and a password of that realm.</summary>
    public static SessionAction Challenge(string realm) => new Auth(ConfigText.Encode($"Basic realm=\"{realm}\""));

    private sealed class Auth(byte[] challenge) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            HttpExchange http = session.Http!;
            bool asProxy = session.FrontendHttp!.UsesProxyHeader && TargetParts.Of(TargetOf(http.Request)) is { HasAuthority: true };
            http.IsAnswered = HttpAnswers.TryBeginError(session, asProxy ? ProxyStatus : ServerStatus) && TryChallenge(http, asProxy);
            return RuleVerdict.Answer;
        }

        private bool TryChallenge(HttpExchange http, bool asProxy)
        {
            if (http.IsSilent) return true;
            ReadOnlySpan<byte> name = asProxy ? "proxy-authenticate"u8 : "www-authenticate"u8;
            http.Response.Remove(name);
            return http.Response.TryAdd(name, challenge);
        }

        private static unsafe ReadOnlySpan<byte> TargetOf(HttpMessage request) => request.Target.In(request.Block);
    }
}
