using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;
using Hawser.Expressions.Compilation;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Streams.Keys;

namespace Hawser.Proxy.Building;

/// <summary>From "balance" and "hash-type" to what sessions are balanced by.</summary>
internal static class SessionKeyBuilder
{
    private const string Code = "HWS2072";

    /// <summary>Null for the algorithms that are free to choose, and after a report.</summary>
    public static SessionKey? Build(ProxyConfig proxy, CompileContext context, DiagnosticBag findings)
    {
        BalanceConfig balance = proxy.Balance;
        KeyHash hash = new(proxy.HashType);
        switch (balance.Algorithm)
        {
            case BalanceAlgorithm.Source:
                return new AddressKey(proxy.HashType);
            case BalanceAlgorithm.Uri:
                return new UriKey(balance, hash);
            case BalanceAlgorithm.UrlParameter:
                return new ParameterKey(balance, hash);
            case BalanceAlgorithm.Header:
                return new HeaderKey(balance, hash);
            case BalanceAlgorithm.RdpCookie:
                return OfExpression($"req.rdp_cookie({balance.Name})", balance.Origin, "rdp-cookie", isOfMessages: false, hash, context, findings);
            case BalanceAlgorithm.Hash when balance.Expression is { } expression:
                return OfExpression(expression.Value, expression.Origin, "hash", proxy.Mode == ProxyMode.Http, hash, context, findings);
            default:
                return null;
        }
    }

    private static ExpressionKey? OfExpression(
        string text, Origin at, string algorithm, bool isOfMessages, KeyHash hash, CompileContext context, DiagnosticBag findings)
    {
        SampleExpression? expression = ExpressionCompiler.CompileWhole(
            text, context with { Place = FetchContexts.UseServer }, out CompileFinding finding);
        if (expression is null)
        {
            findings.Report(Code, Severity.Alert, findings.Part(new Word(text, at), finding.Offset, finding.Length), $"'balance {algorithm}' : {finding.Message}.", finding.Hint);
            return null;
        }

        if (isOfMessages && algorithm == "hash" && expression.Row.ReadsBytes)
        {
            findings.Report(Code, Severity.Warning, at,
                $"L6 sample fetch <{text}> will be ignored in 'balance hash' expression in HTTP mode.");
        }

        if ((expression.Row.Contexts & FetchContexts.UseServer) != 0) return new ExpressionKey(expression, hash);
        findings.Report(Code, Severity.Alert, at,
            $"'balance {algorithm}' : fetch method '{text}' extracts information from "
            + $"'{FetchPlaces.SourceOf(expression.Row)}', none of which is available here.");
        return null;
    }
}
