using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;

namespace Hawser.Config.Validation;

/// <summary>That http-errors sections exist which proxies name, and have what they are named for.</summary>
internal sealed class HttpErrorsValidator(ImmutableArray<HttpErrorsSection> sections, DiagnosticBag diagnostics)
{
    /// <summary>Lines of defaults sections that several proxies share are reported once.</summary>
    private readonly HashSet<Origin> _missing = [];

    public void Check(ProxyConfig proxy)
    {
        foreach (HttpErrorConfig error in proxy.Http.Errors)
        {
            if (error is ErrorSectionConfig named) Check(proxy, named.Section, named.Statuses, named.Origin);
            else if (error is ErrorReplyConfig { Reply: { Body: HttpReplyBody.ErrorSection } reply })
                Check(proxy, reply.Argument, [reply.Status], reply.Origin);
        }
    }

    private void Check(ProxyConfig proxy, string name, ImmutableArray<int> statuses, Origin origin)
    {
        HttpErrorsSection? section = sections.FirstOrDefault(section => section.Name == name);
        if (section is null)
        {
            if (!_missing.Add(origin)) return;
            diagnostics.ReportWhole(DiagnosticCodes.UnknownName, Severity.Alert, origin,
                $"proxy '{proxy.Name}': unknown http-errors section '{name}'.",
                Syntax.Suggestion.Hint(name, sections.Select(static section => section.Name)));
            return;
        }
        foreach (int status in statuses)
        {
            if (section.Files.Any(file => file.Status == status)) continue;
            diagnostics.ReportWhole(DiagnosticCodes.UnknownName, Severity.Warning, origin,
                $"proxy '{proxy.Name}' : status '{status}' not declared in http-errors section '{name}'.");
        }
    }
}
