using System.Collections.Generic;
using Hawser.Config.Model;

namespace Hawser.Control.Cli.Commands;

/// <summary>
/// Commands of HAProxy whose subject does not exist here yet: each use says so, where an unknown command would only be
/// answered by a guess at what was meant.
/// </summary>
internal static class MissingCommands
{
    private static readonly string[] s_admin =
    [
        "abort ssl ca-file", "abort ssl cert", "abort ssl crl-file", "acme challenge_ready", "acme renew", "acme status",
        "add ssl ca-file", "add ssl crt-list", "add ssl ech", "add ssl jwt",
        "commit ssl ca-file", "commit ssl cert", "commit ssl crl-file", "del ssl ca-file",
        "del ssl cert", "del ssl crl-file", "del ssl crt-list", "del ssl ech", "del ssl jwt",
        "disable dynamic-cookie backend", "dump ssl cert", "enable dynamic-cookie backend", "httpclient",
        "new ssl ca-file", "new ssl cert", "new ssl crl-file", "set anon", "set dynamic-cookie-key backend",
        "set ssl ca-file", "set ssl cert", "set ssl crl-file", "set ssl ech", "set ssl ocsp-response", "set ssl tls-key",
        "show ssl ocsp-response", "show ssl ocsp-updates", "show tls-keys", "update ssl ocsp-response",
    ];

    private static readonly string[] s_operator =
    [
        "clear table", "debug counters", "debug dev", "set table", "show peers", "show quic", "show ssl ca-file", "show ssl cert",
        "show ssl crl-file", "show ssl jwt", "show table",
    ];

    private static readonly string[] s_user =
    [
        "show cache", "show dev", "show resolvers",
        "show ssl crt-list", "show ssl ech", "show ssl providers", "show ssl sni",
    ];

    public static IEnumerable<CommandRow> Rows
    {
        get
        {
            foreach (string name in s_admin)
                yield return Row(name, CliLevel.Admin);
            foreach (string name in s_operator)
                yield return Row(name, CliLevel.Operator);
            foreach (string name in s_user)
                yield return Row(name, CliLevel.User);
        }
    }

    private static CommandRow Row(string name, CliLevel level) =>
        CommandRow.Simple(name, "", level, call => call.Error($"'{name}' is not implemented yet.")) with { IsHidden = true };
}
