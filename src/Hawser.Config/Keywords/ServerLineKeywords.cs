using System;
using System.Collections.Generic;
using System.Globalization;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary><c>server</c>, <c>default-server</c> and <c>server-template</c>.</summary>
internal static class ServerLineKeywords
{
    private const string Name = "name";
    private const int MaxTemplate = 65535;

    private const AddressRules Rules = AddressRules.StreamAllowed | AddressRules.PortOffsetAllowed
        | AddressRules.HostNameAllowed | AddressRules.UnixAllowed;

    public static IEnumerable<KeywordRow<ProxyContext>> Rows =>
    [
        ProxyRows.Row("server", "<name> <address>[:[port]] [from <origin>] [<option>...]", SectionSet.Back, ParseServer,
            "one server of the farm") with { IsErrorElsewhere = true },
        ProxyRows.Row("server-template", "<prefix> <num | range> <fqdn>[:<port>] [from <origin>] [<option>...]", SectionSet.Back,
            ParseTemplate, "several servers at one address") with { IsErrorElsewhere = true },
        ProxyRows.Row("default-server", "[name <name>] [from <origin>] [<option>...]", ProxyRows.DefaultsAndBack, ParseDefault,
            "options of the servers that follow") with { IsErrorElsewhere = true },
    ];

    private static void ParseServer(LineCursor line, ProxyContext context)
    {
        if (line.Remaining < 2)
        {
            line.RejectKeyword(DiagnosticCodes.MissingArgument, "expects <name> and <addr>[:<port>] as arguments.");
            line.SkipRest();
            return;
        }
        line.TryTake(out Word name);
        string subject = $"'server {context.Proxy.Name}/{name.Text}' : ";
        if (!IsName(line, name)) return;
        line.TryTake(out Word address);
        ServerConfig? server = Read(line, context, name, address, subject);
        if (server is not null) context.Servers.Add(server);
    }

    private static void ParseTemplate(LineCursor line, ProxyContext context)
    {
        if (line.Remaining < 3)
        {
            line.RejectKeyword(DiagnosticCodes.MissingArgument,
                "expects <prefix> <nb | range> <addr>[:<port>] as arguments.");
            line.SkipRest();
            return;
        }
        line.TryTake(out Word prefix);
        line.TryTake(out Word range);
        if (!IsName(line, prefix)) return;
        if (!TryRange(range.Text, out int low, out int high))
        {
            line.Reject(DiagnosticCodes.BadNumber, range.Origin,
                $"Wrong {line.Keyword} number or range arg '{range.Text}'.");
            line.SkipRest();
            return;
        }
        line.TryTake(out Word address);
        string subject = $"'{line.Keyword} {context.Proxy.Name}/{prefix.Text}' : ";
        ServerConfig? template = Read(line, context, prefix, address, subject);
        if (template is null) return;
        for (int number = low; number <= high; number++)
        {
            context.Servers.Add(template with
            {
                Name = prefix.Text + number.ToString(CultureInfo.InvariantCulture),
                ExplicitId = number == low ? template.ExplicitId : null,
                Guid = number == low ? template.Guid : null,
            });
        }
    }

    private static void ParseDefault(LineCursor line, ProxyContext context)
    {
        Word name = default;
        bool isNamed = line.HasMore && line.Peek.Text == Name;
        if (isNamed && !TryName(line, context, out name)) return;
        // Nothing said is nothing set, for whoever lists what is.
        if (!isNamed && !line.HasMore) return;
        // A named one begins with the documented defaults, not with the unnamed one (observed of 3.5).
        ServerConfig usual = !isNamed
            ? context.DefaultServer
            : context.NamedDefaults.GetValueOrDefault(name.Text)
                ?? ProxyContext.UnsetServer with { Name = name.Text, Origin = line.KeywordOrigin };
        if (!ServerPresets.TryTake(line, context, "", usual, out ServerConfig preset)) return;
        ServerConfig template = Copy(preset, usual.Name, ProxyContext.UnsetServer.Address, usual.Origin);
        ServerContext server = new() { Server = template, Proxy = context, IsDefaultServer = true };
        if (!OptionReader.Read(line, server, ServerOptions.Table, "")) return;
        if (isNamed) context.NamedDefaults[name.Text] = server.Server;
        else context.DefaultServer = server.Server;
    }

    private static bool TryName(LineCursor line, ProxyContext context, out Word name)
    {
        Word keyword = line.Peek;
        line.TakeIf(Name);
        if (!line.TryTake(out name))
        {
            line.Reject(DiagnosticCodes.MissingArgument, keyword.Origin, "default-server name: missing value.");
            return false;
        }
        string text = name.Text;
        ServerConfig? server = context.Servers.Find(server => server.Name == text);
        if (server is null) return true;
        line.Reject(DiagnosticCodes.DuplicateServer, name.Origin,
            $"default-server name '{text}' conflicts with server defined at line {server.Origin.Line}.");
        line.SkipRest();
        return false;
    }

    /// <summary>Another server with the same settings, without what names one server only.</summary>
    private static ServerConfig Copy(ServerConfig preset, string name, AddressConfig address, Origin origin) => preset with
    {
        Name = name,
        Address = address,
        Origin = origin,
        Id = 0,
        ExplicitId = null,
        Guid = null,
        Check = preset.Check with { },
    };

    private static ServerConfig? Read(
        LineCursor line, ProxyContext context, Word name, Word text, string subject)
    {
        AddressConfig? address = AddressText.Parse(line, text.Text, text.Origin, Rules, out string error, out bool isNotYet);
        if (address is null)
        {
            line.Reject(isNotYet ? DiagnosticCodes.NotImplemented : DiagnosticCodes.BadAddress, text.Origin,
                subject + error);
            line.SkipRest();
            return null;
        }
        if (!ServerPresets.TryTake(line, context, subject, context.DefaultServer, out ServerConfig preset)) return null;
        ServerContext server = new() { Server = Copy(preset, name.Text, address, line.KeywordOrigin), Proxy = context };
        if (!OptionReader.Read(line, server, ServerOptions.Table, subject, context.Proxies.IsRunning ? ServerOptions.NotAtRunTime : null)) return null;
        return IsConsistent(line, server.Server, subject) ? server.Server : null;
    }

    private static bool IsConsistent(LineCursor line, ServerConfig server, string subject)
    {
        if (server is not { Track: { } track, Check.IsEnabled: true }) return true;
        line.Reject(DiagnosticCodes.Conflict, track.Origin,
            subject + "unable to enable checks and tracking at the same time!");
        return false;
    }

    private static bool TryRange(string text, out int low, out int high)
    {
        string[] ends = text.Split('-');
        high = 0;
        bool isGood = TryNumber(ends[0], out low) && low > 0;
        if (ends.Length == 1)
        {
            high = low;
            low = 1;
            return isGood;
        }
        return isGood && ends.Length == 2 && TryNumber(ends[1], out high) && high >= low;
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= MaxTemplate;

    private static bool IsName(LineCursor line, Word name)
    {
        char? bad = NameText.FirstForbidden(name.Text);
        if (bad is null) return true;
        line.Reject(DiagnosticCodes.BadName, name.Origin,
            $"character '{bad}' is not permitted in server name '{name.Text}'.");
        line.SkipRest();
        return false;
    }
}
