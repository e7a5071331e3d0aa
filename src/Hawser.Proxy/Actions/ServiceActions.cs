using Hawser.Config.Syntax;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Http;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Actions;

/// <summary>"use-service": something inside this process answers.</summary>
internal static class ServiceActions
{
    public static ActionRow[] Rows { get; } =
    [
        new("use-service", "use-service <service-name>", RuleSets.AnyRequest, Parse, "lets a service answer"),
    ];

    private static SessionAction? Parse(ActionReader reader)
    {
        if (!reader.TryTake(out Word name))
        {
            reader.Fail(reader.Origin, $"{reader.Subject} : 'use-service' expects a service name.");
            return null;
        }

        if (reader.Services.Find(name.Text) is not { } service)
        {
            reader.Fail(name.Origin, name.Text.StartsWith("lua.", System.StringComparison.Ordinal)
                ? $"{reader.Subject} : '{name.Text}': services in Lua are not implemented yet."
                : $"{reader.Subject} : '{name.Text}' unknown service name.");
            return null;
        }

        if (reader.Set == RuleSets.HttpRequest) return new UseService(service);
        reader.Fail(name.Origin, $"{reader.Subject} : '{name.Text}' is only available on 'http-request' rulesets");
        return null;
    }

    private sealed class UseService(HttpService service) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            session.Http!.Service = service;
            return RuleVerdict.Service;
        }
    }
}
