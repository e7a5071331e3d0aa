using System;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Protocols.Http;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Fetches;

/// <summary>What "Authorization" says, and whether a userlist knows it (manual, section 7.3.6).</summary>
internal static class HttpAuthFetches
{
    private static readonly ArgumentSignature s_list = ArgumentSignature.Required(ArgumentType.UserList);

    public static FetchRow[] Rows { get; } =
    [
        HttpSources.OfRequest("http_auth", s_list, SampleType.Boolean, IsKnown, "1.4", "whether user and password are in a userlist"),
        HttpSources.OfRequest("http_auth_group", s_list, SampleType.String, Groups, "1.5", "the groups of a userlist's user")
            with { Prepare = PrepareGroups, CheckPattern = CheckGroup },
        Basic("http_auth_user", static (user, _) => user, "the user's name"),
        Basic("http_auth_pass", static (_, password) => password, "the user's password"),
        HttpSources.OfRequest("http_auth_type", ArgumentSignature.None, SampleType.String, Type, "2.4", "the scheme: Basic or Bearer"),
        HttpSources.OfRequest("http_auth_bearer", ArgumentSignature.Optional(ArgumentType.Text), SampleType.String, Bearer, "2.5", "the token of the scheme Bearer"),
    ];

    private delegate ReadOnlySpan<byte> BasicReader(ReadOnlySpan<byte> user, ReadOnlySpan<byte> password);

    private static FetchRow Basic(string name, BasicReader read, string description) =>
        HttpSources.OfRequest(name, ArgumentSignature.None, SampleType.String,
            (HttpMessage message, SampleSource source, Arguments _, ref Sample sample) =>
            {
                if (!TryBasic(message, source, out ReadOnlySpan<byte> user, out ReadOnlySpan<byte> password)) return false;
                sample.SetString(read(user, password));
                return true;
            },
            "2.4",
            description);

    private static bool IsKnown(HttpMessage message, SampleSource source, Arguments arguments, ref Sample sample)
    {
        if (!TryBasic(message, source, out ReadOnlySpan<byte> user, out ReadOnlySpan<byte> password)) return false;
        sample.SetBoolean(((UserList)arguments.Reference(0)!).Authenticate(user, password) is not null);
        return true;
    }

    /// <summary>One group after the other; only ACLs can ask for it.</summary>
    private static bool Groups(HttpMessage message, SampleSource source, Arguments arguments, ref Sample sample)
    {
        if (!TryBasic(message, source, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> password)) return false;
        if (((UserList)arguments.Reference(0)!).Authenticate(name, password) is not { } user) return false;
        if (sample.Place >= user.Groups.Length) return false;
        sample.SetString(user.Groups[sample.Place]);
        sample.Place++;
        sample.HasMore = true;
        return true;
    }

    private static string? PrepareGroups(Arguments arguments, CompileContext context) =>
        context.IsCriterion ? null : "no groups specified: it is for ACLs only";

    private static string? CheckGroup(Arguments arguments, string group) =>
        ((UserList)arguments.Reference(0)!).HasGroup(group) ? null : $"invalid group '{group}'";

    private static bool Type(HttpMessage message, SampleSource source, Arguments arguments, ref Sample sample)
    {
        ReadOnlySpan<byte> value = Value(message, "authorization"u8);
        if (AuthorizationText.TryScheme(value, "Bearer"u8, out _)) sample.SetString("Bearer"u8);
        else if (TryBasic(message, source, out _, out _)) sample.SetString("Basic"u8);
        else return false;
        return true;
    }

    private static bool Bearer(HttpMessage message, SampleSource source, Arguments arguments, ref Sample sample)
    {
        ReadOnlySpan<byte> name = arguments.Has(0) ? arguments.Text(0) : "authorization"u8;
        bool isFound = AuthorizationText.TryScheme(Value(message, name), "Bearer"u8, out ReadOnlySpan<byte> token);
        sample.SetString(token);
        // As in HAProxy, a header of another name that is missing holds an empty token.
        return isFound || (arguments.Has(0) && message.Find(name) < 0);
    }

    private static bool TryBasic(HttpMessage message, SampleSource source, out ReadOnlySpan<byte> user, out ReadOnlySpan<byte> password) =>
        AuthorizationText.TryBasic(Value(message, "authorization"u8), source.Scratch.Take(default), out user, out password);

    private static ReadOnlySpan<byte> Value(HttpMessage message, ReadOnlySpan<byte> name)
    {
        int at = message.Find(name);
        return at < 0 ? default : message.ValueOf(at);
    }
}
