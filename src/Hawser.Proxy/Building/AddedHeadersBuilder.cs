using System;
using System.Text;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;
using Hawser.Expressions.Compilation;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Building;

/// <summary>From a proxy's settings to the headers that it adds to requests.</summary>
internal static class AddedHeadersBuilder
{
    private const string Code = "HWS2072";

    public static AddressHeader? ForwardedFor(ProxyConfig proxy) =>
        proxy.Http.ForwardedFor is { } config ? new AddressHeader(config, "x-forwarded-for") : null;

    public static AddressHeader? OriginalTo(ProxyConfig proxy) =>
        proxy.Http.OriginalTo is { } config ? new AddressHeader(config, "x-original-to") : null;

    /// <summary>A name as it is written: HTTP/1 of HAProxy, and of Hawser, has it in lower case.</summary>
    public static byte[]? Name(string? name) => name is null ? null : Encoding.UTF8.GetBytes(name.ToLowerInvariant());

    /// <summary>Null without, and after a report.</summary>
    public static byte[]? ServerNameHeader(ProxyConfig proxy, DiagnosticBag findings)
    {
        if (Name(proxy.Http.ServerNameHeader) is not { } header || !proxy.HasBackend) return null;
        foreach (ServerConfig server in proxy.Servers)
        {
            if (header.Length + Encoding.UTF8.GetByteCount(server.Name) <= ServerNameField.BytesMaximum) continue;
            findings.Report(Code, Severity.Alert, server.Origin,
                $"'http-send-name-header' is not implemented for names as long as that of server '{server.Name}'.");
            return null;
        }

        return header;
    }

    /// <param name="context">What expressions are compiled with.</param>
    public static ForwardedHeader? Forwarded(ProxyConfig proxy, CompileContext context, DiagnosticBag findings)
    {
        if (proxy.Http.Forwarded is not { } config || !proxy.HasBackend) return null;
        ForwardedPart Part(ForwardedParameter parameter) => parameter.Source switch
        {
            ForwardedSource.None => default,
            ForwardedSource.Own => new ForwardedPart(true, null),
            _ => new ForwardedPart(true, Compile(proxy, config.Origin, parameter.Expression!, context, findings)),
        };
        return new ForwardedHeader
        {
            HasProtocol = config.HasProtocol,
            Host = Part(config.Host),
            By = Part(config.By),
            ByPort = Part(config.ByPort),
            For = Part(config.For),
            ForPort = Part(config.ForPort),
        };
    }

    private static SampleExpression? Compile(
        ProxyConfig proxy, Origin at, string text, CompileContext context, DiagnosticBag findings)
    {
        SampleExpression? expression = ExpressionCompiler.CompileWhole(
            text, context with { Place = FetchContexts.BackendHttpRequest }, out CompileFinding finding);
        if (expression is null)
        {
            findings.Report(Code, Severity.Alert, findings.Part(new Word(text, at), finding.Offset, finding.Length),
                $"failed to parse 'option forwarded' expression '{text}' in : {finding.Message}.", finding.Hint);
        }
        else if ((expression.Row.Contexts & FetchContexts.BackendHttpRequest) == 0)
        {
            findings.Report(Code, Severity.Warning, at,
                $"in 'option forwarded' sample expression '{text}' : some args extract information from "
                + $"'{FetchPlaces.SourceOf(expression.Row)}', none of which is available here.");
        }

        return expression;
    }
}
