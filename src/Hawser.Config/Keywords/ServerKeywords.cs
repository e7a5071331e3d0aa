using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>Options of server lines that are implemented, but for checks (manual, 5.2).</summary>
internal static class ServerKeywords
{
    private const int MaxWeight = 256;

    private static readonly Dictionary<string, ProxyV2Options> ProxyOptions = new(StringComparer.Ordinal)
    {
        ["crc32c"] = Model.ProxyV2Options.Crc32C,
        ["authority"] = Model.ProxyV2Options.Authority,
        ["unique-id"] = Model.ProxyV2Options.UniqueId,
        ["ssl"] = Model.ProxyV2Options.Ssl,
        ["cert-cn"] = Model.ProxyV2Options.CertificateCn,
        ["ssl-cipher"] = Model.ProxyV2Options.SslCipher,
        ["cert-sig"] = Model.ProxyV2Options.CertificateSignature,
        ["cert-key"] = Model.ProxyV2Options.CertificateKey,
    };

    /// <summary>Those that need TLS; an authority is sent when there is one, so never yet.</summary>
    private const ProxyV2Options NotYet = Model.ProxyV2Options.Ssl
        | Model.ProxyV2Options.CertificateCn | Model.ProxyV2Options.SslCipher
        | Model.ProxyV2Options.CertificateSignature | Model.ProxyV2Options.CertificateKey;

    public static IEnumerable<KeywordRow<ServerContext>> Rows =>
    [
        ServerRows.Row("id", "<value>", ParseId, "number of the server in statistics"),
        ServerRows.Row("weight", "<0..256>", ParseWeight, "share of the load"),
        ServerRows.Flag("backup", static server => server.IsBackup = true,
            "used when no other server is available"),
        ServerRows.Flag("no-backup", static server => server.IsBackup = false, "undoes backup"),
        ServerRows.Flag("disabled", static server => server.IsDisabled = true, "start in maintenance"),
        ServerRows.Flag("enabled", static server => server.IsDisabled = false, "undoes disabled"),
        ServerRows.Number("maxconn", 0, int.MaxValue, static (server, value) => server.MaxConnections = value,
            "most concurrent sessions; more wait in the queue"),
        ServerRows.Number("minconn", 0, int.MaxValue, static (server, value) => server.MinConnections = value,
            "limit at low load, growing to maxconn at fullconn"),
        ServerRows.Number("maxqueue", 0, int.MaxValue, static (server, value) => server.MaxQueue = value,
            "longest queue of the server"),
        ServerRows.Flag("strict-maxconn", static server => server.IsStrictMaxConnections = true,
            "maxconn counts idle connections too"),
        ServerRows.Row("source", "<addr>[:<port>[-<port>]] [usesrc ...] [interface <name>]", ParseSource,
            "address that connections to the server come from"),
        ServerRows.Flag("send-proxy", static server => server.SendProxy = SendProxyVersion.V1,
            "PROXY header version 1 on each connection"),
        ServerRows.Flag("no-send-proxy", static server => server.SendProxy = server.SendProxy == SendProxyVersion.V1 ? SendProxyVersion.None : server.SendProxy, "undoes send-proxy"),
        ServerRows.Flag("send-proxy-v2", static server => server.SendProxy = SendProxyVersion.V2,
            "PROXY header version 2 on each connection"),
        ServerRows.Flag("no-send-proxy-v2", static server => server.SendProxy = server.SendProxy == SendProxyVersion.V2 ? SendProxyVersion.None : server.SendProxy, "undoes send-proxy-v2"),
        ServerRows.Row("proxy-v2-options", "<option>[,<option>]*", ParseProxyOptions,
            "what a PROXY header of version 2 carries"),
        ServerRows.Row("set-proxy-v2-tlv-fmt", "(<type>) [ <format> ]", ParseProxyTlv,
            "something more that a PROXY header of version 2 carries"),
        ServerRows.Row("init-addr", "{ last | libc | none | <ip> },[...]*", ParseInitAddress,
            "how the address is found at start"),
        ServerRows.Choice("resolve-prefer", ["ipv4", "ipv6"],
            static (server, choice) => server.ResolvePreference = choice == 0 ? AddressPreference.IPv4 : AddressPreference.IPv6, "which address of a name that has both is taken"),
        ServerRows.Choice("init-state", ["up", "fully-up", "down", "fully-down", "none"],
            static (server, choice) => server.InitState = (InitState)choice, "state before the first check"),
        ServerRows.Time("tcp-ut", 0, static (server, value) => server.TcpUserTimeoutMs = value,
            "TCP_USER_TIMEOUT"),
        ServerRows.Text("cc", "algo", static (server, value) => server.CongestionControl = value.Value,
            "TCP_CONGESTION"),
        ServerRows.Flag("tfo", static server => server.TcpFastOpen = true, "TCP_FASTOPEN_CONNECT"),
        ServerRows.Flag("no-tfo", static server => server.TcpFastOpen = false, "undoes tfo"),
        ServerRows.Row("hash-key", "{ id | id32 | guid | addr | addr-port }", ParseHashKey,
            "what places the server on a consistent hash"),
        ServerRows.Flag("stick", static server => server.IsNonStick = false, "undoes non-stick"),
        ServerRows.Flag("non-stick", static server => server.IsNonStick = true,
            "never entered in a stick table") with { Awaits = Awaited.StickTables },
        ServerRows.Row("guid", "<string>", ParseGuid, "name that is unique in the process"),
    ];

    private static void ParseGuid(LineCursor line, ServerContext context)
    {
        if (context.IsDefaultServer)
        {
            line.Reject(DiagnosticCodes.NotInThisSection, line.KeywordOrigin,
                "'guid' option is not accepted in default-server sections");
            return;
        }
        if (!line.TryExpect("expects <string> as argument.", out Word word)) return;
        if (NameText.GuidProblem(word.Text) is { } problem) line.Reject(DiagnosticCodes.BadName, word.Origin, $"'guid': {problem}.");
        else context.Server.Guid = new Located<string>(word.Text, word.Origin);
    }

    private static void ParseId(LineCursor line, ServerContext context)
    {
        if (context.IsDefaultServer)
        {
            line.Reject(DiagnosticCodes.NotInThisSection, line.KeywordOrigin,
                "'id' option is not accepted in default-server sections");
            line.SkipRest();
            return;
        }
        if (!line.TryExpect(": custom id has to be > 0", out Word word)) return;
        bool isGood = NumberText.TryParse(word.Text, out long id) && id is > 0 and <= int.MaxValue;
        if (isGood)
            context.Server.ExplicitId = new Located<int>((int)id, word.Origin);
        else
        {
            line.Reject(DiagnosticCodes.OutOfRange, word.Origin,
                $"'id' : custom id has to be between 1 and {int.MaxValue}.");
        }
    }

    private static void ParseWeight(LineCursor line, ServerContext context)
    {
        if (!line.TryExpect("expects a weight.", out Word word)) return;
        bool isGood = NumberText.TryParse(word.Text, out long weight) && weight is >= 0 and <= MaxWeight;
        if (isGood) context.Server.Weight = (int)weight;
        else
        {
            line.Reject(DiagnosticCodes.OutOfRange, word.Origin,
                $"weight of server {context.Server.Name} is not within 0 and {MaxWeight} ({word.Text}).");
        }
    }

    private static void ParseSource(LineCursor line, ServerContext context)
    {
        if (SourceParser.Parse(line, allowsPortRange: true) is { } source)
            context.Server.Source = source;
    }

    private static void ParseProxyOptions(LineCursor line, ServerContext context)
    {
        if (!line.TryExpect("expects a list of options.", out Word word)) return;
        ProxyV2Options options = Model.ProxyV2Options.None;
        foreach (string name in word.Text.Split(','))
        {
            if (!ProxyOptions.TryGetValue(name, out ProxyV2Options option))
            {
                line.Reject(DiagnosticCodes.BadChoice, word.Origin, $"'{name}' : proxy v2 option not implemented.",
                    Suggestion.Hint(name, ProxyOptions.Keys));
                return;
            }
            if ((option & NotYet) != 0)
            {
                line.Reject(DiagnosticCodes.NotImplemented, word.Origin,
                    $"'{line.Keyword} {name}' is not implemented yet.");
                return;
            }
            options |= option;
        }
        context.Server.ProxyV2Options = options;
    }

    private static void ParseProxyTlv(LineCursor line, ServerContext context)
    {
        string keyword = line.Keyword;
        int open = keyword.IndexOf('(', StringComparison.Ordinal);
        int close = keyword.IndexOf(')', StringComparison.Ordinal);
        bool isGood = TryTlvType(open > 0 && close > open ? keyword[(open + 1)..close] : "", out int type);
        if (!isGood)
        {
            line.Reject(DiagnosticCodes.OutOfRange, line.KeywordOrigin,
                $"'{keyword}' : TLV Type must be between 0 and 255.");
            return;
        }

        Located<string>? text = line.TryTake(out Word format) ? new Located<string>(format.Text, format.Origin) : null;
        context.Server.ProxyTlvs = context.Server.ProxyTlvs.Add(new ProxyTlvConfig(type, text));
    }

    /// <summary>Decimal, hexadecimal or octal, as strtol reads it.</summary>
    private static bool TryTlvType(string text, out int type)
    {
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        NumberStyles style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return int.TryParse(isHex ? text.AsSpan(2) : text, style, CultureInfo.InvariantCulture, out type) && type is >= 0 and <= 255;
    }

    private static void ParseInitAddress(LineCursor line, ServerContext context)
    {
        if (!line.TryExpect("expects a list of methods.", out Word word)) return;
        ImmutableArray<InitAddressStep>.Builder steps = ImmutableArray.CreateBuilder<InitAddressStep>();
        foreach (string name in word.Text.Split(','))
        {
            InitAddressStep? step = name switch
            {
                "last" => new InitAddressStep(InitAddressMethod.Last),
                "libc" => new InitAddressStep(InitAddressMethod.Libc),
                "none" => new InitAddressStep(InitAddressMethod.None),
                _ when name.AsSpan().ContainsAny('.', ':') && IPAddress.TryParse(name, out IPAddress? address) =>
                    new InitAddressStep(InitAddressMethod.Address, address),
                _ => null,
            };
            if (step is null)
            {
                line.Reject(DiagnosticCodes.BadChoice, word.Origin,
                    $"'init-addr' : unknown init-addr method '{name}', supported methods are 'libc', 'last', 'none'.");
                return;
            }
            steps.Add(step.Value);
        }
        context.Server.InitAddress = steps.ToImmutable();
    }

    private static void ParseHashKey(LineCursor line, ServerContext context)
    {
        if (line.TryChoice(["id", "id32", "guid", "addr", "addr-port"], out int choice)) context.Server.HashKey = (ServerHashKey)choice;
    }
}
