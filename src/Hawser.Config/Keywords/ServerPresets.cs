using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>
/// What the options of a server or default-server line begin with: the unnamed default-server, or what <c>from</c>
/// names (manual, 5.2). Sections are looked for among those opened before, as HAProxy does.
/// </summary>
internal static class ServerPresets
{
    private const string From = "from";
    private const string Nothing = "none";
    private const string OfBackend = "be:";
    private const string OfServer = "srv:";

    /// <summary>Takes <c>from ORIGIN</c> when it is next.</summary>
    /// <param name="usual">What a line without it begins with.</param>
    /// <param name="preset">Not to be written to: copy it.</param>
    /// <returns>False when the origin is wrong; that has been reported, and the rest of the line is skipped.</returns>
    public static bool TryTake(LineCursor line, ProxyContext context, string subject, ServerConfig usual, out ServerConfig preset)
    {
        preset = usual;
        if (!line.HasMore || line.Peek.Text != From) return true;
        Word keyword = line.Peek;
        line.TakeIf(From);
        if (!line.TryTake(out Word origin))
        {
            line.Reject(DiagnosticCodes.MissingArgument, keyword.Origin, $"{subject}from: missing value.");
            return false;
        }
        ServerConfig? found = Find(line, context, subject, origin);
        if (found is null)
        {
            line.SkipRest();
            return false;
        }
        preset = found;
        return true;
    }

    private static ServerConfig? Find(LineCursor line, ProxyContext context, string subject, Word origin)
    {
        string text = origin.Text;
        if (text == Nothing) return ProxyContext.UnsetServer;
        if (text.StartsWith(OfBackend, StringComparison.Ordinal))
        {
            string name = text[OfBackend.Length..];
            if (name.Length == 0) return context.DefaultServer;
            if (context.Proxies.FindBackend(name) is { } backend) return backend.DefaultServer;
            return Miss(line, context, origin, name, $"{subject}from: unknown backend instance '{name}'.");
        }
        if (text.StartsWith(OfServer, StringComparison.Ordinal))
            return FindServer(line, context, subject, origin, text[OfServer.Length..]);
        line.Reject(DiagnosticCodes.BadChoice, origin.Origin, $"{subject}invalid '{text}' value for 'from' keyword.",
            "it is 'none', 'be:[<backend>]' or 'srv:[<backend>/]<server>'");
        return null;
    }

    private static ServerConfig? FindServer(LineCursor line, ProxyContext context, string subject, Word origin, string path)
    {
        int slash = path.IndexOf('/', StringComparison.Ordinal);
        string name = path[(slash + 1)..];
        ProxyContext? owner = context;
        if (slash > 0)
        {
            string backend = path[..slash];
            owner = context.Proxies.FindBackend(backend);
            if (owner is null) return Miss(line, context, origin, backend, $"{subject}from: unknown backend '{backend}'.");
        }
        if (name.Length == 0 || slash == 0)
        {
            line.Reject(DiagnosticCodes.BadName, origin.Origin, $"{subject}from: require <backend>/<server>.");
            return null;
        }
        ServerConfig? server = owner.NamedDefaults.GetValueOrDefault(name)
            ?? owner.Servers.FirstOrDefault(server => server.Name == name);
        if (server is not null) return server;
        // It may be the one of a line that was refused.
        if (owner.Refusals.MayHave("server") || owner.Refusals.MayHave("server-template") || owner.Refusals.MayHave("default-server"))
            return null;
        IEnumerable<string> names = owner.NamedDefaults.Keys.Concat(owner.Servers.Select(static server => server.Name));
        line.Reject(DiagnosticCodes.UnknownServer, origin.Origin,
            $"{subject}from: unknown server '{name}' in backend '{owner.Proxy.Name}'.", Suggestion.Hint(name, names));
        return null;
    }

    private static ServerConfig? Miss(LineCursor line, ProxyContext context, Word origin, string name, string message)
    {
        line.Reject(DiagnosticCodes.UnknownBackend, origin.Origin, message, Suggestion.Hint(name, context.Proxies.Names));
        return null;
    }
}
